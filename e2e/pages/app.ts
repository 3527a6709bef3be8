/** The page as a user meets it: by roles and names. Every action waits till the page is at rest, by the page's own signal. */
import {test as base, expect, type Locator, type Page} from '@playwright/test';
import {serveDist, type StaticServer} from './static-server.ts';

export interface FileInMemory {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export class App {
  readonly page: Page;
  readonly url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
  }

  async visit(path = '/'): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
    await this.atRest();
  }

  /** Files are read, questions answered, pictures painted. */
  async atRest(): Promise<void> {
    await this.page.waitForFunction(() => document.documentElement.dataset['idle'] === 'true');
  }

  async pick(files: string | string[] | FileInMemory | FileInMemory[]): Promise<void> {
    await this.page.locator('input[data-picks=files]').setInputFiles(files);
    await this.atRest();
  }

  /** Drops files on the window, as a hand does. */
  async drop(files: readonly FileInMemory[]): Promise<void> {
    const contents = files.map(({name, buffer}) => ({name, base64: buffer.toString('base64')}));
    const transfer = await this.page.evaluateHandle(async (given) => {
      const made = new DataTransfer();
      for (const {name, base64} of given) made.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
      return made;
    }, contents);
    await this.page.dispatchEvent('body', 'dragover', {dataTransfer: transfer});
    await expect(this.page.getByText('Drop to open')).toBeVisible();
    await this.page.dispatchEvent('body', 'drop', {dataTransfer: transfer});
    await this.atRest();
  }

  async tryExample(title: string): Promise<void> {
    await this.page.getByRole('button', {name: new RegExp(`^${title}`)}).click();
    await this.atRest();
  }

  async click(locator: Locator): Promise<void> {
    await locator.click();
    await this.atRest();
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.atRest();
  }

  /** Chooses from a menu of the top bar. */
  async choose(menu: string, item: string): Promise<void> {
    await this.page.getByRole('button', {name: menu}).click();
    await this.click(this.page.getByRole('menuitemradio', {name: item}));
  }

  /** The command palette, once it is open. */
  get palette(): Locator {
    return this.page.getByRole('dialog', {name: 'Commands and places'});
  }

  /** The fragment of the address. */
  get fragment(): string {
    return decodeURIComponent(new URL(this.page.url()).hash);
  }

  get sources(): Locator {
    return this.page.getByRole('list', {name: 'Sources'}).getByRole('listitem');
  }

  get headline(): Locator {
    return this.page.locator('.headline-text');
  }

  get lanes(): Locator {
    return this.page.getByRole('tree', {name: 'Lanes'});
  }

  get flame(): Locator {
    return this.page.getByRole('application', {name: 'Flame graph'});
  }

  /** The way to the frame shown widest. */
  get flamePath(): Locator {
    return this.page.getByRole('navigation', {name: 'Way to the frame shown widest'});
  }

  /** The first frame of the flame graph that is called so, as far as it is wide enough to be read. */
  frame(name: string): Locator {
    return this.flame.locator(`.frame[name="${name}"] rect`).first();
  }

  /** What is written on the sum of all. */
  get rootFrame(): Locator {
    return this.flame.locator('.d3-flame-graph-label').first();
  }

  /** The frame with the keyboard, as it is announced. */
  get spokenFrame(): Locator {
    return this.page.locator('.flame [aria-live=polite]').first();
  }

  get status(): Locator {
    return this.page.getByRole('contentinfo');
  }

  handle(end: 'Start' | 'End'): Locator {
    return this.page.getByRole('slider', {name: `${end} of the selected range`});
  }

  /** Selects a part of the axis by keys, in shares of it: each press moves an end by a tenth. */
  async brush({from, to}: {readonly from: number; readonly to: number}): Promise<void> {
    for (const [end, key, presses] of [['Start', 'PageUp', from], ['End', 'PageDown', 1 - to]] as const) {
      await this.handle(end).focus();
      for (let i = 0; i < Math.round(presses * 10); i++) await this.press(key);
    }
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', {name: new RegExp(`^${name}`)});
  }

  get panel(): Locator {
    return this.page.getByRole('tabpanel');
  }

  /** Rows of the growth table that are on the page, by what they are called: figures by column. */
  async growthRows(): Promise<Map<string, Readonly<Record<string, string>>>> {
    const rows = await this.panel.locator('tbody tr[aria-rowindex]').evaluateAll((all) => all.map((row) => [
      (row.querySelector('th') as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
      Object.fromEntries([...row.querySelectorAll('td')].map((cell) => [cell.dataset['column'] ?? '', cell.innerText])),
    ] as const));
    return new Map(rows);
  }

  /** Cells of the growth table's last row: the sums. */
  async growthTotals(): Promise<Record<'goroutines' | 'growths' | 'shrinks' | 'largest' | 'copied' | 'copyTime' | 'samples', string>> {
    const cells = await this.panel.locator('tfoot td').evaluateAll((all) => all.map((cell) => [(cell as HTMLElement).dataset['column'] ?? '', (cell as HTMLElement).innerText] as const));
    const of = (column: string) => cells.find(([name]) => name === column)?.[1] ?? '';
    return {goroutines: of('goroutines'), growths: of('growths'), shrinks: of('shrinks'), largest: of('largestBytes'), copied: of('copiedBytes'), copyTime: of('copyNs'), samples: of('growthWeight')};
  }
}

/** A test with the page open on a server; it fails when the page broke a rule of its own policy, threw, or wrote an error to the console. */
export const test = base.extend<{app: App; faultsOfPage: string[]}, {server: StaticServer}>({
  server: [
    async ({}, use) => {
      const server = await serveDist();
      await use(server);
      await server.close();
    },
    {scope: 'worker'},
  ],
  faultsOfPage: async ({page}, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
    // Chromium reports a breach of the policy as an error on the console, whether the page or a worker did it.
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) => console.error(`policy: ${violatedDirective} ${blockedURI}`));
    });
    await use(faults);
    expect(faults).toEqual([]);
  },
  app: async ({page, server, faultsOfPage: _}, use) => {
    await use(new App(page, server.url));
  },
});

export {expect};

/** Every way in: picker, folder, drop, paste, examples, files of before; by pointer and by key. */
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Page} from '@playwright/test';
import {gunzipSync} from 'node:zlib';
import {expect, test} from '../pages/app.ts';
import {capture} from '../pages/captures.ts';

const perfText = () => gunzipSync(readFileSync(capture('churn', 'perf.txt.gz'))).toString('utf8');

/** A folder with a pair, a letter, and a hidden file. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'morestack-run-'));
  mkdirSync(join(path, 'first run'));
  writeFileSync(join(path, 'first run', 'perf.txt.gz'), readFileSync(capture('churn', 'perf.txt.gz')));
  writeFileSync(join(path, 'trace.out.gz'), readFileSync(capture('churn', 'trace.out.gz')));
  writeFileSync(join(path, 'letter.md'), 'Dear engineer,\n');
  writeFileSync(join(path, '.hidden'), 'x');
  return path;
}

/** A drop from outside, as the browser gets it from the system: only so does it give folders. */
async function dropFromOutside(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', {type, x: 300, y: 300, data: {items: [], files: paths, dragOperationsMask: 1}});
}

/** The browser without File System Access, as Firefox and Safari are. */
const withoutHandles = (page: Page) => page.addInitScript(() => Object.defineProperty(window, 'showOpenFilePicker', {value: undefined}));

test('o opens the file picker, O the folder picker, as their buttons do', async ({app}) => {
  await withoutHandles(app.page);
  // Somebody must listen before the first press, or the system's own dialog opens.
  app.page.on('filechooser', () => {});
  await app.visit();
  for (const act of [() => app.page.keyboard.press('o'), () => app.page.getByRole('button', {name: 'Choose files'}).click()]) {
    const chooser = app.page.waitForEvent('filechooser');
    await act();
    expect((await chooser).isMultiple()).toBe(true);
  }
  for (const act of [() => app.page.keyboard.press('O'), () => app.page.getByRole('button', {name: 'Choose a folder'}).click()]) {
    const chooser = app.page.waitForEvent('filechooser');
    await act();
    await chooser;
  }
});

test('a chosen folder opens what can be read and lists the rest in one place', async ({app}) => {
  const path = folder();
  await app.visit();
  await app.page.locator('input[data-picks=folder]').setInputFiles(path);
  await app.atRest();
  await expect(app.sources).toHaveCount(2);
  await expect(app.sources.first()).toContainText('first run/perf.txt.gz');
  const notice = app.page.getByRole('status').filter({hasText: 'opened 2 of 3 files'});
  await notice.getByText('1 not understood').click();
  await expect(notice).toContainText('letter.md');
  await expect(app.page.getByText('.hidden')).toHaveCount(0);
  await expect(app.tab('Faults')).toHaveText('Faults');
  await app.click(notice.getByRole('button', {name: 'Dismiss'}));
  await expect(notice).toHaveCount(0);
  rmSync(path, {recursive: true});
});

test('a folder and a file dropped together from outside are both opened, also beside what is open', async ({app}) => {
  const path = folder();
  await app.visit();
  await app.pick(capture('overflow', 'trace.out.gz'));
  await dropFromOutside(app.page, [path, capture('recursion', 'perf.txt.gz')]);
  await expect(app.sources).toHaveCount(4);
  await app.atRest();
  await expect(app.page.getByText('opened 2 of 3 files')).toBeVisible();
  rmSync(path, {recursive: true});
});

test('text pasted anywhere is a file, and in a field it is text', async ({app}) => {
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.visit();
  await app.page.evaluate((text) => navigator.clipboard.writeText(text), perfText());
  await app.press('Control+v');
  await expect(app.sources).toHaveText(/clipboard-1\.txt/);
  await app.page.evaluate(() => navigator.clipboard.writeText('main'));
  await app.page.getByRole('searchbox').focus();
  await app.press('Control+v');
  await expect(app.page.getByRole('searchbox')).toHaveValue('main');
  await expect(app.sources).toHaveCount(1);
});

test('the paste button reads the clipboard, and where it may not it says which key does', async ({app}) => {
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.visit();
  await app.page.evaluate((text) => navigator.clipboard.writeText(text), perfText());
  await app.click(app.page.getByRole('button', {name: 'Paste'}));
  await expect(app.sources).toHaveCount(1);
  await app.page.context().clearPermissions();
  await app.visit('/?again');
  await app.page.evaluate(() => Object.defineProperty(navigator.clipboard, 'readText', {value: () => Promise.reject(new DOMException('no', 'NotAllowedError'))}));
  await app.click(app.page.getByRole('button', {name: 'Paste'}));
  await expect(app.page.getByText('Press Ctrl+V')).toBeVisible();
});

test('files dropped as files are pasted as files', async ({app}) => {
  await app.visit();
  await app.page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([text], 'copied.txt'));
    document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true}));
  }, perfText());
  await app.atRest();
  await expect(app.sources).toHaveText(/copied\.txt/);
});

test('a command is copied whole, and the button says so', async ({app}) => {
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.visit();
  await app.page.getByRole('button', {name: 'Copy: Make text of the samples'}).click();
  await expect(app.page.getByRole('button', {name: 'Copied'})).toBeVisible();
  expect(await app.page.evaluate(() => navigator.clipboard.readText())).toBe('perf script --header --ns -i perf.data > perf.txt');
});

test('each example has a picture of its own, and the one of the other theme is not fetched', async ({app}) => {
  const fetched: string[] = [];
  app.page.on('request', (request) => fetched.push(request.url()));
  await app.visit();
  const shown = app.page.locator('.start-example img:visible');
  await expect(shown).toHaveCount(4);
  for (const image of await shown.all()) {
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  }
  expect(fetched.filter((url) => url.includes('-dark')).length).toBe(0);
});

test('files of before can be opened again with one press, forgotten one by one and all together', async ({app}) => {
  // Handles of the browser's own file system are handles as the picker's are, but need no dialog.
  await app.page.addInitScript((texts) => {
    let next = 0;
    const pick = async () => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle(`perf-${next}.txt`, {create: true});
      const writable = await handle.createWritable();
      await writable.write(texts[next++]);
      await writable.close();
      return [handle];
    };
    Object.defineProperty(window, 'showOpenFilePicker', {value: pick});
  }, [perfText(), `${perfText()}\n`]);
  await app.visit();
  await expect(app.page.getByRole('heading', {name: 'Recent files'})).toHaveCount(0);
  await app.click(app.page.getByRole('button', {name: 'Choose files'}));
  await expect(app.sources).toHaveText(/perf-0\.txt/);
  await app.press('o');
  await expect(app.sources).toHaveCount(2);
  await app.atRest();

  await app.page.goto('about:blank');
  await app.visit();
  const recent = app.page.getByRole('region', {name: 'Recent files'});
  await expect(recent.getByRole('listitem')).toHaveText([/perf-1\.txt.*KiB/, /perf-0\.txt.*KiB/]);
  await recent.getByRole('button', {name: 'Open perf-0.txt'}).focus();
  await app.press('Enter');
  await expect(app.sources).toHaveText(/perf-0\.txt/);
  await app.click(app.page.getByRole('button', {name: 'Remove perf-0.txt'}));
  await expect(recent.getByRole('listitem')).toHaveText([/perf-0\.txt/, /perf-1\.txt/]);
  await app.click(recent.getByRole('button', {name: 'Forget perf-0.txt'}));
  await expect(recent.getByRole('listitem')).toHaveText([/perf-1\.txt/]);
  await app.click(recent.getByRole('button', {name: 'Forget all'}));
  await expect(recent).toHaveCount(0);
  await app.page.reload();
  await app.atRest();
  await expect(recent).toHaveCount(0);
});

test('a browser without handles has no recent files and no word of them', async ({app}) => {
  await withoutHandles(app.page);
  await app.visit();
  await app.pick(capture('churn', 'perf.txt.gz'));
  await app.click(app.page.getByRole('button', {name: 'Remove perf.txt.gz'}));
  await expect(app.page.getByText('Recent')).toHaveCount(0);
});

/** Every figure on the page is the one that the lines of the command line add up to, for the same files and the same range. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Locator} from '@playwright/test';
import {Figures} from '../../src/base/figures.ts';
import {expect, test, type App} from '../pages/app.ts';
import {captures} from '../pages/captures.ts';
import {expectedFigures, type Expected, type GrowthFigures} from '../pages/growth-figures.ts';

const corpus = join(import.meta.dirname, '../../../shared/corpus/stackgrow');
const hasCorpus = existsSync(corpus);
const figures = new Figures('en');

const cases: {readonly name: string; readonly files: readonly string[]; readonly isCorpus: boolean}[] = [
  {name: 'recursion', files: captures('recursion'), isCorpus: false},
  {name: 'http', files: captures('http'), isCorpus: false},
  {name: 'a trace with stack events', files: [join(corpus, 'go123/rec-allocfree.perf.header.txt.gz'), join(corpus, 'go123/rec-allocfree.trace.out')], isCorpus: true},
  {name: 'a trace without stack events', files: [join(corpus, 'go123/http-fp.perf.header.txt.gz'), join(corpus, 'go123/http-fp.trace.out')], isCorpus: true},
];
const ranges = [null, {from: 0.3, to: 0.8}];

for (const {name, files, isCorpus} of cases) {
  for (const range of ranges) {
    test(`headline, tables, lanes and status line tell what the lines tell: ${name}, ${range ? 'a brushed range' : 'all of it'}`, async ({app}) => {
      test.skip(isCorpus && !hasCorpus, 'there is no ../shared/corpus beside the checkout');
      const expected = expectedFigures(files, range);
      await app.visit();
      await app.pick([...files]);
      if (range) await app.brush(range);
      await test.step('the headline', () => headline(app, expected));
      await test.step('the growth table by start function', async () => {
        await sameRows(app, (title) => expected.ofStart.get(title));
        await sameTotals(app, expected.all);
      });
      await test.step('the growth table by causing function', async () => {
        await groupBy(app, 'Causing function');
        await sameTotals(app, expected.all);
      });
      await test.step('the growth table by goroutine', async () => {
        await groupBy(app, 'Goroutine');
        await sameRows(app, (_, id) => expected.ofGoroutine.get(id === null ? null : Number(id.slice(1))), ['goroutines']);
        await sameTotals(app, expected.all, ['goroutines']);
      });
      await test.step('the lanes', () => lanes(app, expected));
      await test.step('the status line and the sum of the flame graph', async () => {
        await expect(app.status).toContainText(figures.duration(expected.lengthNs));
        await expect(app.status).toContainText(expected.samplesInRange === expected.samplesOfEvent ? counted(expected.samplesOfEvent, 'sample') : `${figures.count(expected.samplesInRange)} of ${counted(expected.samplesOfEvent, 'sample')}`);
        await expect(app.rootFrame).toHaveText(new RegExp(`^all · ${figures.duration(expected.weight)}`));
      });
    });
  }
}

async function headline(app: App, {all, growingGoroutines, ofStart, preemptions}: Expected): Promise<void> {
  const says = (text: string) => expect(app.headline).toContainText(text);
  if (all.share! > 0) await says(`${figures.share(all.share!)} of CPU time goes to growing stacks`);
  if (preemptions > 0) await says(counted(preemptions, 'preemption'));
  if (!all.growths) {
    await expect(app.headline).not.toContainText(/\d growths?\b/);
    return;
  }
  await says(`${counted(all.growths, 'growth')} in ${counted(growingGoroutines, 'goroutine')}`);
  const [[start, top]] = [...ofStart].toSorted(([, a], [, b]) => b.growths! - a.growths!);
  await says(`${figures.share(top.growths! / all.growths)} started as ${start!.split('/').at(-1)}`);
  await says(`Largest stack ${figures.bytes(all.largestBytes!)}`);
  await says(`${figures.duration(all.copyNs!)} of copying`);
}

async function groupBy(app: App, grouping: string): Promise<void> {
  await app.click(app.panel.getByRole('radio', {name: grouping}).or(app.panel.getByRole('button', {name: grouping, exact: true})).first());
}

/** Lanes of goroutines, and of the start functions that they are grouped by. */
async function lanes(app: App, {ofGoroutine, ofStart, lived}: Expected): Promise<void> {
  await app.lanes.focus();
  for (const key of ['ArrowDown', 'ArrowRight']) await app.press(key);
  const labels = await app.lanes.getByRole('treeitem').evaluateAll((all) => all.map((item) => item.getAttribute('aria-label') ?? ''));
  let compared = 0;
  for (const label of labels) {
    const [, id, ofLane] = /^G(\d+) .*?, (.*)$/.exec(label) ?? [];
    const own = id === undefined ? undefined : ofGoroutine.get(Number(id));
    if (own && own.growths !== null && own.growths + own.shrinks! > 0) {
      expect(`G${id} ${ofLane}`).toBe(`G${id} ${counted(own.growths, 'growth')} · ${figures.bytes(own.largestBytes!)} · ${figures.duration(own.copyNs!)}`);
      compared++;
    }
    const [, start, goroutines, rest] = /^([^,]+), ([\d,]+) G(?: · (.*))?$/.exec(label) ?? [];
    if (goroutines === undefined) continue;
    expect(`${start} ${goroutines}`).toBe(`${start} ${figures.count(lived.get(start) ?? -1)}`);
    const group = ofStart.get(start);
    if (group?.growths) expect(`${start} ${rest}`).toBe(`${start} ${counted(group.growths, 'growth')} · ${figures.duration(group.copyNs!)}`);
    compared++;
  }
  expect(compared).toBeGreaterThan(2);
}

function counted(count: number, what: string): string {
  return `${figures.count(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** Every row on the page shows the figures that its name, or its goroutine, has. */
async function sameRows(app: App, figuresOf: (name: string | null, goroutine: string | null) => GrowthFigures | undefined, without: readonly string[] = []): Promise<void> {
  const rows = await app.panel.locator('tbody tr[aria-rowindex]').evaluateAll((all) => all.map((row) => ({
    name: row.querySelector('th')!.getAttribute('title'),
    goroutine: row.querySelector('.growth-goroutine')?.textContent ?? null,
    cells: Object.fromEntries([...row.querySelectorAll<HTMLElement>('td[data-column]')].map((cell) => [cell.dataset['column']!, cell.innerText.trim()])),
  })));
  expect(rows.length).toBeGreaterThan(0);
  for (const {name, goroutine, cells} of rows) {
    const expected = figuresOf(name, goroutine);
    expect(expected, `no line is of ${goroutine} ${name}`).toBeDefined();
    expect({name, goroutine, ...cells}).toEqual({name, goroutine, ...written(expected!, without)});
  }
}

async function sameTotals(app: App, expected: GrowthFigures, without: readonly string[] = []): Promise<void> {
  expect(await cellsOf(app.panel.locator('tfoot'))).toEqual(written(expected, without));
}

async function cellsOf(row: Locator): Promise<Record<string, string>> {
  return Object.fromEntries(await row.locator('td[data-column]').evaluateAll((cells) => cells.map((cell) => [(cell as HTMLElement).dataset['column'], (cell as HTMLElement).innerText.trim()])));
}

/** Figures as the table writes them. */
function written({goroutines, growths, shrinks, largestBytes, copiedBytes, copyNs, copiesPerSecond, share}: GrowthFigures, without: readonly string[]): Record<string, string> {
  const known = (value: number | null, write: (value: number) => string) => (value === null ? '–' : write(value));
  const cells: Record<string, string> = {
    goroutines: known(goroutines, (value) => figures.count(value)),
    growths: known(growths, (value) => figures.count(value)),
    shrinks: known(shrinks, (value) => figures.count(value)),
    largestBytes: known(largestBytes, (value) => figures.bytes(value)),
    copiedBytes: known(copiedBytes, (value) => figures.bytes(value)),
    copyNs: known(copyNs, (value) => figures.duration(value)),
    copiesPerSecond: known(copiesPerSecond, (value) => figures.rate(value)),
    growthWeight: known(share, (value) => figures.share(value)),
  };
  return Object.fromEntries(Object.entries(cells).filter(([column]) => !without.includes(column)));
}

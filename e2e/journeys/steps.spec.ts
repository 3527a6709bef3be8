/** Full stop and comma on the rows of the GC, of a task and of the log: each event as `morestack events` lists it, said in words and on the card. */
import type {Locator} from '@playwright/test';
import {Figures} from '../../src/base/figures.ts';
import {expect, test, type App} from '../pages/app.ts';
import {capture, inspections, morestackText} from '../pages/captures.ts';
import {Time} from '../pages/time.ts';

const figures = new Figures('en');
const trace = capture('http', 'trace.out.gz');

interface EventLine {
  readonly timeNs: number;
  readonly kind: string;
  readonly rest: string;
}

/** Lines of some kinds in order of time, which the lines themselves are in only for one thread. */
function eventLines(...kinds: string[]): EventLine[] {
  return morestackText('events', trace).split('\n')
    .flatMap((line) => {
      const [, kind, timeNs, rest] = /^M=\S+ P=\S+ G=\S+ (\w+) Time=(\d+) (.*)$/.exec(line) ?? [];
      return kinds.includes(kind) ? [{timeNs: Number(timeNs), kind, rest}] : [];
    })
    .toSorted((a, b) => a.timeNs - b.timeNs);
}

const quoted = (rest: string, field: string) => new RegExp(`${field}="([^"]*)"`).exec(rest)?.[1] ?? '';

async function walked(app: App, row: Locator, expected: readonly string[]): Promise<void> {
  const time = new Time(app);
  // A section that is closed opens by a click, and its row is chosen.
  await app.click(row);
  await time.point({x: 5, y: 5});
  for (const text of expected) {
    await app.press('.');
    await expect(time.said).toHaveText(text);
    await expect(time.card).toContainText(text.replace(/^[^:]+: /, ''));
  }
  for (const text of expected.slice(0, -1).toReversed()) {
    await app.press(',');
    await expect(time.said).toHaveText(text);
  }
  await app.press(',');
  await expect(time.said).toHaveText('No earlier event here');
}

test.beforeEach(async ({app}) => {
  await app.visit();
  await app.pick(trace);
  // Without the goroutines all other rows are on the screen; tasks and the log are not among those shown at first.
  for (const section of ['Goroutines', 'Tasks', 'Log messages']) {
    await app.click(app.page.getByRole('button', {name: /^Rows/}));
    await app.click(app.page.getByRole('menuitemradio', {name: section, exact: true}));
  }
});

test('on the row of the GC one goes through collections and stopped worlds, begin and end', async ({app}) => {
  const [{startNs}] = inspections(trace);
  const ofProgram = eventLines('RangeBegin', 'RangeEnd').filter(({rest}) => /^Name="(GC concurrent|stop-the-world)/.test(rest)).slice(0, 9);
  await walked(app, app.lanes.getByRole('treeitem', {name: /^GC, stop-the-world/}), ofProgram.map(({timeNs, kind, rest}) =>
    `${figures.exactMoment(timeNs - startNs)}: ${quoted(rest, 'Name')} ${kind === 'RangeBegin' ? 'begins' : 'ends'}`));
});

test('on the row of the log one goes from message to message', async ({app}) => {
  const [{startNs}] = inspections(trace);
  const messages = eventLines('Log').slice(0, 6);
  await walked(app, app.lanes.getByRole('treeitem', {name: /^Log messages/}), messages.map(({timeNs, rest}) =>
    `${figures.exactMoment(timeNs - startNs)}: ${quoted(rest, 'Category')}: ${quoted(rest, 'Message')}`));
});

test('on the row of a task one goes through its begin, its regions and its end', async ({app, page}) => {
  const [{startNs}] = inspections(trace);
  await app.click(app.lanes.getByRole('treeitem', {name: /^Tasks,/}));
  const labels = await app.lanes.getByRole('treeitem', {name: /#\d+/}).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  const lines = eventLines('TaskBegin', 'TaskEnd', 'RegionBegin', 'RegionEnd');
  const of = (id: string) => lines.filter(({kind, rest}) => rest.includes(kind.startsWith('Task') ? `ID=${id} ` : `Task=${id} `));
  const id = labels.map((label) => /#(\d+)/.exec(label)![1]).find((one) => of(one).length > 4)!;
  const own = of(id);
  const row = app.lanes.getByRole('treeitem', {name: new RegExp(`#${id}\\b`)});
  await walked(app, row, own.map(({timeNs, kind, rest}) => `${figures.exactMoment(timeNs - startNs)}: ${quoted(rest, 'Type')} ${kind.endsWith('Begin') ? 'begins' : 'ends'}`));
  await app.press('.');
  await app.press('.');
  await app.press('i');
  await expect(page.getByRole('dialog', {name: 'What is here'})).toContainText(`${quoted(own[0].rest, 'Type')}, `);
});

test('a card that is kept goes to the next event and back from where it stands, by pointer and by key', async ({app, page}) => {
  const time = new Time(app);
  const [{startNs, endNs}] = inspections(trace);
  const at = await time.lane(/^GC, stop-the-world/, 0.5);
  await time.point(at);
  const pointedNs = await time.pointedNs();
  expect(pointedNs).toBeLessThan(endNs - startNs);
  const later = eventLines('RangeBegin', 'RangeEnd').filter(({timeNs, rest}) => /^Name="(GC concurrent|stop-the-world)/.test(rest) && timeNs - startNs > pointedNs);
  const texts = later.slice(0, 3).map(({timeNs, kind, rest}) => `${figures.exactMoment(timeNs - startNs)}: ${quoted(rest, 'Name')} ${kind === 'RangeBegin' ? 'begins' : 'ends'}`);
  await page.mouse.click(at.x, at.y);
  await app.atRest();
  const next = time.kept.getByRole('button', {name: 'Next event of the lane'});
  for (const text of texts) {
    await app.click(next);
    await expect(time.said).toHaveText(text);
    await expect(time.kept).toContainText(text.replace(/^[^:]+: /, ''));
  }
  await time.kept.getByRole('button', {name: 'Previous event of the lane'}).focus();
  for (const text of texts.slice(0, -1).toReversed()) {
    await app.press('Enter');
    await expect(time.said).toHaveText(text);
  }
});

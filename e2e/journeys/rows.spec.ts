/** The rows of the time line: figures as the command line has them, and every choice by pointer and by key. */
import {Figures} from '../../src/base/figures.ts';
import {expect, test, type App} from '../pages/app.ts';
import {captures, morestackLines, type GrowthLine} from '../pages/captures.ts';

const figures = new Figures('en');
const names = (app: App) => app.lanes.getByRole('treeitem').evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
const growing = (app: App) => app.lanes.getByRole('treeitem', {name: /^main\.\w+, \d+ G/});
const chosen = (app: App) => app.lanes.getByRole('treeitem', {selected: true});

async function choose(app: App, button: RegExp, item: string): Promise<void> {
  await app.click(app.page.getByRole('button', {name: button}));
  await app.click(app.page.getByRole('menuitemradio', {name: item, exact: true}));
}

/** What the command line tells of a start function: how often its stacks grew, and how long that took. */
function sums(example: string, startFunction: string): {growths: string; copyNs: string} {
  const lines = morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures(example)).filter((line) => line.kind === 'growth' && line.startFunction === startFunction);
  return {growths: figures.count(lines.length), copyNs: figures.duration(lines.reduce((all, {durationNs}) => all + (durationNs ?? 0), 0))};
}

for (const [example, startFunction] of [['recursion', 'main.checker'], ['churn', 'main.serve']] as const) {
  test(`a group says of ${startFunction} what the command line says of its growths, and its lanes what it says of each goroutine`, async ({app}) => {
    await app.visit();
    await app.pick(captures(example));
    const {growths, copyNs} = sums(example, startFunction);
    const group = app.lanes.getByRole('treeitem', {name: new RegExp(`^${startFunction},`)});
    await expect(group).toHaveAccessibleName(new RegExp(`${growths} growths · ${copyNs}$`));
    await app.click(group);
    const lane = app.lanes.getByRole('treeitem', {name: new RegExp(`^G\\d+ ${startFunction}`)}).first();
    const name = (await lane.getAttribute('aria-label')) ?? '';
    const own = morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures(example)).filter((line) => line.kind === 'growth' && `G${line.goroutine}` === name.split(' ')[0]);
    expect(name).toContain(`${figures.count(own.length)} growths`);
    expect(name).toContain(figures.duration(own.reduce((all, {durationNs}) => all + (durationNs ?? 0), 0)));
    expect(name).toContain(figures.bytes(Math.max(...own.map(({newBytes}) => newBytes ?? 0))));
  });
}

test('a group opens and closes by a click, and by the arrow keys, which go into it and back to its row', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  const group = app.lanes.getByRole('treeitem', {name: /^main\.checker,/});
  await app.click(group);
  await expect(group).toHaveAttribute('aria-expanded', 'true');
  await app.click(group);
  await expect(group).toHaveAttribute('aria-expanded', 'false');
  await app.lanes.focus();
  await app.press('ArrowRight');
  await expect(group).toHaveAttribute('aria-expanded', 'true');
  await app.press('ArrowRight');
  await expect(chosen(app)).toHaveAccessibleName(/^G\d+ main\.checker/);
  await expect(chosen(app)).toHaveAttribute('aria-level', '2');
  await expect(app.lanes).toHaveAccessibleDescription(/In view: .*(Running|Waiting|Runnable) .*%.*stack .* to .*/);
  await app.press('ArrowLeft');
  await expect(chosen(app)).toHaveAccessibleName(/^main\.checker,/);
  await app.press('Enter');
  await expect(group).toHaveAttribute('aria-expanded', 'false');
});

test('in a group of thousands only those in view are there, and End and the left arrow find the last and its group', async ({app}) => {
  await app.visit();
  await app.pick(captures('churn'));
  const group = app.lanes.getByRole('treeitem', {name: /^main\.serve,/});
  await app.click(group);
  expect(await app.lanes.getByRole('treeitem').count()).toBeLessThan(100);
  await expect(app.lanes.getByRole('treeitem', {name: /^G\d+ main\.serve/}).first()).toHaveAttribute('aria-setsize', '7200');
  await app.lanes.focus();
  await app.press('End');
  await expect(chosen(app)).toHaveAccessibleName(/^Threads, /);
  await expect(chosen(app)).toBeInViewport();
  await app.click(app.page.getByRole('textbox', {name: 'Filter lanes'}));
  await app.page.keyboard.type('main.serve');
  await app.atRest();
  await app.lanes.focus();
  await app.press('Home');
  for (let i = 0; i < 9 && !(await chosen(app).getAttribute('aria-label'))?.startsWith('main.serve'); i++) await app.press('ArrowDown');
  for (let i = 0; i < 40; i++) await app.page.keyboard.press('ArrowDown');
  await app.atRest();
  await expect(chosen(app)).toHaveAccessibleName(/^G\d+ main\.serve/);
  await app.press('ArrowLeft');
  await expect(chosen(app)).toHaveAccessibleName(/^main\.serve,/);
});

test('rows are sorted and grouped from the menu, by pointer and by key', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  const titles = async () => (await growing(app).allInnerTexts()).map((text) => /main\.\w+/.exec(text)?.[0]);
  expect(await titles()).toEqual(['main.checker', 'main.formatter', 'main.evaluator']);
  await choose(app, /^Order of lanes|^by growth cost/, 'name');
  expect(await titles()).toEqual(['main.checker', 'main.evaluator', 'main.formatter']);
  await app.page.getByRole('button', {name: /^by name/}).focus();
  await app.press('Enter');
  await app.page.keyboard.press('ArrowUp');
  await app.page.keyboard.press('Home');
  await app.press('Enter');
  expect(await titles()).toEqual(['main.checker', 'main.formatter', 'main.evaluator']);
  await choose(app, /^by growth cost/, 'not grouped');
  expect((await names(app)).some((name) => / G · /.test(name))).toBe(false);
  expect((await names(app)).find((name) => /^G\d/.test(name))).toMatch(/^G\d+ main\.checker/);
});

test('lanes are narrowed by text, number, state, reason and growth, and all come back at once', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  const ofGoroutines = async () => (await names(app)).filter((name) => /^G\d| G · /.test(name));
  const all = await ofGoroutines();
  const filter = app.page.getByRole('textbox', {name: 'Filter lanes'});
  await filter.fill('EVALUATOR');
  await app.atRest();
  expect((await ofGoroutines()).every((name) => name.includes('main.evaluator'))).toBe(true);
  await filter.fill('G1');
  await app.atRest();
  expect(await ofGoroutines()).toEqual([expect.stringMatching(/^G1 main\.main/)]);
  await expect(app.page.getByText('1 of 35 goroutines')).toBeVisible();
  await filter.fill('');
  await choose(app, /^any state/, 'sleep');
  expect((await ofGoroutines()).length).toBeLessThan(all.length);
  await app.click(app.page.getByRole('button', {name: 'Show all lanes'}));
  expect(await ofGoroutines()).toEqual(all);
  await app.page.getByRole('checkbox', {name: 'Only with growth'}).focus();
  await app.press(' ');
  expect((await ofGoroutines()).every((name) => /growth/.test(name))).toBe(true);
  await app.press(' ');
  expect(await ofGoroutines()).toEqual(all);
});

test('sections come and go from the menu, counters open, and the key h changes the height', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await choose(app, /^Rows/, 'Procs');
  expect((await names(app)).filter((name) => /^P\d/.test(name))).toEqual(['P0', 'P1']);
  await choose(app, /^Rows/, 'Procs');
  expect((await names(app)).some((name) => /^P\d/.test(name))).toBe(false);
  await app.click(app.lanes.getByRole('treeitem', {name: /^Heap live, goal/}));
  await expect(app.lanes.getByRole('treeitem', {name: /^Goroutines by state/})).toBeVisible();
  const group = app.lanes.getByRole('treeitem', {name: /^main\.checker,/});
  const height = async () => (await group.boundingBox())?.height ?? 0;
  const before = await height();
  await app.click(group);
  await app.lanes.focus();
  await app.press('h');
  expect(await height()).toBeGreaterThan(before);
  const other = await app.lanes.getByRole('treeitem', {name: /^main\.formatter,/}).boundingBox();
  if (other) expect(other.height).toBe(before);
  await app.press('h');
  expect(await height()).toBeLessThan(before);
});

test('the strip over the axis shows what stacks hold or what was copied, and where a search was found', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await app.click(app.page.getByRole('button', {name: 'Show bytes copied ≤'}));
  await app.page.getByRole('button', {name: 'Show stack bytes held'}).focus();
  await app.press('Enter');
  await expect(app.page.getByRole('button', {name: 'Show bytes copied ≤'})).toBeVisible();
  await app.page.getByRole('searchbox').fill('newstack');
  await app.atRest();
  const held = morestackLines<{stack: readonly string[] | null}>('samples', ...captures('recursion')).filter(({stack}) => stack?.some((name) => name.includes('newstack')));
  await expect(app.page.getByText(`found in ${figures.count(held.length)} samples`)).toBeVisible();
});

/** The growth table and the headline: every figure is the sum of what the command line prints, and every row and figure leads somewhere. */
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {Figures} from '../../src/base/figures.ts';
import {expect, test, type App} from '../pages/app.ts';
import {expectedFigures} from '../pages/growth-figures.ts';
import {capture, captures, goroutineLines, inspections, morestackLines, type GrowthLine, type SampleLine} from '../pages/captures.ts';

const figures = new Figures('en');
const changesOf = (example: string) => morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures(example));
const sum = (lines: readonly GrowthLine[], of: (line: GrowthLine) => number | null) => lines.reduce((all, line) => all + (of(line) ?? 0), 0);
function grouped<K>(lines: readonly GrowthLine[], key: (line: GrowthLine) => K): Map<K, GrowthLine[]> {
  const groups = new Map<K, GrowthLine[]>();
  for (const line of lines) groups.set(key(line), [...(groups.get(key(line)) ?? []), line]);
  return groups;
}


/** What the table must show of these changes. */
function expected(lines: readonly GrowthLine[]): Record<string, string> {
  const growths = lines.filter(({kind}) => kind === 'growth');
  return {
    growths: figures.count(growths.length),
    shrinks: figures.count(lines.length - growths.length),
    largestBytes: figures.bytes(Math.max(...lines.flatMap(({oldBytes, newBytes}) => [oldBytes ?? 0, newBytes ?? 0]))),
    copiedBytes: figures.bytes(sum(growths, ({oldBytes, newBytes}) => oldBytes ?? (newBytes ?? 0) / 2)),
    copyNs: figures.duration(sum(growths, ({durationNs}) => durationNs)),
  };
}

const by = (app: App, grouping: string) => app.click(app.panel.getByRole('radio', {name: grouping}));

test('by start function each row is the sum of that function’s changes, and the total of all', async ({app}) => {
  const lines = changesOf('http');
  const {startNs, endNs} = inspections(capture('http', 'trace.out.gz'))[0];
  await app.visit();
  await app.pick(captures('http'));
  const rows = await app.growthRows();
  const all = grouped(lines, ({startFunction}) => startFunction);
  expect(rows.size).toBe(all.size);
  for (const [name, own] of all) {
    const row = rows.get(name === null ? 'not known' : name.replace('net/http.', 'http.').replace('runtime/trace.', 'trace.')) ?? {};
    const goroutines = new Set(own.map(({goroutine}) => goroutine).filter((id) => id !== null));
    // A goroutine whose growth was only sampled counts too, so there may be more.
    expect(Number(row['goroutines'].replaceAll(',', ''))).toBeGreaterThanOrEqual(goroutines.size);
    expect(row).toMatchObject(expected(own));
    expect(row['copiesPerSecond']).toBe(figures.rate(own.length / ((endNs - startNs) / 1e9)));
  }
  expect(await app.growthTotals()).toMatchObject({growths: expected(lines)['growths'], shrinks: expected(lines)['shrinks'], copied: expected(lines)['copiedBytes'], copyTime: expected(lines)['copyNs']});
});

test('by goroutine thousands of rows scroll, and only those near the screen are on the page', async ({app}) => {
  const lines = changesOf('churn');
  const own = grouped(lines, ({goroutine}) => goroutine);
  await app.visit();
  await app.pick(captures('churn'));
  await by(app, 'Goroutine');
  const grid = app.panel.getByRole('grid', {name: 'Growth by goroutine'});
  await expect(grid).toHaveAttribute('aria-rowcount', String(own.size + 2));
  for (const [name, row] of await app.growthRows()) {
    const id = Number(/^G(\d+)/.exec(name)?.[1]);
    expect(row).toMatchObject(expected(own.get(id) ?? []));
  }
  expect((await app.growthRows()).size).toBeLessThan(200);
  const costs = (rows: readonly GrowthLine[]) => sum(rows.filter(({kind}) => kind === 'growth'), ({durationNs}) => durationNs);
  const [most] = [...own.values()].sort((a, b) => costs(b) - costs(a));
  expect([...(await app.growthRows()).values()][0]['copyNs']).toBe(expected(most)['copyNs']);
  await grid.focus();
  await app.press('End');
  await expect(grid.locator('.growth-active')).toHaveAttribute('aria-rowindex', String(own.size + 1));
  await expect(grid.locator('.growth-active')).toBeInViewport();
  await app.press('Home');
  await app.press('PageDown');
  await expect(grid.locator('.growth-active')).toBeInViewport();
  await app.panel.getByRole('textbox', {name: 'Find in this table'}).fill('G714');
  await app.atRest();
  const found = [...own.keys()].filter((id) => `g${id}`.includes('g714'));
  await expect(app.panel.getByText(`${figures.count(found.length)} of ${figures.count(own.size)}`, {exact: true})).toBeVisible();
});

test('a row is picked by pointer and by keys: everything else is narrowed to it, and Escape brings all back', async ({app}) => {
  const lines = changesOf('recursion');
  const of = (name: string) => figures.count(lines.filter(({kind, startFunction}) => kind === 'growth' && startFunction === name).length);
  const all = figures.count(lines.filter(({kind}) => kind === 'growth').length);
  await app.visit();
  await app.pick(captures('recursion'));
  const row = app.panel.getByRole('row', {name: /main\.formatter/});
  await app.click(row);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(app.headline).toContainText(`${of('main.formatter')} growths in 8 goroutines, all started as main.formatter`);
  await expect(app.headline).toContainText('of what is chosen');
  expect((await app.growthTotals()).growths).toBe(all);
  const {weight, ofStart} = expectedFigures(captures('recursion'), null);
  const part = figures.duration(ofStart.get('main.formatter')!.share! * weight);
  const share = row.locator('[data-column=growthWeight]');
  await expect(share).toHaveText(figures.share(ofStart.get('main.formatter')!.share!));
  await expect(share).toHaveAttribute('title', `${part} in growth, of ${figures.duration(weight)} of the samples of all rows, picked or not; the headline’s share is of the picked row’s samples alone`);
  await app.click(row);
  await expect(share).toHaveAttribute('title', `${part} in growth, of ${figures.duration(weight)} of all samples of this table`);
  await expect(app.headline).toContainText(`${all} growths`);

  await app.panel.getByRole('grid').focus();
  await app.press('Home');
  await app.press('ArrowDown');
  await app.press('Enter');
  const second = [...(await app.growthRows()).keys()][1];
  await expect(app.headline).toContainText(`${of(second)} growths`);
  await app.press('Escape');
  await expect(app.headline).toContainText(`${all} growths`);

  await by(app, 'Goroutine');
  await app.panel.getByRole('grid').focus();
  await app.press('Enter');
  await expect(app.headline).toContainText('in 1 goroutine');
  await app.press('o');
  await expect(app.tab('Goroutine')).toHaveAttribute('aria-selected', 'true');
  await expect(app.panel.getByRole('heading', {level: 3})).toContainText('Goroutine');
});

test('by cause every growth is in one row, told apart by how that is known', async ({app}) => {
  const lines = changesOf('churn');
  await app.visit();
  await app.pick(captures('churn'));
  await by(app, 'Causing function');
  const rows = await app.growthRows();
  const growths = [...rows.values()].reduce((all, row) => all + Number(row['growths'].replaceAll(',', '')), 0);
  expect(growths).toBe(lines.filter(({kind}) => kind === 'growth').length);
  await expect(app.panel.getByText('a neighbour, not the cause')).toBeVisible();
});

test('a causing function is picked by pointer and by key: all else is narrowed to its growths, which are the command line’s, and a link holds it', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  const all = figures.count(changesOf('recursion').filter(({kind}) => kind === 'growth').length);
  await by(app, 'Causing function');
  const row = app.panel.getByRole('row', {name: /neighbouring event main\.checker/});
  const own = morestackLines<GrowthLine>('growth', '--source', 'trace', '--causing-function', 'main.checker', ...captures('recursion')).filter(({kind}) => kind === 'growth');
  const says = `${figures.count(own.length)} growths in ${figures.count(new Set(own.map(({goroutine}) => goroutine)).size)} goroutines`;
  await app.click(row);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(app.headline).toContainText(says);
  await expect(app.page.getByRole('button', {name: 'No longer only grown by main.checker'})).toBeVisible();
  expect((await app.growthTotals()).growths).toBe(all);
  await by(app, 'Start function');
  expect((await app.growthTotals()).growths).toBe(figures.count(own.length));
  await app.page.reload();
  await app.pick(captures('recursion'));
  await expect(app.headline).toContainText(says);

  await by(app, 'Causing function');
  await app.panel.getByRole('grid').focus();
  await app.press('Escape');
  await expect(app.headline).toContainText(`${all} growths`);
  const index = [...(await app.growthRows()).keys()].findIndex((title) => title.includes('main.checker'));
  await app.press('Home');
  for (let step = 0; step < index; step++) await app.press('ArrowDown');
  await app.press('Enter');
  await expect(app.headline).toContainText(says);
});

test('of two traces with sizes one is counted, never both, and which one can be chosen', async ({app}) => {
  await app.visit();
  const trace = gunzipSync(readFileSync(capture('recursion', 'trace.out.gz')));
  await app.pick([{name: 'first.out', mimeType: '', buffer: trace}, {name: 'second.out', mimeType: '', buffer: trace.subarray(0, Math.floor(trace.length / 2))}]);
  const all = figures.count(inspections(capture('recursion', 'trace.out.gz'))[0].growths ?? 0);
  expect((await app.growthTotals()).growths).toBe(all);
  await expect(app.panel).toContainText('Growths are counted from first.out alone');
  await app.panel.getByLabel('Counted from').selectOption({label: 'second.out: stack events'});
  await app.atRest();
  await expect(app.panel).toContainText('Growths are counted from second.out alone');
  const half = (await app.growthTotals()).growths;
  expect(Number(half.replaceAll(',', ''))).toBeLessThan(Number(all.replaceAll(',', '')));
  await expect(app.headline).toContainText(`${half} growths`);
});

test('each figure of the headline leads to the view that shows it', async ({app}) => {
  const lines = changesOf('recursion').filter(({kind}) => kind === 'growth');
  const own = [...grouped(lines, ({startFunction}) => startFunction)].sort((a, b) => b[1].length - a[1].length)[0];
  await app.visit();
  await app.pick(captures('recursion'));
  const way = (name: string | RegExp) => app.page.locator('.headline-text').getByRole('button', {name});
  await expect(app.headline).toContainText(`${figures.count(lines.length)} growths in ${new Set(lines.map(({goroutine}) => goroutine)).size} goroutines, ${figures.share(own[1].length / lines.length)} started as ${own[0]}. Largest stack 4 MiB.`);
  await app.click(app.tab('Sources'));
  await app.click(way(/goroutines$/));
  await expect(app.panel.getByRole('grid', {name: 'Growth by goroutine'})).toBeVisible();
  await app.click(way(/growths$/));
  await expect(app.panel.getByRole('grid', {name: 'Growth by start function'})).toBeVisible();
  await app.click(way('4 MiB'));
  const largest = changesOf('recursion').find(({newBytes}) => newBytes === 4 << 20);
  await expect(app.panel.getByRole('heading', {level: 3})).toContainText(`Goroutine ${largest?.goroutine} main.`);
  await way(String(own[0])).focus();
  await app.press('Enter');
  await expect(app.headline).toContainText(`${figures.count(own[1].length)} growths`);
  await app.click(way(/ %$/));
  await expect(app.page.getByRole('button', {name: 'Growth chains only'})).toHaveAttribute('aria-pressed', 'true');
});

test('samples alone: the share is known, all else is “not known” and never 0, and the recording that would tell is one step away', async ({app, page}) => {
  await app.visit();
  await app.pick(capture('recursion', 'perf.txt.gz'));
  await expect(app.headline).toContainText(/% of CPU time goes to growing stacks\./);
  await expect(app.headline).toContainText('How often stacks grew, whose and how far is not in these files.');
  const totals = await app.growthTotals();
  expect([totals.growths, totals.shrinks, totals.largest, totals.copied, totals.copyTime]).toEqual(['–', '–', '–', '–', '–']);
  const tells = page.locator('.headline-missing');
  await tells.locator('summary').focus();
  await app.press('Enter');
  await expect(tells.getByText('GODEBUG=traceallocfree=1 ./app')).toBeVisible();
  await app.press('Escape');
  await expect(tells.getByText('GODEBUG=traceallocfree=1 ./app')).toBeHidden();
  await tells.locator('summary').click();
  await expect(tells.getByText('GODEBUG=traceallocfree=1 ./app')).toBeVisible();
});

test('a trace alone: growths are known, the share of CPU is not', async ({app}) => {
  await app.visit();
  await app.pick(capture('recursion', 'trace.out.gz'));
  const samples = morestackLines<SampleLine>('samples', capture('recursion', 'trace.out.gz'));
  expect(samples).toEqual([]);
  await expect(app.headline).not.toContainText('of CPU time');
  await expect(app.headline).toContainText('What growing costs of the CPU is not in these files.');
});

test('the story of a goroutine tells what the command line tells of it, of all time and of a range', async ({app}) => {
  await app.visit();
  await app.pick(captures('http'));
  await by(app, 'Goroutine');
  await app.click(app.panel.locator('button.growth-goroutine').first());
  const id = Number(/Goroutine (\d+)/.exec(await app.panel.getByRole('heading', {level: 3}).innerText())?.[1]);
  const check = async (range: readonly string[]) => {
    const [line] = goroutineLines(...captures('http'), '--goroutine', String(id), ...range);
    const states = {Running: line.runningNs, Runnable: line.runnableNs, Waiting: line.waitingNs, Syscall: line.syscallNs};
    for (const [state, ns] of Object.entries(states)) {
      const row = app.panel.getByRole('row', {name: new RegExp(`^${state}`)});
      if (ns > 0) await expect(row.getByRole('cell').first()).toHaveText(figures.duration(ns));
      else await expect(row).toHaveCount(0);
    }
    await expect(app.panel.getByRole('row', {name: /^Life/}).getByRole('cell').first()).toHaveText(figures.duration(Object.values(states).reduce((all, ns) => all + ns, 0)));
    if (line.runnableNs > 0) await expect(app.panel.getByText(`${figures.duration(line.runnableNs)} in all`)).toBeVisible();
    if (line.growths + line.shrinks > 0) await expect(app.panel.getByText(`${figures.count(line.growths)} growth${line.growths === 1 ? '' : 's'}, ${figures.count(line.shrinks)} shrinks`, {exact: true})).toBeVisible();
    const sampled = Object.values(line.samples).reduce((all, count) => all + count, 0);
    if (sampled > 0) await expect(app.panel.getByText(new RegExp(`^${figures.count(sampled)} samples?, `))).toBeVisible();
    return line;
  };
  const {startNs} = await check([]);
  // The end of the selected range is moved until it lies within the goroutine's life.
  const axisStartNs = Math.min(...inspections(...captures('http')).map((range) => range.startNs));
  const end = app.handle('End');
  const atNs = async () => Number(await end.getAttribute('aria-valuenow')) * 1000;
  await end.focus();
  while ((await atNs()) > (startNs ?? 0) - axisStartNs + 2.5e6) await app.press((await atNs()) > (startNs ?? 0) - axisStartNs + 15e6 ? 'PageDown' : 'ArrowLeft');
  // The address holds the range to the nanosecond: its zero, start and length.
  const held = () => (/[#&]r=([^&]*)/.exec(app.fragment)?.[1] ?? '').split('.').map((part) => parseInt(part, 36));
  const value = await atNs();
  await expect.poll(() => Math.abs(held()[1] + held()[2] - value)).toBeLessThanOrEqual(1000);
  const [zero, from, length] = held();
  await check(['--to', String(zero + from + length)]);
});

test('from a goroutine to the next of its kind, to its creator and to the moment of a step, by pointer and by key', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await by(app, 'Goroutine');
  await app.click(app.panel.locator('button.growth-goroutine').first());
  const heading = app.panel.getByRole('heading', {level: 3});
  const first = await heading.innerText();
  await app.click(app.panel.getByRole('button', {name: 'Previous goroutine with this start function'}));
  await expect(heading).not.toHaveText(first);
  await app.press('j');
  await expect(heading).toHaveText(first);
  await app.press('k');
  await expect(heading).not.toHaveText(first);
  const fragment = app.fragment;
  await app.click(app.panel.getByRole('table', {name: /growths/}).getByRole('button').first());
  expect(app.fragment).not.toBe(fragment);
  await app.click(app.panel.getByRole('button', {name: 'Only this one'}));
  await expect(app.headline).toContainText('in 1 goroutine');
  await app.click(app.panel.getByRole('button', {name: 'Only this one'}));
  const steps = app.panel.getByRole('table', {name: /growths/}).locator('tbody tr');
  const shown = await steps.count();
  await app.click(app.panel.getByRole('button', {name: 'Show more'}));
  expect(await steps.count()).toBeGreaterThan(shown);
  await app.click(app.panel.getByRole('button', {name: /^G1 main\.main/}).first());
  await expect(heading).toContainText('Goroutine 1 main.main');
});

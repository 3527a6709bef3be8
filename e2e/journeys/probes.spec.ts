/**
 * What recordings with probes, registers, switches and tracepoints show: callers restored at morestack, growths counted from probes, bytes in use, when threads
 * were off the CPU and why, time asleep by stack, tracepoints with their arguments, chains that were cut. By pointer and by key, as the command line has it.
 */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Figures} from '../../src/base/figures.ts';
import {expect, test, type App} from '../pages/app.ts';
import {axeFindsNothing} from '../pages/axe.ts';
import {appBinary, OWN_ID} from '../pages/binaries.ts';
import {corpusCaptures, morestackLines, morestackText, type GrowthLine, type SampleLine} from '../pages/captures.ts';
import {ROUNDS, scheduled} from '../pages/scheduled.ts';
import {Time} from '../pages/time.ts';

const figures = new Figures('en');
const program = appBinary(OWN_ID);

/** Runs something with the files in a folder. */
function withFiles<T>(run: (...paths: string[]) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'morestack-scheduled-'));
  try {
    return run(...[scheduled, program].map(({name, buffer}) => {
      writeFileSync(join(folder, name), buffer);
      return join(folder, name);
    }));
  } finally {
    rmSync(folder, {recursive: true});
  }
}

interface Switched {
  readonly tid: number;
  readonly is: 'on' | 'asleep' | 'preempted';
  readonly fromNs: number;
  readonly toNs: number;
  readonly prevState: string | null;
  readonly next: {readonly tid: number; readonly comm: string} | null;
  readonly previous: {readonly tid: number; readonly comm: string} | null;
  readonly stack: readonly string[] | null;
}

const samples = () => withFiles((...paths) => morestackLines<SampleLine & {readonly restoredCallers?: readonly string[]; readonly usedBytes?: number; readonly arguments?: Readonly<Record<string, unknown>>}>('samples', ...paths));
const tooltip = (app: App) => app.page.locator('.tooltip');

async function openScheduled(app: App): Promise<void> {
  await app.visit();
  await app.pick([scheduled, program]);
}

test('restored callers stand above morestack, look another way, are named in the legend, and say so to the pointer and to the ear', async ({app, page}) => {
  await openScheduled(app);
  const restored = samples().filter(({event, restoredCallers}) => event === 'cpu-clock' && restoredCallers);
  expect(restored).toHaveLength(2 * ROUNDS);
  for (const name of restored[0].restoredCallers ?? []) await expect(app.frame(name)).toBeVisible();
  const legend = page.getByRole('list', {name: 'What the colours mean'});
  await expect(legend).toContainText('restored from a probe');
  await app.frame('main.grow').hover();
  await expect(tooltip(app)).toContainText(`${restored.length} samples`);
  await expect(tooltip(app)).toContainText('restored from a probe on runtime.morestack');
  await app.flame.focus();
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await app.press(key);
  await expect(app.spokenFrame).toContainText('main.grow: 20 ms');
  await expect(app.spokenFrame).toContainText('restored from a probe');
  // Without the binary they are addresses; without the growth chains there are none.
  await app.click(page.getByRole('button', {name: 'Remove app', exact: true}));
  await expect(app.frame('0x47b150')).toBeVisible();
  await expect(legend).toContainText('restored from a probe');
});

test('the function table says what of a total was restored, the file of folded stacks which frames were, and the binary what it names', async ({app, page}) => {
  await openScheduled(app);
  await expect(app.sources.filter({hasText: 'ELF'})).toContainText('2 frames in 1 file');
  await app.click(app.tab('Functions'));
  await expect(app.panel.getByRole('row', {name: /main\.grow/})).toContainText(/main\.growrestored/);
  await expect(app.panel.getByRole('row', {name: /main\.step/})).toContainText(/main\.steppartly restored/);
  await expect(app.panel.getByRole('row', {name: /main\.work/})).not.toContainText('restored');
  const download = page.waitForEvent('download');
  await page.getByRole('button', {name: 'Export'}).click();
  await page.getByRole('menuitem', {name: /folded/i}).click();
  const saved = await (await download).path();
  expect(readFileSync(saved, 'utf8')).toBe(withFiles((...paths) => morestackText('fold', '--event', 'cpu-clock', '--weight', 'period', ...paths)));
  expect(readFileSync(saved, 'utf8')).toContain('main.step_[restored];main.grow_[restored];runtime.morestack');
});

test('growths are counted from the probes, by the functions that their restored callers name', async ({app}) => {
  await openScheduled(app);
  const lines = withFiles((...paths) => morestackLines<GrowthLine>('growth', '--source', 'probe', ...paths));
  expect((await app.growthTotals()).growths).toBe(figures.count(lines.length));
  await expect(app.panel).toContainText('Growths are counted from the probes in scheduled.txt alone');
  await app.click(app.panel.getByText('Causing function', {exact: true}));
  await expect(app.panel.getByRole('row', {name: /main\.grow/})).toContainText(figures.count(lines.length));
});

test('the bytes in use of a stack are told where one points, and where the cursor stands, as the command line tells them', async ({app, page}) => {
  await openScheduled(app);
  const time = new Time(app);
  const told = samples().filter(({event, usedBytes}) => event === 'cpu-clock' && usedBytes !== undefined);
  expect(told.length).toBeGreaterThan(3);
  const lane = /^G7 /;
  await app.click(app.lanes.getByRole('treeitem', {name: lane}));
  await app.lanes.focus();
  await app.press('f');
  const startNs = samples()[0].timeNs;
  const {timeNs, usedBytes} = told[1];
  await page.mouse.move(5, 5);
  await time.point(await time.lane(lane, (timeNs - startNs) / 9_890_000));
  await expect(time.card).toContainText(`${figures.bytes(usedBytes ?? 0)} of the stack in use`);
  await page.mouse.move(5, 5);
  await app.lanes.focus();
  for (let steps = 0; steps < 40 && !(await time.said.innerText()).includes('Sample'); steps++) await app.press('.');
  await app.press('i');
  await expect(time.kept).toContainText(/[\d.]+ (B|KiB) of the stack in use/);
});

test('the card of a thread says whether it was on the CPU, since when, until when, why not and who ran, as morestack switches does; by pointer and by key', async ({app, page}) => {
  await openScheduled(app);
  const time = new Time(app);
  const lines = withFiles((...paths) => morestackLines<Switched>('switches', ...paths));
  const startNs = samples()[0].timeNs;
  const wholeNs = 9_890_000;
  const words = {on: 'On the CPU', asleep: 'Off the CPU: went to sleep', preempted: 'Off the CPU: could have run on'};
  const looked = new Set<string>();
  for (const {tid, is, fromNs, toNs, prevState, next, previous, stack} of lines.filter(({fromNs}) => (fromNs - startNs) / wholeNs < 0.45)) {
    const lane = new RegExp(`^M ${tid} `);
    await time.point(await time.lane(lane, ((fromNs + toNs) / 2 - startNs) / wholeNs));
    await expect(time.card).toContainText(words[is]);
    await expect(time.card).toContainText(figures.duration(toNs - fromNs));
    if (prevState !== null) await expect(time.card).toContainText(`prev_state ${prevState}`);
    for (const other of [next, previous]) if (other) await expect(time.card).toContainText(`${other.comm} ${other.tid}`);
    if (stack) await expect(time.card).toContainText([...stack].reverse().map((name) => name.replace('.abi0', '')).join(' ← '));
    looked.add(is);
  }
  expect([...looked].sort()).toEqual(['asleep', 'on', 'preempted']);
  await app.click(app.lanes.getByRole('treeitem', {name: /^M 1200 /}));
  await page.mouse.move(5, 5);
  await app.lanes.focus();
  await expect(app.lanes).toHaveAccessibleDescription(/In view: .*Running .*Waiting /);
  await app.press('.');
  await app.press('i');
  const first = lines.find(({tid, is}) => tid === 1200 && is === 'on');
  await expect(time.kept).toContainText(words.on);
  await expect(time.kept).toContainText(figures.duration((first?.toNs ?? 0) - (first?.fromNs ?? 0)));
});

test('time asleep hangs under the stacks that went to sleep, as the command line folds it; by pointer and by key', async ({app, page}) => {
  await openScheduled(app);
  const folded = withFiles((...paths) => morestackText('fold', '--weight', 'offCpuNs', ...paths));
  const ns = folded.split('\n').filter((line) => line !== '').reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  await app.click(page.getByRole('button', {name: /^more/}));
  await app.click(page.getByRole('menuitemradio', {name: /off.CPU|asleep/i}));
  await expect(app.rootFrame).toContainText(figures.duration(ns));
  await expect(app.frame('main.wait')).toBeVisible();
  await expect(app.frame('main.serve')).toHaveCount(0);
  await app.frame('main.wait').hover();
  await expect(tooltip(app)).toContainText('100 % of all');
  await app.click(page.locator('.flame').getByText('CPU time', {exact: true}));
  await expect(app.frame('main.work')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('time asleep');
  await app.atRest();
  await app.press('Enter');
  await expect(app.rootFrame).toContainText(figures.duration(ns));
});

test('tracepoints have lanes, and their cards say the arguments; a step by key goes from one to the next', async ({app, page}) => {
  await openScheduled(app);
  const time = new Time(app);
  await app.click(page.getByRole('button', {name: /^Rows/}));
  await app.click(page.getByRole('menuitem', {name: 'Other events'}).or(page.getByRole('menuitemcheckbox', {name: /Other events/})).or(page.getByRole('menuitemradio', {name: /Other events/})));
  await page.keyboard.press('Escape');
  await app.atRest();
  const lane = app.lanes.getByRole('treeitem', {name: /task:task_newtask/});
  await expect(lane).toHaveAccessibleName(/10 samples/);
  await lane.scrollIntoViewIfNeeded();
  await app.atRest();
  const startNs = samples()[0].timeNs;
  const tasks = samples().filter(({event}) => event === 'task:task_newtask');
  for (const {timeNs, arguments: given} of tasks.slice(0, 3)) {
    await time.point(await time.lane(/task:task_newtask/, (timeNs - startNs) / 9_890_000));
    for (const [key, value] of Object.entries(given ?? {})) await expect(time.card).toContainText(`${key}=${String(value)}`);
  }
  await app.click(lane);
  await page.mouse.move(5, 5);
  await app.lanes.focus();
  for (let i = 0; i < 2; i++) await app.press('.');
  await expect(time.said).toContainText('task:task_newtask');
  await app.press('i');
  await expect(time.kept).toContainText(`pid=${String(tasks[1].arguments?.['pid'])}`);
});

test('a chain that the recorder cut is torn on the side of its root, and says so', async ({app}) => {
  await openScheduled(app);
  const cut = samples().filter((sample) => (sample as {stackEnd?: string}).stackEnd === 'depth-limit');
  expect(cut).toHaveLength(ROUNDS);
  await app.frame('cut off by the recorder toward the root').hover();
  await expect(tooltip(app)).toContainText(`${ROUNDS} samples`);
});

test('of a stack that was copied the caller is said to be on another one', async ({app}) => {
  const files = corpusCaptures('perf/44-go125-dwarf.data', 'perf/bin_gostack_go125');
  test.skip(files === null, 'the corpus is not beside the checkout');
  await app.visit();
  await app.pick([...files!]);
  await app.click(app.tab('Functions'));
  await expect(app.panel.getByRole('row', {name: /caller on another stack, which was not copied/})).toBeVisible();
  await expect(app.panel.getByRole('row', {name: /not recorded by frame pointers/})).toHaveCount(0);
});

test('what is searched is marked on the lanes that hold it, and counted for the chosen one; by pointer and by key', async ({app, page}) => {
  await openScheduled(app);
  const canvas = page.locator('.lanes-place canvas').first();
  const accent = () => canvas.evaluate((element: HTMLCanvasElement) => {
    const probe = document.createElement('i');
    probe.style.color = 'var(--accent)';
    document.body.append(probe);
    const wanted = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
    probe.remove();
    const {data} = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] === wanted[0] && data[i + 1] === wanted[1] && data[i + 2] === wanted[2] && data[i + 3] === 255) count++;
    return count;
  });
  await app.click(app.lanes.getByRole('treeitem', {name: /^M 1200 /}));
  await page.mouse.move(5, 5);
  const before = await accent();
  await page.keyboard.press('/');
  await page.keyboard.type('main.grow');
  await app.atRest();
  expect(await accent()).toBeGreaterThan(before + 10);
  await expect(app.lanes).toHaveAccessibleDescription(/found in 20 samples/);
  await page.getByText('Legend', {exact: true}).click();
  await expect(page.locator('.timeline-legend .legend')).toContainText('holds what is searched');
  await page.getByRole('searchbox').fill('main.nobody');
  await app.atRest();
  expect(await accent()).toBe(before);
});

for (const language of ['en', 'zh-CN'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`axe finds nothing among probes, switches and restored callers (${language}, ${scheme})`, async ({app, page}) => {
      await page.emulateMedia({colorScheme: scheme});
      await openScheduled(app);
      if (language === 'zh-CN') await app.choose('Language', '简体中文');
      await page.keyboard.press('/');
      await page.keyboard.type('main.grow');
      await app.atRest();
      for (const place of [0, 1, 4]) {
        await app.click(page.getByRole('tablist').last().getByRole('tab').nth(place));
        await axeFindsNothing(app);
      }
    });
  }
}

/** `--from`, `--to` and the filters, and `morestack goroutines`: what is chosen is what sums over all lines say. */
import {fileURLToPath} from 'node:url';
import {beforeAll, expect, test} from 'vitest';
import {monotonicHeader, perfText} from './captures.ts';
import {exactJson, jsonLines, morestack, temporaryFile} from './morestack.ts';

const capturesOf = (example: string) => ['perf.txt.gz', 'trace.out.gz'].map((name) => fileURLToPath(new URL(`../../examples/${example}/captures/${name}`, import.meta.url)));
const files = capturesOf('recursion');

interface Line {
  readonly timeNs: number;
  readonly kind?: string;
  readonly source?: string;
  readonly goroutine: number | null;
  readonly tid: number | null;
  readonly startFunction?: string | null;
  readonly stack?: readonly string[] | null;
  readonly stackFrom?: string | null;
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly durationNs: number;
}

interface GoroutineLine {
  readonly id: number;
  readonly startFunction: string | null;
  readonly startNs: number | null;
  readonly endNs: number | null;
  readonly runningNs: number;
  readonly runnableNs: number;
  readonly waitingNs: number;
  readonly syscallNs: number;
  readonly growths: number | null;
  readonly shrinks: number | null;
  readonly largestBytes: number | null;
  readonly copiedBytes: number | null;
  readonly copyNs: number | null;
  readonly samples: Readonly<Record<string, number>>;
}

async function lines<T = Line>(...args: string[]): Promise<T[]> {
  const {stdout, exitCode, stderr} = await morestack(...args);
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  return jsonLines(stdout) as T[];
}

let range: {from: number; to: number};
let goroutineOf: Map<number, GoroutineLine>;
beforeAll(async () => {
  const ranges = exactJson((await morestack('inspect', '--json', ...files)).stdout) as {startNs: number; endNs: number}[];
  const startNs = Math.min(...ranges.map((each) => each.startNs));
  const endNs = Math.max(...ranges.map((each) => each.endNs));
  range = {from: Math.round(startNs + 0.3 * (endNs - startNs)), to: Math.round(startNs + 0.7 * (endNs - startNs))};
  goroutineOf = new Map((await lines<GoroutineLine>('goroutines', ...files)).map((line) => [line.id, line]));
});

test.each(['samples', 'growth'])('%s from … to are the lines of that time, and with what comes before and after all there are', async (command) => {
  const all = await lines(command, ...files);
  const {from, to} = range;
  const chosen = await lines(command, ...files, '--from', String(from), '--to', String(to));
  expect(chosen).toEqual(all.filter(({timeNs}) => timeNs >= from && timeNs <= to));
  expect(chosen.length).toBeGreaterThan(10);
  const before = await lines(command, ...files, '--to', String(from - 1));
  const after = await lines(command, ...files, '--from', String(to + 1));
  expect(before.length + chosen.length + after.length).toBe(all.length);
});

test.each(['samples', 'growth'])('%s of a start function, a goroutine or a thread are the lines that say so', async (command) => {
  const all = await lines(command, ...files);
  const startFunctionOf = ({goroutine}: Line) => (goroutine === null ? null : goroutineOf.get(goroutine)!.startFunction);
  expect(await lines(command, ...files, '--start-function', 'main.checker')).toEqual(all.filter((line) => startFunctionOf(line) === 'main.checker'));
  expect(await lines(command, ...files, '--goroutine', '12')).toEqual(all.filter(({goroutine}) => goroutine === 12));
  const {tid} = all[0];
  const ofThread = await lines(command, ...files, '--thread', String(tid));
  expect(ofThread).toEqual(all.filter((line) => line.tid === tid));
  expect(ofThread.length).toBeGreaterThan(0);
  const both = await lines(command, ...files, '--thread', String(tid), '--start-function', 'main.checker');
  expect(both).toEqual(ofThread.filter((line) => startFunctionOf(line) === 'main.checker'));
});

test('a causing function leaves the changes of which it is the nearest function of the program, and their goroutines', async () => {
  const chosen = await lines('growth', '--source', 'trace', ...files, '--causing-function', 'main.checker');
  const nearEvents = (all: readonly Line[]) => all.filter(({kind, stackFrom}) => kind === 'growth' && stackFrom === 'event');
  const isOwn = ({stack}: Line) => stack?.findLast((name) => !/^(runtime|internal|syscall|sync|time)[./]/.test(name)) === 'main.checker';
  expect(nearEvents(chosen)).toEqual(nearEvents(await lines('growth', '--source', 'trace', ...files)).filter(isOwn));
  expect(nearEvents(chosen).length).toBeGreaterThan(0);
  const samples = await lines('samples', ...files, '--causing-function', 'main.checker');
  const goroutines = await lines<GoroutineLine>('goroutines', ...files, '--causing-function', 'main.checker');
  expect(new Set(goroutines.map(({id}) => id))).toEqual(new Set([...chosen, ...samples].flatMap(({goroutine}) => goroutine ?? [])));
});

test('fold counts the samples that are chosen', async () => {
  const folded = async (...options: string[]) => (await morestack('fold', ...files, ...options)).stdout.trim().split('\n').reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  const options = ['--from', String(range.from), '--start-function', 'main.checker'];
  expect(await folded(...options)).toBe((await lines('samples', ...files, ...options)).length);
});

test('comm and process choose among samples', async () => {
  const perf = temporaryFile('perf.txt', 'one 41/42 [003] 5.000000001: 250 cpu-clock: \n\ntwo 41/43 [003] 5.000000002: 250 cpu-clock: \n\none 51/52 [003] 5.000000003: 250 cpu-clock: \n\n');
  const chosen = async (...options: string[]) => (await lines('samples', perf, ...options)).map(({tid}) => tid);
  expect(await chosen('--comm', 'one')).toEqual([42, 52]);
  expect(await chosen('--process', '41')).toEqual([42, 43]);
  expect(await chosen('--process', '41', '--comm', 'one')).toEqual([42]);
});

test('growths, shrinks, bytes and copy time of each goroutine are the sums of its lines in the range', async () => {
  for (const options of [[], ['--from', String(range.from), '--to', String(range.to)]]) {
    const changes = (await lines('growth', '--source', 'trace', ...files, ...options));
    const samples = await lines('samples', ...files, ...options);
    for (const line of await lines<GoroutineLine>('goroutines', ...files, ...options)) {
      const own = changes.filter(({goroutine}) => goroutine === line.id);
      const grown = own.filter(({kind}) => kind === 'growth');
      expect(line.growths).toBe(grown.length);
      expect(line.shrinks).toBe(own.length - grown.length);
      expect(line.copiedBytes).toBe(grown.reduce((sum, {oldBytes}) => sum + oldBytes, 0));
      expect(line.copyNs).toBe(grown.reduce((sum, {durationNs}) => sum + durationNs, 0));
      for (const {oldBytes, newBytes} of own) expect(line.largestBytes).toBeGreaterThanOrEqual(Math.max(oldBytes, newBytes));
      expect(Object.values(line.samples).reduce((sum, count) => sum + count, 0)).toBe(samples.filter(({goroutine}) => goroutine === line.id).length);
    }
  }
});

test('time in each state is what the transitions among the events say', async () => {
  const trace = files[1];
  const stateOf = new Map<number, {state: string; since: bigint}>();
  const spent = new Map<number, Record<string, number>>();
  let last = 0n;
  for (const line of (await morestack('events', trace)).stdout.split('\n')) {
    const time = /^M=.* Time=(\d+)/.exec(line)?.[1];
    if (time === undefined || line.includes(' Sync ')) continue;
    last = BigInt(time);
    const [, id, state] = / StateTransition .*GoID=(\d+) \w+->(\w+)/.exec(line) ?? [];
    if (id === undefined) continue;
    leave(Number(id), last);
    stateOf.set(Number(id), {state, since: last});
  }
  for (const id of stateOf.keys()) leave(id, last);
  function leave(id: number, at: bigint): void {
    const before = stateOf.get(id);
    const times = spent.get(id) ?? {};
    spent.set(id, times);
    if (before) times[before.state] = (times[before.state] ?? 0) + Number(at - before.since);
  }
  expect(goroutineOf.size).toBe(spent.size);
  for (const {id, runningNs, runnableNs, waitingNs, syscallNs} of goroutineOf.values()) {
    const {Running = 0, Runnable = 0, Waiting = 0, Syscall = 0} = spent.get(id)!;
    expect({id, runningNs, runnableNs, waitingNs, syscallNs}).toEqual({id, runningNs: Running, runnableNs: Runnable, waitingNs: Waiting, syscallNs: Syscall});
  }
});

test('parts of the axis add up to the whole, state by state', async () => {
  const middle = Math.round((range.from + range.to) / 2);
  const parts = [...(await lines<GoroutineLine>('goroutines', ...files, '--to', String(middle))), ...(await lines<GoroutineLine>('goroutines', ...files, '--from', String(middle)))];
  for (const [id, whole] of goroutineOf) {
    const own = parts.filter((part) => part.id === id);
    for (const state of ['runningNs', 'runnableNs', 'waitingNs', 'syscallNs'] as const) expect(own.reduce((sum, part) => sum + part[state], 0)).toBe(whole[state]);
  }
});

test('only goroutines that lived in the range are listed', async () => {
  const [, churn] = capturesOf('churn');
  const all = await lines<GoroutineLine>('goroutines', churn);
  const {from, to} = {from: Math.max(...all.map(({endNs}) => endNs ?? 0)) - 1_000_000, to: Math.max(...all.map(({endNs}) => endNs ?? 0)) - 500_000};
  const chosen = await lines<GoroutineLine>('goroutines', churn, '--from', String(from), '--to', String(to));
  expect(chosen.map(({id}) => id)).toEqual(all.filter(({startNs, endNs}) => (startNs ?? 0) <= to && (endNs ?? Infinity) >= from).map(({id}) => id));
  expect(chosen.length).toBeLessThan(all.length);
});

test('without stack sizes the figures of the stack are null, never 0', async () => {
  const trace = fileURLToPath(new URL('../../src/formats/go-trace/fixtures/go122-generations.trace', import.meta.url));
  const [first] = await lines<GoroutineLine>('goroutines', trace);
  expect(first).toMatchObject({growths: null, shrinks: null, largestBytes: null, copiedBytes: null, copyNs: null});
});

test('a file that is on no axis with the trace is said to be left out of a range', async () => {
  const apart = temporaryFile('perf.txt', perfText([{}]));
  const {stdout, stderr} = await morestack('samples', apart, files[1], '--from', String(range.from));
  expect(stdout).toBe('');
  expect(stderr).toContain('perf.txt');
  const joined = temporaryFile('perf.txt', monotonicHeader + perfText([{time: '12508.700000000'}]));
  expect(await lines('samples', joined, files[1], '--from', '12508700000000', '--to', '12508700000000')).toHaveLength(1);
});

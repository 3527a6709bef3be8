/** `morestack growth`, `events` and --offset on recorded Go traces, with perf samples written to fit them. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {goTraces, monotonicHeader, perfText, seconds} from './captures.ts';
import {exactJson, jsonLines, morestack, temporaryFile, type Change} from './morestack.ts';

async function changesOf(trace: string): Promise<Change<number | bigint>[]> {
  return jsonLines((await morestack('growth', trace)).stdout) as unknown as Change<number | bigint>[];
}

const traces = goTraces('stacks');
const app = '(/srv/app/app)';
/** A chain that says: this sample was taken while a stack was copied. */
const growing = [`runtime.memmove+0x1 ${app}`, `runtime.copystack+0x1 ${app}`, `runtime.newstack+0x1 ${app}`, `runtime.morestack.abi0+0x1 ${app}`];

test('there is a trace to test with', () => {
  expect(traces.length).toBeGreaterThan(0);
});

test.each(traces)('changes come in time order, growths double at least and shrinks halve: %s', async (trace) => {
  const changes = await changesOf(trace);
  const [{growths, shrinks}] = exactJson((await morestack('inspect', '--json', trace)).stdout) as {growths: number; shrinks: number}[];
  expect(changes.filter(({kind}) => kind === 'growth')).toHaveLength(growths);
  expect(changes.filter(({kind}) => kind === 'shrink')).toHaveLength(shrinks);
  expect(growths).toBeGreaterThan(0);
  for (const [i, {timeNs, kind, source, oldBytes, newBytes, durationNs}] of changes.entries()) {
    expect(source).toBe('trace');
    expect(i === 0 || timeNs >= changes[i - 1].timeNs).toBe(true);
    expect(kind === 'growth' ? newBytes >= 2 * oldBytes : newBytes === oldBytes / 2).toBe(true);
    expect(Math.log2(newBytes) % 1).toBe(0);
    expect(durationNs).toBeGreaterThanOrEqual(0);
  }
});

test('a sample in copystack, on the clock of the trace, belongs to the goroutine that grows there and gives that step its stack', async () => {
  const [trace] = traces;
  const change = (await changesOf(trace)).find(({kind, durationNs}) => kind === 'growth' && durationNs > 200)!;
  const inside = BigInt(change.timeNs) + BigInt(Math.floor(change.durationNs / 2));
  const text = temporaryFile('perf.txt', monotonicHeader + perfText([{tid: change.tid, time: seconds(inside), frames: growing}]));

  const [sample] = jsonLines((await morestack('samples', text, trace)).stdout);
  expect(sample).toMatchObject({goroutine: change.goroutine, attribution: 'goroutine'});

  const lines = jsonLines((await morestack('growth', text, trace)).stdout);
  expect(lines.find(({source}) => source === 'sample')).toMatchObject({
    kind: 'growth', goroutine: change.goroutine, tid: change.tid, oldBytes: null, newBytes: null, durationNs: null, stackFrom: 'sample', stackDistanceNs: 0,
  });
  const step = lines.find(({source, timeNs, goroutine}) => source === 'trace' && timeNs === change.timeNs && goroutine === change.goroutine);
  expect(step).toMatchObject({stackFrom: 'sample', stack: ['runtime.morestack.abi0', 'runtime.newstack', 'runtime.copystack', 'runtime.memmove']});
});

test('without a stated clock nothing is attributed; --offset states it', async () => {
  const [trace] = traces;
  const change = (await changesOf(trace)).find(({kind}) => kind === 'growth')!;
  const offsetNs = 3_000_000_123n;
  const text = temporaryFile('perf.txt', perfText([{tid: change.tid, time: seconds(BigInt(change.timeNs) + 1n - offsetNs), frames: growing}]));
  const attributed = async (...options: string[]) => jsonLines((await morestack('samples', text, trace, ...options)).stdout).map(({attribution, goroutine}) => ({attribution, goroutine}));
  expect(await attributed()).toEqual([{attribution: 'not-aligned', goroutine: null}]);
  expect(await attributed(`--offset=${offsetNs}`)).toEqual([{attribution: 'goroutine', goroutine: change.goroutine}]);
  expect(await attributed('--offset', '-1000')).toEqual([{attribution: 'outside-trace', goroutine: null}]);
  expect(await attributed('--offset=0')).toEqual([{attribution: 'outside-trace', goroutine: null}]);
});

test('a sample on a thread that the trace does not know says so', async () => {
  const [trace] = traces;
  const [{timeNs}] = await changesOf(trace);
  const text = temporaryFile('perf.txt', monotonicHeader + perfText([{tid: 4_000_000, time: seconds(BigInt(timeNs))}]));
  expect(jsonLines((await morestack('samples', text, trace)).stdout)).toMatchObject([{attribution: 'thread-not-in-trace', goroutine: null}]);
});

test.each([
  ['preemption', [`runtime.goschedImpl+0x1 ${app}`, `runtime.newstack+0x1 ${app}`, `runtime.morestack.abi0+0x1 ${app}`]],
  ['overflow', [`runtime.throw+0x1 ${app}`, `runtime.newstack+0x1 ${app}`, `runtime.morestack.abi0+0x1 ${app}`]],
  ['shrink', [`runtime.copystack+0x1 ${app}`, `runtime.shrinkstack+0x1 ${app}`, `runtime.scanstack+0x1 ${app}`]],
  ['growth', growing],
])('a chain of %s is one line of that kind, and without a trace the goroutine is null', async (kind, frames) => {
  const lines = jsonLines((await morestack('growth', temporaryFile('perf.txt', perfText([{frames}, {frames: [`main.main+0x1 ${app}`]}])))).stdout);
  expect(lines).toMatchObject([{kind, source: 'sample', goroutine: null, startFunction: null, timeNs: 5_000_000_001}]);
});

test('--source leaves out the others', async () => {
  const [trace] = traces;
  const text = temporaryFile('perf.txt', `${perfText([{frames: growing}])}app 7 [000] 1.1: probe_app:copystack: (44cd80) newsize=4096 lo=0xc000042000 hi=0xc000042800\n\n`);
  const sourcesOf = async (only: string) => new Set(jsonLines((await morestack('growth', '--source', only, text, trace)).stdout).map(({source}) => source));
  expect(await sourcesOf('trace')).toEqual(new Set(['trace']));
  expect(await sourcesOf('probe')).toEqual(new Set(['probe']));
  expect(await sourcesOf('sample')).toEqual(new Set(['sample']));
});

test('events of a trace that breaks off in its last generation end with 1, after all events of the generations before', async () => {
  const [trace] = goTraces('generations');
  const whole = await morestack('events', trace);
  expect({exitCode: whole.exitCode, stderr: whole.stderr}).toEqual({exitCode: 0, stderr: ''});
  const bytes = readFileSync(trace);
  const {exitCode, stdout, stderr} = await morestack('events', temporaryFile('cut.trace', bytes.subarray(0, bytes.length - 100)));
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/byte \d+/);
  // The last line of all is the Sync that ends the trace, the one before it begins the last generation.
  const before = whole.stdout.slice(0, [...whole.stdout.matchAll(/^M=-1 P=-1 G=-1 Sync /gm)].at(-2)!.index);
  expect(before).not.toBe('');
  expect(stdout.startsWith(before)).toBe(true);
});

test('a probe on copystack is a line with the sizes and the goroutine that its arguments tell', async () => {
  const file = temporaryFile('probe.txt', 'app 7 [000] 1.000001000: probe_app:copystack: (44cd80) newsize=4096 lo=0xc000042000 hi=0xc000042800 goid=17\n\napp 7 [000] 1.000002000: probe_app:copystack: (44cd80) newsize=2048 lo=0xc000042000 hi=0xc000043000 goid=18\n\n');
  const {stdout} = await morestack('growth', file);
  expect(jsonLines(stdout)).toMatchObject([
    {timeNs: 1_000_001_000, kind: 'growth', source: 'probe', goroutine: 17, oldBytes: 2048, newBytes: 4096, usedBytes: null, stack: null, stackFrom: null},
    {timeNs: 1_000_002_000, kind: 'shrink', source: 'probe', goroutine: 18, oldBytes: 4096, newBytes: 2048},
  ]);
});

/** Probes on runtime.copystack: what perf prints of them, as growths and shrinks; and the growth table that counts them. */
import {expect, test} from 'vitest';
import {noFilter} from '../filter/shape.ts';
import {StackChangeKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {growthTable} from '../growth-table/build.ts';

const CLOCK = '# clockid: monotonic (1)\n# ========\n#\n';
const traceOf = async (text: string): Promise<Trace> => (await opened(new TextEncoder().encode(text))).trace!;
const tableOf = (traces: readonly Trace[]) => growthTable.answer(sessionOf(traces), {group: 1, range: null, event: null, weight: 'samples', by: 'startFunction', counted: null, search: '', sort: {by: 'growths', descending: true}, first: 0, count: 9, filter: noFilter})!;

const copy = (time: string, args: string, chain = '') => `app 7 [000] ${time}: probe_app:copystack: (44cd80) ${args}\n${chain}\n`;
const frame = (name: string) => `\t          44cd80 ${name}+0x0 (/app)\n`;
const sampled = 'app 7 [000] 1.000000100: 1003009 cpu-clock: \n\t          401000 main.main+0x10 (/app)\n\n';

test('a probe with the ends of the old stack tells both sizes, which is the larger, and with the stack pointer how much was in use', async () => {
  const trace = await traceOf(sampled + copy('1.000001000', 'gp=0xc0 newsize=4096 lo=0xc000042000 hi=0xc000042800 gsp=0xc000042080 goid=17') + copy('1.000002000', 'gp=0xc0 newsize=0x800 lo=0xc000042000 hi=0xc000043000 goid=18'));
  const [session] = [sessionOf([trace])];
  expect(session.probedChanges(session.sources[0])).toEqual({
    length: 2,
    sample: Int32Array.of(1, 2),
    kind: Uint8Array.of(StackChangeKind.Growth, StackChangeKind.Shrink),
    oldBytes: Float64Array.of(2048, 4096),
    newBytes: Float64Array.of(4096, 2048),
    usedBytes: Float64Array.of(1920, Number.NaN),
    goroutineId: Float64Array.of(17, 18),
    untold: new Int32Array(0),
  });
});

test('without the old stack the call chain tells a shrink from a growth, and without both nothing is told', async () => {
  const shrink = frame('runtime.copystack') + frame('runtime.shrinkstack');
  // A probe at a function's entry loses its caller, here newstack.
  const growth = frame('runtime.copystack') + frame('runtime.morestack');
  const trace = await traceOf(copy('1.1', 'newsize=4096', shrink) + copy('1.2', 'newsize=8192', growth) + copy('1.3', 'newsize=8192'));
  const session = sessionOf([trace]);
  const {kind, oldBytes, untold} = session.probedChanges(session.sources[0]);
  expect([...kind]).toEqual([StackChangeKind.Shrink, StackChangeKind.Growth]);
  expect([...oldBytes]).toEqual([Number.NaN, Number.NaN]);
  expect([...untold]).toEqual([2]);
});

test('where only the new size is told, the size of the same g before tells growth from shrink, save that half of it may be either', async () => {
  const sized = (time: string, gp: string, newsize: number) => copy(time, `gp=${gp} newsize=${newsize}`);
  const trace = await traceOf([['1.1', '0xc0a0', 4096], ['1.2', '0xc0a0', 16384], ['1.3', '0xc0b0', 4096], ['1.4', '0xc0a0', 8192], ['1.5', '0xc0a0', 2048], ['1.6', '0xc0a0', 4096]].map(([time, gp, size]) => sized(time as string, gp as string, size as number)).join(''));
  const session = sessionOf([trace]);
  const {kind, sample, untold} = session.probedChanges(session.sources[0]);
  expect([...sample]).toEqual([0, 1, 2, 4, 5]);
  expect([...kind]).toEqual([StackChangeKind.Growth, StackChangeKind.Growth, StackChangeKind.Growth, StackChangeKind.Shrink, StackChangeKind.Growth]);
  expect([...untold]).toEqual([3]);
});

test('the probe that came before on the thread tells what copystack was called for', async () => {
  const at = (time: string, tid: number, event: string, args: string) => `app ${tid} [000] ${time}: p:${event}: (44cd80) ${args}\n\n`;
  const trace = await traceOf(at('1.1', 7, 'newstack', 'g0=0x5000') + at('1.15', 8, 'shrinkstack', 'gp=0xc0b0') + at('1.2', 7, 'copystack', 'newsize=8192') + at('1.3', 8, 'copystack', 'newsize=8192') + at('1.4', 8, 'copystack', 'newsize=8192'));
  const session = sessionOf([trace]);
  const {kind, untold} = session.probedChanges(session.sources[0]);
  expect([...kind]).toEqual([StackChangeKind.Growth, StackChangeKind.Shrink]);
  expect([...untold]).toEqual([4]);
});

test('without a probe on copystack each call of newstack is a growth, save one that the thread left by preemption', async () => {
  const at = (time: string, tid: number, event: string) => `app ${tid} [000] ${time}: p:${event}: (44cd80)\n\n`;
  const trace = await traceOf(at('1.1', 7, 'newstack') + at('1.2', 8, 'newstack') + at('1.3', 7, 'gopreempt_m') + at('1.4', 7, 'newstack'));
  const session = sessionOf([trace]);
  const {kind, sample, newBytes} = session.probedChanges(session.sources[0]);
  expect([...sample]).toEqual([1, 3]);
  expect([...kind]).toEqual([StackChangeKind.Growth, StackChangeKind.Growth]);
  expect([...newBytes]).toEqual([Number.NaN, Number.NaN]);
});

test('other probes and samples are no stack changes', async () => {
  const session = sessionOf([await traceOf(`${sampled}app 7 [000] 1.1: probe_app:morestack: (44cd80) sp=0xc0 lo=0x1000 hi=0x2000\n\n`)]);
  expect(session.probedChanges(session.sources[0]).length).toBe(0);
});

test('the growth table counts probes where no trace has stack sizes, and says that it does', async () => {
  const perf = await traceOf(copy('1.1', 'newsize=4096 lo=0x1000 hi=0x1800 goid=17') + copy('1.2', 'newsize=8192 lo=0x1000 hi=0x2000 goid=17') + copy('1.3', 'newsize=2048 lo=0x1000 hi=0x2000 goid=18'));
  const {countedBy, source, total, stacks} = tableOf([perf]);
  expect([countedBy, source]).toEqual(['probes', 1]);
  expect(total).toMatchObject({goroutines: 2, growths: 2, shrinks: 1, largestBytes: 8192, copiedBytes: 6144, copyNs: Number.NaN});
  expect(stacks).toEqual({sample: 0, event: 0, none: 3});
});

test('a trace with stack sizes is counted alone, whatever probes caught', async () => {
  const perf = await traceOf(`${CLOCK}${copy('0.000015000', 'newsize=4096 lo=0x1000 hi=0x1800 goid=1')}`);
  const goTrace = goTraceFromText('              0us     90us\nG1 main.main  run M7  wait', {changes: '10us+2us G1 2K→4K M7'});
  expect(tableOf([goTrace, perf])).toMatchObject({countedBy: 'trace', source: 1, total: {growths: 1}});
  const plain = goTraceFromText('              0us     90us\nG1 main.main  run M7  wait');
  expect(tableOf([plain, perf])).toMatchObject({countedBy: 'probes', source: 2, rows: [{name: 'main.main', goroutines: 1, growths: 1}]});
});

/** The strip over an axis: whatever its width, what falls on its pixels is all there is. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {noFilter} from '../filter/shape.ts';
import {StackChangeKind} from '../../model/tables.ts';
import {TraceBuilder} from '../../model/builder.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {overview} from './build.ts';
import type {OverviewQuestion} from './shape.ts';

const ask = (traces: readonly Trace[], question: Partial<OverviewQuestion> = {}) => overview.answer(sessionOf(traces), {group: 1, widthPx: 4, event: {source: 2, event: 0}, filter: noFilter, counted: null, ...question});
const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0);

const goTrace = goTraceFromText(`
       0us     40us
  G1   run M7
`, {changes: '10us+1us G1 2K→4K\n11us+1us G1 4K→8K\n25us G1 8K→4K\n39us+1us G1 ?→8K', gc: '12us..22us\n39us..'});

test('a pixel counts the samples that fall on it, growing ones apart, and the first and last moment have one', () => {
  const perf = traceFromText(`
    0us  9us                10us  40us
    f    runtime.morestack  f     f
         runtime.newstack
  `);
  const answer = ask([goTrace, perf])!;
  expect([...answer.samples]).toEqual([2, 1, 0, 1]);
  expect([...answer.growthSamples]).toEqual([1, 0, 0, 0]);
});

test('copied bytes are the old sizes of growths, half the new one where the old is not known', () => {
  const answer = ask([goTrace])!;
  expect([...answer.copiedBytes]).toEqual([0, 2048 + 4096, 0, 4096]);
  expect([answer.endNs, answer.hasStackSizes]).toEqual([40_000, true]);
});

test('the bytes that stacks hold are the most at one time within the pixel, and not known without sizes', () => {
  const answer = ask([goTrace])!;
  expect([...answer.heldBytes]).toEqual([2048, 8192, 8192, 8192]);
  expect(answer.mostHeldBytes).toBe(8192);
  const plain = ask([goTraceFromText('     0us     40us\nG1   run M7')])!;
  expect([...plain.heldBytes, plain.mostHeldBytes]).toEqual(Array.from({length: 5}, () => Number.NaN));
});

test('before its first and after its last moment a trace tells nothing of bytes, which is not zero; between goroutines it tells that nothing is held', () => {
  const trace = goTraceFromText(`
         20us    60us  80us    90us
    G1   run M7  end
    G2                 run M7  end
  `, {changes: '21us+1us G1 2K→4K\n81us+1us G2 2K→4K'});
  const longer = traceFromText('0us  119us\nf    f');
  const answer = ask([trace, longer], {widthPx: 12})!;
  const told = [...answer.heldBytes].map((bytes) => (Number.isNaN(bytes) ? '?' : bytes > 0 ? 'held' : 'none'));
  expect(told).toEqual(['?', '?', 'held', 'held', 'held', 'held', 'held', 'none', 'held', 'held', '?', '?']);
  expect([...answer.copiedBytes].map((bytes) => Number.isNaN(bytes))).toEqual(told.map((word) => word === '?'));
});

test('samples of several processes are counted for each, and of more than five for all others together', () => {
  const of = (pids: readonly number[]) => overview.answer(sessionOf([sampledBy(pids)]), {group: 1, widthPx: 2, event: {source: 1, event: 0}, filter: noFilter, counted: null})!;
  expect(of([5, 5, 5])).toMatchObject({processes: [], byProcess: new Float64Array(0)});
  const two = of([5, 6, 6]);
  expect(two.processes).toEqual([{pid: 6, name: 'app6', samples: 2}, {pid: 5, name: 'app5', samples: 1}]);
  expect([...two.byProcess]).toEqual([0, 2, 1, 0]);
  expect(of([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, -1]).processes.map(({pid, samples}) => `${pid} × ${samples}`)).toEqual(['1 × 2', '2 × 2', '3 × 2', '4 × 2', '-1 × 3']);
  expect(of([1, -1]).processes.map(({pid}) => pid)).toEqual([1, -1]);
});

/** A sample a microsecond, of these processes. */
function sampledBy(pids: readonly number[]): Trace {
  const build = new TraceBuilder('drawn');
  build.clock = {known: 'stated', name: 'monotonic'};
  pids.forEach((pid, us) => {
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = us * 1000;
    rows.period[row] = Number.NaN;
    rows.thread[row] = build.thread(pid, pid, build.string(`app${pid}`));
    rows.comm[row] = rows.cpu[row] = rows.stack[row] = -1;
    rows.event[row] = build.event(build.string('cpu-clock'));
    build.saw(us * 1000);
  });
  return build.finish();
}

test('of two traces the bytes are those of the one that is counted', () => {
  const other = goTraceFromText('     0us     40us\nG1   run M7', {changes: '1us+1us G1 16K→32K'});
  expect(sum(ask([goTrace, other], {counted: 2})!.copiedBytes)).toBe(16_384);
  expect(ask([goTrace, other], {counted: 2})!.mostHeldBytes).toBe(32_768);
});

test('of two traces of one run, copied bytes are those of the first alone', () => {
  expect(ask([goTrace, goTrace])!.copiedBytes).toEqual(ask([goTrace])!.copiedBytes);
});

test('a garbage collection marks every pixel it touches; one without an end goes on to the end of the axis', () => {
  expect([...ask([goTrace], {widthPx: 8})!.gc]).toEqual([0, 0, 1, 1, 1, 0, 0, 1]);
});

test('what stands on the strip stands where the axis has it, also where another source begins before', () => {
  const perf = traceFromText('0us 80us', {originNs: -40_000n, tid: 99});
  const answer = overview.answer(sessionOf([goTrace, perf]), {group: 1, widthPx: 8, event: null, filter: noFilter, counted: null})!;
  expect([...answer.gc]).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
  expect([...answer.copiedBytes]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0, 2048 + 4096, 0, 4096]);
});

test('samples of a source on another axis are not on this one', () => {
  const perf = traceFromText('0us', {clock: {known: 'default', name: 'perf'}});
  expect(sum(ask([goTrace, perf])!.samples)).toBe(0);
});

test('a width below one pixel has one, and an axis of one moment counts all on the first', () => {
  expect(ask([goTrace], {widthPx: 0.4})!.copiedBytes).toHaveLength(1);
  const moment = traceFromText('7us 7us');
  expect([...overview.answer(sessionOf([moment]), {group: 1, widthPx: 3, event: {source: 1, event: 0}, filter: noFilter, counted: null})!.samples]).toEqual([2, 0, 0]);
});

test('there is no strip of an axis that is not there', () => expect(ask([goTrace], {group: 9})).toBeNull());

test('pixels add to all samples of the event and to all known old sizes, at every width', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, fc.integer({min: 1, max: 300}), fc.nat({max: 1}), (trace, perf, widthPx, event) => {
    const answer = ask([trace, perf], {widthPx, event: {source: 2, event}})!;
    const growths = [...trace.stackChanges.kind.keys()].filter((i) => trace.stackChanges.kind[i] === StackChangeKind.Growth);
    expect(sum(answer.samples)).toBe([...perf.samples.event].filter((row) => row === event).length);
    expect(sum(answer.copiedBytes.filter((bytes) => !Number.isNaN(bytes)))).toBe(sum(growths.map((i) => trace.stackChanges.oldBytes[i])));
    const byProcess = answer.samples.map((_, i) => answer.processes.reduce((all, __, process) => all + answer.byProcess[process * answer.samples.length + i], 0));
    if (answer.processes.length > 0) expect(byProcess).toEqual(answer.samples);
    answer.samples.forEach((count, i) => expect(answer.growthSamples[i]).toBeLessThanOrEqual(count));
  }));
});

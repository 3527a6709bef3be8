/** What the summary says is open. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import type {Trace} from '../../model/trace.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {summary} from './build.ts';

const goTrace = goTraceFromText(`
       10us    20us
  G1   run M7
  G2   wait
`, {changes: '11us G1 →2K\n12us+1us G1 2K→4K\n13us+1us G1 4K→8K\n14us G1 8K→4K', originNs: 2n ** 60n});

const summaryOf = (...traces: Trace[]) => summary.answer(sessionOf(traces), {});

test('a source is told with what it holds and where it stands', () => {
  const perf = traceFromText('5us 6us', {tid: [1, 2], clock: {known: 'default', name: 'perf'}});
  const {sources, groups, reference} = summaryOf(goTrace, perf);
  expect(sources[0]).toMatchObject({id: 1, name: 'file 1', format: 'go-trace', group: 1, threads: 1, goroutines: 2, growths: 2, shrinks: 1, hasStackSizes: true, alignment: {how: 'reference'}});
  expect(sources[1]).toMatchObject({id: 2, name: 'file 2', format: 'drawn', group: 2, threads: 2, goroutines: 0, growths: 0, shrinks: 0, hasStackSizes: false, alignment: {how: 'none', why: 'default-clock'}});
  expect([reference, groups.map((group) => group.reference)]).toEqual([1, [1, 2]]);
});

test('first and last moment are exact on the source’s own clock', () => {
  const [source] = summaryOf(goTrace).sources;
  expect([source.startNs, source.endNs]).toEqual([2n ** 60n + 10_000n, 2n ** 60n + 20_000n]);
});

test('a source without times has neither moments nor an axis', () => {
  const build = new TraceBuilder('folded');
  const [source] = summaryOf(build.finish()).sources;
  expect(source).toMatchObject({startNs: null, endNs: null, group: -1, alignment: {how: 'none', why: 'no-times'}});
});

test('events are told apart, each with its samples, those that grow a stack, and whether it has periods and stacks', () => {
  const perf = traceFromText(`
    0us                1us  2us
    runtime.morestack
    runtime.newstack
  `, {event: ['cpu-clock', 'cpu-clock', 'page-faults'], weight: [Number.NaN, 10, Number.NaN]});
  expect(summaryOf(perf).sources[0].events).toEqual([
    {event: 0, name: 'cpu-clock', samples: 2, growthSamples: 1, hasPeriod: true, hasStacks: true, hasNames: true, unit: 'cpu-ns'},
    {event: 1, name: 'page-faults', samples: 1, growthSamples: 0, hasPeriod: false, hasStacks: false, hasNames: false, unit: 'event'},
  ]);
});

test('a row that stands for many samples counts them all', () => {
  const build = new TraceBuilder('folded');
  const row = build.samples.add();
  build.samples.rows.stack[row] = build.stack(-1, build.frame(build.string('main.f'), -1, -1, -1));
  build.samples.rows.event[row] = build.event(build.string('samples'));
  build.samples.rows.period[row] = build.samples.rows.timeNs[row] = Number.NaN;
  build.sampleCount(row, 12);
  expect(summaryOf(build.finish()).sources[0].events[0].samples).toBe(12);
});

test.each([
  ['cpu-clock', 'cpu-ns'],
  ['cpu-clock:u', 'cpu-ns'],
  ['cpu-clock/freq=997/', 'cpu-ns'],
  ['task-clock/period=100000/u', 'cpu-ns'],
  ['task-clock:ppp', 'cpu-ns'],
  ['cpu-clock-ish', 'event'],
  ['cycles', 'event'],
  ['probe:cpu-clock', 'event'],
] as const)('the period of %s counts %s', (event, unit) => {
  expect(summaryOf(traceFromText('0us', {event})).sources[0].events[0].unit).toBe(unit);
});

test('nothing open is an empty summary', () => {
  expect(summaryOf()).toEqual({sources: [], groups: [], reference: null});
});

test('a tree can weigh growths where a trace or probes tell of them on the axis, and states where a trace does', () => {
  const weights = (traces: readonly Trace[]) => summary.answer(sessionOf(traces), {}).sources.map(({axisWeights}) => axisWeights.join(' '));
  const states = 'runningNs runnableNs waitingNs syscallNs';
  const sized = goTraceFromText('   0us\nG1 run M7', {changes: '1us+1us G1 2K→4K M7'});
  const plain = goTraceFromText('   0us\nG1 run M7');
  const perf = traceFromText('0us\nmain.f');
  const elsewhere = traceFromText('0us\nmain.f', {clock: {known: 'default', name: 'perf'}});
  expect(weights([sized, perf])).toEqual([`growths copiedBytes copyNs ${states}`, `growths copiedBytes copyNs ${states}`]);
  expect(weights([plain, elsewhere])).toEqual([states, '']);
  expect(weights([perf])).toEqual(['']);
});

test('samples that hold only the function that ran have no call chains', () => {
  const leaves = traceFromText('1us        2us\nmain.main  main.f');
  expect(summary.answer(sessionOf([leaves]), {}).sources[0].events).toMatchObject([{samples: 2, hasStacks: false}]);
});

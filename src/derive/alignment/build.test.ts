/** What an alignment would give, before it is chosen, and why one is refused. */
import {expect, test} from 'vitest';
import type {Clock, Trace} from '../../model/trace.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText, type DrawnSamples} from '../../testing/trace-from-text.ts';
import {alignment} from './build.ts';

const DEFAULT: Clock = {known: 'default', name: 'perf'};
const goTrace = goTraceFromText(`
                10us    20us    30us
  G1 main.main  run M7  wait
  G2 main.work          run M7  wait
`);
const perf = (drawn: DrawnSamples = {}) => traceFromText(`
  12us            14us            16us            22us
  runtime.goexit  runtime.goexit  runtime.goexit  runtime.goexit
  main.main       main.main       main.other      main.work
`, {tid: 7, clock: DEFAULT, ...drawn});
const ask = (traces: readonly Trace[], choices: Parameters<typeof sessionOf>[1] = {}) => alignment.answer(sessionOf(traces, choices), {source: 2});

test('where the ranges overlap and a thread is shared, it is shown what times as they are would give', () => {
  expect(ask([goTrace, perf()])).toEqual({now: null, asIs: {refused: null, fit: {sharedThreads: 1, compared: 4, matching: 3}}, warnBelow: 0.9});
});

test('asking changes nothing: the source is still not aligned', () => {
  const session = sessionOf([goTrace, perf()]);
  alignment.answer(session, {source: 2});
  expect(session.axis.alignments.get(2)).toEqual({how: 'none', why: 'default-clock'});
});

test('times as they are are refused where no thread is shared', () => {
  expect(ask([goTrace, perf({tid: 99})])!.asIs).toEqual({refused: 'no-shared-thread'});
});

test('times as they are are refused where the ranges do not meet, and touching is meeting', () => {
  const at = (originNs: bigint) => ask([goTrace, perf({originNs})])!.asIs!.refused;
  expect([at(18_000n), at(18_001n), at(-12_000n), at(-12_001n)]).toEqual([null, 'ranges-apart', null, 'ranges-apart']);
});

test('ranges beyond 2^53 are compared exactly', () => {
  const far = goTraceFromText(`
                  0us     1us
    G1 main.main  run M7  wait
  `, {originNs: 2n ** 60n});
  expect(ask([far, perf({originNs: 2n ** 60n - 11_000n})])!.asIs!.refused).toBeNull();
  expect(ask([far, perf({originNs: 2n ** 60n - 22_001n})])!.asIs!.refused).toBe('ranges-apart');
});

test('a source that is aligned says how well it fits now, and has nothing to propose', () => {
  expect(ask([goTrace, perf({clock: {known: 'stated', name: 'monotonic'}})])).toMatchObject({now: {compared: 4, matching: 3}, asIs: null});
  expect(ask([goTrace, perf()], {2: {how: 'by-hand', offsetNs: 10_000n}})).toMatchObject({now: {compared: 3, matching: 0}, asIs: null});
});

test('without a Go trace, without times, and without the source there is nothing to propose', () => {
  expect(ask([perf(), perf()])).toEqual({now: null, asIs: null, warnBelow: 0.9});
  expect(ask([goTrace, {...perf(), startNs: Number.NaN, endNs: Number.NaN}])).toMatchObject({asIs: null});
  expect(alignment.answer(sessionOf([goTrace]), {source: 9})).toBeNull();
});

/** Whose a sample is: the goroutine that runs on its thread at its time, or a reason why nobody. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {State} from '../../model/tables.ts';
import type {Clock, Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import type {Session} from '../derivation.ts';
import {Attributed, attributionNames} from './shape.ts';

const NOT_STATED: Clock = {known: 'not-stated', name: null};

/** The word of each sample of a source, or the goroutine where it has one. */
function whose(session: Session, source: number): (string | null)[] {
  const found = session.attribution(session.source(source)!);
  const ids = session.source(found.to)?.trace.goroutines.id;
  return Array.from(found.how, (how, i) => (how === Attributed.Goroutine ? `G${ids![found.goroutine[i]]}` : attributionNames[how as Attributed]));
}

const goTrace = goTraceFromText(`
       10us    20us    30us    40us    50us
  G1   run M7  sys M7  wait    run M8
  G2                   run M7  wait
`);

test('a sample is of the goroutine that runs or is in a system call on its thread; a state begins with its first moment and ends before its last', () => {
  const perf = traceFromText('10us 19us 20us 29us 30us 39us 40us 41us', {tid: 7});
  expect(whose(sessionOf([goTrace, perf]), 2)).toEqual(['G1', 'G1', 'G1', 'G1', 'G2', 'G2', 'scheduler', 'scheduler']);
});

test('the same moment on another thread is another goroutine’s, or the scheduler’s', () => {
  const perf = traceFromText('15us 45us 45us', {tid: [8, 8, 7]});
  expect(whose(sessionOf([goTrace, perf]), 2)).toEqual(['scheduler', 'G1', 'scheduler']);
});

test('outside of the trace’s time nothing is attributed, and a thread that the trace does not know is named before that', () => {
  const perf = traceFromText('9us 51us 9us 15us', {tid: [7, 7, 99, 99]});
  expect(whose(sessionOf([goTrace, perf]), 2)).toEqual(['outside-trace', 'outside-trace', 'thread-not-in-trace', 'thread-not-in-trace']);
});

test('threads without a number are not the same thread', () => {
  const withUnknown = goTraceFromText('     10us    20us\nG1   run M7  wait');
  withUnknown.threads.tid[0] = -1;
  const perf = traceFromText('15us', {tid: -1});
  expect(whose(sessionOf([withUnknown, perf]), 2)).toEqual(['thread-not-in-trace']);
});

test('a source on another axis is not aligned; without a Go trace there is nothing to attribute to', () => {
  const perf = traceFromText('15us', {tid: 7, clock: NOT_STATED});
  expect(whose(sessionOf([goTrace, perf]), 2)).toEqual(['not-aligned']);
  expect(whose(sessionOf([perf]), 1)).toEqual([null]);
});

test('an offset by hand moves the samples before they are looked up', () => {
  const perf = traceFromText('0us 15us', {tid: 7, clock: NOT_STATED});
  expect(whose(sessionOf([goTrace, perf], {2: {how: 'by-hand', offsetNs: 20_000n}}), 2)).toEqual(['G1', 'G2']);
});

test('a trace’s own CPU samples are whose the trace says, wherever they lie', () => {
  const own = goTraceFromText(`
         10us    20us
    G1   run M7
    G2   wait
  `, {cpuSamples: '15us G2 M7 main.f\n16us G- M7'});
  expect(whose(sessionOf([own]), 1)).toEqual(['G2', 'scheduler']);
});

test('of two Go traces on the axis the one that shares more threads is meant', () => {
  const other = goTraceFromText('       10us    20us\n  G9   run M3  wait');
  const perf = traceFromText('15us', {tid: 3});
  expect(whose(sessionOf([goTrace, other, perf]), 3)).toEqual(['G9']);
});

test('the goroutine of a sample is the one that a look at every state finds', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (trace, perf) => {
    expect(whose(sessionOf([trace, perf]), 2)).toEqual(Array.from({length: perf.samples.length}, (_, i) => byEveryState(trace, perf, i)));
  }));
});

function byEveryState(trace: Trace, perf: Trace, sample: number): string {
  const timeNs = perf.samples.timeNs[sample];
  const {goroutines, states, threads} = trace;
  const tid = perf.threads.tid[perf.samples.thread[sample]];
  if (timeNs < trace.startNs || timeNs > trace.endNs) return 'outside-trace';
  for (let g = 0; g < goroutines.length; g++) {
    const end = goroutines.firstState[g] + goroutines.stateCount[g];
    for (let i = goroutines.firstState[g]; i < end; i++) {
      if (states.state[i] !== State.Running && states.state[i] !== State.Syscall) continue;
      const endNs = i + 1 < end ? states.startNs[i + 1] : Number.isNaN(goroutines.endNs[g]) ? trace.endNs : goroutines.endNs[g];
      if (threads.tid[states.thread[i]] === tid && timeNs >= states.startNs[i] && timeNs < endNs) return `G${goroutines.id[g]}`;
    }
  }
  return 'scheduler';
}

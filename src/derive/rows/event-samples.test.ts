/** Samples in time order: a range of them, found by halves, is what looking at every sample finds. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {ChainClass} from '../chains/shape.ts';
import type {Session} from '../derivation.ts';
import {noFilter, type Filter} from '../filter/shape.ts';
import {processes} from '../processes/build.ts';
import {samplesOfClass, samplesWithin} from './shape.ts';

const at = fc.integer({min: -10, max: 1100});
const range = fc.option(fc.tuple(at, at).map(([fromNs, toNs]) => ({fromNs, toNs})));

/** Rows of the samples, by looking at each. */
function rowsWithin({axis}: Session, {samples, threads}: Trace, event: number, {thread}: Filter, within: {readonly fromNs: number; readonly toNs: number} | null): number[] {
  const shiftNs = axis.shiftsNs.get(1) ?? 0;
  return [...samples.event.keys()].filter((i) => samples.event[i] === event && (thread === null || threads.tid[samples.thread[i]] === thread)
    && (within === null || (samples.timeNs[i] + shiftNs >= within.fromNs && samples.timeNs[i] + shiftNs <= within.toNs)));
}

const byNumber = (a: number, b: number) => a - b;

test('the samples of a range, their number, weight and kinds are those found by looking at every sample', () => {
  fc.assert(fc.property(arbitrarySamples, range, fc.constantFrom(null, 7), fc.nat({max: 5}), (trace, within, thread, timeless) => {
    if (trace.events.length === 0) return;
    if (timeless < trace.samples.length) trace.samples.timeNs[timeless] = Number.NaN;
    const filter = {...noFilter, thread};
    const session = sessionOf([trace]);
    const source = session.source(1)!;
    const of = session.eventSamples(source, 0, 'period', filter);
    const part = samplesWithin(of, within);
    const expected = rowsWithin(session, trace, 0, filter, within);
    const periods = (rows: readonly number[]) => rows.reduce((sum, row) => sum + trace.samples.period[row], 0);
    expect([...of.row.subarray(part.first, part.end)].sort(byNumber)).toEqual(expected);
    expect([part.count, part.weight]).toEqual([expected.length, periods(expected)]);
    const classes = session.chains(source).class;
    for (const kind of Object.values(ChainClass)) {
      if (kind === ChainClass.None) continue;
      const ofKind = expected.filter((row) => trace.samples.stack[row] >= 0 && classes[trace.samples.stack[row]] === kind);
      expect(samplesOfClass(of, kind, part)).toEqual({count: ofKind.length, weight: periods(ofKind)});
    }
  }));
});

test('samples of one moment keep the order of their rows, and those without a time stand last', () => {
  const trace = traceFromText('5us  1us  5us  1us  3us\nf    f    f    f    f', {tid: 7});
  trace.samples.timeNs[4] = Number.NaN;
  const session = sessionOf([trace]);
  const {row, timed} = session.eventSamples(session.source(1)!, 0, 'samples', noFilter);
  expect([[...row], timed]).toEqual([[1, 3, 0, 2, 4], 4]);
});

test('whose the samples of a range are is what looking at every sample finds', () => {
  fc.assert(fc.property(arbitrarySamples, range, (trace, within) => {
    if (trace.events.length === 0) return;
    const session = sessionOf([trace]);
    const rows = rowsWithin(session, trace, 0, noFilter, within);
    const tids = [...new Set(rows.map((row) => trace.threads.tid[trace.samples.thread[row]]))];
    const answer = processes.answer(session, {source: 1, event: 0, weight: 'samples', range: within, chosen: {process: null, thread: 7, comm: null}, open: [], search: '', first: 0, count: 100})!;
    expect([answer.samples, answer.threads]).toEqual([rows.length, tids.length]);
    expect(answer.chosen.samples).toBe(rows.filter((row) => trace.threads.tid[trace.samples.thread[row]] === 7).length);
  }));
});

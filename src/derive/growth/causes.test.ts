/** Which stack stands beside a step: that of a sample that belongs to it, else the nearest event's, else none. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {StackChangeKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {stackText} from '../../testing/trace-summary.ts';
import {StackFrom, stackFromNames} from './shape.ts';

/** For each change of the first trace: where its stack is from, its distance and the stack itself. */
function causesOf(traces: readonly Trace[], choices: Parameters<typeof sessionOf>[1] = {}) {
  const session = sessionOf(traces, choices);
  const {from, source, stack, distanceNs} = session.causes(session.source(1)!);
  return Array.from(from, (how, i) => {
    const word = stackFromNames[how as StackFrom];
    return word === null ? null : `${word} ${distanceNs[i]} ${stackText(session.source(source[i])!.trace, stack[i])}`;
  });
}

const goTrace = (changes: string) => goTraceFromText(`
            0us             20us             60us              100us
  G1 main   run M7 {early}  wait {middle}    run M7 {late}     wait
  G2 other  wait
`, {changes});

test('without a sample the nearest event’s stack is named, with the time from the step to it', () => {
  expect(causesOf([goTrace('30us+10us G1 2K→4K')])).toEqual(['event -10000 middle']);
  expect(causesOf([goTrace('45us+10us G1 2K→4K')])).toEqual(['event 5000 late']);
});

test('of two neighbours equally near the one before is named, and one inside the step is at no distance', () => {
  expect(causesOf([goTrace('30us+20us G1 2K→4K')])).toEqual(['event -10000 middle']);
  expect(causesOf([goTrace('55us+10us G1 2K→4K')])).toEqual(['event 0 late']);
  expect(causesOf([goTrace('20us+1us G1 2K→4K')])).toEqual(['event 0 middle']);
});

test('a shrink has a neighbour too; the first stack and the last have none', () => {
  expect(causesOf([goTrace('1us G1 →2K\n25us+1us G1 4K→2K\n90us G1 2K→')])).toEqual([null, 'event -5000 middle', null]);
});

test('a goroutine without stacks, or one that is not known, has none beside its steps', () => {
  expect(causesOf([goTrace('30us+1us G2 2K→4K\n31us+1us G- 2K→4K')])).toEqual([null, null]);
});

const CHAIN = 'runtime.morestack\nruntime.newstack\nruntime.copystack';
const CHAIN_TEXT = 'runtime.morestack;runtime.newstack;runtime.copystack';

test('the chain of a sample inside the step is preferred to any event, at no distance', () => {
  expect(causesOf([goTrace('10us+5us G1 2K→4K'), traceFromText(`12us\n${CHAIN}`, {tid: 7})])).toEqual([`sample 0 ${CHAIN_TEXT}`]);
});

test('a sample in stackalloc stands before its step, one in stackfree after it', () => {
  expect(causesOf([goTrace('10us+5us G1 2K→4K'), traceFromText(`8us\n${CHAIN}\nruntime.stackalloc`, {tid: 7})])).toEqual([`sample -2000 ${CHAIN_TEXT};runtime.stackalloc`]);
  expect(causesOf([goTrace('10us+5us G1 2K→4K'), traceFromText(`16us\n${CHAIN}\nruntime.stackfree`, {tid: 7})])).toEqual([`sample 1000 ${CHAIN_TEXT};runtime.stackfree`]);
});

test('a time that was cut off to microseconds is not said to lie before a step that begins in that microsecond', () => {
  expect(causesOf([goTrace('10.5us+5us G1 2K→4K'), traceFromText(`10us\n${CHAIN}`, {tid: 7, resolutionNs: 1000})])).toEqual([`sample 0 ${CHAIN_TEXT}`]);
});

test('samples of a source that is not aligned stand beside no step, till it is', () => {
  const perf = traceFromText(`2us\n${CHAIN}`, {tid: 7, clock: {known: 'default', name: 'perf'}});
  expect(causesOf([goTrace('10us+5us G1 2K→4K'), perf])).toEqual(['event 5000 middle']);
  expect(causesOf([goTrace('10us+5us G1 2K→4K'), perf], {2: {how: 'by-hand', offsetNs: 9000n}})).toEqual([`sample 0 ${CHAIN_TEXT}`]);
});

test('of several samples in one step the first is named, and the others leave it so', () => {
  const perf = traceFromText(`
    11us               13us
    runtime.morestack  runtime.morestack
    runtime.newstack   runtime.newstack
    runtime.copystack  runtime.stackalloc
  `, {tid: 7});
  expect(causesOf([goTrace('10us+5us G1 2K→4K'), perf])).toEqual([`sample 0 ${CHAIN_TEXT}`]);
});

test('a step whose sample is named belongs to that sample, and every growth that has one is told by it', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (trace, perf) => {
    const session = sessionOf([trace, perf]);
    const {from, stack, source, distanceNs} = session.causes(session.source(1)!);
    const changeOf = session.growthOfSamples(session.source(2)!);
    for (let i = 0; i < from.length; i++) {
      const own = changeOf.findIndex((change) => change === i);
      expect(from[i] === StackFrom.Sample).toBe(own >= 0);
      if (own >= 0) expect([source[i], stack[i]]).toEqual([2, perf.samples.stack[own]]);
      expect(Number.isNaN(distanceNs[i])).toBe(from[i] === StackFrom.None);
      if (trace.stackChanges.kind[i] === StackChangeKind.Freed) expect(from[i]).toBe(StackFrom.None);
    }
  }));
});

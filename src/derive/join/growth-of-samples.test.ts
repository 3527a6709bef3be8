/** Which growth a sample belongs to: the one around it, else the next after stackalloc and the one before stackfree, in the same run. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {StackChangeKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText, type DrawnSamples} from '../../testing/trace-from-text.ts';
import {ChainClass} from '../chains/shape.ts';

const goTrace = goTraceFromText(`
       0us     20us    40us    60us    80us
  G1   run M7  wait    run M7  run M8  wait
  G2           run M7  wait
`, {changes: '5us+2us G1 2K→4K\n10us+2us G1 4K→8K\n30us+2us G2 2K→4K\n50us+2us G1 8K→16K\n70us+2us G1 16K→32K'});

const CHAINS: Readonly<Record<string, readonly string[]>> = {
  copy: ['runtime.morestack', 'runtime.newstack', 'runtime.copystack'],
  alloc: ['runtime.morestack', 'runtime.newstack', 'runtime.copystack', 'runtime.stackalloc'],
  manual: ['runtime.morestack', 'runtime.newstack', 'runtime.copystack', 'runtime.(*mheap).allocManual'],
  free: ['runtime.morestack', 'runtime.newstack', 'runtime.copystack', 'runtime.stackfree'],
  preempt: ['runtime.morestack', 'runtime.newstack', 'runtime.gopreempt_m'],
  user: ['main.main', 'main.f'],
};

/** The new size in KiB of the growth that a sample at this time, with this chain, belongs to; null: none. */
function sizeAfter(timeUs: number, chain: string, drawn: DrawnSamples = {}, trace: Trace = goTrace): number | null {
  const perf = traceFromText([`${timeUs}us`, ...CHAINS[chain]].join('\n'), {tid: 7, ...drawn});
  const session = sessionOf([trace, perf]);
  const [change] = session.growthOfSamples(session.source(2)!);
  return change < 0 ? null : trace.stackChanges.newBytes[change] / 1024;
}

test('a growth sample inside a growth belongs to it, first and last moment too, whatever part of the growth it shows', () => {
  for (const chain of ['copy', 'alloc', 'manual', 'free']) expect([5, 6, 7].map((timeUs) => sizeAfter(timeUs, chain))).toEqual([4, 4, 4]);
});

test('a sample in stackalloc belongs to the next growth of the same run, one in stackfree to the one before', () => {
  expect([3, 8].map((timeUs) => sizeAfter(timeUs, 'alloc'))).toEqual([4, 8]);
  expect([3, 8].map((timeUs) => sizeAfter(timeUs, 'manual'))).toEqual([4, 8]);
  expect([8, 15].map((timeUs) => sizeAfter(timeUs, 'free'))).toEqual([4, 8]);
});

test('a sample in stackalloc after the last growth of a run belongs to none, as does one in stackfree before the first', () => {
  expect(sizeAfter(15, 'alloc')).toBeNull();
  expect(sizeAfter(3, 'free')).toBeNull();
  // G1 ran here before, and grew.
  expect(sizeAfter(45, 'free')).toBeNull();
});

test('a growth on the next thread is not reached from the run on this one', () => {
  expect(sizeAfter(55, 'alloc')).toBeNull();
  expect(sizeAfter(65, 'free', {tid: 8})).toBeNull();
  expect(sizeAfter(65, 'alloc', {tid: 8})).toBe(32);
});

test('a growth of another goroutine on the thread is not the sample’s', () => {
  expect(sizeAfter(19, 'alloc')).toBeNull();
  expect(sizeAfter(25, 'alloc')).toBe(4);
  expect(sizeAfter(39, 'free')).toBe(4);
});

test('a sample that copies outside of every growth belongs to none, nor does one that is no growth inside of one', () => {
  expect(sizeAfter(3, 'copy')).toBeNull();
  expect(sizeAfter(6, 'preempt')).toBeNull();
  expect(sizeAfter(6, 'user')).toBeNull();
});

test('a time that is printed cut off to microseconds may lie anywhere in its microsecond', () => {
  const late = goTraceFromText('       0us     20us\n  G1   run M7  wait', {changes: '5.4us+0.2us G1 2K→4K'});
  expect(sizeAfter(5, 'copy', {resolutionNs: 1000}, late)).toBe(4);
  expect(sizeAfter(5, 'copy', {}, late)).toBeNull();
  expect(sizeAfter(6, 'copy', {resolutionNs: 1000}, late)).toBeNull();
});

test('a CPU sample of the trace itself belongs to a growth of its goroutine only while that runs on the sample’s thread', () => {
  const own = goTraceFromText(`
         0us     20us    40us
    G1   run M7  wait
    G2   run M8  run M7  wait
  `, {
    changes: '5us+2us G1 2K→4K\n10us+2us G2 2K→4K\n15us+2us G1 4K→8K\n25us+2us G2 4K→8K',
    cpuSamples: [
      '12.5us G1 M7 main.f;runtime.newstack;runtime.copystack;runtime.stackalloc', // in its run
      '12.5us G2 M- main.f;runtime.newstack;runtime.copystack;runtime.stackfree', // on no known thread
      '12.5us G2 M7 main.f;runtime.newstack;runtime.copystack;runtime.stackfree', // while G1 runs there
      '15.5us G1 M- main.f;runtime.newstack;runtime.copystack', // inside a growth
      '39us G1 M7 main.f;runtime.newstack;runtime.copystack;runtime.stackfree', // while G2 runs there
    ].join('\n'),
  });
  const session = sessionOf([own]);
  expect([...session.growthOfSamples(session.source(1)!)]).toEqual([2, -1, -1, 2, -1]);
});

test('a sample never belongs to a growth of another goroutine, to a shrink, or to one that is not of its run', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (trace, perf) => {
    const session = sessionOf([trace, perf]);
    const source = session.source(2)!;
    const {goroutine} = session.attribution(source);
    const {class: classes} = session.chains(source);
    const runs = session.runs(session.source(1)!);
    session.growthOfSamples(source).forEach((change, i) => {
      if (change < 0) return;
      expect(trace.stackChanges.kind[change]).toBe(StackChangeKind.Growth);
      expect(trace.stackChanges.goroutine[change]).toBe(goroutine[i]);
      expect(classes[perf.samples.stack[i]]).toBe(ChainClass.Growth);
      const isOf = (run: number, timeNs: number) => runs.goroutine[run] === goroutine[i] && runs.startNs[run] <= timeNs && timeNs <= runs.endNs[run];
      expect([...runs.goroutine.keys()].some((run) => isOf(run, perf.samples.timeNs[i]) && isOf(run, trace.stackChanges.timeNs[change]))).toBe(true);
    });
  }));
});

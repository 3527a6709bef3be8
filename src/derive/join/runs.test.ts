/** Runs are the states in which a goroutine holds a thread, by thread. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {arbitraryGoTrace} from '../../testing/arbitrary-traces.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import type {Trace} from '../../model/trace.ts';
import {runs} from './runs.ts';

/** The runs of a thread, `from-to Gid` each. */
function runsOf(trace: Trace, tid: number): string[] {
  const {first, startNs, endNs, goroutine} = runs(trace);
  const thread = trace.threads.tid.indexOf(tid);
  return Array.from({length: first[thread + 1] - first[thread]}, (_, i) => {
    const at = first[thread] + i;
    return `${startNs[at]}-${endNs[at]} G${trace.goroutines.id[goroutine[at]]}`;
  });
}

test('a run lasts till the next state, the last one till the goroutine’s end or the trace’s', () => {
  const trace = goTraceFromText(`
         0ns     10ns    20ns    30ns    40ns
    G1   run M7          sys M7  end
    G2           run M8
    G3   wait    ready   run M9  wait
  `);
  expect(runsOf(trace, 7)).toEqual(['0-20 G1', '20-30 G1']);
  expect(runsOf(trace, 8)).toEqual(['10-40 G2']);
  expect(runsOf(trace, 9)).toEqual(['20-30 G3']);
});

test('the goroutines of one thread follow one another in time, in whatever order they are listed', () => {
  const trace = goTraceFromText(`
         0ns     10ns    20ns    30ns
    G1   wait            run M7  wait
    G2   run M7  wait
    G3           run M7  wait
  `);
  expect(runsOf(trace, 7)).toEqual(['0-10 G2', '10-20 G3', '20-30 G1']);
});

test('runs of one thread never overlap', () => {
  fc.assert(fc.property(arbitraryGoTrace, (trace) => {
    const {first, startNs, endNs} = runs(trace);
    for (let thread = 0; thread < trace.threads.length; thread++) {
      for (let i = first[thread] + 1; i < first[thread + 1]; i++) expect(startNs[i]).toBeGreaterThanOrEqual(endNs[i - 1]);
    }
  }));
});

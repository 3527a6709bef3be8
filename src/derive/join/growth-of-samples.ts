/**
 * Which stack change each growth sample belongs to. A trace's growth covers the copy only; a sample in it belongs to it. stackalloc
 * runs before it and stackfree after it, on the same thread and without a pause, so within one run of the goroutine a sample with
 * stackalloc belongs to the next growth, one with stackfree to the one before.
 *
 *   run of G on M   |----------[ stackalloc ][== growth ==][ stackfree ]---------|
 *                                  sample ->      sample         <- sample
 */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {StackChangeKind} from '../../model/tables.ts';
import {ChainClass, ChainMark} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {sharedThreads} from './attribution.ts';

/** For each sample of `source` a row of the stack changes of the trace that it is attributed to, -1 none. */
export function growthOfSamples(session: Session, source: SessionSource): Int32Array {
  const {samples} = source.trace;
  const result = new Int32Array(samples.length).fill(-1);
  const attributed = session.attribution(source);
  const to = session.source(attributed.to);
  if (!to || to.trace.stackChanges.length === 0) return result;
  const chains = session.chains(source);
  const runs = session.runs(to);
  const growths = growthsByGoroutine(to);
  const threadOf = sharedThreads(source.trace, to.trace);
  const shiftNs = (session.axis.shiftsNs.get(source.id) ?? 0) - (session.axis.shiftsNs.get(to.id) ?? 0);
  for (let i = 0; i < samples.length; i++) {
    const stack = samples.stack[i];
    const goroutine = attributed.goroutine[i];
    if (stack < 0 || goroutine < 0 || chains.class[stack] !== ChainClass.Growth) continue;
    const timeNs = samples.timeNs[i] + shiftNs;
    const first = growths.first[goroutine];
    const end = growths.first[goroutine + 1];
    // Times are printed cut off: the sample lies somewhere in the unit that follows.
    const latestNs = timeNs + source.trace.resolutionNs - 1;
    const before = upperBound(growths.startNs, latestNs, first, end) - 1;
    if (before >= first && timeNs <= growths.endNs[before]) {
      result[i] = growths.row[before];
      continue;
    }
    const thread = samples.thread[i] < 0 ? -1 : threadOf[samples.thread[i]];
    if (thread < 0) continue;
    const run = upperBound(runs.startNs, timeNs, runs.first[thread], runs.first[thread + 1]) - 1;
    // A trace's own CPU sample names its goroutine itself: that need not be the one that runs there by the trace's states.
    if (run < runs.first[thread] || runs.goroutine[run] !== goroutine || timeNs >= runs.endNs[run]) continue;
    const marks = chains.marks[stack];
    if (marks & ChainMark.Alloc) {
      const next = lowerBound(growths.startNs, timeNs, first, end);
      if (next < end && growths.startNs[next] <= runs.endNs[run]) result[i] = growths.row[next];
    } else if (marks & ChainMark.Free && before >= first && growths.startNs[before] >= runs.startNs[run]) result[i] = growths.row[before];
  }
  return result;
}

/** Growths grouped by goroutine, in time order within one. */
function growthsByGoroutine({trace}: SessionSource): {first: Int32Array; row: Int32Array; startNs: Float64Array; endNs: Float64Array} {
  const {stackChanges, goroutines} = trace;
  const first = new Int32Array(goroutines.length + 1);
  const isGrowth = (i: number) => stackChanges.kind[i] === StackChangeKind.Growth && stackChanges.goroutine[i] >= 0;
  for (let i = 0; i < stackChanges.length; i++) if (isGrowth(i)) first[stackChanges.goroutine[i] + 1]++;
  for (let g = 1; g < first.length; g++) first[g] += first[g - 1];
  const next = first.slice();
  const count = first[goroutines.length];
  const result = {first, row: new Int32Array(count), startNs: new Float64Array(count), endNs: new Float64Array(count)};
  for (let i = 0; i < stackChanges.length; i++) {
    if (!isGrowth(i)) continue;
    const at = next[stackChanges.goroutine[i]]++;
    result.row[at] = i;
    result.startNs[at] = stackChanges.timeNs[i];
    result.endNs[at] = stackChanges.timeNs[i] + stackChanges.durationNs[i];
  }
  return result;
}

/** Every stack that a trace recorded, by the goroutine whose stack it is. */
import {lowerBound} from '../../base/columns/search.ts';
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {Trace} from '../../model/trace.ts';
import type {EventStacks, NearestEvent} from './shape.ts';

/**
 * The stacks of states, spans, instants and CPU samples. `areWhole`: a sample of one frame has no caller; perf's has one where it recorded no chain,
 * and the address alone is no stack. Cost: linear in these, and sorting what does not come in time order.
 */
export function eventStacks(trace: Trace, areWhole: boolean): EventStacks {
  const first = new Int32Array(trace.goroutines.length + 1);
  eachStack(trace, areWhole, first.subarray(1), null);
  for (let g = 1; g < first.length; g++) first[g] += first[g - 1];
  const timeNs = new Float64Array(first[first.length - 1]);
  const stack = new Int32Array(timeNs.length);
  eachStack(trace, areWhole, first.slice(), {timeNs, stack});
  for (let g = 0; g + 1 < first.length; g++) sortByTime(timeNs.subarray(first[g], first[g + 1]), stack.subarray(first[g], first[g + 1]));
  return {first, timeNs, stack};
}

/** The stack of an event of the goroutine that is nearest to a step from `startNs` to `endNs`; negative distance: before it. -1 and NaN: none. */
export function nearestEvent(near: EventStacks, goroutine: number, startNs: number, endNs: number): NearestEvent {
  const first = near.first[goroutine];
  const end = near.first[goroutine + 1];
  const after = lowerBound(near.timeNs, startNs, first, end);
  const toBefore = after > first ? near.timeNs[after - 1] - startNs : -Infinity;
  const toAfter = after < end ? Math.max(0, near.timeNs[after] - endNs) : Infinity;
  if (toBefore === -Infinity && toAfter === Infinity) return {stack: -1, distanceNs: Number.NaN};
  const isBefore = -toBefore <= toAfter;
  return {stack: near.stack[isBefore ? after - 1 : after], distanceNs: isBefore ? toBefore : toAfter};
}

/** Writes each stack to the place that `next` has for its goroutine, or counts it there. Hot: once for each of millions of states, so there is no closure in it. */
function eachStack({goroutines, states, spans, instants, samples, sampleGoroutine, stacks}: Trace, areWhole: boolean, next: Int32Array, into: {readonly timeNs: Float64Array; readonly stack: Int32Array} | null): void {
  const {stack: stackOf, by, startNs} = states;
  for (let g = 0; g < goroutines.length; g++) {
    const end = goroutines.firstState[g] + goroutines.stateCount[g];
    for (let i = goroutines.firstState[g]; i < end; i++) {
      if (stackOf[i] < 0) continue;
      const at = next[by[i] >= 0 ? by[i] : g]++;
      if (!into) continue;
      into.timeNs[at] = startNs[i];
      into.stack[at] = stackOf[i];
    }
  }
  const rest = [{...spans, timeNs: spans.startNs}, instants, ...(sampleGoroutine ? [{...samples, goroutine: sampleGoroutine}] : [])];
  for (const {length, goroutine, stack, timeNs} of rest) {
    for (let i = 0; i < length; i++) {
      if (goroutine[i] < 0 || stack[i] < 0 || (!areWhole && stacks.parent[stack[i]] < 0)) continue;
      const at = next[goroutine[i]]++;
      if (!into) continue;
      into.timeNs[at] = timeNs[i];
      into.stack[at] = stack[i];
    }
  }
}

function sortByTime(timeNs: Float64Array, stack: Int32Array): void {
  let isInOrder = true;
  for (let i = 1; i < timeNs.length && isInOrder; i++) isInOrder = timeNs[i] >= timeNs[i - 1];
  if (isInOrder) return;
  const order = ascendingOrder(timeNs);
  const [times, stacks] = [timeNs.slice(), stack.slice()];
  for (let to = 0; to < order.length; to++) {
    timeNs[to] = times[order[to]];
    stack[to] = stacks[order[to]];
  }
}

/** Every stack that a trace recorded, by the goroutine whose stack it is. */
import {lowerBound} from '../../base/columns/search.ts';
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {Trace} from '../../model/trace.ts';
import type {EventStacks, NearestEvent} from './shape.ts';

/** The stacks of states, spans, instants and CPU samples. Cost: linear in these, and sorting what does not come in time order. */
export function eventStacks(trace: Trace): EventStacks {
  const first = new Int32Array(trace.goroutines.length + 1);
  eachStack(trace, (goroutine) => {
    first[goroutine + 1]++;
  });
  for (let g = 1; g < first.length; g++) first[g] += first[g - 1];
  const next = first.slice();
  const timeNs = new Float64Array(first[first.length - 1]);
  const stack = new Int32Array(timeNs.length);
  eachStack(trace, (goroutine, at, row) => {
    timeNs[next[goroutine]] = at;
    stack[next[goroutine]++] = row;
  });
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

function eachStack({goroutines, states, spans, instants, samples, sampleGoroutine}: Trace, onStack: (goroutine: number, timeNs: number, stack: number) => void): void {
  for (let g = 0; g < goroutines.length; g++) {
    const end = goroutines.firstState[g] + goroutines.stateCount[g];
    for (let i = goroutines.firstState[g]; i < end; i++) if (states.stack[i] >= 0) onStack(states.by[i] >= 0 ? states.by[i] : g, states.startNs[i], states.stack[i]);
  }
  for (let i = 0; i < spans.length; i++) if (spans.goroutine[i] >= 0 && spans.stack[i] >= 0) onStack(spans.goroutine[i], spans.startNs[i], spans.stack[i]);
  for (let i = 0; i < instants.length; i++) if (instants.goroutine[i] >= 0 && instants.stack[i] >= 0) onStack(instants.goroutine[i], instants.timeNs[i], instants.stack[i]);
  if (!sampleGoroutine) return;
  for (let i = 0; i < samples.length; i++) if (sampleGoroutine[i] >= 0 && samples.stack[i] >= 0) onStack(sampleGoroutine[i], samples.timeNs[i], samples.stack[i]);
}

function sortByTime(timeNs: Float64Array, stack: Int32Array): void {
  if (timeNs.every((time, i) => i === 0 || time >= timeNs[i - 1])) return;
  const order = ascendingOrder(timeNs);
  const [times, stacks] = [timeNs.slice(), stack.slice()];
  order.forEach((from, to) => {
    timeNs[to] = times[from];
    stack[to] = stacks[from];
  });
}

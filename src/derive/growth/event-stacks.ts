/** Every stack that a trace recorded, by the goroutine whose stack it is. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {Trace} from '../../model/trace.ts';
import type {EventStacks} from './shape.ts';

/** The stacks of states, spans, instants and CPU samples. Cost: linear in these. */
export function eventStacks(trace: Trace): EventStacks {
  const {goroutines, states, spans, instants, samples, sampleGoroutine} = trace;
  const owners: number[] = [];
  const times: number[] = [];
  const stacks: number[] = [];
  const add = (goroutine: number, timeNs: number, stack: number) => {
    if (goroutine < 0 || stack < 0) return;
    owners.push(goroutine);
    times.push(timeNs);
    stacks.push(stack);
  };
  for (let g = 0; g < goroutines.length; g++) {
    const end = goroutines.firstState[g] + goroutines.stateCount[g];
    for (let i = goroutines.firstState[g]; i < end; i++) add(states.by[i] >= 0 ? states.by[i] : g, states.startNs[i], states.stack[i]);
  }
  for (let i = 0; i < spans.length; i++) add(spans.goroutine[i], spans.startNs[i], spans.stack[i]);
  for (let i = 0; i < instants.length; i++) add(instants.goroutine[i], instants.timeNs[i], instants.stack[i]);
  if (sampleGoroutine) for (let i = 0; i < samples.length; i++) add(sampleGoroutine[i], samples.timeNs[i], samples.stack[i]);

  const first = new Int32Array(goroutines.length + 1);
  for (const owner of owners) first[owner + 1]++;
  for (let g = 1; g < first.length; g++) first[g] += first[g - 1];
  const next = first.slice();
  const result = {first, timeNs: new Float64Array(owners.length), stack: new Int32Array(owners.length)};
  for (const i of ascendingOrder(Float64Array.from(times))) {
    const at = next[owners[i]]++;
    result.timeNs[at] = times[i];
    result.stack[at] = stacks[i];
  }
  return result;
}

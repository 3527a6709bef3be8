/** Which goroutine ran where and when, from the states of a trace. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {State, type GoroutineTable, type StateTable} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import type {Runs} from './shape.ts';

/** The runs of a trace. Cost: linear in its states; millions of them, so typed arrays only, and each thread is put in order on its own. */
export function runs({states, goroutines, threads, endNs: traceEndNs}: Trace): Runs {
  const {state, thread, startNs: begins} = states;
  const first = firstOfThreads(states, goroutines, threads.length);
  const next = first.slice();
  const startNs = new Float64Array(first[threads.length]);
  const endNs = new Float64Array(startNs.length);
  const goroutine = new Int32Array(startNs.length);
  for (let g = 0; g < goroutines.length; g++) {
    const end = goroutines.firstState[g] + goroutines.stateCount[g];
    for (let i = goroutines.firstState[g]; i < end; i++) {
      if (!executes(state[i]) || thread[i] < 0) continue;
      const at = next[thread[i]]++;
      startNs[at] = begins[i];
      endNs[at] = i + 1 < end ? begins[i + 1] : Number.isNaN(goroutines.endNs[g]) ? traceEndNs : goroutines.endNs[g];
      goroutine[at] = g;
    }
  }
  for (let t = 0; t < threads.length; t++) {
    const [from, to] = [first[t], first[t + 1]];
    const order = ascendingOrder(startNs.subarray(from, to));
    for (const column of [startNs, endNs, goroutine]) {
      const read = column.slice(from, to);
      for (let i = 0; i < order.length; i++) column[from + i] = read[order[i]];
    }
  }
  return {first, startNs, endNs, goroutine};
}

function executes(state: number): boolean {
  return state === State.Running || state === State.Syscall;
}

/** By thread: how many runs are on those before it. */
function firstOfThreads({state, thread}: StateTable, {length, firstState, stateCount}: GoroutineTable, threads: number): Int32Array {
  const first = new Int32Array(threads + 1);
  for (let g = 0; g < length; g++) {
    const end = firstState[g] + stateCount[g];
    for (let i = firstState[g]; i < end; i++) if (thread[i] >= 0 && executes(state[i])) first[thread[i] + 1]++;
  }
  for (let t = 1; t <= threads; t++) first[t] += first[t - 1];
  return first;
}

/** Which goroutine ran where and when, from the states of a trace. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {State} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import type {Runs} from './shape.ts';

/** The runs of a trace. Cost: linear in its states. */
export function runs({states, goroutines, threads, endNs: traceEndNs}: Trace): Runs {
  const rows: number[] = [];
  const ends: number[] = [];
  const owners: number[] = [];
  for (let g = 0; g < goroutines.length; g++) {
    const last = goroutines.firstState[g] + goroutines.stateCount[g] - 1;
    const endNs = Number.isNaN(goroutines.endNs[g]) ? traceEndNs : goroutines.endNs[g];
    for (let i = goroutines.firstState[g]; i <= last; i++) {
      const executes = states.state[i] === State.Running || states.state[i] === State.Syscall;
      if (!executes || states.thread[i] < 0) continue;
      rows.push(i);
      owners.push(g);
      ends.push(i < last ? states.startNs[i + 1] : endNs);
    }
  }
  const inTime = ascendingOrder(Float64Array.from(rows, (row) => states.startNs[row]));
  const first = new Int32Array(threads.length + 1);
  for (const row of rows) first[states.thread[row] + 1]++;
  for (let t = 1; t < first.length; t++) first[t] += first[t - 1];
  const next = first.slice();
  const result = {first, startNs: new Float64Array(rows.length), endNs: new Float64Array(rows.length), goroutine: new Int32Array(rows.length)};
  for (const i of inTime) {
    const at = next[states.thread[rows[i]]]++;
    result.startNs[at] = states.startNs[rows[i]];
    result.endNs[at] = ends[i];
    result.goroutine[at] = owners[i];
  }
  return result;
}

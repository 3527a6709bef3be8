/** Which goroutine each proc ran when, from the states of a trace. Made once per trace. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {State} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';

/** Grouped by proc, in time order within one. */
export interface ProcRuns {
  /** By proc row: first run of the proc; one more value than procs. */
  readonly first: Int32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Row of goroutines. */
  readonly goroutine: Int32Array;
}

const runsOfTrace = new WeakMap<Trace, ProcRuns>();

export function runsOfProcs(trace: Trace): ProcRuns {
  let runs = runsOfTrace.get(trace);
  if (!runs) runsOfTrace.set(trace, (runs = readRuns(trace)));
  return runs;
}

function readRuns({states, goroutines, procs, endNs: traceEndNs}: Trace): ProcRuns {
  const rows: number[] = [];
  const owners: number[] = [];
  for (let g = 0; g < goroutines.length; g++) {
    for (let i = goroutines.firstState[g]; i < goroutines.firstState[g] + goroutines.stateCount[g]; i++) {
      if (states.state[i] !== State.Running || states.proc[i] < 0) continue;
      rows.push(i);
      owners.push(g);
    }
  }
  const first = new Int32Array(procs.length + 1);
  for (const row of rows) first[states.proc[row] + 1]++;
  for (let p = 1; p < first.length; p++) first[p] += first[p - 1];
  const next = first.slice();
  const runs = {first, startNs: new Float64Array(rows.length), endNs: new Float64Array(rows.length), goroutine: new Int32Array(rows.length)};
  for (const i of ascendingOrder(Float64Array.from(rows, (row) => states.startNs[row]))) {
    const g = owners[i];
    const isLast = rows[i] + 1 === goroutines.firstState[g] + goroutines.stateCount[g];
    const at = next[states.proc[rows[i]]]++;
    runs.startNs[at] = states.startNs[rows[i]];
    runs.endNs[at] = !isLast ? states.startNs[rows[i] + 1] : Number.isNaN(goroutines.endNs[g]) ? traceEndNs : goroutines.endNs[g];
    runs.goroutine[at] = g;
  }
  return runs;
}

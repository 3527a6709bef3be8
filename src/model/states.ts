/**
 * States come from a parser in time order, each with its owner; the model keeps them grouped by owner. A stable counting sort
 * does it: within one owner the time order stays.
 *
 *   recorded   G1 G2 G1 P0 G2 G1        owner of goroutine row r: r, of proc row p: -1 - p
 *   grouped    G1 G1 G1 | G2 G2 | P0
 */
import type {GrowableTable, Table} from '../base/columns/table.ts';
import {STATES, type GOROUTINES, type PROCS, type StateTable} from './tables.ts';

/** STATES as a parser writes them: in time order, with the owner beside. */
export const RECORDED_STATES = {...STATES, owner: Int32Array} as const;

/** `owner` of a proc's state. */
export function procOwner(proc: number): number {
  return -1 - proc;
}

/**
 * Groups states by owner, in arrays of their own, and says in `goroutines` and `procs` where each one's lie. Cost: linear, and a
 * second copy of the states.
 */
export function groupStates(
  {rows: recorded, length}: GrowableTable<typeof RECORDED_STATES>,
  goroutines: Table<typeof GOROUTINES>,
  procs: Table<typeof PROCS>,
): {states: StateTable; goroutines: Table<typeof GOROUTINES>; procs: Table<typeof PROCS>} {
  const groupOf = (owner: number) => (owner >= 0 ? owner : goroutines.length - 1 - owner);
  const next = new Int32Array(goroutines.length + procs.length + 1);
  for (let i = 0; i < length; i++) next[groupOf(recorded.owner[i]) + 1]++;
  for (let group = 1; group < next.length; group++) next[group] += next[group - 1];
  for (let g = 0; g < goroutines.length; g++) {
    goroutines.firstState[g] = next[g];
    goroutines.stateCount[g] = next[g + 1] - next[g];
  }
  for (let p = 0; p < procs.length; p++) {
    const group = goroutines.length + p;
    procs.firstState[p] = next[group];
    procs.stateCount[p] = next[group + 1] - next[group];
  }
  const place = new Int32Array(length);
  for (let i = 0; i < length; i++) place[i] = next[groupOf(recorded.owner[i])]++;

  const moved = <A extends Float64Array | Int32Array | Uint8Array>(column: A, into: A): A => {
    for (let i = 0; i < place.length; i++) into[place[i]] = column[i];
    return into;
  };
  const states: StateTable = {
    length,
    startNs: moved(recorded.startNs, new Float64Array(length)),
    thread: moved(recorded.thread, new Int32Array(length)),
    proc: moved(recorded.proc, new Int32Array(length)),
    reason: moved(recorded.reason, new Int32Array(length)),
    stack: moved(recorded.stack, new Int32Array(length)),
    by: moved(recorded.by, new Int32Array(length)),
    state: moved(recorded.state, new Uint8Array(length)),
  };
  return {states, goroutines, procs};
}

/**
 * Time that goroutines were in a state, by the stack that they stood at. A goroutine keeps its stack while it does not run: a state that begins without
 * a stack of the goroutine itself (because another woke it, or it is put on a thread) is spent at the stack of the one before.
 *
 *   Running ──block at {main.f; chan receive}──► Waiting ──woken by another──► Runnable ──► Running
 *                                                {main.f; …}                   {main.f; …}   {main.f; …}: where it went on from
 */
import {State} from '../../model/tables.ts';
import {groupOf} from '../axis/shape.ts';
import {isGoTrace, type Session, type SessionSource} from '../derivation.ts';
import type {Gathered} from './gathered.ts';
import type {CallTreeQuery, TreeWeight} from './shape.ts';

const STATE_OF = {runningNs: State.Running, runnableNs: State.Runnable, waitingNs: State.Waiting, syscallNs: State.Syscall} as const satisfies Partial<Record<TreeWeight, State>>;

/** The states of the Go trace on the axis of `source`; null: there is none. Cost: linear in its states. */
export function statesOf(session: Session, source: SessionSource, {range, filter}: CallTreeQuery, weightName: keyof typeof STATE_OF): Gathered | null {
  const of = traceOnAxis(session, source);
  if (!of) return null;
  const {goroutines, states, endNs: traceEndNs} = of.trace;
  const pass = session.filtered(of, filter).goroutines;
  const shiftNs = session.axis.shiftsNs.get(of.id) ?? 0;
  const from = range ? range.fromNs - shiftNs : -Infinity;
  const to = range ? range.toNs - shiftNs : Infinity;
  const wanted = STATE_OF[weightName];
  const row = new Int32Array(states.length);
  const stack = new Int32Array(states.length);
  const timeNs = new Float64Array(states.length);
  const durationNs = new Float64Array(states.length);
  let length = 0;
  let weight = 0;
  for (let g = 0; g < goroutines.length; g++) {
    if (pass && pass[g] === 0) continue;
    const last = goroutines.firstState[g] + goroutines.stateCount[g] - 1;
    const endNs = Number.isNaN(goroutines.endNs[g]) ? traceEndNs : goroutines.endNs[g];
    let stoodAt = -1;
    for (let i = goroutines.firstState[g]; i <= last; i++) {
      if (states.stack[i] >= 0 && states.by[i] < 0) stoodAt = states.stack[i];
      if (states.state[i] !== wanted) continue;
      const begin = Math.max(from, states.startNs[i]);
      const end = Math.min(to, i < last ? states.startNs[i + 1] : endNs);
      if (!(end > begin)) continue;
      row[length] = i;
      stack[length] = stoodAt;
      timeNs[length] = begin + shiftNs;
      durationNs[length] = end - begin;
      weight += end - begin;
      length++;
    }
  }
  return {
    length, table: 'states', source: of, row: row.subarray(0, length), stack: stack.subarray(0, length),
    timeNs: timeNs.subarray(0, length), durationNs: durationNs.subarray(0, length), weight: durationNs.subarray(0, length), count: null,
    stackSources: [of], stackSource: null, neighbour: null, sums: {samples: length, weight, growthSamples: 0, growthWeight: 0},
  };
}

/** The Go trace whose goroutines are meant: the source itself, else the first on its axis. */
function traceOnAxis(session: Session, source: SessionSource): SessionSource | null {
  if (isGoTrace(source)) return source;
  const group = groupOf(session.axis, source.id);
  return session.sources.find((other) => isGoTrace(other) && group?.members.includes(other.id)) ?? null;
}

/** A goroutine and a time -> its state then, how it came to run, and the size of its stack. */
import {upperBound} from '../../base/columns/search.ts';
import {StackChangeKind, State} from '../../model/tables.ts';
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {readableChain} from '../readable/shape.ts';
import type {GoroutineName, MomentAnswer, StateAt, Wake} from './shape.ts';

/** Frames of a card. */
export const CARD_CALLS = 8;

export function nameOf({id, trace}: SessionSource, goroutine: number): GoroutineName {
  return {source: id, goroutine, id: trace.goroutines.id[goroutine], startFunction: text(trace, trace.goroutines.startFunction[goroutine])};
}

/** `timeNs` is on the source's own clock; what comes back is on the axis. */
export function goroutineAt(session: Session, source: SessionSource, goroutine: number, timeNs: number): Pick<MomentAnswer, 'life' | 'lived' | 'state' | 'wake' | 'stackBytes'> {
  const {trace} = source;
  const {goroutines, states} = trace;
  const endNs = goroutines.endNs[goroutine];
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const bornNs = goroutines.startNs[goroutine];
  const of = {
    stackBytes: stackBytesAt(session, source, goroutine, timeNs),
    lived: {fromNs: (Number.isNaN(bornNs) ? trace.startNs : bornNs) + shiftNs, toNs: (Number.isNaN(endNs) ? trace.endNs : endNs) + shiftNs},
  };
  if (timeNs < bornNs) return {...of, life: 'before', state: null, wake: null};
  if (timeNs > endNs) return {...of, life: 'after', state: null, wake: null};
  const first = goroutines.firstState[goroutine];
  const row = upperBound(states.startNs, timeNs, first, first + goroutines.stateCount[goroutine]) - 1;
  if (row < first) return {...of, life: 'alive', state: null, wake: null};
  return {...of, life: 'alive', state: stateAt(session, source, goroutine, row), wake: wakeOf(session, source, goroutine, row)};
}

function stateAt(session: Session, source: SessionSource, goroutine: number, row: number): StateAt {
  const {trace} = source;
  const {goroutines, states, threads, procs} = trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const first = goroutines.firstState[goroutine];
  const isLast = row === first + goroutines.stateCount[goroutine] - 1;
  const isOlder = row === first && Number.isNaN(goroutines.startNs[goroutine]);
  const isOpen = isLast && Number.isNaN(goroutines.endNs[goroutine]);
  return {
    state: states.state[row],
    fromNs: states.startNs[row] + shiftNs,
    toNs: (isOpen ? trace.endNs : isLast ? goroutines.endNs[goroutine] : states.startNs[row + 1]) + shiftNs,
    isCut: isOlder || isOpen,
    reason: text(trace, states.reason[row]),
    thread: states.thread[row] < 0 ? Number.NaN : threads.tid[states.thread[row]],
    proc: states.proc[row] < 0 ? Number.NaN : procs.id[states.proc[row]],
    // Where another goroutine did it, the stack is the other's.
    chain: states.by[row] >= 0 ? null : readableChain(trace, session.labels(source), states.stack[row], CARD_CALLS),
  };
}

/** The Runnable state that the run began with; of a goroutine that waits, the one that ends its waiting. */
function wakeOf(session: Session, source: SessionSource, goroutine: number, row: number): Wake | null {
  const {goroutines, states} = source.trace;
  const first = goroutines.firstState[goroutine];
  const end = first + goroutines.stateCount[goroutine];
  let runnable = row;
  if (states.state[row] === State.Waiting) while (runnable < end && states.state[runnable] === State.Waiting) runnable++;
  else while (runnable >= first && (states.state[runnable] === State.Running || states.state[runnable] === State.Syscall)) runnable--;
  if (runnable < first || runnable >= end || states.state[runnable] !== State.Runnable) return null;
  // A goroutine that is made runnable twice waits since the first time.
  while (runnable > first && states.state[runnable - 1] === State.Runnable && states.by[runnable] < 0) runnable--;
  const isBirth = runnable === first && goroutines.startNs[goroutine] === states.startNs[runnable];
  const before = runnable > first ? states.state[runnable - 1] : State.Undetermined;
  const by = states.by[runnable];
  if (!isBirth && by < 0 && before === State.Undetermined) return null;
  let ran = runnable;
  while (ran < end && states.state[ran] === State.Runnable) ran++;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  return {
    how: isBirth ? 'created' : before === State.Syscall ? 'syscall' : before === State.Running ? 'stopped' : 'unblocked',
    atNs: states.startNs[runnable] + shiftNs,
    by: by < 0 ? null : nameOf(source, by),
    waitedNs: ran < end ? states.startNs[ran] - states.startNs[runnable] : Number.NaN,
  };
}

/** Size of a goroutine's stack at a time of the source's own clock; NaN: not known, or there is none. Cost: logarithmic in its changes. */
export function stackBytesAt(session: Session, source: SessionSource, goroutine: number, timeNs: number): number {
  const {stackChanges, goroutines} = source.trace;
  const {changes} = session.goroutineRows(source);
  const first = changes.first[goroutine];
  const end = changes.first[goroutine + 1];
  if (first === end || timeNs < goroutines.startNs[goroutine] || timeNs > goroutines.endNs[goroutine]) return Number.NaN;
  const at = upperBound(changes.times, timeNs, first, end) - 1;
  if (at >= first) return stackChanges.newBytes[changes.rows[at]];
  // Before its first change it had the old size, whatever it was when it began.
  const next = changes.rows[first];
  return stackChanges.kind[next] === StackChangeKind.Initial ? Number.NaN : stackChanges.oldBytes[next];
}

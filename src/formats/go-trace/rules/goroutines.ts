/** When an event of a goroutine may be taken, and what it changes: status, creation, start, stop, wake-up and direct switch. */
import {Ev, timedEvents} from '../event-types.ts';
import {GoState, goStateOf, GoStatus} from '../scheduler.ts';
import {Advance, type Turn} from '../turn.ts';

export function goStatus(turn: Turn): Advance {
  const {state, generation} = turn;
  const [g, m, status] = turn.cursor.args;
  if (!(status >= 0 && status < goStateOf.length)) return turn.broken(`goroutine ${g} has status ${status}, which does not exist`);
  let before: number = goStateOf[status];
  const known = state.goroutines.get(g);
  if (known) {
    if (known.status !== status) return turn.broken(`goroutine ${g} is said to have status ${status} but has ${known.status}`);
    known.generation = generation.number;
    known.n = 0;
  } else if (turn.initial) {
    state.addGoroutine(g, status, generation.number);
    before = GoState.Undetermined;
  } else return turn.broken(`goroutine ${g} is new to the trace, but no event created it`);

  const wrong = status === GoStatus.Syscall ? bindInSyscall(turn, g, m) : null;
  if (wrong !== null) return turn.broken(`goroutine ${g} is in a syscall on ${wrong}`);
  turn.push().before = before;
  if (status === GoStatus.Running) turn.thread.g = g;
  return Advance.Done;
}

/** Binds goroutine `g` to thread `m`, which it is in a syscall on and which may be another than the one that tells; or why not. */
function bindInSyscall(turn: Turn, g: number, m: number): string | null {
  if (m === -1) return 'no thread';
  if (m === turn.cursor.m) {
    if (!turn.initial && turn.g !== g) return `thread ${m}, which has goroutine ${turn.g}`;
    turn.thread.g = g;
    return null;
  }
  // It has been in this syscall, on another thread, for the whole generation.
  const other = turn.state.threads.get(m);
  if (other && other.g !== g) return `thread ${m}, which has goroutine ${other.g}`;
  if (other) turn.g = g;
  else turn.state.threads.set(m, {g, p: -1});
  turn.m = m;
  return null;
}

export function goCreate(turn: Turn, type: number): Advance {
  if (!turn.needs('must', 'must', 'may')) return Advance.Broken;
  const {state} = turn;
  const creator = state.goroutines.get(turn.g);
  if (creator && creator.status !== GoStatus.Running) return turn.broken(`goroutine ${turn.g} creates another while it is not running`);
  const g = turn.cursor.args[0];
  if (state.goroutines.has(g)) return turn.broken(`goroutine ${g} is created but exists already`);
  state.addGoroutine(g, type === Ev.GoCreateBlocked ? GoStatus.Waiting : GoStatus.Runnable, turn.generation.number);
  return turn.done();
}

export function goStopExecuting(turn: Turn, type: number): Advance {
  const goroutine = turn.running(timedEvents[type]!.name);
  if (!goroutine) return Advance.Broken;
  if (type === Ev.GoDestroy) turn.state.goroutines.delete(turn.g);
  else goroutine.status = type === Ev.GoStop ? GoStatus.Runnable : GoStatus.Waiting;
  turn.push();
  turn.thread.g = -1;
  return Advance.Done;
}

export function goStart(turn: Turn): Advance {
  const {args} = turn.cursor;
  const g = args[0];
  const n = args[1];
  const goroutine = turn.state.goroutines.get(g);
  if (!goroutine || goroutine.status !== GoStatus.Runnable || !turn.succeeds(n, goroutine)) return Advance.Wait;
  if (!turn.needs('must', 'must', 'must-not')) return Advance.Broken;
  goroutine.status = GoStatus.Running;
  goroutine.n = n;
  turn.push();
  turn.thread.g = g;
  return Advance.Done;
}

export function goUnblock(turn: Turn): Advance {
  const {args} = turn.cursor;
  const n = args[1];
  const goroutine = turn.state.goroutines.get(args[0]);
  if (!goroutine || goroutine.status !== GoStatus.Waiting || !turn.succeeds(n, goroutine)) return Advance.Wait;
  goroutine.status = GoStatus.Runnable;
  goroutine.n = n;
  // Anything may unblock a goroutine, also a thread without a proc: no context is needed.
  return turn.done();
}

/** One switch is three events at one time: the next goroutine is unblocked, this one blocks or ends, the next one starts. */
export function goSwitch(turn: Turn, type: number): Advance {
  const current = turn.running(timedEvents[type]!.name);
  if (!current) return Advance.Broken;
  const {args} = turn.cursor;
  const g = args[0];
  const n = args[1];
  const next = turn.state.goroutines.get(g);
  if (!next || next.status !== GoStatus.Waiting || !turn.succeeds(n, next)) return Advance.Wait;
  turn.push();
  const stop = turn.push();
  stop.args.fill(0);
  if (type === Ev.GoSwitch) {
    current.status = GoStatus.Waiting;
    stop.type = Ev.GoBlock;
  } else {
    turn.state.goroutines.delete(turn.g);
    stop.type = Ev.GoDestroy;
  }
  next.status = GoStatus.Running;
  next.n = n;
  const start = turn.push();
  start.type = Ev.GoStart;
  start.g = -1;
  turn.thread.g = g;
  return Advance.Done;
}

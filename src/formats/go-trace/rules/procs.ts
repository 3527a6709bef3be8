/** When an event of a proc (Go's P) may be taken, and what it changes: status, start, stop, and being stolen out of a syscall. */
import {ProcState, procStateOf, ProcStatus} from '../scheduler.ts';
import {Advance, type Turn} from '../turn.ts';

export function procStatus(turn: Turn): Advance {
  const {state, generation} = turn;
  const [p, status] = turn.cursor.args;
  if (!(status >= 0 && status < procStateOf.length)) return turn.broken(`proc ${p} has status ${status}, which does not exist`);
  let before: number = procStateOf[status];
  let shown = status;
  let owner = false;
  const known = state.procs.get(p);
  if (known) {
    const abandoned = status === ProcStatus.SyscallAbandoned;
    if (abandoned && known.status === ProcStatus.Syscall) {
      // We saw it enter the syscall, so nothing was lost: it counts as still in it, on the thread that it is bound to.
      before = ProcState.Running;
      shown = ProcStatus.Syscall;
      owner = true;
    } else if (abandoned && known.status === ProcStatus.SyscallAbandoned) before = ProcState.Idle;
    else if (known.status !== status) return turn.broken(`proc ${p} is said to have status ${status} but has ${known.status}`);
    known.generation = generation.number;
    known.n = 0;
  } else {
    state.procs.set(p, {status, sweeping: false, generation: generation.number, n: 0});
    before = turn.initial ? ProcState.Undetermined : ProcState.NotExist;
  }
  if (owner && !showOnThreadOf(turn, p)) return turn.broken(`proc ${p} is about to be stolen, but no thread has it`);
  const event = turn.push();
  event.before = before;
  event.args[1] = shown;
  if (status === ProcStatus.Running || status === ProcStatus.Syscall) turn.thread.p = p;
  return Advance.Done;
}

function showOnThreadOf(turn: Turn, p: number): boolean {
  let found = false;
  for (const [m, thread] of turn.state.threads) {
    if (thread.p !== p) continue;
    turn.m = m;
    turn.p = p;
    turn.g = thread.g;
    found = true;
  }
  return found;
}

export function procStart(turn: Turn): Advance {
  const {args} = turn.cursor;
  const p = args[0];
  const n = args[1];
  const proc = turn.state.procs.get(p);
  if (!proc || proc.status !== ProcStatus.Idle || !turn.succeeds(n, proc) || turn.p !== -1) return Advance.Wait;
  if (!turn.needs('must', 'must-not', 'may')) return Advance.Broken;
  proc.status = ProcStatus.Running;
  proc.n = n;
  turn.push();
  turn.thread.p = p;
  return Advance.Done;
}

export function procStop(turn: Turn): Advance {
  const proc = turn.state.procs.get(turn.p);
  if (!proc) return turn.broken(`ProcStop on thread ${turn.m}, which has no known proc`);
  if (proc.status !== ProcStatus.Running && proc.status !== ProcStatus.Syscall) return turn.broken(`ProcStop of proc ${turn.p}, which is neither running nor in a syscall`);
  if (!turn.needs('must', 'must', 'may')) return Advance.Broken;
  proc.status = ProcStatus.Idle;
  turn.push();
  turn.thread.p = -1;
  return Advance.Done;
}

export function procSteal(turn: Turn): Advance {
  const {args} = turn.cursor;
  const p = args[0];
  const n = args[1];
  const from = args[2];
  const proc = turn.state.procs.get(p);
  const stealable = proc && (proc.status === ProcStatus.Syscall || proc.status === ProcStatus.SyscallAbandoned);
  if (!proc || !stealable || !turn.succeeds(n, proc)) return Advance.Wait;
  if (!turn.needs('must', 'may', 'may')) return Advance.Broken;
  const abandoned = proc.status === ProcStatus.SyscallAbandoned;
  const victim = from === turn.cursor.m ? turn.thread : turn.state.threads.get(from);
  if (!abandoned && victim?.p !== p) return turn.broken(`proc ${p} is stolen from thread ${from}, which ${victim ? `has proc ${victim.p}` : 'was never seen'}`);
  proc.status = ProcStatus.Idle;
  proc.n = n;
  const event = turn.push();
  // Of an abandoned proc the thread is lost, so nothing is unbound and nothing shown as having run.
  event.before = abandoned ? ProcState.Idle : ProcState.Running;
  if (!abandoned && victim) victim.p = -1;
  return Advance.Done;
}

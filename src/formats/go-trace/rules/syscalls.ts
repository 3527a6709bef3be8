/** When an event of a syscall, or of a C thread that calls into Go, may be taken, and what it changes. */
import {Ev} from '../event-types.ts';
import {GoStatus, ProcState, ProcStatus, type Goroutine} from '../scheduler.ts';
import {Advance, type Turn} from '../turn.ts';

export function goSyscallBegin(turn: Turn): Advance {
  const goroutine = turn.running('GoSyscallBegin');
  if (!goroutine) return Advance.Broken;
  const proc = turn.state.procs.get(turn.p);
  if (!proc) return turn.broken(`GoSyscallBegin on proc ${turn.p}, which was never seen`);
  const n = turn.cursor.args[0];
  // The proc is running here, so its number must fit now; it tells which syscall a later steal ends.
  if (!turn.succeeds(n, proc)) return turn.broken(`GoSyscallBegin has number ${n} of proc ${turn.p}, which is at ${proc.n}`);
  goroutine.status = GoStatus.Syscall;
  proc.status = ProcStatus.Syscall;
  proc.n = n;
  return turn.done();
}

export function goSyscallEnd(turn: Turn): Advance {
  if (!turn.needs('must', 'must', 'must')) return Advance.Broken;
  const goroutine = inSyscall(turn, 'GoSyscallEnd');
  if (!goroutine) return Advance.Broken;
  const proc = turn.state.procs.get(turn.p);
  if (proc?.status !== ProcStatus.Syscall) return turn.broken(`GoSyscallEnd on proc ${turn.p}, which is in no syscall`);
  goroutine.status = GoStatus.Running;
  proc.status = ProcStatus.Running;
  return turn.done();
}

/** Waits until the proc was taken away: the event itself says that it will be. */
export function goSyscallEndBlocked(turn: Turn): Advance {
  if (turn.p !== -1) {
    const proc = turn.state.procs.get(turn.p);
    if (!proc) return turn.broken(`GoSyscallEndBlocked on proc ${turn.p}, which was never seen`);
    if (proc.status === ProcStatus.Syscall) return Advance.Wait;
  }
  if (!turn.needs('must', 'may', 'must')) return Advance.Broken;
  const goroutine = inSyscall(turn, 'GoSyscallEndBlocked');
  if (!goroutine) return Advance.Broken;
  goroutine.status = GoStatus.Runnable;
  turn.push();
  turn.thread.g = -1;
  return Advance.Done;
}

export function goCreateSyscall(turn: Turn): Advance {
  if (!turn.needs('must', 'may', 'must-not')) return Advance.Broken;
  const g = turn.cursor.args[0];
  if (turn.state.goroutines.has(g)) return turn.broken(`goroutine ${g} is created in a syscall but exists already`);
  turn.state.addGoroutine(g, GoStatus.Syscall, turn.generation.number);
  turn.push();
  turn.thread.g = g;
  return Advance.Done;
}

/** The end of a cgo callback's goroutine. The thread may be gone, and its number reused, so it loses its proc as well. */
export function goDestroySyscall(turn: Turn): Advance {
  if (!turn.needs('must', 'may', 'must')) return Advance.Broken;
  if (!inSyscall(turn, 'GoDestroySyscall')) return Advance.Broken;
  if (turn.p !== -1) {
    const proc = turn.state.procs.get(turn.p);
    if (proc?.status !== ProcStatus.Syscall) return turn.broken(`GoDestroySyscall on proc ${turn.p}, which is in no syscall`);
    proc.status = ProcStatus.SyscallAbandoned;
    const steal = turn.push();
    steal.type = Ev.ProcSteal;
    steal.args.fill(0);
    steal.args[0] = turn.p;
    steal.before = ProcState.Running;
    turn.thread.p = -1;
  }
  turn.state.goroutines.delete(turn.g);
  turn.push();
  turn.thread.g = -1;
  return Advance.Done;
}

function inSyscall(turn: Turn, event: string): Goroutine | null {
  const goroutine = turn.state.goroutines.get(turn.g);
  if (goroutine?.status === GoStatus.Syscall) return goroutine;
  turn.broken(`${event} of goroutine ${turn.g}, which is in no syscall`);
  return null;
}

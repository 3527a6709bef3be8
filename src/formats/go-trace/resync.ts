/**
 * After something was lost (a damaged batch, a cut file) the events that follow no longer fit what the emulation knows. This makes
 * what it knows fit the next event, so that one lost batch costs its own events and not all that come after.
 */
import type {Cursor} from './cursor.ts';
import {Ev, timedEvents} from './event-types.ts';
import type {Generation} from './generation.ts';
import {GoStatus, ProcStatus, type Scheduler, type Thread} from './scheduler.ts';

/** Changes `state` so that the event of `cursor` can be taken. Not every event can be helped: a second advance may still fail. */
export function makeFit(state: Scheduler, cursor: Cursor, generation: Generation): void {
  const thread = cursor.m === -1 ? {g: -1, p: -1} : state.thread(cursor.m);
  const args = cursor.args;
  switch (cursor.type) {
    case Ev.GoStart:
      thread.g = -1;
      return setGoroutine(args[0], GoStatus.Runnable, args[1] - 1);
    case Ev.GoUnblock:
      return setGoroutine(args[0], GoStatus.Waiting, args[1] - 1);
    case Ev.GoSwitch:
    case Ev.GoSwitchDestroy:
      if (thread.g !== -1) setGoroutine(thread.g, GoStatus.Running, state.goroutines.get(thread.g)?.n ?? 0);
      return setGoroutine(args[0], GoStatus.Waiting, args[1] - 1);
    case Ev.GoCreate:
    case Ev.GoCreateBlocked:
    case Ev.GoCreateSyscall:
      state.goroutines.delete(args[0]);
      if (cursor.type === Ev.GoCreateSyscall) thread.g = -1;
      else if (thread.g !== -1) setGoroutine(thread.g, GoStatus.Running, state.goroutines.get(thread.g)?.n ?? 0);
      return;
    case Ev.GoStatus:
    case Ev.GoStatusStack:
      setGoroutine(args[0], args[2], 0);
      if (args[2] === GoStatus.Syscall && args[1] !== -1) state.thread(args[1]).g = args[0];
      return;
    case Ev.GoSyscallBegin:
      if (thread.g !== -1) setGoroutine(thread.g, GoStatus.Running, state.goroutines.get(thread.g)?.n ?? 0);
      if (thread.p !== -1) setProc(thread.p, ProcStatus.Running, args[0] - 1);
      return;
    case Ev.GoSyscallEnd:
    case Ev.GoSyscallEndBlocked:
    case Ev.GoDestroySyscall:
      if (thread.g !== -1) setGoroutine(thread.g, GoStatus.Syscall, state.goroutines.get(thread.g)?.n ?? 0);
      if (cursor.type === Ev.GoSyscallEnd && thread.p !== -1) setProc(thread.p, ProcStatus.Syscall, state.procs.get(thread.p)?.n ?? 0);
      if (cursor.type === Ev.GoSyscallEndBlocked) unbindProc(thread);
      return;
    case Ev.ProcStart:
      unbindProc(thread);
      return setProc(args[0], ProcStatus.Idle, args[1] - 1);
    case Ev.ProcSteal:
      return setProc(args[0], ProcStatus.SyscallAbandoned, args[1] - 1);
    case Ev.ProcStatus:
      return setProc(args[0], args[1], 0);
    case Ev.GCBegin:
    case Ev.GCEnd:
    case Ev.GCActive:
      state.gcSequence = args[0] - 1;
      state.gc = cursor.type === Ev.GCBegin ? 'not-running' : 'running';
      return;
    case Ev.UserTaskBegin:
      state.tasks.delete(args[0]);
      return;
    case Ev.UserRegionEnd: {
      const goroutine = state.goroutines.get(thread.g);
      if (goroutine) goroutine.regions = [];
      return;
    }
    default:
      // What user code does needs a running goroutine, but says nothing of which.
      if (timedEvents[cursor.type] && thread.g !== -1) setGoroutine(thread.g, GoStatus.Running, state.goroutines.get(thread.g)?.n ?? 0);
  }

  function setGoroutine(g: number, status: number, n: number): void {
    const known = state.goroutines.get(g);
    if (known) Object.assign(known, {status, generation: generation.number, n});
    else {
      state.addGoroutine(g, status, generation.number);
      state.goroutines.get(g)!.n = n;
    }
    if (status === GoStatus.Runnable || status === GoStatus.Waiting) for (const other of state.threads.values()) if (other.g === g) other.g = -1;
  }

  function setProc(p: number, status: number, n: number): void {
    const known = state.procs.get(p);
    if (known) Object.assign(known, {status, generation: generation.number, n});
    else state.procs.set(p, {status, sweeping: false, generation: generation.number, n});
  }

  function unbindProc(of: Thread): void {
    of.p = -1;
  }
}

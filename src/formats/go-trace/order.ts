/**
 * Puts events in an order that the scheduler could have produced. Each thread's events are in order; between threads, sequence
 * numbers say what must come first. An event whose turn has not come waits; one that no order could allow is a fault.
 *
 * The rules are those of Go's own reader (internal/trace/order.go of Go 1.27.3), so that the order of every valid trace is
 * the same, event by event; messages are ours, where it has several ours may be one. They stand in `rules/`.
 */
import type {Cursor} from './cursor.ts';
import {Ev, FIRST_EXPERIMENTAL, timedEvents} from './event-types.ts';
import type {Generation} from './generation.ts';
import * as goroutines from './rules/goroutines.ts';
import * as procs from './rules/procs.ts';
import * as ranges from './rules/ranges.ts';
import * as syscalls from './rules/syscalls.ts';
import * as tasks from './rules/tasks.ts';
import {Turn, type Advance} from './turn.ts';

export class Ordering {
  readonly #turn = new Turn();
  /** What `advance` took, and what is known of every goroutine, proc and thread. */
  readonly queue = this.#turn.queue;
  readonly state = this.#turn.state;

  /** Why the last advance was Broken. */
  get problem(): string {
    return this.#turn.problem;
  }

  /** Tries to take the event that `cursor` holds. Done puts one to three events into `queue`. Hot: once for every try. */
  advance(cursor: Cursor, generation: Generation): Advance {
    const turn = this.#turn;
    turn.begin(cursor, generation);
    return cursor.type >= FIRST_EXPERIMENTAL ? turn.doneWith('must', 'may', 'may') : dispatch(turn, cursor.type);
  }
}

function dispatch(turn: Turn, type: number): Advance {
  switch (type) {
    case Ev.GoStart: return goroutines.goStart(turn);
    case Ev.GoBlock:
    case Ev.GoStop:
    case Ev.GoDestroy: return goroutines.goStopExecuting(turn, type);
    case Ev.GoUnblock: return goroutines.goUnblock(turn);
    case Ev.GoCreate:
    case Ev.GoCreateBlocked: return goroutines.goCreate(turn, type);
    case Ev.GoSwitch:
    case Ev.GoSwitchDestroy: return goroutines.goSwitch(turn, type);
    case Ev.GoStatus:
    case Ev.GoStatusStack: return goroutines.goStatus(turn);
    case Ev.GoSyscallBegin: return syscalls.goSyscallBegin(turn);
    case Ev.GoSyscallEnd: return syscalls.goSyscallEnd(turn);
    case Ev.GoSyscallEndBlocked: return syscalls.goSyscallEndBlocked(turn);
    case Ev.GoCreateSyscall: return syscalls.goCreateSyscall(turn);
    case Ev.GoDestroySyscall: return syscalls.goDestroySyscall(turn);
    case Ev.ProcStart: return procs.procStart(turn);
    case Ev.ProcStop: return procs.procStop(turn);
    case Ev.ProcSteal: return procs.procSteal(turn);
    case Ev.ProcStatus: return procs.procStatus(turn);
    case Ev.ProcsChange:
    case Ev.GoLabel:
    case Ev.UserLog: return turn.doneWith('must', 'must', 'must');
    case Ev.HeapAlloc:
    case Ev.HeapGoal: return turn.doneWith('must', 'must', 'may');
    case Ev.GCActive: return ranges.gcActive(turn);
    case Ev.GCBegin: return ranges.gcBegin(turn);
    case Ev.GCEnd: return ranges.gcEnd(turn);
    case Ev.GCSweepBegin:
    case Ev.GCSweepEnd: return ranges.sweep(turn, type);
    case Ev.GCSweepActive: return ranges.sweepActive(turn);
    case Ev.STWBegin:
    case Ev.GCMarkAssistBegin: return ranges.rangeBegin(turn, type);
    case Ev.STWEnd:
    case Ev.GCMarkAssistEnd: return ranges.rangeEnd(turn, type);
    case Ev.GCMarkAssistActive: return ranges.markAssistActive(turn);
    case Ev.UserTaskBegin: return tasks.taskBegin(turn);
    case Ev.UserTaskEnd: return tasks.taskEnd(turn);
    case Ev.UserRegionBegin:
    case Ev.UserRegionEnd: return tasks.region(turn, type);
    default: return turn.broken(`event ${timedEvents[type]?.name ?? type} has no place among timed events`);
  }
}

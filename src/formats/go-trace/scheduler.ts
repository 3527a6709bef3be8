/** What the scheduler emulation knows at one moment: the state of every goroutine, proc and thread. */

/** A sequence number: the `n`-th within generation `generation`. */
export interface Sequenced {
  generation: number;
  n: number;
}

/** Go's gstatus of the wire. */
export const GoStatus = {Runnable: 1, Running: 2, Syscall: 3, Waiting: 4} as const;

/** Go's pstatus of the wire. SyscallAbandoned: in a syscall, but on which thread is lost. */
export const ProcStatus = {Running: 1, Idle: 2, Syscall: 3, SyscallAbandoned: 4} as const;

/** States of goroutines as events show them, the words of Go's own printer. */
export const goStateNames = ['Undetermined', 'NotExist', 'Runnable', 'Running', 'Waiting', 'Syscall'] as const;
export const GoState = {Undetermined: 0, NotExist: 1, Runnable: 2, Running: 3, Waiting: 4, Syscall: 5} as const;

/** States of procs as events show them. */
export const procStateNames = ['Undetermined', 'NotExist', 'Running', 'Idle'] as const;
export const ProcState = {Undetermined: 0, NotExist: 1, Running: 2, Idle: 3} as const;

/** GoState of each gstatus. */
export const goStateOf: readonly number[] = [GoState.Undetermined, GoState.Runnable, GoState.Running, GoState.Syscall, GoState.Waiting];

/** ProcState of each pstatus: a proc in a syscall shows as running, an abandoned one as idle. */
export const procStateOf: readonly number[] = [ProcState.Undetermined, ProcState.Running, ProcState.Idle, ProcState.Running, ProcState.Idle];

export interface Goroutine extends Sequenced {
  status: number;
  /** Ranges in progress: the string number of a stop-the-world's kind, or MARK_ASSIST. */
  ranges: number[];
  /** Regions in progress, innermost last. */
  regions: {task: number; name: string}[];
}

export const MARK_ASSIST = -1;

export interface Proc extends Sequenced {
  status: number;
  sweeping: boolean;
}

/** A thread and what is bound to it; -1 none. */
export interface Thread {
  g: number;
  p: number;
}

export interface Task {
  readonly parent: number;
  readonly name: Uint8Array;
}

export class Scheduler {
  readonly goroutines = new Map<number, Goroutine>();
  readonly procs = new Map<number, Proc>();
  readonly threads = new Map<number, Thread>();
  readonly tasks = new Map<number, Task>();
  gcSequence = 0;
  gc: 'undetermined' | 'running' | 'not-running' = 'undetermined';
  /** Number of the first generation; 0 before the first event. */
  initialGeneration = 0;

  /** The thread's state, made when it is seen for the first time. */
  thread(m: number): Thread {
    let thread = this.threads.get(m);
    if (!thread) this.threads.set(m, (thread = {g: -1, p: -1}));
    return thread;
  }

  addGoroutine(g: number, status: number, generation: number): void {
    this.goroutines.set(g, {status, generation, n: 0, ranges: [], regions: []});
  }
}

/** True when (generation, n) comes right after `last`. */
export function succeeds(generation: number, n: number, last: Sequenced): boolean {
  return generation === last.generation && n === last.n + 1;
}

/**
 * Puts events in an order that the scheduler could have produced. Each thread's events are in order; between threads, sequence
 * numbers say what must come first. An event whose turn has not come waits; one that no order could allow is a fault.
 *
 * The rules are those of Go's own reader (internal/trace/order.go of Go 1.27.3), so that the order of every valid trace is
 * the same, event by event; messages are ours, where it has several ours may be one.
 */
import type {Cursor} from './cursor.ts';
import {Ev, FIRST_EXPERIMENTAL, timedEvents} from './event-types.ts';
import type {Generation} from './generation.ts';
import {EventQueue, type OrderedEvent} from './ordered-event.ts';
import {GoState, goStateOf, GoStatus, MARK_ASSIST, ProcState, procStateOf, ProcStatus, Scheduler, succeeds, type Goroutine, type Thread} from './scheduler.ts';

/** What `advance` says: the event is in `queue`, it has to wait for another thread, or it fits nowhere (see `problem`). */
export const Advance = {Done: 1, Wait: 0, Broken: -1} as const;
export type Advance = (typeof Advance)[keyof typeof Advance];

/** Which of thread, proc and goroutine an event needs. */
type Need = 'must' | 'may' | 'must-not';

const NO_THREAD: Thread = {g: -1, p: -1};
const decoder = new TextDecoder();

export class Ordering {
  readonly queue = new EventQueue();
  readonly state = new Scheduler();
  /** Why the last advance was Broken. */
  problem = '';
  #cursor!: Cursor;
  #generation!: Generation;
  #thread: Thread = NO_THREAD;
  /** Thread that the event is shown on; differs from the cursor's where an event describes another one. */
  #m = -1;
  #p = -1;
  #g = -1;

  /** Tries to take the event that `cursor` holds. Done puts one to three events into `queue`. */
  advance(cursor: Cursor, generation: Generation): Advance {
    if (this.state.initialGeneration === 0) this.state.initialGeneration = generation.number;
    this.#cursor = cursor;
    this.#generation = generation;
    this.#m = cursor.m;
    // A batch that belongs to no thread has no context, and binds nothing.
    this.#thread = cursor.m === -1 ? {g: -1, p: -1} : this.state.thread(cursor.m);
    this.#p = this.#thread.p;
    this.#g = this.#thread.g;
    if (cursor.type >= FIRST_EXPERIMENTAL) return this.#needs('must', 'may', 'may') ? this.#done() : Advance.Broken;
    return this.#dispatch(cursor.type);
  }

  #dispatch(type: number): Advance {
    switch (type) {
      case Ev.GoStart: return this.#goStart();
      case Ev.GoBlock:
      case Ev.GoStop:
      case Ev.GoDestroy: return this.#goStopExecuting(type);
      case Ev.GoUnblock: return this.#goUnblock();
      case Ev.GoCreate:
      case Ev.GoCreateBlocked: return this.#goCreate(type);
      case Ev.GoSyscallBegin: return this.#goSyscallBegin();
      case Ev.GoSyscallEnd: return this.#goSyscallEnd();
      case Ev.GoSyscallEndBlocked: return this.#goSyscallEndBlocked();
      case Ev.GoSwitch:
      case Ev.GoSwitchDestroy: return this.#goSwitch(type);
      case Ev.GoStatus:
      case Ev.GoStatusStack: return this.#goStatus();
      case Ev.GoCreateSyscall: return this.#goCreateSyscall();
      case Ev.GoDestroySyscall: return this.#goDestroySyscall();
      case Ev.ProcStart: return this.#procStart();
      case Ev.ProcStop: return this.#procStop();
      case Ev.ProcSteal: return this.#procSteal();
      case Ev.ProcStatus: return this.#procStatus();
      case Ev.ProcsChange:
      case Ev.GoLabel:
      case Ev.UserLog: return this.#needs('must', 'must', 'must') ? this.#done() : Advance.Broken;
      case Ev.HeapAlloc:
      case Ev.HeapGoal: return this.#needs('must', 'must', 'may') ? this.#done() : Advance.Broken;
      case Ev.GCActive: return this.#gcActive();
      case Ev.GCBegin: return this.#gcBegin();
      case Ev.GCEnd: return this.#gcEnd();
      case Ev.GCSweepBegin:
      case Ev.GCSweepEnd: return this.#sweep(type);
      case Ev.GCSweepActive: return this.#sweepActive();
      case Ev.STWBegin:
      case Ev.GCMarkAssistBegin: return this.#rangeBegin(type);
      case Ev.STWEnd:
      case Ev.GCMarkAssistEnd: return this.#rangeEnd(type);
      case Ev.GCMarkAssistActive: return this.#markAssistActive();
      case Ev.UserTaskBegin: return this.#taskBegin();
      case Ev.UserTaskEnd: return this.#taskEnd();
      case Ev.UserRegionBegin:
      case Ev.UserRegionEnd: return this.#region(type);
      default: return this.#broken(`event ${timedEvents[type]?.name ?? type} has no place among timed events`);
    }
  }

  // ---- procs ----

  #procStatus(): Advance {
    const p = this.#cursor.args[0];
    const status = this.#cursor.args[1];
    if (!(status >= 0 && status < procStateOf.length)) return this.#broken(`proc ${p} has status ${status}, which does not exist`);
    let before = procStateOf[status];
    let shown = status;
    let owner = false;
    const known = this.state.procs.get(p);
    if (known) {
      const abandoned = status === ProcStatus.SyscallAbandoned;
      if (abandoned && known.status === ProcStatus.Syscall) {
        // We saw it enter the syscall, so nothing was lost: it counts as still in it, on the thread that it is bound to.
        before = ProcState.Running;
        shown = ProcStatus.Syscall;
        owner = true;
      } else if (abandoned && known.status === ProcStatus.SyscallAbandoned) before = ProcState.Idle;
      else if (known.status !== status) return this.#broken(`proc ${p} is said to have status ${status} but has ${known.status}`);
      known.generation = this.#generation.number;
      known.n = 0;
    } else {
      this.state.procs.set(p, {status, sweeping: false, generation: this.#generation.number, n: 0});
      before = this.#initial ? ProcState.Undetermined : ProcState.NotExist;
    }
    if (owner && !this.#showOnThreadOf(p)) return this.#broken(`proc ${p} is about to be stolen, but no thread has it`);
    const event = this.#push();
    event.before = before;
    event.args[1] = shown;
    if (status === ProcStatus.Running || status === ProcStatus.Syscall) this.#thread.p = p;
    return Advance.Done;
  }

  #showOnThreadOf(p: number): boolean {
    let found = false;
    for (const [m, thread] of this.state.threads) {
      if (thread.p !== p) continue;
      this.#m = m;
      this.#p = p;
      this.#g = thread.g;
      found = true;
    }
    return found;
  }

  #procStart(): Advance {
    const p = this.#cursor.args[0];
    const n = this.#cursor.args[1];
    const proc = this.state.procs.get(p);
    if (!proc || proc.status !== ProcStatus.Idle || !succeeds(this.#generation.number, n, proc) || this.#p !== -1) return Advance.Wait;
    if (!this.#needs('must', 'must-not', 'may')) return Advance.Broken;
    proc.status = ProcStatus.Running;
    proc.n = n;
    this.#push();
    this.#thread.p = p;
    return Advance.Done;
  }

  #procStop(): Advance {
    const proc = this.state.procs.get(this.#p);
    if (!proc) return this.#broken(`ProcStop on thread ${this.#m}, which has no known proc`);
    if (proc.status !== ProcStatus.Running && proc.status !== ProcStatus.Syscall) return this.#broken(`ProcStop of proc ${this.#p}, which is neither running nor in a syscall`);
    if (!this.#needs('must', 'must', 'may')) return Advance.Broken;
    proc.status = ProcStatus.Idle;
    this.#push();
    this.#thread.p = -1;
    return Advance.Done;
  }

  #procSteal(): Advance {
    const p = this.#cursor.args[0];
    const n = this.#cursor.args[1];
    const from = this.#cursor.args[2];
    const proc = this.state.procs.get(p);
    const stealable = proc && (proc.status === ProcStatus.Syscall || proc.status === ProcStatus.SyscallAbandoned);
    if (!proc || !stealable || !succeeds(this.#generation.number, n, proc)) return Advance.Wait;
    if (!this.#needs('must', 'may', 'may')) return Advance.Broken;
    const abandoned = proc.status === ProcStatus.SyscallAbandoned;
    const victim = from === this.#cursor.m ? this.#thread : this.state.threads.get(from);
    if (!abandoned && victim?.p !== p) return this.#broken(`proc ${p} is stolen from thread ${from}, which ${victim ? `has proc ${victim.p}` : 'was never seen'}`);
    proc.status = ProcStatus.Idle;
    proc.n = n;
    const event = this.#push();
    // Of an abandoned proc the thread is lost, so nothing is unbound and nothing shown as having run.
    event.before = abandoned ? ProcState.Idle : ProcState.Running;
    if (!abandoned && victim) victim.p = -1;
    return Advance.Done;
  }

  // ---- goroutines ----

  #goStatus(): Advance {
    const g = this.#cursor.args[0];
    const mid = this.#cursor.args[1];
    const status = this.#cursor.args[2];
    if (!(status >= 0 && status < goStateOf.length)) return this.#broken(`goroutine ${g} has status ${status}, which does not exist`);
    let before = goStateOf[status];
    const known = this.state.goroutines.get(g);
    if (known) {
      if (known.status !== status) return this.#broken(`goroutine ${g} is said to have status ${status} but has ${known.status}`);
      known.generation = this.#generation.number;
      known.n = 0;
    } else if (this.#initial) {
      this.state.addGoroutine(g, status, this.#generation.number);
      before = GoState.Undetermined;
    } else return this.#broken(`goroutine ${g} is new to the trace, but no event created it`);

    let bind = status === GoStatus.Running;
    if (status === GoStatus.Syscall) {
      if (mid === -1) return this.#broken(`goroutine ${g} is in a syscall on no thread`);
      if (mid === this.#cursor.m) {
        if (!this.#initial && this.#g !== g) return this.#broken(`goroutine ${g} is in a syscall on thread ${mid}, which has goroutine ${this.#g}`);
        bind = true;
      } else {
        // It has been in this syscall, on another thread, for the whole generation.
        const other = this.state.threads.get(mid);
        if (other && other.g !== g) return this.#broken(`goroutine ${g} is in a syscall on thread ${mid}, which has goroutine ${other.g}`);
        if (other) this.#g = g;
        else this.state.threads.set(mid, {g, p: -1});
        this.#m = mid;
      }
    }
    const event = this.#push();
    event.before = before;
    if (bind) this.#thread.g = g;
    return Advance.Done;
  }

  #goCreate(type: number): Advance {
    if (!this.#needs('must', 'must', 'may')) return Advance.Broken;
    const creator = this.state.goroutines.get(this.#g);
    if (creator && creator.status !== GoStatus.Running) return this.#broken(`goroutine ${this.#g} creates another while it is not running`);
    const g = this.#cursor.args[0];
    if (this.state.goroutines.has(g)) return this.#broken(`goroutine ${g} is created but exists already`);
    this.state.addGoroutine(g, type === Ev.GoCreateBlocked ? GoStatus.Waiting : GoStatus.Runnable, this.#generation.number);
    return this.#done();
  }

  #goStopExecuting(type: number): Advance {
    const goroutine = this.#running(timedEvents[type]!.name);
    if (!goroutine) return Advance.Broken;
    if (type === Ev.GoDestroy) this.state.goroutines.delete(this.#g);
    else goroutine.status = type === Ev.GoStop ? GoStatus.Runnable : GoStatus.Waiting;
    this.#push();
    this.#thread.g = -1;
    return Advance.Done;
  }

  #goStart(): Advance {
    const g = this.#cursor.args[0];
    const n = this.#cursor.args[1];
    const goroutine = this.state.goroutines.get(g);
    if (!goroutine || goroutine.status !== GoStatus.Runnable || !succeeds(this.#generation.number, n, goroutine)) return Advance.Wait;
    if (!this.#needs('must', 'must', 'must-not')) return Advance.Broken;
    goroutine.status = GoStatus.Running;
    goroutine.n = n;
    this.#push();
    this.#thread.g = g;
    return Advance.Done;
  }

  #goUnblock(): Advance {
    const g = this.#cursor.args[0];
    const n = this.#cursor.args[1];
    const goroutine = this.state.goroutines.get(g);
    if (!goroutine || goroutine.status !== GoStatus.Waiting || !succeeds(this.#generation.number, n, goroutine)) return Advance.Wait;
    goroutine.status = GoStatus.Runnable;
    goroutine.n = n;
    // Anything may unblock a goroutine, also a thread without a proc: no context is needed.
    return this.#done();
  }

  /** One switch is three events at one time: the next goroutine is unblocked, this one blocks or ends, the next one starts. */
  #goSwitch(type: number): Advance {
    const current = this.#running(timedEvents[type]!.name);
    if (!current) return Advance.Broken;
    const g = this.#cursor.args[0];
    const n = this.#cursor.args[1];
    const next = this.state.goroutines.get(g);
    if (!next || next.status !== GoStatus.Waiting || !succeeds(this.#generation.number, n, next)) return Advance.Wait;
    this.#push();
    const stop = this.#push();
    stop.args.fill(0);
    if (type === Ev.GoSwitch) {
      current.status = GoStatus.Waiting;
      stop.type = Ev.GoBlock;
    } else {
      this.state.goroutines.delete(this.#g);
      stop.type = Ev.GoDestroy;
    }
    next.status = GoStatus.Running;
    next.n = n;
    const start = this.#push();
    start.type = Ev.GoStart;
    start.g = -1;
    this.#thread.g = g;
    return Advance.Done;
  }

  #goSyscallBegin(): Advance {
    const goroutine = this.#running('GoSyscallBegin');
    if (!goroutine) return Advance.Broken;
    const proc = this.state.procs.get(this.#p);
    if (!proc) return this.#broken(`GoSyscallBegin on proc ${this.#p}, which was never seen`);
    const n = this.#cursor.args[0];
    // The proc is running here, so its number must fit now; it tells which syscall a later steal ends.
    if (!succeeds(this.#generation.number, n, proc)) return this.#broken(`GoSyscallBegin has number ${n} of proc ${this.#p}, which is at ${proc.n}`);
    goroutine.status = GoStatus.Syscall;
    proc.status = ProcStatus.Syscall;
    proc.n = n;
    return this.#done();
  }

  #goSyscallEnd(): Advance {
    if (!this.#needs('must', 'must', 'must')) return Advance.Broken;
    const goroutine = this.#inSyscall('GoSyscallEnd');
    if (!goroutine) return Advance.Broken;
    const proc = this.state.procs.get(this.#p);
    if (proc?.status !== ProcStatus.Syscall) return this.#broken(`GoSyscallEnd on proc ${this.#p}, which is in no syscall`);
    goroutine.status = GoStatus.Running;
    proc.status = ProcStatus.Running;
    return this.#done();
  }

  /** Waits until the proc was taken away: the event itself says that it will be. */
  #goSyscallEndBlocked(): Advance {
    if (this.#p !== -1) {
      const proc = this.state.procs.get(this.#p);
      if (!proc) return this.#broken(`GoSyscallEndBlocked on proc ${this.#p}, which was never seen`);
      if (proc.status === ProcStatus.Syscall) return Advance.Wait;
    }
    if (!this.#needs('must', 'may', 'must')) return Advance.Broken;
    const goroutine = this.#inSyscall('GoSyscallEndBlocked');
    if (!goroutine) return Advance.Broken;
    goroutine.status = GoStatus.Runnable;
    this.#push();
    this.#thread.g = -1;
    return Advance.Done;
  }

  #goCreateSyscall(): Advance {
    if (!this.#needs('must', 'may', 'must-not')) return Advance.Broken;
    const g = this.#cursor.args[0];
    if (this.state.goroutines.has(g)) return this.#broken(`goroutine ${g} is created in a syscall but exists already`);
    this.state.addGoroutine(g, GoStatus.Syscall, this.#generation.number);
    this.#push();
    this.#thread.g = g;
    return Advance.Done;
  }

  /** The end of a cgo callback's goroutine. The thread may be gone, and its number reused, so it loses its proc as well. */
  #goDestroySyscall(): Advance {
    if (!this.#needs('must', 'may', 'must')) return Advance.Broken;
    if (!this.#inSyscall('GoDestroySyscall')) return Advance.Broken;
    if (this.#p !== -1) {
      const proc = this.state.procs.get(this.#p);
      if (proc?.status !== ProcStatus.Syscall) return this.#broken(`GoDestroySyscall on proc ${this.#p}, which is in no syscall`);
      proc.status = ProcStatus.SyscallAbandoned;
      const steal = this.#push();
      steal.type = Ev.ProcSteal;
      steal.args.fill(0);
      steal.args[0] = this.#p;
      steal.before = ProcState.Running;
      this.#thread.p = -1;
    }
    this.state.goroutines.delete(this.#g);
    this.#push();
    this.#thread.g = -1;
    return Advance.Done;
  }

  // ---- garbage collection and other ranges ----

  #gcActive(): Advance {
    const sequence = this.#cursor.args[0];
    const {state} = this;
    if (this.#initial) {
      if (state.gc !== 'undetermined') return this.#broken('GCActive in the first generation is not its first GC event');
      state.gcSequence = sequence;
      state.gc = 'running';
      return this.#done();
    }
    if (sequence !== state.gcSequence + 1) return Advance.Wait;
    if (state.gc !== 'running') return this.#broken('GCActive while no GC is running');
    state.gcSequence = sequence;
    return this.#needs('must', 'must', 'must') ? this.#done() : Advance.Broken;
  }

  #gcBegin(): Advance {
    const sequence = this.#cursor.args[0];
    const {state} = this;
    if (state.gc !== 'undetermined') {
      if (sequence !== state.gcSequence + 1) return Advance.Wait;
      if (state.gc === 'running') return this.#broken('GCBegin while a GC is running');
      if (!this.#needs('must', 'must', 'must')) return Advance.Broken;
    }
    state.gcSequence = sequence;
    state.gc = 'running';
    return this.#done();
  }

  #gcEnd(): Advance {
    const sequence = this.#cursor.args[0];
    const {state} = this;
    if (sequence !== state.gcSequence + 1) return Advance.Wait;
    if (state.gc !== 'running') return this.#broken('GCEnd while no GC is known to run');
    if (!this.#needs('must', 'must', 'must')) return Advance.Broken;
    state.gcSequence = sequence;
    state.gc = 'not-running';
    return this.#done();
  }

  #sweep(type: number): Advance {
    if (!this.#needs('must', 'must', 'may')) return Advance.Broken;
    const proc = this.state.procs.get(this.#p);
    const begins = type === Ev.GCSweepBegin;
    if (!proc || proc.sweeping === begins) return this.#broken(begins ? `proc ${this.#p} begins a sweep inside a sweep` : `proc ${this.#p} ends a sweep that it did not begin`);
    proc.sweeping = begins;
    return this.#done();
  }

  #sweepActive(): Advance {
    const p = this.#cursor.args[0];
    const proc = this.state.procs.get(p);
    if (!proc || proc.sweeping === this.#initial) return this.#broken(`GCSweepActive does not fit proc ${p}`);
    proc.sweeping = true;
    return this.#done();
  }

  #rangeBegin(type: number): Advance {
    const goroutine = this.#current(timedEvents[type]!.name);
    if (!goroutine) return Advance.Broken;
    const range = type === Ev.STWBegin ? this.#cursor.args[0] : MARK_ASSIST;
    if (goroutine.ranges.includes(range)) return this.#broken(`${timedEvents[type]!.name} of goroutine ${this.#g}, which is in it already`);
    goroutine.ranges.push(range);
    return this.#done();
  }

  #rangeEnd(type: number): Advance {
    const goroutine = this.#current(timedEvents[type]!.name);
    if (!goroutine) return Advance.Broken;
    const {ranges} = goroutine;
    const at = ranges.findIndex((range) => (range === MARK_ASSIST) === (type === Ev.GCMarkAssistEnd));
    if (at < 0) return this.#broken(`${timedEvents[type]!.name} of goroutine ${this.#g}, which is not in it`);
    const range = ranges[at];
    ranges[at] = ranges[ranges.length - 1];
    ranges.pop();
    const event = this.#push();
    if (type === Ev.STWEnd) event.args[0] = range;
    return Advance.Done;
  }

  #markAssistActive(): Advance {
    const g = this.#cursor.args[0];
    const goroutine = this.state.goroutines.get(g);
    if (!goroutine || goroutine.ranges.includes(MARK_ASSIST) === this.#initial) return this.#broken(`GCMarkAssistActive does not fit goroutine ${g}`);
    if (this.#initial) goroutine.ranges.push(MARK_ASSIST);
    return this.#done();
  }

  // ---- tasks and regions ----

  #taskBegin(): Advance {
    const task = this.#cursor.args[0];
    const parent = this.#cursor.args[1];
    if (this.state.tasks.has(task)) return this.#broken(`task ${task} begins but is active already`);
    const name = this.#string(this.#cursor.args[2]);
    if (!name || !this.#needs('must', 'must', 'must')) return Advance.Broken;
    // In this event 0 means no parent, not the background task.
    const shownParent = parent === 0 ? -1 : parent;
    this.state.tasks.set(task, {parent: shownParent, name});
    const event = this.#push();
    event.args[1] = shownParent;
    return Advance.Done;
  }

  #taskEnd(): Advance {
    if (!this.#needs('must', 'must', 'must')) return Advance.Broken;
    const id = this.#cursor.args[0];
    const task = this.state.tasks.get(id);
    const event = this.#push();
    if (task) {
      event.parentTask = task.parent;
      event.taskName = task.name;
      this.state.tasks.delete(id);
    }
    return Advance.Done;
  }

  #region(type: number): Advance {
    const goroutine = this.#current(timedEvents[type]!.name);
    const name = goroutine && this.#string(this.#cursor.args[1]);
    if (!goroutine || !name) return Advance.Broken;
    const region = {task: this.#cursor.args[0], name: decoder.decode(name)};
    if (type === Ev.UserRegionBegin) goroutine.regions.push(region);
    else {
      // A region that began before the trace ends without a beginning.
      const inner = goroutine.regions.at(-1);
      if (inner && (inner.task !== region.task || inner.name !== region.name)) {
        return this.#broken(`region “${region.name}” ends in goroutine ${this.#g}, whose innermost region is “${inner.name}”`);
      }
      goroutine.regions.pop();
    }
    return this.#done();
  }

  // ---- shared ----

  get #initial(): boolean {
    return this.#generation.number === this.state.initialGeneration;
  }

  #string(id: number): Uint8Array | null {
    const name = this.#generation.strings.get(id);
    if (!name) this.#broken(`string ${id} is not in its generation`);
    return name ?? null;
  }

  /** The goroutine on this thread, for events of user code; null (and a problem) when there is none. */
  #current(event: string): Goroutine | null {
    if (!this.#needs('must', 'must', 'must')) return null;
    const goroutine = this.state.goroutines.get(this.#g);
    if (!goroutine) this.#broken(`${event} of goroutine ${this.#g}, which does not exist`);
    return goroutine ?? null;
  }

  #running(event: string): Goroutine | null {
    const goroutine = this.#current(event);
    if (goroutine && goroutine.status !== GoStatus.Running) {
      this.#broken(`${event} of goroutine ${this.#g}, which is not running`);
      return null;
    }
    return goroutine;
  }

  #inSyscall(event: string): Goroutine | null {
    const goroutine = this.state.goroutines.get(this.#g);
    if (goroutine?.status === GoStatus.Syscall) return goroutine;
    this.#broken(`${event} of goroutine ${this.#g}, which is in no syscall`);
    return null;
  }

  #needs(m: Need, p: Need, g: Need): boolean {
    return this.#need('thread', m, this.#m) && this.#need('proc', p, this.#p) && this.#need('goroutine', g, this.#g);
  }

  #need(what: string, need: Need, id: number): boolean {
    if (need === 'must' && id === -1) this.problem = `expected a ${what} but didn't have one`;
    else if (need === 'must-not' && id !== -1) this.problem = `expected no ${what} but had one`;
    else return true;
    return false;
  }

  #broken(problem: string): Advance {
    this.problem = problem;
    return Advance.Broken;
  }

  #done(): Advance {
    this.#push();
    return Advance.Done;
  }

  #push(): OrderedEvent {
    const event = this.queue.push();
    const cursor = this.#cursor;
    event.type = cursor.type;
    event.timeNs = cursor.timeNs;
    event.m = this.#m;
    event.p = this.#p;
    event.g = this.#g;
    event.args.set(cursor.args);
    event.exact = cursor.exact;
    event.generation = this.#generation;
    event.byte = cursor.byte;
    return event;
  }
}

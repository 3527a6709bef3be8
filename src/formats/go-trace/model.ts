/** Ordered events -> the tables of the model. One method a kind of event; the order is done, so nothing here waits or fails. */
import type {TraceBuilder} from '../../model/builder.ts';
import {procOwner} from '../../model/states.ts';
import {ArgumentKind, SpanKind, State} from '../../model/tables.ts';
import {Ev, FIRST_EXPERIMENTAL, timedEvents} from './event-types.ts';
import {GenerationTables} from './generation-tables.ts';
import type {Generation} from './generation.ts';
import {eventString, metricName, rangeName} from './names.ts';
import {SYNC, type OrderedEvent} from './ordered-event.ts';
import {GoState, goStateOf, ProcState, procStateOf} from './scheduler.ts';
import {StackSizes} from './stack-sizes.ts';

/** The model's state for each of the emulation's. */
const STATE_OF_GO: Readonly<Record<number, State>> = {
  [GoState.Undetermined]: State.Undetermined,
  [GoState.Runnable]: State.Runnable,
  [GoState.Running]: State.Running,
  [GoState.Waiting]: State.Waiting,
  [GoState.Syscall]: State.Syscall,
};

export class ModelWriter {
  readonly #build: TraceBuilder;
  readonly #stackSizes: StackSizes;
  readonly #goroutineRows = new Map<number, number>();
  readonly #procRows = new Map<number, number>();
  /** Last state written, by row of goroutines and by row of procs. */
  readonly #goroutineStates: State[] = [];
  readonly #procStates: State[] = [];
  readonly #cpuSample: number;
  /** Rows of spans that have begun: by kind and what they belong to, innermost last. */
  readonly #open = new Map<string, number[]>();
  #tables: GenerationTables;
  /** Nanoseconds from the start of the trace to its last event. */
  #lastThread = {m: -1, row: -1};

  constructor(build: TraceBuilder) {
    this.#build = build;
    this.#stackSizes = new StackSizes(build);
    this.#tables = new GenerationTables(build, null);
    this.#cpuSample = build.event(build.string('cpu-sample'));
  }

  generation(generation: Generation, originNs: number): void {
    this.#tables = new GenerationTables(this.#build, generation);
    const reading = generation.clockReading;
    if (!reading) return;
    const timeNs = Math.trunc(reading.ticks * generation.nsPerTick) - originNs;
    this.#build.clockReadings.push({timeNs, monotonicNs: reading.monotonicNs, wallNs: reading.wallNs});
  }

  /** Writes one event. Hot: once for every event of the trace. */
  event(event: OrderedEvent): void {
    const {type, timeNs, args} = event;
    if (type === SYNC) return;
    this.#build.saw(timeNs);
    switch (type) {
      case Ev.GoStart: return this.#goState(event, this.#goroutine(args[0]), State.Running, 0, 0, -1);
      case Ev.GoBlock: return this.#goState(event, this.#goroutine(event.g), State.Waiting, args[0], args[1], -1);
      case Ev.GoStop: return this.#goState(event, this.#goroutine(event.g), State.Runnable, args[0], args[1], -1);
      case Ev.GoUnblock: return this.#unblock(event, args[2]);
      case Ev.GoSwitch:
      case Ev.GoSwitchDestroy: return this.#unblock(event, 0);
      case Ev.GoSyscallBegin: return this.#goState(event, this.#goroutine(event.g), State.Syscall, 0, args[1], -1);
      case Ev.GoSyscallEnd: return this.#goState(event, this.#goroutine(event.g), State.Running, 0, 0, -1);
      case Ev.GoSyscallEndBlocked: return this.#goState(event, this.#goroutine(event.g), State.Runnable, 0, 0, -1);
      case Ev.GoCreate: return this.#create(event, State.Runnable);
      case Ev.GoCreateBlocked: return this.#create(event, State.Waiting);
      case Ev.GoCreateSyscall: return this.#createInSyscall(event);
      case Ev.GoDestroy:
      case Ev.GoDestroySyscall: return this.#destroy(event);
      case Ev.GoStatus:
      case Ev.GoStatusStack: return this.#goStatus(event);
      case Ev.ProcStart: return this.#procState(event, args[0], State.Running);
      case Ev.ProcStop: return this.#procState(event, event.p, State.Idle);
      case Ev.ProcSteal: return event.before === ProcState.Running ? this.#procState(event, args[0], State.Idle) : undefined;
      case Ev.ProcStatus: return this.#procStatus(event);
      case Ev.ProcsChange:
      case Ev.HeapAlloc:
      case Ev.HeapGoal: return this.#counter(event);
      case Ev.CPUSample: return this.#sample(event);
      case Ev.GoLabel: return this.#label(event);
      case Ev.UserLog: return this.#log(event);
      default: return type >= FIRST_EXPERIMENTAL ? this.#experimental(event) : this.#span(event);
    }
  }

  // ---- goroutines ----

  #goroutine(id: number): number {
    if (id === -1) return -1;
    let row = this.#goroutineRows.get(id);
    if (row === undefined) {
      const {goroutines} = this.#build;
      row = goroutines.add();
      const {rows} = goroutines;
      rows.id[row] = id;
      rows.startFunction[row] = -1;
      rows.creator[row] = -1;
      rows.creatorStack[row] = -1;
      rows.startNs[row] = Number.NaN;
      rows.endNs[row] = Number.NaN;
      this.#goroutineRows.set(id, row);
    }
    return row;
  }

  #goState(event: OrderedEvent, goroutine: number, state: State, reasonId: number, stackId: number, by: number): void {
    if (goroutine < 0) return;
    const stack = this.#tables.stack(stackId);
    if (stack >= 0 && by < 0) this.#nameFromStack(goroutine, stackId);
    const {states} = this.#build;
    const row = states.add();
    const {rows} = states;
    const executes = state === State.Running || state === State.Syscall;
    rows.startNs[row] = event.timeNs;
    rows.owner[row] = goroutine;
    rows.state[row] = state;
    this.#goroutineStates[goroutine] = state;
    rows.thread[row] = executes ? this.#thread(event.m) : -1;
    // In a syscall it may lose its proc at any time.
    rows.proc[row] = state === State.Running ? this.#proc(event.p) : -1;
    rows.reason[row] = reasonId === 0 ? -1 : this.#tables.string(reasonId);
    rows.stack[row] = stack;
    rows.by[row] = by;
  }

  /** Without a goroutine that did it (the scheduler, the network poller) the stack would look like the goroutine's own. */
  #unblock(event: OrderedEvent, stackId: number): void {
    const by = this.#goroutine(event.g);
    this.#goState(event, this.#goroutine(event.args[0]), State.Runnable, 0, by < 0 ? 0 : stackId, by);
  }

  #create(event: OrderedEvent, state: State): void {
    const {args, timeNs} = event;
    const creator = this.#goroutine(event.g);
    const goroutine = this.#goroutine(args[0]);
    const {rows} = this.#build.goroutines;
    rows.startNs[goroutine] = timeNs;
    rows.creator[goroutine] = creator;
    rows.creatorStack[goroutine] = this.#tables.stack(args[2]);
    rows.startFunction[goroutine] = this.#tables.leafFunction(args[1]);
    this.#goState(event, goroutine, state, 0, creator < 0 ? 0 : args[2], creator);
    this.#stackSizes.created(timeNs, this.#thread(event.m), goroutine);
  }

  #createInSyscall(event: OrderedEvent): void {
    const goroutine = this.#goroutine(event.args[0]);
    this.#build.goroutines.rows.startNs[goroutine] = event.timeNs;
    this.#goState(event, goroutine, State.Syscall, 0, 0, -1);
  }

  #destroy(event: OrderedEvent): void {
    const goroutine = this.#goroutine(event.g);
    if (goroutine < 0) return;
    this.#build.goroutines.rows.endNs[goroutine] = event.timeNs;
    this.#stackSizes.ended(goroutine);
  }

  /**
   * A status opens the story of a goroutine that is older than the trace. Later ones repeat what is known, but where something was
   * lost before them they set it right.
   */
  #goStatus(event: OrderedEvent): void {
    const goroutine = this.#goroutine(event.args[0]);
    const stackId = event.type === Ev.GoStatusStack ? event.args[3] : 0;
    const state = STATE_OF_GO[goStateOf[event.args[2]]];
    if (this.#goroutineStates[goroutine] !== state) this.#goState(event, goroutine, state, 0, stackId, -1);
    else this.#nameFromStack(goroutine, stackId);
  }

  /** The outermost function of a whole stack is what the goroutine was started with. */
  #nameFromStack(goroutine: number, stackId: number): void {
    const {startFunction} = this.#build.goroutines.rows;
    if (goroutine >= 0 && startFunction[goroutine] < 0) startFunction[goroutine] = this.#tables.rootFunction(stackId);
  }

  // ---- procs, threads ----

  #thread(m: number): number {
    if (m === -1) return -1;
    if (m !== this.#lastThread.m) this.#lastThread = {m, row: this.#build.thread(-1, m)};
    return this.#lastThread.row;
  }

  #proc(id: number): number {
    if (id === -1) return -1;
    let row = this.#procRows.get(id);
    if (row === undefined) {
      row = this.#build.procs.add();
      this.#build.procs.rows.id[row] = id;
      this.#procRows.set(id, row);
    }
    return row;
  }

  #procState(event: OrderedEvent, p: number, state: State): void {
    if (p === -1) return;
    const proc = this.#proc(p);
    const {states} = this.#build;
    const row = states.add();
    const {rows} = states;
    rows.startNs[row] = event.timeNs;
    rows.owner[row] = procOwner(proc);
    rows.state[row] = state;
    this.#procStates[proc] = state;
    rows.thread[row] = state === State.Running ? this.#thread(event.m) : -1;
    rows.proc[row] = rows.reason[row] = rows.stack[row] = rows.by[row] = -1;
  }

  #procStatus(event: OrderedEvent): void {
    const state = procStateOf[event.args[1]] === ProcState.Running ? State.Running : State.Idle;
    if (this.#procStates[this.#proc(event.args[0])] !== state) this.#procState(event, event.args[0], state);
  }

  // ---- everything else ----

  #counter(event: OrderedEvent): void {
    const {counters} = this.#build;
    const row = counters.add();
    counters.rows.timeNs[row] = event.timeNs;
    counters.rows.name[row] = this.#build.string(metricName(event.type));
    counters.rows.value[row] = event.args[0] === -1 ? 2 ** 64 : event.args[0];
  }

  #sample(event: OrderedEvent): void {
    const {samples} = this.#build;
    const row = samples.add();
    const {rows} = samples;
    rows.timeNs[row] = event.timeNs;
    rows.period[row] = Number.NaN;
    rows.thread[row] = this.#thread(event.m);
    rows.comm[row] = -1;
    rows.cpu[row] = -1;
    rows.event[row] = this.#cpuSample;
    rows.stack[row] = this.#tables.stack(event.args[0]);
    const goroutine = this.#goroutine(event.g);
    this.#build.sampleGoroutine(row, goroutine);
    this.#nameFromStack(goroutine, event.args[0]);
  }

  #label(event: OrderedEvent): void {
    const label = this.#tables.string(event.args[0]);
    const row = this.#instant(event, 'GoLabel', 0);
    this.#build.instantArgument(row, this.#build.string('label'), ArgumentKind.Text, 0n, Math.max(label, 0));
    if (eventString(event, 0)?.startsWith('GC')) this.#stackSizes.collector(this.#goroutine(event.g));
  }

  #log(event: OrderedEvent): void {
    const {args} = event;
    const row = this.#instant(event, 'UserLog', args[3]);
    this.#build.instantArgument(row, this.#build.string('task'), ArgumentKind.Decimal, event.exact?.[0] ?? BigInt.asUintN(64, BigInt(args[0])), -1);
    this.#build.instantArgument(row, this.#build.string('category'), ArgumentKind.Text, 0n, Math.max(this.#tables.string(args[1]), 0));
    this.#build.instantArgument(row, this.#build.string('message'), ArgumentKind.Text, 0n, Math.max(this.#tables.string(args[2]), 0));
  }

  #instant(event: OrderedEvent, name: string, stackId: number): number {
    const {instants} = this.#build;
    const row = instants.add();
    instants.rows.timeNs[row] = event.timeNs;
    instants.rows.name[row] = this.#build.string(name);
    instants.rows.thread[row] = this.#thread(event.m);
    instants.rows.goroutine[row] = this.#goroutine(event.g);
    instants.rows.stack[row] = this.#tables.stack(stackId);
    return row;
  }

  #experimental(event: OrderedEvent): void {
    const {type, args, timeNs} = event;
    if (type === Ev.GoroutineStack) this.#stackSizes.present(args[0], args[1]);
    else if (type === Ev.GoroutineStackAlloc) this.#stackSizes.alloc(timeNs, this.#thread(event.m), this.#goroutine(event.g), args[0], args[1], event.byte);
    else if (type === Ev.GoroutineStackFree) this.#stackSizes.free(timeNs, this.#thread(event.m), args[0], event.byte);
    else this.#build.notKept(timedEvents[type]!.name);
  }

  #span(event: OrderedEvent): void {
    const {args} = event;
    switch (event.type) {
      case Ev.GCBegin: return this.#begin(event, SpanKind.Gc, 'gc', args[1]);
      case Ev.GCActive: return this.#confirm(event, SpanKind.Gc, 'gc');
      case Ev.GCEnd: return this.#end(event, 'gc');
      case Ev.STWBegin: return this.#begin(event, SpanKind.StopTheWorld, `stw ${event.g}`, args[1]);
      case Ev.STWEnd: return this.#end(event, `stw ${event.g}`);
      case Ev.GCSweepBegin: return this.#begin(event, SpanKind.Sweep, `sweep ${event.p}`, args[0]);
      case Ev.GCSweepActive: return this.#confirm(event, SpanKind.Sweep, `sweep ${args[0]}`);
      case Ev.GCSweepEnd: return this.#end(event, `sweep ${event.p}`);
      case Ev.GCMarkAssistBegin: return this.#begin(event, SpanKind.MarkAssist, `assist ${event.g}`, args[0]);
      case Ev.GCMarkAssistActive: return this.#confirm(event, SpanKind.MarkAssist, `assist ${args[0]}`);
      case Ev.GCMarkAssistEnd: return this.#end(event, `assist ${event.g}`);
      case Ev.UserRegionBegin: return this.#beginNamed(event, SpanKind.Region, `region ${event.g}`, args[1], args[0], -1, args[2]);
      case Ev.UserRegionEnd: return this.#end(event, `region ${event.g}`);
      case Ev.UserTaskBegin: return this.#beginNamed(event, SpanKind.Task, `task ${args[0]}`, args[2], args[0], args[1], args[3]);
      case Ev.UserTaskEnd: return this.#end(event, `task ${args[0]}`);
      default: throw new Error(`internal: no table for event ${event.type}`);
    }
  }

  #begin(event: OrderedEvent, kind: SpanKind, key: string, stackId: number): void {
    this.#addSpan(event, kind, key, this.#build.string(rangeName(event)), -1, -1, stackId);
  }

  #beginNamed(event: OrderedEvent, kind: SpanKind, key: string, nameId: number, task: number, parentTask: number, stackId: number): void {
    this.#addSpan(event, kind, key, Math.max(this.#tables.string(nameId), 0), task, parentTask, stackId);
  }

  /** A range that was in progress when the trace began: it begins with it. What tells of it need not be what it belongs to. */
  #confirm(event: OrderedEvent, kind: SpanKind, key: string): void {
    if (this.#open.get(key)?.length) return;
    this.#begin(event, kind, key, 0);
    const {rows, length} = this.#build.spans;
    const row = length - 1;
    rows.goroutine[row] = kind === SpanKind.MarkAssist ? this.#goroutine(event.args[0]) : -1;
    rows.proc[row] = kind === SpanKind.Sweep ? this.#proc(event.args[0]) : -1;
    rows.thread[row] = -1;
  }

  #addSpan(event: OrderedEvent, kind: SpanKind, key: string, name: number, task: number, parentTask: number, stackId: number): void {
    const {spans} = this.#build;
    const row = spans.add();
    const {rows} = spans;
    rows.startNs[row] = event.timeNs;
    rows.endNs[row] = Number.NaN;
    rows.kind[row] = kind;
    rows.name[row] = name;
    rows.goroutine[row] = this.#goroutine(event.g);
    rows.proc[row] = this.#proc(event.p);
    rows.thread[row] = this.#thread(event.m);
    rows.task[row] = task;
    rows.parentTask[row] = parentTask;
    rows.stack[row] = this.#tables.stack(stackId);
    const open = this.#open.get(key);
    if (open) open.push(row);
    else this.#open.set(key, [row]);
  }

  /** Ends the innermost. One that began before the trace has no beginning and is left out. */
  #end(event: OrderedEvent, key: string): void {
    const open = this.#open.get(key);
    const row = open?.pop();
    if (open?.length === 0) this.#open.delete(key);
    if (row !== undefined) this.#build.spans.rows.endNs[row] = event.timeNs;
  }
}

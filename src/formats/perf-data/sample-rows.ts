/** Samples -> rows of the Trace, with their chains, arguments and registers. Records come here in the order of time. */
import type {TraceBuilder} from '../../model/builder.ts';
import {ArgumentKind, StackEnd} from '../../model/tables.ts';
import {ArgumentColumns, ArgumentStrings} from './argument-columns.ts';
import {SampleField, type EventAttributes} from './attributes.ts';
import {CallChain} from './call-chain.ts';
import {DeferredChains} from './deferred.ts';
import type {Events, RecordedEvent} from './events.ts';
import type {RawData} from './print-event.ts';
import type {Processes, RecordedThread} from './processes.ts';
import {CpuMode, MISC_CPU_MODE} from './record-type.ts';
import {SampleParts, u64} from './sample.ts';
import {noTracepoints, type Tracepoints} from './tracing-data.ts';
import type {UserStacks} from './user-stack.ts';

const MAX_EXACT = 2 ** 53;

export class SampleRows {
  readonly chain: CallChain;
  readonly #build: TraceBuilder;
  readonly #processes: Processes;
  readonly #events: Events;
  readonly #little: boolean;
  readonly #userStacks: UserStacks;
  readonly #parts = new SampleParts();
  readonly #deferred = new DeferredChains();
  #tracepoints: Tracepoints = noTracepoints;
  readonly #strings: ArgumentStrings;
  /** What makes arguments of the raw data of an event; null: its format is not known. */
  readonly #columns = new Map<EventAttributes, ArgumentColumns | null>();
  readonly #raw: {-readonly [Part in keyof RawData]: RawData[Part]};
  readonly #addrKey: number;
  #copiesStacks: boolean | null = null;

  constructor(build: TraceBuilder, processes: Processes, events: Events, little: boolean, userStacks: UserStacks) {
    this.#build = build;
    this.#processes = processes;
    this.#events = events;
    this.#little = little;
    this.#userStacks = userStacks;
    this.chain = new CallChain(build);
    this.#strings = new ArgumentStrings(build);
    this.#raw = {view: new DataView(new ArrayBuffer(0)), at: 0, sizeBytes: 0, little};
    this.#addrKey = build.string('addr');
  }

  /** Adds the sample in `start … end`; several where it carries the values of a group of events, each of which counts on its own. */
  add(view: DataView, start: number, end: number, event: RecordedEvent, timeNs: number): void {
    const {reader, attributes} = event;
    const {layout} = reader;
    const parts = this.#parts;
    const little = this.#little;
    if (start + layout.rest > end) return this.#tooShort();
    reader.read(view, start, end, little, parts);
    if (parts.leftOver !== 0) this.#leftOver(parts.leftOver);
    if (parts.branchCount > 0 && !reader.hasCallStackInBranches) this.#build.notKept('PERF_SAMPLE_BRANCH_STACK');
    const pid = layout.tid < 0 ? -1 : view.getInt32(start + layout.tid, little);
    const tid = layout.tid < 0 ? -1 : view.getInt32(start + layout.tid + 4, little);
    const thread = this.#processes.thread(pid, tid);
    const cpu = layout.cpu < 0 ? -1 : view.getInt32(start + layout.cpu, little);
    if (parts.readAt < 0) {
      const period = layout.period < 0 ? attributes.samplePeriod : u64(view, start + layout.period, little);
      this.#row(view, start, event, event, thread, timeNs, cpu, period);
      return;
    }
    for (let i = 0, at = parts.readAt; i < parts.readCount; i++, at += parts.readStride) {
      const id = parts.readIdOffset < 0 ? 0 : u64(view, at + parts.readIdOffset, little);
      const counted = parts.readIdOffset < 0 ? event : this.#events.ofId(id);
      if (!counted) continue;
      const value = u64(view, at, little);
      const period = value - (counted.lastRead.get(id) ?? 0);
      counted.lastRead.set(id, value);
      if (period !== 0) this.#row(view, start, event, counted, thread, timeNs, cpu, period);
    }
  }

  /** What is known of tracepoints; those printed so far were printed without. */
  set tracepoints(tracepoints: Tracepoints) {
    this.#tracepoints = tracepoints;
    this.#columns.clear();
  }

  /** Row of an event in the Trace. */
  eventRow(event: RecordedEvent): number {
    return this.#events.row(event, this.#build, (config) => {
      const format = this.#tracepoints.byId.get(Number(config));
      return format ? `${format.system}:${format.name}` : null;
    });
  }

  /** A chain of user code that samples of a thread wait for: `count` addresses at `at`. */
  deferred(view: DataView, at: number, count: number, cookie: bigint, thread: RecordedThread): void {
    const {chain} = this;
    for (const {row, frames} of this.#deferred.take(thread.tid, cookie)) {
      chain.beginWith(frames);
      if (chain.add(view, at, count, this.#little, CpuMode.User, thread.process)) this.#build.samples.rows.stack[row] = chain.stack();
    }
  }

  #row(view: DataView, start: number, of: RecordedEvent, counted: RecordedEvent, thread: RecordedThread, timeNs: number, cpu: number, period: number): void {
    const build = this.#build;
    const row = build.samples.add();
    const {rows} = build.samples;
    if (period > MAX_EXACT) build.faults.report('odd', 'perf-data/large-period', () => ({message: 'A period above 2^53 is kept to 53 bits only.'}));
    rows.timeNs[row] = timeNs;
    rows.period[row] = period;
    rows.thread[row] = this.#processes.row(thread);
    rows.comm[row] = thread.comm;
    rows.cpu[row] = cpu;
    rows.event[row] = this.eventRow(counted);
    rows.stack[row] = this.#stack(view, start, of, thread, row);
    if (!Number.isNaN(timeNs)) build.saw(timeNs);
    if (of.isTracepoint) this.#fields(view, of, row);
    const {addr} = of.reader.layout;
    this.#userStacks.registers(row, view, of, this.#parts);
    if (addr >= 0 && !of.isTracepoint) build.sampleArgument(row, this.#addrKey, ArgumentKind.Hex, view.getBigUint64(start + addr, this.#little), -1);
  }

  #stack(view: DataView, start: number, of: RecordedEvent, {process, tid}: RecordedThread, row: number): number {
    const {reader, attributes, isTracepoint} = of;
    const {chain} = this;
    const parts = this.#parts;
    const little = this.#little;
    const mode = (view.getUint16(start + 4, little) & MISC_CPU_MODE) as CpuMode;
    chain.begin();
    if ((attributes.sampleType & SampleField.Callchain) !== 0) {
      if (chain.add(view, parts.chainAt, parts.chainCount, little, mode, process)) {
        if (reader.hasCallStackInBranches && parts.branchCount > 0 && chain.userFrom >= 0) chain.takeCalls(view, parts.branchAt, parts.branchCount, little, process);
        if (chain.cookie !== null) this.#deferred.wait(tid, chain.cookie, row, chain.frames.slice(0, chain.depth));
      } else {
        this.#build.faults.report('odd', 'perf-data/call-chain', () => ({message: 'A call chain holds a marker that is not known; the sample is kept without it.'}));
      }
    } else if (reader.layout.ip >= 0 && !isTracepoint) {
      const at = start + reader.layout.ip;
      chain.address(view.getUint32(at + (little ? 0 : 4), little), view.getUint32(at + (little ? 4 : 0), little), mode, process);
    }
    let end: StackEnd = StackEnd.Unknown;
    if ((attributes.sampleType & SampleField.StackUser) !== 0 && chain.userFrom < 0) end = this.#userStacks.extend(chain, view, of, parts, process);
    if (this.#tellsEnds()) this.#build.sampleStackEnd(row, end);
    return chain.stack();
  }

  /** Whether stacks were copied: by then it is known of all events, and said of every sample or of none. */
  #tellsEnds(): boolean {
    return (this.#copiesStacks ??= this.#events.list.some(({attributes}) => (attributes.sampleType & SampleField.StackUser) !== 0));
  }

  /** The fields of a tracepoint or probe, as perf prints them. */
  #fields(view: DataView, {attributes}: RecordedEvent, row: number): void {
    const parts = this.#parts;
    if (parts.rawAt < 0) return;
    let columns = this.#columns.get(attributes);
    if (columns === undefined) {
      const format = this.#tracepoints.byId.get(Number(attributes.config));
      this.#columns.set(attributes, (columns = format ? new ArgumentColumns(format, this.#tracepoints.texts, this.#build, this.#strings) : null));
    }
    if (!columns) return;
    const raw = this.#raw;
    raw.view = view;
    raw.at = parts.rawAt;
    raw.sizeBytes = parts.rawBytes;
    columns.add(row, raw);
  }

  #leftOver(bytes: number): void {
    if (bytes < 0) return this.#tooShort();
    this.#build.faults.report('odd', 'perf-data/left-over', () => ({
      message: `A sample has ${bytes} bytes more than its fields: a newer perf recorded something that is not known here. What is known was read.`,
    }));
  }

  #tooShort(): void {
    this.#build.faults.report('odd', 'perf-data/short-sample', () => ({message: 'A sample ends before its fields do; what lies in it was read.'}));
  }
}

/** Samples -> rows of the Trace, with their chains, arguments and registers. Records come here in the order of time. */
import type {TraceBuilder} from '../../model/builder.ts';
import {ArgumentKind, StackEnd} from '../../model/tables.ts';
import {SampleField} from './attributes.ts';
import {CallChain} from './call-chain.ts';
import type {Events, RecordedEvent} from './events.ts';
import type {Processes, RecordedThread} from './processes.ts';
import {MISC_CPU_MODE, type CpuMode} from './record-type.ts';
import {SampleParts, u64} from './sample.ts';
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
  readonly #addrKey: number;

  constructor(build: TraceBuilder, processes: Processes, events: Events, little: boolean, userStacks: UserStacks) {
    this.#build = build;
    this.#processes = processes;
    this.#events = events;
    this.#little = little;
    this.#userStacks = userStacks;
    this.chain = new CallChain(build);
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
    rows.event[row] = this.#events.row(counted, build, () => null);
    rows.stack[row] = this.#stack(view, start, of, thread, row);
    if (!Number.isNaN(timeNs)) build.saw(timeNs);
    const {addr} = of.reader.layout;
    this.#userStacks.registers(row, view, of, this.#parts);
    if (addr >= 0 && !of.isTracepoint) build.sampleArgument(row, this.#addrKey, ArgumentKind.Hex, view.getBigUint64(start + addr, this.#little), -1);
  }

  #stack(view: DataView, start: number, of: RecordedEvent, {process}: RecordedThread, row: number): number {
    const {reader, attributes, isTracepoint} = of;
    const {chain} = this;
    const parts = this.#parts;
    const little = this.#little;
    const mode = (view.getUint16(start + 4, little) & MISC_CPU_MODE) as CpuMode;
    chain.begin();
    if ((attributes.sampleType & SampleField.Callchain) !== 0) {
      if (!chain.add(view, parts.chainAt, parts.chainCount, little, mode, process)) {
        this.#build.faults.report('odd', 'perf-data/call-chain', () => ({message: 'A call chain holds a marker that is not known; the sample is kept without it.'}));
      }
    } else if (reader.layout.ip >= 0 && !isTracepoint) {
      const at = start + reader.layout.ip;
      chain.address(view.getUint32(at + (little ? 0 : 4), little), view.getUint32(at + (little ? 4 : 0), little), mode, process);
    }
    let end: StackEnd = StackEnd.Unknown;
    if ((attributes.sampleType & SampleField.StackUser) !== 0 && !chain.hasUser) end = this.#userStacks.extend(chain, view, of, parts, process);
    if (this.#userStacks.unwinds) this.#build.sampleStackEnd(row, end);
    return chain.stack();
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

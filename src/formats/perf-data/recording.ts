/**
 * The records of a recording, one after another -> rows of the Trace. Those with a time wait for their turn (rounds.ts); perf's own are
 * read where they stand.
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {SwitchKind} from '../../model/tables.ts';
import type {Unwinder} from '../../symbols/unwind/shape.ts';
import {addressOf} from './address-space.ts';
import {eventAttributes, LEAST_ATTR_BYTES} from './attributes.ts';
import {BUILD_ID_BYTES, BuildIds} from './build-ids.ts';
import {Cursor, untilNul} from './cursor.ts';
import {Events, type RecordedEvent} from './events.ts';
import {Feature, noFacts, readFeature} from './features.ts';
import {kernelFile, userFile} from './mapped-file.ts';
import {Processes} from './processes.ts';
import * as types from './record-type.ts';
import {FIRST_PERF_RECORD, KernelRecord, PerfRecord, recordName} from './record-type.ts';
import {RecordSplitter, type RecordSink, type Slice} from './records.ts';
import {Rounds, type OrderedSink} from './rounds.ts';
import {machineOf} from './registers.ts';
import {u64} from './sample.ts';
import {SampleRows} from './sample-rows.ts';
import {tracingData} from './tracing-data.ts';
import {UserStacks} from './user-stack.ts';
import {CompressedRecords} from './zstd.ts';

const HALF = 2 ** 32;
const SECOND_NS = 1_000_000_000n;
/** What MMAP, which does not tell it, is taken to be unless it says that it is of data. */
const PROT_EXEC = 4;
/** KSYMBOL: the code is gone. */
const KSYMBOL_UNREGISTER = 1;
/** What EVENT_UPDATE may change; the others are units and scales. */
const EVENT_UPDATE_NAME = 2;

export class Recording implements RecordSink, OrderedSink {
  readonly facts = noFacts();
  readonly events = new Events();
  readonly buildIds: BuildIds;
  readonly #build: TraceBuilder;
  readonly #little: boolean;
  readonly #processes: Processes;
  readonly #userStacks: UserStacks;
  readonly #samples: SampleRows;
  readonly #rounds: Rounds;
  readonly #splitters: RecordSplitter[] = [];
  #unpacked: {readonly splitter: RecordSplitter; readonly stream: CompressedRecords} | null = null;
  /** The origin's halves; NaN until the first time is seen. */
  #originHigh = Number.NaN;
  #originLow = 0;

  constructor(build: TraceBuilder, little: boolean) {
    this.#build = build;
    this.#little = little;
    this.buildIds = new BuildIds(build);
    this.#processes = new Processes(build);
    this.#userStacks = new UserStacks(build, this.buildIds, little);
    this.#samples = new SampleRows(build, this.#processes, this.events, little, this.#userStacks);
    this.#rounds = new Rounds(this, () => this.#splitters.reduce((sum, splitter) => sum + splitter.heldBytes, 0));
  }

  /** By which copied stacks are unwound. */
  set unwinder(unwinder: Unwinder) {
    this.#userStacks.unwinder = unwinder;
  }

  get hasTimes(): boolean {
    return !Number.isNaN(this.#originHigh);
  }

  /** Takes the bytes of the data section, whose first stands at `byte` of the file. */
  splitter(byte: number, sizeHint: number): RecordSplitter {
    const splitter = new RecordSplitter(this, this.#little, byte, sizeHint);
    this.#splitters.push(splitter);
    return splitter;
  }

  /** Gives the events the names that the header has for them: by their ids, else by their order. */
  #nameEvents(): void {
    this.facts.names.forEach(({name, ids}, i) => {
      const event = ids.length > 0 ? this.events.ofId(ids[0]) : this.events.list[i];
      if (event) event.name = name;
    });
  }

  /** Nothing more comes. */
  end(): void {
    const left = this.#unpacked?.splitter.end();
    if (left && left.missingBytes > 0) {
      this.#build.faults.report('skipped', 'perf-data/cut', () => ({
        message: `The packed records end within one, of which ${left.missingBytes} bytes are missing.`,
        at: {byte: left.byte},
      }));
    }
    this.#rounds.end();
  }

  record(slice: Slice, start: number, sizeBytes: number, byte: number): void {
    const {view} = slice;
    const type = view.getUint32(start, this.#little);
    if (type >= FIRST_PERF_RECORD) return this.#perfRecord(slice, start, sizeBytes, type, byte);
    const timeNs = this.#time(view, start, start + sizeBytes, type);
    if (Number.isNaN(timeNs)) this.#deliver(view, start, start + sizeBytes, type, timeNs);
    else this.#rounds.add(slice, start, timeNs);
  }

  ordered({view}: Slice, start: number, timeNs: number): void {
    this.#deliver(view, start, start + view.getUint16(start + 6, this.#little), view.getUint32(start, this.#little), timeNs);
  }

  unordered(timeNs: number): void {
    this.#build.faults.report('odd', 'perf-data/order', () => ({
      message: `A record is older than the round that it came with; names and mappings may have changed since (${timeNs} ns from the first).`,
    }));
  }

  payload(bytes: Uint8Array, byte: number): void {
    this.feature(Feature.TracingData, bytes, byte);
  }

  damage(byte: number, lengthBytes: number, found: string): void {
    this.#build.faults.report('skipped', 'perf-data/record', () => ({
      message: `Expected a record of at least ${types.RECORD_HEADER_BYTES} bytes, found ${found}. ${lengthBytes} bytes were passed over to where records begin again, or to the end.`,
      at: {byte, lengthBytes},
    }));
  }

  /** Time of a record since the origin; NaN where it has none. */
  #time(view: DataView, start: number, end: number, type: number): number {
    const little = this.#little;
    let at = -1;
    if (type === KernelRecord.Sample) {
      const time = this.events.ofSample(view, start, end, little)?.reader.layout.time ?? -1;
      if (time >= 0 && start + time + 8 <= end) at = start + time;
    } else {
      const time = this.events.ofRecord(view, start, end, little)?.trailer.time ?? 0;
      if (time > 0 && end - time >= start + types.RECORD_HEADER_BYTES) at = end - time;
    }
    if (at < 0) return Number.NaN;
    const low = view.getUint32(at + (little ? 0 : 4), little);
    const high = view.getUint32(at + (little ? 4 : 0), little);
    // Records that perf made up of what ran before have no time.
    if ((low === 0 && high === 0) || (low === 0xffff_ffff && high === 0xffff_ffff)) return Number.NaN;
    if (Number.isNaN(this.#originHigh)) this.#setOrigin(low, high);
    return (high - this.#originHigh) * HALF + (low - this.#originLow);
  }

  /** The whole second before the first time. */
  #setOrigin(low: number, high: number): void {
    const first = (BigInt(high) << 32n) | BigInt(low);
    const origin = first - (first % SECOND_NS);
    this.#build.originNs = origin;
    this.#originHigh = Number(origin >> 32n);
    this.#originLow = Number(origin & 0xffff_ffffn);
  }

  #deliver(view: DataView, start: number, end: number, type: number, timeNs: number): void {
    const little = this.#little;
    const least = types.RECORD_HEADER_BYTES + (BODY_BYTES[type] ?? 0);
    if (end - start < least) return this.#short(type, end - start, least);
    const body = start + types.RECORD_HEADER_BYTES;
    const misc = view.getUint16(start + 4, little);
    const int = (at: number) => view.getInt32(body + at, little);
    switch (type) {
      case KernelRecord.Sample: return this.#sample(view, start, end, timeNs);
      case KernelRecord.Mmap:
      case KernelRecord.Mmap2: return this.#mapping(view, start, end, type === KernelRecord.Mmap2, misc);
      case KernelRecord.Comm: return this.#processes.named(int(0), int(4), this.#text(view, body + 8, end));
      case KernelRecord.Fork: return this.#processes.forked(int(0), int(4), int(8), int(12), this.#saw(timeNs), (misc & types.MISC_FORK_EXEC) === 0);
      case KernelRecord.Exit: return this.#processes.exited(int(0), int(8), this.#saw(timeNs));
      case KernelRecord.Lost: return this.#lost(u64(view, body + 8, little), this.events.ofId(u64(view, body, little)), timeNs);
      case KernelRecord.LostSamples: return this.#lost(u64(view, body, little), this.events.ofRecord(view, start, end, little), timeNs);
      case KernelRecord.CallchainDeferred: return this.#callchainDeferred(view, start, end);
      case KernelRecord.Ksymbol: return this.#kernelSymbol(view, start, end);
      case KernelRecord.Switch:
      case KernelRecord.SwitchCpuWide: return this.#switch(view, start, end, misc, timeNs);
      default: return this.#build.notKept(recordName(type));
    }
  }

  #saw(timeNs: number): number {
    if (!Number.isNaN(timeNs)) this.#build.saw(timeNs);
    return timeNs;
  }

  #sample(view: DataView, start: number, end: number, timeNs: number): void {
    const event = this.events.ofSample(view, start, end, this.#little);
    if (event) return this.#samples.add(view, start, end, event, timeNs);
    this.#build.faults.report('skipped', 'perf-data/unknown-event', () => ({message: 'A sample is of an event that the header does not describe.'}));
  }

  #mapping(view: DataView, start: number, end: number, isMmap2: boolean, misc: number): void {
    const little = this.#little;
    const body = start + types.RECORD_HEADER_BYTES;
    const pid = view.getInt32(body, little);
    const address = view.getBigUint64(body + 8, little);
    const sizeBytes = view.getBigUint64(body + 16, little);
    const fileOffset = view.getBigUint64(body + 24, little);
    const name = this.#text(view, body + (isMmap2 ? 64 : 32), end);
    const mode = misc & types.MISC_CPU_MODE;
    const isKernel = mode === types.CpuMode.Kernel || pid === -1;
    const protection = isMmap2 ? view.getUint32(body + 56, little) : (misc & types.MISC_MMAP_DATA) === 0 ? PROT_EXEC : 0;
    const {dso, inFile} = isKernel ? kernelFile(name) : userFile(name, pid, protection, isMmap2 ? view.getUint32(body + 60, little) : 0);
    const dsoRow = this.#build.string(dso);
    const {mappings} = this.#build;
    const row = mappings.add();
    mappings.rows.process[row] = this.#build.process(pid);
    mappings.rows.startAddress[row] = address;
    mappings.rows.sizeBytes[row] = sizeBytes;
    mappings.rows.fileOffset[row] = fileOffset;
    mappings.rows.dso[row] = dsoRow;
    if (isMmap2 && (misc & types.MISC_MMAP_BUILD_ID) !== 0) {
      const at = body + 32;
      this.buildIds.add(dso, new Uint8Array(view.buffer, at + 4, Math.min(20, view.getUint8(at))));
    }
    const from = addressOf(Number(address & 0xffff_ffffn), Number(address >> 32n));
    const space = isKernel ? this.#samples.chain.kernel : this.#processes.process(pid).space;
    space.map({start: from, end: from + Number(sizeBytes), fileOffset: Number(fileOffset), name: dso, dso: dsoRow, inFile, symbol: -1});
  }

  #lost(count: number, event: RecordedEvent | null, timeNs: number): void {
    const {losses, faults} = this.#build;
    faults.report('odd', 'perf-data/lost', () => ({
      message: `perf lost ${count} samples here: the kernel wrote faster than perf could read. Shares of samples are of those that were kept.`,
    }));
    if (Number.isNaN(timeNs)) return;
    const row = losses.add();
    losses.rows.timeNs[row] = this.#saw(timeNs);
    losses.rows.count[row] = count;
    losses.rows.event[row] = event ? this.#samples.eventRow(event) : -1;
  }

  /** A number, how many addresses, the addresses; whose they are stands in the trailer. */
  #callchainDeferred(view: DataView, start: number, end: number): void {
    const little = this.#little;
    const body = start + types.RECORD_HEADER_BYTES;
    const trailer = this.events.ofRecord(view, start, end, little)?.trailer;
    if (!trailer || trailer.tid === 0) return this.#build.notKept(recordName(KernelRecord.CallchainDeferred));
    const count = Math.min(u64(view, body + 8, little), Math.floor((end - trailer.tid - body - 16) / 8));
    const thread = this.#processes.thread(view.getInt32(end - trailer.tid, little), view.getInt32(end - trailer.tid + 4, little));
    this.#samples.deferred(view, body + 16, count, view.getBigUint64(body, little), thread);
  }

  /** Code that the kernel made and named: BPF programs, trampolines. What lies there is that one function. */
  #kernelSymbol(view: DataView, start: number, end: number): void {
    const little = this.#little;
    const body = start + types.RECORD_HEADER_BYTES;
    const from = addressOf(view.getUint32(body + (little ? 0 : 4), little), view.getUint32(body + (little ? 4 : 0), little));
    const to = from + view.getUint32(body + 8, little);
    const {kernel} = this.#samples.chain;
    if ((view.getUint16(body + 14, little) & KSYMBOL_UNREGISTER) !== 0) return kernel.unmap(from, to);
    const name = this.#text(view, body + 16, end);
    const row = this.#build.string(name);
    kernel.map({start: from, end: to, fileOffset: 0, name, dso: row, inFile: false, symbol: row});
  }

  #switch(view: DataView, start: number, end: number, misc: number, timeNs: number): void {
    const little = this.#little;
    const trailer = this.events.ofRecord(view, start, end, little)?.trailer;
    if (Number.isNaN(timeNs) || !trailer || trailer.tid === 0) return this.#build.notKept(recordName(KernelRecord.Switch));
    const {switches} = this.#build;
    const row = switches.add();
    const thread = this.#processes.thread(view.getInt32(end - trailer.tid, little), view.getInt32(end - trailer.tid + 4, little));
    const out = (misc & types.MISC_SWITCH_OUT) !== 0;
    switches.rows.timeNs[row] = this.#saw(timeNs);
    switches.rows.thread[row] = this.#processes.row(thread);
    switches.rows.cpu[row] = trailer.cpu === 0 ? -1 : view.getInt32(end - trailer.cpu, little);
    switches.rows.kind[row] = !out ? SwitchKind.In : (misc & types.MISC_SWITCH_OUT_PREEMPT) !== 0 ? SwitchKind.Preempted : SwitchKind.Out;
  }

  /** Text up to a NUL, or the end of the record. */
  #text(view: DataView, at: number, end: number): string {
    return untilNul(new Uint8Array(view.buffer, at, Math.max(0, end - at)));
  }

  #short(type: number, found: number, least: number): void {
    this.#build.faults.report('skipped', 'perf-data/short-record', () => ({
      message: `Expected a ${recordName(type)} of at least ${least} bytes, found ${found}.`,
    }));
  }

  #perfRecord({bytes, view}: Slice, start: number, sizeBytes: number, type: number, byte: number): void {
    const little = this.#little;
    const body = bytes.subarray(start + types.RECORD_HEADER_BYTES, start + sizeBytes);
    switch (type) {
      case PerfRecord.FinishedRound: return this.#rounds.finishedRound();
      // Said again elsewhere, or of use to perf only.
      case PerfRecord.FinishedInit:
      case PerfRecord.HeaderTracingData:
      case PerfRecord.HeaderEventType:
      case PerfRecord.IdIndex:
      case PerfRecord.ThreadMap:
      case PerfRecord.CpuMap:
      case PerfRecord.TimeConv: return;
      case PerfRecord.AuxtraceInfo:
        this.facts.hasAuxtrace = true;
        return;
      case PerfRecord.EventUpdate: return this.#eventUpdate(view, start, sizeBytes, body);
      case PerfRecord.HeaderAttr: return this.#headerAttr(body);
      case PerfRecord.HeaderBuildId:
        if (sizeBytes >= BUILD_ID_BYTES) this.buildIds.read(new Cursor(bytes.subarray(start, start + sizeBytes), little));
        return;
      case PerfRecord.HeaderFeature:
        if (sizeBytes >= 16) this.feature(u64(view, start + 8, little), body.slice(8), byte);
        return;
      case PerfRecord.Compressed: return this.#compressed(body, byte);
      // A number of bytes, and then so many; the rest is padding.
      case PerfRecord.Compressed2: return this.#compressed(body.subarray(8, 8 + (sizeBytes >= 16 ? u64(view, start + 8, little) : 0)), byte);
      default: return this.#build.notKept(recordName(type));
    }
  }

  #compressed(packed: Uint8Array, byte: number): void {
    if (!this.#unpacked) {
      // Places of records in it are told as that of the first packed one.
      const splitter = this.splitter(byte, Infinity);
      this.#unpacked = {splitter, stream: new CompressedRecords((bytes) => splitter.push(bytes))};
    }
    const failure = this.#unpacked.stream.push(packed);
    if (failure === null) return;
    this.#build.faults.report('skipped', 'perf-data/compressed', () => ({
      message: `Expected a zstd stream that goes on from record to record, found none here: ${failure}. What is packed from here on is missing.`,
      at: {byte, lengthBytes: packed.length},
    }));
  }

  /** EVENT_UPDATE: its kind, the event's id, and then, of use here, another name for the event. */
  #eventUpdate(view: DataView, start: number, sizeBytes: number, body: Uint8Array): void {
    if (sizeBytes < 24 || u64(view, start + 8, this.#little) !== EVENT_UPDATE_NAME) return;
    const event = this.events.ofId(u64(view, start + 16, this.#little));
    const name = untilNul(body.subarray(16));
    if (event && name !== '') event.name = name;
  }

  #headerAttr(body: Uint8Array): void {
    const attributes = eventAttributes(body, this.#little);
    const ids = new Cursor(body.subarray(Math.min(body.length, Math.max(LEAST_ATTR_BYTES, attributes.sizeBytes))), this.#little);
    const list: number[] = [];
    while (ids.left >= 8) list.push(ids.size());
    this.events.add(attributes, list);
  }

  /** Reads a feature of the header; `byte`: where it stands. */
  feature(feature: number, bytes: Uint8Array, byte: number): void {
    let isWhole = readFeature(feature, bytes, this.#little, this.facts, this.#build, this.buildIds);
    if (feature === Feature.EventDesc) this.#nameEvents();
    if (feature === Feature.TracingData) {
      const known = tracingData(bytes, this.#little);
      if (known) this.#samples.tracepoints = known;
      else isWhole = false;
    }
    if (feature === Feature.Arch) this.#userStacks.machine = machineOf(this.#build.headers['arch']);
    if (isWhole) return;
    this.#build.faults.report('skipped', 'perf-data/feature', () => ({message: `Feature ${feature} of the header ends before it should.`, at: {byte}}));
  }
}

/** The least that a record of each kind must hold behind its header, for its fields to be read. */
const BODY_BYTES: Readonly<Record<number, number>> = {
  [KernelRecord.Mmap]: 32, [KernelRecord.Mmap2]: 64, [KernelRecord.Comm]: 8, [KernelRecord.Fork]: 24, [KernelRecord.Exit]: 24,
  [KernelRecord.Lost]: 16, [KernelRecord.LostSamples]: 8,
  [KernelRecord.Ksymbol]: 16, [KernelRecord.CallchainDeferred]: 16,
};

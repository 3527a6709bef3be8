/**
 * The only way to make a Trace. Parsers push rows; the builder interns strings, frames and stacks, hands out rows of
 * processes, threads and goroutines, and puts states in the order the model promises.
 *
 * Inner loops of parsers call `stack` and write into `samples.rows`; everything else is called once a thing, not once a line.
 */
import {ByteInterner} from '../base/bytes/interner.ts';
import {utf8} from '../base/bytes/text.ts';
import {PADDING} from '../base/bytes/words.ts';
import {AddressIndex} from '../base/columns/address-index.ts';
import {PairIndex} from '../base/columns/pair-index.ts';
import {sortedBy} from '../base/columns/sort.ts';
import {GrowableTable} from '../base/columns/table.ts';
import {assert, FaultLog} from '../base/fault.ts';
import {groupStates, RECORDED_STATES} from './states.ts';
import * as t from './tables.ts';
import type {Clock, ClockReading, Headers, Trace} from './trace.ts';

/** Which half of a column of 64 bits stands first, as this machine has it. */
const LOW_HALF = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** Rows and strings come in, a Trace comes out: `snapshot` copies what is there, `finish` takes it over and ends the building. */
export class TraceBuilder {
  version: string | null = null;
  clock: Clock = {known: 'none', name: null};
  originNs = 0n;
  hasStackSizes = false;
  resolutionNs = 1;
  readonly headers: Record<string, string> = {};
  readonly clockReadings: ClockReading[] = [];
  readonly faults = new FaultLog();

  readonly samples = new GrowableTable(t.SAMPLES, 1024);
  readonly states = new GrowableTable(RECORDED_STATES);
  readonly goroutines = new GrowableTable(t.GOROUTINES);
  readonly procs = new GrowableTable(t.PROCS);
  readonly spans = new GrowableTable(t.SPANS);
  readonly instants = new GrowableTable(t.INSTANTS);
  readonly counters = new GrowableTable(t.COUNTERS);
  readonly stackChanges = new GrowableTable(t.STACK_CHANGES);
  readonly mappings = new GrowableTable(t.MAPPINGS);
  readonly buildIds = new GrowableTable(t.BUILD_IDS);
  readonly switches = new GrowableTable(t.SWITCHES);
  readonly losses = new GrowableTable(t.LOSSES);
  readonly registers = new GrowableTable(t.REGISTERS);

  readonly #format: string;
  readonly #strings = new ByteInterner();
  readonly #frames = new GrowableTable(t.FRAMES);
  readonly #frameRows = new Map<string, number>();
  readonly #unresolved = new GrowableTable(t.UNRESOLVED);
  /** By row of #unresolved. */
  readonly #unresolvedIndex = new AddressIndex();
  readonly #stacks = new PairIndex();
  readonly #processes = new GrowableTable(t.PROCESSES);
  readonly #processRows = new Map<number, number>();
  readonly #threads = new GrowableTable(t.THREADS);
  readonly #threadRows = new Map<number, Map<number, number>>();
  readonly #events = new GrowableTable(t.EVENTS);
  readonly #eventRows = new Map<number, number>();
  readonly #buildIds = new Set<string>();
  readonly #sampleArguments = new GrowableTable(t.ARGUMENTS);
  /** Its bits, by halves. */
  #argumentHalves = new Uint32Array(0);
  readonly #instantArguments = new GrowableTable(t.ARGUMENTS);
  readonly #sampleGoroutine = new GrowableTable({row: Int32Array});
  readonly #sampleCount = new GrowableTable({count: Float64Array});
  readonly #sampleStackEnd = new GrowableTable({end: Uint8Array});
  readonly #notKept = new Map<string, number>();
  #startNs = Number.POSITIVE_INFINITY;
  #endNs = Number.NEGATIVE_INFINITY;

  constructor(format: string) {
    this.#format = format;
    this.string('');
  }

  /** Row of a string. */
  string(value: string): number {
    const bytes = encoder.encode(value);
    if (bytes.length + PADDING > scratch.length) scratch = new Uint8Array(bytes.length * 2 + PADDING);
    scratch.set(bytes);
    return this.#strings.intern(new DataView(scratch.buffer), 0, bytes.length);
  }

  /** Row of the string in `length` bytes at `start` of `view`, which has `PADDING` readable bytes after it. */
  stringOf(view: DataView, start: number, length: number): number {
    return this.#strings.intern(view, start, length);
  }

  /** A string by its row. */
  textOf(row: number): string {
    return utf8(this.#strings.bytesOf(row));
  }

  /** Name of an event (row of strings). */
  eventName(event: number): number {
    return this.#events.rows.name[event];
  }

  /** There are frames, and none of them names its object file. */
  lacksDsos(): boolean {
    const {rows, length} = this.#frames;
    return length > 0 && rows.dso.subarray(0, length).every((dso) => dso < 0);
  }

  /** Row of a code location. Strings are rows; -1 where not recorded. */
  frame(name: number, dso: number, file: number, line: number, inlined = 0): number {
    const key = `${name} ${dso} ${file} ${line} ${inlined}`;
    let row = this.#frameRows.get(key);
    if (row === undefined) {
      row = this.#addFrame(name, dso, file, line, inlined);
      this.#frameRows.set(key, row);
    }
    return row;
  }

  /** Row of a code location that has no symbol yet. */
  unresolvedFrame(address: bigint, dso: number, kind: t.AddressKind = t.AddressKind.AsPrinted): number {
    return this.unresolvedFrameAt(Number(address & 0xffff_ffffn), Number(address >> 32n), dso, kind);
  }

  /** The same by the halves of the address, of 32 bits each, for whoever has many. */
  unresolvedFrameAt(low: number, high: number, dso: number, kind: t.AddressKind): number {
    const at = this.#unresolvedIndex.intern(low, high, dso * ADDRESS_KINDS + kind);
    if (at < this.#unresolved.length) return this.#unresolved.rows.frame[at];
    this.#unresolved.add();
    const {rows} = this.#unresolved;
    rows.frame[at] = this.#addFrame(-1, dso, -1, -1, 0);
    rows.address[at] = (BigInt(high) << 32n) | BigInt(low);
    rows.kind[at] = kind;
    return rows.frame[at];
  }

  /** Row of the stack that is `parent` (-1: none) and then `frame`. */
  stack(parent: number, frame: number): number {
    return this.#stacks.intern(parent, frame);
  }

  /** Row of the stack of the first `depth` frames of `chain`, leaf first; -1 when there is none. */
  stackOf(chain: Int32Array, depth: number): number {
    return this.#stacks.internPath(chain, depth);
  }

  /** Row of a process; `pid` -1: not recorded. */
  process(pid: number): number {
    let row = this.#processRows.get(pid);
    if (row === undefined) {
      row = this.#processes.add();
      this.#processes.rows.pid[row] = pid;
      this.#processes.rows.name[row] = -1;
      this.#processRows.set(pid, row);
    }
    return row;
  }

  /** Row of a thread, -1 when it was not heard of. */
  threadRow(pid: number, tid: number): number {
    return this.#threadRows.get(pid)?.get(tid) ?? -1;
  }

  /** Row of a thread. Its name becomes `name` (row of strings) unless that is -1. */
  thread(pid: number, tid: number, name = -1): number {
    let ofProcess = this.#threadRows.get(pid);
    if (!ofProcess) this.#threadRows.set(pid, (ofProcess = new Map()));
    let row = ofProcess.get(tid);
    if (row === undefined) {
      row = this.#threads.add();
      this.#threads.rows.tid[row] = tid;
      this.#threads.rows.process[row] = this.process(pid);
      this.#threads.rows.name[row] = -1;
      this.#threads.rows.startNs[row] = this.#threads.rows.endNs[row] = Number.NaN;
      ofProcess.set(tid, row);
    }
    if (name >= 0) {
      this.#threads.rows.name[row] = name;
      if (pid === tid) this.#processes.rows.name[this.#threads.rows.process[row]] = name;
    }
    return row;
  }

  /** Says when a thread was born or ended; NaN leaves what is known. */
  threadLife(row: number, startNs: number, endNs: number): void {
    if (!Number.isNaN(startNs)) this.#threads.rows.startNs[row] = startNs;
    if (!Number.isNaN(endNs)) this.#threads.rows.endNs[row] = endNs;
  }

  /**
   * Says of which process and with which tid a thread is that was first known otherwise. Nothing happens where such a thread is known
   * already: then the source speaks of it by two rows.
   */
  renumberThread(row: number, pid: number, tid: number): void {
    const {rows} = this.#threads;
    const old = this.#processes.rows.pid[rows.process[row]];
    if (this.#threadRows.get(pid)?.has(tid)) return;
    this.#threadRows.get(old)!.delete(rows.tid[row]);
    rows.tid[row] = tid;
    rows.process[row] = this.process(pid);
    if (!this.#threadRows.has(pid)) this.#threadRows.set(pid, new Map());
    this.#threadRows.get(pid)!.set(tid, row);
  }

  /** Takes back a thread's name, where it was that of several. */
  namelessThread(row: number): void {
    this.#threads.rows.name[row] = -1;
  }

  /** Takes back every time: they turned out to be none of a clock. */
  forgetTimes(): void {
    this.samples.rows.timeNs.fill(Number.NaN, 0, this.samples.length);
    this.#threads.rows.startNs.fill(Number.NaN, 0, this.#threads.length);
    this.#threads.rows.endNs.fill(Number.NaN, 0, this.#threads.length);
    this.switches.length = this.losses.length = this.clockReadings.length = 0;
    this.clock = {known: 'none', name: null};
    this.originNs = 0n;
    this.resolutionNs = 1;
    this.#startNs = Number.POSITIVE_INFINITY;
    this.#endNs = Number.NEGATIVE_INFINITY;
  }

  /** Row of an event by its name (row of strings). */
  event(name: number): number {
    let row = this.#eventRows.get(name);
    if (row === undefined) {
      row = this.#events.add();
      this.#events.rows.name[row] = name;
      this.#eventRows.set(name, row);
    }
    return row;
  }

  /** Says which build id an object file has (rows of strings); what was said before is not said again. */
  buildId(dso: number, buildId: number): void {
    const pair = `${dso} ${buildId}`;
    if (this.#buildIds.has(pair)) return;
    this.#buildIds.add(pair);
    const row = this.buildIds.add();
    this.buildIds.rows.dso[row] = dso;
    this.buildIds.rows.buildId[row] = buildId;
  }

  /** Says which goroutine sample `row` belongs to (-1 none). Once for every sample of a source that knows goroutines. */
  sampleGoroutine(row: number, goroutine: number): void {
    const at = this.#sampleGoroutine.add();
    assert(at === row, 'sampleGoroutine must be called for every sample, in order');
    this.#sampleGoroutine.rows.row[at] = goroutine;
  }

  /** Says how many samples row `row` stands for. Once for every sample of a source that counts. */
  sampleCount(row: number, count: number): void {
    const at = this.#sampleCount.add();
    assert(at === row, 'sampleCount must be called for every sample, in order');
    this.#sampleCount.rows.count[at] = count;
  }

  /** Says how the chain of sample `row` ends. Once for every sample of a source that is unwound here. */
  sampleStackEnd(row: number, end: t.StackEnd): void {
    const at = this.#sampleStackEnd.add();
    assert(at === row, 'sampleStackEnd must be called for every sample, in order');
    this.#sampleStackEnd.rows.end[at] = end;
  }

  /** Adds an argument of a sample; rows must not go backwards. `bits` for numbers, `textRow` (of strings) for text. */
  sampleArgument(row: number, key: number, kind: t.ArgumentKind, bits: bigint, textRow: number): void {
    addArgument(this.#sampleArguments, row, key, kind, bits, textRow);
  }

  /** The same by the halves of its bits, of 32 bits each, for whoever has many. */
  sampleArgumentHalves(row: number, key: number, kind: t.ArgumentKind, low: number, high: number, textRow: number): void {
    const table = this.#sampleArguments;
    const at = table.add();
    const {rows} = table;
    if (this.#argumentHalves.buffer !== rows.bits.buffer) this.#argumentHalves = new Uint32Array(rows.bits.buffer);
    rows.row[at] = row;
    rows.key[at] = key;
    rows.kind[at] = kind;
    this.#argumentHalves[2 * at + LOW_HALF] = low;
    this.#argumentHalves[2 * at + 1 - LOW_HALF] = high;
    rows.text[at] = textRow;
  }

  /** Adds an argument of an instant; rows must not go backwards. */
  instantArgument(row: number, key: number, kind: t.ArgumentKind, bits: bigint, textRow: number): void {
    addArgument(this.#instantArguments, row, key, kind, bits, textRow);
  }

  /** Counts something that the tables do not hold. */
  notKept(what: string, count = 1): void {
    this.#notKept.set(what, (this.#notKept.get(what) ?? 0) + count);
  }

  /** Something with a time came. */
  get hasTimes(): boolean {
    return this.#startNs <= this.#endNs;
  }

  /** Widens the time range of the trace to hold `timeNs`. */
  saw(timeNs: number): void {
    if (timeNs < this.#startNs) this.#startNs = timeNs;
    if (timeNs > this.#endNs) this.#endNs = timeNs;
  }

  /** What is there so far, as a Trace of its own; the builder can go on. Cost: a copy of everything. */
  snapshot(): Trace {
    return this.#trace((table) => table.copy());
  }

  /** The finished Trace. Takes the builder's columns: nothing may be added afterwards. */
  finish(): Trace {
    return this.#trace((table) => table.finish());
  }

  #trace(take: <T>(table: {copy(): T; finish(): T}) => T): Trace {
    const {bytes, entries} = this.#strings.copy();
    const stacks = take(this.#stacks);
    const timed = this.hasTimes;
    const endNs = timed ? this.#endNs : Number.NaN;
    return {
      format: this.#format,
      version: this.version,
      clock: this.clock,
      clockReadings: [...this.clockReadings],
      headers: {...this.headers} satisfies Headers,
      originNs: this.originNs,
      startNs: timed ? this.#startNs : Number.NaN,
      endNs,
      resolutionNs: this.resolutionNs,
      hasStackSizes: this.hasStackSizes,
      strings: {length: entries.length, startByte: entries.startByte, sizeBytes: entries.sizeBytes},
      stringBytes: bytes,
      frames: take(this.#frames),
      stacks: {length: stacks.length, parent: stacks.a, frame: stacks.b},
      processes: take(this.#processes),
      threads: take(this.#threads),
      ...groupStates(this.states, take(this.goroutines), take(this.procs)),
      events: take(this.#events),
      samples: take(this.samples),
      sampleGoroutine: this.#sampleGoroutine.length > 0 ? take(this.#sampleGoroutine).row : null,
      sampleCount: this.#sampleCount.length > 0 ? take(this.#sampleCount).count : null,
      sampleStackEnd: this.#sampleStackEnd.length > 0 ? take(this.#sampleStackEnd).end : null,
      sampleArguments: take(this.#sampleArguments),
      registers: take(this.registers),
      spans: take(this.spans),
      instants: take(this.instants),
      instantArguments: take(this.#instantArguments),
      counters: take(this.counters),
      stackChanges: sortedBy('timeNs', take(this.stackChanges)),
      switches: sortedBy('timeNs', take(this.switches)),
      losses: sortedBy('timeNs', take(this.losses)),
      mappings: take(this.mappings),
      buildIds: take(this.buildIds),
      unresolved: take(this.#unresolved),
      notKept: [...this.#notKept].map(([what, count]) => ({what, count})),
      faults: this.faults.groups(),
    };
  }

  #addFrame(name: number, dso: number, file: number, line: number, inlined: number): number {
    const row = this.#frames.add();
    const {rows} = this.#frames;
    rows.name[row] = name;
    rows.dso[row] = dso;
    rows.file[row] = file;
    rows.line[row] = line;
    rows.inlined[row] = inlined;
    return row;
  }
}

/** More than there are kinds of addresses. */
const ADDRESS_KINDS = 4;
const encoder = new TextEncoder();
let scratch = new Uint8Array(4096);

function addArgument(table: GrowableTable<typeof t.ARGUMENTS>, row: number, key: number, kind: t.ArgumentKind, bits: bigint, textRow: number): void {
  const at = table.add();
  const {rows} = table;
  rows.row[at] = row;
  rows.key[at] = key;
  rows.kind[at] = kind;
  rows.bits[at] = bits;
  rows.text[at] = textRow;
}

/**
 * The sample that is being read, and what the whole text tells only at its end. Fields come from the header line, frames one by one,
 * registers from the tail; `finish` says what was not printed.
 */
import type {LineBlock} from '../../base/bytes/lines.ts';
import {utf8} from '../../base/bytes/text.ts';
import type {AppendedRows} from '../../model/append.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import {ArgumentKind} from '../../model/tables.ts';
import {afterEvent, columnBehind, dataAddress} from './after-event.ts';
import type {EventArgument} from '../event-arguments.ts';
import type {HeaderBlock} from './header-block.ts';
import type {HeaderLine} from './header-line.ts';
import {frameOf} from './location.ts';
import type {OtherRecords, RecordStart} from './other-records.ts';
import {Printed, type LeftByPrinted, type Shown} from './printed.ts';
import {tailOf, type Tail} from './tail.ts';

/** Frames of one record that are kept; perf's own limit is 127 unless a sysctl raises it. */
export const MAX_DEPTH = 1 << 14;
const MAX_EXACT = 2 ** 53;
/** A longer text behind an event is kept as it is. */
const MAX_TEXT_BYTES = 1 << 14;

/** What the samples of a part of a text leave to whoever reads on behind it. */
export interface LeftBySamples {
  /** By event of the part: whether its records have call chains. */
  readonly chained: ReadonlyMap<number, boolean>;
  readonly printed: LeftByPrinted;
}

export class SampleRecords {
  /** Sample row of the record being read; -1 between records. */
  row = -1;
  readonly #build: TraceBuilder;
  readonly #headerBlock: HeaderBlock;
  readonly #otherRecords: OtherRecords;
  readonly #printed: Printed;
  /** Frame rows of the open record, leaf first; `depth` of them. */
  readonly chain = new Int32Array(MAX_DEPTH);
  /** Frames of the open record that were read. */
  depth = 0;
  /** The frame that stood on the header's own line, as samples without a call chain have it; it is no part of `chain`. */
  #oneLine: {readonly address: bigint; frame: number} | null = null;
  /** The header line had nothing behind the event. */
  #bare = false;
  /** By event: whether its records have call chains, so far as records that ended told. */
  readonly #chained = new Map<number, boolean>();
  /** The last line was what perf prints at the very end of a record, in place of the empty line. */
  #whole = false;
  #originSeconds: number;

  /** `originSeconds`: from where times count, of a part of a text; -1: from the first one. */
  constructor(build: TraceBuilder, headerBlock: HeaderBlock, otherRecords: OtherRecords, originSeconds: number) {
    this.#originSeconds = originSeconds;
    this.#build = build;
    this.#headerBlock = headerBlock;
    this.#otherRecords = otherRecords;
    this.#printed = new Printed(build);
  }

  /** Times count from here; -1: none came. */
  get originSeconds(): number {
    return this.#originSeconds;
  }

  /** A sample came without its event. */
  get eventless(): boolean {
    return this.#printed.eventless;
  }

  /** The tail of the open record was there, which is its last line. */
  get isWhole(): boolean {
    return this.#whole;
  }

  get isFull(): boolean {
    return this.depth === MAX_DEPTH;
  }

  /** Frame row of the last frame of the open record, -1 none. */
  get lastFrame(): number {
    return this.depth > 0 ? this.chain[this.depth - 1] : (this.#oneLine?.frame ?? -1);
  }

  replaceLastFrame(frame: number): void {
    if (this.#oneLine) this.#oneLine.frame = frame;
    else this.chain[this.depth - 1] = frame;
    this.#whole = false;
  }

  /** Adds a frame, toward the root; false when there are too many. */
  frame(frame: number): boolean {
    if (this.#oneLine) this.#addressOnly(this.#oneLine.address);
    if (this.depth === MAX_DEPTH) return false;
    this.chain[this.depth++] = frame;
    return true;
  }

  /** What a record's header says of when and where, whatever kind of record it is. */
  startOf({view}: LineBlock, header: HeaderLine): RecordStart {
    const isPlain = header.timed && (header.seconds > 0 || header.nanoseconds > 0);
    return {timeNs: isPlain ? this.#timeNs(header) : Number.NaN, pid: this.#pid(header), tid: header.tid, cpu: header.cpu, comm: this.#comm(view, header)};
  }

  /** Adds the sample of a header line; its stack is set when the record ends. */
  begin(block: LineBlock, header: HeaderLine, shown: () => Shown): void {
    const {view} = block;
    const build = this.#build;
    const timeNs = header.timed ? this.#timeNs(header) : Number.NaN;
    if (Math.abs(timeNs) > MAX_EXACT) this.#odd('perf-script/far-time', 'More than 104 days from the first sample: this time is kept to a few nanoseconds only.', shown);
    if (header.period > MAX_EXACT) this.#odd('perf-script/large-period', 'A period above 2^53 is kept to 53 bits only.', shown);
    if (header.timed) build.saw(timeNs);
    const pid = this.#pid(header);
    const comm = this.#comm(view, header);
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = timeNs;
    rows.period[row] = header.period;
    rows.thread[row] = build.thread(pid, header.tid, header.hasIds ? comm : -1);
    rows.comm[row] = comm;
    rows.cpu[row] = header.cpu;
    rows.event[row] = build.event(build.stringOf(view, header.eventStart, header.eventEnd - header.eventStart));
    rows.stack[row] = -1;
    this.row = row;
    this.#bare = header.restEnd === header.restStart;
    this.#printed.sample(header, row, shown);
    if (header.machinePid >= 0) this.#argument({key: 'machine_pid', kind: 'decimal', bits: BigInt(header.machinePid)});
    if (header.vcpu >= 0) this.#argument({key: 'vcpu', kind: 'decimal', bits: BigInt(header.vcpu)});
    if (!this.#bare) this.#rest(block, header);
  }

  /** Adds a sample of a text without headers (`-F ip,sym`). */
  beginHeaderless(shown: () => Shown): void {
    this.endRecord();
    const build = this.#build;
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = rows.period[row] = Number.NaN;
    rows.thread[row] = rows.comm[row] = rows.cpu[row] = rows.stack[row] = -1;
    rows.event[row] = build.event(build.string(''));
    this.row = row;
    this.#bare = true;
    this.#printed.sample(null, row, shown);
  }

  /** Whether the text behind the event of a line without a time is that of a whole sample: a location, or a tracepoint's text. */
  isOnOneLine(block: LineBlock, header: HeaderLine): boolean {
    const {bytes} = block;
    if (header.restEnd === header.restStart) return false;
    if (bytes.subarray(header.eventStart, header.eventEnd).includes(58)) return true;
    return this.#afterEvent(bytes, header).isInColumns;
  }

  tail({registers, notKept}: Tail): void {
    for (const what of notKept) this.#build.notKept(what);
    this.#whole = true;
    if (!registers || this.row < 0) return;
    const table = this.#build.registers;
    const isSame = table.length > 0 && table.rows.sample[table.length - 1] === this.row;
    const at = isSame ? table.length - 1 : table.add();
    table.rows.sample[at] = this.row;
    table.rows.stackPointer[at] = registers.stackPointer;
    table.rows.g[at] = registers.g;
    this.#printed.registers(this.row);
  }

  /** A line after the frames that nobody understood. */
  afterFrames(): void {
    this.#whole = true;
  }

  emptyLine(): void {
    if (this.row >= 0) this.#chained.set(this.#build.samples.rows.event[this.row], true);
    this.endRecord();
  }

  /** Whether lines of the open record must be missing. Where no earlier record tells, a header with nothing after the event is suspect. */
  expectsMore(): boolean {
    if (this.row < 0 || this.#whole) return false;
    if (this.depth > 0) return true;
    const known = this.#chained.get(this.#build.samples.rows.event[this.row]);
    if (known !== undefined) return known;
    if (this.#chained.size > 0) return [...this.#chained.values()].includes(true);
    return this.#bare;
  }

  endRecord(): void {
    if (this.row >= 0) {
      const {rows} = this.#build.samples;
      const event = rows.event[this.row];
      if (this.#oneLine) rows.stack[this.row] = this.#build.stack(-1, this.#oneLine.frame);
      else rows.stack[this.row] = this.#build.stackOf(this.chain, this.depth);
      if (rows.stack[this.row] >= 0) this.#printed.stack();
      if (!this.#chained.get(event)) this.#chained.set(event, this.depth > 0);
    }
    this.#whole = false;
    this.row = -1;
    this.depth = 0;
    this.#oneLine = null;
  }

  /** What the samples of a part of the text leave to whoever reads on behind it. The last record is closed. */
  get left(): LeftBySamples {
    return {chained: this.#chained, printed: this.#printed.left};
  }

  /** Goes on behind such a part, which was put behind what is here; `linesBefore` it. */
  follow({chained, printed}: LeftBySamples, appended: AppendedRows, linesBefore: number): void {
    for (const [event, isChained] of chained) {
      const row = appended.events[event];
      this.#chained.set(row, isChained || (this.#chained.get(row) ?? false));
    }
    this.#printed.follow(printed, appended, linesBefore);
  }

  /** Closes the last record, and says what the text as a whole tells. */
  finish(): void {
    this.endRecord();
    this.#build.clock = this.#headerBlock.clock();
    if (this.#headerBlock.clocksNamed.length > 1) {
      this.#build.faults.report('odd', 'perf-script/clocks', () => ({
        message: `The header names several clocks (${this.#headerBlock.clocksNamed.join(', ')}), so none is taken for known.`,
      }));
    }
    this.#headerBlock.reading(this.#build.originNs);
    this.#printed.finish((event) => this.#chained.get(event) === true);
  }

  #timeNs(header: HeaderLine): number {
    const build = this.#build;
    if (this.#originSeconds < 0) {
      build.clock = this.#headerBlock.clock();
      this.#originSeconds = header.seconds;
      build.originNs = BigInt(header.seconds) * 1_000_000_000n;
      build.resolutionNs = 10 ** (9 - header.fractionDigits);
    }
    return (header.seconds - this.#originSeconds) * 1e9 + header.nanoseconds;
  }

  /** The process, which a record may have told where the header names the thread alone. */
  #pid({loneId, pid, tid}: HeaderLine): number {
    if (loneId) return this.#otherRecords.processOf(tid);
    if (pid < 0) this.#otherRecords.processless();
    return pid;
  }

  /** Row of strings: the comm that is printed, else what a record told; -1 neither. */
  #comm(view: DataView, {commStart, commEnd, tid}: HeaderLine): number {
    return commEnd > commStart ? this.#build.stringOf(view, commStart, commEnd - commStart) : this.#otherRecords.nameOf(tid);
  }

  #afterEvent(bytes: Uint8Array, {eventEnd, restStart, restEnd}: HeaderLine) {
    const text = utf8(bytes.subarray(restStart, Math.min(restEnd, restStart + MAX_TEXT_BYTES)));
    return afterEvent(text, columnBehind(bytes, eventEnd, restStart));
  }

  /** What stands behind the event: a single frame, or the text of a tracepoint or probe. */
  #rest({bytes}: LineBlock, header: HeaderLine): void {
    const {code, arguments: found, tail} = this.#afterEvent(bytes, header);
    for (const argument of found) this.#argument(argument);
    if (code) this.#oneLine = {address: code.address, frame: frameOf(code, this.#build)};
    if (tail === '') return;
    const known = tailOf(tail);
    if (known) this.tail(known);
    else this.#argument({key: '', kind: 'text', text: tail});
    this.#whole = false;
  }

  #odd(code: string, message: string, shown: () => Shown): void {
    this.#build.faults.report('odd', code, () => ({message, ...shown()}));
  }

  #argument(argument: EventArgument): void {
    const key = this.#build.string(argument.key);
    if (argument.kind === 'text') this.#build.sampleArgument(this.row, key, ArgumentKind.Text, 0n, this.#build.string(argument.text));
    else this.#build.sampleArgument(this.row, key, NUMBER_KIND[argument.kind], argument.bits, -1);
  }

  /** Frames follow on a frame that stood on the header's own line: that was the data address of `-F +addr`, not the code. */
  #addressOnly(address: bigint): void {
    this.#argument(dataAddress(address));
    this.#oneLine = null;
  }
}

const NUMBER_KIND = {decimal: ArgumentKind.Decimal, signed: ArgumentKind.Signed, hex: ArgumentKind.Hex} as const;

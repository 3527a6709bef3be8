/**
 * perf script text -> samples. A record is a header line, then (with a call chain) frame lines, leaf first, then an empty line;
 * or all of it on one line.
 *
 *   bin_gostack   325 [000]  1174.667049:     333444 cpu-clock:        header-line.ts
 *   	           5af02 runtime.vdsoParseSymbols+0x202 (/src/app)     frame-line.ts
 *   	           5dc72 runtime.rt0_go.abi0+0x112 (/src/app)
 *                                                                      the record ends
 */
import {eachLineBlock, type LineBlock} from '../../base/bytes/lines.ts';
import type {ByteStream} from '../../base/bytes/source.ts';
import {excerpt, utf8} from '../../base/bytes/text.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import {ArgumentKind} from '../../model/tables.ts';
import type {ParseWatch} from '../format.ts';
import {eventArguments} from './event-arguments.ts';
import {FrameLines, NOT_A_FRAME} from './frame-line.ts';
import {HeaderBlock} from './header-block.ts';
import {HeaderLine} from './header-line.ts';
import {OtherRecords} from './other-records.ts';
import {splitRegisters, stacklessFrame} from './one-line.ts';

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const HASH = 35;

/** Frames of one record that are kept; perf's own limit is 127 unless a sysctl raises it. */
const MAX_DEPTH = 1 << 14;
const MAX_EXACT = 2 ** 53;

/**
 * Reads all of perf script's text. A line that is not understood is a counted fault (`perf-script/line`, `perf-script/frame`: skipped);
 * what is understood but not kept is `odd` (`perf-script/registers`, `perf-script/after-frames`); so is a file whose end may be missing
 * (`perf-script/cut`).
 */
export async function parse(input: ByteStream, build: TraceBuilder, watch: ParseWatch): Promise<void> {
  const reader = new PerfScriptReader(build);
  await eachLineBlock(input, async (block) => {
    reader.block(block);
    watch.partial();
    await watch.breathe();
  });
  reader.end();
}

class PerfScriptReader {
  readonly #build: TraceBuilder;
  readonly #header = new HeaderLine();
  readonly #headerBlock: HeaderBlock;
  readonly #frames: FrameLines;
  readonly #otherRecords: OtherRecords;
  readonly #chain = new Int32Array(MAX_DEPTH);
  #depth = 0;
  /** Sample row of the record being read; -1 between records. */
  #sample = -1;
  /** The text of a frame that stood on the header's own line, as samples without a call chain have it. */
  #oneLine: string | null = null;
  /** The last line belonged to a record that is no sample; lines indented under it go with it. */
  #afterOtherRecord = false;
  /** By event: whether its records have call chains, so far as records that ended told. */
  readonly #chained = new Map<number, boolean>();
  /** The last line was what perf prints at the very end of a record, in place of the empty line. */
  #whole = false;
  /** Events are not printed. */
  #eventless = false;
  #originSeconds = -1;
  #line = 0;
  #endByte = 0;
  #cut = false;

  constructor(build: TraceBuilder) {
    this.#build = build;
    this.#headerBlock = new HeaderBlock(build);
    this.#frames = new FrameLines(build);
    this.#otherRecords = new OtherRecords(build);
    build.clock = this.#headerBlock.clock();
  }

  /** Reads the lines of one block. The loop over frame lines is the hot one: see frame-line.ts. */
  block(block: LineBlock): void {
    const {bytes, view, end} = block;
    const frames = this.#frames;
    let at = 0;
    while (at < end) {
      this.#line++;
      const first = bytes[at];
      if (first === TAB && this.#sample >= 0) {
        if (this.#oneLine !== null) this.#addressOnly();
        const next = frames.read(bytes, view, at);
        if (frames.row !== NOT_A_FRAME && this.#depth < MAX_DEPTH) this.#chain[this.#depth++] = frames.row;
        else this.#badFrame(block, at, next - 1);
        at = next;
      } else if (first === NEWLINE) {
        this.#emptyLine();
        at++;
      } else {
        const newline = bytes.indexOf(NEWLINE, at);
        this.#otherLine(block, at, bytes[newline - 1] === RETURN && newline > at ? newline - 1 : newline);
        at = newline + 1;
      }
    }
    if (block.longLine) this.#fault('skipped', 'perf-script/line', block, end - 1, end - 1, 'A line of more than 16 MiB is no line of perf script.');
    if (block.cut) {
      this.#build.faults.report('odd', 'perf-script/cut', () => ({
        message: 'The last line has no newline: the file may be cut, and the last sample with it.',
        at: {byte: block.firstByte + end - 1, line: this.#line},
      }));
    }
    this.#cut = block.cut;
    this.#endByte = block.firstByte + end;
  }

  /** Closes the last record. */
  end(): void {
    const {faults, samples} = this.#build;
    if (this.#sample >= 0 && !this.#cut && this.#expectsMore()) {
      faults.report('odd', 'perf-script/cut', () => ({
        message: 'No empty line after the last sample: the file may be cut inside its call chain.',
        at: {byte: this.#endByte, line: this.#line},
      }));
    }
    this.#endRecord();
    this.#build.clock = this.#headerBlock.clock();
    if (this.#headerBlock.clocksNamed.length > 1) {
      faults.report('odd', 'perf-script/clocks', () => ({
        message: `The header names several clocks (${this.#headerBlock.clocksNamed.join(', ')}), so none is taken for known.`,
      }));
    }
    this.#headerBlock.reading(this.#build.originNs);
    if (samples.length === 0) {
      faults.report('odd', 'perf-script/no-samples', () => ({message: 'The text holds no sample that could be read.', at: {byte: 0, line: this.#line}}));
    }
  }

  #otherLine(block: LineBlock, start: number, end: number): void {
    const {bytes} = block;
    if (end === start) return this.#emptyLine();
    const isHeader = this.#header.read(bytes, start, end);
    // A comm may begin with #, too.
    const ofBlock = bytes[start] === HASH && (end === start + 1 || bytes[start + 1] === SPACE) && !(isHeader && (this.#header.sure || this.#build.samples.length > 0));
    if (ofBlock) return this.#headerBlock.line(utf8(bytes.subarray(start, end)));
    if (isHeader && !startsWith(bytes, this.#header.eventStart, end, RECORD)) {
      const named = this.#header.eventEnd > this.#header.eventStart;
      // A line that is cut before its event could have become any record; that it is cut, is told.
      if (block.cut && end >= block.end - 2 && !named && !this.#eventless) return this.#endRecord();
      this.#eventless ||= !named;
      this.#beginRecord(block, start, end);
      return;
    }
    const place = {byte: block.firstByte + start, line: this.#line};
    if (includes(bytes, start, end, RECORD) && this.#otherRecords.read(utf8(bytes.subarray(start, end)), place)) {
      this.#endRecord();
      this.#afterOtherRecord = true;
      return;
    }
    const indented = bytes[start] === TAB || bytes[start] === SPACE;
    if (indented && this.#afterOtherRecord) return;
    if (indented && bytes[start] === SPACE && (this.#sample >= 0 || this.#build.samples.length > 0)) return this.#afterFrames(block, start, end);
    if (bytes[start] === TAB) this.#fault('skipped', 'perf-script/frame', block, start, end, 'A frame without a record header before it (was the comm, time or event left out with -F?).');
    else this.#fault('skipped', 'perf-script/line', block, start, end, 'Expected a record header (`comm pid/tid [cpu] seconds.fraction: period event:`), a frame or an empty line.');
  }

  /** Adds the sample of a header line; its stack is set when the record ends. */
  #beginRecord(block: LineBlock, start: number, end: number): void {
    this.#endRecord();
    this.#afterOtherRecord = false;
    const {view} = block;
    const header = this.#header;
    const build = this.#build;
    if (this.#originSeconds < 0) {
      build.clock = this.#headerBlock.clock();
      this.#originSeconds = header.seconds;
      build.originNs = BigInt(header.seconds) * 1_000_000_000n;
      build.resolutionNs = 10 ** (9 - header.fractionDigits);
    }
    const timeNs = (header.seconds - this.#originSeconds) * 1e9 + header.nanoseconds;
    if (Math.abs(timeNs) > MAX_EXACT) this.#fault('odd', 'perf-script/far-time', block, start, end, 'More than 104 days from the first sample: this time is kept to a few nanoseconds only.');
    if (header.period > MAX_EXACT) this.#fault('odd', 'perf-script/large-period', block, start, end, 'A period above 2^53 is kept to 53 bits only.');
    if (header.eventEnd === header.eventStart) this.#fault('odd', 'perf-script/no-event', block, start, end, 'The event is not printed (-F +event prints it), so samples of different events cannot be told apart.');
    build.saw(timeNs);
    const comm = header.commEnd > header.commStart ? build.stringOf(view, header.commStart, header.commEnd - header.commStart) : -1;
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = timeNs;
    rows.period[row] = header.period;
    rows.thread[row] = build.thread(header.pid, header.tid, comm);
    rows.comm[row] = comm;
    rows.cpu[row] = header.cpu;
    rows.event[row] = build.event(build.stringOf(view, header.eventStart, header.eventEnd - header.eventStart));
    rows.stack[row] = -1;
    this.#sample = row;
    if (header.restEnd > header.restStart) this.#rest(block, row);
  }

  /** What stands behind the event: a single frame, or the text of a tracepoint or probe. */
  #rest(block: LineBlock, row: number): void {
    const {bytes} = block;
    const {restStart, restEnd} = this.#header;
    const {text, registers} = splitRegisters(utf8(bytes.subarray(restStart, restEnd)));
    if (registers) this.#fault('odd', 'perf-script/registers', block, restStart, restEnd, 'Registers are not read; the rest of the sample is kept.');
    const frame = stacklessFrame(text, this.#build);
    if (frame >= 0) {
      this.#chain[0] = frame;
      this.#depth = 1;
      this.#oneLine = text;
      return;
    }
    for (const argument of eventArguments(text)) {
      const key = this.#build.string(argument.key);
      if (argument.kind === 'text') this.#build.sampleArgument(row, key, ArgumentKind.Text, 0n, this.#build.string(argument.text));
      else this.#build.sampleArgument(row, key, NUMBER_KIND[argument.kind], argument.bits, -1);
    }
  }

  /** Lines between the last frame and the next record: registers, instructions, source lines. */
  #afterFrames(block: LineBlock, start: number, end: number): void {
    const text = utf8(block.bytes.subarray(start, Math.min(end, start + 12))).trimStart();
    this.#whole = !isSourceLine(block.bytes, start);
    if (text.startsWith('ABI:')) this.#fault('odd', 'perf-script/registers', block, start, end, 'Registers are not read; the rest of the sample is kept.');
    else this.#fault('odd', 'perf-script/after-frames', block, start, end, 'A line after the frames that is not kept (a source line, an instruction, a branch stack); the sample is.');
  }

  /** Frames follow on a frame that stood on the header's own line: that was the data address of `-F +addr`, not the code. */
  #addressOnly(): void {
    const address = this.#oneLine!.slice(0, this.#oneLine!.indexOf(' '));
    this.#build.sampleArgument(this.#sample, this.#build.string('addr'), ArgumentKind.Hex, BigInt(`0x${address}`), -1);
    this.#oneLine = null;
    this.#depth = 0;
  }

  #emptyLine(): void {
    if (this.#sample >= 0) this.#chained.set(this.#build.samples.rows.event[this.#sample], true);
    this.#endRecord();
    this.#afterOtherRecord = false;
  }

  /** Whether lines of the open record must be missing. Where no earlier record tells, a header with nothing after the event is suspect. */
  #expectsMore(): boolean {
    if (this.#whole) return false;
    if (this.#depth > 0 && this.#oneLine === null) return true;
    const known = this.#chained.get(this.#build.samples.rows.event[this.#sample]);
    if (known !== undefined) return known;
    if (this.#chained.size > 0) return [...this.#chained.values()].includes(true);
    return this.#header.restEnd === this.#header.restStart;
  }

  #endRecord(): void {
    if (this.#sample >= 0) {
      const {rows} = this.#build.samples;
      const event = rows.event[this.#sample];
      if (this.#depth > 0) {
        let stack = -1;
        for (let i = this.#depth - 1; i >= 0; i--) stack = this.#build.stack(stack, this.#chain[i]);
        rows.stack[this.#sample] = stack;
      }
      if (!this.#chained.get(event)) this.#chained.set(event, this.#depth > 0 && this.#oneLine === null);
    }
    this.#whole = false;
    this.#sample = -1;
    this.#depth = 0;
    this.#oneLine = null;
  }

  #badFrame(block: LineBlock, start: number, end: number): void {
    if (this.#depth === MAX_DEPTH) this.#fault('skipped', 'perf-script/too-deep', block, start, end, `A call chain of more than ${MAX_DEPTH} frames; the rest of it, toward the root, is left out.`);
    else this.#fault('skipped', 'perf-script/frame', block, start, end, 'Expected a frame: TAB, an address in 16 columns, a space, symbol+0xoffset and (DSO). The frame is missing from its stack.');
  }

  #fault(severity: 'skipped' | 'odd', code: string, block: LineBlock, start: number, end: number, message: string): void {
    this.#build.faults.report(severity, code, () => ({
      message,
      at: {byte: block.firstByte + start, line: this.#line, lengthBytes: end - start},
      excerpt: excerpt(block.bytes, start, end),
    }));
  }
}

const RECORD = Array.from('PERF_RECORD_', (c) => c.charCodeAt(0));
const NUMBER_KIND = {decimal: ArgumentKind.Decimal, signed: ArgumentKind.Signed, hex: ArgumentKind.Hex} as const;

/** `-F +srcline` prints two spaces and the place after every frame, so more may follow on it. */
function isSourceLine(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === SPACE && bytes[start + 1] === SPACE && bytes[start + 2] !== SPACE;
}

function startsWith(bytes: Uint8Array, start: number, end: number, prefix: readonly number[]): boolean {
  return end - start >= prefix.length && prefix.every((byte, i) => bytes[start + i] === byte);
}

function includes(bytes: Uint8Array, start: number, end: number, needle: readonly number[]): boolean {
  const line = bytes.subarray(start, end);
  for (let at = line.indexOf(needle[0]); at >= 0; at = line.indexOf(needle[0], at + 1)) {
    if (startsWith(line, at, line.length, needle)) return true;
  }
  return false;
}

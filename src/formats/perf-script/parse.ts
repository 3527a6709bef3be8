/**
 * perf script text -> samples. A record is a header line, then (with a call chain) frame lines, leaf first, then an empty line;
 * or all of it on one line.
 *
 *   bin_gostack   325 [000]  1174.667049:     333444 cpu-clock:        header-line.ts, after-event.ts
 *   	           5af02 runtime.vdsoParseSymbols+0x202 (/src/app)     frame-line.ts
 *     vdso_linux.go:112                                              the place of the frame above
 *   	           5dc72 runtime.rt0_go.abi0+0x112 (/src/app)
 *    ABI:2    SP:0xc000097e98   R14:0xc0000061a0                     tail.ts; or an empty line: the record ends
 *   bin_gostack   325 [000]  1174.667101: PERF_RECORD_COMM: …        other-records.ts
 *
 * Which of the fields are printed shows at the first line. Without any (`-F ip,sym`) a record is a stack between empty lines.
 */
import {eachLineBlock, type LineBlock} from '../../base/bytes/lines.ts';
import {CutStream} from '../../base/bytes/cut-stream.ts';
import type {ByteStream} from '../../base/bytes/source.ts';
import {excerpt, utf8} from '../../base/bytes/text.ts';
import {append} from '../../model/append.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import type {FilePart, ParseInput, ParseWatch, PartRead} from '../format.ts';
import {FrameLines, isAddressColumn, NOT_A_FRAME} from './frame-line.ts';
import {HeaderBlock} from './header-block.ts';
import {HeaderLine} from './header-line.ts';
import {HeldLine} from './held-line.ts';
import {isDump, isInstructionListing, isMetric, isRecord, isSourceCode, RECORD, startsWith} from './line-kinds.ts';
import {OtherRecords, type KnownThreads} from './other-records.ts';
import type {Shown} from './printed.ts';
import {MAX_DEPTH, SampleRecords, type LeftBySamples} from './sample-records.ts';
import {tailOf} from './tail.ts';
import {TwoReaders, type ToldToPart} from './two-readers.ts';

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const HASH = 35;
/** Of `IPC`, the only thing that perf prints behind a TAB and a space. */
const CAPITAL_I = 73;

/** A line longer than this is no tail of a sample. */
const MAX_TAIL_BYTES = 1 << 16;

/**
 * Reads all of perf script's text. A line that is not understood is a counted fault (`perf-script/line`, `perf-script/frame`: skipped);
 * what the text cannot tell, because it was not asked for, is `odd`, with the command that prints it; so is a file whose end may be
 * missing (`perf-script/cut`).
 */
export async function parse(input: ParseInput, build: TraceBuilder, watch: ParseWatch): Promise<void> {
  const reader = new PerfScriptReader(build);
  const own = new CutStream(input);
  const two = input.second && input.anywhere ? new TwoReaders(input.anywhere, input.second) : null;
  const onBlock = async (block: LineBlock) => {
    reader.block(block);
    await two?.beside(reader, own);
    watch.partial();
    await watch.breathe();
  };
  await eachLineBlock(own, onBlock);
  const rest = await two?.joined(reader, own);
  if (rest) await eachLineBlock(rest.stream, onBlock, rest.from);
  reader.end();
}

/** Reads a part of a text that begins with a sample and ends before one; what it leaves is a `LeftByReader`. */
export async function parsePart(input: ByteStream, {start, told}: FilePart, build: TraceBuilder): Promise<object | null> {
  // TwoReaders told it.
  const reader = new PerfScriptReader(build, (told as ToldToPart).originSeconds);
  const inOneCapture = {read: async () => (reader.needsWhatIsBefore ? null : input.read())};
  await eachLineBlock(inOneCapture, (block) => reader.block(block), start);
  return reader.left();
}

/** What the reader of a part leaves to the reader of what is before it. */
interface LeftByReader {
  readonly lines: number;
  readonly threads: KnownThreads;
  readonly samples: LeftBySamples;
}

/** How the records of a capture begin, so far as its lines told: with a time, without one, or with nothing at all. */
type Form = 'not known' | 'timed' | 'timeless' | 'headerless';

class PerfScriptReader {
  readonly #build: TraceBuilder;
  readonly #header = new HeaderLine();
  readonly #headerBlock: HeaderBlock;
  readonly #frames: FrameLines;
  readonly #otherRecords: OtherRecords;
  readonly #samples: SampleRecords;
  #form: Form = 'not known';
  /** A line that may begin a record without a time: it does if frames follow. */
  #held: HeldLine | null = null;
  /** The first stack of a capture, frames and what stands between them, where no header was in front: of a text without headers, or a part of a record. */
  #orphan: {readonly place: HeldLine; readonly parts: (number | HeldLine)[]; ended: boolean} | null = null;
  /** The last line belonged to a record that is no sample; lines indented under it go with it. */
  #afterOtherRecord = false;
  /** Something of the capture came since its header block. */
  #recordsSeen = false;
  readonly #isPart: boolean;
  /** In a part of a text there is a line as of a header block, which may be another capture's. */
  #hasBlock = false;
  #line = 0;
  #endByte = 0;
  #cut = false;

  /** `originSeconds`: from where times count, for a part of a text; -1: it is the whole, or its beginning. */
  constructor(build: TraceBuilder, originSeconds = -1) {
    this.#build = build;
    this.#isPart = originSeconds >= 0;
    this.#headerBlock = new HeaderBlock(build);
    this.#frames = new FrameLines(build);
    this.#otherRecords = new OtherRecords(build, this.#isPart);
    this.#samples = new SampleRecords(build, this.#headerBlock, this.#otherRecords, originSeconds);
    build.clock = this.#headerBlock.clock();
  }

  get originSeconds(): number {
    return this.#samples.originSeconds;
  }

  /** No part of this text means the same without what is before it. */
  get needsWhatIsBefore(): boolean {
    return this.#otherRecords.matters || this.#hasBlock;
  }

  /** Closes the last record of a part; null: the part cannot be read on its own. */
  left(): LeftByReader | null {
    this.#samples.endRecord();
    return this.needsWhatIsBefore ? null : {lines: this.#line, threads: this.#otherRecords.known, samples: this.#samples.left};
  }

  /** Goes on behind the part that follows, which another reader read; false: it would be another one if this reader had read it. */
  follow({trace, left}: PartRead): boolean {
    // The other reader is one of this class.
    const {lines, threads, samples} = left as LeftByReader;
    if (!this.#otherRecords.mayFollow(threads)) return false;
    // The part begins with a sample: that ends what came before it, whatever it was.
    this.#form = 'timed';
    this.#settleHeld();
    this.#samples.endRecord();
    this.#refuseOrphan();
    this.#recordsSeen = true;
    const appended = append(this.#build, trace, this.#line);
    this.#otherRecords.follow(threads, (row) => appended.string(row));
    this.#samples.follow(samples, appended, this.#line);
    this.#line += lines;
    return true;
  }

  /** Reads the lines of one block. The loop over frame lines is the hot one: see frame-line.ts. */
  block(block: LineBlock): void {
    const {bytes, view, end} = block;
    const frames = this.#frames;
    const samples = this.#samples;
    const {chain} = samples;
    let at = 0;
    while (at < end) {
      this.#line++;
      const first = bytes[at];
      if (first === TAB && samples.row >= 0) {
        const next = frames.read(bytes, view, at);
        const frame = frames.row;
        if (frame === NOT_A_FRAME || samples.depth === 0 || samples.depth === MAX_DEPTH) {
          if (frame === NOT_A_FRAME || !samples.frame(frame)) this.#badFrame(block, at, next - 1);
        } else chain[samples.depth++] = frame;
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
    this.#lastHeld();
    if (this.#orphan && this.#form !== 'timed' && this.#form !== 'timeless') this.#acceptOrphan();
    else this.#refuseOrphan();
    if (!this.#cut && this.#samples.expectsMore()) {
      faults.report('odd', 'perf-script/cut', () => ({
        message: 'No empty line after the last sample: the file may be cut inside its call chain.',
        at: {byte: this.#endByte, line: this.#line},
      }));
    }
    this.#samples.finish();
    if (samples.length === 0) {
      faults.report('odd', 'perf-script/no-samples', () => ({message: 'The text holds no sample that could be read.', at: {byte: 0, line: this.#line}}));
    }
  }

  #otherLine(block: LineBlock, start: number, end: number): void {
    if (end === start) return this.#emptyLine();
    const {bytes, view} = block;
    if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) {
      // The byte order mark of a file that was put behind another one.
      this.#beginCapture(block, start, end);
      return this.#otherLine(block, start + 3, end);
    }
    if (bytes[start] === TAB && this.#mayBeFrame(bytes, view, start)) return this.#frameWithoutHeader(block, start, end);
    const isHeader = this.#header.read(bytes, start, end) && (this.#form !== 'timeless' || this.#header.sure);
    // A comm may begin with #, too.
    const ofBlock = bytes[start] === HASH && (end === start + 1 || bytes[start + 1] === SPACE) && !(isHeader && (this.#header.sure || this.#form === 'timed'));
    if (ofBlock) return this.#blockLine(block, start, end);
    if (isHeader && isMetric(bytes, this.#header.eventStart, end)) return this.#build.notKept('metric');
    if (isHeader && !isRecord(bytes, this.#header.eventStart, end)) {
      const named = this.#header.eventEnd > this.#header.eventStart;
      // A line that is cut before its event could have become any record; that it is cut, is told.
      if (block.cut && end >= block.end - 2 && !named && !this.#samples.eventless) return this.#samples.endRecord();
      return this.#beginRecord('timed', block, start, end);
    }
    if (includes(bytes, start, end, RECORD) && this.#otherRecord(block, start, end, isHeader)) return;
    if (this.#withinRecord(block, start, end)) return;
    if (this.#form !== 'timed' && this.#timeless(block, start, end)) return;
    if (bytes[start] === SPACE && (this.#samples.row >= 0 || this.#recordsSeen) && this.#form !== 'not known') {
      this.#samples.afterFrames();
      return this.#fault('odd', 'perf-script/after-frames', block, start, end, 'A line after the frames that is not understood; the sample is kept without it.');
    }
    if (bytes[start] === TAB) return this.#fault('skipped', 'perf-script/frame', block, start, end, NO_FRAME);
    this.#fault('skipped', 'perf-script/line', block, start, end, NO_LINE);
  }

  /** Reads a line that perf prints between the header and the next one: tails, places, listings; false when it is none. */
  #withinRecord(block: LineBlock, start: number, end: number): boolean {
    const {bytes, view} = block;
    const isOpen = this.#samples.row >= 0;
    if (this.#afterOtherRecord && (bytes[start] === TAB || bytes[start] === SPACE)) return true;
    if (isDump(bytes, start, end)) {
      this.#build.notKept('raw dump');
      this.#afterOtherRecord = true;
      return true;
    }
    if (isSourceCode(bytes, start, end)) {
      this.#build.notKept('srccode');
      return true;
    }
    if (!isOpen) return this.#withinOrphan(block, start, end);
    // simpleperf prints frames without the TAB.
    if (bytes.indexOf(TAB, start) === start + 16 && isAddressColumn(view, start)) {
      this.#frames.readWithoutTab(bytes, view, start);
      if (this.#frames.row !== NOT_A_FRAME && this.#samples.frame(this.#frames.row)) return true;
    }
    if (bytes[start] !== SPACE || this.#samples.isWhole) return false;
    if (this.#tail(block, start, end)) return true;
    if (bytes[start + 1] !== SPACE || bytes[start + 2] === SPACE || this.#readsTimeless(bytes, start, end)) return false;
    const {lastFrame} = this.#samples;
    if (lastFrame < 0) return false;
    this.#samples.replaceLastFrame(this.#frames.at(lastFrame, view, start + 2, end));
    return true;
  }

  #withinOrphan(block: LineBlock, start: number, end: number): boolean {
    if (!this.#orphan || this.#orphan.ended || block.bytes[start] !== SPACE) return false;
    this.#orphan.parts.push(new HeldLine(block, start, end, this.#line));
    return true;
  }

  #readsTimeless(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#form === 'timeless' && this.#header.readTimeless(bytes, start, end, false);
  }

  #tail(block: LineBlock, start: number, end: number): boolean {
    const tail = end - start > MAX_TAIL_BYTES ? null : tailOf(utf8(block.bytes.subarray(start, end)));
    if (tail) this.#samples.tail(tail);
    return tail !== null;
  }

  /** Takes a line for the header of a record without a time, at once or when a frame follows; false when it cannot be one. */
  #timeless(block: LineBlock, start: number, end: number): boolean {
    const {bytes} = block;
    if (bytes[start] === TAB) return false;
    if (this.#header.readTimeless(bytes, start, end, false) && this.#samples.isOnOneLine(block, this.#header)) {
      this.#beginRecord('timeless', block, start, end);
      return true;
    }
    this.#settleHeld();
    if (this.#samples.isWhole) this.#samples.endRecord();
    this.#held = new HeldLine(block, start, end, this.#line);
    return true;
  }

  /** No frame follows on the line before: it was no header after all, or, in a text without times, one of a sample without a stack. */
  #settleHeld(): void {
    const held = this.#held;
    this.#held = null;
    if (held && (this.#form !== 'timeless' || !this.#beginHeld(held, false))) this.#refuse(held);
  }

  /** The file ends on a line that could be a header: it is one if it names a thread and an event. */
  #lastHeld(): void {
    const held = this.#held;
    this.#held = null;
    if (held && !this.#cut && !this.#beginHeld(held, false)) this.#refuse(held);
  }

  /** Begins the record of a line that was held; `ahead`: it is a header, whatever it says. */
  #beginHeld(held: HeldLine, ahead: boolean): boolean {
    const header = new HeaderLine();
    if (!header.readTimeless(held.block.bytes, 0, held.end, ahead)) return false;
    this.#begin('timeless', header, held.block, 0, held.end, held.line);
    return true;
  }

  #refuse(held: HeldLine): void {
    this.#build.faults.report('skipped', 'perf-script/line', () => ({message: NO_LINE, ...held.place()}));
  }

  /** A TAB line that looks like a frame while no record is open. */
  #frameWithoutHeader(block: LineBlock, start: number, end: number): void {
    const {bytes, view} = block;
    const held = this.#held;
    this.#held = null;
    this.#frames.read(bytes, view, start);
    const frame = this.#frames.row;
    if (held && frame !== NOT_A_FRAME) {
      this.#beginHeld(held, true);
      this.#samples.frame(frame);
      return;
    }
    if (held) this.#refuse(held);
    const mayLackHeaders = this.#form === 'not known' || this.#form === 'headerless';
    if (frame === NOT_A_FRAME || !mayLackHeaders || this.#afterOtherRecord) return this.#fault('skipped', 'perf-script/frame', block, start, end, NO_FRAME);
    if (this.#form === 'headerless' || this.#orphan?.ended) {
      this.#acceptOrphan();
      this.#form = 'headerless';
      this.#samples.beginHeaderless(() => this.#shown(block, start, end));
      this.#samples.frame(frame);
      return;
    }
    this.#orphan ??= {place: new HeldLine(block, start, end, this.#line), parts: [], ended: false};
    this.#orphan.parts.push(frame);
  }

  /** The stack without a header was a sample of a text without headers. */
  #acceptOrphan(): void {
    const orphan = this.#orphan;
    this.#orphan = null;
    if (!orphan) return;
    this.#samples.beginHeaderless(() => orphan.place.place());
    for (const part of orphan.parts) {
      if (typeof part === 'number') this.#samples.frame(part);
      else this.#withinRecord(part.block, 0, part.end);
    }
    this.#samples.emptyLine();
  }

  /** The stack without a header was what is left of a record. */
  #refuseOrphan(): void {
    const orphan = this.#orphan;
    this.#orphan = null;
    if (!orphan) return;
    for (const part of orphan.parts) if (typeof part === 'number') this.#build.faults.report('skipped', 'perf-script/frame', () => ({message: NO_FRAME, ...orphan.place.place()}));
  }

  #mayBeFrame(bytes: Uint8Array, view: DataView, start: number): boolean {
    return this.#samples.row < 0 && isAddressColumn(view, start + 1) && (bytes[start + 17] === SPACE || bytes[start + 17] === NEWLINE || bytes[start + 17] === RETURN);
  }

  /** Begins a sample whose header stands in `this.#header`. */
  #beginRecord(form: Form, block: LineBlock, start: number, end: number): void {
    this.#form = form;
    this.#settleHeld();
    this.#begin(form, this.#header, block, start, end, this.#line);
  }

  #begin(form: Form, header: HeaderLine, block: LineBlock, start: number, end: number, line: number): void {
    this.#samples.endRecord();
    this.#refuseOrphan();
    this.#afterOtherRecord = false;
    this.#recordsSeen = true;
    this.#form = form;
    this.#samples.begin(block, header, () => ({at: {byte: block.firstByte + start, line, lengthBytes: end - start}, excerpt: excerpt(block.bytes, start, end)}));
  }

  #otherRecord(block: LineBlock, start: number, end: number, isHeader: boolean): boolean {
    const text = utf8(block.bytes.subarray(start, Math.min(end, start + MAX_TAIL_BYTES)));
    const recordStart = isHeader ? this.#samples.startOf(block, this.#header) : NO_START;
    if (!this.#otherRecords.read(text, recordStart, {byte: block.firstByte + start, line: this.#line})) return false;
    this.#samples.endRecord();
    this.#settleHeld();
    this.#refuseOrphan();
    if (isHeader) this.#form = 'timed';
    this.#recordsSeen = true;
    this.#afterOtherRecord = true;
    return true;
  }

  /** A line of a block that begins with `#`. Where records came before it, another capture begins. */
  #blockLine(block: LineBlock, start: number, end: number): void {
    this.#hasBlock ||= this.#isPart;
    const text = utf8(block.bytes.subarray(start, Math.min(end, start + MAX_TAIL_BYTES)));
    if (this.#recordsSeen && (text === HEADER_RULE || /^# captured on\b/.test(text))) this.#beginCapture(block, start, end);
    this.#headerBlock.line(text);
  }

  #beginCapture(block: LineBlock, start: number, end: number): void {
    this.#hasBlock ||= this.#isPart;
    this.#samples.endRecord();
    this.#settleHeld();
    this.#refuseOrphan();
    if (!this.#recordsSeen) return;
    this.#recordsSeen = this.#afterOtherRecord = false;
    this.#form = 'not known';
    this.#headerBlock.beginCapture();
    this.#otherRecords.forget();
    this.#fault('odd', 'perf-script/captures', block, start, end, 'Another capture begins here. Its samples are put with those before it, as if they were of one: processes and threads with equal numbers cannot be told apart. Cut the file here to see them apart.');
  }

  #emptyLine(): void {
    const held = this.#held;
    this.#held = null;
    if (held && (this.#form !== 'timeless' || !this.#beginHeld(held, true))) this.#refuse(held);
    if (this.#orphan) this.#orphan.ended = true;
    this.#samples.emptyLine();
    this.#afterOtherRecord = false;
  }

  #badFrame(block: LineBlock, start: number, end: number): void {
    const {bytes} = block;
    if (this.#samples.isFull) return this.#fault('skipped', 'perf-script/too-deep', block, start, end, 'A call chain of more frames than can be kept; the rest of it, toward the root, is left out.');
    if (isInstructionListing(bytes, start, end)) return this.#build.notKept('brstackinsn');
    if (bytes[start + 1] === SPACE && bytes[start + 2] === CAPITAL_I && this.#tail(block, start, end)) return;
    this.#fault('skipped', 'perf-script/frame', block, start, end, 'Expected a frame: TAB, an address in 16 columns, a space, symbol+0xoffset and (DSO). The frame is missing from its stack.');
  }

  #fault(severity: 'skipped' | 'odd', code: string, block: LineBlock, start: number, end: number, message: string): void {
    this.#build.faults.report(severity, code, () => ({message, ...this.#shown(block, start, end)}));
  }

  #shown(block: LineBlock, start: number, end: number): Shown {
    return {at: {byte: block.firstByte + start, line: this.#line, lengthBytes: end - start}, excerpt: excerpt(block.bytes, start, end)};
  }
}

const HEADER_RULE = '# ========';
const NO_START = {timeNs: Number.NaN, pid: -1, tid: -1, cpu: -1, comm: -1};
const NO_FRAME = 'A frame without a record header before it: the record may be cut off here.';
const NO_LINE = 'Expected a record header (`comm pid/tid [cpu] seconds.fraction: period event:`), a frame or an empty line.';

function includes(bytes: Uint8Array, start: number, end: number, needle: readonly number[]): boolean {
  const line = bytes.subarray(start, end);
  for (let at = line.indexOf(needle[0]); at >= 0; at = line.indexOf(needle[0], at + 1)) {
    if (startsWith(line, at, line.length, needle)) return true;
  }
  return false;
}

/**
 * The frame lines of a call chain, the bulk of every capture:
 *
 *   TAB %16x SP symbol + 0x offset SP ( dso ) NL
 *   0   1    17 18     ^ found by words        ^ compared with the last ones seen
 *
 * A frame is its symbol and DSO: address and offset move from sample to sample and are left out, except for a frame without a
 * symbol, which is its address. Hot: no allocation per line, bytes are compared four at a time (`npm run bench -- parse`).
 */
import {ByteInterner} from '../../base/bytes/interner.ts';
import {utf8} from '../../base/bytes/text.ts';
import {indexOfEither, PADDING, sameBytes} from '../../base/bytes/words.ts';
import {assert} from '../../base/fault.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import {AddressKind} from '../../model/tables.ts';
import {splitSymbol, withDsoOffset} from './symbol-text.ts';

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const OPEN = 40;
const PLUS = 43;
const SYMBOL_COLUMN = 18;

/** `FrameLines.row` of a line that could not be understood. */
export const NOT_A_FRAME = -2;

/**
 * What two neighbours (little-endian) of a right-aligned hexadecimal column are: bit 0: the second is a digit, bit 1: the first
 * is one, bit 2: they cannot stand side by side.
 */
const COLUMN_PAIR = new Uint8Array(1 << 16).fill(4);
const HEX_DIGIT = new Uint8Array(256);
for (const a of ' 0123456789abcdef') {
  if (a !== ' ') HEX_DIGIT[a.charCodeAt(0)] = 1;
  for (const b of ' 0123456789abcdef') if (a === ' ' || b !== ' ') COLUMN_PAIR[a.charCodeAt(0) | (b.charCodeAt(0) << 8)] = (a === ' ' ? 0 : 2) | (b === ' ' ? 0 : 1);
}

/** What the end of a line says. */
interface TailMeaning {
  /** Row of strings, -1 none. */
  readonly dso: number;
  /** Where in the file it lies (`-F +dsoff`); null not printed. */
  readonly fileOffset: bigint | null;
  readonly inlined: number;
  readonly understood: boolean;
}

/** What stands after the offset, with its newline: ` (dso)\n`. Recognised by comparing with the two seen last. */
interface Tail extends TailMeaning {
  readonly id: number;
  readonly view: DataView;
  readonly length: number;
}

/** An offset that is not at the end of the symbol: what follows it is not a DSO, or what precedes it is not yet all of the symbol. */
const STRAY_OFFSET = /\+0x[0-9a-f]+(?: |$)/;

const NO_TAIL: Tail = {id: -1, view: new DataView(new ArrayBuffer(PADDING)), length: 0, dso: -1, fileOffset: null, inlined: 0, understood: false};

/** A path has 4096 bytes at most. */
const MAX_TAIL_BYTES = 4096 + 64;

const encoder = new TextEncoder();

export class FrameLines {
  /** Frame row of the line last read, or NOT_A_FRAME. */
  row = 0;
  readonly #build: TraceBuilder;
  readonly #symbols = new ByteInterner();
  /** Frame of each entry of #symbols. */
  readonly #symbolFrame: number[] = [];
  readonly #others = new ByteInterner();
  /** Frame of each entry of #others. */
  readonly #otherFrame: number[] = [];
  readonly #sourceLines = new ByteInterner();
  /** Frame with that place of each entry of #sourceLines. */
  readonly #sourceFrame: number[] = [];
  /** Name, DSO and whether it is inlined, of each frame that has a name and no place. */
  readonly #parts = new Map<number, {name: number; dso: number; inlined: number}>();
  readonly #tailTexts = new ByteInterner();
  /** Tail of each entry of #tailTexts. */
  readonly #tails: Tail[] = [];
  #recent: Tail = NO_TAIL;
  #older: Tail = NO_TAIL;
  /** Where the line after the one that is read begins; 0 until that is asked. */
  #nextLine = 0;

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  /** Reads the line at `start`, whose first byte is a TAB; sets `row` and gives the start of the next line. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    const symbol = start + SYMBOL_COLUMN;
    if (bytes[start + 17] !== SPACE || !isAddressColumn(view, start + 1)) return this.#readOther(bytes, view, start);
    // To the first plus or newline by words (see words.ts), hashing on the way.
    let hash = 0;
    let at = symbol;
    let word = view.getInt32(at, true);
    for (;;) {
      const plus = word ^ 0x2b2b2b2b;
      const newline = word ^ 0x0a0a0a0a;
      const found = (((plus - 0x01010101) & ~plus) | ((newline - 0x01010101) & ~newline)) & 0x80808080;
      if (found !== 0) {
        const inWord = (31 - Math.clz32(found & -found)) >>> 3;
        if (inWord > 0) hash = Math.imul(hash ^ (word & (-1 >>> (32 - 8 * inWord))), 0x9e3779b1);
        at += inWord;
        break;
      }
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      at += 4;
      word = view.getInt32(at, true);
    }
    // A symbol may hold a plus of its own (operator+): the offset is the one that ends the symbol.
    this.#nextLine = 0;
    while (bytes[at] === PLUS) {
      if (bytes[at + 1] === 48 && bytes[at + 2] === 120 && HEX_DIGIT[bytes[at + 3]] === 1) {
        let end = at + 4;
        while (HEX_DIGIT[bytes[end]] === 1) end++;
        const tail = this.#tail(bytes, view, end);
        if (tail.understood) {
          const length = at - symbol;
          const entry = this.#symbols.internHashed(view, symbol, length, tail.id, hash ^ (hash >>> 15) ^ Math.imul(length, tail.id + 1));
          if (entry === this.#symbolFrame.length) this.#symbolFrame.push(this.#newFrame(view, symbol, length, tail));
          this.row = this.#symbolFrame[entry];
          return end + tail.length;
        }
      }
      at = indexOfEither(view, at + 1, PLUS, NEWLINE);
    }
    return this.#readOther(bytes, view, start);
  }

  #tail(bytes: Uint8Array, view: DataView, start: number): Tail {
    const recent = this.#recent;
    if (recent.length > 0 && sameBytes(view, start, recent.view, 0, recent.length)) return recent;
    const older = this.#older;
    if (older.length > 0 && sameBytes(view, start, older.view, 0, older.length)) {
      this.#older = recent;
      return (this.#recent = older);
    }
    // Found once a line, however many pluses it has.
    if (this.#nextLine === 0) this.#nextLine = indexOfEither(view, start, NEWLINE, NEWLINE) + 1;
    const length = this.#nextLine - start;
    if (length > MAX_TAIL_BYTES) return NO_TAIL;
    const text = utf8(bytes.subarray(start, start + length));
    const meaning = this.#meaning(text);
    if (!meaning.understood) return NO_TAIL;
    // A place in the file (`-F +dsoff`) is another on every line: the tail is kept without it.
    const withoutPlace = text.replace(/\+0x[0-9a-f]{1,16}\)/, ')');
    if (withoutPlace !== text) return {...this.#kept(encoder.encode(withoutPlace)), ...meaning, view: NO_TAIL.view, length};
    this.#older = recent;
    return (this.#recent = this.#kept(bytes.subarray(start, start + length)));
  }

  #kept(text: Uint8Array): Tail {
    const copy = new Uint8Array(text.length + PADDING);
    copy.set(text);
    const view = new DataView(copy.buffer);
    const id = this.#tailTexts.intern(view, 0, text.length);
    if (id === this.#tails.length) this.#tails.push({...this.#meaning(utf8(text)), id, view, length: text.length});
    return this.#tails[id];
  }

  /** Reads a line whose address stands in its first 16 columns, without the TAB (simpleperf). */
  readWithoutTab(bytes: Uint8Array, view: DataView, start: number): number {
    return this.#readOther(bytes, view, start - 1);
  }

  /** Frame row of `frame` at the place that the line `[start, end)` behind it names (`-F +srcline`). */
  at(frame: number, view: DataView, start: number, end: number): number {
    const entry = this.#sourceLines.intern(view, start, end - start, frame);
    if (entry === this.#sourceFrame.length) {
      const {file, line, inlined} = sourceLine(utf8(new Uint8Array(view.buffer, view.byteOffset + start, end - start)));
      const parts = this.#parts.get(frame);
      const isKnown = parts !== undefined && (file !== null || inlined);
      this.#sourceFrame.push(isKnown ? this.#build.frame(parts.name, parts.dso, file === null ? -1 : this.#build.string(file), line, inlined ? 1 : parts.inlined) : frame);
    }
    return this.#sourceFrame[entry];
  }

  #meaning(tail: string): TailMeaning {
    const rest = tail.trimEnd();
    if (rest === '') return {dso: -1, fileOffset: null, inlined: 0, understood: true};
    const inlined = rest.endsWith(' (inlined)');
    const dso = inlined ? rest.slice(0, -' (inlined)'.length) : rest;
    if (dso === '' && inlined) return {dso: -1, fileOffset: null, inlined: 1, understood: true};
    const named = withDsoOffset(dso.slice(2, -1));
    // An offset before a DSO inside the DSO: the symbol goes on up to there.
    if (!dso.startsWith(' (') || !dso.endsWith(')') || STRAY_OFFSET.test(` (${named.dso})`)) return {dso: -1, fileOffset: null, inlined: 0, understood: false};
    return {dso: this.#build.string(named.dso), fileOffset: named.offset, inlined: inlined ? 1 : 0, understood: true};
  }

  #newFrame(view: DataView, symbol: number, length: number, {dso, inlined}: TailMeaning): number {
    return this.#named(this.#build.stringOf(view, symbol, length), dso, inlined);
  }

  #named(name: number, dso: number, inlined: number): number {
    const row = this.#build.frame(name, dso, -1, -1, inlined);
    this.#parts.set(row, {name, dso, inlined});
    return row;
  }

  /** Lines without an offset: `-F -symoff`, a frame without a symbol, or something else altogether. */
  #readOther(bytes: Uint8Array, view: DataView, start: number): number {
    const next = indexOfEither(view, start + 1, NEWLINE, NEWLINE) + 1;
    const end = bytes[next - 2] === RETURN ? next - 2 : next - 1;
    const parted = bytes[start + 17] === SPACE || bytes[start + 17] === TAB;
    if (end < start + 17 || !isAddressColumn(view, start + 1) || (end > start + 17 && !parted)) {
      this.row = NOT_A_FRAME;
      return next;
    }
    const symbol = start + SYMBOL_COLUMN;
    // Only a frame without a symbol is told apart by its address; every other one is the same wherever it stands.
    const nameless = end <= symbol || startsWithUnknown(bytes, symbol, end) || bytes[symbol] === OPEN || bytes[symbol] === SPACE;
    const key = nameless ? start + 1 : symbol;
    const entry = this.#others.intern(view, key, end - key);
    if (entry === this.#otherFrame.length) this.#otherFrame.push(this.#otherRow(bytes, start, end, nameless));
    this.row = this.#otherFrame[entry];
    return next;
  }

  #otherRow(bytes: Uint8Array, start: number, end: number, nameless: boolean): number {
    const {symbol, tail} = splitSymbol(utf8(bytes.subarray(start + SYMBOL_COLUMN, end)));
    const meaning = this.#meaning(tail);
    if (!meaning.understood || STRAY_OFFSET.test(symbol)) return NOT_A_FRAME;
    if (symbol !== '' && symbol !== '[unknown]') return this.#named(this.#build.string(symbol), meaning.dso, meaning.inlined);
    assert(nameless, 'a frame without a symbol is told apart by its address');
    if (meaning.fileOffset !== null) return this.#build.unresolvedFrame(meaning.fileOffset, meaning.dso, AddressKind.FileOffset);
    return this.#build.unresolvedFrame(BigInt(`0x${utf8(bytes.subarray(start + 1, start + 17)).trimStart()}`), meaning.dso);
  }
}

/**
 * `asm_amd64.s:16`, `x.c:7 (discriminator 2)`, `cpp.cpp:6 (inlined)`. Where perf knows no place it prints the DSO and the address, or the
 * function and its offset: then `file` is null and `line` -1.
 */
function sourceLine(text: string): {file: string | null; line: number; inlined: boolean} {
  const trimmed = text.trim();
  const inlined = trimmed.endsWith('(inlined)');
  const place = /^(.+):(\d{1,9})(?: \(discriminator \d+\))?(?: \(inlined\))?$/.exec(trimmed);
  const line = Number(place?.[2] ?? 0);
  return place && line > 0 ? {file: place[1], line, inlined} : {file: null, line: -1, inlined};
}

function startsWithUnknown(bytes: Uint8Array, start: number, end: number): boolean {
  const name = '[unknown]';
  if (end - start < name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return end - start === name.length || bytes[start + name.length] === SPACE;
}

/** True when the 16 bytes at `start` are a hexadecimal number, right-aligned. */
export function isAddressColumn(view: DataView, start: number): boolean {
  let at = start;
  while (at < start + 12 && view.getInt32(at, true) === 0x20202020) at += 4;
  let pair = 0;
  let wrong = 0;
  for (; at < start + 16; at += 2) {
    const next = COLUMN_PAIR[view.getUint16(at, true)];
    // A digit is followed by digits only: also from one pair to the next.
    wrong |= (pair & 1 & ~(next >> 1)) | (next & 4);
    pair = next;
  }
  return wrong === 0 && (pair & 1) === 1;
}

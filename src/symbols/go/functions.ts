/**
 * The functions of a Go binary: where each begins, its name and record, and the tables that give a number for each of its program counters
 * (file, line, size of the frame, inlined call).
 *
 *   record:  entry (word, from 1.18 u32) name u32 args i32 deferreturn u32 pcsp u32 pcfile u32 pcln u32 npcdata u32
 *            [cuOffset u32, from 1.16] [startLine u32, from 1.20] funcID u8 flag u8 0 nfuncdata u8
 *            pcdata u32[npcdata]  funcdata: words, aligned, or from 1.18 u32[nfuncdata]
 *   counter table: pairs of varints (change of value, zigzag; instructions that it is good for), the first value counted from -1, ends with 0
 *
 * Source: runtime/runtime2.go (_func), runtime/symtab.go (step, pcvalue, funcdata) of Go 1.12 … 1.27.
 */
import {Words} from '../elf/words.ts';
import type {GoTables} from '../shape.ts';
import {entryBytesOf} from './header.ts';

/** A function of a Go binary, as its record has it. */
export interface GoFunction {
  /** Its place in the list, upwards by address. */
  readonly index: number;
  readonly entry: number;
  /** First address after it, and after the padding that follows it. */
  readonly end: number;
  /** Where in the table its record is. */
  readonly record: number;
  readonly nameOffset: number;
  /** Bytes of arguments on the caller's stack; -0x80000000 where the runtime does not know either. */
  readonly argsBytes: number;
  /** What the runtime makes of it: numbers change from version to version. */
  readonly funcId: number;
  /** Bits of `FuncFlag`; 0 before Go 1.17. */
  readonly flags: number;
}

/** Bits of `GoFunction.flags`: nothing calls it, it writes SP, it is assembly. */
export const FuncFlag = {TopFrame: 1, SpWrite: 2, Assembly: 4} as const;

/** The tables of numbers that every function may have. Where in a record the offset of each stands, counted from its name. */
const TableAt = {stack: 12, file: 16, line: 20} as const;
/** A counter table longer than this is damaged: 32 MiB of code in one function. */
const MOST_STEPS = 1 << 20;

/** Asks a Go table. One for each table: it keeps what it works out. */
export class GoFunctions {
  readonly go: GoTables;
  readonly words: Words;
  /** Whether entries are offsets from the text's start, and data offsets from `calls`. */
  readonly #isRelative: boolean;
  /** Where in a record its name stands, and its `funcID`. */
  readonly #nameAt: number;
  readonly #idAt: number;
  readonly #entryBytes: number;
  readonly #names = new Map<number, string>();
  readonly #scratch = new Counters();

  constructor(go: GoTables) {
    this.go = go;
    this.words = new Words(go.table, go.isLittleEndian, go.pointerBytes);
    this.#isRelative = go.layout === '1.18' || go.layout === '1.20';
    this.#nameAt = this.#isRelative ? 4 : go.pointerBytes;
    this.#idAt = this.#nameAt + {'1.2': 28, '1.16': 32, '1.18': 32, '1.20': 36}[go.layout];
    this.#entryBytes = entryBytesOf(go);
  }

  /** Address of function `index`; that of the end of the last one for `functionCount`. */
  entryOf(index: number): number {
    const at = this.go.functions + index * this.#entryBytes;
    return this.#isRelative ? this.go.textStart + this.words.u32(at) : this.words.size(at);
  }

  /** The function that `address` lies in; null: in none. Cost: a binary search. */
  functionAt(address: number): GoFunction | null {
    let low = 0;
    let high = this.go.functionCount;
    if (!(address >= this.entryOf(0) && address < this.entryOf(high))) return null;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (this.entryOf(middle) <= address) low = middle;
      else high = middle;
    }
    return this.functionOf(low);
  }

  /** Function `index`. */
  functionOf(index: number): GoFunction {
    const {go, words} = this;
    const at = go.functions + index * this.#entryBytes + this.#entryBytes / 2;
    const offset = this.#isRelative ? words.u32(at) : words.size(at);
    // In the layout of 1.2 offsets count from the table, later from the list of functions.
    const record = go.layout === '1.2' ? offset : go.functions + offset;
    return {
      index, record,
      entry: this.entryOf(index),
      end: this.entryOf(index + 1),
      nameOffset: words.i32(record + this.#nameAt),
      argsBytes: words.i32(record + this.#nameAt + 4),
      funcId: words.u8(record + this.#idAt),
      flags: go.layout === '1.2' ? 0 : words.u8(record + this.#idAt + 1),
    };
  }

  /** The text of a name's offset; '' where there is none. Read once. */
  name(offset: number): string {
    let name = this.#names.get(offset);
    if (name === undefined) {
      name = offset >= 0 ? this.words.text(this.go.names + offset) : '';
      this.#names.set(offset, name);
    }
    return name;
  }

  /** Path of file number `file` of the function; null: not known. */
  file(of: GoFunction, file: number): string | null {
    const {go, words} = this;
    if (file < 0) return null;
    if (go.layout === '1.2') {
      const offset = words.u32(go.files + file * 4);
      return offset === 0 ? null : words.text(offset);
    }
    const unit = words.u32(of.record + this.#nameAt + 28);
    const offset = words.u32(go.units + (unit + file) * 4);
    return offset === 0xffffffff ? null : words.text(go.files + offset);
  }

  /** Table of the function's own numbers. Its offset 0: it has none. */
  tableOf(of: GoFunction, table: keyof typeof TableAt): number {
    return this.words.u32(of.record + this.#nameAt + TableAt[table]);
  }

  /** Table number `index` of those that a version has more or fewer of (PCDATA). */
  extraTableOf(of: GoFunction, index: number): number {
    return index < this.#extraTables(of) ? this.words.u32(of.record + this.#idAt + 4 + index * 4) : 0;
  }

  /** What a function points to outside of this table (FUNCDATA `index`): an offset into `calls` from 1.18 on, else an address; NaN: nothing. */
  dataOf(of: GoFunction, index: number): number {
    const {go, words} = this;
    if (index >= words.u8(of.record + this.#idAt + 3)) return Number.NaN;
    const first = of.record + this.#idAt + 4 + this.#extraTables(of) * 4;
    if (this.#isRelative) {
      const offset = words.u32(first + index * 4);
      return offset === 0xffffffff ? Number.NaN : offset;
    }
    const address = words.size(Math.ceil(first / go.pointerBytes) * go.pointerBytes + index * go.pointerBytes);
    return address === 0 ? Number.NaN : address;
  }

  /** What the counter table at `offset` says of `address`, which lies in the function; -1: nothing. */
  valueAt(of: GoFunction, offset: number, address: number): number {
    this.fill(this.#scratch, of, offset);
    return this.#scratch.at(address);
  }

  /** Reads the counter table at `offset` of a function (0: none) into `counters`. */
  fill(counters: Counters, of: GoFunction, offset: number): void {
    counters.clear();
    if (offset === 0) return;
    const {table, instructionBytes} = this.go;
    let at = this.go.counters + offset;
    let value = -1;
    let address = of.entry;
    // Bytes by hand: every function that is asked for comes by here, four times.
    for (let step = 0; step < MOST_STEPS && at < table.length; step++) {
      let byte = table[at++];
      if (byte === 0 && step > 0) return;
      let change = byte & 0x7f;
      for (let shift = 7; byte >= 0x80 && at < table.length; shift += 7) {
        byte = table[at++];
        change |= (byte & 0x7f) << shift;
      }
      value = (value + ((change >>> 1) ^ -(change & 1))) | 0;
      byte = table[at++] ?? 0;
      let instructions = byte & 0x7f;
      for (let shift = 7; byte >= 0x80 && at < table.length; shift += 7) {
        byte = table[at++];
        instructions |= (byte & 0x7f) << shift;
      }
      address += (instructions >>> 0) * instructionBytes;
      counters.add(address, value);
    }
  }

  /** Bytes between SP and the frame's return address (amd64; arm64: and the caller's SP) at `address`; NaN: not known. */
  stackBytesAt(address: number): number {
    const of = this.functionAt(address);
    const offset = of ? this.tableOf(of, 'stack') : 0;
    if (!of || offset === 0) return Number.NaN;
    const value = this.valueAt(of, offset, address);
    return value < 0 ? Number.NaN : value;
  }

  #extraTables(of: GoFunction): number {
    return this.words.u32(of.record + this.#nameAt + 24);
  }
}

/** A counter table in columns: `values[i]` is good below `ends[i]`. Used again for one function after the other. */
export class Counters {
  #ends = new Float64Array(64);
  #values = new Int32Array(64);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  add(end: number, value: number): void {
    if (this.#length === this.#ends.length) {
      const [ends, values] = [new Float64Array(this.#length * 2), new Int32Array(this.#length * 2)];
      ends.set(this.#ends);
      values.set(this.#values);
      [this.#ends, this.#values] = [ends, values];
    }
    this.#ends[this.#length] = end;
    this.#values[this.#length++] = value;
  }

  /** What is said of an address; -1: nothing. */
  at(address: number): number {
    const ends = this.#ends;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle] <= address) low = middle + 1;
      else high = middle;
    }
    return low < this.#length ? this.#values[low] : -1;
  }

  /** The values, in the order of addresses. */
  values(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}

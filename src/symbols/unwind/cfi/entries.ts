/**
 * `.eh_frame` -> what it says of which addresses. It is a row of entries: common ones (CIE), and those of functions (FDE), each of which points
 * back to a common one. All are found once; an index of them (`.eh_frame_hdr`) is not needed, nor trusted.
 *
 *   length u32, id u32 (CIE: 0; FDE: how far its CIE lies before this field), …   a length of 0 ends
 *   CIE: version u8, augmentation text, code factor uleb, data factor sleb, register of the return address, [z: size uleb, and what the text names]
 *   FDE: first address, size of the code, [z: size uleb, …], instructions
 *
 * Source: Linux Standard Base 5.0, 10.6 (Exception Frames); DWARF 5, 6.4.
 */
import {upperBound} from '../../../base/columns/search.ts';
import {sortedBy} from '../../../base/columns/sort.ts';
import {GrowableTable, type Table} from '../../../base/columns/table.ts';
import type {Region, Symbols} from '../../shape.ts';
import {DwarfReader} from './reader.ts';

/** What functions have in common. */
export interface Common {
  readonly codeFactor: number;
  readonly dataFactor: number;
  readonly returnRegister: number;
  readonly pointerEncoding: number;
  readonly hasSizes: boolean;
  /** The frame is one that the kernel made for a signal: what it leads to stood where it was, and called nothing. */
  readonly isSignal: boolean;
  /** Its instructions, as bytes of the region. */
  readonly from: number;
  readonly to: number;
}

/** What is said of one function: `common`, and its own instructions. */
export interface FunctionEntry {
  readonly common: Common;
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

const FUNCTIONS = {start: Float64Array, end: Float64Array, common: Float64Array, from: Float64Array, to: Float64Array} as const;
/** A length that says that the real one follows, of 64 bits: no linker writes it for `.eh_frame`. */
const LONG = 0xffffffff;

export class FrameEntries {
  readonly region: Region;
  readonly #symbols: Symbols;
  readonly #functions: Table<typeof FUNCTIONS>;
  readonly #commons = new Map<number, Common | null>();

  /** Cost: one pass over the region, and a sort of the functions. */
  constructor(region: Region, symbols: Symbols) {
    this.region = region;
    this.#symbols = symbols;
    this.#functions = this.#found();
  }

  /** What is said of `address`; null: nothing. */
  at(address: number): FunctionEntry | null {
    const {start, end, common, from, to} = this.#functions;
    const row = upperBound(start, address) - 1;
    if (row < 0 || !(address < end[row])) return null;
    const of = this.#common(common[row]);
    return of && {common: of, start: start[row], from: from[row], to: to[row]};
  }

  /** A reader of some bytes of the region. */
  reader(from: number, to: number): DwarfReader {
    return new DwarfReader(this.region, this.#symbols, from, to);
  }

  #found(): Table<typeof FUNCTIONS> {
    const found = new GrowableTable(FUNCTIONS, 256);
    const {bytes} = this.region;
    for (let at = 0; at + 8 <= bytes.length;) {
      const reader = this.reader(at, bytes.length);
      const length = reader.u32();
      if (length === 0 || length === LONG) break;
      const idAt = reader.at;
      const next = idAt + length;
      const back = reader.u32();
      if (back !== 0 && next <= bytes.length) this.#addFunction(idAt - back, this.reader(reader.at, next), found);
      at = next;
    }
    return sortedBy('start', found.finish());
  }

  #addFunction(commonAt: number, reader: DwarfReader, found: GrowableTable<typeof FUNCTIONS>): void {
    const common = this.#common(commonAt);
    if (!common) return;
    const start = reader.pointer(common.pointerEncoding);
    const sizeBytes = reader.number(common.pointerEncoding);
    if (!(sizeBytes > 0) || Number.isNaN(start)) return;
    if (common.hasSizes) {
      const skipped = reader.uleb();
      reader.at += skipped;
    }
    const row = found.add();
    found.rows.start[row] = start;
    found.rows.end[row] = start + sizeBytes;
    found.rows.common[row] = commonAt;
    found.rows.from[row] = reader.at;
    found.rows.to[row] = reader.end;
  }

  #common(at: number): Common | null {
    let common = this.#commons.get(at);
    if (common === undefined) this.#commons.set(at, (common = this.#readCommon(at)));
    return common;
  }

  #readCommon(at: number): Common | null {
    const head = this.reader(at, at + 8);
    const end = at + 4 + head.u32();
    if (!(at >= 0) || head.u32() !== 0 || end > this.region.bytes.length) return null;
    const reader = this.reader(at + 8, end);
    const version = reader.u8();
    if (version !== 1 && version !== 3 && version !== 4) return null;
    const augmentation = reader.text();
    if (version === 4) reader.u16();
    const codeFactor = reader.uleb();
    const dataFactor = reader.sleb();
    const returnRegister = version === 1 ? reader.u8() : reader.uleb();
    const hasSizes = augmentation.startsWith('z');
    // What is not known can only be passed over where its size stands before it.
    if (!hasSizes) return augmentation === '' ? {codeFactor, dataFactor, returnRegister, pointerEncoding: 0, hasSizes, isSignal: false, from: reader.at, to: reader.end} : null;
    const sizeBytes = reader.uleb();
    const from = reader.at + sizeBytes;
    let pointerEncoding = 0;
    let isSignal = false;
    for (const letter of augmentation.slice(1)) {
      if (letter === 'R') pointerEncoding = reader.u8();
      else if (letter === 'P') reader.pointer(reader.u8());
      else if (letter === 'L') reader.u8();
      else if (letter === 'S') isSignal = true;
      else if (letter !== 'B') break;
    }
    return {codeFactor, dataFactor, returnRegister, pointerEncoding, hasSizes, isSignal, from, to: reader.end};
  }
}

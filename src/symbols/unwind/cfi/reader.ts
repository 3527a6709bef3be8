/** A place in DWARF bytes that is read onward: numbers of fixed size, LEB128, pointers as `.eh_frame` writes them. What lies outside reads as 0. */
import type {Region, Symbols} from '../../shape.ts';

/** How a pointer is written (DW_EH_PE_…): its form, what it is counted from, and whether it is but the place of one. */
const Form = {Native: 0, Uleb: 1, U16: 2, U32: 3, U64: 4, Sleb: 9, S16: 10, S32: 11, S64: 12} as const;
const FORM_MASK = 0x0f;
const BASE_MASK = 0x70;
const FROM_HERE = 0x10;
const INDIRECT = 0x80;
export const POINTER_OMITTED = 0xff;
/** A LEB128 number of more bytes is no number. */
const LONGEST_LEB = 10;

export class DwarfReader {
  at: number;
  readonly end: number;
  readonly #region: Region;
  readonly #view: DataView;
  readonly #little: boolean;

  /** Reads `region` from its byte `at` to `end`. */
  constructor(region: Region, {isLittleEndian}: Pick<Symbols, 'isLittleEndian'>, at = 0, end = region.bytes.length) {
    this.#region = region;
    this.#view = new DataView(region.bytes.buffer, region.bytes.byteOffset, region.bytes.length);
    this.#little = isLittleEndian;
    this.at = at;
    this.end = Math.min(end, region.bytes.length);
  }

  /** Whether all was read. */
  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  u8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : this.#view.getUint8(at);
  }

  u16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.#view.getUint16(at, this.#little);
  }

  u32(): number {
    const at = this.#take(4);
    return at < 0 ? 0 : this.#view.getUint32(at, this.#little);
  }

  u64(): bigint {
    const at = this.#take(8);
    return at < 0 ? 0n : this.#view.getBigUint64(at, this.#little);
  }

  i8(): number {
    return (this.u8() << 24) >> 24;
  }

  i16(): number {
    return (this.u16() << 16) >> 16;
  }

  i32(): number {
    return this.u32() | 0;
  }

  i64(): bigint {
    return BigInt.asIntN(64, this.u64());
  }

  uleb(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < LONGEST_LEB; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
    }
    return value;
  }

  sleb(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < LONGEST_LEB; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return byte & 0x40 ? value - scale : value;
    }
    return value;
  }

  /** Bytes up to the next 0, as text. */
  text(): string {
    let text = '';
    for (let byte = this.u8(); byte !== 0; byte = this.u8()) text += String.fromCharCode(byte);
    return text;
  }

  /** A pointer written so; NaN where it cannot be known from the file alone. */
  pointer(encoding: number): number {
    if (encoding === POINTER_OMITTED) return Number.NaN;
    const here = this.#region.address + this.at;
    const value = this.number(encoding);
    if ((encoding & INDIRECT) !== 0) return Number.NaN;
    const base = encoding & BASE_MASK;
    return base === 0 ? value : base === FROM_HERE ? value + here : Number.NaN;
  }

  /** The number of a pointer, counted from nothing: as lengths are written. */
  number(encoding: number): number {
    switch (encoding & FORM_MASK) {
      case Form.Native:
      case Form.U64: return Number(this.u64());
      case Form.Uleb: return this.uleb();
      case Form.U16: return this.u16();
      case Form.U32: return this.u32();
      case Form.Sleb: return this.sleb();
      case Form.S16: return this.i16();
      case Form.S32: return this.i32();
      case Form.S64: return Number(this.i64());
      default: return Number.NaN;
    }
  }

  /** Where the next `sizeBytes` bytes begin; -1: they are not there, and all counts as read. */
  #take(sizeBytes: number): number {
    const {at} = this;
    if (!(at >= 0 && at + sizeBytes <= this.end)) {
      this.at = this.end;
      return -1;
    }
    this.at = at + sizeBytes;
    return at;
  }
}

/**
 * Reads numbers and strings of a header or feature section one after another, in the byte order of the machine that recorded.
 * Past the end everything is 0 or empty and `overrun` says so: the caller asks once, after reading.
 */
import {utf8} from '../../base/bytes/text.ts';

export class Cursor {
  at = 0;
  overrun = false;
  readonly bytes: Uint8Array;
  readonly little: boolean;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, little: boolean) {
    this.bytes = bytes;
    this.little = little;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    return this.#take(1) ? this.#view.getUint8(this.at - 1) : 0;
  }

  u16(): number {
    return this.#take(2) ? this.#view.getUint16(this.at - 2, this.little) : 0;
  }

  u32(): number {
    return this.#take(4) ? this.#view.getUint32(this.at - 4, this.little) : 0;
  }

  u64(): bigint {
    return this.#take(8) ? this.#view.getBigUint64(this.at - 8, this.little) : 0n;
  }

  /** A 64-bit number as a double: exact below 2^53, which sizes and offsets are in files that exist. */
  size(): number {
    return Number(this.u64());
  }

  /** The next `length` bytes; a view, not a copy. */
  take(length: number): Uint8Array {
    return this.#take(length) ? this.bytes.subarray(this.at - length, this.at) : new Uint8Array(0);
  }

  /** Text of `length` bytes, which ends at the first NUL. */
  text(length: number): string {
    return untilNul(this.take(length));
  }

  /** perf's header strings: a length of 32 bits, then so many bytes, padded with NULs. */
  headerString(): string {
    return this.text(this.u32());
  }

  /** Text up to a NUL, which is taken too. */
  cString(): string {
    const nul = this.bytes.indexOf(0, this.at);
    if (nul >= 0) return this.text(nul + 1 - this.at);
    this.overrun = true;
    return this.text(this.left);
  }

  #take(length: number): boolean {
    if (!(length <= this.left)) {
      this.overrun = true;
      return false;
    }
    this.at += length;
    return true;
  }
}

/** The bytes before the first NUL, as text. */
export function untilNul(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  return utf8(nul < 0 ? bytes : bytes.subarray(0, nul));
}

/** The words of a copied stack, by their address. */
import type {StackDump} from './shape.ts';

/** A word outside of it reads as NaN; a value above 2^53, which is no address, is not exact. */
export class StackMemory {
  readonly start: number;
  /** The first address behind what was copied. */
  readonly end: number;
  readonly #view: DataView;
  readonly #little: boolean;

  constructor({start, bytes, littleEndian}: StackDump) {
    this.start = start;
    this.end = start + bytes.length;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#little = littleEndian;
  }

  /** Whether a word at `address` lies in it. */
  has(address: number): boolean {
    return address >= this.start && address + 8 <= this.end;
  }

  /** Whether a word at `address` lies behind it, wholly or in part. */
  endsBefore(address: number): boolean {
    return address + 8 > this.end;
  }

  /** The word at `address`. */
  word(address: number): number {
    if (!this.has(address)) return Number.NaN;
    const at = address - this.start;
    const [low, high] = this.#little ? [at, at + 4] : [at + 4, at];
    return this.#view.getUint32(high, this.#little) * 2 ** 32 + this.#view.getUint32(low, this.#little);
  }
}

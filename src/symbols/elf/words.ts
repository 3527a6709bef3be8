/**
 * Numbers of an ELF file: of its byte order, of its size of words. Total: what lies outside of the bytes reads as 0, so that a cut or hostile
 * file yields nothing rather than an exception.
 */

/** Bytes read as numbers; `base` is what addresses are counted from. */
export class Words {
  readonly bytes: Uint8Array;
  readonly isLittleEndian: boolean;
  readonly pointerBytes: 4 | 8;
  readonly base: bigint;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, isLittleEndian: boolean, pointerBytes: 4 | 8, base = 0n) {
    this.bytes = bytes;
    this.isLittleEndian = isLittleEndian;
    this.pointerBytes = pointerBytes;
    this.base = base;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Other bytes of the same file. */
  of(bytes: Uint8Array): Words {
    return new Words(bytes, this.isLittleEndian, this.pointerBytes, this.base);
  }

  u8(at: number): number {
    return at >= 0 && at < this.bytes.length ? this.bytes[at] : 0;
  }

  u16(at: number): number {
    return this.#has(at, 2) ? this.#view.getUint16(at, this.isLittleEndian) : 0;
  }

  u32(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at, this.isLittleEndian) : 0;
  }

  i32(at: number): number {
    return this.#has(at, 4) ? this.#view.getInt32(at, this.isLittleEndian) : 0;
  }

  u64(at: number): bigint {
    return this.#has(at, 8) ? this.#view.getBigUint64(at, this.isLittleEndian) : 0n;
  }

  /** A size or an offset: of the size of a pointer; exact below 2^53, as every size that can be is. */
  size(at: number): number {
    if (this.pointerBytes === 4) return this.u32(at);
    const [high, low] = this.isLittleEndian ? [at + 4, at] : [at, at + 4];
    return this.u32(high) * 2 ** 32 + this.u32(low);
  }

  /** An address, counted from `base`. */
  address(at: number): number {
    if (this.base === 0n) return this.size(at);
    return Number(this.u64(at) - this.base);
  }

  /** The bytes up to the next 0, as text; '' outside. */
  text(at: number): string {
    return utf8.decode(this.bytes.subarray(at, this.textEnd(at)));
  }

  /** Where the text at `at` ends: at its 0, or with the bytes. */
  textEnd(at: number): number {
    const end = this.bytes.indexOf(0, at);
    return end < 0 ? this.bytes.length : end;
  }

  #has(at: number, sizeBytes: number): boolean {
    return at >= 0 && at + sizeBytes <= this.bytes.length;
  }
}

const utf8 = new TextDecoder();

/** Unsigned LEB128 numbers of up to 64 bits, read one after another from a range of bytes. */

/** A position in bytes from which numbers are read. */
export class VarintReader {
  bytes: Uint8Array;
  at: number;
  end: number;
  /** The exact value of the number last read, when it is 2^53 or more and not "none"; undefined otherwise. */
  exact: bigint | undefined = undefined;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /**
   * The next number. 2^64 - 1, Go's "none", is -1; one of 2^53 or more is the nearest double, its exact value in `exact`.
   * NaN when the bytes end inside it or it has more than 64 bits; `at` is then unchanged.
   */
  next(): number {
    const {bytes, end} = this;
    let at = this.at;
    let value = 0;
    let scale = 1;
    this.exact = undefined;
    // 7 bytes hold 49 bits, which a double holds exactly; nearly every number ends within the first two.
    for (let n = 0; n < 7; n++) {
      if (at >= end) return Number.NaN;
      const byte = bytes[at++];
      if (byte < 128) {
        this.at = at;
        return value + byte * scale;
      }
      value += (byte - 128) * scale;
      scale *= 128;
    }
    return this.#large(at, BigInt(value));
  }

  #large(at: number, value: bigint): number {
    for (let shift = 49n; shift < 70n; shift += 7n) {
      if (at >= this.end) return Number.NaN;
      const byte = this.bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        if (value >= 1n << 64n) return Number.NaN;
        this.at = at;
        if (value === (1n << 64n) - 1n) return -1;
        if (value >= 1n << 53n) this.exact = value;
        return Number(value);
      }
    }
    return Number.NaN;
  }
}

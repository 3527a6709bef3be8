/** A stream of pieces, read by so many bytes at a time; and all of it held, for what can only be read in order but has its tables last. */
import type {ByteStream} from '../../base/bytes/source.ts';

/** Reads a stream in portions of the caller's choice. */
export class PieceReader {
  /** Where the next byte stands. */
  byte = 0;
  readonly #stream: ByteStream;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** The next `sizeBytes` bytes, fewer at the end; a copy. */
  async take(sizeBytes: number): Promise<Uint8Array> {
    const all = new Uint8Array(sizeBytes);
    let at = 0;
    while (at < sizeBytes) {
      const piece = await this.next(sizeBytes - at);
      if (!piece) return all.subarray(0, at);
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  /** The next bytes, no more than `limit`, as they come; null at the end. */
  async next(limit: number): Promise<Uint8Array | null> {
    if (this.#piece.length === 0) this.#piece = (await this.#stream.read()) ?? this.#piece;
    if (this.#piece.length === 0) return null;
    const piece = this.#piece.subarray(0, limit);
    this.#piece = this.#piece.subarray(piece.length);
    this.byte += piece.length;
    return piece;
  }

  /** Leaves out `sizeBytes` bytes. */
  async skip(sizeBytes: number): Promise<void> {
    for (let left = sizeBytes; left > 0; ) {
      const piece = await this.next(left);
      if (!piece) return;
      left -= piece.length;
    }
  }
}

/** Everything that is left of a stream, after `head`; null when that is more than `limit` bytes. */
export async function heldWhole(head: Uint8Array, reader: PieceReader, limit: number): Promise<Uint8Array | null> {
  const pieces = [head];
  let total = head.length;
  for (let piece = await reader.next(Infinity); piece; piece = await reader.next(Infinity)) {
    total += piece.length;
    if (total > limit) return null;
    pieces.push(piece.slice());
  }
  const all = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

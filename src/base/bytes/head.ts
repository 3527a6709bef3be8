/** Looks at the first bytes of a stream without taking them away. */
import type {ByteStream} from './source.ts';

/** A stream whose beginning can be looked at before it is read: what was looked at is given again by `read`. */
export class HeadStream implements ByteStream {
  readonly #stream: ByteStream;
  readonly #held: Uint8Array[] = [];
  #heldBytes = 0;
  #ended = false;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** The first `sizeBytes` bytes, or all there are; `complete` when the whole file lies in them. Only before the first `read`. */
  async head(sizeBytes: number): Promise<{bytes: Uint8Array; complete: boolean}> {
    while (this.#heldBytes < sizeBytes && !this.#ended) {
      const piece = await this.#stream.read();
      if (!piece) this.#ended = true;
      else {
        this.#held.push(piece.slice());
        this.#heldBytes += piece.length;
      }
    }
    const all = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const piece of this.#held) {
      all.set(piece, at);
      at += piece.length;
    }
    return {bytes: all.subarray(0, sizeBytes), complete: this.#ended && all.length <= sizeBytes};
  }

  async read(): Promise<Uint8Array | null> {
    return this.#held.shift() ?? this.#stream.read();
  }
}

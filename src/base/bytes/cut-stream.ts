/** A stream that ends for a while where it is told to: what is behind the cut is given when it is told to go on. */
import type {ByteStream} from './source.ts';

export class CutStream implements ByteStream {
  readonly #stream: ByteStream;
  #cut = Infinity;
  /** Bytes given so far. */
  #given = 0;
  /** What was read of the stream and lies behind the cut. */
  #behind: Uint8Array | null = null;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** Where in the stream the next piece begins. */
  get at(): number {
    return this.#given;
  }

  /** Ends before this byte, which must not be given yet. */
  cutAt(byte: number): void {
    this.#cut = byte;
  }

  /** There is no cut any more. */
  join(): void {
    this.#cut = Infinity;
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#given >= this.#cut) return null;
    // A piece may be overwritten by the next read of the stream, and none is read while some of it is left.
    const piece = this.#behind ?? (await this.#stream.read());
    if (!piece) return null;
    const own = piece.subarray(0, this.#cut - this.#given);
    this.#behind = own.length < piece.length ? piece.subarray(own.length) : null;
    this.#given += own.length;
    return own;
  }
}

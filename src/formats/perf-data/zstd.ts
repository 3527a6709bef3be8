/**
 * Compressed records: what they hold, put together, is one zstd stream of further records, which may begin in one and end in the next.
 */
import {Decompress} from 'fzstd';

export class CompressedRecords {
  readonly #stream: Decompress;
  #broken = false;

  /** `take` gets the bytes as they come out. */
  constructor(take: (bytes: Uint8Array) => void) {
    this.#stream = new Decompress((bytes) => take(bytes));
  }

  /** Unpacks what one record holds; gives why that failed, once. After that nothing can be unpacked. */
  push(packed: Uint8Array): string | null {
    if (this.#broken) return null;
    try {
      // The stream keeps what it cannot unpack yet.
      this.#stream.push(packed.slice());
      return null;
    } catch (error) {
      this.#broken = true;
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** Tells files apart without reading them: size, beginning and end. */
import type {ByteStream} from './source.ts';

const EDGE_BYTES = 1 << 16;

/**
 * A text that is equal for files of the same size whose first and last 64 KiB are the same. Files that differ only between these have
 * one fingerprint too: equal means "looks the same".
 */
export async function fingerprint(blob: Blob): Promise<string> {
  const [head, tail] = await Promise.all([blob.slice(0, EDGE_BYTES).arrayBuffer(), blob.slice(Math.max(0, blob.size - EDGE_BYTES)).arrayBuffer()]);
  return `${blob.size} ${fnv1a(new Uint8Array(head))} ${fnv1a(new Uint8Array(tail))}`;
}

/** The same of a file whose bytes only pass by, from an address. Read the stream to its end, then ask. */
export class PassingFingerprint implements ByteStream {
  readonly #stream: ByteStream;
  readonly #head = new Uint8Array(EDGE_BYTES);
  /** The last bytes so far, up to `EDGE_BYTES`. */
  #tail = new Uint8Array(0);
  #sizeBytes = 0;
  #hasEnded = false;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  async read(): Promise<Uint8Array | null> {
    const piece = await this.#stream.read();
    if (!piece) {
      this.#hasEnded = true;
      return null;
    }
    if (this.#sizeBytes < EDGE_BYTES) this.#head.set(piece.subarray(0, EDGE_BYTES - this.#sizeBytes), this.#sizeBytes);
    const kept = this.#tail.subarray(Math.max(0, this.#tail.length - Math.max(0, EDGE_BYTES - piece.length)));
    const added = piece.subarray(Math.max(0, piece.length - EDGE_BYTES));
    const tail = new Uint8Array(kept.length + added.length);
    tail.set(kept);
    tail.set(added, kept.length);
    this.#tail = tail;
    this.#sizeBytes += piece.length;
    return piece;
  }

  /** null: the stream was not read to its end. */
  get fingerprint(): string | null {
    if (!this.#hasEnded) return null;
    return `${this.#sizeBytes} ${fnv1a(this.#head.subarray(0, this.#sizeBytes))} ${fnv1a(this.#tail)}`;
  }
}

/** FNV-1a, 32 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

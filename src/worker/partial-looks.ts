/** When a file that is read is looked at before its end: each look costs a copy, and its picture the core that the rest could be read with. */

/** First look at what was read: soon, so that there is something to see. */
const FIRST_MS = 120;
/** How much longer each next one waits: looks become rare as the copy grows. */
const GROWTH = 2.5;
/** And by how much at least: a picture that is still being painted would be given up for the next one. */
const BETWEEN_MS = 1000;
/** A look at more than this would need the memory that the rest of the file will. */
const MOST_BYTES = 32 << 20;
/** No look is worth its copy when the end is nearer than this. */
const NEAR_END_MS = 1500;
/** How fast a file is read shows after so many bytes, or so long: at first code is not compiled yet, and the end seems far. */
const RATE_SHOWS_BYTES = 24 << 20;
const RATE_SHOWS_MS = 500;

/** Times are `performance.now()`. */
export class PartialLooks {
  readonly #startMs: number;
  /** When the first bytes came: what loads before that is not slow reading. */
  #firstBytesMs: number | null = null;
  #nextMs: number;

  constructor(startMs: number) {
    this.#startMs = startMs;
    this.#nextMs = startMs + FIRST_MS;
  }

  bytesCame(nowMs: number): void {
    this.#firstBytesMs ??= nowMs;
  }

  /** `bytes` read of `ofBytes` (null: not known); `sampleBytes`: what a look copies. */
  isDue(nowMs: number, bytes: number, ofBytes: number | null, sampleBytes: number): boolean {
    if (nowMs < this.#nextMs || sampleBytes > MOST_BYTES) return false;
    const elapsedMs = nowMs - (this.#firstBytesMs ?? nowMs);
    if (bytes < RATE_SHOWS_BYTES && elapsedMs < RATE_SHOWS_MS) return false;
    return remainingMs(elapsedMs, bytes, ofBytes) >= NEAR_END_MS;
  }

  taken(nowMs: number): void {
    const elapsedMs = nowMs - this.#startMs;
    this.#nextMs = this.#startMs + Math.max(elapsedMs * GROWTH, elapsedMs + BETWEEN_MS);
  }
}

/** How long the rest takes if it goes on as it went; endless when the size is not known. */
function remainingMs(elapsedMs: number, bytes: number, ofBytes: number | null): number {
  return ofBytes === null ? Infinity : (elapsedMs * (ofBytes - bytes)) / Math.max(bytes, 1);
}

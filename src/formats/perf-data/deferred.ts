/**
 * Chains of user code that come later: the kernel may leave them to the moment when the thread goes back to user space, and write them in a record
 * of their own (CALLCHAIN_DEFERRED). Samples and record bear the same number; several samples may wait for one.
 */

/** A sample that waits: its row, and its frames of the kernel, leaf first. */
export interface WaitingSample {
  readonly row: number;
  readonly frames: Int32Array;
}

/** Samples that wait; of more the oldest are given up. */
const MOST_WAITING = 1 << 16;

export class DeferredChains {
  readonly #waiting = new Map<string, WaitingSample[]>();
  #count = 0;

  wait(tid: number, cookie: bigint, row: number, frames: Int32Array): void {
    const key = `${tid} ${cookie}`;
    const samples = this.#waiting.get(key);
    if (samples) samples.push({row, frames});
    else this.#waiting.set(key, [{row, frames}]);
    if (++this.#count > MOST_WAITING) this.#giveUp();
  }

  /** The samples whose chains end with this record's. They do not wait any more. */
  take(tid: number, cookie: bigint): readonly WaitingSample[] {
    const key = `${tid} ${cookie}`;
    const samples = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    this.#count -= samples.length;
    return samples;
  }

  #giveUp(): void {
    const oldest = this.#waiting.keys().next();
    if (oldest.done) return;
    this.#count -= this.#waiting.get(oldest.value)!.length;
    this.#waiting.delete(oldest.value);
  }
}

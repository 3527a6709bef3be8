/**
 * The next event of one thread, decoded. A thread's batches are read one after another; times are differences to the event
 * before, the first to the batch.
 */
import {argumentCount, Ev, MAX_ARGUMENTS} from './event-types.ts';
import type {Batch} from './batches.ts';
import {VarintReader} from './varint.ts';

/** Why a batch cannot be read further. */
export interface DecodeProblem {
  readonly message: string;
  readonly byte: number;
}

export class Cursor {
  readonly m: number;
  /** Kind, time in nanoseconds (since the origin the frontier works with) and arguments of the event that comes next. */
  type = 0;
  timeNs = 0;
  readonly args = new Float64Array(MAX_ARGUMENTS);
  /** Exact values of arguments of 2^53 and more, by place; null when there are none. */
  exact: (bigint | undefined)[] | null = null;
  /** File offset of the event. */
  byte = 0;
  readonly #batches: readonly Batch[];
  readonly #nsPerTick: number;
  readonly #originNs: number;
  #batch = -1;
  #reader = new VarintReader(new Uint8Array(0));

  constructor(m: number, batches: readonly Batch[], nsPerTick: number, originNs: number) {
    this.m = m;
    this.#batches = batches;
    this.#nsPerTick = nsPerTick;
    this.#originNs = originNs;
  }

  /**
   * Decodes the next event; false at the end of the last batch. A batch that cannot be decoded is left, told to `onProblem`, and
   * the next one begun. Hot: once for every event of the file.
   */
  next(onProblem: (problem: DecodeProblem) => void): boolean {
    let reader = this.#reader;
    while (reader.at >= reader.end) {
      const batch = this.#batches[++this.#batch];
      if (!batch) return false;
      reader = this.#reader = new VarintReader(batch.data);
      this.timeNs = Math.trunc(batch.time * this.#nsPerTick) - this.#originNs;
    }
    const start = reader.at;
    this.byte = this.#batches[this.#batch].byte + start;
    const type = reader.bytes[reader.at++];
    const count = argumentCount[type];
    const ticks = count < 0 ? Number.NaN : reader.next();
    let sound = ticks >= 0;
    this.exact = null;
    for (let i = 0; i < count && sound; i++) {
      const value = reader.next();
      this.args[i] = value;
      if (reader.exact !== undefined) (this.exact ??= [])[i] = reader.exact;
      sound = value === value;
    }
    if (!sound) return this.#leaveBatch(type, start, onProblem);
    this.type = type;
    this.timeNs += Math.trunc(ticks * this.#nsPerTick);
    return true;
  }

  #leaveBatch(type: number, start: number, onProblem: (problem: DecodeProblem) => void): boolean {
    const reader = this.#reader;
    const what = argumentCount[type] < 0 ? (type === Ev.EventBatch ? 'a batch inside a batch' : `byte ${type}, which is no timed event`) : 'an event that breaks off';
    // That the last event of a cut batch breaks off is no news.
    if (argumentCount[type] < 0 || !this.#batches[this.#batch].isCut) onProblem({message: `Found ${what}; the last ${reader.end - start} bytes of this batch are left out`, byte: this.byte});
    reader.at = reader.end;
    return this.next(onProblem);
  }
}

/**
 * Puts records in the order of time. perf reads the buffers of the CPUs one after another and says FINISHED_ROUND when it has seen them all:
 * whatever comes after a round is not older than the newest record of the round before it. So a round lets go of all that is not newer
 * than that. https://github.com/torvalds/linux/blob/v6.1/tools/perf/util/ordered-events.c
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {GrowableTable} from '../../base/columns/table.ts';
import type {Slice} from './records.ts';

/** Bytes of records that wait; a file without rounds is put in order by halves of this. */
const MAX_HELD_BYTES = 128 << 20;

const WAITING = {timeNs: Float64Array, start: Int32Array, slice: Int32Array} as const;

/** Who gets the records in their order. */
export interface OrderedSink {
  ordered(slice: Slice, start: number, timeNs: number): void;
  /** A record is older than one that was let go of before. */
  unordered(timeNs: number): void;
}

export class Rounds {
  readonly #sink: OrderedSink;
  readonly #heldBytes: () => number;
  #waiting = new GrowableTable(WAITING, 1024);
  #next = new GrowableTable(WAITING, 1024);
  /** Slices of the records that wait, by the number in their rows. */
  #slices: Slice[] = [];
  #newestNs = Number.NEGATIVE_INFINITY;
  #limitNs = Number.NEGATIVE_INFINITY;
  #doneNs = Number.NEGATIVE_INFINITY;

  /** `heldBytes`: what the slices of waiting records take. */
  constructor(sink: OrderedSink, heldBytes: () => number) {
    this.#sink = sink;
    this.#heldBytes = heldBytes;
  }

  /** Takes a record with a time. Its slice is held until it is let go of. */
  add(slice: Slice, start: number, timeNs: number): void {
    if (this.#slices.at(-1) !== slice) this.#slices.push(slice);
    slice.held++;
    const at = this.#waiting.add();
    const {rows} = this.#waiting;
    rows.timeNs[at] = timeNs;
    rows.start[at] = start;
    rows.slice[at] = this.#slices.length - 1;
    if (timeNs > this.#newestNs) this.#newestNs = timeNs;
    if (this.#heldBytes() > MAX_HELD_BYTES) this.#letGoOfHalf();
  }

  /** All buffers were read once more. */
  finishedRound(): void {
    this.#letGo(this.#limitNs);
    this.#limitNs = this.#newestNs;
  }

  /** Nothing more comes. */
  end(): void {
    this.#letGo(Number.POSITIVE_INFINITY);
  }

  #letGoOfHalf(): void {
    const times = this.#waiting.rows.timeNs.slice(0, this.#waiting.length);
    this.#letGo(times[ascendingOrder(times)[times.length >> 1]]);
    if (this.#heldBytes() > MAX_HELD_BYTES / 2) this.#letGo(Number.POSITIVE_INFINITY);
  }

  #letGo(limitNs: number): void {
    const {length, rows} = this.#waiting;
    if (length === 0) return;
    const slices = this.#slices;
    const order = ascendingOrder(rows.timeNs.subarray(0, length));
    let i = 0;
    for (; i < length && rows.timeNs[order[i]] <= limitNs; i++) {
      const row = order[i];
      const timeNs = rows.timeNs[row];
      const slice = slices[rows.slice[row]];
      if (timeNs < this.#doneNs) this.#sink.unordered(timeNs);
      else this.#doneNs = timeNs;
      this.#sink.ordered(slice, rows.start[row], timeNs);
      slice.owner.release(slice);
    }
    this.#keep(order, i);
  }

  /** The records that wait on, in the order of time. */
  #keep(order: Uint32Array, from: number): void {
    const {length, rows} = this.#waiting;
    const kept = this.#next;
    const slices: Slice[] = [];
    const numbers = new Map<Slice, number>();
    kept.length = 0;
    for (let i = from; i < length; i++) {
      const row = order[i];
      const slice = this.#slices[rows.slice[row]];
      let number = numbers.get(slice);
      if (number === undefined) numbers.set(slice, (number = slices.push(slice) - 1));
      const at = kept.add();
      kept.rows.timeNs[at] = rows.timeNs[row];
      kept.rows.start[at] = rows.start[row];
      kept.rows.slice[at] = number;
    }
    this.#next = this.#waiting;
    this.#waiting = kept;
    this.#slices = slices;
  }
}

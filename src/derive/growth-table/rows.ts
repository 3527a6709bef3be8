/** Rows that sums are added up in: one for each start function, growing function or goroutine. */
import type {Places} from './places.ts';
import type {GrowthRow, GrowthSums} from './shape.ts';

/** What the sources tell at all: the rest is not known. */
export interface Known {
  readonly changes: boolean;
  readonly durations: boolean;
  readonly samples: boolean;
  /** Seconds that copies are counted in. */
  readonly seconds: number;
}

/** Columns that are added up; all but the largest size, which is the largest. */
const ADDED = ['growths', 'shrinks', 'copiedBytes', 'copyNs', 'usedBytes', 'usedOldBytes', 'usedNewBytes', 'growthSamples', 'growthWeight'] as const;
type Added = Record<(typeof ADDED)[number] | 'largestBytes' | 'goroutines', number>;

/** The sums by row, and of all. */
export class Sums {
  readonly growths: Float64Array;
  readonly shrinks: Float64Array;
  readonly copiedBytes: Float64Array;
  readonly copyNs: Float64Array;
  /** Of growths that tell how much was in use: that, and their old and new sizes. */
  readonly usedBytes: Float64Array;
  readonly usedOldBytes: Float64Array;
  readonly usedNewBytes: Float64Array;
  readonly growthSamples: Float64Array;
  readonly growthWeight: Float64Array;
  readonly #largestBytes: Float64Array;
  readonly #goroutines: Int32Array;
  readonly #places: Places;
  readonly #hasTrace: boolean;
  /** Rows that something was of, in the order in which they were met. */
  readonly #met: number[] = [];
  readonly #isMet: Uint8Array;
  readonly #isMember: Uint8Array;
  readonly #isPair: Uint8Array;
  #members = 0;

  /** `hasTrace`: goroutines are known, though none may be met. */
  constructor(places: Places, hasTrace: boolean) {
    const {length} = places.rows;
    const column = () => new Float64Array(length);
    this.growths = column();
    this.shrinks = column();
    this.copiedBytes = column();
    this.copyNs = column();
    this.usedBytes = column();
    this.usedOldBytes = column();
    this.usedNewBytes = column();
    this.growthSamples = column();
    this.growthWeight = column();
    this.#largestBytes = column().fill(Number.NaN);
    this.#goroutines = new Int32Array(length);
    this.#isMet = new Uint8Array(length);
    this.#isMember = new Uint8Array(places.members);
    this.#isPair = new Uint8Array(places.pairs);
    this.#places = places;
    this.#hasTrace = hasTrace;
  }

  /** Something of a row is of this goroutine (-1 not known), which is counted in it. */
  meet(row: number, member: number, pair: number): void {
    if (this.#isMet[row] === 0) {
      this.#isMet[row] = 1;
      this.#met.push(row);
    }
    if (member < 0) return;
    if (this.#isPair[pair] === 0) {
      this.#isPair[pair] = 1;
      this.#goroutines[row]++;
    }
    if (this.#isMember[member] === 0) {
      this.#isMember[member] = 1;
      this.#members++;
    }
  }

  /** Adds a size to the largest; NaN: it is not known. */
  enlarge(row: number, bytes: number): void {
    if (!Number.isNaN(bytes) && !(this.#largestBytes[row] >= bytes)) this.#largestBytes[row] = bytes;
  }

  finish(known: Known): {rows: GrowthRow[]; total: GrowthSums} {
    const hasGoroutines = this.#hasTrace || this.#members > 0;
    const total: Added = {goroutines: this.#members, largestBytes: Number.NaN, growths: 0, shrinks: 0, copiedBytes: 0, copyNs: 0, usedBytes: 0, usedOldBytes: 0, usedNewBytes: 0, growthSamples: 0, growthWeight: 0};
    const rows = this.#met.map((row): GrowthRow => {
      const own: Added = {...total, goroutines: this.#goroutines[row], largestBytes: this.#largestBytes[row]};
      for (const name of ADDED) total[name] += own[name] = this[name][row];
      if (own.largestBytes > total.largestBytes || Number.isNaN(total.largestBytes)) total.largestBytes = own.largestBytes;
      return {...this.#places.rows[row], ...toldOf(own, known, hasGoroutines)};
    });
    return {rows, total: toldOf(total, known, hasGoroutines)};
  }
}

function toldOf(of: Added, known: Known, hasGoroutines: boolean): GrowthSums {
  const ifKnown = (isKnown: boolean, value: number) => (isKnown ? value : Number.NaN);
  return {
    goroutines: ifKnown(hasGoroutines, of.goroutines),
    growths: ifKnown(known.changes, of.growths),
    shrinks: ifKnown(known.changes, of.shrinks),
    largestBytes: of.largestBytes,
    copiedBytes: ifKnown(known.changes, of.copiedBytes),
    copyNs: ifKnown(known.durations, of.copyNs),
    copiesPerSecond: ifKnown(known.changes && known.seconds > 0, (of.growths + of.shrinks) / known.seconds),
    usedBefore: ifKnown(of.usedOldBytes > 0, of.usedBytes / of.usedOldBytes),
    usedAfter: ifKnown(of.usedNewBytes > 0, of.usedBytes / of.usedNewBytes),
    growthSamples: ifKnown(known.samples, of.growthSamples),
    growthWeight: ifKnown(known.samples, of.growthWeight),
  };
}

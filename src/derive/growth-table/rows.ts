/** Rows that sums are added up in: one for each start function, growing function or goroutine. */
import {text} from '../../model/trace.ts';
import type {SessionSource} from '../derivation.ts';
import {CauseFrom} from '../growth/shape.ts';
import type {GrowthGrouping, GrowthRow, GrowthSums} from './shape.ts';

/** Whose a change or sample is, and what grew it. */
export interface Owner {
  /** Row of the goroutines, -1 not known. */
  readonly goroutine: number;
  /** goid; NaN: not known. Tells apart goroutines that no trace tells of. */
  readonly goroutineId: number;
  readonly cause: string | null;
  readonly causeFrom: CauseFrom;
}

/** What is added up. */
export interface Adding {
  growths: number;
  shrinks: number;
  largestBytes: number;
  copiedBytes: number;
  copyNs: number;
  /** Of growths that tell how much was in use: that, and their old and new sizes. */
  usedBytes: number;
  usedOldBytes: number;
  usedNewBytes: number;
  growthSamples: number;
  growthWeight: number;
}

interface AddingRow extends Adding {
  readonly owner: Owner;
  readonly key: string;
  readonly name: string | null;
  readonly members: Set<number>;
}

const nothing = (): Adding => ({
  growths: 0, shrinks: 0, largestBytes: Number.NaN, copiedBytes: 0, copyNs: 0, usedBytes: 0, usedOldBytes: 0, usedNewBytes: 0, growthSamples: 0, growthWeight: 0,
});

/** What the sources tell at all: the rest is not known. */
export interface Known {
  readonly changes: boolean;
  readonly durations: boolean;
  readonly samples: boolean;
  /** Seconds that copies are counted in. */
  readonly seconds: number;
}

/** The rows of one grouping and the whole. */
export class Rows {
  readonly #rows: AddingRow[] = [];
  readonly #rowOf = new Map<string | number, AddingRow>();
  /** Goroutines of any row: their rows, or -1 - goid of those that no trace tells of. */
  readonly #all = new Set<number>();
  readonly #by: GrowthGrouping;
  readonly #source: SessionSource | null;

  /** `source`: whose goroutines are meant. */
  constructor(by: GrowthGrouping, source: SessionSource | null) {
    this.#by = by;
    this.#source = source;
  }

  /** The row of an owner, which is counted in it. */
  of(owner: Owner): Adding {
    const key = this.#keyOf(owner);
    let row = this.#rowOf.get(key);
    if (!row) {
      row = {...nothing(), owner, key: String(key), name: this.#by === 'cause' ? owner.cause : this.#startFunction(owner.goroutine), members: new Set()};
      this.#rowOf.set(key, row);
      this.#rows.push(row);
    }
    const member = memberOf(owner);
    if (member !== null) {
      row.members.add(member);
      this.#all.add(member);
    }
    return row;
  }

  finish(known: Known): {rows: GrowthRow[]; total: GrowthSums} {
    const hasGoroutines = this.#source !== null || this.#all.size > 0;
    const total = nothing();
    for (const row of this.#rows) addAll(total, row);
    return {
      rows: this.#rows.map((row) => ({
        key: row.key,
        name: row.name,
        from: this.#by === 'cause' ? row.owner.causeFrom : CauseFrom.None,
        source: this.#by === 'goroutine' && row.owner.goroutine >= 0 ? (this.#source?.id ?? -1) : -1,
        goroutine: this.#by === 'goroutine' ? row.owner.goroutine : -1,
        goroutineId: this.#by === 'goroutine' ? row.owner.goroutineId : Number.NaN,
        ...sums(row, row.members.size, known, hasGoroutines),
      })),
      total: sums(total, this.#all.size, known, hasGoroutines),
    };
  }

  #keyOf(owner: Owner): string | number {
    switch (this.#by) {
      case 'startFunction':
        return owner.goroutine < 0 || !this.#source ? -1 : this.#source.trace.goroutines.startFunction[owner.goroutine];
      case 'cause':
        return `${owner.causeFrom} ${owner.cause ?? ''}`;
      case 'goroutine':
        return memberOf(owner) ?? 'none';
    }
  }

  #startFunction(goroutine: number): string | null {
    return this.#source && goroutine >= 0 ? text(this.#source.trace, this.#source.trace.goroutines.startFunction[goroutine]) : null;
  }
}

/** A number for a goroutine; null when nothing tells which it is. */
function memberOf({goroutine, goroutineId}: Owner): number | null {
  return goroutine >= 0 ? goroutine : Number.isNaN(goroutineId) ? null : -1 - goroutineId;
}

/** Adds a size to the largest. */
export function enlarge(to: Adding, bytes: number): void {
  if (!Number.isNaN(bytes) && !(to.largestBytes >= bytes)) to.largestBytes = bytes;
}

function addAll(to: Adding, row: Adding): void {
  for (const column of ['growths', 'shrinks', 'copiedBytes', 'copyNs', 'usedBytes', 'usedOldBytes', 'usedNewBytes', 'growthSamples', 'growthWeight'] as const) to[column] += row[column];
  enlarge(to, row.largestBytes);
}

function sums(of: Adding, goroutines: number, known: Known, hasGoroutines: boolean): GrowthSums {
  const ifKnown = (isKnown: boolean, value: number) => (isKnown ? value : Number.NaN);
  return {
    goroutines: ifKnown(hasGoroutines, goroutines),
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

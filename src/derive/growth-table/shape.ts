/** Who grew stacks: changes and growth samples by the function that goroutines were started with. */
import type {Filter} from '../filter/shape.ts';

/** What a row can be sorted by. */
export const growthColumns = ['startFunction', 'goroutines', 'growths', 'shrinks', 'largestBytes', 'copiedBytes', 'copyNs', 'growthWeight'] as const;
export type GrowthColumn = (typeof growthColumns)[number];

/** Which changes and samples, and how their rows are sorted. */
export interface GrowthTableQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  /** Part of the axis; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  /** Source and event of the samples; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  readonly weight: 'samples' | 'period';
  readonly sort: {readonly by: GrowthColumn; readonly descending: boolean};
  /** At most so many rows. */
  readonly limit: number;
  /** Whose samples, goroutines and stack changes. */
  readonly filter: Filter;
}

/** What growths are counted from: a trace's stack events, or probes on runtime.copystack. */
export type CountedBy = 'trace' | 'probes';

/** Sums over changes and samples in the range. NaN: not known, because no source of the axis has it. */
export interface GrowthSums {
  /** Goroutines whose stack changed, or that a growth sample is of. */
  readonly goroutines: number;
  readonly growths: number;
  readonly shrinks: number;
  /** Largest stack size known. */
  readonly largestBytes: number;
  /** Old sizes of all growths, half the new one where the old is not known: what was copied is at most this. */
  readonly copiedBytes: number;
  /** Durations of all growths, without stackalloc and stackfree. */
  readonly copyNs: number;
  readonly growthSamples: number;
  readonly growthWeight: number;
}

/** The sums of one start function. */
export interface GrowthRow extends GrowthSums {
  /** null: not known. */
  readonly startFunction: string | null;
}

/** Rows sorted as asked, at most `limit`; their sums over all rows. Sizes in bytes, times in nanoseconds, weights in the unit of the event. */
export interface GrowthTableAnswer {
  /** null: no source of the axis has stack sizes. */
  readonly countedBy: CountedBy | null;
  /** The one source that growths are counted from, never added to another's; where none can be, the Go trace of the axis; -1: none. */
  readonly source: number;
  readonly rows: readonly GrowthRow[];
  /** Rows that `limit` left out. */
  readonly moreRows: number;
  readonly total: GrowthSums;
  /** Goroutines that grew at least once; NaN: the source does not tell whose the stacks are. */
  readonly growingGoroutines: number;
  /** Of the event, in the range, whatever their chain shows. */
  readonly samples: number;
  readonly weight: number;
  /** Probes that tell neither growth nor shrink, of the whole recording: they are not counted. */
  readonly untoldProbes: number;
  /** By the chain of samples: what preempts, shrinks or overflows is not growth. */
  readonly preemptionSamples: number;
  readonly shrinkSamples: number;
  readonly overflowSamples: number;
  /** How many growths and shrinks have the chain of a sample that belongs to them, a neighbouring event's stack only, or none. */
  readonly stacks: {readonly sample: number; readonly event: number; readonly none: number};
}

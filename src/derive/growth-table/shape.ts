/** Who grew stacks: changes and growth samples by start function, by the function whose call grew, or by goroutine. */
import type {Filter} from '../filter/shape.ts';
import type {CauseFrom, Countable, CountedBy} from '../growth/shape.ts';

/** What makes a row. Every change and every growth sample is in exactly one row of each. */
export const growthGroupings = ['startFunction', 'cause', 'goroutine'] as const;
export type GrowthGrouping = (typeof growthGroupings)[number];

/** Figures of a row, in the order of the columns. */
export const growthFigures = ['goroutines', 'growths', 'shrinks', 'largestBytes', 'copiedBytes', 'usedBefore', 'usedAfter', 'copyNs', 'copiesPerSecond', 'growthWeight'] as const;
export type GrowthFigure = (typeof growthFigures)[number];
/** What rows can be sorted by. */
export const growthColumns = ['name', ...growthFigures] as const;
export type GrowthColumn = (typeof growthColumns)[number];

/** Which changes and samples, what makes a row, and which of the rows. */
export interface GrowthTableQuestion {
  /** Reference of the axis group; null: no source has times, and only samples are counted. */
  readonly group: number | null;
  /** Part of the axis; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  /** Whose samples, goroutines and stack changes. */
  readonly filter: Filter;
  /** Source and event of the samples; null: none. Samples of a source that is not on the axis are all counted, whatever the range. */
  readonly event: {readonly source: number; readonly event: number} | null;
  readonly weight: 'samples' | 'period';
  readonly by: GrowthGrouping;
  /** Which source is counted; null, or one that can't be: the best. */
  readonly counted: number | null;
  /** Only rows whose name holds this text, whatever its case; empty: all. */
  readonly search: string;
  readonly sort: {readonly by: GrowthColumn; readonly descending: boolean};
  /** The rows to give, of those found, in their order. */
  readonly first: number;
  readonly count: number;
}

/** Sums over changes and samples in the range. NaN: not known, because no source of the axis tells. Sizes in bytes, times in nanoseconds. */
export interface GrowthSums {
  /** Goroutines whose stack changed, or that a growth sample is of. One may be in several rows by cause. */
  readonly goroutines: number;
  readonly growths: number;
  readonly shrinks: number;
  /** Largest stack size known. */
  readonly largestBytes: number;
  /** Old sizes of all growths, half the new one where the old is not known: what was copied is at most this. */
  readonly copiedBytes: number;
  /** Durations of all growths, without stackalloc and stackfree. */
  readonly copyNs: number;
  /** Growths and shrinks a second of the range. */
  readonly copiesPerSecond: number;
  /** Share of the old stacks that was in use when they were too small, and of the new ones then; over the growths that tell. */
  readonly usedBefore: number;
  readonly usedAfter: number;
  /** NaN also where no sample of the event has a call chain with names. */
  readonly growthSamples: number;
  readonly growthWeight: number;
}

/** The sums of one row. */
export interface GrowthRow extends GrowthSums {
  /** Unique among the rows of a grouping. */
  readonly key: string;
  /** Start function (of the goroutine, by goroutine) or growing function; null: not known. */
  readonly name: string | null;
  /** How a growing function is known; by other groupings `CauseFrom.None`. */
  readonly from: CauseFrom;
  /** By goroutine: the source that tells of it and its row, -1 when none does; goid, NaN when that is not known. */
  readonly source: number;
  readonly goroutine: number;
  readonly goroutineId: number;
}

/** The largest stack, and when it became so or stopped to be. */
export interface LargestStack {
  readonly bytes: number;
  /** On the axis. */
  readonly timeNs: number;
  /** As in `GrowthRow`. */
  readonly source: number;
  readonly goroutine: number;
  readonly goroutineId: number;
}

/**
 * Whether a figure is known. Samples that grow stacks where no change was counted prove that the counted source does not tell of them, as when
 * it ended before or nothing says whose they are: then there is no count, which is not none. `isTold`: as in the answer.
 */
export function isKnown(sums: GrowthSums, column: GrowthFigure, isTold: boolean): boolean {
  if (Number.isNaN(sums[column])) return false;
  const isUntold = !isTold || sums.growthSamples > 0;
  if (column === 'goroutines') return sums.goroutines > 0 || !isUntold;
  return !counts.has(column) || sums.growths + sums.shrinks > 0 || !isUntold;
}

/** Figures that changes are counted for. */
const counts: ReadonlySet<GrowthFigure> = new Set(['growths', 'shrinks', 'copiedBytes', 'copyNs', 'copiesPerSecond']);

/** The rows asked for, and what was summed over all. Weights in the unit of the event. */
export interface GrowthTableAnswer {
  /** null: no source of the axis has stack sizes. */
  readonly countedBy: CountedBy | null;
  /** The one source that growths are counted from, never added to another's; where none can be, the Go trace of the axis; -1: none. */
  readonly source: number;
  /** Whether the counted source tells of any of the range: it may begin later or end sooner, and there are probes that tell nothing. */
  readonly isTold: boolean;
  /** All that could be counted. */
  readonly countable: readonly Countable[];
  readonly by: GrowthGrouping;
  readonly first: number;
  readonly rows: readonly GrowthRow[];
  /** Rows that the search finds, and all. */
  readonly rowCount: number;
  readonly allRows: number;
  readonly total: GrowthSums;
  /** Goroutines that grew at least once; NaN: the source does not tell whose the stacks are. */
  readonly growingGoroutines: number;
  readonly largest: LargestStack | null;
  /** Of the event, in the range, whatever their chain shows. */
  readonly samples: number;
  readonly weight: number;
  /** Whether the range chose among the samples. */
  readonly areSamplesOnAxis: boolean;
  /** Probes that tell neither growth nor shrink, of the whole recording: they are not counted. */
  readonly untoldProbes: number;
  /** By the chain of samples: what preempts, shrinks or overflows is not growth. */
  readonly preemptionSamples: number;
  readonly shrinkSamples: number;
  readonly overflowSamples: number;
  /** How many growths and shrinks have the chain of a sample that belongs to them, a neighbouring event's stack only, or none. */
  readonly stacks: {readonly sample: number; readonly event: number; readonly none: number};
}

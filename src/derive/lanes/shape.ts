/**
 * The rows of a time line at the resolution of the screen: counters, GC, procs, goroutines in groups, tasks, logs, threads, events.
 * They are a tree, laid out from top to bottom; a question names a stretch of it, and its answer holds the pixels of the rows there.
 */
import type {Filter} from '../filter/shape.ts';

/** Parts of the list, in the order they stand in. */
export const rowSections = ['counters', 'gc', 'procs', 'goroutines', 'tasks', 'logs', 'threads', 'events'] as const;
export type RowSection = (typeof rowSections)[number];

/** What a row is. `section` and `process` head others, as `group` heads goroutines; `regions` are those of the goroutine above. */
export type RowKind = 'section' | 'counter' | 'gc' | 'proc' | 'group' | 'goroutine' | 'regions' | 'task' | 'log' | 'process' | 'thread' | 'event';

export const groupings = ['startFunction', 'creator', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export const rowSorts = ['copyNs', 'growths', 'largestBytes', 'samples', 'startNs', 'name'] as const;
export type RowSort = (typeof rowSorts)[number];

export const rowSizes = ['compact', 'normal', 'tall'] as const;
export type RowSize = (typeof rowSizes)[number];

/** Counters that have a row; their series in the order of `LanesAnswer.values`. */
export const counterSeries = {
  /** Bytes. */
  heap: ['live', 'goal'],
  /** GOMAXPROCS. */
  procs: ['gomaxprocs'],
  /** Number of goroutines by state, each the mean over the pixel. */
  goroutines: ['running', 'syscall', 'runnable', 'waiting'],
  /** Bytes of all stacks whose size is known. */
  stacks: ['stacks'],
} as const;
export type CounterId = keyof typeof counterSeries;

/** Which rows there are, and how they stand. */
export interface RowsChoice {
  readonly sections: readonly RowSection[];
  readonly groupBy: Grouping;
  readonly sort: RowSort;
  /** Goroutines whose start function holds this, ignoring case, or whose number it is (`G842`, `842`); empty: all. */
  readonly text: string;
  /** Goroutines that were ever in this `State` in the range; 0: all. */
  readonly state: number;
  /** Goroutines that ever stopped or waited for this reason in the range; null: all. */
  readonly reason: string | null;
  /** Goroutines whose stack changed in the range. */
  readonly onlyGrowth: boolean;
  /** Rows that were opened (true) or closed by hand, by key; the empty key is for all other groups of goroutines. */
  readonly open: Readonly<Record<string, boolean>>;
  /** Heights of goroutine groups with all in them, by key of the group; the empty key is for all others. */
  readonly sizes: Readonly<Record<string, RowSize>>;
}

/** Which rows, which part of the axis, and how wide the screen is. */
export interface LanesQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
  /** The stretch of the list that is asked for, in pixels from its top. */
  readonly topPx: number;
  readonly heightPx: number;
  readonly rows: RowsChoice;
  /** A row to say the place of, wherever it is; null: none. */
  readonly find: string | null;
  /** Source and event whose samples are shown; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  /** Part of the axis that decides which goroutines there are, and that figures are taken over; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly filter: Filter;
}

/** What one pixel of a row may be marked with. */
export const LaneMark = {Growth: 1, Shrink: 2, Preemption: 4, Overflow: 8, Sample: 16, GrowthSample: 32, Instant: 64} as const;

/** Bytes in use are told this finely: steps for each doubling. */
export const USED_STEPS = 8;

/** What a pixel of the GC row shows, in its plane of states. */
export const GcState = {None: 0, Gc: 1, StopTheWorld: 2} as const;

/** Figures are of the range asked; NaN: not known, or nothing that such a row can have. */
export interface RowFigures {
  /** Goroutines in a group; 1 for a goroutine. */
  readonly goroutines: number;
  readonly growths: number;
  readonly shrinks: number;
  /** Largest known size of a stack. */
  readonly largestBytes: number;
  /** Sum of the durations of growths. */
  readonly copyNs: number;
  readonly samples: number;
}

/** What tells a row from all others, as long as the same files are open. */
export interface RowIdentity {
  readonly key: string;
  readonly kind: RowKind;
  /** Source that it is of; -1: of several, or none. */
  readonly source: number;
  /** Row of that source's goroutines, procs, spans (tasks) or events; -1: none. */
  readonly row: number;
}

/** Key of a goroutine's row. */
export function goroutineKey(source: number, goroutine: number): string {
  return `goroutine ${source} ${goroutine}`;
}

/** Where a row lies in the tree of rows, and on the screen. */
export interface RowInTree {
  /** From 1. `position` counts from 1 among the `siblings` under one parent. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** null: nothing is under it. */
  readonly isOpen: boolean | null;
  readonly children: number;
  /** The row that it lies under: its index in the list and where it stands; null: none. */
  readonly parent: {readonly index: number; readonly topPx: number} | null;
  readonly topPx: number;
  readonly heightPx: number;
}

export interface LaneRow extends RowIdentity, RowInTree, RowFigures {
  /** goid, tid, pid, number of the proc or id of the task; -1: none. */
  readonly id: number;
  /** Start function, creator's function, name of thread, process, task, event, section; null: not known. */
  readonly name: string | null;
  /** The counter whose series it shows; null: its values, if any, are of its kind. */
  readonly counter: CounterId | null;
  /** First of its planes in `values`, -1 none, and the largest value that they have anywhere on the axis. */
  readonly valuesAt: number;
  readonly mostValue: number;
}

/** Named stretches of time on rows: regions, tasks, the goroutine that a proc runs. In time order within a row and layer; none overlap there. */
export interface Boxes {
  readonly length: number;
  /** Index into `LanesAnswer.rows`. */
  readonly row: Int32Array;
  readonly layer: Int32Array;
  /** On the axis; what has no end reaches to the axis' end. */
  readonly fromNs: Float64Array;
  readonly toNs: Float64Array;
  /** Index into `names`; -1: several that are too short to tell apart. */
  readonly name: Int32Array;
  readonly names: readonly string[];
}

/** Where a row stands in the list. */
export interface RowPlace {
  readonly key: string;
  readonly index: number;
  readonly topPx: number;
  readonly heightPx: number;
}

/** Planes of `rows.length` rows of `widthPx` values each; `values` has planes of its own, see `LaneRow.valuesAt`. */
export interface LanesAnswer {
  /** Of the whole list. */
  readonly rowCount: number;
  readonly totalPx: number;
  /** Goroutines that pass the choice, and of how many. */
  readonly goroutines: number;
  readonly allGoroutines: number;
  /** log2 of the largest stack size known of any goroutine, so that sizes can be compared from row to row; 0: none is known. */
  readonly mostOrder: number;
  /** Index of the first row in the list. */
  readonly first: number;
  readonly rows: readonly LaneRow[];
  readonly found: RowPlace | null;
  /** Key of the closed group that the goroutine looked for is in; null: it needs none to be opened. */
  readonly closedAround: string | null;
  /** Sections that the open files have something for. */
  readonly offered: readonly RowSection[];
  /** Why goroutines stopped or waited, in the runtime's words, by the alphabet. */
  readonly reasons: readonly string[];
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
  /** The `State` that takes most of the pixel; 0: none. For threads that of the goroutine that runs there; on the GC row a `GcState`. */
  readonly state: Uint8Array;
  /** log2 of the largest stack size known within the pixel; 0: not known. */
  readonly size: Uint8Array;
  /** Goroutines: `USED_STEPS` times the log2 of how much of the stack is in use, at most within the pixel; 0: not known. */
  readonly used: Uint8Array;
  /** Bits of `LaneMark`. */
  readonly marks: Uint8Array;
  /** Counters: by series, the value that holds in the pixel. Groups: the largest sum of stack bytes, then the most goroutines alive. NaN: not known. */
  readonly values: Float32Array;
  readonly boxes: Boxes;
  /** A garbage collection touches the pixel: 1. One plane, for all rows. */
  readonly gc: Uint8Array;
}

/** Heights of rows in pixels. Those of a group's own row and of the goroutines in it can be chosen. */
export const ROW_PX: Readonly<Record<RowSize, {readonly group: number; readonly goroutine: number}>> = {
  compact: {group: 22, goroutine: 16},
  normal: {group: 34, goroutine: 30},
  tall: {group: 76, goroutine: 64},
};
export const COUNTER_PX = 34;
export const LINE_PX = 22;
/** Height of a layer of boxes, and what stands above and below them in a row. */
export const LAYER_PX = 15;
export const BOXES_ROOM_PX = 6;

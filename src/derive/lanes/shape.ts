/** Lanes of a time line at the resolution of the screen: one a goroutine, then one a thread. */
import type {Filter} from '../filter/shape.ts';

/** Which lanes, which part of the axis, and how wide the screen is. */
export interface LanesQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
  /** Which lanes, in their order: goroutines by growth cost, then threads by samples. */
  readonly first: number;
  readonly count: number;
  /** Source and event whose samples are shown; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  /** Part of the axis that decides which lanes there are, and that sums are taken over; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  /** Only goroutines whose stack changed. */
  readonly onlyGrowth: boolean;
  /** Whose samples, goroutines and stack changes. */
  readonly filter: Filter;
}

/** What one pixel of a lane may be marked with. */
export const LaneMark = {Growth: 1, Shrink: 2, Preemption: 4, Overflow: 8, Sample: 16, GrowthSample: 32} as const;

/** Figures are of the range asked. */
export interface Lane {
  readonly kind: 'goroutine' | 'thread';
  /** goid or tid. */
  readonly id: number;
  /** Source whose goroutine it is, and its row; -1 for a thread. */
  readonly source: number;
  readonly goroutine: number;
  /** Start function of a goroutine, name of a thread; null: not known. */
  readonly name: string | null;
  readonly growths: number;
  readonly shrinks: number;
  /** Largest known size of its stack; NaN: not known. */
  readonly largestBytes: number;
  /** Sum of the durations of its growths. */
  readonly copyNs: number;
  readonly samples: number;
}

/** Planes of `lanes.length` rows of `widthPx` values each. */
export interface LanesAnswer {
  /** Of all lanes. */
  readonly laneCount: number;
  readonly goroutineLanes: number;
  readonly first: number;
  readonly lanes: readonly Lane[];
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
  /** The `State` that takes most of the pixel; 0: none. For threads the state of the goroutine that runs there. */
  readonly state: Uint8Array;
  /** log2 of the largest stack size known within the pixel; 0: not known. */
  readonly size: Uint8Array;
  /** Bits of `LaneMark`. */
  readonly marks: Uint8Array;
}

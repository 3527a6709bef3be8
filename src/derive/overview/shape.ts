/** The whole of an axis in one strip: how many samples, of which process, how many copied bytes and how many bytes of stacks fall on each pixel. */
import type {Filter} from '../filter/shape.ts';

/** Which axis, and how wide the screen is. */
export interface OverviewQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  readonly widthPx: number;
  /** Source and event whose samples are counted; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  /** The source whose stacks are told of; null, or one that tells nothing of them: the first that does. */
  readonly counted: number | null;
  /** Whose samples, goroutines and stack changes. */
  readonly filter: Filter;
}

/** One process that samples are of. */
export interface SampledProcess {
  /** -1: those of all others, or of none that is known. */
  readonly pid: number;
  readonly name: string | null;
  readonly samples: number;
}

/** Processes beyond this are counted as one. */
export const MOST_PROCESSES = 5;

/** `widthPx` values a column, from the axis' zero to its end. */
export interface OverviewAnswer {
  readonly endNs: number;
  /** By pixel: samples, samples whose chain grows a stack, bytes copied by growths (the old sizes); of the bytes NaN: not known, outside of the source that tells them. */
  readonly samples: Float64Array;
  readonly growthSamples: Float64Array;
  readonly copiedBytes: Float64Array;
  /** By pixel: the most bytes that all stacks of known size held at one time; NaN: not known. */
  readonly heldBytes: Float32Array;
  /** The largest of them anywhere on the axis; NaN: not known. */
  readonly mostHeldBytes: number;
  /** Where samples are of several processes: those with most of them, the others together last; else none. */
  readonly processes: readonly SampledProcess[];
  /** Samples of each of them: a plane of `widthPx` values each. */
  readonly byProcess: Float64Array;
  /** Garbage collections that touch the pixel: 1. */
  readonly gc: Uint8Array;
  /** Whether bytes copied are known on this axis. */
  readonly hasStackSizes: boolean;
}

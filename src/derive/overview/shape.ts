/** The whole of an axis in one strip: how many samples and how many copied bytes fall on each pixel. */
import type {Filter} from '../filter/shape.ts';

/** Which axis, and how wide the screen is. */
export interface OverviewQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  readonly widthPx: number;
  /** Source and event whose samples are counted; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  /** Whose samples, goroutines and stack changes. */
  readonly filter: Filter;
}

/** `widthPx` values a column, from the axis' zero to its end. */
export interface OverviewAnswer {
  readonly endNs: number;
  /** By pixel: samples, samples whose chain grows a stack, bytes copied by growths (the old sizes). */
  readonly samples: Float64Array;
  readonly growthSamples: Float64Array;
  readonly copiedBytes: Float64Array;
  /** Garbage collections that touch the pixel: 1. */
  readonly gc: Uint8Array;
  /** Whether bytes copied are known on this axis. */
  readonly hasStackSizes: boolean;
}

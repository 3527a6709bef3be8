/** Stacks of several goroutines over time: how many bytes they hold together, the largest of them, how many goroutines are alive. */
import {upperBound} from '../../base/columns/search.ts';

/** Steps in time order on the axis; a value holds until the next step. Sizes that are not known count nothing. */
export interface StackSeries {
  readonly length: number;
  readonly timeNs: Float64Array;
  readonly sumBytes: Float64Array;
  /** log2 of the largest size; 0: none is known. */
  readonly most: Uint8Array;
  readonly alive: Int32Array;
  /** A `SizeStep`. */
  readonly step: Uint8Array;
  readonly mostSum: number;
  readonly mostAlive: number;
}

/** What StackSeries.step says. */
export const SizeStep = {Other: 0, Growth: 1, Shrink: 2} as const;

/** log2 of a size; 0 for none. */
export function orderOfSize(sizeBytes: number): number {
  return sizeBytes > 0 ? Math.round(Math.log2(sizeBytes)) : 0;
}

/** `widthPx` values a plane, filled by `paintStackSeries`. */
export interface StackPlanes {
  /** Largest sum within the pixel, and most alive; NaN before the first step. */
  readonly sum: Float32Array;
  readonly alive: Float32Array;
  readonly most: Uint8Array;
}

/** Writes what holds within each pixel of the window: the largest values, however short they lasted. */
export function paintStackSeries(series: StackSeries, window: {readonly fromNs: number; readonly toNs: number; readonly widthPx: number}, planes: StackPlanes): void {
  const {length, timeNs, sumBytes, most, alive} = series;
  const scale = window.widthPx / Math.max(1, window.toNs - window.fromNs);
  planes.sum.fill(Number.NaN);
  planes.alive.fill(Number.NaN);
  for (let i = Math.max(0, upperBound(timeNs, window.fromNs) - 1); i < length && timeNs[i] < window.toNs; i++) {
    const x0 = (timeNs[i] - window.fromNs) * scale;
    const x1 = i + 1 < length ? (timeNs[i + 1] - window.fromNs) * scale : x0;
    const first = Math.floor(x0);
    // Several steps of one moment: only the last of them lasted.
    const lasts = x1 > x0 || i + 1 === length;
    if (!lasts) continue;
    const end = Math.min(window.widthPx, Math.max(Math.ceil(x1), first + 1));
    for (let pixel = Math.max(0, first); pixel < end; pixel++) {
      if (!(planes.sum[pixel] >= sumBytes[i])) planes.sum[pixel] = sumBytes[i];
      if (!(planes.alive[pixel] >= alive[i])) planes.alive[pixel] = alive[i];
      if (planes.most[pixel] < most[i]) planes.most[pixel] = most[i];
    }
  }
}

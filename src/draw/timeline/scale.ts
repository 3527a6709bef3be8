/** Times of an axis and pixels of the screen, and what hands do to the window on an axis. */

/** Part of an axis that is `widthPx` wide on the screen. */
export interface TimeWindow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
}

type Part = Pick<TimeWindow, 'fromNs' | 'toNs'>;

/** The closest look that makes sense on clocks of a microsecond. */
const LEAST_NS = 1000;

/** The closest look that makes sense: a few ticks of the finest clock over the whole width. */
export function leastWindowNs(resolutionNs: number): number {
  return Math.max(20, 10 * resolutionNs);
}

export function timeAt({fromNs, toNs, widthPx}: TimeWindow, x: number): number {
  return fromNs + ((toNs - fromNs) * x) / Math.max(1, widthPx);
}

export function pixelOf({fromNs, toNs, widthPx}: TimeWindow, timeNs: number): number {
  return ((timeNs - fromNs) * widthPx) / Math.max(1, toNs - fromNs);
}

/** The window scaled about a time: `factor` below 1 looks closer, but not closer than `leastNs`. Stays on the axis, which ends at `endNs`. */
export function zoomed({fromNs, toNs}: Part, factor: number, aboutNs: number, endNs: number, leastNs = LEAST_NS): Part {
  const length = Math.min(Math.max((toNs - fromNs) * factor, leastNs), Math.max(endNs, leastNs));
  const share = (aboutNs - fromNs) / Math.max(1, toNs - fromNs);
  return moved({fromNs: aboutNs - share * length, toNs: aboutNs - share * length + length}, 0, endNs);
}

/** The window moved by a time, as far as the axis goes. */
export function moved({fromNs, toNs}: Part, byNs: number, endNs: number): Part {
  const length = toNs - fromNs;
  const from = Math.max(0, Math.min(fromNs + byNs, endNs - length));
  return {fromNs: from, toNs: Math.min(from + length, Math.max(endNs, from + 1))};
}

/** Two fingers moved on the window: the times that were under them are under them still, as far as the axis goes. */
export function pinched(view: TimeWindow, before: readonly [number, number], now: readonly [number, number], endNs: number, leastNs: number): Part {
  const spread = ([a, b]: readonly [number, number]) => Math.max(1, Math.abs(b - a));
  const middle = ([a, b]: readonly [number, number]) => (a + b) / 2;
  const held = timeAt(view, middle(before));
  const next = zoomed(view, spread(before) / spread(now), held, endNs, leastNs);
  return moved(next, held - timeAt({...next, widthPx: view.widthPx}, middle(now)), endNs);
}

/** The window moved as little as brings a time into it, with room on the side that it came in. */
export function brought(window: Part, timeNs: number, endNs: number): Part {
  const room = (window.toNs - window.fromNs) * 0.15;
  if (timeNs < window.fromNs) return moved(window, timeNs - room - window.fromNs, endNs);
  if (timeNs > window.toNs) return moved(window, timeNs + room - window.toNs, endNs);
  return window;
}

/** A part of the axis with room around it, so that its ends can be seen. */
export function fitted({fromNs, toNs}: Part, endNs: number, leastNs: number): Part {
  const room = (toNs - fromNs) * 0.04;
  const length = Math.min(Math.max(endNs, leastNs), Math.max(leastNs, toNs - fromNs + 2 * room));
  return moved({fromNs: (fromNs + toNs - length) / 2, toNs: (fromNs + toNs + length) / 2}, 0, endNs);
}

/** Times of an axis and pixels of the screen. */
import {scaleLinear} from 'd3-scale';

/** Part of an axis that is `widthPx` wide on the screen. */
export interface TimeWindow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
}

/** The closest look that makes sense: a microsecond over the whole width. */
const LEAST_NS = 1000;

export function timeAt({fromNs, toNs, widthPx}: TimeWindow, x: number): number {
  return fromNs + ((toNs - fromNs) * x) / Math.max(1, widthPx);
}

export function pixelOf({fromNs, toNs, widthPx}: TimeWindow, timeNs: number): number {
  return ((timeNs - fromNs) * widthPx) / Math.max(1, toNs - fromNs);
}

/** The window scaled about a time: `factor` below 1 looks closer. Stays on the axis, which ends at `endNs`. */
export function zoomed({fromNs, toNs}: Omit<TimeWindow, 'widthPx'>, factor: number, aboutNs: number, endNs: number): {fromNs: number; toNs: number} {
  const length = Math.min(Math.max((toNs - fromNs) * factor, LEAST_NS), Math.max(endNs, LEAST_NS));
  const share = (aboutNs - fromNs) / Math.max(1, toNs - fromNs);
  return moved({fromNs: aboutNs - share * length, toNs: aboutNs - share * length + length}, 0, endNs);
}

/** The window moved by a time, as far as the axis goes. */
export function moved({fromNs, toNs}: Omit<TimeWindow, 'widthPx'>, byNs: number, endNs: number): {fromNs: number; toNs: number} {
  const length = toNs - fromNs;
  const from = Math.max(0, Math.min(fromNs + byNs, endNs - length));
  return {fromNs: from, toNs: Math.min(from + length, Math.max(endNs, from + 1))};
}

/** Round times to label, about one every `spacingPx`, each with its text: more digits the closer one looks. */
export function ticks({fromNs, toNs, widthPx}: TimeWindow, spacingPx: number): {readonly timeNs: number; readonly label: string}[] {
  const unit = toNs <= 10_000 ? UNITS.ns : toNs <= 10_000_000 ? UNITS.µs : toNs <= 20_000_000_000 ? UNITS.ms : UNITS.s;
  const scale = scaleLinear().domain([fromNs / unit.ns, toNs / unit.ns]);
  const count = Math.max(2, Math.floor(widthPx / spacingPx));
  const format = scale.tickFormat(count);
  return scale.ticks(count).map((at) => ({timeNs: at * unit.ns, label: `${format(at)} ${unit.name}`}));
}

const UNITS = {
  ns: {ns: 1, name: 'ns'},
  µs: {ns: 1e3, name: 'µs'},
  ms: {ns: 1e6, name: 'ms'},
  s: {ns: 1e9, name: 's'},
} as const;

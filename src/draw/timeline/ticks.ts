/** Round times to label: of the axis itself, or of a clock that runs beside it. */
import {scaleLinear} from 'd3-scale';
import type {TimeWindow} from './scale.ts';

export interface Tick {
  /** On the axis. */
  readonly timeNs: number;
  readonly label: string;
}

/** A clock beside the axis. */
export interface TickClock {
  toClock(timeNs: number): bigint;
  toAxis(clockNs: bigint): number;
  /** Written as long as the step between ticks needs. */
  label(clockNs: bigint, stepNs: number): string;
}

/** About one every `spacingPx`, in ascending order, each in the window: more digits the closer one looks. `clock` null: times of the axis. */
export function ticks(view: TimeWindow, spacingPx: number, clock: TickClock | null = null): Tick[] {
  return clock ? clockTicks(view, spacingPx, clock) : axisTicks(view, spacingPx);
}

function axisTicks({fromNs, toNs, widthPx}: TimeWindow, spacingPx: number): Tick[] {
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

/** Steps of a second and longer that a clock's face has. */
const LONG_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400] as const;
/** A label of such a clock is about as wide as this many pixels a character. */
const CHARACTER_PX = 7.2;

function clockTicks(view: TimeWindow, spacingPx: number, clock: TickClock): Tick[] {
  const perPixelNs = (view.toNs - view.fromNs) / Math.max(1, view.widthPx);
  // Labels of a clock grow with their digits: they must not run into each other.
  const longest = clock.label(clock.toClock(view.toNs), roundStepNs(perPixelNs * spacingPx)).length * CHARACTER_PX + 24;
  const stepNs = roundStepNs(perPixelNs * Math.max(spacingPx, longest));
  const step = BigInt(stepNs);
  const first = (clock.toClock(Math.ceil(view.fromNs)) + step - 1n) / step;
  const found: Tick[] = [];
  for (let i = first; ; i++) {
    const timeNs = clock.toAxis(i * step);
    if (timeNs > view.toNs) return found;
    if (timeNs >= view.fromNs) found.push({timeNs, label: clock.label(i * step, stepNs)});
  }
}

/** The least round step that is no shorter: 1, 2 or 5 times a power of ten, and above a second what a clock's face has. */
function roundStepNs(leastNs: number): number {
  if (leastNs > 5e8) return (LONG_STEPS_S.find((seconds) => seconds * 1e9 >= leastNs) ?? Math.ceil(leastNs / 86_400e9) * 86_400) * 1e9;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, leastNs))));
  return ([1, 2, 5].find((digit) => digit * power >= leastNs - 1e-9) ?? 10) * power;
}

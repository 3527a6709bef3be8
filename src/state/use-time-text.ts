/** How times of the axis are written: since its zero, as the source's own clock showed them, or as times of day. */
import {useMemo} from 'react';
import {timeOfWall, wallAt, type AxisGroup} from '../derive/axis/shape.ts';
import type {Figures} from '../base/figures.ts';
import type {TimeMode} from './slices/viewport.ts';
import {useScope} from './use-scope.ts';
import {useFigures, useStore} from './use-store.ts';

/** Where round times of a clock lie on the axis, and how they are written. */
export interface ShownClock {
  toClock(timeNs: number): bigint;
  toAxis(clockNs: bigint): number;
  /** As long as the step between labels needs. */
  label(clockNs: bigint, stepNs: number): string;
}

export interface TimeText {
  /** `wall` only where it is known what time it was. */
  readonly mode: TimeMode;
  /** Of what is read at a glance. */
  moment(timeNs: number): string;
  /** To the nanosecond. */
  exact(timeNs: number): string;
  /** null: the axis itself. */
  readonly clock: ShownClock | null;
}

/** Times of the axis shown, as the user wants them written. */
export function useTimeText(): TimeText {
  const figures = useFigures();
  const group = useScope()?.group ?? null;
  const chosen = useStore((state) => state.timeMode);
  return useMemo(() => timeText(group, chosen, figures), [group, chosen, figures]);
}

/** Without an axis, or where the chosen clock is not known, times are since zero. */
export function timeText(group: AxisGroup | null, chosen: TimeMode, figures: Figures): TimeText {
  if (group && chosen === 'absolute') {
    const at = (timeNs: number) => group.originNs + BigInt(Math.round(timeNs));
    const clock: ShownClock = {toClock: at, toAxis: (clockNs) => Number(clockNs - group.originNs), label: (clockNs, stepNs) => figures.clockSeconds(clockNs, digitsOf(stepNs))};
    return {mode: 'absolute', moment: (timeNs) => figures.clockNs(at(timeNs)), exact: (timeNs) => figures.clockNs(at(timeNs)), clock};
  }
  if (group && chosen === 'wall' && group.wall.length > 0) {
    const at = (timeNs: number) => wallAt(group.wall, timeNs);
    const clock: ShownClock = {toClock: at, toAxis: (clockNs) => timeOfWall(group.wall, clockNs), label: (clockNs, stepNs) => figures.timeOfDay(clockNs, digitsOf(stepNs))};
    return {mode: 'wall', moment: (timeNs) => figures.timeOfDay(at(timeNs), 6), exact: (timeNs) => figures.timeOfDay(at(timeNs), 9), clock};
  }
  return {mode: 'relative', moment: (timeNs) => figures.moment(timeNs), exact: (timeNs) => figures.exactMoment(timeNs), clock: null};
}

/** Digits behind the second that tell one step from the next. */
function digitsOf(stepNs: number): number {
  return Math.max(0, Math.min(9, Math.ceil(9 - Math.log10(stepNs) - 1e-9)));
}

/** The lanes that are on the screen, asked of the worker. */
import type {LanesAnswer} from '../../derive/lanes/shape.ts';
import {LANE_PX} from '../../draw/timeline/paint-lanes.ts';
import {useAnswer} from '../../state/use-answer.ts';
import type {Scope} from '../../state/use-scope.ts';

/** Lanes above and below the screen, so that scrolling finds some drawn. */
const MARGIN_LANES = 12;

export interface LanesAsked {
  readonly answer: LanesAnswer | null;
  readonly isStale: boolean;
}

export function useLanes(scope: Scope, widthPx: number, heightPx: number, scrollPx: number, onlyGrowth: boolean): LanesAsked {
  const {group, window, range} = scope;
  const first = Math.max(0, Math.floor(scrollPx / LANE_PX) - MARGIN_LANES);
  const count = Math.ceil(heightPx / LANE_PX) + 2 * MARGIN_LANES;
  // Asked in steps of the margin: not every pixel of scrolling is a question.
  const step = Math.floor(first / MARGIN_LANES) * MARGIN_LANES;
  return useAnswer(
    'lanes',
    group && widthPx > 0 ? {group: group.reference, ...window, widthPx, first: step, count: count + MARGIN_LANES, event: scope.isEventOnAxis ? scope.event : null, range, onlyGrowth, filter: scope.filter} : null,
  );
}

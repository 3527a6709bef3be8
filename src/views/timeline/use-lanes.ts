/** The rows that are on the screen, asked of the worker: more than is seen on every side, so that scrolling and panning find some drawn. */
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {LanesAnswer} from '../../derive/lanes/shape.ts';
import type {Range} from '../../state/slices/selection.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useShownWindow, type Scope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';

/** Scrolling by less than this asks nothing new. */
const SCROLL_STEP_PX = 240;
/** Panning by less than this share of the window asks nothing new. */
const PAN_STEP = 0.25;

export interface LanesAsked {
  readonly answer: LanesAnswer | null;
  readonly isStale: boolean;
}

export function useLanes(scope: Scope, group: AxisGroup, widthPx: number, heightPx: number, scrollPx: number): LanesAsked {
  const arrangement = useStore((state) => state.arrangement);
  const open = useStore((state) => state.openRows);
  const sizes = useStore((state) => state.rowSizes);
  const row = useStore((state) => state.row);
  const window = useShownWindow(group);
  const {range, filter} = scope;
  const topPx = Math.max(0, Math.floor(scrollPx / SCROLL_STEP_PX) - 1) * SCROLL_STEP_PX;
  return useAnswer(
    'lanes',
    widthPx > 0 && heightPx > 0
      ? {
          group: group.reference, ...withMargin(window, widthPx, group.endNs), topPx, heightPx: (Math.ceil(heightPx / SCROLL_STEP_PX) + 3) * SCROLL_STEP_PX,
          rows: {...arrangement, open, sizes}, find: row?.key ?? null, event: scope.isEventOnAxis ? scope.event : null, range, filter,
        }
      : null,
  );
}

/** The window with a margin on each side, the same for windows that lie near one another; pixels are as long as those of the window. */
function withMargin({fromNs, toNs}: Range, widthPx: number, endNs: number): Range & {readonly widthPx: number} {
  const lengthNs = toNs - fromNs;
  if (fromNs <= 0 && toNs >= endNs) return {fromNs, toNs, widthPx};
  const stepNs = lengthNs * PAN_STEP;
  const askedFromNs = (Math.floor(fromNs / stepNs) - 1) * stepNs;
  const askedPx = Math.ceil(widthPx * (1 + 3 * PAN_STEP));
  return {fromNs: askedFromNs, toNs: askedFromNs + (askedPx * lengthNs) / widthPx, widthPx: askedPx};
}

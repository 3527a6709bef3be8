/** Moving in the picture in the order of time: a frame's time becomes the window, and back. */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {keptRange, useScope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';

export interface TimeWindow {
  zoomTo(row: number): void;
  zoomOut(): void;
}

/** null: the picture is not in the order of time. */
export function useTimeWindow({time, x0, x1, parent}: FlameAnswer): TimeWindow | null {
  const group = useScope()?.group ?? null;
  const showTimeWindow = useStore((state) => state.showTimeWindow);
  if (!time || !group) return null;
  const at = (share: number) => time.fromNs + (time.toNs - time.fromNs) * share;
  return {
    // The sum of all is the way back to all.
    zoomTo: (row) => showTimeWindow(parent[row] < 0 ? null : keptRange({fromNs: at(x0[row]), toNs: at(x1[row])}, group)),
    zoomOut: () => showTimeWindow(null),
  };
}

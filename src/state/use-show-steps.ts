/** Opens the story of a goroutine and shows the part of the axis where something happened to it. */
import {keptRange, useScope} from './use-scope.ts';
import {useStore} from './use-store.ts';

/** Room on each side of what is shown, in parts of it; and of the axis, where it is a moment. */
const MARGIN = 0.5;
const LEAST_SHARE = 0.002;

export type ShowSteps = (of: {readonly source: number; readonly goroutine: number; readonly fromNs: number; readonly toNs: number}) => void;

export function useShowSteps(): ShowSteps {
  const scope = useScope();
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const showWindow = useStore((state) => state.showWindow);
  return ({source, goroutine, fromNs, toNs}) => {
    if (goroutine >= 0) chooseGoroutine({source, goroutine});
    const group = scope?.group;
    if (!group) return;
    const marginNs = Math.max((toNs - fromNs) * MARGIN, group.endNs * LEAST_SHARE);
    showWindow(keptRange({fromNs: Math.max(0, fromNs - marginNs), toNs: Math.min(group.endNs, toNs + marginNs)}, group));
  };
}

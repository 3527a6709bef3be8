/** Where the figures of the headline lead. */
import type {GrowthGrouping, LargestStack} from '../../derive/growth-table/shape.ts';
import {keptRange, useScope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';

/** Part of the axis that is shown around a moment. */
const AROUND_SHARE = 0.02;

export interface Ways {
  showGrowthAlone(): void;
  showTable(by: GrowthGrouping): void;
  showStart(name: string): void;
  showLargest(largest: LargestStack): void;
}

export function useWays(): Ways {
  const scope = useScope();
  const showGrowthOnly = useStore((state) => state.showGrowthOnly);
  const showTab = useStore((state) => state.showTab);
  const groupGrowthBy = useStore((state) => state.groupGrowthBy);
  const chooseFilter = useStore((state) => state.chooseFilter);
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const showWindow = useStore((state) => state.showWindow);
  const showTable = (by: GrowthGrouping) => {
    groupGrowthBy(by);
    showTab('growth');
  };
  return {
    showGrowthAlone: () => showGrowthOnly(true),
    showTable,
    showStart: (startFunction) => {
      showTable('startFunction');
      chooseFilter({startFunction});
    },
    showLargest: ({source, goroutine, timeNs}) => {
      chooseGoroutine({source, goroutine});
      if (!scope?.group) return;
      const half = (scope.group.endNs * AROUND_SHARE) / 2;
      showWindow(keptRange({fromNs: Math.max(0, timeNs - half), toNs: Math.min(scope.group.endNs, timeNs + half)}, scope.group));
    },
  };
}

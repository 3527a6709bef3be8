/** Where the figures of the headline lead. */
import type {GrowthGrouping, LargestStack} from '../../derive/growth-table/shape.ts';
import {useShowSteps} from '../../state/use-show-steps.ts';
import {useStore} from '../../state/use-store.ts';

export interface Ways {
  showGrowthAlone(): void;
  showTable(by: GrowthGrouping): void;
  showStart(name: string): void;
  showLargest(largest: LargestStack): void;
}

export function useWays(): Ways {
  const showGrowthOnly = useStore((state) => state.showGrowthOnly);
  const showTab = useStore((state) => state.showTab);
  const groupGrowthBy = useStore((state) => state.groupGrowthBy);
  const chooseFilter = useStore((state) => state.chooseFilter);
  const showSteps = useShowSteps();
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
    showLargest: ({source, goroutine, timeNs}) => showSteps({source, goroutine, fromNs: timeNs, toNs: timeNs}),
  };
}

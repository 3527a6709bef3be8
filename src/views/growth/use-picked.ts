/** Picking a row narrows the lanes, the flame graph and all else to what it is of: goroutines, or the growths that a function caused. */
import type {GrowthRow, GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import {useStore} from '../../state/use-store.ts';

export interface Picked {
  isPicked(row: GrowthRow): boolean;
  /** Picks a row, or lets go of it. Nothing where nothing tells what it is of. */
  pick(row: GrowthRow): void;
  clear(): void;
  /** Nothing for a row that is of no goroutine known. */
  openStory(row: GrowthRow | undefined): void;
}

export function usePicked({by}: GrowthTableAnswer): Picked {
  const filter = useStore((state) => state.filter);
  const chooseFilter = useStore((state) => state.chooseFilter);
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const isPicked = ({name, source, goroutine}: GrowthRow) => {
    if (by === 'goroutine') return goroutine >= 0 && filter.goroutine?.source === source && filter.goroutine.goroutine === goroutine;
    return name !== null && name === (by === 'cause' ? filter.cause : filter.startFunction);
  };
  return {
    isPicked,
    pick: (row) => {
      const isOn = !isPicked(row);
      if (by === 'goroutine') {
        if (row.goroutine >= 0) chooseFilter({goroutine: isOn ? {source: row.source, goroutine: row.goroutine} : null});
      } else if (row.name === null) return;
      else if (by === 'cause') chooseFilter({cause: isOn ? row.name : null});
      else chooseFilter({startFunction: isOn ? row.name : null, goroutine: null});
    },
    clear: () => {
      chooseFilter(by === 'cause' ? {cause: null} : by === 'goroutine' ? {goroutine: null} : {startFunction: null, goroutine: null});
    },
    openStory: (row) => {
      if (row && row.goroutine >= 0) chooseGoroutine({source: row.source, goroutine: row.goroutine});
    },
  };
}

/** The rows of the growth table that are on the screen, asked of the worker as one scrolls. */
import {useCallback, useState} from 'react';
import type {GrowthTableQuestion} from '../../derive/growth-table/shape.ts';
import {useAnswer, type Answered} from '../../state/use-answer.ts';
import {useGrowthScope} from '../../state/use-growth.ts';
import type {Scope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';

export const ROW_PX = 27;
/** Rows above and below the screen, so that scrolling finds some drawn; and the step in which windows are asked for. */
const MARGIN_ROWS = 20;

export interface GrowthRows extends Answered<'growthTable'> {
  /** Tells which part is on the screen. */
  show(scrollPx: number, heightPx: number): void;
  /** What is asked for; null: nothing can be. */
  readonly question: GrowthTableQuestion | null;
}

export function useGrowthRows(scope: Scope | null): GrowthRows {
  const base = useGrowthScope(scope);
  const by = useStore((state) => state.growthBy);
  const sort = useStore((state) => state.sort);
  const search = useStore((state) => state.growthSearch);
  const [{first, count}, setShown] = useState({first: 0, count: 3 * MARGIN_ROWS});
  const show = useCallback((scrollPx: number, heightPx: number) => {
    const step = Math.max(0, Math.floor(scrollPx / ROW_PX / MARGIN_ROWS) - 1) * MARGIN_ROWS;
    const rows = Math.ceil(heightPx / ROW_PX / MARGIN_ROWS + 3) * MARGIN_ROWS;
    setShown((before) => (before.first === step && before.count === rows ? before : {first: step, count: rows}));
  }, []);
  // What is picked in this table narrows the other views, and leaves the others here to be picked.
  const question: GrowthTableQuestion | null = base && {
    ...base, by, sort, search, first, count,
    filter: {...base.filter, ...(by === 'startFunction' ? {startFunction: null, goroutine: null} : by === 'goroutine' ? {goroutine: null} : {})},
  };
  return {...useAnswer('growthTable', question), show, question};
}

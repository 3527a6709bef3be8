/** The rows of the growth table that are on the screen, asked of the worker as one scrolls. */
import type {GrowthTableQuestion} from '../../derive/growth-table/shape.ts';
import {useAnswer, type Answered} from '../../state/use-answer.ts';
import {useGrowthScope} from '../../state/use-growth.ts';
import type {Scope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';
import {useShownRows, type ShownRows} from '../ui/use-shown-rows.ts';

export const ROW_PX = 27;

export interface GrowthRows extends Answered<'growthTable'> {
  readonly show: ShownRows['show'];
  /** What is asked for; null: nothing can be. */
  readonly question: GrowthTableQuestion | null;
}

export function useGrowthRows(scope: Scope | null): GrowthRows {
  const base = useGrowthScope(scope);
  const by = useStore((state) => state.growthBy);
  const sort = useStore((state) => state.sort);
  const search = useStore((state) => state.growthSearch);
  const {first, count, show} = useShownRows(ROW_PX);
  // What is picked in this table narrows the other views, and leaves the others here to be picked.
  const question: GrowthTableQuestion | null = base && {
    ...base, by, sort, search, first, count,
    filter: {...base.filter, ...(by === 'startFunction' ? {startFunction: null, goroutine: null} : by === 'goroutine' ? {goroutine: null} : {cause: null})},
  };
  return {...useAnswer('growthTable', question), show, question};
}

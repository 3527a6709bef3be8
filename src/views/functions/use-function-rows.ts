/** The rows of the function table that are on the screen, asked of the worker as one scrolls; with them what the chosen function calls and is called by. */
import type {FunctionsQuestion} from '../../derive/functions/shape.ts';
import {useAnswer, type Answered} from '../../state/use-answer.ts';
import {useScope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';
import {useShownRows, type ShownRows} from '../ui/use-shown-rows.ts';

export const ROW_PX = 25;
/** Parts that a sparkline has. */
export const BINS = 36;

export interface FunctionRows extends Answered<'functions'> {
  readonly show: ShownRows['show'];
  /** What is asked for; null: nothing can be. */
  readonly question: FunctionsQuestion | null;
}

export function useFunctionRows(): FunctionRows {
  const query = useScope()?.query;
  const sort = useStore((state) => state.functionSort);
  const search = useStore((state) => state.functionSearch);
  const of = useStore((state) => state.chosenFunction);
  const {first, count, show} = useShownRows(ROW_PX);
  const question: FunctionsQuestion | null = query ? {query, sort, search, ignoreCase: search === search.toLowerCase(), first, count, bins: BINS, of} : null;
  return {...useAnswer('functions', question), show, question};
}

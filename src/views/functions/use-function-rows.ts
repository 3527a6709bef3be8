/** The rows of the function table that are on the screen, asked of the worker as one scrolls; with them what the chosen function calls and is called by. */
import {useCallback, useState} from 'react';
import type {FunctionsQuestion} from '../../derive/functions/shape.ts';
import {useAnswer, type Answered} from '../../state/use-answer.ts';
import {useScope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';

export const ROW_PX = 25;
/** Parts that a sparkline has. */
export const BINS = 36;
/** Rows above and below the screen, so that scrolling finds some drawn; and the step in which windows are asked for. */
const MARGIN_ROWS = 20;

export interface FunctionRows extends Answered<'functions'> {
  /** Tells which part is on the screen. */
  show(scrollPx: number, heightPx: number): void;
  /** What is asked for; null: nothing can be. */
  readonly question: FunctionsQuestion | null;
}

export function useFunctionRows(): FunctionRows {
  const query = useScope()?.query;
  const sort = useStore((state) => state.functionSort);
  const search = useStore((state) => state.functionSearch);
  const of = useStore((state) => state.chosenFunction);
  const [{first, count}, setShown] = useState({first: 0, count: 3 * MARGIN_ROWS});
  const show = useCallback((scrollPx: number, heightPx: number) => {
    const step = Math.max(0, Math.floor(scrollPx / ROW_PX / MARGIN_ROWS) - 1) * MARGIN_ROWS;
    const rows = Math.ceil(heightPx / ROW_PX / MARGIN_ROWS + 3) * MARGIN_ROWS;
    setShown((before) => (before.first === step && before.count === rows ? before : {first: step, count: rows}));
  }, []);
  const question: FunctionsQuestion | null = query ? {query, sort, search, ignoreCase: search === search.toLowerCase(), first, count, bins: BINS, of} : null;
  return {...useAnswer('functions', question), show, question};
}

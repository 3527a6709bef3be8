/** Which rows of a long list are to be asked of the worker: those on the screen and some around, in steps, so that scrolling asks rarely. */
import {useCallback, useState} from 'react';

/** Rows above and below the screen, so that scrolling finds some drawn; and the step in which parts are asked for. */
const MARGIN_ROWS = 20;

export interface ShownRows {
  readonly first: number;
  readonly count: number;
  /** Tells which part is on the screen. */
  show(scrollPx: number, heightPx: number): void;
}

export function useShownRows(rowPx: number): ShownRows {
  const [shown, setShown] = useState({first: 0, count: 3 * MARGIN_ROWS});
  const show = useCallback((scrollPx: number, heightPx: number) => {
    const first = Math.max(0, Math.floor(scrollPx / rowPx / MARGIN_ROWS) - 1) * MARGIN_ROWS;
    const count = Math.ceil(heightPx / rowPx / MARGIN_ROWS + 3) * MARGIN_ROWS;
    setShown((before) => (before.first === first && before.count === count ? before : {first, count}));
  }, [rowPx]);
  return {...shown, show};
}

/** A goroutine that another view chose is the row chosen here too: its group is opened, and its lane brought into view. */
import {useEffect, useRef, type RefObject} from 'react';
import {goroutineKey, type LanesAnswer} from '../../derive/lanes/shape.ts';
import {useStore} from '../../state/use-store.ts';
import {reveal} from './use-row-keys.ts';

export function useChosenGoroutine({answer, isStale}: {readonly answer: LanesAnswer | null; readonly isStale: boolean}, scroller: RefObject<HTMLElement | null>): void {
  const goroutine = useStore((state) => state.goroutine);
  const row = useStore((state) => state.row);
  const chooseRow = useStore((state) => state.chooseRow);
  const openRow = useStore((state) => state.openRow);
  /** Key of the row that is to be brought into view. */
  const wanted = useRef<string | null>(null);
  const key = goroutine && goroutineKey(goroutine.source, goroutine.goroutine);
  const chosen = row?.key ?? null;
  const shown = useRef(chosen);
  useEffect(() => {
    shown.current = chosen;
  }, [chosen]);
  useEffect(() => {
    if (!goroutine || key === null || shown.current === key) return;
    wanted.current = key;
    chooseRow({key, kind: 'goroutine', source: goroutine.source, row: goroutine.goroutine});
  }, [goroutine, key, chooseRow]);
  useEffect(() => {
    if (!answer || isStale || wanted.current === null || wanted.current !== chosen) return;
    if (answer.closedAround !== null) openRow(answer.closedAround, true);
    else {
      wanted.current = null;
      if (answer.found) reveal(scroller.current, answer.found);
    }
  }, [answer, isStale, chosen, openRow, scroller]);
}

/** The keyboard in the tree of rows: up and down, open and close, as in other trees. Other keys are left to others. */
import {useEffect, useState, type KeyboardEvent, type RefObject} from 'react';
import {TICKS_PX} from '../../draw/timeline/row-places.ts';
import type {LaneRow, LanesAnswer} from '../../derive/lanes/shape.ts';
import {useStore} from '../../state/use-store.ts';

/** Gives the handler of a key; it says whether the key was one of its own. */
export function useRowKeys(answer: LanesAnswer | null, scroller: RefObject<HTMLElement | null>, onEnter: (row: LaneRow) => void): (event: KeyboardEvent) => boolean {
  const chosen = useStore((state) => state.row);
  const chooseRow = useStore((state) => state.chooseRow);
  const openRow = useStore((state) => state.openRow);
  /** Index of a row that is to be chosen as soon as it is known. */
  const [goal, setGoal] = useState(-1);
  const goalRow = answer?.rows[goal - answer.first];
  useEffect(() => {
    if (!goalRow) return;
    setGoal(-1);
    chooseRow(goalRow);
    reveal(scroller.current, goalRow);
  }, [goalRow, chooseRow, scroller]);
  return (event) => {
    if (!answer || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const at = indexOf(answer, chosen?.key ?? null);
    const row = answer.rows[at - answer.first];
    /** `nearPx`: where the row stands, about, if it is not in the answer. */
    const choose = (index: number, nearPx: number) => {
      setGoal(Math.max(0, Math.min(index, answer.rowCount - 1)));
      if (!answer.rows[index - answer.first] && scroller.current) scroller.current.scrollTop = nearPx;
    };
    const nearPx = answer.found?.topPx ?? 0;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowUp: () => choose(at - 1, nearPx),
      ArrowDown: () => choose(at + 1, nearPx),
      Home: () => choose(0, 0),
      End: () => choose(answer.rowCount - 1, answer.totalPx),
      ArrowRight: () => {
        if (row?.isOpen === false) openRow(row.key, true);
        else if (row?.isOpen === true) choose(at + 1, nearPx);
      },
      ArrowLeft: () => {
        if (row?.isOpen === true) openRow(row.key, false);
        else if (row?.parent) choose(row.parent.index, row.parent.topPx);
      },
      Enter: () => {
        if (row) onEnter(row);
      },
    };
    const action = actions[event.key];
    action?.();
    return action !== undefined;
  };
}

/** Where a row stands in the list; -1: nowhere, so that the next one is the first. */
function indexOf(answer: LanesAnswer, key: string | null): number {
  const shown = answer.rows.findIndex((row) => row.key === key);
  if (shown >= 0) return answer.first + shown;
  return answer.found?.key === key ? answer.found.index : -1;
}

/** Scrolls as little as it takes to have the whole row in view. */
export function reveal(scroller: HTMLElement | null, {topPx, heightPx}: Pick<LaneRow, 'topPx' | 'heightPx'>): void {
  if (!scroller) return;
  const room = scroller.clientHeight - TICKS_PX - heightPx;
  if (topPx < scroller.scrollTop) scroller.scrollTop = topPx;
  else if (topPx > scroller.scrollTop + room) scroller.scrollTop = topPx - room;
}

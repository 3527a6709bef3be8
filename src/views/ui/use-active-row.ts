/** The row of a long table on which the keyboard stands: moved by keys, scrolled into view, at the top of every other list. */
import {useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject, type UIEvent} from 'react';
import type {ShownRows} from './use-shown-rows.ts';
import {useSize} from './use-size.ts';

/** Of the row of heads, which stays in view. */
const HEAD_PX = 30;

export interface ActiveRow {
  /** What scrolls the table. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Index in the whole list. */
  readonly active: number;
  activate(index: number): void;
  onScroll(event: UIEvent<HTMLElement>): void;
  /** Moves by arrows, pages and ends; of other keys, does nothing. */
  onKeyDown(event: KeyboardEvent): void;
}

/** `list` names the list: its order, grouping and search. Another list is read from its top. */
export function useActiveRow(list: string, rowCount: number, rowPx: number, show: ShownRows['show']): ActiveRow {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, activate] = useState(0);
  const {heightPx} = useSize(scroller);
  // Where it is scrolled to is heard, not asked: asking after each answer would lay the page out once more in the same task.
  const scrolledPx = useRef(0);
  useLayoutEffect(() => show(scrolledPx.current, heightPx));
  const onScroll = ({currentTarget}: UIEvent<HTMLElement>) => {
    scrolledPx.current = currentTarget.scrollTop;
    show(scrolledPx.current, heightPx);
  };
  useEffect(() => {
    activate(0);
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [list]);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, rowCount - 1));
    activate(next);
    reveal(scroller.current, next, rowPx);
  };
  const page = Math.max(1, Math.floor((heightPx - HEAD_PX) / rowPx) - 2);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const to: Readonly<Record<string, number>> = {ArrowUp: active - 1, ArrowDown: active + 1, PageUp: active - page, PageDown: active + page, Home: 0, End: Infinity};
    if (!Object.hasOwn(to, event.key)) return;
    event.preventDefault();
    move(to[event.key]);
  };
  return {scroller, active, activate, onScroll, onKeyDown};
}

/** Scrolls so far that the row is between head and foot. */
function reveal(scroller: HTMLElement | null, row: number, rowPx: number): void {
  if (!scroller) return;
  const top = row * rowPx;
  const room = scroller.clientHeight - HEAD_PX - 2 * rowPx;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
}

/** Hands on the time line: drag selects, Shift and drag pans, Ctrl and wheel zooms, a sideways wheel pans. */
import {useEffect, useRef, useState, type PointerEvent, type RefObject} from 'react';
import {moved, pixelOf, timeAt, zoomed, type TimeWindow} from '../../draw/timeline/scale.ts';
import type {Range} from '../../state/slices/selection.ts';

/** A press that moves less than this is a click. */
const CLICK_PX = 4;

export interface Gestures {
  /** What is being dragged out; null: nothing. */
  readonly dragged: Range | null;
  /** `anchorNs`: the drag selects from here, not from where it began. */
  readonly onPointerDown: (event: PointerEvent, anchorNs?: number) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
}

export interface GestureActions {
  /** What the canvas shows. */
  readonly view: TimeWindow;
  readonly endNs: number;
  onBrush(range: Range): void;
  onWindow(window: Range): void;
  onClick(event: PointerEvent): void;
  /** The strip of the whole axis zooms on any wheel. */
  readonly zoomsOnWheel: boolean;
  /** What a wheel and a pan change; for the strip it is not what it shows. */
  readonly window: Range;
}

export function useGestures(canvas: RefObject<HTMLElement | null>, actions: GestureActions): Gestures {
  const [dragged, setDragged] = useState<Range | null>(null);
  const press = useRef<{x: number; isPan: boolean; window: Range; isDrag: boolean} | null>(null);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const xOf = ({clientX}: {readonly clientX: number}) => clientX - (canvas.current?.getBoundingClientRect().left ?? 0);

  // React listens to wheels passively; here a zoom must not scroll, too.
  useEffect(() => {
    const {current} = canvas;
    if (!current) return undefined;
    const onWheel = (event: WheelEvent) => {
      const {view, window, endNs, onWindow, zoomsOnWheel} = latest.current;
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (!isSideways && !zoomsOnWheel && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const delta = isSideways && event.deltaX !== 0 ? event.deltaX : event.deltaY;
      if (isSideways) onWindow(moved(window, ((window.toNs - window.fromNs) * delta) / 800, endNs));
      else onWindow(zoomed(window, Math.exp(Math.max(-80, Math.min(80, delta)) / 200), timeAt(view, event.clientX - current.getBoundingClientRect().left), endNs));
    };
    current.addEventListener('wheel', onWheel, {passive: false});
    return () => current.removeEventListener('wheel', onWheel);
  }, [canvas]);

  return {
    dragged,
    onPointerDown: (event, anchorNs) => {
      if (event.button !== 0 && event.button !== 1) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      press.current = {x: anchorNs === undefined ? xOf(event) : pixelOf(actions.view, anchorNs), isPan: event.shiftKey || event.button === 1, window: actions.window, isDrag: false};
    },
    onPointerMove: (event) => {
      const {current} = press;
      if (!current) return;
      const x = xOf(event);
      if (!current.isDrag && Math.abs(x - current.x) < CLICK_PX) return;
      current.isDrag = true;
      const {view, endNs} = actions;
      if (current.isPan) actions.onWindow(moved(current.window, timeAt(view, current.x) - timeAt(view, x), endNs));
      else setDragged(between(timeAt(view, current.x), timeAt(view, x), endNs));
    },
    onPointerUp: (event) => {
      const {current} = press;
      press.current = null;
      if (!current) return;
      if (!current.isDrag) actions.onClick(event);
      else if (dragged) actions.onBrush(dragged);
      setDragged(null);
    },
  };
}

function between(a: number, b: number, endNs: number): Range {
  return {fromNs: Math.max(0, Math.min(a, b)), toNs: Math.min(endNs, Math.max(a, b))};
}

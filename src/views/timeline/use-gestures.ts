/**
 * Hands on the time line. A mouse: drag selects, an edge of the selection can be taken again, Shift or the middle button pans, Alt measures; Ctrl and
 * wheel, or a pinch, zooms at the pointer; a sideways wheel pans. Fingers: one pans, two pan and zoom. In the strip of the whole axis a finger selects.
 */
import {useEffect, useRef, useState, type PointerEvent, type RefObject} from 'react';
import {moved, pinched, pixelOf, timeAt, zoomed, type TimeWindow} from '../../draw/timeline/scale.ts';
import type {Range} from '../../state/slices/selection.ts';

/** A press that moves less than this is a click. */
const CLICK_PX = 4;
/** An edge of the selection is taken from this near. */
const EDGE_PX = 5;
/** Pixels that a wheel of lines, or of pages, means. */
const WHEEL_PX = [1, 16, 400] as const;

export interface Gestures {
  /** What is being selected, or measured; null: nothing. */
  readonly dragged: Range | null;
  readonly measuring: Range | null;
  /** Whether a press is under way that moves or selects. */
  readonly isBusy: boolean;
  /** Whether a press here would take an edge of the selection. */
  isOnEdge(x: number): boolean;
  /** `anchorNs`: the drag selects from here, not from where it began. */
  readonly onPointerDown: (event: PointerEvent, anchorNs?: number) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onPointerCancel: (event: PointerEvent) => void;
}

export interface GestureActions {
  /** What the canvas shows. */
  readonly view: TimeWindow;
  readonly endNs: number;
  /** The closest look there is. */
  readonly leastNs: number;
  /** What is selected; its edges can be taken. null: nothing, or the canvas has handles for it. */
  readonly range: Range | null;
  onBrush(range: Range): void;
  onWindow(window: Range): void;
  onMeasure(range: Range): void;
  onClick(event: PointerEvent): void;
  /** Of the nearest event, for what is measured. */
  snapped(timeNs: number): number;
  /** The strip of the whole axis: it zooms on any wheel, and a finger selects on it. */
  readonly isStrip: boolean;
  /** What a wheel and a pan change; for the strip it is not what it shows. */
  readonly window: Range;
}

interface Press {
  readonly act: 'select' | 'pan' | 'measure';
  readonly x: number;
  /** What is selected or measured begins here, wherever the window goes meanwhile. */
  readonly anchorNs: number;
  readonly window: Range;
  isDrag: boolean;
}

/** Two fingers: where they were put down, and what the canvas showed then. */
interface Pinch {
  readonly ids: readonly [number, number];
  readonly from: readonly [number, number];
  readonly view: TimeWindow;
}

export function useGestures(canvas: RefObject<HTMLElement | null>, actions: GestureActions): Gestures {
  const [dragged, setDragged] = useState<Range | null>(null);
  const [measuring, setMeasuring] = useState<Range | null>(null);
  const [isBusy, setBusy] = useState(false);
  const press = useRef<Press | null>(null);
  const fingers = useRef(new Map<number, number>());
  const pinch = useRef<Pinch | null>(null);
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
      const {view, window, endNs, leastNs, onWindow, isStrip} = latest.current;
      const isZoom = event.ctrlKey || event.metaKey;
      const isSideways = !isZoom && (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey);
      if (!isSideways && !isStrip && !isZoom) return;
      event.preventDefault();
      const px = (isSideways && event.deltaX !== 0 ? event.deltaX : event.deltaY) * WHEEL_PX[event.deltaMode as 0 | 1 | 2];
      if (isSideways) onWindow(moved(window, ((window.toNs - window.fromNs) * px) / Math.max(1, view.widthPx), endNs));
      // A pinch on a trackpad comes as many small turns of a wheel with Ctrl.
      else onWindow(zoomed(window, Math.exp(Math.max(-80, Math.min(80, Math.abs(px) < 20 ? 2 * px : px)) / 200), timeAt(view, event.clientX - current.getBoundingClientRect().left), endNs, leastNs));
    };
    current.addEventListener('wheel', onWheel, {passive: false});
    return () => current.removeEventListener('wheel', onWheel);
  }, [canvas]);

  const stop = () => {
    press.current = null;
    setDragged(null);
    setMeasuring(null);
    setBusy(false);
  };
  /** Where the other end of the selection is, when one end is under the pointer. */
  const otherEnd = (x: number): number | null => {
    const {range, view} = actions;
    if (!range) return null;
    const [toStart, toEnd] = [range.fromNs, range.toNs].map((edgeNs) => Math.abs(pixelOf(view, edgeNs) - x));
    return Math.min(toStart, toEnd) > EDGE_PX ? null : toStart < toEnd ? range.toNs : range.fromNs;
  };

  return {
    dragged, measuring, isBusy,
    isOnEdge: (x) => otherEnd(x) !== null,
    onPointerDown: (event, anchorNs) => {
      if (event.button !== 0 && event.button !== 1) return;
      // The middle button would scroll the page.
      if (event.button === 1) event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = xOf(event);
      if (event.pointerType === 'touch') {
        fingers.current.set(event.pointerId, x);
        const [first, second] = fingers.current;
        if (second !== undefined && !actions.isStrip) {
          stop();
          pinch.current = {ids: [first[0], second[0]], from: [first[1], second[1]], view: actions.view};
          return;
        }
      }
      const isPan = event.shiftKey || event.button === 1 || (event.pointerType === 'touch' && !actions.isStrip);
      const act = isPan ? 'pan' : event.altKey ? 'measure' : 'select';
      const timeNs = timeAt(actions.view, x);
      press.current = {x, act, anchorNs: act === 'measure' ? actions.snapped(timeNs) : (anchorNs ?? otherEnd(x) ?? timeNs), window: actions.window, isDrag: act === 'measure'};
    },
    onPointerMove: (event) => {
      const x = xOf(event);
      const {view, endNs, leastNs} = actions;
      if (fingers.current.has(event.pointerId)) fingers.current.set(event.pointerId, x);
      if (pinch.current) {
        const [a, b] = pinch.current.ids.map((id) => fingers.current.get(id) ?? 0);
        actions.onWindow(pinched(pinch.current.view, pinch.current.from, [a, b], endNs, leastNs));
        return;
      }
      const {current} = press;
      if (!current) return;
      if (!current.isDrag && Math.abs(x - current.x) < CLICK_PX) return;
      current.isDrag = true;
      setBusy(true);
      // In the strip the hand holds the window, in the lanes what is under it.
      if (current.act === 'pan') actions.onWindow(moved(current.window, (timeAt(view, x) - timeAt(view, current.x)) * (actions.isStrip ? 1 : -1), endNs));
      else if (current.act === 'measure') setMeasuring(between(current.anchorNs, actions.snapped(timeAt(view, x)), endNs));
      else setDragged(between(current.anchorNs, timeAt(view, x), endNs));
    },
    onPointerUp: (event) => {
      fingers.current.delete(event.pointerId);
      if (pinch.current) {
        // Both fingers go before one of them pans again.
        if (fingers.current.size === 0) pinch.current = null;
        return;
      }
      const {current} = press;
      if (!current) return;
      if (!current.isDrag) actions.onClick(event);
      else if (dragged) actions.onBrush(dragged);
      else if (measuring) actions.onMeasure(measuring);
      stop();
    },
    onPointerCancel: (event) => {
      fingers.current.delete(event.pointerId);
      if (fingers.current.size === 0) pinch.current = null;
      stop();
    },
  };
}

function between(a: number, b: number, endNs: number): Range {
  return {fromNs: Math.max(0, Math.min(a, b)), toNs: Math.min(endNs, Math.max(a, b))};
}

/** The rows of the time line: their names in a tree, and one canvas for what they show. */
import {useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent} from 'react';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {LaneRow} from '../../derive/lanes/shape.ts';
import {sharpContext} from '../../draw/canvas.ts';
import {paintLanes} from '../../draw/timeline/paint-lanes.ts';
import {Pixels} from '../../draw/timeline/pixels.ts';
import {rowAt, TICKS_PX} from '../../draw/timeline/row-places.ts';
import {moved, zoomed} from '../../draw/timeline/scale.ts';
import {keptRange, type Scope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Message} from '../ui/message.tsx';
import {useCanvasTheme} from '../ui/use-canvas-theme.ts';
import {usePainter} from '../ui/use-painter.ts';
import {useSize} from '../ui/use-size.ts';
import {LaneCard} from './lane-card.tsx';
import {LaneNames} from './lane-names.tsx';
import {useGestures} from './use-gestures.ts';
import type {LanesAsked} from './use-lanes.ts';
import {useRowKeys} from './use-row-keys.ts';

/** How much closer one press of a key looks. */
const ZOOM_STEP = 0.6;
/** How much of the window one press of a key pans. */
const PAN_SHARE = 0.15;

export interface LanesProps {
  readonly scope: Scope;
  readonly group: AxisGroup;
  readonly asked: LanesAsked;
  readonly view: {readonly widthPx: number; readonly heightPx: number; readonly scrollPx: number};
  readonly onView: (view: LanesProps['view']) => void;
}

export function Lanes({scope, group, asked, view: {widthPx, heightPx, scrollPx}, onView}: LanesProps) {
  const copy = useCopy();
  const theme = useCanvasTheme();
  const brush = useStore((state) => state.brush);
  const showWindow = useStore((state) => state.showWindow);
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const chosen = useStore((state) => state.row);
  const chooseRow = useStore((state) => state.chooseRow);
  const openRow = useStore((state) => state.openRow);
  const arrangement = useStore((state) => state.arrangement);
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pixels] = useState(() => new Pixels());
  const {heightPx: innerPx} = useSize(scroller);
  const {widthPx: placePx} = useSize(place);
  useEffect(() => onView({widthPx: placePx, heightPx: innerPx, scrollPx}), [placePx, innerPx, scrollPx, onView]);
  const [pointed, setPointed] = useState<{row: LaneRow; offsetX: number; x: number; y: number} | null>(null);
  const {answer, isStale} = asked;
  const {window} = scope;
  const selected = chosen?.key ?? null;
  const open = (row: LaneRow) => {
    chooseRow(row);
    if (row.kind === 'goroutine' || row.kind === 'regions') chooseGoroutine({source: row.source, goroutine: row.row});
  };
  const toggle = (row: LaneRow) => {
    if (row.isOpen !== null) openRow(row.key, !row.isOpen);
  };
  const rowUnder = ({clientY}: {readonly clientY: number}) => {
    const y = clientY - (scroller.current?.getBoundingClientRect().top ?? 0);
    return y < TICKS_PX || !answer ? null : rowAt(answer, y - TICKS_PX + scrollPx);
  };
  const gestures = useGestures(place, {
    view: {...window, widthPx}, endNs: group.endNs, window, zoomsOnWheel: false,
    onBrush: (range) => brush(keptRange(range, group)),
    onWindow: (next) => showWindow(keptRange(next, group)),
    onClick: (event) => {
      const row = rowUnder(event);
      if (row) open(row);
    },
  });
  const range = gestures.dragged ?? scope.range;
  usePainter(useCallback(() => {
    if (!canvas.current || widthPx === 0 || heightPx === 0) return;
    paintLanes(sharpContext(canvas.current, widthPx, heightPx), pixels, answer, {fromNs: window.fromNs, toNs: window.toNs, widthPx, heightPx, scrollPx, range, selected}, theme);
  }, [answer, pixels, window.fromNs, window.toNs, widthPx, heightPx, scrollPx, range, selected, theme]));
  // Another order is read from its beginning.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [arrangement, group.reference, scope.filter]);

  const onRowKey = useRowKeys(answer, scroller, (row) => (row.kind === 'goroutine' || row.isOpen === null ? open(row) : toggle(row)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = (window.fromNs + window.toNs) / 2;
    const length = window.toNs - window.fromNs;
    const pan = (byNs: number) => showWindow(keptRange(moved(window, byNs, group.endNs), group));
    const zoom = (factor: number) => showWindow(keptRange(zoomed(window, factor, middle, group.endNs), group));
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => pan(-length * PAN_SHARE),
      ArrowRight: () => pan(length * PAN_SHARE),
      '+': () => zoom(ZOOM_STEP),
      '=': () => zoom(ZOOM_STEP),
      '-': () => zoom(1 / ZOOM_STEP),
      '0': () => showWindow(null),
      Escape: () => brush(null),
    };
    if (!onRowKey(event)) {
      const action = actions[event.key];
      if (!action) return;
      action();
    }
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    gestures.onPointerMove(event);
    const row = rowUnder(event);
    const left = place.current?.getBoundingClientRect().left ?? 0;
    setPointed(row ? {row, offsetX: event.clientX - left, x: event.clientX, y: event.clientY} : null);
  };
  return (
    <div ref={scroller} className={`lanes${isStale ? ' stale' : ''}`} onScroll={({currentTarget}) => onView({widthPx, heightPx, scrollPx: currentTarget.scrollTop})}>
      <div className="lanes-inner" style={{height: TICKS_PX + (answer?.totalPx ?? 0)}}>
        <LaneNames
          answer={answer} selected={selected} onKeyDown={onKeyDown}
          onPick={(row) => {
            open(row);
            if (row.kind !== 'goroutine') toggle(row);
          }}
        />
        <div ref={place} className="lanes-place" style={{height: heightPx}} onPointerDown={(event) => gestures.onPointerDown(event)} onPointerMove={onPointerMove} onPointerUp={gestures.onPointerUp} onPointerLeave={() => setPointed(null)}>
          <canvas ref={canvas} aria-hidden="true" />
          {answer?.rowCount === 0 ? <div className="lanes-empty"><Message>{copy.timeline.noMatch}</Message></div> : null}
        </div>
      </div>
      {pointed && answer && !gestures.dragged ? <LaneCard answer={answer} view={{...window, widthPx}} pointed={pointed} /> : null}
    </div>
  );
}

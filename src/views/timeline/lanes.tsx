/** Lanes: a goroutine or thread each, with its states, the size of its stack and its growths over time. */
import {useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent} from 'react';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {Lane, LanesAnswer} from '../../derive/lanes/shape.ts';
import {sharpContext} from '../../draw/canvas.ts';
import {LANE_PX, paintLanes, TICKS_PX} from '../../draw/timeline/paint-lanes.ts';
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
import {useLanes} from './use-lanes.ts';

/** How much closer one press of a key looks. */
const ZOOM_STEP = 0.6;
/** How much of the window one press of a key pans. */
const PAN_SHARE = 0.15;

export function Lanes({scope, group, onlyGrowth}: {readonly scope: Scope; readonly group: AxisGroup; readonly onlyGrowth: boolean}) {
  const copy = useCopy();
  const theme = useCanvasTheme();
  const brush = useStore((state) => state.brush);
  const showWindow = useStore((state) => state.showWindow);
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const {heightPx} = useSize(scroller);
  const {widthPx} = useSize(place);
  const [scrollPx, setScrollPx] = useState(0);
  const [chosen, setChosen] = useState<{readonly index: number; readonly lane: string} | null>(null);
  const [pointed, setPointed] = useState<{lane: number; offsetX: number; x: number; y: number} | null>(null);
  const {answer, isStale} = useLanes(scope, widthPx, heightPx, scrollPx, onlyGrowth);
  const {window} = scope;
  const selected = selectedLane(answer, chosen);
  const setSelected = (index: number) => {
    const lane = laneOf(index);
    setChosen({index, lane: lane ? identity(lane) : ''});
  };
  const view = {...window, widthPx};
  const laneOf = (index: number) => answer?.lanes[index - answer.first] ?? null;
  const open = (index: number) => {
    const lane = laneOf(index);
    if (lane) setSelected(index);
    if (lane?.kind === 'goroutine') chooseGoroutine({source: lane.source, goroutine: lane.goroutine});
  };
  const laneAt = ({clientY}: {readonly clientY: number}) => {
    const y = clientY - (scroller.current?.getBoundingClientRect().top ?? 0);
    return y < TICKS_PX ? -1 : Math.floor((y - TICKS_PX + scrollPx) / LANE_PX);
  };
  const gestures = useGestures(place, {
    view, endNs: group.endNs, window, zoomsOnWheel: false,
    onBrush: (range) => brush(keptRange(range, group)),
    onWindow: (next) => showWindow(keptRange(next, group)),
    onClick: (event) => open(laneAt(event)),
  });
  const range = gestures.dragged ?? scope.range;
  usePainter(useCallback(() => {
    if (!canvas.current || widthPx === 0 || heightPx === 0) return;
    paintLanes(sharpContext(canvas.current, widthPx, heightPx), answer, {fromNs: window.fromNs, toNs: window.toNs, widthPx, heightPx, scrollPx, range, selected}, theme);
  }, [answer, window.fromNs, window.toNs, widthPx, heightPx, scrollPx, range, selected, theme]));
  const startFunction = useStore((state) => state.filter.startFunction);
  useEffect(() => {
    setChosen(null);
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [onlyGrowth, group.reference, startFunction]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = (window.fromNs + window.toNs) / 2;
    const length = window.toNs - window.fromNs;
    const select = (lane: number) => {
      const last = (answer?.laneCount ?? 0) - 1;
      const next = Math.max(0, Math.min(lane, last));
      setSelected(next);
      reveal(scroller.current, next);
    };
    const pan = (byNs: number) => showWindow(keptRange(moved(window, byNs, group.endNs), group));
    const zoom = (factor: number) => showWindow(keptRange(zoomed(window, factor, middle, group.endNs), group));
    const actions: Readonly<Record<string, () => void>> = {
      ArrowUp: () => select(selected - 1),
      ArrowDown: () => select(selected + 1),
      Home: () => select(0),
      End: () => select(Infinity),
      ArrowLeft: () => pan(-length * PAN_SHARE),
      ArrowRight: () => pan(length * PAN_SHARE),
      '+': () => zoom(ZOOM_STEP),
      '=': () => zoom(ZOOM_STEP),
      '-': () => zoom(1 / ZOOM_STEP),
      '0': () => showWindow(null),
      Enter: () => open(selected),
      Escape: () => brush(null),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const onPointerMove = (event: PointerEvent) => {
    gestures.onPointerMove(event);
    const lane = laneAt(event);
    const left = place.current?.getBoundingClientRect().left ?? 0;
    setPointed(laneOf(lane) ? {lane, offsetX: event.clientX - left, x: event.clientX, y: event.clientY} : null);
  };
  return (
    <div ref={scroller} className={`lanes${isStale ? ' stale' : ''}`} onScroll={({currentTarget}) => setScrollPx(currentTarget.scrollTop)}>
      <div className="lanes-inner" style={{height: TICKS_PX + (answer?.laneCount ?? 0) * LANE_PX}}>
        <LaneNames answer={answer} selected={selected} onKeyDown={onKeyDown} onOpen={open} />
        <div ref={place} className="lanes-place" style={{height: heightPx}} onPointerDown={(event) => gestures.onPointerDown(event)} onPointerMove={onPointerMove} onPointerUp={gestures.onPointerUp} onPointerLeave={() => setPointed(null)}>
          <canvas ref={canvas} aria-hidden="true" />
          {answer?.laneCount === 0 ? <div className="lanes-empty"><Message>{copy.timeline.noLanes}</Message></div> : null}
        </div>
      </div>
      {pointed && answer && !gestures.dragged ? <LaneCard answer={answer} view={view} pointed={pointed} /> : null}
    </div>
  );
}

/** What tells a lane from others whatever its place. */
function identity({kind, id, source, goroutine}: Lane): string {
  return kind === 'goroutine' ? `G ${source} ${goroutine}` : `M ${id}`;
}

/** Where the chosen lane stands now. Out of what was asked for it is where it was; -1: another lane took its place. */
function selectedLane(answer: LanesAnswer | null, chosen: {readonly index: number; readonly lane: string} | null): number {
  if (!answer || !chosen) return -1;
  const found = answer.lanes.findIndex((lane) => identity(lane) === chosen.lane);
  if (found >= 0) return answer.first + found;
  const isAsked = chosen.index >= answer.first && chosen.index < answer.first + answer.lanes.length;
  return isAsked && chosen.lane !== '' ? -1 : chosen.index;
}

function reveal(scroller: HTMLElement | null, lane: number): void {
  if (!scroller) return;
  const top = lane * LANE_PX;
  const room = scroller.clientHeight - TICKS_PX - LANE_PX;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
}

/** The whole axis in one strip, with a handle at each end of the selected range. */
import {useCallback, useRef, type KeyboardEvent, type PointerEvent} from 'react';
import {sharpContext} from '../../draw/canvas.ts';
import {paintOverview} from '../../draw/timeline/paint-overview.ts';
import {leastWindowNs, pixelOf} from '../../draw/timeline/scale.ts';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {Range} from '../../state/slices/selection.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {keptRange, useShownWindow, type Scope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {useCanvasTheme} from '../ui/use-canvas-theme.ts';
import {usePainter} from '../ui/use-painter.ts';
import {useSize} from '../ui/use-size.ts';
import {OverviewNames} from './overview-names.tsx';
import {useGestures} from './use-gestures.ts';

const HEIGHT_PX = 58;

export function Overview({scope, group}: {readonly scope: Scope; readonly group: AxisGroup}) {
  const copy = useCopy();
  const theme = useCanvasTheme();
  const counted = useStore((state) => state.counted);
  const brush = useStore((state) => state.brush);
  const showWindow = useStore((state) => state.showWindow);
  const window = useShownWindow(group);
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const {widthPx} = useSize(place);
  const {answer, isStale} = useAnswer('overview', widthPx > 0 ? {group: group.reference, widthPx, event: scope.isEventOnAxis ? scope.event : null, filter: scope.filter, counted} : null);
  const bytes = useStore((state) => state.overviewBytes);
  const search = useStore((state) => state.searched);
  const matchCase = useStore((state) => state.matchCase);
  const {answer: matches} = useAnswer('matches', widthPx > 0 && search !== '' && scope.query && scope.isEventOnAxis ? {query: scope.query, fromNs: 0, toNs: group.endNs, widthPx, search, ignoreCase: !matchCase} : null);
  const view = {fromNs: 0, toNs: group.endNs, widthPx};
  const gestures = useGestures(place, {
    view, endNs: group.endNs, leastNs: leastWindowNs(group.resolutionNs), window, range: null, isStrip: true, snapped: (timeNs) => timeNs,
    onBrush: (range) => brush(keptRange(range, group)),
    onWindow: (window) => showWindow(keptRange(window, group)),
    onMeasure: () => {},
    onClick: () => {},
  });
  const range = gestures.dragged ?? scope.range;
  usePainter(useCallback(() => {
    if (!canvas.current || widthPx === 0 || !answer) return;
    const ctx = sharpContext(canvas.current, widthPx, HEIGHT_PX);
    paintOverview(ctx, answer, {fromNs: 0, toNs: group.endNs, widthPx, heightPx: HEIGHT_PX, range, window, bytes, matching: matches?.matching ?? null}, theme);
  }, [answer, matches, bytes, widthPx, range, window, group.endNs, theme]));
  return (
    <div className="timeline-row">
      <OverviewNames answer={answer} found={matches?.found.samples ?? null} />
      <div ref={place} className={`overview${isStale ? ' stale' : ''}`} onPointerDown={(event) => gestures.onPointerDown(event)} onPointerMove={gestures.onPointerMove} onPointerUp={gestures.onPointerUp} onPointerCancel={gestures.onPointerCancel}>
        <canvas ref={canvas} aria-hidden="true" />
        {widthPx > 0 ? (
          <>
            <Handle side="fromNs" label={copy.timeline.selectionStart} range={range} group={group} widthPx={widthPx} onGrab={gestures.onPointerDown} />
            <Handle side="toNs" label={copy.timeline.selectionEnd} range={range} group={group} widthPx={widthPx} onGrab={gestures.onPointerDown} />
          </>
        ) : null}
      </div>
    </div>
  );
}

interface HandleProps {
  readonly side: keyof Range;
  readonly label: string;
  readonly range: Range | null;
  readonly group: AxisGroup;
  readonly widthPx: number;
  /** The pointer takes it: what is dragged out reaches to the other end. */
  readonly onGrab: (event: PointerEvent, otherEndNs: number) => void;
}

/** One end of the selection: the pointer drags it; arrows move it by a hundredth of the axis, with Shift by a thousandth. */
function Handle({side, label, range, group, widthPx, onGrab}: HandleProps) {
  const time = useTimeText();
  const brush = useStore((state) => state.brush);
  const all = {fromNs: 0, toNs: group.endNs};
  const {fromNs, toNs} = range ?? all;
  const at = side === 'fromNs' ? fromNs : toNs;
  const move = (to: number) => {
    const moved = side === 'fromNs' ? {fromNs: Math.max(0, Math.min(to, toNs - 1)), toNs} : {fromNs, toNs: Math.min(group.endNs, Math.max(to, fromNs + 1))};
    brush(moved.fromNs === 0 && moved.toNs === group.endNs ? null : keptRange(moved, group));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = group.endNs / (event.shiftKey ? 1000 : 100);
    const targets: Readonly<Record<string, number>> = {ArrowLeft: at - step, ArrowDown: at - step, ArrowRight: at + step, ArrowUp: at + step, PageDown: at - 10 * step, PageUp: at + 10 * step, Home: 0, End: group.endNs};
    if (event.key === 'Escape') brush(null);
    else if (targets[event.key] === undefined) return;
    else move(targets[event.key]);
    event.preventDefault();
  };
  return (
    <div
      role="slider" tabIndex={0} className={`overview-handle${range ? '' : ' overview-handle-idle'}`} aria-label={label} aria-valuemin={0} aria-valuemax={Math.round(group.endNs / 1000)}
      aria-valuenow={Math.round(at / 1000)} aria-valuetext={time.moment(at)} style={{left: pixelOf({fromNs: 0, toNs: group.endNs, widthPx}, at)}} onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.stopPropagation();
        onGrab(event, side === 'fromNs' ? toNs : fromNs);
      }}
    />
  );
}

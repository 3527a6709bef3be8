/**
 * What lies over the lanes: hands and keys act on it, and it shows what they do. It is drawn on a canvas of its own, so a pointer that
 * moves has no lane painted anew. The lanes themselves are asked only where they stand.
 */
import {useRef, useState, type PointerEvent} from 'react';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import {nearestEdge, type LanePlace, type MomentAnswer, type MomentQuestion} from '../../derive/moment/shape.ts';
import type {LaneSpan} from '../../draw/timeline/paint-links.ts';
import {fitted, leastWindowNs, pixelOf, timeAt} from '../../draw/timeline/scale.ts';
import {timeModes} from '../../state/slices/viewport.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useAsk} from '../../state/use-ask.ts';
import {keptRange, useShownWindow, type Scope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';
import {useAnnounce} from '../ui/announce.tsx';
import {MomentCard} from './moment-card.tsx';
import {useCursor} from './use-cursor.ts';
import {useGestures} from './use-gestures.ts';
import {useLayerPainter} from './use-layer-painter.ts';
import {useRuler} from './use-ruler.ts';
import {useTimeCommands} from './use-time-commands.ts';
import './time-layer.css';

/** What the pointer covers, and how far an edge draws what is measured. */
const REACH_PX = 4;
const SNAP_PX = 7;
/** Lanes of which a card says nothing else of the event that the cursor stands on. */
const TOLD_ON_CARD: readonly LanePlace['kind'][] = ['group', 'gc', 'task', 'log', 'event'];
const HAS_NO_EVENTS: readonly LanePlace['kind'][] = ['counter', 'other'];

/** A lane, by what is known of it without asking. */
export interface LaneHere {
  readonly place: LanePlace;
  readonly title: string;
}

export interface TimeLayerProps {
  readonly scope: Scope;
  readonly group: AxisGroup;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Height of the labels of the axis, above the lanes. */
  readonly topPx: number;
  /** The lane at a height of the layer; null: none. */
  readonly laneAt: (y: number) => LaneHere | null;
  /** Where a lane stands on the layer; null: it is not on the screen. */
  readonly spanOf: (place: LanePlace) => LaneSpan | null;
  /** The lane with the keyboard. */
  readonly chosen: LaneHere | null;
  /** At a height of the layer. */
  readonly onClick: (y: number) => void;
}

interface Kept {
  readonly lane: LaneHere;
  readonly timeNs: number;
  /** In the layer. */
  readonly y: number;
  readonly takesFocus: boolean;
}

export function TimeLayer({scope, group, widthPx, heightPx, topPx, laneAt, spanOf, chosen, onClick}: TimeLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const brush = useStore((state) => state.brush);
  const showWindow = useStore((state) => state.showWindow);
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const timeMode = useStore((state) => state.timeMode);
  const chooseTimeMode = useStore((state) => state.chooseTimeMode);
  const [pointed, setPointed] = useState<{readonly x: number; readonly y: number} | null>(null);
  const say = useAnnounce();
  const [kept, setKept] = useState<Kept | null>(null);
  const {filter, range} = scope;
  const window = useShownWindow(group);
  const view = {...window, widthPx};
  const leastNs = leastWindowNs(group.resolutionNs);
  const pixelNs = (window.toNs - window.fromNs) / Math.max(1, widthPx);

  const questionOf = (lane: LaneHere, timeNs: number): MomentQuestion => ({group: group.reference, place: lane.place, timeNs, reachNs: REACH_PX * pixelNs, event: scope.isEventOnAxis ? scope.event : null, filter});
  const pointedLane = pointed && laneAt(pointed.y);
  const pointedNs = pointed && timeAt(view, pointed.x);
  const {answer: pointedAnswer} = useAnswer('moment', pointedLane && pointedNs !== null ? questionOf(pointedLane, pointedNs) : null);
  const askOnce = useAsk('moment');

  const snapped = (timeNs: number) => (pointedAnswer ? nearestEdge(pointedAnswer, timeNs, SNAP_PX * pixelNs) : Math.round(timeNs));
  const selectState = (lane: LaneHere | null, timeNs: number) => {
    if (!lane) return;
    askOnce(questionOf(lane, timeNs), (answer) => {
      if (answer?.state && answer.state.toNs > answer.state.fromNs) brush(keptRange(answer.state, group));
    });
  };

  const pointOf = ({clientX, clientY}: {readonly clientX: number; readonly clientY: number}) => {
    const box = layer.current?.getBoundingClientRect();
    return {x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0)};
  };
  const close = () => {
    setKept(null);
    layer.current?.focus();
  };
  const ruler = useRuler(group, say);
  const cursor = useCursor(scope, group, say, (timeNs) => {
    setPointed(null);
    setKept(null);
    ruler.reach(timeNs);
  });
  const gestures = useGestures(layer, {
    view, endNs: group.endNs, leastNs, window, range, isStrip: false, snapped,
    onBrush: (next) => brush(keptRange(next, group)),
    onWindow: (next) => showWindow(keptRange(next, group)),
    onMeasure: ruler.set,
    onClick: (event) => {
      const at = pointOf(event);
      const lane = laneAt(at.y);
      if (ruler.anchorNs !== null) ruler.press(snapped(timeAt(view, at.x)));
      else {
        // A click keeps the card, the next one lets it go.
        setKept(lane && !kept ? {lane, timeNs: timeAt(view, at.x), y: at.y, takesFocus: false} : null);
        onClick(at.y);
      }
    },
  });
  const chosenSpan = chosen && spanOf(chosen.place);
  // A cursor that is out of sight is not here.
  const cursorNs = cursor.timeNs !== null && cursor.timeNs >= window.fromNs && cursor.timeNs <= window.toNs ? cursor.timeNs : null;
  const hereNs = pointedNs ?? cursorNs ?? (window.fromNs + window.toNs) / 2;
  const hereLane = pointedLane ?? chosen;
  useTimeCommands({
    scope, group, leastNs, aboutNs: hereNs,
    step: (direction, onlyGrowths) => cursor.step(chosen?.place ?? null, direction, onlyGrowths),
    move: cursor.move,
    measure: () => ruler.press(pointedNs === null ? hereNs : snapped(pointedNs)),
    selectState: () => selectState(hereLane, hereNs),
    fitLife: () => {
      if (!chosen) return;
      askOnce(questionOf(chosen, hereNs), (answer) => {
        if (answer?.lived) showWindow(keptRange(fitted(answer.lived, group.endNs, leastNs), group));
      });
    },
    keep: () => {
      if (!hereLane) return;
      setKept({lane: hereLane, timeNs: hereNs, y: pointed?.y ?? (chosenSpan ? chosenSpan.bottomPx - 6 : topPx), takesFocus: true});
    },
    clear: () => {
      if (kept) close();
      else if (ruler.range) ruler.drop();
      else if (cursor.timeNs !== null) cursor.drop();
      else brush(null);
    },
    nextClock: () => {
      const known = timeModes.filter((mode) => mode !== 'wall' || group.wall.length > 0);
      chooseTimeMode(known[(known.indexOf(timeMode) + 1) % known.length]);
    },
  });

  // A card stands at what is kept, else at the pointer, else at the cursor.
  const atCursor = chosen && chosenSpan && cursorNs !== null ? {lane: chosen, timeNs: cursorNs, y: chosenSpan.bottomPx - 6} : null;
  const shown = kept ?? (gestures.isBusy || pointed ? null : atCursor);
  const {answer: shownAnswer} = useAnswer('moment', shown ? questionOf(shown.lane, shown.timeNs) : null);
  const atPointer = !kept && pointed && pointedLane && !gestures.isBusy ? {lane: pointedLane, x: pointed.x, y: pointed.y} : null;

  useLayerPainter(canvas, {
    group, widthPx, heightPx, topPx, spanOf,
    range: gestures.dragged ?? range, isDragged: gestures.dragged !== null,
    measured: gestures.measuring ?? ruler.range, pointedNs: gestures.isBusy ? null : pointedNs, cursorNs: cursor.timeNs,
  });

  const told = chosen && TOLD_ON_CARD.includes(chosen.place.kind) && (!kept || kept.timeNs === cursor.timeNs) ? cursor.told : null;
  const stepKept = (direction: 'next' | 'previous') => {
    if (kept) cursor.step(kept.lane.place, direction, false, {timeNs: kept.timeNs, onMoved: (timeNs) => setKept({...kept, timeNs, takesFocus: false})});
  };
  const story = (goroutine: NonNullable<MomentAnswer['goroutine']>) => chooseGoroutine({source: goroutine.source, goroutine: goroutine.goroutine});
  const onPointerMove = (event: PointerEvent) => {
    gestures.onPointerMove(event);
    const at = pointOf(event);
    setPointed(at);
    if (ruler.anchorNs !== null) ruler.reach(snapped(timeAt(view, at.x)));
  };
  return (
    <>
      <div
        ref={layer} className={`time-layer${pointed && gestures.isOnEdge(pointed.x) ? ' time-layer-edge' : ''}`} tabIndex={-1} role="presentation"
        onPointerDown={(event) => gestures.onPointerDown(event)} onPointerMove={onPointerMove} onPointerUp={gestures.onPointerUp} onPointerCancel={gestures.onPointerCancel}
        onPointerLeave={() => setPointed(null)}
        onDoubleClick={(event) => {
          const at = pointOf(event);
          setKept(null);
          selectState(laneAt(at.y), timeAt(view, at.x));
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
      </div>
      {shown && shownAnswer && isOf(shownAnswer, shown.lane) ? (
        <MomentCard
          answer={shownAnswer} title={shown.lane.title} at={{x: pixelOf(view, shown.timeNs), y: shown.y}} layer={layer} told={told} isKept={kept !== null}
          takesFocus={kept?.takesFocus ?? false} onClose={close} onStep={kept && HAS_NO_EVENTS.includes(kept.lane.place.kind) ? null : stepKept} onStory={story}
        />
      ) : null}
      {atPointer && pointedAnswer && isOf(pointedAnswer, atPointer.lane) ? <MomentCard answer={pointedAnswer} title={atPointer.lane.title} at={atPointer} layer={layer} told={null} isKept={false} takesFocus={false} onClose={close} onStep={null} onStory={story} /> : null}
    </>
  );
}

/** An answer about the lane before would say of this lane what is not so. */
function isOf({place}: MomentAnswer, lane: LaneHere): boolean {
  return JSON.stringify(place) === JSON.stringify(lane.place);
}

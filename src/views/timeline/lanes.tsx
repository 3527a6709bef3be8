/** The rows of the time line: their names in a tree, and one canvas for what they show. */
import {useCallback, useEffect, useRef, useState, type KeyboardEvent} from 'react';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {LaneRow} from '../../derive/lanes/shape.ts';
import type {LanePlace} from '../../derive/moment/shape.ts';
import {sharpContext} from '../../draw/canvas.ts';
import {paintLanes} from '../../draw/timeline/paint-lanes.ts';
import type {LaneSpan} from '../../draw/timeline/paint-links.ts';
import {Pixels} from '../../draw/timeline/pixels.ts';
import {rowAt, TICKS_PX} from '../../draw/timeline/row-places.ts';
import {useShownWindow, type Scope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {Message} from '../ui/message.tsx';
import {useCanvasTheme} from '../ui/use-canvas-theme.ts';
import {usePainter} from '../ui/use-painter.ts';
import {useSize} from '../ui/use-size.ts';
import {LaneNames} from './lane-names.tsx';
import {isPlace, placeOf} from './lane-places.ts';
import {TimeLayer, type LaneHere} from './time-layer.tsx';
import type {LanesAsked} from './use-lanes.ts';
import {useChosenGoroutine} from './use-chosen-goroutine.ts';
import {useLaneMatches} from './use-lane-matches.ts';
import {useRowKeys} from './use-row-keys.ts';
import {useRowText} from './use-row-text.ts';

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
  const describe = useRowText();
  const time = useTimeText();
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
  const {answer, isStale} = asked;
  const matches = useLaneMatches(scope, answer, arrangement.groupBy);
  useChosenGoroutine(asked, scroller);
  const window = useShownWindow(group);
  const selected = chosen?.key ?? null;
  const open = useCallback((row: LaneRow) => {
    chooseRow(row);
    if (row.kind === 'goroutine' || row.kind === 'regions') chooseGoroutine({source: row.source, goroutine: row.row});
  }, [chooseRow, chooseGoroutine]);
  const toggle = useCallback((row: LaneRow) => {
    if (row.isOpen !== null) openRow(row.key, !row.isOpen);
  }, [openRow]);
  const pick = useCallback((row: LaneRow) => {
    open(row);
    if (row.kind !== 'goroutine') toggle(row);
  }, [open, toggle]);
  const rowUnder = (y: number) => (y < TICKS_PX || !answer ? null : rowAt(answer, y - TICKS_PX + scrollPx));
  usePainter(useCallback(() => {
    if (!canvas.current || widthPx === 0 || heightPx === 0) return;
    paintLanes(sharpContext(canvas.current, widthPx, heightPx), pixels, answer, {fromNs: window.fromNs, toNs: window.toNs, widthPx, heightPx, scrollPx, selected, clock: time.clock, matches}, theme);
  }, [answer, pixels, window.fromNs, window.toNs, widthPx, heightPx, scrollPx, selected, time.clock, matches, theme]));
  // Another order is read from its beginning.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [arrangement, group.reference, scope.filter]);

  const onRowKey = useRowKeys(answer, scroller, (row) => (row.kind === 'goroutine' || row.isOpen === null ? open(row) : toggle(row)));
  const latestKey = useRef(onRowKey);
  useEffect(() => {
    latestKey.current = onRowKey;
  });
  const onKeyDown = useCallback((event: KeyboardEvent) => {
    if (latestKey.current(event)) event.preventDefault();
  }, []);
  const hereOf = (row: LaneRow | null): LaneHere | null => (row ? {place: placeOf(row, arrangement.groupBy), title: describe(row).fullName} : null);
  const spanOf = useCallback((place: LanePlace): LaneSpan | null => {
    const row = answer?.rows.find((one) => isPlace(one, place));
    if (!row) return null;
    const topPx = TICKS_PX + row.topPx - scrollPx;
    return topPx + row.heightPx <= TICKS_PX || topPx >= heightPx ? null : {topPx, bottomPx: topPx + row.heightPx};
  }, [answer, scrollPx, heightPx]);
  return (
    <div ref={scroller} className={`lanes${isStale ? ' stale' : ''}`} onScroll={({currentTarget}) => onView({widthPx, heightPx, scrollPx: currentTarget.scrollTop})}>
      <div className="lanes-inner" style={{height: TICKS_PX + (answer?.totalPx ?? 0)}}>
        <LaneNames group={group} answer={answer} matches={matches} selected={selected} onKeyDown={onKeyDown} onPick={pick} />
        <div ref={place} className="lanes-place" style={{height: heightPx}}>
          <canvas ref={canvas} aria-hidden="true" />
          <TimeLayer
            scope={scope} group={group} widthPx={widthPx} heightPx={heightPx} topPx={TICKS_PX} laneAt={(y) => hereOf(rowUnder(y))} spanOf={spanOf}
            chosen={hereOf(answer?.rows.find(({key}) => key === selected) ?? null)}
            onClick={(y) => {
              const row = rowUnder(y);
              if (row) open(row);
            }}
          />
          {answer?.rowCount === 0 ? <div className="lanes-empty"><Message>{copy.timeline.noMatch}</Message></div> : null}
        </div>
      </div>
    </div>
  );
}

/** The keyboard's place on the axis: from event to event of the chosen lane, kept in view, and said in words. */
import {useState} from 'react';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {LanePlace} from '../../derive/moment/shape.ts';
import type {StepEvent, StepsQuestion} from '../../derive/steps/shape.ts';
import {brought} from '../../draw/timeline/scale.ts';
import {useAsk} from '../../state/use-ask.ts';
import {keptRange, useShownWindow, type Scope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';

/** A step from a card that stays: where it stands, and what becomes of it, instead of what other moves do. */
export interface StepFromCard {
  readonly timeNs: number;
  onMoved(timeNs: number): void;
}

export interface CursorHands {
  /** On the axis; null: it stands nowhere. */
  readonly timeNs: number | null;
  /** The event that it stands on, in words; null: none. */
  readonly told: string | null;
  /** To the next or previous event of the lane; null: no lane is chosen. */
  step(lane: LanePlace | null, direction: StepsQuestion['direction'], onlyGrowths: boolean, card?: StepFromCard): void;
  /** By a share of the window. */
  move(share: number): void;
  drop(): void;
}

/** `say`: tells those who listen. `onMoved`: the cursor stands on another time. */
export function useCursor(scope: Scope, group: AxisGroup, say: (what: string) => void, onMoved: (timeNs: number) => void): CursorHands {
  const {moment} = useCopy();
  const time = useTimeText();
  const describe = useStepText();
  const [told, setTold] = useState<{readonly timeNs: number; readonly text: string} | null>(null);
  const cursor = useStore((state) => state.cursor);
  const placeCursor = useStore((state) => state.placeCursor);
  const showWindow = useStore((state) => state.showWindow);
  const ask = useAsk('steps');
  const window = useShownWindow(group);
  const {range, filter, event, isEventOnAxis} = scope;
  const timeNs = cursor ? cursor.timeNs + Number(cursor.originNs - group.originNs) : null;
  const place = (to: number, rank: number | null, index: number, lane: string | null, moves = onMoved) => {
    placeCursor({timeNs: to, rank, index, lane, originNs: group.originNs});
    const next = brought(window, to, group.endNs);
    if (next !== window) showWindow(keptRange(next, group));
    moves(to);
  };
  return {
    timeNs,
    told: told && told.timeNs === timeNs ? told.text : null,
    step: (lane, direction, onlyGrowths, card) => {
      if (!lane) {
        say(moment.noLane);
        return;
      }
      const name = JSON.stringify(lane);
      const isOnEvent = cursor !== null && cursor.lane === name && (!card || card.timeNs === timeNs);
      // Without a cursor the first event in the window is the next, the last one the previous.
      const startNs = card?.timeNs ?? timeNs ?? (direction === 'next' ? window.fromNs - 1 : window.toNs + 1);
      const from = {timeNs: startNs, rank: isOnEvent ? cursor.rank : null, index: isOnEvent ? cursor.index : 0};
      ask({group: group.reference, place: lane, from, direction, onlyGrowths, event: isEventOnAxis ? event : null, range, filter}, ({found}) => {
        if (!found) {
          say(onlyGrowths ? moment.noGrowth[direction] : moment.noEvent[direction]);
          return;
        }
        place(found.timeNs, found.rank, found.index, name, card?.onMoved);
        setTold({timeNs: found.timeNs, text: describe(found)});
        say(moment.at(time.exact(found.timeNs), describe(found)));
      });
    },
    move: (share) => {
      const length = window.toNs - window.fromNs;
      const to = Math.round(Math.max(0, Math.min(group.endNs, (timeNs ?? (window.fromNs + window.toNs) / 2) + share * length)));
      place(to, null, 0, null);
      say(time.exact(to));
    },
    drop: () => {
      if (cursor) placeCursor(null);
      say('');
    },
  };
}

/** An event in words: what, and the size of the stack before and after. */
function useStepText(): (event: StepEvent) => string {
  const {moment, timeline} = useCopy();
  const figures = useFigures();
  const size = (bytes: number) => (Number.isNaN(bytes) ? '?' : figures.bytes(bytes));
  return (event) => {
    switch (event.what) {
      case 'born': return moment.born;
      case 'end': return moment.ended;
      case 'state': {
        const state = Number.isNaN(event.goroutine) ? timeline.states[event.state] : moment.runs(event.goroutine);
        return event.reason === null ? state : `${state}, ${moment.reason(event.reason)}`;
      }
      case 'change': {
        if (event.kind === 'initial' || event.kind === 'freed') return `${moment.changes[event.kind]} ${size(event.kind === 'initial' ? event.newBytes : event.oldBytes)}`;
        const whose = Number.isNaN(event.goroutine) ? '' : `${timeline.goroutine(event.goroutine)} `;
        return `${whose}${moment.changes[event.kind]} ${moment.sizes(size(event.oldBytes), size(event.newBytes))}, ${moment.copyTook(figures.duration(event.durationNs))}`;
      }
      case 'span': return moment.begins(event.name);
      case 'spanEnd': return moment.ends(event.name);
      case 'instant': return event.name;
      case 'sample': return event.shows === null ? moment.sample(event.name) : `${moment.sample(event.name)}, ${moment.shows[event.shows as keyof typeof moment.shows]}`;
    }
  };
}

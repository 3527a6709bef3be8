/** A place among the events of a lane -> its neighbour. Each kind of event is a sorted list; the nearest of all lists is the neighbour. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {defineDerivation, type Session} from '../derivation.ts';
import {eventLists, type EventList} from './event-lists.ts';
import type {StepPlace, StepsAnswer, StepsQuestion} from './shape.ts';

export const steps = defineDerivation({
  id: 'steps',
  answer(session: Session, question: StepsQuestion): StepsAnswer {
    const group = session.axis.groups.find(({reference}) => reference === question.group);
    if (!group) return {found: null};
    const {from, direction, range} = question;
    let found: {readonly list: EventList; readonly at: number; readonly timeNs: number} | null = null;
    for (const list of eventLists(session, group, question)) {
      const at = direction === 'next' ? nextOf(list, from) : previousOf(list, from);
      if (at < 0) continue;
      const timeNs = list.times[at] + list.shiftNs;
      if (range && (timeNs < range.fromNs || timeNs > range.toNs)) continue;
      // Lists come by rank: of two events of one time the later list's is the later.
      if (!found || (direction === 'next' ? timeNs < found.timeNs : timeNs >= found.timeNs)) found = {list, at, timeNs};
    }
    if (!found) return {found: null};
    const {list, at, timeNs} = found;
    return {found: {timeNs, rank: list.rank, index: at - list.first, ...list.event(at)}};
  },
});

/** -1: none. Cost: logarithmic, and linear in what the list does not accept. */
function nextOf({rank, times, shiftNs, first, end, accepts}: EventList, from: StepPlace): number {
  const timeNs = from.timeNs - shiftNs;
  let at = rank === from.rank ? first + from.index + 1 : from.rank === null || rank < from.rank ? upperBound(times, timeNs, first, end) : lowerBound(times, timeNs, first, end);
  while (at < end && !accepts(at)) at++;
  return at < end ? at : -1;
}

function previousOf({rank, times, shiftNs, first, end, accepts}: EventList, from: StepPlace): number {
  const timeNs = from.timeNs - shiftNs;
  let at = (rank === from.rank ? first + from.index : from.rank === null || rank > from.rank ? lowerBound(times, timeNs, first, end) : upperBound(times, timeNs, first, end)) - 1;
  while (at >= first && !accepts(at)) at--;
  return at >= first ? at : -1;
}

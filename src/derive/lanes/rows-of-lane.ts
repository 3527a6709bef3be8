/** Rows of a trace by the lane they are drawn on, so that a lane is painted without looking at the others. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import type {SampleRows, SamplesOfOwner} from '../rows/shape.ts';
import {remembered} from './remembered.ts';
import type {LanesQuestion} from './shape.ts';

/** The samples of the event shown by goroutine and by thread; null without an event. */
export function samplesByLane(session: Session, event: LanesQuestion['event'], filter: Filter): SampleRows | null {
  const source = event && session.source(event.source);
  return event && source ? session.sampleRows(source, event.event, filter) : null;
}

const eventsOfSession = new WeakMap<Session, Map<string, (event: number) => SamplesOfOwner>>();

/** The samples of each event of a source that pass a filter. Made once per session, source and filter. */
export function samplesByEvent(session: Session, source: SessionSource, filter: Filter): (event: number) => SamplesOfOwner {
  return remembered(eventsOfSession, session, JSON.stringify([source.id, filter]), () => {
    const {timeNs, event, length} = source.trace.samples;
    const events = source.trace.events.length;
    const pass = session.filtered(source, filter).samples;
    const first = new Int32Array(events + 1);
    for (let i = 0; i < length; i++) if (pass?.[i] !== 0 && !Number.isNaN(timeNs[i])) first[event[i] + 1]++;
    for (let e = 1; e <= events; e++) first[e] += first[e - 1];
    const next = first.slice();
    const rows = new Int32Array(first[events]);
    const times = new Float64Array(rows.length);
    for (let i = 0; i < length; i++) {
      if (pass?.[i] === 0 || Number.isNaN(timeNs[i])) continue;
      const at = next[event[i]]++;
      rows[at] = i;
      times[at] = timeNs[i];
    }
    for (let e = 0; e < events; e++) sortByTime(rows.subarray(first[e], first[e + 1]), times.subarray(first[e], first[e + 1]));
    return (of) => ({rows: rows.subarray(first[of], first[of + 1]), times: times.subarray(first[of], first[of + 1])});
  });
}

/** Most files tell their samples in time order. */
function sortByTime(rows: Int32Array, times: Float64Array): void {
  let isInOrder = true;
  for (let i = 1; i < times.length && isInOrder; i++) isInOrder = times[i] >= times[i - 1];
  if (isInOrder) return;
  const order = ascendingOrder(times);
  const [readRows, readTimes] = [rows.slice(), times.slice()];
  for (let i = 0; i < order.length; i++) {
    rows[i] = readRows[order[i]];
    times[i] = readTimes[order[i]];
  }
}

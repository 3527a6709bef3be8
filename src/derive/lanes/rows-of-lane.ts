/** Rows of a trace by the lane they are drawn on, so that a lane is painted without looking at the others. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import type {SampleRows, SamplesOfOwner} from '../rows/shape.ts';
import {remembered} from './remembered.ts';
import type {LanesQuestion} from './shape.ts';

/** Rows grouped by owner: those of owner `g` are `rows[first[g]] … rows[first[g + 1] - 1]`. */
interface Grouped {
  readonly first: Int32Array;
  readonly rows: Int32Array;
}

/** Groups the rows named in `order` by `owner`; rows of owner -1 are left out. The order within a group is that of `order`. */
function groupRows(order: Iterable<number>, owner: Int32Array, owners: number): Grouped {
  const first = new Int32Array(owners + 1);
  for (const of of owner) if (of >= 0) first[of + 1]++;
  for (let g = 1; g <= owners; g++) first[g] += first[g - 1];
  const next = first.slice();
  const rows = new Int32Array(first[owners]);
  for (const row of order) if (owner[row] >= 0) rows[next[owner[row]]++] = row;
  return {first, rows};
}

/** The samples of the event shown by goroutine and by thread; null without an event. */
export function samplesByLane(session: Session, event: LanesQuestion['event'], filter: Filter): SampleRows | null {
  const source = event && session.source(event.source);
  return event && source ? session.sampleRows(source, event.event, filter) : null;
}

const eventsOfSession = new WeakMap<Session, Map<string, (event: number) => SamplesOfOwner>>();

/** The samples of each event of a source that pass a filter. Made once per session, source and filter. */
export function samplesByEvent(session: Session, source: SessionSource, filter: Filter): (event: number) => SamplesOfOwner {
  return remembered(eventsOfSession, session, JSON.stringify([source.id, filter]), () => {
    const {samples, events} = source.trace;
    const pass = session.filtered(source, filter).samples;
    const order = ascendingOrder(samples.timeNs.map((time) => (Number.isNaN(time) ? 0 : time)));
    const {first, rows} = groupRows(order, samples.event.map((event, i) => (pass?.[i] === 0 || Number.isNaN(samples.timeNs[i]) ? -1 : event)), events.length);
    const times = Float64Array.from(rows, (row) => samples.timeNs[row]);
    return (event) => ({rows: rows.subarray(first[event], first[event + 1]), times: times.subarray(first[event], first[event + 1])});
  });
}

/** Rows of a trace by the lane they are drawn on, so that a lane is painted without looking at the others. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
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

/** Sample rows of one lane and their times, in time order. */
export interface SamplesOfLane {
  readonly rows: Int32Array;
  readonly times: Float64Array;
}

/** Samples of one event by goroutine and by thread, in time order. */
export interface SampleLanes {
  ofGoroutine(source: number, goroutine: number): SamplesOfLane;
  ofThread(tid: number): SamplesOfLane;
}

const NO_SAMPLES: SamplesOfLane = {rows: new Int32Array(0), times: new Float64Array(0)};
const lanesOfSession = new WeakMap<Session, Map<string, SampleLanes>>();

/** The samples of an event by lane; null without an event. Made once per session and event. */
export function samplesByLane(session: Session, event: LanesQuestion['event'], filter: Filter): SampleLanes | null {
  const source = event && session.source(event.source);
  if (!event || !source) return null;
  return remembered(lanesOfSession, session, JSON.stringify([event, filter]), () => sampleLanes(session, source, event.event, session.filtered(source, filter).samples));
}

function sampleLanes(session: Session, source: SessionSource, event: number, pass: Uint8Array | null): SampleLanes {
  const {samples, threads} = source.trace;
  const attributed = session.attribution(source);
  const goroutines = session.source(attributed.to)?.trace.goroutines.length ?? 0;
  const ofEvent = (rows: Int32Array) => rows.map((row, i) => (samples.event[i] === event && (!pass || pass[i] === 1) && !Number.isNaN(samples.timeNs[i]) ? row : -1));
  const order = ascendingOrder(samples.timeNs.map((time) => (Number.isNaN(time) ? 0 : time)));
  const byGoroutine = groupRows(order, ofEvent(attributed.goroutine), goroutines);
  // Threads of several processes may bear one number: the first stands for all.
  const threadOfTid = new Map<number, number>();
  const laneThread = Int32Array.from(threads.tid, (tid, thread) => {
    if (!threadOfTid.has(tid)) threadOfTid.set(tid, thread);
    return threadOfTid.get(tid)!;
  });
  const byThread = groupRows(order, ofEvent(samples.thread.map((thread) => (thread < 0 ? -1 : laneThread[thread]))), threads.length);
  const timesOf = ({rows}: Grouped) => Float64Array.from(rows, (row) => samples.timeNs[row]);
  const times = new Map([byGoroutine, byThread].map((grouped) => [grouped, timesOf(grouped)]));
  const pick = (grouped: Grouped, owner: number): SamplesOfLane => {
    const [from, to] = [grouped.first[owner], grouped.first[owner + 1]];
    return {rows: grouped.rows.subarray(from, to), times: times.get(grouped)!.subarray(from, to)};
  };
  return {
    ofGoroutine: (of, goroutine) => (of === attributed.to ? pick(byGoroutine, goroutine) : NO_SAMPLES),
    ofThread: (tid) => {
      const thread = threadOfTid.get(tid);
      return thread === undefined ? NO_SAMPLES : pick(byThread, thread);
    },
  };
}

const eventsOfSession = new WeakMap<Session, Map<string, (event: number) => SamplesOfLane>>();

/** The samples of each event of a source that pass a filter. Made once per session, source and filter. */
export function samplesByEvent(session: Session, source: SessionSource, filter: Filter): (event: number) => SamplesOfLane {
  return remembered(eventsOfSession, session, JSON.stringify([source.id, filter]), () => {
    const {samples, events} = source.trace;
    const pass = session.filtered(source, filter).samples;
    const order = ascendingOrder(samples.timeNs.map((time) => (Number.isNaN(time) ? 0 : time)));
    const {first, rows} = groupRows(order, samples.event.map((event, i) => (pass?.[i] === 0 || Number.isNaN(samples.timeNs[i]) ? -1 : event)), events.length);
    const times = Float64Array.from(rows, (row) => samples.timeNs[row]);
    return (event) => ({rows: rows.subarray(first[event], first[event + 1]), times: times.subarray(first[event], first[event + 1])});
  });
}

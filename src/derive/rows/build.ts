/** A trace -> its rows by goroutine; the samples of an event -> by goroutine and by thread. Made once and kept by the session. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {SpanKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {samplesInTime} from './event-samples.ts';
import type {GoroutineRows, Grouped, SampleRows, SamplesOfOwner} from './shape.ts';

/**
 * Groups the rows named in `order` (null: all, as they stand) by `owner`; rows of owner -1 are left out. The order within a group is that of
 * `order`, by time. Hot: once for every sample, so there is no closure in it.
 */
function grouped(order: Int32Array | null, owner: Int32Array, timeNs: Float64Array, owners: number): Grouped {
  const first = new Int32Array(owners + 1);
  const length = order ? order.length : owner.length;
  for (let i = 0; i < length; i++) {
    const of = owner[order ? order[i] : i];
    if (of >= 0) first[of + 1]++;
  }
  for (let g = 1; g <= owners; g++) first[g] += first[g - 1];
  const next = first.slice();
  const rows = new Int32Array(first[owners]);
  const times = new Float64Array(rows.length);
  for (let i = 0; i < length; i++) {
    const row = order ? order[i] : i;
    const of = owner[row];
    if (of < 0) continue;
    const at = next[of]++;
    rows[at] = row;
    times[at] = timeNs[row];
  }
  return {first, rows, times};
}

/** Sweeps, GC and tasks are on the goroutine that happened to run: they are not its own. */
const OWN_SPANS: readonly number[] = [SpanKind.MarkAssist, SpanKind.Region, SpanKind.StopTheWorld];

/** The rows of a Go trace by goroutine, each kind made when it is first looked at. Cost: linear, and sorting the states that another goroutine caused. */
export function goroutineRows(trace: Trace): GoroutineRows {
  const {goroutines, stackChanges, spans, instants, states} = trace;
  const owners = goroutines.length;
  const ownSpans = () => {
    const ownerOfSpan = spans.goroutine.map((owner, row) => (OWN_SPANS.includes(spans.kind[row]) ? owner : -1));
    return grouped(null, ownerOfSpan, spans.startNs, owners);
  };
  const made: {changes?: Grouped; spans?: Grouped; instants?: Grouped; caused?: Grouped} = {};
  return {
    get changes() {
      return (made.changes ??= grouped(null, stackChanges.goroutine, stackChanges.timeNs, owners));
    },
    get spans() {
      return (made.spans ??= ownSpans());
    },
    get instants() {
      return (made.instants ??= grouped(null, instants.goroutine, instants.timeNs, owners));
    },
    get caused() {
      return (made.caused ??= grouped(inTime(states.startNs, states.by), states.by, states.startNs, owners));
    },
  };
}

/** Rows that have an owner, in time order: states are so within one goroutine only. */
function inTime(timeNs: Float64Array, owner: Int32Array): Int32Array {
  let count = 0;
  for (const of of owner) if (of >= 0) count++;
  const rows = new Int32Array(count);
  for (let row = 0, at = 0; row < owner.length; row++) if (owner[row] >= 0) rows[at++] = row;
  return Int32Array.from(ascendingOrder(Float64Array.from(rows, (row) => timeNs[row])), (i) => rows[i]);
}

const NO_SAMPLES: SamplesOfOwner = {rows: new Int32Array(0), times: new Float64Array(0)};

/** The samples of an event that pass a filter, by whose they are. Cost: linear, and sorting what is not in time order. */
export function sampleRows(session: Session, source: SessionSource, event: number, filter: Filter): SampleRows {
  const {samples, threads} = source.trace;
  const attributed = session.attribution(source);
  const goroutines = session.source(attributed.to)?.trace.goroutines.length ?? 0;
  const {row, timed} = samplesInTime(samples, event, session.filtered(source, filter).samples);
  const order = row.subarray(0, timed);
  const byGoroutine = grouped(order, attributed.goroutine, samples.timeNs, goroutines);
  const threadOfTid = new Map<number, number>();
  const togetherWith = Int32Array.from(threads.tid, (tid, thread) => {
    const together = threadOfTid.get(tid) ?? thread;
    threadOfTid.set(tid, together);
    return together;
  });
  const hasOwnTids = threadOfTid.size === threads.length;
  const byThread = grouped(order, hasOwnTids ? samples.thread : samples.thread.map((thread) => (thread < 0 ? -1 : togetherWith[thread])), samples.timeNs, threads.length);
  const pick = ({first, rows, times}: Grouped, owner: number): SamplesOfOwner =>
    owner < 0 ? NO_SAMPLES : {rows: rows.subarray(first[owner], first[owner + 1]), times: times.subarray(first[owner], first[owner + 1])};
  return {
    to: attributed.to,
    byGoroutine,
    ofGoroutine: (goroutine) => pick(byGoroutine, goroutine),
    ofThread: (tid) => pick(byThread, threadOfTid.get(tid) ?? -1),
  };
}

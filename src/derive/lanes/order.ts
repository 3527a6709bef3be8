/** All lanes of an axis, in their order, with what is summed over each. Made once per axis and event. */
import {StackChangeKind} from '../../model/tables.ts';
import {sampleCount, text} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import type {Lane, LanesQuestion} from './shape.ts';

/** A lane and the rows it is made of: threads of several sources with one tid are one lane. */
export interface LaneRows extends Lane {
  readonly threads: readonly {readonly source: SessionSource; readonly thread: number}[];
}

interface Sums {
  growths: number;
  shrinks: number;
  largestBytes: number;
  copyNs: number;
  samples: number;
}

const noSums = (): Sums => ({growths: 0, shrinks: 0, largestBytes: Number.NaN, copyNs: 0, samples: 0});

const orders = new WeakMap<Session, {readonly key: string; readonly order: LaneRows[]}>();

/** The lanes of a question, whatever part of them it asks for: panning and scrolling find the order made. */
export function laneOrder(session: Session, group: AxisGroup, question: LanesQuestion): LaneRows[] {
  const key = JSON.stringify([question.group, question.event, question.range, question.onlyGrowth, question.filter]);
  const known = orders.get(session);
  if (known?.key === key) return known.order;
  const order = sortedLanes(session, group, question);
  orders.set(session, {key, order});
  return order;
}

/** The part of a source's time that counts, on the source's own clock. */
interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}

/** Goroutines by growth cost (copy time, growths, samples), then threads by samples. */
function sortedLanes(session: Session, group: AxisGroup, question: LanesQuestion): LaneRows[] {
  const {event, onlyGrowth, filter, range} = question;
  const members = group.members.map((id) => session.source(id)!);
  const spanOf = ({id}: SessionSource): Span => {
    const shiftNs = session.axis.shiftsNs.get(id) ?? 0;
    return {fromNs: (range?.fromNs ?? -Infinity) - shiftNs, toNs: (range?.toNs ?? Infinity) - shiftNs};
  };
  const goroutines = members.flatMap((source) => goroutineLanes(session, source, event, filter, spanOf));
  const shown = goroutines.filter((lane) => !onlyGrowth || lane.growths + lane.shrinks > 0);
  shown.sort((a, b) => b.copyNs - a.copyNs || b.growths - a.growths || b.samples - a.samples || a.id - b.id);
  // Threads are no part of a choice of goroutines.
  if (filter.startFunction !== null || filter.goroutine !== null) return shown;
  const threads = threadLanes(session, members, event, filter, spanOf);
  threads.sort((a, b) => b.samples - a.samples || a.id - b.id);
  return [...shown, ...threads];
}

/** Goroutines that lived at some time of the span. */
function goroutineLanes(session: Session, source: SessionSource, event: LanesQuestion['event'], filter: Filter, spanOf: (source: SessionSource) => Span): LaneRows[] {
  const {trace} = source;
  const pass = session.filtered(source, filter);
  const {goroutines, stackChanges} = trace;
  const {fromNs, toNs} = spanOf(source);
  const sums = Array.from({length: goroutines.length}, noSums);
  for (let i = 0; i < stackChanges.length; i++) {
    const of = sums[stackChanges.goroutine[i]];
    const timeNs = stackChanges.timeNs[i];
    if (!of || timeNs < fromNs || timeNs > toNs || (pass.stackChanges && pass.stackChanges[i] === 0)) continue;
    const kind = stackChanges.kind[i];
    if (kind !== StackChangeKind.Growth && kind !== StackChangeKind.Shrink) continue;
    for (const bytes of [stackChanges.oldBytes[i], stackChanges.newBytes[i]]) if (!(of.largestBytes >= bytes) && !Number.isNaN(bytes)) of.largestBytes = bytes;
    if (kind === StackChangeKind.Growth) {
      of.growths++;
      of.copyNs += stackChanges.durationNs[i];
    } else of.shrinks++;
  }
  const sampled = event && session.source(event.source);
  if (event && sampled && session.attribution(sampled).to === source.id) {
    const {goroutine} = session.attribution(sampled);
    eachSample(sampled, event.event, spanOf(sampled), session.filtered(sampled, filter).samples, (row, count) => {
      if (goroutine[row] >= 0) sums[goroutine[row]].samples += count;
    });
  }
  const lanes: LaneRows[] = [];
  for (let row = 0; row < goroutines.length; row++) {
    // One whose birth or end is not known was there before or after the recording.
    if ((pass.goroutines && pass.goroutines[row] === 0) || goroutines.startNs[row] > toNs || goroutines.endNs[row] < fromNs) continue;
    lanes.push({kind: 'goroutine', id: goroutines.id[row], source: source.id, goroutine: row, name: text(trace, goroutines.startFunction[row]), ...sums[row], threads: []});
  }
  return lanes;
}

function threadLanes(session: Session, members: readonly SessionSource[], event: LanesQuestion['event'], filter: Filter, spanOf: (source: SessionSource) => Span): LaneRows[] {
  const byTid = new Map<number, {name: string | null; samples: number; threads: {source: SessionSource; thread: number}[]}>();
  for (const source of members) {
    const {trace} = source;
    const {threads, samples} = trace;
    const counts = new Float64Array(threads.length);
    if (event?.source === source.id) {
      eachSample(source, event.event, spanOf(source), session.filtered(source, filter).samples, (row, count) => {
        if (samples.thread[row] >= 0) counts[samples.thread[row]] += count;
      });
    }
    for (let thread = 0; thread < threads.length; thread++) {
      const tid = threads.tid[thread];
      if (tid === -1 || (filter.thread !== null && tid !== filter.thread)) continue;
      let lane = byTid.get(tid);
      if (!lane) byTid.set(tid, (lane = {name: null, samples: 0, threads: []}));
      lane.name ??= text(trace, threads.name[thread]);
      lane.samples += counts[thread];
      lane.threads.push({source, thread});
    }
  }
  return [...byTid].map(([tid, {name, samples, threads}]) => ({kind: 'thread', id: tid, source: -1, goroutine: -1, name, ...noSums(), samples, threads}));
}

/** The samples of an event in a span, each with how many it stands for. */
function eachSample({trace}: SessionSource, event: number, {fromNs, toNs}: Span, pass: Uint8Array | null, onSample: (row: number, count: number) => void): void {
  const {samples} = trace;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] === event && (!pass || pass[i] === 1) && samples.timeNs[i] >= fromNs && samples.timeNs[i] <= toNs) onSample(i, sampleCount(trace, i));
  }
}

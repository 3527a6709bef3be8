/** All lanes of an axis, in their order, with what is summed over each. Made once per axis and event. */
import {StackChangeKind} from '../../model/tables.ts';
import {sampleCount, text} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
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
  const key = JSON.stringify([question.group, question.event, question.onlyGrowth, question.startFunction]);
  const known = orders.get(session);
  if (known?.key === key) return known.order;
  const order = sortedLanes(session, group, question);
  orders.set(session, {key, order});
  return order;
}

/** Goroutines by growth cost (copy time, growths, samples), then threads by samples. */
function sortedLanes(session: Session, group: AxisGroup, {event, onlyGrowth, startFunction}: LanesQuestion): LaneRows[] {
  const members = group.members.map((id) => session.source(id)!);
  const goroutines = members.flatMap((source) => goroutineLanes(session, source, event));
  const isShown = (lane: Lane) => (!onlyGrowth || lane.growths + lane.shrinks > 0) && (startFunction === null || lane.name === startFunction);
  const shown = goroutines.filter(isShown);
  shown.sort((a, b) => b.copyNs - a.copyNs || b.growths - a.growths || b.samples - a.samples || a.id - b.id);
  if (startFunction !== null) return shown;
  const threads = threadLanes(members, event);
  threads.sort((a, b) => b.samples - a.samples || a.id - b.id);
  return [...shown, ...threads];
}

function goroutineLanes(session: Session, source: SessionSource, event: LanesQuestion['event']): LaneRows[] {
  const {trace} = source;
  const {goroutines, stackChanges} = trace;
  const sums = Array.from({length: goroutines.length}, noSums);
  for (let i = 0; i < stackChanges.length; i++) {
    const of = sums[stackChanges.goroutine[i]];
    if (!of) continue;
    const kind = stackChanges.kind[i];
    for (const bytes of [stackChanges.oldBytes[i], stackChanges.newBytes[i]]) if (!(of.largestBytes >= bytes) && !Number.isNaN(bytes)) of.largestBytes = bytes;
    if (kind === StackChangeKind.Growth) {
      of.growths++;
      of.copyNs += stackChanges.durationNs[i];
    } else if (kind === StackChangeKind.Shrink) of.shrinks++;
  }
  const sampled = event && session.source(event.source);
  if (sampled && session.attribution(sampled).to === source.id) {
    const {goroutine} = session.attribution(sampled);
    const {samples} = sampled.trace;
    for (let i = 0; i < samples.length; i++) if (samples.event[i] === event.event && goroutine[i] >= 0) sums[goroutine[i]].samples += sampleCount(sampled.trace, i);
  }
  return sums.map((of, row) => ({
    kind: 'goroutine', id: goroutines.id[row], source: source.id, goroutine: row, name: text(trace, goroutines.startFunction[row]), ...of, threads: [],
  }));
}

function threadLanes(members: readonly SessionSource[], event: LanesQuestion['event']): LaneRows[] {
  const byTid = new Map<number, {name: string | null; samples: number; threads: {source: SessionSource; thread: number}[]}>();
  for (const source of members) {
    const {trace} = source;
    const {threads, samples} = trace;
    const counts = new Float64Array(threads.length);
    if (event?.source === source.id) {
      for (let i = 0; i < samples.length; i++) if (samples.event[i] === event.event && samples.thread[i] >= 0) counts[samples.thread[i]] += sampleCount(trace, i);
    }
    for (let thread = 0; thread < threads.length; thread++) {
      const tid = threads.tid[thread];
      if (tid === -1) continue;
      let lane = byTid.get(tid);
      if (!lane) byTid.set(tid, (lane = {name: null, samples: 0, threads: []}));
      lane.name ??= text(trace, threads.name[thread]);
      lane.samples += counts[thread];
      lane.threads.push({source, thread});
    }
  }
  return [...byTid].map(([tid, {name, samples, threads}]) => ({kind: 'thread', id: tid, source: -1, goroutine: -1, name, ...noSums(), samples, threads}));
}

/** The stack change and the sample that are nearest to a time, and the spans that cover it. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {SpanKind, StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {ChainClass, chainClassNames} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {stackChangeNames, stackFromNames, type StackFrom} from '../growth/shape.ts';
import {readableChain} from '../readable/shape.ts';
import type {SamplesOfOwner} from '../rows/shape.ts';
import {CARD_CALLS} from './goroutine-at.ts';
import type {ChangeAt, MomentAnswer, SampleAt, SpanAt} from './shape.ts';

/** `timeNs` is on the source's own clock. A copy that covers the time is in reach, too. */
export function changeAt(session: Session, source: SessionSource, goroutine: number, timeNs: number, reachNs: number): Pick<MomentAnswer, 'change' | 'changesInReach'> {
  const {stackChanges} = source.trace;
  const {changes} = session.goroutineRows(source);
  const firstOf = changes.first[goroutine];
  const endOf = changes.first[goroutine + 1];
  let first = lowerBound(changes.times, timeNs - reachNs, firstOf, endOf);
  const end = upperBound(changes.times, timeNs + reachNs, firstOf, endOf);
  const before = first > firstOf ? changes.rows[first - 1] : -1;
  if (before >= 0 && stackChanges.timeNs[before] + stackChanges.durationNs[before] >= timeNs - reachNs) first--;
  let nearest = -1;
  let least = Infinity;
  for (let i = first; i < end; i++) {
    const row = changes.rows[i];
    const untilNs = changes.times[i] + (Number.isNaN(stackChanges.durationNs[row]) ? 0 : stackChanges.durationNs[row]);
    const distance = Math.max(0, changes.times[i] - timeNs, timeNs - untilNs);
    // A growth comes before whatever else is as near as the pointer can tell.
    const rank = distance + (stackChanges.kind[row] === StackChangeKind.Growth ? 0 : reachNs);
    if (rank >= least) continue;
    least = rank;
    nearest = row;
  }
  return {change: nearest < 0 ? null : changeOf(session, source, nearest), changesInReach: end - first};
}

function changeOf(session: Session, source: SessionSource, row: number): ChangeAt {
  const {stackChanges} = source.trace;
  const causes = session.causes(source);
  const from = session.source(causes.source[row]);
  return {
    kind: stackChangeNames[stackChanges.kind[row]],
    timeNs: stackChanges.timeNs[row] + (session.axis.shiftsNs.get(source.id) ?? 0),
    oldBytes: stackChanges.oldBytes[row],
    newBytes: stackChanges.newBytes[row],
    durationNs: stackChanges.durationNs[row],
    stackFrom: stackFromNames[causes.from[row] as StackFrom],
    stackDistanceNs: causes.distanceNs[row],
    chain: from && readableChain(from.trace.stacks, session.labels(from), causes.stack[row], CARD_CALLS),
  };
}

/** `timeNs` is on the source's own clock. A sample that shows growth comes before others that are as near as the pointer can tell. */
export function sampleAt(session: Session, source: SessionSource, {rows, times}: SamplesOfOwner, timeNs: number, reachNs: number): Pick<MomentAnswer, 'sample' | 'samplesInReach'> {
  const {samples, events, stacks} = source.trace;
  const classes = session.chains(source).class;
  const classOf = (row: number) => (samples.stack[row] < 0 ? ChainClass.None : classes[samples.stack[row]]);
  const end = upperBound(times, timeNs + reachNs);
  let nearest = -1;
  let least = Infinity;
  let count = 0;
  for (let i = lowerBound(times, timeNs - reachNs); i < end; i++) {
    const row = rows[i];
    count++;
    const rank = Math.abs(times[i] - timeNs) + (classOf(row) === ChainClass.Growth ? 0 : reachNs);
    if (rank >= least) continue;
    least = rank;
    nearest = row;
  }
  if (nearest < 0) return {sample: null, samplesInReach: 0};
  const shows = classOf(nearest);
  const sample: SampleAt = {
    timeNs: samples.timeNs[nearest] + (session.axis.shiftsNs.get(source.id) ?? 0),
    event: text(source.trace, events.name[samples.event[nearest]]) ?? '',
    shows: shows === ChainClass.None || shows === ChainClass.Entry ? null : chainClassNames[shows as ChainClass],
    chain: readableChain(stacks, session.labels(source), samples.stack[nearest], CARD_CALLS),
  };
  return {sample, samplesInReach: count};
}

const wholeProgram = new WeakMap<Trace, Int32Array>();

/** Spans that concern the whole program; few, by begin. */
function wholeProgramSpans(trace: Trace): Int32Array {
  let rows = wholeProgram.get(trace);
  if (!rows) {
    const {kind} = trace.spans;
    wholeProgram.set(trace, (rows = Int32Array.from(kind.keys()).filter((row) => kind[row] === SpanKind.Gc || kind[row] === SpanKind.StopTheWorld)));
  }
  return rows;
}

/** GC and stopped worlds at a time of the source's own clock, and the spans of a goroutine (-1: of none). Cost: linear in these. */
export function spansAt(session: Session, source: SessionSource, goroutine: number, timeNs: number): SpanAt[] {
  const {trace} = source;
  const {spans} = trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const covering = new Set<number>();
  const add = (row: number) => {
    // Not ended: it covers all that follows.
    if (spans.startNs[row] <= timeNs && !(spans.endNs[row] < timeNs)) covering.add(row);
  };
  wholeProgramSpans(trace).forEach(add);
  if (goroutine >= 0) {
    const {first, rows} = session.goroutineRows(source).spans;
    for (let i = first[goroutine]; i < first[goroutine + 1]; i++) add(rows[i]);
  }
  return Array.from(covering, (row) => ({name: text(trace, spans.name[row]) ?? '', fromNs: spans.startNs[row] + shiftNs, toNs: spans.endNs[row] + shiftNs}));
}

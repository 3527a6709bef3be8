/** The stack change and the sample that are nearest to a time, and the spans that cover it. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {argumentText, sampleArgumentsOf} from '../../model/arguments.ts';
import {SpanKind, StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {ChainClass, chainClassNames} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {stackChangeNames, stackFromNames, type StackFrom} from '../growth/shape.ts';
import {readableChain} from '../readable/shape.ts';
import type {SamplesOfOwner} from '../rows/shape.ts';
import {CARD_CALLS} from './goroutine-at.ts';
import type {ChangeAt, MessageAt, MomentAnswer, SampleAt, SpanAt} from './shape.ts';

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
    chain: from && readableChain(from.trace, session.labels(from), causes.stack[row], CARD_CALLS),
  };
}

/** `timeNs` is on the clock that `times` are of. A sample that shows growth comes before others that are as near as the pointer can tell. */
export function sampleAt(session: Session, source: SessionSource, {rows, times}: SamplesOfOwner, timeNs: number, reachNs: number): Pick<MomentAnswer, 'sample' | 'samplesInReach'> {
  const {samples, events} = source.trace;
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
    usedBytes: session.probedGoroutines(source)?.usedBytes[nearest] ?? Number.NaN,
    comm: text(source.trace, samples.comm[nearest]),
    tid: samples.thread[nearest] < 0 || source.trace.threads.tid[samples.thread[nearest]] === -1 ? Number.NaN : source.trace.threads.tid[samples.thread[nearest]],
    arguments: sampleArgumentsOf(source.trace, nearest).map((argument) => `${argument.key}=${argumentText(argument)}`),
    chain: readableChain(source.trace, session.labels(source), samples.stack[nearest], CARD_CALLS),
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
  const {first, rows} = session.goroutineRows(source).spans;
  const own = goroutine < 0 ? [] : rows.subarray(first[goroutine], first[goroutine + 1]);
  return covering(session, source, new Set([...wholeProgramSpans(trace), ...own]), timeNs);
}

/** A task, by its row of spans, and those of its regions that cover a time of the source's own clock. Cost: linear in the spans. */
export function taskSpansAt(session: Session, source: SessionSource, span: number, timeNs: number): SpanAt[] {
  const {length, kind, task} = source.trace.spans;
  if (span >= length) return [];
  const rows = [span];
  for (let row = 0; row < length; row++) if (kind[row] === SpanKind.Region && task[span] > 0 && task[row] === task[span]) rows.push(row);
  return covering(session, source, rows, timeNs);
}

function covering(session: Session, {id, trace}: SessionSource, rows: Iterable<number>, timeNs: number): SpanAt[] {
  const {startNs, endNs, name} = trace.spans;
  const shiftNs = session.axis.shiftsNs.get(id) ?? 0;
  const found: SpanAt[] = [];
  // What has not ended covers all that follows.
  for (const row of rows) if (startNs[row] <= timeNs && !(endNs[row] < timeNs)) found.push({name: text(trace, name[row]) ?? '', fromNs: startNs[row] + shiftNs, toNs: endNs[row] + shiftNs});
  return found;
}

/** Messages that a card lists. */
const MOST_MESSAGES = 6;

/** What a goroutine (null: any) logged within reach of a time of the source's own clock. */
export function messagesAt(session: Session, source: SessionSource, goroutine: number | null, timeNs: number, reachNs: number): MessageAt[] {
  const {times, rows, texts} = session.logs(source);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const end = upperBound(times, timeNs + reachNs);
  const found: MessageAt[] = [];
  for (let i = lowerBound(times, timeNs - reachNs); i < end && found.length < MOST_MESSAGES; i++) {
    if (goroutine === null || source.trace.instants.goroutine[rows[i]] === goroutine) found.push({timeNs: times[i] + shiftNs, text: texts[i]});
  }
  return found;
}

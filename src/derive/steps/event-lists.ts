/** The events of a lane, a sorted list a kind. */
import {State, StackChangeKind} from '../../model/tables.ts';
import {text} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import {ChainClass, chainClassNames} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {stackChangeNames} from '../growth/shape.ts';
import type {Filter} from '../filter/shape.ts';
import type {LanePlace} from '../moment/shape.ts';
import {programEdges, taskEdges, type SpanEdges} from './span-edges.ts';
import type {StepsQuestion, StepWhat} from './shape.ts';

/** Events at `times[first … end - 1]`, on a source's own clock. */
export interface EventList {
  readonly rank: number;
  readonly times: Float64Array;
  readonly first: number;
  readonly end: number;
  /** To the axis. */
  readonly shiftNs: number;
  accepts(at: number): boolean;
  event(at: number): StepWhat;
}

/** What comes first when several are of one time. */
const Rank = {Born: 0, State: 1, Change: 2, Span: 3, Instant: 4, Sample: 5, End: 6} as const;
const all = () => true;

/** By rank. */
export function eventLists(session: Session, group: AxisGroup, question: StepsQuestion): EventList[] {
  const {place, onlyGrowths, filter} = question;
  const members = group.members.map((id) => session.openSource(id));
  const samples = sampleList(session, group, question);
  if (place.kind === 'goroutine') {
    const source = members.find(({id}) => id === place.source);
    if (!source || place.goroutine >= source.trace.goroutines.length) return [];
    const changes = changeList(session, source, place.goroutine, onlyGrowths);
    if (onlyGrowths) return source.trace.hasStackSizes ? [changes] : samples;
    return [...lifeLists(session, source, place.goroutine), changes, ...samples].toSorted((a, b) => a.rank - b.rank);
  }
  if (place.kind === 'thread') return [...(onlyGrowths ? [] : members.flatMap((source) => runList(session, source, place.id))), ...samples];
  if (place.kind === 'group') return members.map((source, i) => groupList(session, source, place, question, i));
  if (place.kind === 'event') return members.filter(({id}) => id === place.source).map((source) => laneOfEvent(session, source, place.event, question));
  if (onlyGrowths) return [];
  if (place.kind === 'gc') return members.filter((source) => isOfProcess(session, source, filter)).map((source, i) => edgeList(session, source, programEdges(source.trace), i));
  if (place.kind !== 'proc' && place.kind !== 'task' && place.kind !== 'log') return [];
  const source = members.find(({id}) => id === place.source);
  if (!source) return [];
  if (place.kind === 'log') return [logList(session, source)];
  if (place.kind === 'task') return place.span < source.trace.spans.length ? [edgeList(session, source, taskEdges(source.trace, place.span), 0)] : [];
  return place.proc < source.trace.procs.length ? [procList(session, source, place.proc)] : [];
}

/** Whether what is of a whole trace passes: it is not known to be of another process. */
function isOfProcess(session: Session, source: SessionSource, {process}: Filter): boolean {
  return process === null || (session.processOf(source) ?? process) === process;
}

const shiftOf = (session: Session, {id}: SessionSource) => session.axis.shiftsNs.get(id) ?? 0;

/** Birth, states, spans, instants, end. */
function lifeLists(session: Session, source: SessionSource, goroutine: number): EventList[] {
  const {trace} = source;
  const {goroutines, states, spans, instants} = trace;
  const shiftNs = shiftOf(session, source);
  const once = (rank: number, timeNs: number, what: 'born' | 'end'): EventList => ({rank, times: Float64Array.of(timeNs), first: 0, end: Number.isNaN(timeNs) ? 0 : 1, shiftNs, accepts: all, event: () => ({what})});
  const rows = session.goroutineRows(source);
  const own = (rank: number, {first, times}: typeof rows.spans, event: EventList['event']): EventList => ({rank, times, first: first[goroutine], end: first[goroutine + 1], shiftNs, accepts: all, event});
  const first = goroutines.firstState[goroutine];
  const {rows: logRows, texts} = session.logs(source);
  const logOf = (row: number): string | undefined => texts[logRows.indexOf(row)];
  return [
    once(Rank.Born, goroutines.startNs[goroutine], 'born'),
    {
      rank: Rank.State, times: states.startNs, first, end: first + goroutines.stateCount[goroutine], shiftNs, accepts: all,
      event: (at) => ({what: 'state', state: states.state[at], reason: text(trace, states.reason[at]), goroutine: Number.NaN}),
    },
    own(Rank.Span, rows.spans, (at) => ({what: 'span', name: text(trace, spans.name[rows.spans.rows[at]]) ?? ''})),
    own(Rank.Instant, rows.instants, (at) => ({what: 'instant', name: logOf(rows.instants.rows[at]) ?? text(trace, instants.name[rows.instants.rows[at]]) ?? ''})),
    once(Rank.End, goroutines.endNs[goroutine], 'end'),
  ];
}

function changeList(session: Session, source: SessionSource, goroutine: number, onlyGrowths: boolean): EventList {
  const {kind, oldBytes, newBytes, durationNs} = source.trace.stackChanges;
  const {first, rows, times} = session.goroutineRows(source).changes;
  return {
    rank: Rank.Change, times, first: first[goroutine], end: first[goroutine + 1], shiftNs: shiftOf(session, source),
    accepts: onlyGrowths ? (at) => kind[rows[at]] === StackChangeKind.Growth : all,
    event: (at) => ({what: 'change', kind: stackChangeNames[kind[rows[at]]], oldBytes: oldBytes[rows[at]], newBytes: newBytes[rows[at]], durationNs: durationNs[rows[at]], goroutine: Number.NaN}),
  };
}

/** Begins and ends of spans. Lists of several sources come one after the other. */
function edgeList(session: Session, source: SessionSource, {times, rows, isEnd}: SpanEdges, place: number): EventList {
  const {trace} = source;
  return {
    rank: Rank.Span + place / 1000, times, first: 0, end: rows.length, shiftNs: shiftOf(session, source), accepts: all,
    event: (at) => ({what: isEnd[at] === 1 ? 'spanEnd' : 'span', name: text(trace, trace.spans.name[rows[at]]) ?? ''}),
  };
}

function logList(session: Session, source: SessionSource): EventList {
  const {times, texts} = session.logs(source);
  return {rank: Rank.Instant, times, first: 0, end: texts.length, shiftNs: shiftOf(session, source), accepts: all, event: (at) => ({what: 'instant', name: texts[at]})};
}

/** Samples of an event that has a lane of its own, whatever event is shown. */
function laneOfEvent(session: Session, source: SessionSource, event: number, {filter, onlyGrowths}: StepsQuestion): EventList {
  const {timeNs, timed, stack} = session.eventSamples(source, event, 'samples', filter);
  const shows = showsOf(session, source);
  return {
    // These times are on the axis.
    rank: Rank.Sample, times: timeNs, first: 0, end: timed, shiftNs: 0,
    accepts: (at) => !onlyGrowths || shows(stack[at]) === ChainClass.Growth,
    event: (at) => sampleEvent(source, event, shows(stack[at])),
  };
}

/** Changes of all stacks of a group. Lists of several sources come one after the other. Cost: linear in the changes of the source. */
function groupList(session: Session, source: SessionSource, {by, name}: Extract<LanePlace, {kind: 'group'}>, {filter, onlyGrowths}: StepsQuestion, place: number): EventList {
  const {trace} = source;
  const {goroutines, stackChanges: {kind, timeNs, goroutine, oldBytes, newBytes, durationNs}} = trace;
  const pass = session.filtered(source, filter).stackChanges;
  const isMeant = (of: number) => {
    const named = by === 'startFunction' ? of : goroutines.creator[of];
    return (named < 0 ? null : text(trace, goroutines.startFunction[named])) === name;
  };
  const rows = Int32Array.from(kind.keys()).filter((row) => goroutine[row] >= 0 && pass?.[row] !== 0 && (!onlyGrowths || kind[row] === StackChangeKind.Growth) && isMeant(goroutine[row]));
  return {
    rank: Rank.Change + place / 1000, times: Float64Array.from(rows, (row) => timeNs[row]), first: 0, end: rows.length, shiftNs: shiftOf(session, source), accepts: all,
    event: (at) => ({
      what: 'change', kind: stackChangeNames[kind[rows[at]]], oldBytes: oldBytes[rows[at]], newBytes: newBytes[rows[at]], durationNs: durationNs[rows[at]],
      goroutine: goroutines.id[goroutine[rows[at]]],
    }),
  };
}

/** The samples shown, of a goroutine's or thread's lane. */
function sampleList(session: Session, group: AxisGroup, {place, event, filter, onlyGrowths}: StepsQuestion): EventList[] {
  const source = event && group.members.includes(event.source) ? session.source(event.source) : null;
  if (!event || !source) return [];
  const ofEvent = session.sampleRows(source, event.event, filter);
  const owned = place.kind === 'thread' ? ofEvent.ofThread(place.id) : place.kind === 'goroutine' && ofEvent.to === place.source ? ofEvent.ofGoroutine(place.goroutine) : null;
  if (!owned) return [];
  const {rows, times} = owned;
  const shows = showsOf(session, source);
  const classOf = (at: number) => shows(source.trace.samples.stack[rows[at]]);
  return [{
    rank: Rank.Sample, times, first: 0, end: rows.length, shiftNs: shiftOf(session, source),
    accepts: (at) => !onlyGrowths || classOf(at) === ChainClass.Growth,
    event: (at) => sampleEvent(source, event.event, classOf(at)),
  }];
}

/** What the chain of a stack (-1: none) shows of growth. */
function showsOf(session: Session, source: SessionSource): (stack: number) => ChainClass {
  const classes = session.chains(source).class;
  return (stack) => (stack < 0 ? ChainClass.None : (classes[stack] as ChainClass));
}

function sampleEvent({trace}: SessionSource, event: number, shows: ChainClass): StepWhat {
  return {what: 'sample', name: text(trace, trace.events.name[event]) ?? '', shows: shows === ChainClass.None || shows === ChainClass.Entry ? null : chainClassNames[shows]};
}

/** Goroutines that come onto a thread. */
function runList(session: Session, source: SessionSource, tid: number): EventList[] {
  const thread = source.trace.threads.tid.indexOf(tid);
  if (thread < 0 || source.trace.goroutines.length === 0) return [];
  const runs = session.runs(source);
  const {id} = source.trace.goroutines;
  return [{
    rank: Rank.State, times: runs.startNs, first: runs.first[thread], end: runs.first[thread + 1], shiftNs: shiftOf(session, source), accepts: all,
    event: (at) => ({what: 'state', state: State.Running, reason: null, goroutine: id[runs.goroutine[at]]}),
  }];
}

function procList(session: Session, source: SessionSource, proc: number): EventList {
  const {states, procs} = source.trace;
  const first = procs.firstState[proc];
  return {
    rank: Rank.State, times: states.startNs, first, end: first + procs.stateCount[proc], shiftNs: shiftOf(session, source), accepts: all,
    event: (at) => ({what: 'state', state: states.state[at], reason: null, goroutine: Number.NaN}),
  };
}

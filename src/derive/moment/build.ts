/** A lane and a time -> all that is known there. */
import {upperBound} from '../../base/columns/search.ts';
import {State} from '../../model/tables.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {countersAt} from './counters-at.ts';
import {cpuAt} from './cpu-at.ts';
import {changeAt, messagesAt, sampleAt, spansAt, taskSpansAt} from './events-at.ts';
import {goroutineAt, nameOf} from './goroutine-at.ts';
import {groupAt} from './group-at.ts';
import type {LanePlace, MomentAnswer, MomentQuestion, StateAt} from './shape.ts';

export const moment = defineDerivation({
  id: 'moment',
  answer(session, question: MomentQuestion): MomentAnswer | null {
    const group = session.axis.groups.find(({reference}) => reference === question.group);
    if (!group) return null;
    const {place, timeNs, reachNs, filter} = question;
    const members = group.members.map((id) => session.openSource(id));
    const traces = members.filter(({trace}) => trace.goroutines.length > 0);
    const timeOf = ({id}: SessionSource) => timeNs - (session.axis.shiftsNs.get(id) ?? 0);
    const found = laneAt(session, traces, question, timeOf);
    const {source, goroutine} = found;
    const event = question.event && group.members.includes(question.event.source) ? question.event : null;
    const sampled = event && session.source(event.source);
    const rows = event && sampled && session.sampleRows(sampled, event.event, filter);
    const samples = !rows ? null : place.kind === 'thread' ? rows.ofThread(place.id) : place.kind === 'goroutine' && rows.to === place.source ? rows.ofGoroutine(place.goroutine) : null;
    const countedSource = place.kind === 'counter' ? traces.find(({id}) => id === place.source) : undefined;
    const counted = place.kind === 'counter' && countedSource ? {source: countedSource, counter: place.counter} : null;
    return {
      place, timeNs,
      goroutine: source && goroutine >= 0 ? nameOf(source, goroutine) : null,
      ...(source && goroutine >= 0 ? goroutineAt(session, source, goroutine, timeOf(source)) : {life: null, lived: null, state: null, wake: null, stackBytes: Number.NaN}),
      ...(found.state ? {state: found.state, wake: null} : {}),
      ...(source && place.kind === 'goroutine' ? changeAt(session, source, goroutine, timeOf(source), reachNs) : {change: null, changesInReach: 0}),
      ...(sampled && samples ? sampleAt(session, sampled, samples, timeOf(sampled), reachNs) : place.kind === 'event' ? eventAt(session, members, place, question) : {sample: null, samplesInReach: 0}),
      cpu: place.kind === 'thread' ? cpuAt(session, members, place.id, timeOf) : null,
      spans: traces.flatMap((trace) => [
        ...spansAt(session, trace, trace === source && place.kind === 'goroutine' ? goroutine : -1, timeOf(trace)),
        ...(place.kind === 'task' && trace.id === place.source ? taskSpansAt(session, trace, place.span, timeOf(trace)) : []),
      ]),
      messages: traces.flatMap((trace) => {
        if ((place.kind !== 'log' && place.kind !== 'goroutine') || trace.id !== place.source) return [];
        return messagesAt(session, trace, place.kind === 'goroutine' ? goroutine : null, timeOf(trace), reachNs);
      }),
      values: counted ? countersAt(session, counted.source, counted.counter, filter, timeOf(counted.source)) : [],
      inGroup: place.kind === 'group' ? groupAt(session, traces, place, filter, timeOf) : null,
    };
  },
});

/** On the lane of an event, which is of all threads. */
function eventAt(session: Session, members: readonly SessionSource[], {source: id, event}: Extract<LanePlace, {kind: 'event'}>, {timeNs, reachNs, filter}: MomentQuestion): Pick<MomentAnswer, 'sample' | 'samplesInReach'> {
  const source = members.find((member) => member.id === id);
  if (!source || event >= source.trace.events.length) return {sample: null, samplesInReach: 0};
  const {row, timeNs: times, timed} = session.eventSamples(source, event, 'samples', filter);
  return sampleAt(session, source, {rows: row.subarray(0, timed), times: times.subarray(0, timed)}, timeNs, reachNs);
}

interface Found {
  readonly source: SessionSource | null;
  /** -1: none. */
  readonly goroutine: number;
  /** Of the lane itself, where it is not that of a goroutine. */
  readonly state: StateAt | null;
}

const NOTHING: Found = {source: null, goroutine: -1, state: null};

function laneAt(session: Session, traces: readonly SessionSource[], {place}: MomentQuestion, timeOf: (source: SessionSource) => number): Found {
  if (place.kind === 'goroutine') {
    const source = traces.find(({id}) => id === place.source);
    return source && place.goroutine < source.trace.goroutines.length ? {source, goroutine: place.goroutine, state: null} : NOTHING;
  }
  if (place.kind === 'thread') {
    for (const source of traces) {
      const goroutine = runnerAt(session, source, source.trace.threads.tid.indexOf(place.id), timeOf(source));
      if (goroutine >= 0) return {source, goroutine, state: null};
    }
  }
  if (place.kind === 'proc') {
    const source = traces.find(({id}) => id === place.source);
    return source && place.proc < source.trace.procs.length ? procAt(session, source, place.proc, timeOf(source)) : NOTHING;
  }
  return NOTHING;
}

/** Goroutine that was on a thread; -1: none. */
function runnerAt(session: Session, source: SessionSource, thread: number, timeNs: number): number {
  if (thread < 0) return -1;
  const runs = session.runs(source);
  const run = upperBound(runs.startNs, timeNs, runs.first[thread], runs.first[thread + 1]) - 1;
  return run >= runs.first[thread] && timeNs < runs.endNs[run] ? runs.goroutine[run] : -1;
}

function procAt(session: Session, source: SessionSource, proc: number, timeNs: number): Found {
  const {procs, states, threads, goroutines, endNs} = source.trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const first = procs.firstState[proc];
  const end = first + procs.stateCount[proc];
  const row = upperBound(states.startNs, timeNs, first, end) - 1;
  if (row < first) return {...NOTHING, source};
  const thread = states.thread[row];
  const runner = runnerAt(session, source, thread, timeNs);
  const ofRunner = runner < 0 ? -1 : upperBound(states.startNs, timeNs, goroutines.firstState[runner], goroutines.firstState[runner] + goroutines.stateCount[runner]) - 1;
  const isOn = ofRunner >= 0 && states.state[ofRunner] === State.Running && states.proc[ofRunner] === proc;
  const state: StateAt = {
    state: states.state[row], fromNs: states.startNs[row] + shiftNs, toNs: (row + 1 < end ? states.startNs[row + 1] : endNs) + shiftNs,
    isCut: row + 1 === end, reason: null, thread: thread < 0 ? Number.NaN : threads.tid[thread], proc: procs.id[proc], chain: null,
  };
  return {source, goroutine: isOn ? runner : -1, state};
}

/** What stands on an axis beside goroutines: counters, procs, tasks, logs, threads by process, events. Made once per axis, event, range and filter. */
import {SpanKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {countersOf} from './counters.ts';
import {samplesIn, type Scope} from './figures.ts';
import {remembered} from './remembered.ts';
import {samplesByEvent, samplesByLane} from './rows-of-lane.ts';
import type {CounterId, RowSection} from './shape.ts';
import {tasksOf, type Task} from './tasks.ts';

/** A thread with all its rows: threads of several sources with one tid are one. */
export interface ThreadLane {
  readonly tid: number;
  readonly name: string | null;
  readonly samples: number;
  readonly threads: readonly {readonly source: SessionSource; readonly thread: number}[];
}

/** Threads of one process, by samples; `pid` -1: not recorded. */
export interface ProcessLanes {
  readonly pid: number;
  readonly name: string | null;
  readonly samples: number;
  readonly threads: readonly ThreadLane[];
}

export interface EventLane {
  readonly source: SessionSource;
  readonly event: number;
  readonly name: string | null;
  readonly samples: number;
}

export interface Catalogue {
  readonly counters: readonly {readonly source: SessionSource; readonly counter: CounterId}[];
  readonly hasGc: boolean;
  readonly procs: readonly {readonly source: SessionSource; readonly proc: number}[];
  readonly tasks: readonly Task[];
  readonly logs: readonly SessionSource[];
  /** By samples. */
  readonly processes: readonly ProcessLanes[];
  /** Those that are not the event shown. */
  readonly events: readonly EventLane[];
  readonly offered: readonly RowSection[];
  readonly reasons: readonly string[];
}

const catalogues = new WeakMap<Session, Map<string, Catalogue>>();

export function catalogue(session: Session, group: AxisGroup, scope: Scope): Catalogue {
  return remembered(catalogues, session, JSON.stringify([group.reference, scope.event, scope.range, scope.filter]), () => {
    const members = group.members.map((id) => session.openSource(id));
    const traces = members.filter(({trace}) => trace.goroutines.length > 0);
    const {process, startFunction, goroutine} = scope.filter;
    // What is of the process as a whole goes with it; a choice of goroutines leaves out what no goroutine owns.
    const ofProcess = traces.filter((source) => process === null || (session.processOf(source) ?? process) === process);
    const choosesGoroutines = startFunction !== null || goroutine !== null;
    const parts = {
      counters: ofProcess.flatMap((source) => countersOf(source).map((counter) => ({source, counter}))),
      hasGc: ofProcess.some(({trace}) => trace.spans.kind.some((kind) => kind === SpanKind.Gc || kind === SpanKind.StopTheWorld)),
      procs: ofProcess.flatMap((source) => [...source.trace.procs.id.keys()].sort((a, b) => source.trace.procs.id[a] - source.trace.procs.id[b]).map((proc) => ({source, proc}))),
      tasks: tasksOfAll(session, ofProcess, scope.filter),
      logs: ofProcess.filter((source) => session.logs(source).rows.length > 0),
      processes: choosesGoroutines ? [] : processLanes(session, members, scope),
      events: choosesGoroutines ? [] : eventLanes(session, members, scope),
    };
    const has: Readonly<Record<RowSection, boolean>> = {
      counters: parts.counters.length > 0, gc: parts.hasGc, procs: parts.procs.length > 0, goroutines: traces.length > 0, tasks: parts.tasks.length > 0, logs: parts.logs.length > 0,
      threads: parts.processes.length > 0, events: parts.events.length > 0,
    };
    return {...parts, offered: (Object.keys(has) as RowSection[]).filter((section) => has[section]), reasons: reasonsOf(traces)};
  });
}

function processLanes(session: Session, members: readonly SessionSource[], scope: Scope): ProcessLanes[] {
  const {event, filter, range} = scope;
  const sampled = event && session.source(event.source);
  const samplesOf = (tid: number) => (event && sampled ? samplesIn(session, sampled, samplesByLane(session, event, filter)!.ofThread(tid), range) : Number.NaN);
  const byTid = new Map<number, {name: string | null; pid: number; processName: string | null; threads: {source: SessionSource; thread: number}[]}>();
  for (const source of members) {
    const {trace} = source;
    const {threads, processes} = trace;
    const ofTrace = trace.goroutines.length > 0 ? (session.processOf(source) ?? -1) : -1;
    for (let thread = 0; thread < threads.length; thread++) {
      const tid = threads.tid[thread];
      if (tid === -1 || (filter.thread !== null && tid !== filter.thread)) continue;
      let lane = byTid.get(tid);
      if (!lane) byTid.set(tid, (lane = {name: null, pid: -1, processName: null, threads: []}));
      const process = threads.process[thread];
      const pid = process < 0 || processes.pid[process] === -1 ? ofTrace : processes.pid[process];
      if (lane.pid === -1) lane.pid = pid;
      if (process >= 0) lane.processName ??= text(trace, processes.name[process]);
      lane.name ??= text(trace, threads.name[thread]);
      lane.threads.push({source, thread});
    }
  }
  const byPid = new Map<number, {name: string | null; samples: number; threads: ThreadLane[]}>();
  for (const [tid, {pid, name, processName, threads}] of byTid) {
    const samples = samplesOf(tid);
    if ((filter.process !== null && pid !== filter.process) || (filter.comm !== null && samples === 0 && name !== filter.comm)) continue;
    let process = byPid.get(pid);
    if (!process) byPid.set(pid, (process = {name: null, samples: event ? 0 : Number.NaN, threads: []}));
    // A process is called as its first thread, else as any.
    process.name = tid === pid ? (processName ?? name) : (process.name ?? processName ?? name);
    process.samples += samples;
    process.threads.push({tid, name, samples, threads});
  }
  const lanes = [...byPid].map(([pid, process]) => ({pid, ...process, threads: process.threads.sort((a, b) => b.samples - a.samples || a.tid - b.tid)}));
  return lanes.sort((a, b) => b.samples - a.samples || a.pid - b.pid);
}

function eventLanes(session: Session, members: readonly SessionSource[], scope: Scope): EventLane[] {
  const lanes: EventLane[] = [];
  for (const source of members) {
    if (source.trace.samples.length === 0) continue;
    for (let event = 0; event < source.trace.events.length; event++) {
      if (scope.event?.source === source.id && scope.event.event === event) continue;
      const samples = samplesIn(session, source, samplesByEvent(session, source, scope.filter)(event), scope.range);
      if (samples > 0) lanes.push({source, event, name: text(source.trace, source.trace.events.name[event]), samples});
    }
  }
  return lanes.sort((a, b) => b.samples - a.samples || a.source.id - b.source.id || a.event - b.event);
}

/** Of one trace alone its own list, which is not copied: there may be very many. */
function tasksOfAll(session: Session, sources: readonly SessionSource[], filter: Filter): readonly Task[] {
  const lists = sources.map((source) => tasksOf(session, source, filter));
  return lists.length === 1 ? lists[0] : lists.flat();
}

const reasonsOfTrace = new WeakMap<Trace, ReadonlySet<string>>();

function reasonsOf(traces: readonly SessionSource[]): string[] {
  const reasons = new Set<string>();
  for (const {trace} of traces) {
    let own = reasonsOfTrace.get(trace);
    if (!own) reasonsOfTrace.set(trace, (own = readReasons(trace)));
    for (const reason of own) reasons.add(reason);
  }
  return [...reasons].sort();
}

function readReasons(trace: Trace): Set<string> {
  const isReason = new Uint8Array(trace.strings.length);
  const {reason, length} = trace.states;
  for (let i = 0; i < length; i++) if (reason[i] >= 0) isReason[reason[i]] = 1;
  const rows = Array.from(isReason.keys()).filter((row) => isReason[row] === 1);
  return new Set(rows.map((row) => text(trace, row) ?? ''));
}

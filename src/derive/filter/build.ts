/** A filter and a source -> which of its rows pass. Cost: linear in the rows of the source; the session remembers the last filter's. */
import {text, type Trace} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {changesCausedBy, goroutinesCausedBy, samplesCausedBy} from './caused.ts';
import {isNarrowed, type Filter, type Filtered} from './shape.ts';

const ALL: Filtered = {samples: null, goroutines: null, stackChanges: null, threads: null};

export function filtered(session: Session, source: SessionSource, filter: Filter): Filtered {
  if (!isNarrowed(filter)) return ALL;
  const {trace} = source;
  // A trace has no comms: where the one chosen stands for its whole process, all of it is of that comm.
  if (filter.comm !== null && isNameOfTrace(session, source, filter.comm)) return filtered(session, source, {...filter, comm: null});
  const goroutines = trace.goroutines.length > 0 ? goroutinesThatPass(session, source, filter) : null;
  return {
    samples: trace.samples.length > 0 ? samplesThatPass(session, source, filter) : null,
    goroutines,
    threads: threadsAlone(source.trace, filter),
    stackChanges: trace.stackChanges.length > 0 ? changesThatPass(session, source, filter, goroutines) : null,
  };
}

function threadsAlone(trace: Trace, {process, thread, comm, startFunction, cause, goroutine}: Filter): Uint8Array {
  const {threads, processes} = trace;
  if (startFunction !== null || cause !== null || goroutine !== null) return new Uint8Array(threads.length);
  return Uint8Array.from(threads.tid, (tid, row) => {
    const pid = threads.process[row] < 0 ? -1 : processes.pid[threads.process[row]];
    return Number((process === null || pid === process) && (thread === null || tid === thread) && (comm === null || text(trace, threads.name[row]) === comm));
  });
}

function samplesThatPass(session: Session, source: SessionSource, filter: Filter): Uint8Array {
  const {trace} = source;
  const {samples, threads, processes} = trace;
  const {process, thread, comm, startFunction, cause, goroutine} = filter;
  const isThread = Uint8Array.from(threads.tid, (tid, row) => {
    if (thread !== null && tid !== thread) return 0;
    const of = threads.process[row];
    // A trace names no process: which one it is of is known from others.
    const pid = of < 0 || processes.pid[of] === -1 ? (trace.goroutines.length > 0 ? session.processOf(source) : null) : processes.pid[of];
    return process === null || pid === process || (pid === null && trace.goroutines.length > 0) ? 1 : 0;
  });
  const attributed = session.attribution(source);
  const to = startFunction === null && goroutine === null ? null : session.source(attributed.to);
  const isGoroutine = to && goroutinesThatPass(session, to, {...filter, process: null, thread: null, comm: null, cause: null});
  const isCaused = cause === null ? null : samplesCausedBy(session, source, cause);
  const pass = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    if (isCaused && isCaused[i] === 0) continue;
    const row = samples.thread[i];
    if (row >= 0 ? isThread[row] === 0 : process !== null || thread !== null) continue;
    if (comm !== null && text(trace, samples.comm[i]) !== comm) continue;
    if ((startFunction !== null || goroutine !== null) && !(isGoroutine && attributed.goroutine[i] >= 0 && isGoroutine[attributed.goroutine[i]])) continue;
    pass[i] = 1;
  }
  return pass;
}

function goroutinesThatPass(session: Session, source: SessionSource, {process, thread, comm, startFunction, cause, goroutine}: Filter): Uint8Array {
  const {trace} = source;
  const {goroutines} = trace;
  const pass = new Uint8Array(goroutines.length);
  if (isOtherProcess(session, source, process) || (goroutine !== null && goroutine.source !== source.id)) return pass;
  const ran = thread === null && comm === null ? null : goroutinesOnThreads(session, source, threadsThatPass(session, source, thread, comm));
  const grew = cause === null ? null : goroutinesCausedBy(session, source, cause);
  for (let row = 0; row < goroutines.length; row++) {
    if ((grew && grew[row] === 0) || (goroutine !== null && goroutine.goroutine !== row)) continue;
    if (startFunction !== null && text(trace, goroutines.startFunction[row]) !== startFunction) continue;
    if (ran && ran[row] === 0) continue;
    pass[row] = 1;
  }
  return pass;
}

function changesThatPass(session: Session, source: SessionSource, {process, thread, comm, startFunction, cause, goroutine}: Filter, ofGoroutines: Uint8Array | null): Uint8Array {
  const {stackChanges} = source.trace;
  const pass = new Uint8Array(stackChanges.length);
  if (isOtherProcess(session, source, process)) return pass;
  const isThread = thread === null && comm === null ? null : threadsThatPass(session, source, thread, comm);
  const isCaused = cause === null ? null : changesCausedBy(session, source, cause);
  const narrowsGoroutines = startFunction !== null || goroutine !== null;
  for (let i = 0; i < stackChanges.length; i++) {
    if (isCaused && isCaused[i] === 0) continue;
    const owner = stackChanges.goroutine[i];
    if (narrowsGoroutines && !(owner >= 0 && ofGoroutines?.[owner])) continue;
    if (isThread && !(stackChanges.thread[i] >= 0 && isThread[stackChanges.thread[i]])) continue;
    pass[i] = 1;
  }
  return pass;
}

/** Known to be of another process than the one chosen. */
function isOtherProcess(session: Session, source: SessionSource, process: number | null): boolean {
  const own = process === null ? null : session.processOf(source);
  return own !== null && own !== process;
}

/** Where pids were not recorded, a process goes by the name that its threads bear. */
function isNameOfTrace(session: Session, source: SessionSource, comm: string): boolean {
  if (source.trace.goroutines.length === 0) return false;
  return session.sources.some((other) => other.id !== source.id && session.attribution(other).to === source.id && session.traceProcess(other)?.comm === comm);
}

/** By thread row of the source: whether it has the tid, and ever had the name in any source of its axis. */
function threadsThatPass(session: Session, source: SessionSource, thread: number | null, comm: string | null): Uint8Array {
  const named = comm === null ? null : tidsNamed(session, source, comm);
  return Uint8Array.from(source.trace.threads.tid, (tid) => ((thread === null || tid === thread) && (named === null || named.has(tid)) ? 1 : 0));
}

function tidsNamed(session: Session, source: SessionSource, comm: string): Set<number> {
  const group = session.axis.groups.find(({members}) => members.includes(source.id));
  const named = new Set<number>();
  for (const other of session.sources) {
    if (!group?.members.includes(other.id)) continue;
    const {samples, threads} = other.trace;
    for (let row = 0; row < threads.length; row++) if (text(other.trace, threads.name[row]) === comm) named.add(threads.tid[row]);
    for (let i = 0; i < samples.length; i++) if (samples.thread[i] >= 0 && text(other.trace, samples.comm[i]) === comm) named.add(threads.tid[samples.thread[i]]);
  }
  return named;
}

function goroutinesOnThreads(session: Session, source: SessionSource, isThread: Uint8Array): Uint8Array {
  const {first, goroutine} = session.runs(source);
  const ran = new Uint8Array(source.trace.goroutines.length);
  for (let row = 0; row < isThread.length; row++) if (isThread[row]) for (let i = first[row]; i < first[row + 1]; i++) if (goroutine[i] >= 0) ran[goroutine[i]] = 1;
  return ran;
}

/**
 * Gives each sample its goroutine: the one that the trace says is Running or in Syscall on the sample's thread at its time.
 * A trace's own CPU samples say it themselves; so do probes and registers where there is no trace.
 */
import {upperBoundNear} from '../../base/columns/search.ts';
import type {Trace} from '../../model/trace.ts';
import {groupOf} from '../axis/shape.ts';
import {isGoTrace, type Session, type SessionSource} from '../derivation.ts';
import {Attributed, type Attribution} from './shape.ts';

/** The attribution of every sample of `source`. Cost: one search a sample, short where those of a thread come in time order. */
export function attribution(session: Session, source: SessionSource): Attribution {
  const {samples, sampleGoroutine} = source.trace;
  const goroutine = new Int32Array(samples.length).fill(-1);
  const how = new Uint8Array(samples.length);
  if (sampleGoroutine) {
    goroutine.set(sampleGoroutine);
    for (let i = 0; i < how.length; i++) how[i] = goroutine[i] >= 0 ? Attributed.Goroutine : source.probed ? Attributed.NoTrace : Attributed.Scheduler;
    return {to: source.id, goroutine, how};
  }
  const traces = session.sources.filter(isGoTrace);
  const to = traceOnAxisOf(session, source, traces);
  if (!to) return {to: -1, goroutine, how: how.fill(traces.length > 0 ? Attributed.NotAligned : Attributed.NoTrace)};

  const {trace} = to;
  const runs = session.runs(to);
  const shiftNs = (session.axis.shiftsNs.get(source.id) ?? 0) - (session.axis.shiftsNs.get(to.id) ?? 0);
  const threadOf = sharedThreads(source.trace, trace);
  /** By thread of the trace: behind the run that was found last. */
  const reached = runs.first.slice();
  for (let i = 0; i < samples.length; i++) {
    const timeNs = samples.timeNs[i] + shiftNs;
    const thread = samples.thread[i] < 0 ? -1 : threadOf[samples.thread[i]];
    if (Number.isNaN(timeNs)) how[i] = Attributed.NotAligned;
    else if (thread < 0) how[i] = Attributed.ThreadNotInTrace;
    else if (timeNs < trace.startNs || timeNs > trace.endNs) how[i] = Attributed.OutsideTrace;
    else {
      reached[thread] = upperBoundNear(runs.startNs, timeNs, reached[thread], runs.first[thread], runs.first[thread + 1]);
      const run = reached[thread] - 1;
      const isRunning = run >= runs.first[thread] && timeNs < runs.endNs[run];
      how[i] = isRunning ? Attributed.Goroutine : Attributed.Scheduler;
      if (isRunning) goroutine[i] = runs.goroutine[run];
    }
  }
  return {to: to.id, goroutine, how};
}

/** For each thread row of `from` the row of the thread with the same number in `to`, -1 none. A number that was not recorded is no number. */
export function sharedThreads(from: Trace, to: Trace): Int32Array {
  const rows = new Map<number, number>();
  for (let t = 0; t < to.threads.length; t++) if (to.threads.tid[t] !== -1) rows.set(to.threads.tid[t], t);
  return Int32Array.from(from.threads.tid, (tid) => rows.get(tid) ?? -1);
}

/** The Go trace on the axis of `source` that shares most threads with it; null when there is none. */
function traceOnAxisOf(session: Session, source: SessionSource, traces: readonly SessionSource[]): SessionSource | null {
  const group = groupOf(session.axis, source.id);
  if (!group) return null;
  const shared = ({trace}: SessionSource) => sharedThreads(source.trace, trace).reduce((count, row) => count + (row >= 0 ? 1 : 0), 0);
  const onAxis = traces.filter(({id}) => group.members.includes(id)).map((candidate) => ({candidate, shared: shared(candidate)}));
  return onAxis.sort((a, b) => b.shared - a.shared)[0]?.candidate ?? null;
}

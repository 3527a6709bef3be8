/** Which process a Go trace is of: the trace does not say it, the samples on its threads do. */
import type {Session, SessionSource} from '../derivation.ts';
import {Attributed} from './shape.ts';

/** pid that most samples on the source's threads within its time are of; null: no other source tells. Cost: linear in the samples of the session. */
export function processOf(session: Session, source: SessionSource): number | null {
  const samplesOfPid = new Map<number, number>();
  for (const other of session.sources) {
    if (other.id === source.id) continue;
    const attributed = session.attribution(other);
    if (attributed.to !== source.id) continue;
    const {samples, threads, processes} = other.trace;
    for (let i = 0; i < samples.length; i++) {
      const how = attributed.how[i];
      if ((how !== Attributed.Goroutine && how !== Attributed.Scheduler) || samples.thread[i] < 0) continue;
      const process = threads.process[samples.thread[i]];
      const pid = process < 0 ? -1 : processes.pid[process];
      if (pid !== -1) samplesOfPid.set(pid, (samplesOfPid.get(pid) ?? 0) + 1);
    }
  }
  return [...samplesOfPid].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

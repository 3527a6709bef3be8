/** Which of a source's processes the Go trace on its axis is of; where pids were not recorded, which name its threads bear. */
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {everybody, type Whose} from '../processes/shape.ts';
import {Attributed} from './shape.ts';

/**
 * Those whom most of the samples are of that lie on the trace's threads, within its time. null: no trace is joined to the source, no sample
 * lies there, or the source has samples of nobody else. Cost: linear in the samples.
 */
export function traceProcess(session: Session, source: SessionSource): Whose | null {
  const attributed = session.attribution(source);
  if (attributed.to < 0 || attributed.to === source.id) return null;
  const {trace} = source;
  const {samples, threads, processes} = trace;
  const names = new Set<number>();
  const pids = new Set<number>();
  const joinedNames = new Map<number, number>();
  const joinedPids = new Map<number, number>();
  for (let i = 0; i < samples.length; i++) {
    const thread = samples.thread[i];
    if (thread < 0) continue;
    const pid = threads.process[thread] < 0 ? -1 : processes.pid[threads.process[thread]];
    const [seen, joined, key] = pid === -1 ? [names, joinedNames, samples.comm[i]] : [pids, joinedPids, pid];
    seen.add(key);
    const how = attributed.how[i];
    if (how === Attributed.Goroutine || how === Attributed.Scheduler) joined.set(key, (joined.get(key) ?? 0) + 1);
  }
  if (names.size + pids.size < 2) return null;
  const [pid, ofPid] = most(joinedPids);
  const [name, ofName] = most(joinedNames);
  if (ofPid + ofName === 0) return null;
  return ofPid >= ofName ? {...everybody, process: pid} : {...everybody, comm: text(trace, name)};
}

function most(counts: ReadonlyMap<number, number>): [key: number, count: number] {
  let best: [number, number] = [-1, 0];
  for (const entry of counts) if (entry[1] > best[1]) best = entry;
  return best;
}

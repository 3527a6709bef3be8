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
  const pidOf = Int32Array.from(threads.process, (process) => (process < 0 ? -1 : processes.pid[process]));
  // Samples are counted by thread, those of no known pid by name: behind the threads there is a place for none and for each string.
  const nameless = threads.length;
  const isSeen = new Uint8Array(nameless + 1 + trace.strings.length);
  const joined = new Int32Array(isSeen.length);
  /** Places in the order in which they were first met. */
  const met: number[] = [];
  for (let i = 0; i < samples.length; i++) {
    const thread = samples.thread[i];
    if (thread < 0) continue;
    const place = pidOf[thread] === -1 ? nameless + 1 + samples.comm[i] : thread;
    isSeen[place] = 1;
    const how = attributed.how[i];
    if ((how === Attributed.Goroutine || how === Attributed.Scheduler) && joined[place]++ === 0) met.push(place);
  }
  const names = isSeen.subarray(nameless).reduce((count, is) => count + is, 0);
  const pids = new Set(pidOf.filter((_, thread) => isSeen[thread] === 1)).size;
  if (names + pids < 2) return null;
  const joinedNames = new Map<number, number>();
  const joinedPids = new Map<number, number>();
  for (const place of met) {
    const [of, key] = place < nameless ? [joinedPids, pidOf[place]] : [joinedNames, place - nameless - 1];
    of.set(key, (of.get(key) ?? 0) + joined[place]);
  }
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

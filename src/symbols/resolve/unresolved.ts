/** What of a trace has no name yet: for each object file, how many frames, and how many samples have one of them. */
import {sampleCount, type Trace} from '../../model/trace.ts';

/** Counts of one object file. */
export interface Unresolved {
  readonly frames: number;
  readonly samples: number;
  /** Pids of the processes that these samples are of. */
  readonly pids: ReadonlySet<number>;
}

/**
 * By row of strings (-1: no file recorded), upwards. Cost: linear in stacks and samples: to each stack the set of files along it is kept, of
 * which there are few.
 */
export function unresolvedByDso(trace: Trace): Map<number, Unresolved> {
  const {stacks, frames, samples} = trace;
  const isUnresolved = new Uint8Array(frames.length);
  const counts = new Map<number, {frames: number; samples: number; pids: Set<number>}>();
  for (let row = 0; row < trace.unresolved.length; row++) {
    const frame = trace.unresolved.frame[row];
    isUnresolved[frame] = 1;
    const dso = frames.dso[frame];
    const count = counts.get(dso);
    if (count) count.frames++;
    else counts.set(dso, {frames: 1, samples: 0, pids: new Set()});
  }
  const sets = new FileSets();
  const setOf = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const below = stacks.parent[stack] < 0 ? 0 : setOf[stacks.parent[stack]];
    const frame = stacks.frame[stack];
    setOf[stack] = isUnresolved[frame] === 1 ? sets.with(below, frames.dso[frame]) : below;
  }
  for (let sample = 0; sample < samples.length; sample++) {
    const stack = samples.stack[sample];
    const set = stack < 0 ? 0 : setOf[stack];
    if (set === 0) continue;
    const pid = samples.thread[sample] < 0 ? -1 : trace.processes.pid[trace.threads.process[samples.thread[sample]]];
    for (const dso of sets.files(set)) {
      const count = counts.get(dso);
      if (!count) continue;
      count.samples += sampleCount(trace, sample);
      count.pids.add(pid);
    }
  }
  return new Map([...counts].sort(([a], [b]) => a - b));
}

/** Sets of files, each with a number; 0 is the empty one. */
class FileSets {
  readonly #files: number[][] = [[]];
  readonly #byKey = new Map<string, number>();
  readonly #withFile: Map<number, number>[] = [new Map()];

  files(set: number): readonly number[] {
    return this.#files[set];
  }

  /** The set that has a file more. */
  with(set: number, file: number): number {
    const known = this.#withFile[set].get(file);
    if (known !== undefined) return known;
    const files = this.#files[set];
    const more = files.includes(file) ? files : [...files, file].sort((a, b) => a - b);
    const key = more.join(' ');
    let number = this.#byKey.get(key);
    if (more === files) number = set;
    if (number === undefined) {
      number = this.#files.push(more) - 1;
      this.#withFile.push(new Map());
      this.#byKey.set(key, number);
    }
    this.#withFile[set].set(file, number);
    return number;
  }
}

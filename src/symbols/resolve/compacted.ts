/** A trace whose stacks and frames were made anew: all that points to them, and only the frames that are left. */
import {GrowableTable} from '../../base/columns/table.ts';
import {UNRESOLVED} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';

export interface NewStacks {
  readonly parent: Int32Array<ArrayBuffer>;
  readonly frame: Int32Array<ArrayBuffer>;
  /** For each old stack that something points to, the new one. */
  readonly of: Int32Array;
}

/** The trace with these stacks, and only the frames that they hold. */
export function compacted(trace: Trace, stacks: NewStacks, frames: Trace['frames'], strings: Pick<Trace, 'strings' | 'stringBytes'>): Trace {
  const row = new Int32Array(frames.length).fill(-1);
  let count = 0;
  for (const frame of stacks.frame) row[frame] = 0;
  for (let frame = 0; frame < frames.length; frame++) if (row[frame] === 0) row[frame] = count++;
  const kept = (column: ArrayLike<number>): Int32Array<ArrayBuffer> => {
    const values = new Int32Array(count);
    for (let frame = 0; frame < frames.length; frame++) if (row[frame] >= 0) values[row[frame]] = column[frame];
    return values;
  };
  const flags = (column: Uint8Array) => new Uint8Array(kept(column));
  const unresolved = new GrowableTable(UNRESOLVED, Math.max(1, trace.unresolved.length));
  for (let old = 0; old < trace.unresolved.length; old++) {
    if (row[trace.unresolved.frame[old]] < 0) continue;
    const at = unresolved.add();
    unresolved.rows.frame[at] = row[trace.unresolved.frame[old]];
    unresolved.rows.address[at] = trace.unresolved.address[old];
    unresolved.rows.kind[at] = trace.unresolved.kind[old];
  }
  const moved = (column: Int32Array<ArrayBuffer>) => column.map((stack) => (stack < 0 ? -1 : stacks.of[stack]));
  return {
    ...trace,
    ...strings,
    frames: {length: count, name: kept(frames.name), dso: kept(frames.dso), file: kept(frames.file), line: kept(frames.line), inlined: flags(frames.inlined), restored: flags(frames.restored)},
    stacks: {length: stacks.frame.length, parent: stacks.parent, frame: stacks.frame.map((frame) => row[frame])},
    unresolved: unresolved.finish(),
    samples: {...trace.samples, stack: moved(trace.samples.stack)},
    goroutines: {...trace.goroutines, creatorStack: moved(trace.goroutines.creatorStack)},
    states: {...trace.states, stack: moved(trace.states.stack)},
    spans: {...trace.spans, stack: moved(trace.spans.stack)},
    instants: {...trace.instants, stack: moved(trace.instants.stack)},
  };
}

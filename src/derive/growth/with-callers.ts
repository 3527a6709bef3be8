/**
 * A trace with the callers that a probe on morestack tells as frames of its chains, marked as restored. The sample stands below them as it was recorded:
 *
 *   morestack ← newstack …               main.caller* ← main.f* ← morestack ← newstack …     Go ≥ 1.21; * restored
 *   main.x ← morestack ← newstack …      main.x ← main.caller* ← main.f* ← morestack …       Go ≤ 1.20: both are known, or none is put in
 */
import {GrowableTable, type Schema, type Table} from '../../base/columns/table.ts';
import {FRAMES, STACKS} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {MoreStrings} from '../../symbols/resolve/frame-table.ts';
import {ChainMark, type Chains} from '../chains/shape.ts';
import type {RestoredCaller, RestoredCallers} from './shape.ts';

const TOWER = ChainMark.More | ChainMark.New | ChainMark.Shrink;

/**
 * The trace with these callers in the chains of its samples, and for samples without a chain one of the callers alone, which is not theirs: by sample, -1 none. Rows of frames and stacks that it has stay what they are. Cost: linear in samples and strings.
 */
export function withCallers(trace: Trace, chains: Chains, callers: RestoredCallers): {readonly trace: Trace; readonly chainOf: Int32Array} {
  const {frames, stacks, samples} = trace;
  const strings = new MoreStrings(trace);
  const moreFrames = grown(FRAMES, frames);
  const moreStacks = grown(STACKS, stacks);
  const frameOf = new Map<string, number>();
  const restoredFrame = (caller: RestoredCaller) => {
    const key = JSON.stringify([caller.name, caller.dso, caller.file, caller.line]);
    let row = frameOf.get(key);
    if (row !== undefined) return row;
    frameOf.set(key, (row = moreFrames.add()));
    const columns = moreFrames.rows;
    columns.name[row] = strings.row(caller.name);
    columns.dso[row] = caller.dso === null ? -1 : strings.row(caller.dso);
    columns.file[row] = caller.file === null ? -1 : strings.row(caller.file);
    columns.line[row] = caller.line;
    columns.restored[row] = 1;
    return row;
  };
  const made = new Map<string, number>();
  const below = (parent: number, frame: number) => {
    const key = `${parent} ${frame}`;
    let row = made.get(key);
    if (row !== undefined) return row;
    made.set(key, (row = moreStacks.add()));
    moreStacks.rows.parent[row] = parent;
    moreStacks.rows.frame[row] = frame;
    return row;
  };
  /** The frames of a stack from where it enters the growth, leaf first, and the stack above. */
  const towerOf = (stack: number) => {
    const own: number[] = [];
    let at = stack;
    for (; at >= 0 && (chains.marks[at] & TOWER) !== 0; at = stacks.parent[at]) own.push(stacks.frame[at]);
    return {own, above: at};
  };
  const stack = samples.stack.slice();
  const chainOf = new Int32Array(stack.length).fill(-1);
  for (let i = 0; i < stack.length; i++) {
    const restored = callers.of(i);
    if (restored.length === 0) continue;
    const {own, above} = towerOf(stack[i]);
    if (above >= 0 && restored.length < LOST_FRAMES) continue;
    let at = above;
    for (const caller of restored) at = below(at, restoredFrame(caller));
    for (let frame = own.length - 1; frame >= 0; frame--) at = below(at, own[frame]);
    if (stack[i] < 0) chainOf[i] = at;
    else stack[i] = at;
  }
  if (made.size === 0) return {trace, chainOf};
  return {trace: {...trace, ...strings.finish(), frames: moreFrames.finish(), stacks: moreStacks.finish(), samples: {...samples, stack}}, chainOf};
}

/** As many are lost where the chain goes on above. */
const LOST_FRAMES = 2;

function grown<S extends Schema>(schema: S, table: Table<S>): GrowableTable<S> {
  const more = new GrowableTable(schema, table.length + 256);
  for (let row = 0; row < table.length; row++) more.add();
  for (const column of Object.keys(schema)) (more.rows as Record<string, Int32Array>)[column].set((table as unknown as Record<string, Int32Array>)[column]);
  return more;
}

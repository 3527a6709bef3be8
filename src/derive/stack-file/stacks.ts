/** Things of a tree -> each different stack once, with the name of its thread as recorded. */
import {text} from '../../model/trace.ts';
import type {WeighedTree} from '../call-tree/shape.ts';
import type {Session} from '../derivation.ts';
import {FrameKind} from '../labels/shape.ts';

export interface StackSum {
  /** Row of the tree that the stack ends in. */
  readonly row: number;
  /** null: not recorded, or the first frame says whose the stack is. */
  readonly comm: string | null;
  weight: number;
  count: number;
}

/** In the order in which they are first met. Cost: linear in the things. */
export function stackSums(session: Session, {tree, things}: WeighedTree): StackSum[] {
  const {table, node, row, weight, count, length} = things;
  const trace = session.source(things.source)?.trace;
  const isRooted = tree.length > 1 && tree.kind[1] === FrameKind.Group;
  const comms = table === 'samples' && !isRooted ? trace?.samples.comm : undefined;
  const sums = new Map<number, StackSum>();
  for (let i = 0; i < length; i++) {
    if (node[i] < 0) continue;
    const comm = comms ? comms[row[i]] : -1;
    const key = (comm + 1) * tree.length + node[i];
    let sum = sums.get(key);
    if (!sum) sums.set(key, (sum = {row: node[i], comm: trace ? text(trace, comm) : null, weight: 0, count: 0}));
    sum.weight += weight[i];
    sum.count += count ? count[i] : 1;
  }
  return [...sums.values()];
}

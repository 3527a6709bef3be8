/** What a query weighs before its stacks are a tree. */
import type {SessionSource} from '../derivation.ts';
import type {CallTreeSums, Things} from './shape.ts';

/** Things whose stacks are not yet a tree. Stacks may be of several sources: a growth's is that of a sample that belongs to it. */
export interface Gathered extends Omit<Things, 'node' | 'source'> {
  readonly source: SessionSource;
  /** Row of the stacks of `stackSources[stackSource[i]]`, -1 none. */
  readonly stack: Int32Array;
  readonly stackSources: readonly SessionSource[];
  /** null: all are of the first. */
  readonly stackSource: Uint8Array | null;
  /** 1: the stack is only that of an event nearby; null: none is. */
  readonly neighbour: Uint8Array | null;
  readonly sums: CallTreeSums;
}

/** What a query weighs before its stacks are a tree. */
import type {SessionSource} from '../derivation.ts';
import type {CallTreeSums, Things} from './shape.ts';

/** Things whose stacks are not yet a tree. Stacks may be of several sources: a growth's is that of a sample that belongs to it. */
export interface Gathered extends Omit<Things, 'node' | 'source' | 'stackSources'> {
  readonly source: SessionSource;
  readonly stackSources: readonly SessionSource[];
  /** 1: the stack is only that of an event nearby; null: none is. */
  readonly neighbour: Uint8Array | null;
  readonly sums: CallTreeSums;
}

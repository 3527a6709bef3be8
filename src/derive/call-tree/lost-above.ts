/** What a chain lacks above morestack, by what it has there. */
import {StackEnd, type StackTable} from '../../model/tables.ts';
import type {Chains} from '../chains/shape.ts';
import {FrameKind} from '../labels/shape.ts';

/**
 * What is lost between `parent` and the stack row below it: frame pointers lose callers there; a copy is of the stack that the thread was on, and not of the
 * goroutine's. Folded stacks begin with the name of the program: what hangs under that alone is a root as recorded.
 */
export function lostAbove({parent: above}: StackTable, {end: ends, copied}: Chains, stack: number): typeof FrameKind.LostCaller | typeof FrameKind.LostTwo | typeof FrameKind.OtherStack {
  const parent = above[stack];
  if (copied[stack] === 1 && parent < 0) return FrameKind.OtherStack;
  const isAtRoot = parent < 0 || (above[parent] < 0 && ends[parent] !== StackEnd.Root && ends[parent] !== StackEnd.Switch);
  return isAtRoot ? FrameKind.LostCaller : FrameKind.LostTwo;
}

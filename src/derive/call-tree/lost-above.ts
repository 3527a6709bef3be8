/** What frame pointers lose above morestack, by what a chain has there. */
import {StackEnd, type StackTable} from '../../model/tables.ts';
import {FrameKind} from '../labels/shape.ts';

/**
 * What is lost between `parent` and the morestack below it. `ends`: how each stack ends toward the root. Folded stacks begin with the name of the
 * program: what hangs under that alone is a root as recorded.
 */
export function lostAbove({parent: above}: StackTable, ends: Uint8Array, parent: number): typeof FrameKind.LostCaller | typeof FrameKind.LostTwo {
  const isAtRoot = parent < 0 || (above[parent] < 0 && ends[parent] !== StackEnd.Root && ends[parent] !== StackEnd.Switch);
  return isAtRoot ? FrameKind.LostCaller : FrameKind.LostTwo;
}

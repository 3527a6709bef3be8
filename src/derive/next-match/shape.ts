/** From one frame that a search found to the next, in the order in which they stand in the tree. */
import type {CallTreeQuery} from '../call-tree/shape.ts';
import type {PathStep} from '../flame/shape.ts';

export interface NextMatchQuestion {
  /** The tree that is shown from the top down. */
  readonly query: CallTreeQuery;
  /** What a name must hold, letter for letter. */
  readonly search: string;
  readonly ignoreCase: boolean;
  /** Where to begin, as far as the tree has it; empty: before the first. */
  readonly path: readonly PathStep[];
  /** The next (1) or the one before (-1); after the last comes the first. */
  readonly step: 1 | -1;
}

/** null: nothing is found. */
export interface NextMatchAnswer {
  /** The steps from the root to the frame found. */
  readonly path: readonly PathStep[];
  /** Which of all frames found it is, from 0, and how many there are. */
  readonly index: number;
  readonly frames: number;
}

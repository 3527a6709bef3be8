/** What became of the way from a frame to its caller. */
import type {StackEnd} from '../../model/tables.ts';

/** Nothing here tells the caller; the frame is as it was, and another way may know. */
export const cannotStep = 'cannot';

/** Null: the frame is now the caller's. Else the chain ends here, and why. */
export type Step = StackEnd | null | typeof cannotStep;

/** The open files of symbols and what captures want of such, from the worker. */
import type {BinariesAnswer} from '../derive/binaries/shape.ts';
import {useAnswer} from './use-answer.ts';

const EVERYTHING = {} as const;

/** null: nothing is known yet. */
export function useBinaries(): BinariesAnswer | null {
  return useAnswer('binaries', EVERYTHING).answer;
}

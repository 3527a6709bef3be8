/** The text that is searched in function names, letter for letter. */
import type {StateCreator} from 'zustand/vanilla';

export interface SearchSlice {
  readonly searched: string;
  /** Whether `Main` is another text than `main`. */
  readonly matchCase: boolean;
  search(text: string): void;
  heedCase(matchCase: boolean): void;
}

export const searchSlice: StateCreator<SearchSlice, [], [], SearchSlice> = (set) => ({
  searched: '',
  matchCase: false,
  search: (searched) => set({searched}),
  heedCase: (matchCase) => set({matchCase}),
});

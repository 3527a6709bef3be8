/** The text that is searched in function names, letter for letter. */
import type {StateCreator} from 'zustand/vanilla';

export interface SearchSlice {
  readonly searched: string;
  search(text: string): void;
}

export const searchSlice: StateCreator<SearchSlice, [], [], SearchSlice> = (set) => ({
  searched: '',
  search: (searched) => set({searched}),
});

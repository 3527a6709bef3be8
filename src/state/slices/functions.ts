/** How the function table is read. Which function is chosen is the flame graph's, which shows it too. */
import type {StateCreator} from 'zustand/vanilla';
import type {FunctionColumn} from '../../derive/functions/shape.ts';

export interface FunctionsSlice {
  readonly functionSort: {readonly by: FunctionColumn; readonly descending: boolean};
  readonly functionSearch: string;
  sortFunctionsBy(by: FunctionColumn): void;
  searchFunctions(text: string): void;
}

export const functionsSlice: StateCreator<FunctionsSlice, [], [], FunctionsSlice> = (set) => ({
  functionSort: {by: 'self', descending: true},
  functionSearch: '',
  sortFunctionsBy: (by) => set(({functionSort: sort}) => ({functionSort: {by, descending: sort.by === by ? !sort.descending : by !== 'name'}})),
  searchFunctions: (functionSearch) => set({functionSearch}),
});

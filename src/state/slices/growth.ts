/** How the growth table is read: what makes a row, which source is counted, and what is searched in it. */
import type {StateCreator} from 'zustand/vanilla';
import type {GrowthGrouping} from '../../derive/growth-table/shape.ts';

export interface GrowthSlice {
  readonly growthBy: GrowthGrouping;
  /** Source that growths are counted from; null, or one that can't be counted: the best. */
  readonly counted: number | null;
  /** Text that the names of rows hold. */
  readonly growthSearch: string;
  groupGrowthBy(by: GrowthGrouping): void;
  countFrom(source: number | null): void;
  searchGrowth(text: string): void;
}

export const growthSlice: StateCreator<GrowthSlice, [], [], GrowthSlice> = (set) => ({
  growthBy: 'startFunction',
  counted: null,
  growthSearch: '',
  groupGrowthBy: (growthBy) => set({growthBy, growthSearch: ''}),
  countFrom: (counted) => set({counted}),
  searchGrowth: (growthSearch) => set({growthSearch}),
});

/** What the user chose to look at. Choices may name things that are gone: `scope.ts` says what holds. */
import type {StateCreator} from 'zustand/vanilla';
import {noFilter, type Filter} from '../../derive/filter/shape.ts';
import type {Whose} from '../../derive/processes/shape.ts';
import type {GrowthColumn} from '../../derive/growth-table/shape.ts';

export interface EventChoice {
  readonly source: number;
  readonly event: number;
}

/** Part of an axis, since its zero. */
export interface Range {
  readonly fromNs: number;
  readonly toNs: number;
}

/** A range that stays where it is when a source that comes or goes moves the axis' zero: it knows which zero it counts from. */
export interface KeptRange extends Range {
  readonly originNs: bigint;
}

export interface SelectionSlice {
  /** Axis group shown, by its reference; null: the first. */
  readonly group: number | null;
  /** Samples shown; null: those that say most. */
  readonly event: EventChoice | null;
  /** Brushed part of the axis; every view shows only what is in it. null: all. */
  readonly range: KeptRange | null;
  readonly goroutine: {readonly source: number; readonly goroutine: number} | null;
  /** Whose samples, goroutines and stack changes every view shows. */
  readonly filter: Filter;
  /** Also the processes that the Go trace is not of. Else, while none is chosen, only the trace's is looked at; see use-scope.ts. */
  readonly isEveryProcess: boolean;
  readonly sort: {readonly by: GrowthColumn; readonly descending: boolean};
  readonly tab: string;
  chooseGroup(group: number): void;
  chooseEvent(event: EventChoice): void;
  brush(range: KeptRange | null): void;
  chooseGoroutine(goroutine: SelectionSlice['goroutine']): void;
  /** Narrows, or widens with null, in the fields given. */
  chooseFilter(change: Partial<Filter>): void;
  /** Whose samples are looked at; everybody's too is a choice. */
  chooseWhose(whose: Whose): void;
  sortBy(by: GrowthColumn): void;
  showTab(tab: string): void;
}

export const selectionSlice: StateCreator<SelectionSlice, [], [], SelectionSlice> = (set) => ({
  group: null,
  event: null,
  range: null,
  goroutine: null,
  filter: noFilter,
  isEveryProcess: false,
  sort: {by: 'copyNs', descending: true},
  tab: 'growth',
  // Times of one axis mean nothing on another.
  chooseGroup: (group) => set({group, range: null, filter: noFilter, isEveryProcess: false, goroutine: null}),
  chooseEvent: (event) => set({event}),
  brush: (range) => set({range}),
  chooseGoroutine: (goroutine) => set(goroutine ? {goroutine, tab: 'goroutine'} : {goroutine}),
  chooseWhose: ({process, thread, comm}) => set(({filter}) => ({filter: {...filter, process, thread, comm}, isEveryProcess: process === null && thread === null && comm === null})),
  chooseFilter: (change) => set(({filter}) => ({filter: {...filter, ...change}})),
  sortBy: (by) => set(({sort}) => ({sort: {by, descending: sort.by === by ? !sort.descending : by !== 'name'}})),
  showTab: (tab) => set({tab}),
});

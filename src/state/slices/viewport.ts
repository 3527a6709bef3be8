/** Which part of the axis the time line shows, how its times are told, and what is marked on it. */
import type {StateCreator} from 'zustand/vanilla';
import type {StepPlace} from '../../derive/steps/shape.ts';
import type {KeptRange} from './selection.ts';

/** Times since the axis' zero, as the source's own clock showed them, or of the day. */
export const timeModes = ['relative', 'absolute', 'wall'] as const;
export type TimeMode = (typeof timeModes)[number];

/** Where the keyboard stands on the axis: on a time, or on an event of a lane. */
export interface Cursor extends StepPlace {
  readonly originNs: bigint;
  /** Whose event it is, as text; null: of no lane. */
  readonly lane: string | null;
}

export interface ViewportSlice {
  /** null: the whole axis. */
  readonly window: KeptRange | null;
  readonly timeMode: TimeMode;
  /** What was measured; null: nothing. */
  readonly measured: KeptRange | null;
  readonly cursor: Cursor | null;
  showWindow(window: KeptRange | null): void;
  chooseTimeMode(timeMode: TimeMode): void;
  measure(measured: KeptRange | null): void;
  placeCursor(cursor: Cursor | null): void;
}

export const viewportSlice: StateCreator<ViewportSlice, [], [], ViewportSlice> = (set) => ({
  window: null,
  timeMode: 'relative',
  measured: null,
  cursor: null,
  showWindow: (window) => set({window}),
  chooseTimeMode: (timeMode) => set({timeMode}),
  measure: (measured) => set({measured}),
  placeCursor: (cursor) => set({cursor}),
});

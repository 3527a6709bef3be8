/** Which part of the axis the time line shows. */
import type {StateCreator} from 'zustand/vanilla';
import type {KeptRange} from './selection.ts';

export interface ViewportSlice {
  /** null: the whole axis. */
  readonly window: KeptRange | null;
  showWindow(window: KeptRange | null): void;
}

export const viewportSlice: StateCreator<ViewportSlice, [], [], ViewportSlice> = (set) => ({
  window: null,
  showWindow: (window) => set({window}),
});

/** What lies over the page: the command palette, or the sheet of keys. */
import type {StateCreator} from 'zustand/vanilla';

export type Overlay = 'palette' | 'keys';

export interface OverlaySlice {
  /** null: the page is bare. */
  readonly overlay: Overlay | null;
  showOverlay(overlay: Overlay | null): void;
}

export const overlaySlice: StateCreator<OverlaySlice, [], [], OverlaySlice> = (set) => ({
  overlay: null,
  showOverlay: (overlay) => set({overlay}),
});

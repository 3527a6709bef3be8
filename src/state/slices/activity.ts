/** Whether the worker has questions to answer, and a picture waits for its next frame. Files that are read are in the session slice. */
import type {StateCreator} from 'zustand/vanilla';

export interface ActivitySlice {
  readonly isAsking: boolean;
  readonly isPainting: boolean;
  /** Revision of the session that the views have asked about. */
  readonly shownRevision: number;
  setAsking(isAsking: boolean): void;
  setPainting(isPainting: boolean): void;
  setShownRevision(revision: number): void;
}

export const activitySlice: StateCreator<ActivitySlice, [], [], ActivitySlice> = (set) => ({
  isAsking: false,
  isPainting: false,
  shownRevision: 0,
  setAsking: (isAsking) => set({isAsking}),
  setPainting: (isPainting) => set({isPainting}),
  setShownRevision: (shownRevision) => set({shownRevision}),
});

/** Whether the worker has questions to answer, and a picture waits for its next frame. Files that are read are in the session slice. */
import type {StateCreator} from 'zustand/vanilla';

export interface ActivitySlice {
  readonly isAsking: boolean;
  /** Places with a picture that waits. */
  readonly painting: readonly string[];
  /** Revision of the session that the views have asked about. */
  readonly shownRevision: number;
  setAsking(isAsking: boolean): void;
  setPainting(place: string, isPainting: boolean): void;
  setShownRevision(revision: number): void;
}

export const activitySlice: StateCreator<ActivitySlice, [], [], ActivitySlice> = (set) => ({
  isAsking: false,
  painting: [],
  shownRevision: 0,
  setAsking: (isAsking) => set({isAsking}),
  setPainting: (place, isPainting) =>
    set(({painting}) => (painting.includes(place) === isPainting ? {} : {painting: isPainting ? [...painting, place] : painting.filter((other) => other !== place)})),
  setShownRevision: (shownRevision) => set({shownRevision}),
});

/** Whether the worker has questions to answer, and a picture waits for its next frame. Files that are read are in the session slice. */
import type {StateCreator} from 'zustand/vanilla';
import type {Work} from '../../worker/client.ts';

export interface ActivitySlice {
  /** The question that the worker is at; null: it has none. */
  readonly work: Work | null;
  /** Places with a picture that waits. */
  readonly painting: readonly string[];
  /** Revision of the session that the views have asked about. */
  readonly shownRevision: number;
  setWork(work: Work | null): void;
  setPainting(place: string, isPainting: boolean): void;
  setShownRevision(revision: number): void;
}

export const activitySlice: StateCreator<ActivitySlice, [], [], ActivitySlice> = (set) => ({
  work: null,
  painting: [],
  shownRevision: 0,
  setWork: (work) => set(({work: before}) => (work?.id === before?.id ? {} : {work})),
  setPainting: (place, isPainting) =>
    set(({painting}) => (painting.includes(place) === isPainting ? {} : {painting: isPainting ? [...painting, place] : painting.filter((other) => other !== place)})),
  setShownRevision: (shownRevision) => set({shownRevision}),
});

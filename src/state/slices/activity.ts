/** Whether the worker has questions to answer. Files that are read are in the session slice. */
import type {StateCreator} from 'zustand/vanilla';

export interface ActivitySlice {
  readonly isAsking: boolean;
  setAsking(isAsking: boolean): void;
}

export const activitySlice: StateCreator<ActivitySlice, [], [], ActivitySlice> = (set) => ({
  isAsking: false,
  setAsking: (isAsking) => set({isAsking}),
});

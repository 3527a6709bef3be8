/** What the address asks for and can't have, or does not hold. What it holds is in the other slices, see address.ts. */
import type {StateCreator} from 'zustand/vanilla';
import type {ViewFile} from '../address/file.ts';

export interface AddressSlice {
  /** Files of the view in the address that are not open. */
  readonly awaitedFiles: readonly ViewFile[];
  /** The view is more than an address can hold: part of it is left out. */
  readonly isAddressShortened: boolean;
  awaitFiles(files: readonly ViewFile[]): void;
  setAddressShortened(isAddressShortened: boolean): void;
}

export const addressSlice: StateCreator<AddressSlice, [], [], AddressSlice> = (set) => ({
  awaitedFiles: [],
  isAddressShortened: false,
  awaitFiles: (awaitedFiles) => set({awaitedFiles}),
  setAddressShortened: (isAddressShortened) => set({isAddressShortened}),
});

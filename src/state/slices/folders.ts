/** Folders that were dropped or chosen: looked through in the worker, then what can be read is opened and the rest is told of in one place. */
import type {StateCreator} from 'zustand/vanilla';

/** A file of a folder; its name is its path in it, so that two of one name stay apart. */
export interface FolderFile {
  readonly name: string;
  readonly blob: Blob;
}

/** What was found in a folder. `isCut`: there was more than is looked at. */
export interface FolderFiles {
  readonly files: readonly FolderFile[];
  readonly isCut: boolean;
}

export interface OpenFolder {
  readonly id: number;
  readonly name: string;
  readonly phase: 'looking' | 'looked';
  /** Files that were looked at. */
  readonly files: number;
  readonly opened: number;
  /** Could be read, but are too many to be opened at once. */
  readonly left: readonly string[];
  readonly notUnderstood: readonly string[];
  readonly isCut: boolean;
}

export interface FoldersSlice {
  readonly folders: readonly OpenFolder[];
  /** `files`: the folder as it is walked through. A walk that rejects is a folder that could not be read: empty. */
  openFolder(name: string, files: Promise<FolderFiles>): void;
  looked(id: number, readable: readonly boolean[]): void;
  dismissFolder(id: number): void;
}

/** What the slice needs of the others. */
export interface FolderCommands {
  look(id: number, files: readonly Blob[]): void;
  open(files: readonly FolderFile[]): void;
}

/** Each open file has a Trace of its own in memory: a folder of recordings is not opened whole. */
const MOST_OPENED = 16;

export function foldersSlice({look, open}: FolderCommands): StateCreator<FoldersSlice, [], [], FoldersSlice> {
  let nextId = 1;
  const walked = new Map<number, FolderFiles>();
  return (set) => {
    const change = (id: number, to: Partial<OpenFolder>) => set(({folders}) => ({folders: folders.map((folder) => (folder.id === id ? {...folder, ...to} : folder))}));
    const forget = (id: number) => {
      walked.delete(id);
      set(({folders}) => ({folders: folders.filter((folder) => folder.id !== id)}));
    };
    return {
      folders: [],
      openFolder: (name, files) => {
        const id = nextId++;
        set(({folders}) => ({folders: [...folders, {id, name, phase: 'looking', files: 0, opened: 0, left: [], notUnderstood: [], isCut: false}]}));
        void files.catch((): FolderFiles => ({files: [], isCut: false})).then((found) => {
          walked.set(id, found);
          change(id, {files: found.files.length, isCut: found.isCut});
          look(id, found.files.map(({blob}) => blob));
        });
      },
      looked: (id, readable) => {
        const found = walked.get(id);
        if (!found) return;
        const canOpen = found.files.filter((_, i) => readable[i]);
        const notUnderstood = found.files.filter((_, i) => !readable[i]).map(({name}) => name);
        const left = canOpen.slice(MOST_OPENED).map(({name}) => name);
        walked.delete(id);
        change(id, {phase: 'looked', opened: canOpen.length - left.length, left, notUnderstood});
        open(canOpen.slice(0, MOST_OPENED));
        // Where all of it is open now there is nothing to tell.
        if (canOpen.length > 0 && notUnderstood.length + left.length === 0 && !found.isCut) forget(id);
      },
      dismissFolder: forget,
    };
  };
}

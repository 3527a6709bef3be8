/** Files that were open before, where the browser gives handles to open them again. Kept in the browser, never their contents. */
import type {StateCreator} from 'zustand/vanilla';
import type {FileHandle} from '../file-handles.ts';

export interface RecentFile {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly openedMs: number;
  /** Why it could not be opened when it was last asked for. */
  readonly problem: 'gone' | 'denied' | null;
}

/** As it is kept. */
export interface KeptFile extends Omit<RecentFile, 'problem'> {
  readonly handle: FileHandle;
}

/** Where recent files are kept. A browser that keeps nothing gives nothing back. */
export interface Shelf {
  read(): Promise<readonly KeptFile[]>;
  write(files: readonly KeptFile[]): Promise<void>;
}

export interface RecentSlice {
  /** Last opened first. */
  readonly recent: readonly RecentFile[];
  /** Reads what was kept before. */
  recallFiles(): Promise<void>;
  rememberFile(file: Pick<RecentFile, 'name' | 'sizeBytes'>, handle: FileHandle): Promise<void>;
  openRecent(id: number): Promise<void>;
  /** null: all of them. */
  forgetRecent(id: number | null): void;
}

export interface RecentDeps {
  readonly shelf: Shelf | null;
  open(file: {readonly name: string; readonly blob: Blob; readonly handle: FileHandle}): void;
  nowMs(): number;
}

const MOST = 12;

export function recentSlice({shelf, open, nowMs}: RecentDeps): StateCreator<RecentSlice, [], [], RecentSlice> {
  let kept: readonly KeptFile[] = [];
  return (set) => {
    const keep = (files: readonly KeptFile[]) => {
      kept = files.slice(0, MOST);
      set(({recent}) => ({recent: kept.map(({id, name, sizeBytes, openedMs}) => ({id, name, sizeBytes, openedMs, problem: recent.find((other) => other.id === id)?.problem ?? null}))}));
      void shelf?.write(kept);
    };
    const problem = (id: number, is: RecentFile['problem']) => set(({recent}) => ({recent: recent.map((file) => (file.id === id ? {...file, problem: is} : file))}));
    return {
      recent: [],
      recallFiles: async () => {
        const before = (await shelf?.read()) ?? [];
        kept = [...kept, ...before.filter(({id}) => !kept.some((file) => file.id === id))];
        set({recent: kept.map(({id, name, sizeBytes, openedMs}) => ({id, name, sizeBytes, openedMs, problem: null}))});
      },
      rememberFile: async ({name, sizeBytes}, handle) => {
        if (!shelf) return;
        const same = await Promise.all(kept.map((file) => file.handle.isSameEntry(handle).catch(() => false)));
        const others = kept.filter((_, i) => !same[i]);
        keep([{id: 1 + Math.max(0, ...kept.map(({id}) => id)), name, sizeBytes, openedMs: nowMs(), handle}, ...others]);
      },
      openRecent: async (id) => {
        const file = kept.find((other) => other.id === id);
        if (!file) return;
        try {
          // The browser asks the user, once a visit.
          const permission = (await file.handle.requestPermission?.({mode: 'read'})) ?? 'granted';
          if (permission !== 'granted') problem(id, 'denied');
          else {
            const blob = await file.handle.getFile();
            problem(id, null);
            open({name: file.name, blob, handle: file.handle});
          }
        } catch {
          // Moved, deleted, or on a disk that is not there now.
          problem(id, 'gone');
        }
      },
      forgetRecent: (id) => keep(id === null ? [] : kept.filter((file) => file.id !== id)),
    };
  };
}

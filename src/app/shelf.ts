/** Keeps the handles of recent files in the browser's own database. */
import {get, set} from 'idb-keyval';
import {handlePicker} from '../state/file-handles.ts';
import type {KeptFile, Shelf} from '../state/slices/recent.ts';

const KEY = 'morestack.recent';

/** null where the browser gives no handles that could be kept. */
export function browserShelf(): Shelf | null {
  if (!handlePicker() || !('indexedDB' in window)) return null;
  return {
    // A database that is closed to this page keeps nothing.
    read: () => get<readonly KeptFile[]>(KEY).then((files) => files ?? [], () => []),
    write: (files) => set(KEY, files).catch(() => undefined),
  };
}

/**
 * Handles of files that the browser can open again later (File System Access). Only some browsers give them; nothing else of the page
 * depends on it. https://wicg.github.io/file-system-access/
 */

/** What this page uses of a file's handle. */
export interface FileHandle {
  readonly kind: 'file' | 'directory';
  readonly name: string;
  getFile(): Promise<File>;
  isSameEntry(other: FileHandle): Promise<boolean>;
  /** Not everywhere, even where there are handles. */
  requestPermission?(options: {readonly mode: 'read'}): Promise<'granted' | 'denied' | 'prompt'>;
}

interface PickingWindow {
  showOpenFilePicker?(options: {readonly multiple: true}): Promise<FileHandle[]>;
}

interface DroppedItem {
  getAsFileSystemHandle?(): Promise<FileHandle | null>;
}

/** The browser's file picker that gives handles; null where there is none. */
export function handlePicker(): (() => Promise<FileHandle[]>) | null {
  const {showOpenFilePicker} = window as PickingWindow;
  return showOpenFilePicker ? () => showOpenFilePicker({multiple: true}) : null;
}

/** The handle of a dropped file; must be asked for while the drop is being handled. null: the browser gives none. */
export async function droppedHandle(item: DataTransferItem): Promise<FileHandle | null> {
  const handle = await (item as DroppedItem).getAsFileSystemHandle?.().catch(() => null);
  return handle?.kind === 'file' ? handle : null;
}

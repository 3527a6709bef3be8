/** The files of a folder, as far as they are looked at: by path, without what is hidden, and no more than a person would open. */
import type {FolderFile, FolderFiles} from './slices/folders.ts';

/** A folder may be a whole disk. */
export const MOST_FILES = 2000;
export const MOST_DEPTH = 8;

const isHidden = (path: string) => path.split('/').some((part) => part.startsWith('.'));

/** What a folder input gives: every file below the folder, each with its path that begins with the folder's name. */
export function chosenFolder(files: Iterable<File>): {readonly name: string; readonly files: FolderFiles} {
  const all = [...files].map((blob) => ({path: blob.webkitRelativePath || blob.name, blob}));
  const name = all[0]?.path.split('/', 1)[0] ?? '';
  const found = all.map(({path, blob}) => ({name: path.slice(name.length + 1) || path, blob})).filter((file) => !isHidden(file.name) && file.name.split('/').length <= MOST_DEPTH);
  return {name, files: {files: sorted(found).slice(0, MOST_FILES), isCut: found.length > MOST_FILES}};
}

/** Walks through a dropped folder, level by level. Links that lead back are no concern: depth and number have an end. */
export async function droppedFolder(folder: FileSystemDirectoryEntry): Promise<FolderFiles> {
  const files: FolderFile[] = [];
  let level: {path: string; entry: FileSystemDirectoryEntry}[] = [{path: '', entry: folder}];
  let isCut = false;
  for (let depth = 1; level.length > 0; depth++) {
    const next: typeof level = [];
    for (const {path, entry} of level) {
      for await (const child of children(entry)) {
        if (isHidden(child.name)) continue;
        if (files.length >= MOST_FILES) return {files: sorted(files), isCut: true};
        if (child.isFile) files.push({name: `${path}${child.name}`, blob: await fileOf(child as FileSystemFileEntry)});
        else if (depth < MOST_DEPTH) next.push({path: `${path}${child.name}/`, entry: child as FileSystemDirectoryEntry});
        else isCut = true;
      }
    }
    level = next;
  }
  return {files: sorted(files), isCut};
}

/** A reader gives a hundred at a time, and nothing at the end. */
async function* children(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    yield* batch;
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function sorted(files: readonly FolderFile[]): FolderFile[] {
  const {compare} = new Intl.Collator('en', {numeric: true});
  return files.toSorted((a, b) => compare(a.name, b.name));
}

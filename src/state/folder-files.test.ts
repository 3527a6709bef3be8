/** Which files of a folder are looked at, drawn as paths. */
import {expect, test} from 'vitest';
import {chosenFolder, droppedFolder, MOST_DEPTH, MOST_FILES} from './folder-files.ts';

const chosen = (...paths: string[]) => chosenFolder(paths.map((path) => Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', {value: path})));

/** A folder as the browser gives it for a drop: readers hand out `batch` entries at a time. */
function dropped(paths: Iterable<string>, batch = 100): FileSystemDirectoryEntry {
  const children = new Map<string, string[]>();
  for (const path of paths) {
    const [first, ...rest] = path.split('/');
    children.set(first, [...(children.get(first) ?? []), ...(rest.length > 0 ? [rest.join('/')] : [])]);
  }
  const entries = [...children].map(([name, below]) =>
    below.length > 0
      ? {name, isFile: false, isDirectory: true, createReader: () => dropped(below, batch).createReader()}
      : {name, isFile: true, isDirectory: false, file: (resolve: (file: File) => void) => resolve(new File(['x'], name))});
  return {
    createReader: () => {
      const left = [...entries];
      return {readEntries: (resolve: (some: unknown[]) => void) => resolve(left.splice(0, batch))};
    },
  } as unknown as FileSystemDirectoryEntry;
}

test('a file is called by its path in the folder, numbers in order', () => {
  expect(chosen('runs/run10/perf.txt', 'runs/run9/perf.txt', 'runs/a.out')).toMatchObject({name: 'runs', files: {isCut: false, files: [{name: 'a.out'}, {name: 'run9/perf.txt'}, {name: 'run10/perf.txt'}]}});
});

test('hidden files and folders are left out, and what lies too deep', () => {
  const deep = Array.from({length: MOST_DEPTH + 1}, (_, i) => `d${i}`).join('/');
  expect(chosen('r/.git/config', 'r/a/.DS_Store', `r/${deep}/x`, 'r/b').files.files.map(({name}) => name)).toEqual(['b']);
});

test('nothing chosen is an empty folder', () => {
  expect(chosen()).toEqual({name: '', files: {files: [], isCut: false}});
});

test('a dropped folder is walked through whole, however few entries a reader gives at a time', async () => {
  const paths = ['z.txt', 'a/perf.txt', 'a/b/trace.out', '.git/config', 'a/.hidden'];
  for (const batch of [1, 2, 100]) expect((await droppedFolder(dropped(paths, batch))).files.map(({name}) => name)).toEqual(['a/b/trace.out', 'a/perf.txt', 'z.txt']);
});

test('a dropped folder has an end in number and in depth, and says that it was cut', async () => {
  const many = await droppedFolder(dropped(Array.from({length: MOST_FILES + 5}, (_, i) => `${i}.txt`)));
  expect([many.files.length, many.isCut]).toEqual([MOST_FILES, true]);
  const deep = `${Array.from({length: MOST_DEPTH + 2}, (_, i) => `d${i}`).join('/')}/x`;
  expect(await droppedFolder(dropped([deep, 'y']))).toMatchObject({isCut: true, files: [{name: 'y'}]});
});

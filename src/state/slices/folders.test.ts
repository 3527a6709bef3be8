/** Folders: what can be read is opened, the rest is told of in one place, and a hostile folder has an end. */
import {expect, test} from 'vitest';
import {createStore} from 'zustand/vanilla';
import {foldersSlice, type FolderFile, type FolderFiles, type FoldersSlice} from './folders.ts';

function started() {
  const looks: {id: number; files: readonly Blob[]}[] = [];
  const opened: string[] = [];
  const store = createStore<FoldersSlice>()(foldersSlice({look: (id, files) => looks.push({id, files}), open: (files) => opened.push(...files.map(({name}) => name))}));
  return {looks, opened, state: () => store.getState()};
}

const file = (name: string): FolderFile => ({name, blob: new Blob([name])});
const folder = (names: readonly string[], isCut = false): Promise<FolderFiles> => Promise.resolve({files: names.map(file), isCut});
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('what can be read is opened and the others are listed by name', async () => {
  const {state, looks, opened} = started();
  state().openFolder('run', folder(['a.txt', 'notes.md', 'trace.out']));
  expect(state().folders).toMatchObject([{name: 'run', phase: 'looking'}]);
  await settled();
  expect(looks.map(({files}) => files.length)).toEqual([3]);
  state().looked(looks[0].id, [true, false, true]);
  expect(opened).toEqual(['a.txt', 'trace.out']);
  expect(state().folders).toMatchObject([{phase: 'looked', files: 3, opened: 2, notUnderstood: ['notes.md'], left: []}]);
  state().dismissFolder(looks[0].id);
  expect(state().folders).toEqual([]);
});

test('a folder of which all is open needs no word', async () => {
  const {state, looks, opened} = started();
  state().openFolder('run', folder(['perf.txt', 'trace.out']));
  await settled();
  state().looked(looks[0].id, [true, true]);
  expect([opened.length, state().folders.length]).toEqual([2, 0]);
});

test('a folder that is empty, unreadable or cut says so', async () => {
  const {state, looks} = started();
  state().openFolder('empty', folder([]));
  state().openFolder('locked', Promise.reject(new DOMException('no', 'NotReadableError')));
  state().openFolder('disk', folder(['a'], true));
  await settled();
  for (const {id, files} of looks) state().looked(id, files.map(() => true));
  expect(state().folders).toMatchObject([{name: 'empty', files: 0}, {name: 'locked', files: 0}, {name: 'disk', files: 1, opened: 1, isCut: true}]);
});

test('no more than sixteen are opened at once, and the others that can be read are named', async () => {
  const {state, looks, opened} = started();
  state().openFolder('runs', folder(Array.from({length: 20}, (_, i) => `${i}.txt`)));
  await settled();
  state().looked(looks[0].id, looks[0].files.map(() => true));
  expect(opened).toHaveLength(16);
  expect(state().folders[0].left).toEqual(['16.txt', '17.txt', '18.txt', '19.txt']);
});

test('what is told of a folder that is gone changes nothing', async () => {
  const {state, looks, opened} = started();
  state().openFolder('run', folder(['a']));
  await settled();
  state().dismissFolder(looks[0].id);
  state().looked(looks[0].id, [true]);
  expect(opened).toEqual([]);
});

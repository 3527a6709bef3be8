/** Recent files: what is remembered, in which order, and what becomes of one that is gone or not allowed. */
import {expect, test} from 'vitest';
import {createStore} from 'zustand/vanilla';
import type {FileHandle} from '../file-handles.ts';
import {recentSlice, type KeptFile, type RecentSlice} from './recent.ts';

/** A handle of the file at a path; two handles of one path are the same entry. */
function handle(path: string, answer: 'granted' | 'denied' | 'gone' = 'granted'): FileHandle {
  return {
    kind: 'file',
    name: path,
    getFile: () => (answer === 'gone' ? Promise.reject(new DOMException('gone', 'NotFoundError')) : Promise.resolve(new File([path], path))),
    isSameEntry: (other) => Promise.resolve(other.name === path),
    requestPermission: () => Promise.resolve(answer === 'denied' ? 'denied' : 'granted'),
  };
}

function started(kept: readonly KeptFile[] = [], hasShelf = true) {
  const opened: string[] = [];
  let shelf = kept;
  let nowMs = 0;
  const store = createStore<RecentSlice>()(recentSlice({
    shelf: hasShelf ? {read: () => Promise.resolve(shelf), write: (files) => Promise.resolve(void (shelf = files))} : null,
    open: ({name}) => opened.push(name),
    nowMs: () => ++nowMs,
  }));
  return {opened, state: () => store.getState(), shelf: () => shelf, names: () => store.getState().recent.map(({name}) => name)};
}

const remember = (state: RecentSlice, path: string, as?: 'denied' | 'gone') => state.rememberFile({name: path, sizeBytes: 3}, handle(path, as));

test('the file opened last stands first, and one that is opened again stands there once', async () => {
  const {state, names, shelf} = started();
  for (const path of ['a', 'b', 'a']) await remember(state(), path);
  expect(names()).toEqual(['a', 'b']);
  expect(shelf().map(({name}) => name)).toEqual(['a', 'b']);
  expect(new Set(state().recent.map(({id}) => id)).size).toBe(2);
});

test('what was kept before is there again, and no more than a dozen', async () => {
  const {state, names} = started([{id: 7, name: 'old', sizeBytes: 1, openedMs: 0, handle: handle('old')}]);
  await state().recallFiles();
  expect(names()).toEqual(['old']);
  for (let i = 0; i < 14; i++) await remember(state(), `f${i}`);
  expect([names().length, names()[0], names().includes('old')]).toEqual([12, 'f13', false]);
});

test('a file is opened when the browser allows it; else the list says why not', async () => {
  const {state, opened} = started();
  await remember(state(), 'a');
  await remember(state(), 'b', 'denied');
  await remember(state(), 'c', 'gone');
  for (const {id} of state().recent) await state().openRecent(id);
  expect(opened).toEqual(['a']);
  expect(state().recent.map(({name, problem}) => [name, problem])).toEqual([['c', 'gone'], ['b', 'denied'], ['a', null]]);
});

test('one can be forgotten, and all', async () => {
  const {state, names, shelf} = started();
  for (const path of ['a', 'b', 'c']) await remember(state(), path);
  state().forgetRecent(state().recent[1].id);
  expect(names()).toEqual(['c', 'a']);
  state().forgetRecent(null);
  expect([names(), shelf()]).toEqual([[], []]);
});

test('where the browser gives no handles nothing is remembered', async () => {
  const {state} = started([], false);
  await remember(state(), 'a');
  await state().recallFiles();
  expect(state().recent).toEqual([]);
});

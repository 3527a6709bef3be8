/** Panes: one is always open, no border leaves the page, and what was kept is not trusted. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createStore} from 'zustand/vanilla';
import {firstPanes, LEAST_SHARE, MOST_SHARE, panes, panesSlice, readPanes, type PanesSlice} from './panes.ts';

const started = () => createStore<PanesSlice>()(panesSlice());

test('whatever is closed, opened and filled, one pane is open and a full one is not closed', () => {
  const act = fc.tuple(fc.constantFrom('closePane' as const, 'openPane' as const, 'fillWithPane' as const), fc.constantFrom(...panes));
  fc.assert(fc.property(fc.array(act, {maxLength: 20}), (acts) => {
    const store = started();
    for (const [what, pane] of acts) {
      store.getState()[what](pane);
      const {panes: {closed}, fullPane} = store.getState();
      expect(closed.length).toBeLessThan(panes.length);
      expect(new Set(closed).size).toBe(closed.length);
      expect(fullPane === null || !closed.includes(fullPane)).toBe(true);
    }
  }));
});

test('a border stays within the page, and goes back to where it was at first', () => {
  const store = started();
  const {resizePane} = store.getState();
  resizePane('timeline', 2);
  expect(store.getState().panes.sizes.timeline).toBe(MOST_SHARE);
  resizePane('timeline', -1);
  expect(store.getState().panes.sizes.timeline).toBe(LEAST_SHARE);
  resizePane('timeline', null);
  expect(store.getState().panes).toEqual(firstPanes);
});

test('a pane that is opened is seen: no other keeps the page, and on a narrow one it is the one shown', () => {
  const store = started();
  store.getState().fillWithPane('flame');
  store.getState().closePane('details');
  store.getState().openPane('details');
  expect(store.getState()).toMatchObject({fullPane: null, narrowPane: 'details', panes: {closed: []}});
});

test('panes are read again as they were kept', () => {
  const store = started();
  store.getState().resizePane('flame', 0.7);
  store.getState().closePane('timeline');
  expect(readPanes(JSON.parse(JSON.stringify(store.getState().panes)))).toEqual(store.getState().panes);
});

test('whatever was kept, what is read is panes', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (whole, sizes, closed) => {
    for (const kept of [whole, {sizes, closed}, {sizes: {timeline: sizes, flame: closed}, closed: [whole, ...panes]}]) {
      const read = readPanes(kept);
      for (const share of Object.values(read.sizes)) expect(share >= LEAST_SHARE && share <= MOST_SHARE).toBe(true);
      expect(read.closed.length).toBeLessThan(panes.length);
    }
  }));
});

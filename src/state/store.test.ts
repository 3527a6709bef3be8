/** The store: what the user chose and what the worker says, with a worker that keeps what it is told. */
import {expect, test} from 'vitest';
import type {Fault} from '../base/fault.ts';
import {noFilter} from '../derive/filter/shape.ts';
import type {SessionClient, SessionNews, Work} from '../worker/client.ts';
import type {KeptRange} from './slices/selection.ts';
import {makeStore, type State} from './store.ts';

const FAULT: Fault = {severity: 'fatal', code: 'internal/parse', message: 'broke'};
const RANGE: KeptRange = {fromNs: 1, toNs: 2, originNs: 0n};

function started() {
  const told: unknown[][] = [];
  let hear: (news: SessionNews) => void = () => {};
  let work: (work: Work | null) => void = () => {};
  const tell = (what: string) => (...args: unknown[]) => told.push([what, ...args]);
  const store = makeStore({
    prefs: {theme: 'system', language: 'en'},
    makeClient: (onNews, onWork) => {
      hear = onNews;
      work = onWork;
      // Of the client the slices use these methods only.
      return {open: tell('open'), remove: tell('remove'), align: tell('align'), stopAgain: tell('stopAgain')} as unknown as SessionClient;
    },
  });
  return {told, state: () => store.state.getState(), set: (change: Partial<State>) => store.state.setState(change), hear: (news: SessionNews) => hear(news), work: (at: Work | null) => work(at)};
}

const blobFile = (name: string, content = 'abc') => ({name, blob: new Blob([content])});
const phases = (state: ReturnType<ReturnType<typeof started>['state']>) => state.sources.map(({id, phase}) => `${id} ${phase}`);

test('opened files are being read, each under a number of its own, in the order they came', () => {
  const {state, told} = started();
  state().openFiles([blobFile('a'), {name: 'b', url: 'http://localhost/b'}]);
  expect(state().sources).toEqual([
    {id: 1, name: 'a', phase: 'reading', url: null, mark: null, bytes: 0, ofBytes: 3, again: null, faults: []},
    {id: 2, name: 'b', phase: 'reading', url: 'http://localhost/b', mark: null, bytes: 0, ofBytes: null, again: null, faults: []},
  ]);
  expect(told.map(([what, id, , evenIfOpen]) => [what, id, evenIfOpen])).toEqual([['open', 1, false], ['open', 2, false]]);
});

test('a number is not given again after its file was removed', () => {
  const {state, told} = started();
  state().openFiles([blobFile('a')]);
  state().removeSource(1);
  state().openFiles([blobFile('b')]);
  expect(phases(state())).toEqual(['2 reading']);
  expect(told[1]).toEqual(['remove', 1]);
});

test('a file that is read again stays open, says how far it is, and can be left as it is', () => {
  const {state, hear, told} = started();
  state().openFiles([blobFile('a')]);
  hear({kind: 'changed', revision: 1, source: 1, partial: false, heldBytes: 0, summary: {sources: [], groups: [], reference: null}});
  hear({kind: 'again', source: 1, read: {bytes: 2, ofBytes: 3}});
  expect([phases(state()), state().sources[0].again]).toEqual([['1 open'], {bytes: 2, ofBytes: 3}]);
  state().stopAgain(1);
  expect(told.at(-1)).toEqual(['stopAgain', 1]);
  hear({kind: 'again', source: 1, read: null});
  expect(state().sources[0].again).toBeNull();
});

test('a first look leaves a file being read; with the last it is open', () => {
  const {state, hear} = started();
  state().openFiles([blobFile('a')]);
  hear({kind: 'progress', source: 1, bytes: 2, ofBytes: 3});
  hear({kind: 'changed', revision: 1, source: 1, partial: true, heldBytes: 0, summary: {sources: [], groups: [], reference: null}});
  expect([phases(state()), state().revision, state().sources[0].bytes]).toEqual([['1 reading'], 1, 2]);
  hear({kind: 'changed', revision: 2, source: 1, partial: false, heldBytes: 0, summary: {sources: [], groups: [], reference: null}});
  expect([phases(state()), state().revision]).toEqual([['1 open'], 2]);
});

test('a file that could not be read stays in the list with why', () => {
  const {state, hear} = started();
  state().openFiles([blobFile('a'), blobFile('b')]);
  hear({kind: 'unreadable', source: 1, faults: [{code: 'input/unknown', severity: 'fatal', count: 1, first: []}]});
  hear({kind: 'failed', ask: null, source: 2, fault: FAULT});
  expect(phases(state())).toEqual(['1 unreadable', '2 failed']);
  expect(state().sources.map(({faults}) => faults[0].code)).toEqual(['input/unknown', 'internal/parse']);
  expect(state().broken).toBeNull();
});

test('a failure of no file is the session’s own', () => {
  const {state, hear} = started();
  hear({kind: 'failed', ask: null, source: null, fault: FAULT});
  expect(state().broken).toBe(FAULT);
});

test('what was removed or aligned is awaited until the worker says that it is done', () => {
  const {state, hear} = started();
  state().openFiles([blobFile('a'), blobFile('b')]);
  state().removeSource(1);
  state().align(2, null);
  expect(state().awaited).toEqual([1, 2]);
  hear({kind: 'changed', revision: 1, source: 2, partial: false, heldBytes: 0, summary: {sources: [], groups: [], reference: null}});
  expect(state().awaited).toEqual([1]);
});

test('a file that looks the same as an open one leaves the list and is asked about; opened anyway it comes back as another', () => {
  const {state, hear, told} = started();
  const file = blobFile('copy');
  state().openFiles([blobFile('a'), file]);
  hear({kind: 'same-as', source: 2, open: 1});
  expect(phases(state())).toEqual(['1 reading']);
  expect(state().sameFiles).toEqual([{file, open: 1, openName: 'a'}]);
  state().openSameFile(state().sameFiles[0]);
  expect([state().sameFiles, phases(state())]).toEqual([[], ['1 reading', '3 reading']]);
  expect(told.at(-1)).toEqual(['open', 3, file, true]);
});

test('the same file dropped twice more is asked about twice, and each question is dismissed alone', () => {
  const {state, hear} = started();
  state().openFiles([blobFile('a'), blobFile('b'), blobFile('b')]);
  hear({kind: 'same-as', source: 2, open: 1});
  hear({kind: 'same-as', source: 3, open: 1});
  const [first, second] = state().sameFiles;
  state().dismissSameFile(first);
  expect(state().sameFiles).toEqual([second]);
});

test('news of a file that was removed meanwhile brings it not back', () => {
  const {state, hear} = started();
  state().openFiles([blobFile('a')]);
  state().removeSource(1);
  hear({kind: 'progress', source: 1, bytes: 1, ofBytes: 3});
  hear({kind: 'changed', revision: 1, source: 1, partial: false, heldBytes: 0, summary: {sources: [], groups: [], reference: null}});
  hear({kind: 'same-as', source: 1, open: 9});
  hear({kind: 'failed', ask: null, source: 1, fault: FAULT});
  expect([state().sources, state().sameFiles, state().broken]).toEqual([[], [], null]);
});

test('with the last file goes what was chosen of it, but not how the page is liked', () => {
  const {state} = started();
  state().chooseTheme('dark');
  state().openFiles([blobFile('a'), blobFile('b')]);
  const choose = () => {
    state().chooseGroup(1);
    state().brush(RANGE);
    state().showWindow(RANGE);
    state().search('main');
    state().chooseEvent({source: 1, event: 0});
    state().zoomTo([{name: 'main.f', kind: 0}]);
    state().chooseFilter({startFunction: 'main.f'});
    state().chooseGoroutine({source: 1, goroutine: 0});
  };
  choose();
  state().removeSource(1);
  expect(state()).toMatchObject({group: 1, range: RANGE, searched: 'main'});
  state().removeSource(2);
  expect(state()).toMatchObject({group: null, event: null, range: null, window: null, goroutine: null, filter: noFilter, path: [], searched: '', theme: 'dark'});
});

test('another axis has another range and window: times of one mean nothing on the other', () => {
  const {state} = started();
  state().brush(RANGE);
  state().showWindow(RANGE);
  state().chooseFilter({startFunction: 'main.f'});
  state().chooseGroup(2);
  expect(state()).toMatchObject({group: 2, range: null, window: null, filter: noFilter, goroutine: null});
});

test('another event or other chains have another tree: the zoom is left', () => {
  const {state} = started();
  const zoom = () => state().zoomTo([{name: 'main.f', kind: 0}]);
  zoom();
  state().chooseEvent({source: 1, event: 1});
  expect(state().path).toEqual([]);
  zoom();
  state().showGrowthOnly(true);
  expect(state().path).toEqual([]);
  zoom();
  state().chooseWeight('samples');
  expect(state().path).toHaveLength(1);
});

test('a column sorts the most first, names from A, and again the other way round', () => {
  const {state} = started();
  const sorted = (by: Parameters<ReturnType<typeof state>['sortBy']>[0]) => {
    state().sortBy(by);
    return state().sort;
  };
  expect(sorted('growths')).toEqual({by: 'growths', descending: true});
  expect(sorted('growths')).toEqual({by: 'growths', descending: false});
  expect(sorted('name')).toEqual({by: 'name', descending: false});
  expect(sorted('name')).toEqual({by: 'name', descending: true});
});

test('choosing a goroutine shows it; choosing none leaves the tab', () => {
  const {state} = started();
  state().chooseGoroutine({source: 1, goroutine: 4});
  expect(state().tab).toBe('goroutine');
  state().showTab('faults');
  state().chooseGoroutine(null);
  expect(state().tab).toBe('faults');
});

test('an alignment goes to the worker, and a busy worker is seen', () => {
  const {state, told, work} = started();
  state().align(3, {how: 'as-is'});
  expect(told).toEqual([['align', 3, {how: 'as-is'}]]);
  work({id: 1, derivation: 'flame'});
  expect(state().work).toEqual({id: 1, derivation: 'flame'});
  work(null);
  expect(state().work).toBeNull();
});

test('an alignment that comes by the address is told to the worker once, and one that goes by it is taken back', () => {
  const {state, set, told} = started();
  state().openFiles([blobFile('a')]);
  const aligns = () => told.filter(([what]) => what === 'align').map(([, ...args]) => args);
  set({alignments: {1: {how: 'as-is'}}});
  expect(aligns()).toEqual([[1, {how: 'as-is'}]]);
  state().align(1, {how: 'by-hand', offsetNs: 5n});
  expect(state().alignments).toEqual({1: {how: 'by-hand', offsetNs: 5n}});
  expect(aligns()).toHaveLength(2);
  set({alignments: {}});
  expect(aligns().at(-1)).toEqual([1, null]);
  expect(aligns()).toHaveLength(3);
});

test('a file that is called as an open one gets a number, so that the two can be told apart', () => {
  const {state} = started();
  state().openFiles([blobFile('trace.out'), blobFile('trace.out'), blobFile('trace.out')]);
  expect(state().sources.map(({name}) => name)).toEqual(['trace.out', 'trace.out (2)', 'trace.out (3)']);
});

test('growth chains alone and time in states are not chosen together', () => {
  const {state} = started();
  state().chooseWeight('waitingNs');
  state().showGrowthOnly(true);
  expect([state().weight, state().growthOnly]).toEqual(['period', true]);
  state().zoomTo([{name: 'main.f', kind: 0}]);
  state().chooseWeight('samples');
  expect([state().growthOnly, state().path.length]).toEqual([true, 1]);
  state().chooseWeight('syscallNs');
  expect([state().growthOnly, state().path.length]).toEqual([false, 0]);
  state().showGrowthPart('growth-work');
  expect([state().weight, state().growthOnly]).toEqual(['period', true]);
});

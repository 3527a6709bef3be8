/** The address follows the page and leads it: what is a step of Back, what waits for files, what is left alone. */
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {SessionClient, SessionNews} from '../worker/client.ts';
import {makeStore} from '../state/store.ts';
import {followAddress} from './history.ts';

const BASE = 'http://localhost:4173/sub/index.html';
const PERF = {name: 'perf.txt', mark: '1200 17 99'};
const TRACE = {name: 'trace.out', mark: '88000 4 5'};

/** A page with the history of a browser, begun at a fragment. */
function page(hash = '') {
  let hear: (news: SessionNews) => void = () => {};
  const store = makeStore({
    prefs: {theme: 'system', language: 'en'},
    makeClient: (onNews) => {
      hear = onNews;
      return {open: () => {}, remove: () => {}, align: () => {}} as unknown as SessionClient;
    },
  });
  const entries = [hash];
  let at = 0;
  let pop = () => {};
  /** What waits for the end of a press; null: each change is a press of its own. */
  let ends: (() => void)[] | null = null;
  const put = (url: string) => (url.startsWith('#') ? url : '');
  const browser = {
    location: {pathname: '/sub/index.html', search: '', get hash() { return entries[at]; }},
    history: {
      pushState: (_: unknown, __: string, url: string) => {
        entries.length = at + 1;
        entries[++at] = put(url);
      },
      replaceState: (_: unknown, __: string, url: string) => {
        entries[at] = put(url);
      },
    },
    baseUrl: BASE,
    addEventListener: (_: 'popstate', listener: () => void) => {
      pop = listener;
    },
    afterPress: (run: () => void) => {
      if (ends) ends.push(run);
      else run();
    },
  };
  followAddress(store, browser as Parameters<typeof followAddress>[1]);
  return {
    state: () => store.state.getState(),
    /** Opens a file, as the worker tells of it. */
    open: ({name, mark}: typeof PERF, url?: string) => {
      store.state.getState().openFiles([url === undefined ? {name, blob: new Blob([name])} : {name, url}]);
      const source = store.state.getState().sources.at(-1)?.id ?? 0;
      hear({kind: 'identified', source, mark});
      return source;
    },
    press: (act: () => void) => {
      ends = [];
      act();
      for (const end of ends) end();
      ends = null;
    },
    identify: (source: number, mark: string) => hear({kind: 'identified', source, mark}),
    entries,
    hash: () => entries[at],
    go: (steps: number) => {
      at += steps;
      pop();
    },
    /** As a hand that changes the address. */
    type: (typed: string) => {
      entries.length = at + 1;
      entries[++at] = typed;
      pop();
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const range = (fromNs: number, toNs: number) => ({fromNs, toNs, originNs: 0n});

test('files come into the address without a step of Back', () => {
  const {open, hash, entries} = page();
  open(PERF);
  open(TRACE);
  expect(hash()).toMatch(/^#v1&f=xc\.\w+\.perf\.txt;\w+\.\w+\.trace\.out$/);
  expect(entries).toHaveLength(1);
});

test('Back and Forward go through choices, a tab, a brush and a zoom', () => {
  const {open, state, go} = page();
  const source = open(TRACE);
  state().brush(range(10, 90));
  state().chooseGoroutine({source, goroutine: 3});
  state().zoomTo([{name: 'main.main', kind: 0}]);
  state().showTab('faults');
  go(-1);
  expect(state().tab).toBe('goroutine');
  go(-1);
  expect(state()).toMatchObject({path: [], goroutine: {source, goroutine: 3}});
  go(-1);
  expect(state()).toMatchObject({goroutine: null, tab: 'growth', range: {fromNs: 10, toNs: 90}});
  go(-1);
  expect(state().range).toBeNull();
  go(4);
  expect(state()).toMatchObject({tab: 'faults', path: [{name: 'main.main'}], range: {fromNs: 10}});
});

test('a wheel that turns is one step, with where it came to rest', () => {
  const {open, state, entries, go} = page();
  open(TRACE);
  for (let i = 1; i <= 20; i++) {
    state().showWindow(range(i, 1000 - i));
    vi.advanceTimersByTime(16);
  }
  vi.advanceTimersByTime(300);
  expect(entries).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  state().showWindow(range(400, 500));
  expect(entries).toHaveLength(3);
  go(-1);
  expect(state().window).toMatchObject({fromNs: 20, toNs: 980});
});

test('what is done soon after Back is a step of its own, though the gesture before Back was just now', () => {
  const {open, state, go, entries} = page();
  open(TRACE);
  state().showWindow(range(1, 999));
  vi.advanceTimersByTime(16);
  go(-1);
  state().showWindow(range(2, 998));
  vi.advanceTimersByTime(1000);
  expect(entries).toHaveLength(2);
  go(-1);
  expect(state().window).toBeNull();
});

test('a step taken before the wheel’s last turn is in the address keeps that turn', () => {
  const {open, state, go} = page();
  open(TRACE);
  state().showWindow(range(1, 999));
  vi.advanceTimersByTime(16);
  state().showWindow(range(2, 998));
  state().showTab('faults');
  go(-1);
  expect(state()).toMatchObject({tab: 'growth', window: {fromNs: 2, toNs: 998}});
});

test('one press that changes much of the view is one step, and takes nothing of it into the step before', () => {
  const {state, open, hash, go, press, entries} = page();
  const source = open(TRACE);
  const before = [hash(), entries.length];
  press(() => {
    state().chooseFunction({name: 'main.main', kind: 0});
    state().chooseGoroutine({source, goroutine: 3});
    state().showWindow(range(10, 20));
  });
  const after = hash();
  expect(after).toMatch(/&t=goroutine/);
  expect(after).toMatch(/&h=.*main\.main/);
  expect(entries.length).toBe(Number(before[1]) + 1);
  go(-1);
  expect(hash()).toBe(before[0]);
  expect(state().chosenFunction).toBeNull();
  go(1);
  expect(hash()).toBe(after);
  press(() => state().showTab('sources'));
  expect(entries.length).toBe(Number(before[1]) + 2);
});

test('what is typed into the search comes into the address at rest, and is no step', () => {
  const {open, state, entries, hash} = page();
  open(TRACE);
  for (const text of ['m', 'ma', 'mai']) state().search(text);
  expect(hash()).not.toContain('q=');
  vi.advanceTimersByTime(300);
  expect(hash()).toContain('q=mai');
  expect(entries).toHaveLength(1);
});

test('a link’s view is there as soon as its files are dropped, in any order; till then the page says which, and leaves the address alone', () => {
  const first = page();
  first.open(PERF);
  const source = first.open(TRACE);
  first.state().chooseGoroutine({source, goroutine: 842});
  first.state().brush(range(5, 50));
  const link = first.hash();

  const {state, open, hash, entries} = page(link);
  expect(hash()).toBe(link);
  expect(state().awaitedFiles.map(({name, sizeBytes}) => [name, sizeBytes])).toEqual([['perf.txt', 1200], ['trace.out', 88000]]);
  const trace = open({...TRACE, name: 'renamed.out'});
  expect(state()).toMatchObject({goroutine: {source: trace, goroutine: 842}, range: {fromNs: 5, toNs: 50}, tab: 'goroutine'});
  expect(state().awaitedFiles.map(({name}) => name)).toEqual(['perf.txt']);
  open(PERF);
  expect(state().awaitedFiles).toEqual([]);
  expect(entries).toHaveLength(1);
});

test('a link that is forgotten leaves the address and is not asked for again', () => {
  const first = page();
  first.open(PERF);
  const {state, hash, open} = page(first.hash());
  state().awaitFiles([]);
  expect(hash()).toBe('');
  open(TRACE);
  expect(state().awaitedFiles).toEqual([]);
  expect(hash()).toContain('trace.out');
});

test('what the hand chose meanwhile is not taken back when the last file of a link comes', () => {
  const first = page();
  first.open(PERF);
  const source = first.open(TRACE);
  first.state().chooseGoroutine({source, goroutine: 1});
  first.state().brush(range(5, 50));
  const {state, open} = page(first.hash());
  open(PERF);
  state().brush(range(7, 8));
  open(TRACE);
  expect(state()).toMatchObject({range: {fromNs: 7, toNs: 8}, goroutine: {goroutine: 1}});
});

test('files that the address names are opened, stay in it, and the view beside them holds', () => {
  const {state, identify, hash} = page('#open=../files/0/trace.out&v1&t=faults');
  expect(state().sources.map(({url}) => url)).toEqual(['http://localhost:4173/files/0/trace.out']);
  identify(1, state().sources[0].url ?? '');
  expect(state().tab).toBe('faults');
  expect(hash()).toMatch(/^#open=%2Ffiles%2F0%2Ftrace.out&v1&f=0\.\w+&t=faults$/);
  expect(state().awaitedFiles).toEqual([]);
});

test('an example stands in the address by its place beside the page', () => {
  const {open, hash} = page();
  open({name: 'churn/perf.txt', mark: 'x'}, 'http://localhost:4173/sub/examples/churn/perf.txt.gz');
  expect(hash()).toContain('#open=examples%2Fchurn%2Fperf.txt.gz&v1&');
});

test('an address typed into an open page shows its view, and opens what it names once', () => {
  const {state, open, type, hash} = page();
  open(TRACE);
  state().brush(range(1, 2));
  type(`${hash()}&t=faults`);
  expect(state()).toMatchObject({tab: 'faults', range: {fromNs: 1}});
  type('#open=a.txt');
  type('#open=a.txt&v1&q=main');
  expect(state().sources).toHaveLength(2);
  expect(state()).toMatchObject({tab: 'growth', range: null});
});

test('when the last file goes the address is empty', () => {
  const {state, open, hash} = page();
  const source = open(TRACE);
  state().brush(range(1, 2));
  state().removeSource(source);
  expect(hash()).toBe('');
});

test('an address that can’t hold all of the view says so', () => {
  const {state, open} = page();
  open(TRACE);
  state().zoomTo(Array.from({length: 90}, (_, i) => ({name: `package${i}.aFunctionWithALongName`, kind: 0})));
  expect(state().isAddressShortened).toBe(true);
  state().zoomTo([]);
  expect(state().isAddressShortened).toBe(false);
});

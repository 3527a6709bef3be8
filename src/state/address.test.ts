/** The address: what is written is read back, whatever is read does no harm, and it is never too long. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {noFilter} from '../derive/filter/shape.ts';
import {growthColumns, growthGroupings} from '../derive/growth-table/shape.ts';
import {groupings, rowSections, rowSorts} from '../derive/lanes/shape.ts';
import type {SessionClient} from '../worker/client.ts';
import {fields, filesOf, readView, stateOfView, writtenView} from './address.ts';
import type {OpenSource} from './slices/session.ts';
import {makeStore, type State} from './store.ts';

const initial = makeStore({prefs: {theme: 'system', language: 'en'}, makeClient: () => ({}) as SessionClient}).state.getState();
const source = (id: number, mark: string | null, name = `${id}.txt`): OpenSource => ({id, name, phase: 'open', url: null, mark, bytes: 1, ofBytes: 1, again: null, faults: []});
const stateWith = (change: Partial<State>): State => ({...initial, ...change});
/** The view of a state as it is restored with these sources. */
function restored(state: State, sources: readonly OpenSource[]) {
  const view = readView(`#${writtenView(state, initial).text}`);
  return view && stateOfView(view, initial, filesOf(view.files, sources));
}
const chosen = (state: Partial<State>) => Object.fromEntries(fields.map(({name}) => [name, state[name]]));

const anyText = fc.string({unit: 'grapheme', maxLength: 60});
const anySource = fc.constantFrom(3, 7);
const anyRow = fc.nat({max: 1e7});
const anyRange = fc.record({originNs: fc.bigInt({min: -(10n ** 19n), max: 10n ** 19n}), fromNs: fc.nat({max: 1e15}), lengthNs: fc.integer({min: 1, max: 1e15})})
  .map(({originNs, fromNs, lengthNs}) => ({originNs, fromNs, toNs: fromNs + lengthNs}));
const anyName = fc.oneof(fc.constantFrom('main.main', 'net/http.(*conn).serve', 'a/b.v2/c.F[go.shape.struct { a int; b ~int }]', 'runtime.morestack', 'main.walk'), anyText);
const anyStep = fc.record({name: fc.option(anyName), kind: fc.nat({max: 10})});
const anyAlignment = fc.oneof(fc.constant({how: 'as-is' as const}), fc.bigInt({min: -(10n ** 18n), max: 10n ** 18n}).map((offsetNs) => ({how: 'by-hand' as const, offsetNs})));
const anyState = fc.record({
  alignments: fc.dictionary(fc.constantFrom('3', '7'), anyAlignment),
  group: fc.option(anySource),
  range: fc.option(anyRange),
  window: fc.option(anyRange),
  tab: fc.constantFrom('growth', 'goroutine', 'faults'),
  goroutine: fc.option(fc.record({source: anySource, goroutine: anyRow})),
  filter: fc.record({process: fc.option(anyRow), thread: fc.option(anyRow), comm: fc.option(anyText), startFunction: fc.option(anyName), cause: fc.option(anyName), goroutine: fc.option(fc.record({source: anySource, goroutine: anyRow}))}),
  event: fc.option(fc.record({source: anySource, event: fc.nat({max: 99})})),
  growthOnly: fc.boolean(),
  weight: fc.constantFrom('period' as const, 'samples' as const),
  arrangement: fc.record({
    sections: fc.subarray([...rowSections]), groupBy: fc.constantFrom(...groupings), sort: fc.constantFrom(...rowSorts), text: anyText, state: fc.nat({max: 5}), reason: fc.option(anyText), onlyGrowth: fc.boolean(),
  }),
  overviewBytes: fc.constantFrom('held' as const, 'copied' as const),
  searched: anyText,
  growthBy: fc.constantFrom(...growthGroupings),
  counted: fc.option(anySource),
  growthSearch: anyText,
  sort: fc.record({by: fc.constantFrom(...growthColumns), descending: fc.boolean()}),
  path: fc.array(anyStep, {maxLength: 12}),
});
const SOURCES = [source(3, '1200 17 99', 'perf.txt'), source(7, '88000 4 5', 'trace.out')];
/** The same files, opened in another order by another page. */
const REOPENED = [source(1, '88000 4 5'), source(2, '1200 17 99')];
const NEW_ID: Readonly<Record<number, number>> = {3: 2, 7: 1};
const withNewIds = (state: object): unknown => JSON.parse(JSON.stringify(state, (key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : key === 'alignments' ? Object.fromEntries(Object.entries(value as object).map(([id, choice]) => [NEW_ID[Number(id)], choice])) : (key === 'source' || key === 'group' || key === 'counted') && value !== null ? NEW_ID[value as number] : value)));
const plain = (state: object): unknown => JSON.parse(JSON.stringify(state, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)));

test('what fits the address is read back as it was, by another page that numbers the same files in another order', () => {
  fc.assert(fc.property(anyState, (change) => {
    const state = stateWith({...change, sources: SOURCES});
    fc.pre(!writtenView(state, initial).isShortened);
    expect(plain(chosen(restored(state, REOPENED)?.state ?? initial))).toEqual(withNewIds(chosen(state)));
  }));
});

test('no view makes a fragment of more than 1,024 characters, and one that is shortened is still read, part by part as it was', () => {
  fc.assert(fc.property(anyState, fc.array(anyStep, {maxLength: 200}), (change, path) => {
    const state = stateWith({...change, path, sources: SOURCES});
    const {text, isShortened} = writtenView(state, initial);
    expect(text.length).toBeLessThan(1024);
    const again = plain(chosen(restored(state, REOPENED)?.state ?? initial)) as Record<string, unknown>;
    const before = withNewIds(chosen(state)) as Record<string, unknown>;
    const first = plain(chosen(initial)) as Record<string, unknown>;
    const lost = Object.keys(before).filter((name) => JSON.stringify(again[name]) !== JSON.stringify(before[name]));
    if (!isShortened) expect(lost).toEqual([]);
    for (const name of lost) expect(again[name]).toEqual(first[name]);
  }));
});

test('a random fragment does no harm', () => {
  const anyFragment = fc.oneof(
    fc.string({unit: 'binary', maxLength: 300}),
    fc.array(fc.tuple(fc.constantFrom('f', ...fields.map(({key}) => key)), fc.oneof(fc.string({unit: 'binary'}), fc.constantFrom('0.0', '-1.5', '1.1.1', '0~x999', '0~p9', '%', '%ff', 's~', 'g0.0')))).map((parts) => `v1&${parts.map((part) => part.join('=')).join('&')}`),
  );
  fc.assert(fc.property(anyFragment, (fragment) => {
    const view = readView(fragment);
    if (!view) return;
    const {state} = stateOfView(view, initial, filesOf(view.files, SOURCES));
    // What came of it is a view that can be shown, and so written and read again.
    expect(writtenView(stateWith({...state, sources: SOURCES}), initial).text.length).toBeLessThan(1024);
    expect(state.range === null || state.range!.toNs > state.range!.fromNs).toBe(true);
  }), {numRuns: 500});
});

test('a fragment of another version says nothing', () => {
  expect(readView('#v9&t=faults')).toBeNull();
  expect(readView('#open=perf.txt')).toBeNull();
  expect(readView('')).toBeNull();
  expect(readView('#open=perf.txt&v1&t=faults')?.texts.get('t')).toBe('faults');
});

test('a view of nothing, or as everything is at first, needs no words but the files', () => {
  expect(writtenView(initial, initial).text).toBe('');
  expect(writtenView(stateWith({sources: [source(3, '1200 17 99', 'perf.txt')]}), initial).text).toMatch(/^v1&f=xc\.[0-9a-z]+\.perf\.txt$/);
});

test('parts of a file that is not open yet are told apart from those that are nonsense', () => {
  const state = stateWith({sources: SOURCES, goroutine: {source: 7, goroutine: 842}, tab: 'goroutine', event: {source: 3, event: 0}});
  const without = restored(state, [source(9, '1200 17 99')]);
  expect(without?.awaited.map(({name}) => name)).toEqual(['goroutine']);
  expect(without?.state).toMatchObject({goroutine: null, tab: 'goroutine', event: {source: 9, event: 0}});
});

test('two files that look the same keep their places', () => {
  const twins = [source(1, '5 1 1'), source(2, '5 1 1')];
  const state = stateWith({sources: twins, goroutine: {source: 2, goroutine: 4}});
  expect(restored(state, twins)?.state.goroutine).toEqual({source: 2, goroutine: 4});
});

test('names of files leave the address before anything of the view does', () => {
  const path = Array.from({length: 30}, (_, i) => ({name: `main.function${i}WithAName`, kind: 0}));
  const {held, isShortened, text} = writtenView(stateWith({sources: Array.from({length: 6}, (_, i) => source(i, `5 1 ${i}`, 'n'.repeat(100))), path}), initial);
  expect(text).not.toContain('nnn');
  expect(held.has('p')).toBe(true);
  expect(isShortened).toBe(false);
});

test('a filter narrows by what was chosen only', () => {
  const state = stateWith({sources: SOURCES, filter: {...noFilter, startFunction: 'main.worker'}});
  expect(writtenView(state, initial).held.get('i')).toBe('smain.worker');
});

test('keys and names of fields are each held by one line', () => {
  expect(new Set(fields.map(({key}) => key)).size).toBe(fields.length);
  expect(new Set(fields.map(({name}) => name)).size).toBe(fields.length);
  expect(fields.map(({key}) => key)).not.toContain('f');
});

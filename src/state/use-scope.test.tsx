/**
 * What is looked at, with a worker that answers what the test says: choices hold while what they name is open, and a range stays where
 * it is when the zero of its axis moves.
 *
 * @vitest-environment jsdom
 */
import {act, useEffect} from 'react';
import {createRoot, type Root} from 'react-dom/client';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {noFilter} from '../derive/filter/shape.ts';
import {asRecorded} from '../derive/call-tree/shape.ts';
import type {AxisGroup} from '../derive/axis/shape.ts';
import type {EventSummary, SourceSummary, SummaryAnswer} from '../derive/summary/shape.ts';
import type {Reply, SessionClient, SessionNews} from '../worker/client.ts';
import {makeStore, type Store} from './store.ts';
import {RevisionContext, useAnswer, type Answered} from './use-answer.ts';
import type {Range} from './slices/selection.ts';
import {keptRange, useNewScope, useShownWindow, type Scope} from './use-scope.ts';
import {StoreContext, useStore} from './use-store.ts';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean | undefined;
}

interface Asked {
  readonly question: unknown;
  readonly revision: number;
  readonly onReply: (reply: Reply<'summary'>) => void;
}

let asked: Asked[];
let forgotten: string[];
let store: Store;
let hear: (news: SessionNews) => void;
let root: Root;
let scope: Scope | null;
let answered: Answered<'summary'>;
let shownWindow: Range | null;

function Probe({isAsking}: {readonly isAsking: boolean}) {
  const shown = useNewScope();
  useEffect(() => {
    scope = shown;
  });
  return (
    <RevisionContext value={useStore((state) => state.revision)}>
      <AnswerProbe isAsking={isAsking} />
      {shown?.group ? <WindowProbe group={shown.group} /> : null}
    </RevisionContext>
  );
}

function AnswerProbe({isAsking}: {readonly isAsking: boolean}) {
  const {answer, isStale} = useAnswer('summary', isAsking ? NOTHING : null);
  useEffect(() => {
    answered = {answer, isStale};
  });
  return null;
}

function WindowProbe({group: shown}: {readonly group: AxisGroup}) {
  const found = useShownWindow(shown);
  useEffect(() => {
    shownWindow = found;
  });
  return null;
}

const NOTHING = {};

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  asked = [];
  forgotten = [];
  store = makeStore({
    prefs: {theme: 'system', language: 'en'},
    makeClient: (onNews) => {
      hear = onNews;
      // Of the client the hooks use these methods only.
      return {
        ask: (_slot: string, _derivation: string, question: unknown, revision: number, onReply: Asked['onReply']) => asked.push({question, revision, onReply}),
        forget: (slot: string) => forgotten.push(slot),
      } as unknown as SessionClient;
    },
  });
  root = createRoot(document.createElement('div'));
  render(true);
});

afterEach(() => {
  act(() => root.unmount());
  globalThis.IS_REACT_ACT_ENVIRONMENT = false;
});

function render(isAsking: boolean): void {
  act(() => root.render(<StoreContext value={store}><Probe isAsking={isAsking} /></StoreContext>));
}

let revision = 0;

/** The session is another one now. */
function changes(to: SummaryAnswer): void {
  revision++;
  act(() => hear({kind: 'changed', revision, source: 1, partial: false, heldBytes: 0, summary: to}));
}

/** The session changed, and the worker answers every question of it so. */
function opens(answer: SummaryAnswer): void {
  changes(answer);
  act(() => asked.splice(0).forEach(({onReply}) => onReply({ok: true, answer, revision})));
}

const change = (action: (state: ReturnType<Store['state']['getState']>) => void) => act(() => action(store.state.getState()));

const event = (row: number, of: Partial<EventSummary> = {}): EventSummary => ({event: row, name: `event ${row}`, samples: 10, growthSamples: 0, hasPeriod: true, unit: 'event', hasStacks: true, hasNames: true, ...of});
const source = (id: number, group: number, events: readonly EventSummary[]): SourceSummary => ({
  id, name: `file ${id}`, format: 'perf-script', version: null, clock: {known: 'stated', name: 'monotonic'}, alignment: {how: 'reference'}, group,
  threads: 1, goroutines: 0, growths: 0, shrinks: 0, hasStackSizes: false, axisWeights: [], events, startNs: 0n, endNs: 100n, traceProcess: null, cpus: 0, headers: {}, notKept: [], faults: [],
});
const group = (reference: number, members: readonly number[], originNs = 0n, endNs = 100): AxisGroup => ({reference, members, originNs, endNs, resolutionNs: 1, wall: []});
const summary = (sources: readonly SourceSummary[], groups: readonly AxisGroup[]): SummaryAnswer => ({sources, groups, reference: null});

test('before anything is open there is no scope, and nothing is asked', () => {
  expect([scope, asked]).toEqual([null, []]);
  opens(summary([], []));
  expect(scope).toBeNull();
});

test('what is open is known as soon as it is open, before anything is answered', () => {
  changes(summary([source(1, 1, [event(0)])], [group(1, [1])]));
  expect(scope).toMatchObject({event: {source: 1, event: 0}});
});

test('the first axis is shown whole, with the event that has stacks and most samples on it', () => {
  opens(summary([
    source(1, 1, [event(0, {hasStacks: false, samples: 99}), event(1, {samples: 5}), event(2, {samples: 7})]),
    source(2, 2, [event(0, {samples: 1000})]),
  ], [group(1, [1]), group(2, [2])]));
  expect(scope).toMatchObject({group: {reference: 1}, event: {source: 1, event: 2}, isEventOnAxis: true, range: null, weight: 'period'});
  expect(scope!.query).toEqual({...asRecorded, source: 1, event: 2, weight: 'period', range: null, filter: noFilter});
});

test('an event without samples is never chosen by itself, and without any there is nothing to draw', () => {
  opens(summary([source(1, 1, [event(0, {samples: 0})])], [group(1, [1])]));
  expect(scope).toMatchObject({event: null, eventSource: null, query: null, isEventOnAxis: false});
});

test('samples are counted where the event has no periods, whatever was chosen', () => {
  opens(summary([source(1, 1, [event(0, {hasPeriod: false}), event(1, {hasStacks: false})])], [group(1, [1])]));
  expect(scope!.weight).toBe('samples');
  change((state) => state.chooseEvent({source: 1, event: 1}));
  expect([scope!.weight, scope!.event]).toEqual(['period', {source: 1, event: 1}]);
});

test('a clock that samples the CPU is shown before a probe that was hit more often', () => {
  opens(summary([source(1, 1, [event(0, {hasPeriod: false, samples: 700}), event(1, {samples: 20})])], [group(1, [1])]));
  expect(scope!.event).toEqual({source: 1, event: 1});
});

test('a choice holds while what it names is open; when it goes, what says most is shown', () => {
  const both = summary([source(1, 1, [event(0)]), source(2, 2, [event(0, {samples: 3})])], [group(1, [1]), group(2, [2])]);
  opens(both);
  change((state) => {
    state.chooseGroup(2);
    state.chooseEvent({source: 2, event: 0});
  });
  expect(scope).toMatchObject({group: {reference: 2}, event: {source: 2, event: 0}});
  opens(summary([both.sources[0]], [group(1, [1])]));
  expect(scope).toMatchObject({group: {reference: 1}, event: {source: 1, event: 0}});
});

test('samples that are on another axis are not chosen by the brush', () => {
  opens(summary([source(1, 1, [event(0)]), source(2, 2, [event(0)])], [group(1, [1]), group(2, [2])]));
  change((state) => {
    state.chooseEvent({source: 2, event: 0});
    state.brush({fromNs: 10, toNs: 20, originNs: 0n});
  });
  expect(scope).toMatchObject({isEventOnAxis: false, range: {fromNs: 10, toNs: 20}, query: {source: 2, range: null}});
});

test('a brushed range and a window keep their place when a source that comes moves the zero of the axis', () => {
  opens(summary([source(1, 1, [event(0)])], [group(1, [1], 2n ** 60n)]));
  change((state) => {
    state.brush(keptRange({fromNs: 10, toNs: 20}, scope!.group!));
    state.showWindow(keptRange({fromNs: 5, toNs: 60}, scope!.group!));
  });
  expect(scope).toMatchObject({range: {fromNs: 10, toNs: 20}, query: {range: {fromNs: 10, toNs: 20}}});
  expect(shownWindow).toEqual({fromNs: 5, toNs: 60});
  opens(summary([source(1, 1, [event(0)]), source(2, 1, [])], [group(1, [1, 2], 2n ** 60n - 7n, 107)]));
  expect(scope).toMatchObject({range: {fromNs: 17, toNs: 27}});
  expect(shownWindow).toEqual({fromNs: 12, toNs: 67});
  opens(summary([source(1, 1, [event(0)])], [group(1, [1], 2n ** 60n)]));
  expect(scope).toMatchObject({range: {fromNs: 10, toNs: 20}});
  expect(shownWindow).toEqual({fromNs: 5, toNs: 60});
});

test('a range is cut to the axis, and one that lies beside it is none', () => {
  opens(summary([source(1, 1, [event(0)])], [group(1, [1], 1000n, 100)]));
  const brushed = (fromNs: number, toNs: number) => {
    change((state) => state.brush({fromNs, toNs, originNs: 950n}));
    return scope!.range;
  };
  expect(brushed(40, 70)).toEqual({fromNs: 0, toNs: 20});
  expect(brushed(140, 170)).toEqual({fromNs: 90, toNs: 100});
  expect([brushed(0, 50), brushed(150, 160)]).toEqual([null, null]);
  change((state) => state.showWindow({fromNs: 150, toNs: 160, originNs: 950n}));
  expect(shownWindow).toEqual({fromNs: 0, toNs: 100});
});

test('growth chains alone are a query of their own', () => {
  opens(summary([source(1, 1, [event(0)])], [group(1, [1])]));
  change((state) => state.showGrowthOnly(true));
  expect(scope!.query!.chains).toBe('growth');
});

test('without times there is no axis, and samples are shown all the same', () => {
  opens(summary([source(1, -1, [event(0)])], []));
  expect(scope).toMatchObject({group: null, range: null, isEventOnAxis: false, query: {source: 1, range: null}});
});

test('a window is shown whole where none is chosen, and panning it makes no new scope', () => {
  opens(summary([source(1, 1, [event(0)])], [group(1, [1])]));
  expect(shownWindow).toEqual({fromNs: 0, toNs: 100});
  const before = scope;
  change((state) => state.showWindow({fromNs: 5, toNs: 15, originNs: 0n}));
  expect(shownWindow).toEqual({fromNs: 5, toNs: 15});
  expect(scope).toBe(before);
});

test('an answer is shown, stale, until the one to the changed session is there', () => {
  const first = summary([source(1, 1, [event(0)])], [group(1, [1])]);
  const second = summary([], []);
  opens(first);
  expect(answered).toEqual({answer: first, isStale: false});
  changes(second);
  expect(answered).toEqual({answer: first, isStale: true});
  expect(new Set(asked.map((of) => of.revision))).toEqual(new Set([revision]));
  act(() => asked.splice(0).forEach(({onReply}) => onReply({ok: true, answer: second, revision})));
  expect(answered).toEqual({answer: second, isStale: false});
});

test('a question that failed has no answer, and its fault is told once however many asked', () => {
  const fault = {severity: 'fatal', code: 'internal/answer', message: 'broke'} as const;
  changes(summary([], []));
  act(() => asked.splice(0).forEach(({onReply}) => onReply({ok: false, fault})));
  expect(answered).toEqual({answer: null, isStale: false});
  expect(store.state.getState().failures).toEqual([fault]);
});

test('without a question nothing is asked or shown, and what was on its way is forgotten', () => {
  opens(summary([source(1, 1, [event(0)])], [group(1, [1])]));
  expect(answered.answer).not.toBeNull();
  const before = forgotten.length;
  render(false);
  expect(answered).toEqual({answer: null, isStale: false});
  expect(forgotten.length).toBeGreaterThan(before);
  expect(asked).toEqual([]);
});

test('the weight of the tree is the one chosen where the axis tells of it, else that of the samples', () => {
  const states = ['runningNs', 'waitingNs'] as const;
  const opensWith = (axisWeights: SourceSummary['axisWeights']) => opens(summary([{...source(1, 1, [event(0)]), axisWeights}], [group(1, [1])]));
  change((state) => state.chooseWeight('growths'));
  opensWith([]);
  expect(scope!.query!.weight).toBe('period');
  opensWith(states);
  expect(scope!.query!.weight).toBe('period');
  change((state) => state.chooseWeight('waitingNs'));
  expect(scope!.query!.weight).toBe('waitingNs');
  change((state) => state.chooseWeight('growths'));
  opensWith(['growths', ...states]);
  expect([scope!.query!.weight, scope!.weight]).toEqual(['growths', 'period']);
});

test('a trace alone is weighed by its growths, without stack sizes by its waiting, in the selected range', () => {
  const trace: SourceSummary = {...source(2, 2, []), goroutines: 5, axisWeights: ['growths', 'waitingNs']};
  opens(summary([trace], [group(2, [2])]));
  expect(scope!.query).toMatchObject({source: 2, event: -1, weight: 'growths', range: null});
  change((state) => state.brush({fromNs: 10, toNs: 20, originNs: 0n}));
  opens(summary([{...trace, axisWeights: ['waitingNs']}], [group(2, [2])]));
  expect(scope!.query).toMatchObject({weight: 'waitingNs', range: {fromNs: 10, toNs: 20}});
});

test('a path is of one tree: another event or filter begins at its root, and one that comes with its tree stays', () => {
  const path = [{name: 'main.main', kind: 0}];
  change((state) => state.zoomTo(path));
  change((state) => state.chooseFilter({thread: 7}));
  expect(store.state.getState().path).toEqual([]);
  act(() => store.state.setState({filter: noFilter, path}));
  expect(store.state.getState().path).toEqual(path);
  change((state) => state.chooseEvent({source: 1, event: 0}));
  expect(store.state.getState().path).toEqual([]);
});

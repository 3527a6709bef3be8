/**
 * When parts of the page take up what is new.
 *
 * @vitest-environment jsdom
 */
import {act, useContext, useEffect, type ReactNode} from 'react';
import {createRoot, type Root} from 'react-dom/client';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {RevisionContext} from '../state/use-answer.ts';
import {makeStore, type Store} from '../state/store.ts';
import {ScopeContext, type Scope} from '../state/use-scope.ts';
import {StoreContext} from '../state/use-store.ts';
import type {SessionClient} from '../worker/client.ts';
import {InTurn} from './in-turn.tsx';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean | undefined;
}

const [old, fresh, brushed] = ['old', 'fresh', 'brushed'].map((name) => ({name}) as unknown as Scope);
let root: Root;
let store: Store;
let seen: Record<string, string>;

function Probe({name}: {readonly name: string}) {
  const scope = useContext(ScopeContext) as unknown as {readonly name: string} | null;
  const revision = useContext(RevisionContext);
  useEffect(() => {
    seen[name] = `${scope?.name} of ${revision}`;
  });
  return null;
}

const show = (scope: Scope, revision: number, children: ReactNode = [1, 2].map((turn) => <InTurn key={turn} turn={turn}><Probe name={`turn ${turn}`} /></InTurn>)) =>
  act(() => root.render(<StoreContext value={store}><RevisionContext value={revision}><ScopeContext value={scope}>{children}</ScopeContext></RevisionContext></StoreContext>));
const nextTask = () => act(() => {
  vi.advanceTimersToNextTimer();
});

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  seen = {};
  // Of the client nothing is asked.
  store = makeStore({prefs: {theme: 'system', language: 'en'}, makeClient: () => ({}) as SessionClient});
  root = createRoot(document.createElement('div'));
});

afterEach(() => {
  act(() => root.unmount());
  vi.useRealTimers();
});

test('another revision reaches the parts one after another, each with the scope that is of it', () => {
  show(old, 1);
  show(fresh, 2);
  // The first task is the flame graph's.
  nextTask();
  expect(seen).toEqual({'turn 1': 'old of 1', 'turn 2': 'old of 1'});
  nextTask();
  expect(seen).toEqual({'turn 1': 'fresh of 2', 'turn 2': 'old of 1'});
  for (let task = 0; task < 2; task++) nextTask();
  expect(seen).toEqual({'turn 1': 'fresh of 2', 'turn 2': 'fresh of 2'});
});

test('what the user does within a revision reaches all parts at once', () => {
  show(old, 1);
  show(brushed, 1);
  expect(seen).toEqual({'turn 1': 'brushed of 1', 'turn 2': 'brushed of 1'});
});

test('a part that waits goes on with what it showed last, brushed or not', () => {
  show(old, 1);
  show(brushed, 1);
  show(fresh, 2);
  expect(seen).toEqual({'turn 1': 'brushed of 1', 'turn 2': 'brushed of 1'});
});

test('a revision that comes while parts wait is the one that they take up', () => {
  show(old, 1);
  show(brushed, 2);
  show(fresh, 3);
  for (let task = 0; task < 6; task++) nextTask();
  expect(seen).toEqual({'turn 1': 'fresh of 3', 'turn 2': 'fresh of 3'});
});

test('all parts wait while the worker makes the flame graph, and take their turns from then on', () => {
  show(old, 1);
  show(fresh, 2);
  const work = (derivation: 'flame' | 'lanes' | null) => act(() => store.state.getState().setWork(derivation && {id: derivation === 'flame' ? 1 : 2, derivation}));
  work('flame');
  for (let task = 0; task < 2; task++) nextTask();
  expect([vi.getTimerCount(), seen]).toEqual([0, {'turn 1': 'old of 1', 'turn 2': 'old of 1'}]);
  work('lanes');
  for (let task = 0; task < 3; task++) nextTask();
  expect(seen).toEqual({'turn 1': 'fresh of 2', 'turn 2': 'fresh of 2'});
});

test('a part that is gone while the flame graph is made takes nothing up', () => {
  show(old, 1);
  show(fresh, 2);
  act(() => store.state.getState().setWork({id: 1, derivation: 'flame'}));
  for (let task = 0; task < 2; task++) nextTask();
  show(fresh, 2, null);
  act(() => store.state.getState().setWork(null));
  expect(vi.getTimerCount()).toBe(0);
});

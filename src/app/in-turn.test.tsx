/**
 * When parts of the page take up what is new.
 *
 * @vitest-environment jsdom
 */
import {act, useContext, useEffect, type ReactNode} from 'react';
import {createRoot, type Root} from 'react-dom/client';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {RevisionContext} from '../state/use-answer.ts';
import {ScopeContext, type Scope} from '../state/use-scope.ts';
import {InTurn} from './in-turn.tsx';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean | undefined;
}

const [old, fresh, brushed] = ['old', 'fresh', 'brushed'].map((name) => ({name}) as unknown as Scope);
let root: Root;
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
  act(() => root.render(<RevisionContext value={revision}><ScopeContext value={scope}>{children}</ScopeContext></RevisionContext>));
const nextTask = () => act(() => {
  vi.advanceTimersToNextTimer();
});

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  seen = {};
  root = createRoot(document.createElement('div'));
});

afterEach(() => {
  act(() => root.unmount());
  vi.useRealTimers();
});

test('another revision reaches the parts one after another, each with the scope that is of it', () => {
  show(old, 1);
  show(fresh, 2);
  expect(seen).toEqual({'turn 1': 'old of 1', 'turn 2': 'old of 1'});
  nextTask();
  expect(seen).toEqual({'turn 1': 'fresh of 2', 'turn 2': 'old of 1'});
  nextTask();
  nextTask();
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
  for (let task = 0; task < 4; task++) nextTask();
  expect(seen).toEqual({'turn 1': 'fresh of 3', 'turn 2': 'fresh of 3'});
});

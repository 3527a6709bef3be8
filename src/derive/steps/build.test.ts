/** Walking through the events of a lane: each comes once, in time order, and the way back is the way there. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {StackChangeKind, State} from '../../model/tables.ts';
import {arbitraryGoTrace} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import type {Session} from '../derivation.ts';
import {noFilter} from '../filter/shape.ts';
import type {LanePlace} from '../moment/shape.ts';
import {steps} from './build.ts';
import type {StepEvent, StepPlace, StepsQuestion} from './shape.ts';

const trace = goTraceFromText(`
                 0us     10us           20us    30us  40us
  G1 main.main   run M7
  G5 main.work           ready by G1    run M8  wait  end
`, {changes: '20us+2us G5 2K→4K M8\n25us G5 4K→2K\n26us+1us G5 2K→4K M8'});
const perf = traceFromText(`
20us               28us
main.work          main.work
runtime.newstack
`, {tid: 8});
const open = sessionOf([trace, perf]);
const QUESTION: StepsQuestion = {
  group: 1, place: {kind: 'goroutine', source: 1, goroutine: 1}, from: {timeNs: 0, rank: null, index: 0}, direction: 'next', onlyGrowths: false,
  event: {source: 2, event: 0}, range: null, filter: noFilter,
};

/** All events from a place in a direction. */
function walk(session: Session, asked: Partial<StepsQuestion>): StepEvent[] {
  const found: StepEvent[] = [];
  let from: StepPlace = asked.from ?? QUESTION.from;
  for (;;) {
    const step: StepEvent | null = steps.answer(session, {...QUESTION, ...asked, from}).found;
    if (!step) return found;
    found.push(step);
    from = {timeNs: step.timeNs, rank: step.rank, index: step.index};
  }
}

const told = (event: StepEvent) => `${event.timeNs / 1000} ${event.what}${event.what === 'change' ? ` ${event.kind} ${event.oldBytes}→${event.newBytes}` : event.what === 'state' ? ` ${event.state}` : event.what === 'sample' ? ` ${event.shows}` : ''}`;

test('next goes through births, states, changes, samples and the end, in order of time', () => {
  expect(walk(open, {}).map(told)).toEqual([
    '10 born', `10 state ${State.Runnable}`, `20 state ${State.Running}`, '20 change growth 2048→4096', '20 sample growth', '25 change shrink 4096→2048',
    '26 change growth 2048→4096', '28 sample null', `30 state ${State.Waiting}`, '40 end',
  ]);
});

test('next growth passes over all else; where no sizes were recorded it goes to samples that show growth', () => {
  expect(walk(open, {onlyGrowths: true}).map(({timeNs}) => timeNs)).toEqual([20_000, 26_000]);
  const plain = sessionOf([goTraceFromText('     0us      40us\nG1   run M8   end'), perf]);
  expect(walk(plain, {onlyGrowths: true, place: {kind: 'goroutine', source: 1, goroutine: 0}}).map(told)).toEqual(['20 sample growth']);
});

test('from a time that is no event one goes to the nearest event on that side', () => {
  const from = {timeNs: 25_500, rank: null, index: 0};
  expect(steps.answer(open, {...QUESTION, from}).found).toMatchObject({timeNs: 26_000});
  expect(steps.answer(open, {...QUESTION, from, direction: 'previous'}).found).toMatchObject({timeNs: 25_000, what: 'change', kind: 'shrink'});
});

test('a range is not left', () => {
  expect(walk(open, {range: {fromNs: 24_000, toNs: 28_000}, from: {timeNs: 24_000, rank: null, index: 0}}).map(({timeNs}) => timeNs)).toEqual([25_000, 26_000, 28_000]);
});

test('on a thread one goes to the goroutines that come onto it, and to its samples', () => {
  expect(walk(open, {place: {kind: 'thread', id: 8}}).map((event) => (event.what === 'state' ? `G${event.goroutine}` : told(event)))).toEqual(['G5', '20 sample growth', '28 sample null']);
});

test('in a group one goes from change to change of all its goroutines, each with its own', () => {
  const both = sessionOf([goTraceFromText('             0us     10us     40us\nG1 main.f    run M7\nG2 main.f    wait    run M8\nG3 main.g    wait', {changes: '12us G2 2K→4K M8\n13us G1 2K→8K M7\n14us G3 2K→4K\n15us G2 4K→2K\n15us G1 8K→16K M7'})]);
  const of = (asked: Partial<StepsQuestion>) => walk(both, {place: {kind: 'group', by: 'startFunction', name: 'main.f'}, event: null, ...asked}).map((event) => (event.what === 'change' ? `${event.timeNs / 1000} G${event.goroutine} ${event.kind}` : event.what));
  expect(of({})).toEqual(['12 G2 growth', '13 G1 growth', '15 G2 shrink', '15 G1 growth']);
  expect(of({onlyGrowths: true, from: {timeNs: 40_000, rank: null, index: 0}, direction: 'previous'})).toEqual(['15 G1 growth', '13 G1 growth', '12 G2 growth']);
  expect(of({filter: {...noFilter, goroutine: {source: 1, goroutine: 1}}})).toEqual(['12 G2 growth', '15 G2 shrink']);
  expect(of({place: {kind: 'group', by: 'creator', name: 'main.f'}})).toEqual([]);
});

test('a lane that is not there has no events', () => {
  for (const place of [{kind: 'goroutine', source: 9, goroutine: 0}, {kind: 'goroutine', source: 1, goroutine: 7}, {kind: 'thread', id: 3}, {kind: 'proc', source: 1, proc: 0}, {kind: 'other'}] satisfies LanePlace[]) {
    expect(walk(open, {place})).toEqual([]);
  }
  expect(steps.answer(open, {...QUESTION, group: 9})).toEqual({found: null});
});

test('back and forth is where one was, whatever lies at one time, and growths passed are those recorded', () => {
  fc.assert(fc.property(arbitraryGoTrace, (made) => {
    const session = sessionOf([made]);
    for (let goroutine = 0; goroutine < made.goroutines.length; goroutine++) {
      const asked: Partial<StepsQuestion> = {place: {kind: 'goroutine', source: 1, goroutine}, event: null, from: {timeNs: -1, rank: null, index: 0}};
      const all = walk(session, asked);
      all.forEach((event, i) => {
        const from = {timeNs: event.timeNs, rank: event.rank, index: event.index};
        expect(steps.answer(session, {...QUESTION, ...asked, from, direction: 'previous'}).found).toEqual(all[i - 1] ?? null);
        expect(steps.answer(session, {...QUESTION, ...asked, from}).found).toEqual(all[i + 1] ?? null);
      });
      const {stackChanges} = made;
      const growths = Array.from(stackChanges.kind.keys()).filter((row) => stackChanges.goroutine[row] === goroutine && stackChanges.kind[row] === StackChangeKind.Growth);
      expect(walk(session, {...asked, onlyGrowths: true}).map(({timeNs}) => timeNs)).toEqual(growths.map((row) => stackChanges.timeNs[row] + session.axis.shiftsNs.get(1)!));
    }
  }));
});

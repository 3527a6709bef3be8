/** Walking through the events of a lane: each comes once, in time order, and the way back is the way there. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {SpanKind, StackChangeKind, State} from '../../model/tables.ts';
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

const service = goTraceFromText('             0us      60us\nG1 main.f    run M7   end', {
  gc: '10us..20us\n20us..30us\n50us..',
  spans: '5us..40us task #4 G1 request\n6us..12us region #4 G1 read\n12us..40us region #4 G1 write\n7us..9us region G1 other\n8us..16us task #5 G1 ping\n15us log G1 warn: slow\n33us log G1 done',
});
const named = (event: StepEvent) => `${event.timeNs / 1000} ${event.what}${'name' in event ? ` ${event.name}` : ''}`;

test('on the row of the GC one goes from begin to end to begin; one that did not end has none', () => {
  const gc: LanePlace = {kind: 'gc'};
  expect(walk(sessionOf([service]), {place: gc, event: null}).map(named)).toEqual(['10 span GC', '20 spanEnd GC', '20 span GC', '30 spanEnd GC', '50 span GC']);
  expect(walk(sessionOf([service]), {place: gc, event: null, direction: 'previous', from: {timeNs: 60_000, rank: null, index: 0}}).map(named)).toEqual(['50 span GC', '30 spanEnd GC', '20 span GC', '20 spanEnd GC', '10 span GC']);
  expect(walk(sessionOf([service]), {place: gc, event: null, onlyGrowths: true})).toEqual([]);
});

test('on the row of a task one goes through its own begin and end and those of its regions, no other’s', () => {
  const ofTask = (span: number) => walk(sessionOf([service]), {place: {kind: 'task', source: 1, span}, event: null}).map(named);
  const spans = [...service.spans.task.keys()].filter((row) => service.spans.kind[row] === SpanKind.Task);
  expect(spans.map(ofTask)).toEqual([
    ['5 span request', '6 span read', '12 spanEnd read', '12 span write', '40 spanEnd request', '40 spanEnd write'],
    ['8 span ping', '16 spanEnd ping'],
  ]);
});

test('on the row of the log one goes from message to message, and on a goroutine’s lane a message is told in its own words', () => {
  expect(walk(sessionOf([service]), {place: {kind: 'log', source: 1}, event: null}).map(named)).toEqual(['15 instant warn: slow', '33 instant done']);
  const own = walk(sessionOf([service]), {place: {kind: 'goroutine', source: 1, goroutine: 0}, event: null}).filter(({what}) => what === 'instant');
  expect(own.map(named)).toEqual(['15 instant warn: slow', '33 instant done']);
});

test('on the row of an event one goes from sample to sample of it, whichever event is shown, and to those that show growth', () => {
  const place: LanePlace = {kind: 'event', source: 2, event: 0};
  expect(walk(open, {place, event: null}).map(told)).toEqual(['20 sample growth', '28 sample null']);
  expect(walk(open, {place, event: null, onlyGrowths: true}).map(told)).toEqual(['20 sample growth']);
});

test('a lane that is not there has no events', () => {
  for (const place of [{kind: 'goroutine', source: 9, goroutine: 0}, {kind: 'goroutine', source: 1, goroutine: 7}, {kind: 'thread', id: 3}, {kind: 'proc', source: 1, proc: 0}, {kind: 'other'}, {kind: 'gc'}, {kind: 'log', source: 1}, {kind: 'task', source: 1, span: 0}, {kind: 'event', source: 9, event: 0}] satisfies LanePlace[]) {
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

test('on the rows of the GC and of a task each begin and each end comes once, in order of time, and the way back is the way there', () => {
  const moment = fc.integer({min: 1, max: 40});
  const stretch = fc.tuple(moment, fc.integer({min: 0, max: 20})).map(([startNs, lengthNs]) => ({startNs, endNs: startNs + lengthNs}));
  fc.assert(fc.property(fc.array(stretch, {maxLength: 6}), fc.array(stretch, {maxLength: 6}), (collections, regions) => {
    const lines = (all: readonly {startNs: number; endNs: number}[], of: string) => all.toSorted((a, b) => a.startNs - b.startNs).map(({startNs, endNs}) => `${startNs}ns..${endNs}ns${of}`);
    const made = goTraceFromText('       0us      60us\nG1 f   run M7   end', {gc: lines(collections, '').join('\n'), spans: ['0ns..70ns task #4 G1 t', ...lines(regions, ' region #4 G1 r')].join('\n')});
    const session = sessionOf([made]);
    const span = made.spans.kind.indexOf(SpanKind.Task);
    for (const [place, stretches] of [[{kind: 'gc'}, collections], [{kind: 'task', source: 1, span}, [{startNs: 0, endNs: 70}, ...regions]]] satisfies [LanePlace, unknown][]) {
      const there = walk(session, {place, event: null, from: {timeNs: -1, rank: null, index: 0}});
      expect(there.filter(({what}) => what === 'span').map(({timeNs}) => timeNs)).toEqual(stretches.map(({startNs}) => startNs).toSorted((a, b) => a - b));
      expect(there.filter(({what}) => what === 'spanEnd').map(({timeNs}) => timeNs)).toEqual(stretches.map(({endNs}) => endNs).toSorted((a, b) => a - b));
      expect(there.map(({timeNs}) => timeNs)).toEqual(there.map(({timeNs}) => timeNs).toSorted((a, b) => a - b));
      expect(walk(session, {place, event: null, direction: 'previous', from: {timeNs: 1000, rank: null, index: 0}})).toEqual(there.toReversed());
    }
  }));
});

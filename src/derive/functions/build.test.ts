/** The table of functions: sums, order, window, and what came over time. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {text, type Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {asRecorded, type CallTreeQuery} from '../call-tree/shape.ts';
import {noFilter} from '../filter/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {functions} from './build.ts';
import type {FunctionsQuestion} from './shape.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: 0, weight: 'period', range: null, filter: noFilter};
const QUESTION: FunctionsQuestion = {query: QUERY, sort: {by: 'total', descending: true}, search: '', ignoreCase: false, first: 0, count: 100, bins: 0, of: null};
const ask = (trace: Trace, question: Partial<FunctionsQuestion> = {}) => functions.answer(sessionOf([trace]), {...QUESTION, ...question})!;
const rows = (trace: Trace, question: Partial<FunctionsQuestion> = {}) => ask(trace, question).rows.map(({name, self, total, count}) => `${name} ${self} ${total} ${count}`);

const trace = traceFromText(`
  0ms     1ms     2ms     3ms
  main.a  main.a  main.b
  main.f  main.f
  main.f  main.g
`, {weight: [10, 20, 30, 1]});

test('a function weighs what it weighs itself, and all stacks that hold it, once each', () => {
  expect(rows(trace)).toEqual(['main.a 0 30 2', 'main.b 30 30 1', 'main.f 10 30 2', 'main.g 20 20 1', 'null 1 1 1']);
  expect(ask(trace).whole).toEqual({total: 61, count: 4, functions: 4});
});

test('rows are sorted by any column, either way, and equal ones by name', () => {
  const names = (by: FunctionsQuestion['sort']['by'], descending: boolean) => ask(trace, {sort: {by, descending}}).rows.map(({name}) => name);
  expect(names('name', false)).toEqual([null, 'main.a', 'main.b', 'main.f', 'main.g']);
  expect(names('name', true)).toEqual(['main.g', 'main.f', 'main.b', 'main.a', null]);
  expect(names('self', true)).toEqual(['main.b', 'main.g', 'main.f', null, 'main.a']);
  expect(names('count', true)).toEqual(['main.a', 'main.f', 'main.b', 'main.g', null]);
});

test('only the rows that are seen are given, with how many there are that the search lets through', () => {
  const seen = ask(trace, {first: 1, count: 2});
  expect([seen.rows.map(({name}) => name), seen.rowCount]).toEqual([['main.b', 'main.f'], 5]);
  const found = ask(trace, {search: 'MAIN.F', ignoreCase: true});
  expect([found.rows.map(({name}) => name), found.rowCount, found.whole.total]).toEqual([['main.f'], 1, 61]);
});

test('callers of a function weigh what it weighs, and so do its callees with its own', () => {
  const {neighbours} = ask(trace, {of: {name: 'main.f', kind: FrameKind.Go}});
  expect(neighbours!.row.total).toBe(30);
  expect(neighbours!.callers).toEqual([{name: 'main.a', kind: FrameKind.Go, weight: 30, count: 2}]);
  expect(neighbours!.callees.map(({name, weight}) => [name, weight])).toEqual([['main.g', 20], ['main.f', 10]]);
  expect(ask(trace, {of: {name: 'main.a', kind: FrameKind.Go}}).neighbours!.callers).toEqual([{name: null, kind: FrameKind.Root, weight: 30, count: 2}]);
  expect(ask(trace, {of: {name: 'main.none', kind: FrameKind.Go}}).neighbours).toBeNull();
});

test('over time a row shows where its stacks were, and what lasts is spread over the parts that it lasts in', () => {
  const {overTime} = ask(trace, {bins: 3, count: 2});
  expect([...overTime]).toEqual([10, 20, 0, 0, 0, 30]);
  const waits = goTraceFromText(`
               0us                     30us    40us
    G1 main.a  wait {main.a;main.w}    run M7
  `);
  const spread = functions.answer(sessionOf([waits]), {...QUESTION, query: {...QUERY, event: -1, weight: 'waitingNs'}, bins: 4, count: 1})!;
  expect([...spread.overTime]).toEqual([10_000, 10_000, 10_000, 0]);
});

test('what is of a function in the table is what its stacks say, and over time it adds up', () => {
  const weights = fc.constantFrom('period' as const, 'samples' as const);
  fc.assert(fc.property(arbitrarySamples, weights, fc.integer({min: 1, max: 9}), (samples, weight, bins) => {
    const answer = ask(samples, {query: {...QUERY, weight}, bins, count: 40});
    const chain = (stack: number): string[] => (stack < 0 ? [] : [...chain(samples.stacks.parent[stack]), text(samples, samples.frames.name[samples.stacks.frame[stack]])!]);
    let all = 0;
    for (const {name, self, total, count} of answer.rows) {
      all += self;
      if (name === null) continue;
      const expected = {self: 0, total: 0, count: 0};
      for (let i = 0; i < samples.samples.length; i++) {
        const names = chain(samples.samples.stack[i]);
        if (samples.samples.event[i] !== 0 || !names.includes(name)) continue;
        const own = weight === 'period' ? samples.samples.period[i] : 1;
        expected.total += own;
        expected.count++;
        if (names.at(-1) === name) expected.self += own;
      }
      expect({self, total, count}).toEqual(expected);
    }
    expect(answer.rowCount).toBe(answer.rows.length);
    expect(all).toBe(answer.whole.total);
    if (answer.toNs > answer.fromNs) answer.rows.forEach(({total}, row) => expect(answer.overTime.subarray(row * bins, row * bins + bins).reduce((sum, value) => sum + value, 0)).toBe(total));
  }));
});

test('of a trace alone the rows add to the time in the state', () => {
  fc.assert(fc.property(arbitraryGoTrace, (made) => {
    const answer = functions.answer(sessionOf([made]), {...QUESTION, query: {...QUERY, event: -1, weight: 'runningNs'}, bins: 3})!;
    expect(answer.rows.reduce((sum, {self}) => sum + self, 0)).toBe(answer.sums.weight);
  }));
});

test('a function is inlined where all its calls are, partly where some are, whatever it was called by', () => {
  const {rows: found} = ask(traceFromText(`
    0ms           1ms           2ms
    a             b             b
    f (inlined)   f             g
    g (inlined)   h (inlined)
  `));
  expect(Object.fromEntries(found.map(({name, inlined}) => [name, inlined]))).toEqual({a: 0, b: 0, f: 1, g: 1, h: 2});
});

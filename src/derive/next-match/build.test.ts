/** From match to match: every frame that bears one, in the order in which they stand, around in a circle. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {asRecorded, type CallTreeQuery} from '../call-tree/shape.ts';
import {noFilter} from '../filter/shape.ts';
import {nextMatch} from './build.ts';
import type {NextMatchQuestion} from './shape.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: 0, weight: 'samples', range: null, filter: noFilter};
const next = (trace: Trace, question: Partial<NextMatchQuestion>) => nextMatch.answer(sessionOf([trace]), {query: QUERY, search: 'f', ignoreCase: false, path: [], step: 1, ...question});
const trace = traceFromText(`
  0ms  1ms  2ms  3ms
  a    a    b    b
  f    f    f
       f
`);
const names = (found: ReturnType<typeof next>) => found && `${found.path.map(({name}) => name).join(';')} ${found.index}/${found.frames}`;

test('the next match stands after the place that one is at, the one before stands before it, and after the last comes the first', () => {
  const first = next(trace, {})!;
  expect(names(first)).toBe('a;f 0/3');
  const second = next(trace, {path: first.path})!;
  expect(names(second)).toBe('a;f;f 1/3');
  expect(names(next(trace, {path: second.path, step: -1}))).toBe('a;f 0/3');
  expect(names(next(trace, {path: first.path, step: -1}))).toBe('b;f 2/3');
  expect(names(next(trace, {path: [...second.path, {name: 'gone', kind: 0}]}))).toBe('b;f 2/3');
});

test('where nothing is found there is no next', () => {
  expect(next(trace, {search: 'x'})).toBeNull();
  expect(next(trace, {search: ''})).toBeNull();
});

test('stepping leads to every match once and back to the first', () => {
  fc.assert(fc.property(arbitrarySamples, fc.constantFrom(1 as const, -1 as const), (samples, step) => {
    const first = next(samples, {search: 'main', step});
    if (!first) return;
    const seen = new Set([JSON.stringify(first.path)]);
    let at = first;
    for (let i = 1; i < first.frames; i++) {
      at = next(samples, {search: 'main', step, path: at.path})!;
      seen.add(JSON.stringify(at.path));
    }
    expect(seen.size).toBe(first.frames);
    expect(next(samples, {search: 'main', step, path: at.path})).toEqual(first);
  }));
});

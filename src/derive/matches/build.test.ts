/** Matching samples over the axis: counted where they are, and as often as the tree of the same query finds them. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {asRecorded, type CallTreeQuery} from '../call-tree/shape.ts';
import {noFilter} from '../filter/shape.ts';
import {flame} from '../flame/build.ts';
import {matches} from './build.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: 0, weight: 'period', range: null, filter: noFilter};

test('a pixel counts the samples on it whose stack holds the text', () => {
  const trace = traceFromText(`
    0us  9us  10us  20us
    a    f    a     a
    f         b     f
  `);
  const answer = matches.answer(sessionOf([trace]), {query: QUERY, fromNs: 0, toNs: 20_000, widthPx: 2, search: 'f', ignoreCase: false})!;
  expect([[...answer.matching], answer.found]).toEqual([[2, 1], {samples: 3, weight: 3}]);
  const part = matches.answer(sessionOf([trace]), {query: QUERY, fromNs: 5000, toNs: 15_000, widthPx: 2, search: 'f', ignoreCase: false})!;
  expect([[...part.matching], part.found.samples]).toEqual([[1, 0], 3]);
});

test('what lasts counts on every pixel that it touches, without a search nothing matches', () => {
  const trace = goTraceFromText(`
               0us     10us                   30us    40us
    G1 main.a  run M7  wait {main.a;main.w}   run M7
  `);
  const query = {...QUERY, event: -1, weight: 'waitingNs'} as const;
  expect([...matches.answer(sessionOf([trace]), {query, fromNs: 0, toNs: 40_000, widthPx: 4, search: 'main.w', ignoreCase: false})!.matching]).toEqual([0, 1, 1, 0]);
  const none = matches.answer(sessionOf([trace]), {query, fromNs: 0, toNs: 40_000, widthPx: 4, search: '', ignoreCase: false})!;
  expect([...none.matching]).toEqual([0, 0, 0, 0]);
});

test('over the whole axis as much is found as in the picture of the same query', () => {
  fc.assert(fc.property(arbitrarySamples, fc.constantFrom('stack', 'main.f', 'x'), fc.integer({min: 1, max: 50}), (trace, search, widthPx) => {
    const session = sessionOf([trace]);
    const endNs = session.axis.groups[0]?.endNs ?? 0;
    const answer = matches.answer(session, {query: QUERY, fromNs: 0, toNs: endNs, widthPx, search, ignoreCase: false})!;
    const picture = flame.answer(session, {query: QUERY, form: {kind: 'top-down'}, path: [], widthPx: 100, search, ignoreCase: false})!;
    expect(answer.found.weight).toBe(picture.found!.weight);
    expect(answer.matching.reduce((sum, count) => sum + count, 0)).toBe(answer.found.samples);
  }));
});

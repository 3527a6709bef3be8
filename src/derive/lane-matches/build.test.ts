/** Matches on lanes: where they are, of whom they are, and no more of them than are found over the axis. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {asRecorded, type CallTreeQuery} from '../call-tree/shape.ts';
import {noFilter} from '../filter/shape.ts';
import {matches} from '../matches/build.ts';
import type {LanePlace} from '../moment/shape.ts';
import {laneMatches} from './build.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 2, event: 0, weight: 'samples', range: null, filter: noFilter};
const goTrace = goTraceFromText(`
               0us     10us     20us    40us
  G1 main.a    run M7                   end
  G2 main.b    run M8                   end
  G3 main.b    wait    run M9           end
`);
const perf = traceFromText(`
  1us     5us     12us    25us    30us
  main.a  main.b  main.b  main.a  main.b
  main.f          main.f  main.f  main.f
`, {tid: [7, 8, 9, 7, 8]});

const goroutine = (row: number): LanePlace => ({kind: 'goroutine', source: 1, goroutine: row});

/** By lane: the pixels that are marked, ten microseconds each, and how many match. */
function marked(places: readonly LanePlace[], query: Partial<CallTreeQuery> = {}, search = 'main.f'): [number[], number][] {
  const answer = laneMatches.answer(sessionOf([goTrace, perf]), {query: {...QUERY, ...query}, search, ignoreCase: false, fromNs: 0, toNs: 40_000, widthPx: 4, lanes: places.map((place, i) => ({key: String(i), place}))})!;
  expect(answer.keys).toEqual(places.map((_, i) => String(i)));
  return places.map((_, i) => [[...answer.marks.subarray(i * 4, i * 4 + 4)], answer.found[i]]);
}

test('a match stands on the lanes of its goroutine, its group, its thread and its event', () => {
  expect(marked([goroutine(0), goroutine(1), goroutine(2)])).toEqual([[[1, 0, 1, 0], 2], [[0, 0, 0, 1], 1], [[0, 1, 0, 0], 1]]);
  expect(marked([{kind: 'group', by: 'startFunction', name: 'main.b'}, {kind: 'thread', id: 7}, {kind: 'event', source: 2, event: 0}])).toEqual([[[0, 1, 0, 1], 2], [[1, 0, 1, 0], 2], [[1, 1, 1, 1], 4]]);
});

test('nothing stands on lanes of others, or where nothing is searched', () => {
  expect(marked([{kind: 'goroutine', source: 2, goroutine: 0}, {kind: 'thread', id: 99}, {kind: 'event', source: 2, event: 1}, {kind: 'gc'}])).toEqual([[[0, 0, 0, 0], 0], [[0, 0, 0, 0], 0], [[0, 0, 0, 0], 0], [[0, 0, 0, 0], 0]]);
  expect(marked([goroutine(0)], {}, '')).toEqual([[[0, 0, 0, 0], 0]]);
});

test('a part of the axis has the matches in it alone', () => {
  const part = laneMatches.answer(sessionOf([goTrace, perf]), {query: QUERY, search: 'main.f', ignoreCase: false, fromNs: 20_000, toNs: 40_000, widthPx: 2, lanes: [{key: 'a', place: goroutine(0)}]})!;
  expect([[...part.marks], [...part.found]]).toEqual([[1, 0], [1]]);
});

test('the threads together have as many matches as the axis, and as much as is attributed to goroutines stands on theirs', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, fc.constantFrom('stack', 'main.f', 'x'), (trace, samples, search) => {
    const session = sessionOf([trace, samples]);
    const endNs = session.axis.groups[0]?.endNs ?? 0;
    const question = {query: QUERY, search, ignoreCase: false, fromNs: 0, toNs: endNs, widthPx: 7};
    const {tid} = samples.threads;
    const lanes = [...[...new Set(tid)].map((id) => ({key: `t${id}`, place: {kind: 'thread', id} as const})), ...Array.from({length: trace.goroutines.length}, (_, row) => ({key: `g${row}`, place: goroutine(row)}))];
    const answer = laneMatches.answer(session, {...question, lanes})!;
    const {node, stack} = session.callTree(QUERY)!.things;
    expect(stack).toHaveLength(node.length);
    const threads = answer.found.subarray(0, new Set(tid).size).reduce((sum, count) => sum + count, 0);
    expect(threads).toBe(matches.answer(session, question)!.found.samples);
    expect(answer.found.subarray(new Set(tid).size).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(threads);
  }));
});

/** What a flame graph shows of a tree at a width: nothing narrower than half a pixel, nothing lost from the sums. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {noFilter} from '../filter/shape.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {asRecorded} from '../call-tree/shape.ts';
import {sessionOf, treeText, unindented} from '../../testing/drawn-session.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {FrameKind} from '../labels/shape.ts';
import {flame} from './build.ts';
import type {FlameAnswer, FlameQuestion, PathStep} from './shape.ts';

const QUESTION: FlameQuestion = {query: {source: 1, event: 0, ...asRecorded, weight: 'period', filter: noFilter, range: null}, form: {kind: 'top-down'}, path: [], widthPx: 1000, search: '', ignoreCase: false};
const flameOf = (trace: Trace, question: Partial<FlameQuestion> = {}): FlameAnswer => flame.answer(sessionOf([trace]), {...QUESTION, ...question})!;
const step = (name: string, kind: number = FrameKind.Go): PathStep => ({name, kind});

const drawing = traceFromText(`
  0ms        1ms        2ms        3ms
  main.main  main.main  main.main  main.idle
  main.read  main.read  main.pack
             main.copy
`, {weight: [50, 30, 19, 1]});

test('a wide picture shows the whole tree', () => {
  expect(treeText(flameOf(drawing))).toBe(unindented(`
    all 100
      main.main 99
        main.read 80 self 50
          main.copy 30 self 30
        main.pack 19 self 19
      main.idle 1 self 1
  `));
});

test('a frame of half a pixel is shown, a narrower one is counted where it would stand', () => {
  expect(flameOf(drawing, {widthPx: 50}).names).toContain('main.idle');
  const narrow = flameOf(drawing, {widthPx: 49});
  expect(narrow.names).not.toContain('main.idle');
  expect([narrow.hiddenChildren[0], narrow.hiddenWeight[0]]).toEqual([1, 1]);
});

test('the frame at the end of the path is as wide as the screen, and so is everything above it', () => {
  const zoomed = flameOf(drawing, {path: [step('main.main'), step('main.read')]});
  expect(zoomed.pathLength).toBe(3);
  expect(treeText(zoomed)).toBe(unindented(`
    all 100
      main.main 99
        main.read 80 self 50
          main.copy 30 self 30
  `));
  expect([...zoomed.x0]).toEqual([0, 0, 0, 0]);
  expect([...zoomed.x1]).toEqual([1, 1, 1, 30 / 80]);
});

test('a path that the tree has not stops where the tree ends', () => {
  const zoomed = flameOf(drawing, {path: [step('main.main'), step('main.gone'), step('main.read')]});
  expect(zoomed.pathLength).toBe(2);
  expect(zoomed.names).toContain('main.pack');
});

test('a step of a path is a frame’s name and its kind: growth and preemption are two ways on', () => {
  const trace = traceFromText(`
    0ms                1ms
    runtime.morestack  runtime.morestack
    runtime.newstack   runtime.newstack
    runtime.copystack  runtime.gopreempt_m
  `, {weight: [1, 3]});
  const lost: PathStep = {name: null, kind: FrameKind.LostCaller};
  expect(flameOf(trace, {path: [lost, step('runtime.morestack', FrameKind.Growth)]}).names).toContain('runtime.copystack');
  expect(flameOf(trace, {path: [lost, step('runtime.morestack', FrameKind.Runtime)]}).names).toContain('runtime.gopreempt_m');
});

test('a search counts functions by name, and a stack that holds several of them once', () => {
  expect(flameOf(drawing, {search: 'main.'}).found).toEqual({functions: 5, frames: 5, weight: 100});
  expect(flameOf(drawing, {search: 'main.read'}).found).toEqual({functions: 1, frames: 1, weight: 80});
  expect(flameOf(drawing, {search: 'MAIN.READ'}).found).toEqual({functions: 0, frames: 0, weight: 0});
  expect(flameOf(drawing, {search: 'MAIN.READ', ignoreCase: true}).found).toEqual({functions: 1, frames: 1, weight: 80});
  expect(flameOf(drawing).found).toBeNull();
});

test('the text of a search is not a pattern', () => {
  expect(flameOf(drawing, {search: 'main.*'}).found).toEqual({functions: 0, frames: 0, weight: 0});
  expect(flameOf(drawing, {search: '('}).found).toEqual({functions: 0, frames: 0, weight: 0});
});

test('what the search found is marked, also what is too narrow to be shown is counted', () => {
  const narrow = flameOf(drawing, {search: 'e', widthPx: 20});
  const marked = [...narrow.match.keys()].filter((row) => narrow.match[row] === 1).map((row) => narrow.names[narrow.name[row]]);
  expect(marked).toEqual(['main.read']);
  expect(narrow.found).toEqual({functions: 2, frames: 2, weight: 81});
});

test('a tree without weight is its root alone', () => {
  expect(treeText(flameOf(traceFromText('0ms\nmain.f'), {query: {...QUESTION.query, chains: 'growth'}}))).toBe('all 0\n');
});

test('there is no picture of a source that is not open', () => {
  expect(flame.answer(sessionOf([]), QUESTION)).toBeNull();
});

const question = fc.record({
  widthPx: fc.integer({min: 1, max: 2000}),
  search: fc.constantFrom('', 'stack', 'main', 'x'),
  path: fc.array(fc.record({name: fc.constantFrom('main.main', 'main.f', 'main.deep', 'runtime.goexit'), kind: fc.constantFrom(FrameKind.Go, FrameKind.Runtime)}), {maxLength: 2}),
});
const EPSILON = 1e-9;

test('frames are at least half a pixel wide, inside their parents, side by side, and what is hidden is counted', () => {
  fc.assert(fc.property(arbitrarySamples, question, (trace, asked) => {
    const shown = flameOf(trace, asked);
    const root = shown.pathLength - 1;
    for (let row = 1; row < shown.length; row++) {
      const parent = shown.parent[row];
      expect(parent).toBeLessThan(row);
      expect(shown.depth[row]).toBe(shown.depth[parent] + 1);
      expect(shown.x0[row]).toBeGreaterThanOrEqual(shown.x0[parent] - EPSILON);
      expect(shown.x1[row]).toBeLessThanOrEqual(shown.x1[parent] + EPSILON);
      if (row <= root) continue;
      expect((shown.x1[row] - shown.x0[row]) * asked.widthPx).toBeGreaterThanOrEqual(0.5 - EPSILON);
      expect(shown.x1[row] - shown.x0[row]).toBeCloseTo(shown.total[row] / shown.total[root], 9);
    }
    for (let row = root; row < shown.length; row++) {
      const children = [...shown.parent.keys()].filter((child) => shown.parent[child] === row);
      children.forEach((child, i) => expect(shown.x0[child]).toBeCloseTo(i === 0 ? shown.x0[row] : shown.x1[children[i - 1]], 9));
      const together = children.reduce((sum, child) => sum + shown.total[child], shown.hiddenWeight[row]);
      expect(together).toBe(shown.total[row] - shown.self[row]);
      expect(shown.hiddenChildren[row] > 0).toBe(shown.hiddenWeight[row] > 0);
    }
  }));
});

test('what a search finds is the weight of the samples with such a frame', () => {
  fc.assert(fc.property(arbitrarySamples, question, (trace, asked) => {
    const {found} = flameOf(trace, asked);
    if (asked.search === '') return;
    const session = sessionOf([trace]);
    const {names, ofFrame} = session.labels(session.source(1)!);
    const holds = (stack: number): boolean => stack >= 0 && (names[ofFrame[trace.stacks.frame[stack]]].includes(asked.search) || holds(trace.stacks.parent[stack]));
    const expected = [...trace.samples.stack.keys()].filter((i) => trace.samples.event[i] === 0 && holds(trace.samples.stack[i])).reduce((sum, i) => sum + trace.samples.period[i], 0);
    expect(found!.weight).toBe(expected);
  }));
});

/** The forms of a picture: from the leaf up, around one function, and in the order of time. Each shows the same samples. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf, treeText, unindented} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {asRecorded, treeRoots, type CallTreeQuery, type FunctionRef} from '../call-tree/shape.ts';
import {noFilter} from '../filter/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {flame} from './build.ts';
import type {FlameAnswer, FlameForm, FlameQuestion} from './shape.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: 0, weight: 'period', range: null, filter: noFilter};
/** So wide that no frame is too narrow. */
const WIDE = 1e9;
const QUESTION: FlameQuestion = {query: QUERY, form: {kind: 'top-down'}, path: [], widthPx: WIDE, search: '', ignoreCase: false};
const ask = (traces: readonly Trace[], form: FlameForm, question: Partial<FlameQuestion> = {}): FlameAnswer => flame.answer(sessionOf(traces), {...QUESTION, form, ...question})!;
const pictureOf = (drawing: string, form: FlameForm, question: Partial<FlameQuestion> = {}) => treeText(ask([traceFromText(drawing)], form, question));
const go = (name: string): FunctionRef => ({name, kind: FrameKind.Go});
const bottomUp: FlameForm = {kind: 'bottom-up'};

const calls = `
  0ms     1ms     2ms     3ms
  main.a  main.a  main.b  main.b
  main.f  main.f  main.f
  main.g  main.f  main.g
          main.g
`;

test('from the leaf up: what a function weighs itself, then by its callers', () => {
  expect(pictureOf(calls, bottomUp)).toBe(unindented(`
    all 4
      main.g 3
        main.f 3
          main.a 1 self 1
          main.b 1 self 1
          main.f 1
            main.a 1 self 1
      main.b 1 self 1
  `));
});

test('the callers of a function and its callees are as wide as the function, which counts once where it calls itself', () => {
  expect(pictureOf(calls, {kind: 'callers', of: go('main.f')})).toBe(unindented(`
    all 3
      main.f 3
        main.a 2 self 2
        main.b 1 self 1
  `));
  expect(pictureOf(calls, {kind: 'callees', of: go('main.f')})).toBe(unindented(`
    all 3
      main.f 3
        main.g 2 self 2
        main.f 1
          main.g 1 self 1
  `));
  expect(ask([traceFromText(calls)], {kind: 'callers', of: go('main.none')}).treeWeight).toBe(0);
});

test('a stack that lost its caller, or was cut off, ends in the frame that says so and in no false root', () => {
  const lost = `
    0ms                 1ms
    runtime.morestack   runtime.goexit
    runtime.newstack    main.f
  `;
  expect(pictureOf(lost, bottomUp)).toBe(unindented(`
    all 2
      main.f 1
        runtime.goexit 1 self 1
      runtime.newstack 1 growth
        runtime.morestack 1 growth
          [caller not recorded] 1 self 1
  `));
  const deep = ask([traceFromText(['0ms', ...Array.from({length: 127}, (_, i) => (i % 2 ? 'main.f' : 'main.g'))].join('\n'), {format: 'perf-script'})], bottomUp);
  expect(deep.kind[deep.length - 1]).toBe(FrameKind.Cut);
  expect(deep.depth[deep.length - 1]).toBe(128);
  const around = ask([traceFromText(['0ms', ...Array.from({length: 126}, () => 'main.f'), 'main.g'].join('\n'), {format: 'perf-script'})], {kind: 'callers', of: go('main.f')});
  expect([...around.kind]).toEqual([FrameKind.Root, FrameKind.Go, FrameKind.Cut]);
});

test('zoomed from the leaf up, the path stands above and only its callers are shown', () => {
  const zoomed = ask([traceFromText(calls)], bottomUp, {path: [{name: 'main.g', kind: FrameKind.Go}, {name: 'main.f', kind: FrameKind.Go}]});
  expect(zoomed.pathLength).toBe(3);
  expect([...zoomed.x1.subarray(0, 3)]).toEqual([1, 1, 1]);
  expect(zoomed.names).toEqual(['main.g', 'main.f', 'main.a', 'main.b']);
});

test('callers too narrow to be shown are counted, and what is beside them stays where it is', () => {
  const narrow = ask([traceFromText(calls, {weight: [10, 1, 10, 1]})], bottomUp, {widthPx: 50});
  expect([narrow.hiddenChildren[0], narrow.hiddenWeight[0]]).toEqual([0, 0]);
  const narrower = ask([traceFromText(calls, {weight: [1000, 1, 1000, 1]})], bottomUp, {widthPx: 50});
  expect([narrower.hiddenChildren[0], narrower.hiddenWeight[0]]).toEqual([1, 1]);
});

test('the search of a picture of callers looks at the stacks above the function', () => {
  const found = (search: string) => ask([traceFromText(calls)], {kind: 'callers', of: go('main.f')}, {search}).found;
  expect(found('main.a')).toEqual({functions: 1, frames: 1, weight: 2});
  expect(found('main.g')).toEqual({functions: 0, frames: 0, weight: 0});
});

const time = (per: 'thread' | 'goroutine', row: number | null = null, window: {fromNs: number; toNs: number} | null = null): FlameForm => ({kind: 'time', per, row, window});
const boxes = (answer: FlameAnswer) => [...answer.depth.keys()].slice(1).map((row) => `${'  '.repeat(answer.depth[row] - 1)}${answer.names[answer.name[row]]} ${answer.x0[row]}..${answer.x1[row]}`);

test('in the order of time samples that follow one another and begin alike are one frame, and a pause is a gap', () => {
  const trace = traceFromText(`
    0ms     1ms     2ms     3ms     8ms
    main.m  main.m  main.m  main.n  main.n
    main.f  main.f  main.g
  `);
  const answer = ask([trace], time('thread'), {query: {...QUERY, range: {fromNs: 0, toNs: 10e6}}});
  expect(boxes(answer)).toEqual(['main.m 0..0.3', '  main.f 0..0.2', '  main.g 0.2..0.3', 'main.n 0.3..0.4', 'main.n 0.8..0.9']);
  expect([answer.treeWeight, answer.count[0], answer.count[1]]).toEqual([5, 5, 3]);
  expect(answer.time).toEqual({fromNs: 0, toNs: 10e6, row: 0, lanes: [{row: 0, id: 1, name: 'app 1', samples: 5, weight: 5}]});
});

test('one thread is shown at a time, that with most weight unless another is chosen', () => {
  const trace = traceFromText(`
    0ms     1ms     2ms
    main.m  main.n  main.n
  `, {tid: [7, 8, 8]});
  expect(ask([trace], time('thread')).names).toEqual(['main.n']);
  const other = ask([trace], time('thread', 0));
  expect(other.names).toEqual(['main.m']);
  expect(other.time!.lanes.map(({id, samples}) => [id, samples])).toEqual([[8, 2], [7, 1]]);
});

test('a window is all of the picture: what reaches into it is cut, what is outside is not there', () => {
  const trace = traceFromText(`
    0ms     1ms     2ms     3ms     4ms
    main.a  main.b  main.c  main.d  main.e
  `);
  expect(boxes(ask([trace], time('thread', null, {fromNs: 1.5e6, toNs: 3.5e6})))).toEqual(['main.b 0..0.25', 'main.c 0.25..0.75', 'main.d 0.75..1']);
});

test('states stand in time as long as they last', () => {
  const trace = goTraceFromText(`
                0us     10us                   30us    40us
    G1 main.a   run M7  wait {main.a;main.w}   run M7
  `);
  const answer = ask([trace], time('goroutine'), {query: {...QUERY, event: -1, weight: 'waitingNs'}});
  expect(boxes(answer)).toEqual(['main.a 0.25..0.75', '  main.w 0.25..0.75']);
  expect([answer.treeWeight, answer.time!.lanes[0].name]).toEqual([20_000, 'G1 main.a']);
});

const asked = fc.record({
  chains: fc.constantFrom('all' as const, 'growth' as const, 'growth-work' as const, 'growth-callers' as const),
  rootedBy: fc.constantFrom(...treeRoots), weight: fc.constantFrom('period' as const, 'samples' as const),
});
const keyOf = (answer: {name: Int32Array; kind: Uint8Array; names: readonly string[]}, row: number) => `${answer.name[row] < 0 ? '' : answer.names[answer.name[row]]} ${answer.kind[row]}`;
const sums = (rows: Iterable<number>, key: (row: number) => string, value: (row: number) => number) => {
  const found = new Map<string, number>();
  for (const row of rows) if (value(row) > 0) found.set(key(row), (found.get(key(row)) ?? 0) + value(row));
  return found;
};

test('from the leaf up a function weighs what it weighs itself from the top down, and every stack is there once', () => {
  fc.assert(fc.property(arbitrarySamples, asked, (trace, query) => {
    const {tree} = sessionOf([trace]).callTree({...QUERY, ...query})!;
    const up = ask([trace], bottomUp, {query: {...QUERY, ...query}});
    const level = query.rootedBy === 'nothing' ? 1 : 2;
    const leaves = [...up.depth.keys()].filter((row) => up.depth[row] === level);
    expect(sums(leaves, (row) => keyOf(up, row), (row) => up.total[row])).toEqual(sums(tree.self.keys(), (row) => keyOf(tree, row), (row) => (row > 0 ? tree.self[row] : 0)));
    expect([...up.self].reduce((sum, self) => sum + self, 0)).toBe(tree.total[0]);
    expect(up.total[0]).toBe(tree.total[0]);
    for (let row = 0; row < up.length; row++) {
      const children = [...up.parent.keys()].filter((child) => up.parent[child] === row);
      expect(up.total[row]).toBe(up.self[row] + children.reduce((sum, child) => sum + up.total[child], 0));
      expect(up.count[row]).toBeGreaterThan(0 - Number(row === 0));
    }
  }));
});

test('callers and callees of a function weigh what the stacks with it weigh', () => {
  const of = fc.record({name: fc.constantFrom('main.f', 'main.deep', 'runtime.newstack', 'runtime.goexit'), kind: fc.constantFrom(FrameKind.Go, FrameKind.Runtime, FrameKind.Growth)});
  fc.assert(fc.property(arbitrarySamples, asked, of, (trace, query, ref) => {
    const whole = sessionOf([trace]).callTree({...QUERY, ...query})!;
    const holds = (node: number): boolean => node > 0 && ((whole.tree.name[node] >= 0 && whole.tree.names[whole.tree.name[node]] === ref.name && whole.tree.kindOfName[whole.tree.name[node]] !== FrameKind.Group && (ref.kind === FrameKind.Growth || whole.tree.kindOfName[whole.tree.name[node]] === ref.kind)) || holds(whole.tree.parent[node]));
    let expected = 0;
    for (let i = 0; i < whole.things.length; i++) if (holds(whole.things.node[i])) expected += whole.things.weight[i];
    for (const kind of ['callers', 'callees'] as const) {
      const answer = ask([trace], {kind, of: ref}, {query: {...QUERY, ...query}});
      expect(answer.treeWeight).toBe(expected);
      expect(answer.total[0]).toBe(expected);
    }
  }));
});

test('in the order of time every sample of the lane is in one frame’s own, and frames of one depth never overlap', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, fc.constantFrom('thread' as const, 'goroutine' as const), (trace, samples, per) => {
    const query: CallTreeQuery = {...QUERY, source: 2};
    const answer = ask([trace, samples], time(per), {query});
    const {tree, things} = sessionOf([trace, samples]).callTree({...query, rootedBy: per})!;
    const lane = answer.time!.lanes[0];
    const group = [...tree.parent.keys()].find((row) => tree.parent[row] === 0 && lane && tree.names[tree.name[row]] === lane.name);
    expect(answer.treeWeight).toBe(group === undefined ? 0 : tree.total[group]);
    expect(answer.count[0]).toBe(group === undefined ? 0 : tree.count[group]);
    const own = [...answer.self.keys()].reduce((sum, row) => sum + answer.self[row] + answer.hiddenWeight[row], 0);
    expect(own).toBe(answer.treeWeight);
    expect(things.length).toBeGreaterThanOrEqual(answer.count[0]);
    const until: number[] = [];
    for (let row = 1; row < answer.length; row++) {
      expect(answer.x0[row]).toBeGreaterThanOrEqual(until[answer.depth[row]] ?? 0);
      expect(answer.depth[row]).toBe(answer.depth[answer.parent[row]] + 1);
      expect(answer.x0[row]).toBeGreaterThanOrEqual(answer.x0[answer.parent[row]]);
      expect(answer.x1[row]).toBeLessThanOrEqual(answer.x1[answer.parent[row]]);
      until[answer.depth[row]] = answer.x1[row];
    }
  }));
});

test('from the leaf up and in order of time too, a frame says whether its calls were inlined', () => {
  const trace = traceFromText(`
    0ms           1ms           2ms
    a             b             c
    f (inlined)   f             f (inlined)
    g (inlined)   g (inlined)   g (inlined)
  `);
  const inlined = ({length, inlined: values, name, names}: FlameAnswer) => Array.from({length}, (_, row) => `${names[name[row]] ?? 'all'} ${values[row]}`);
  expect(inlined(ask([trace], bottomUp))).toEqual(['all 0', 'g 2', 'f 1', 'a 0', 'b 0', 'c 0']);
  expect(inlined(ask([trace], {kind: 'callers', of: {name: 'f', kind: FrameKind.C}}))).toEqual(['all 0', 'f 1', 'a 0', 'b 0', 'c 0']);
  // The last sample ends with the axis.
  expect(inlined(ask([trace], {kind: 'time', per: 'thread', row: null, window: null}))).toEqual(['all 0', 'a 0', 'f 2', 'g 2', 'b 0', 'f 0', 'g 2']);
});

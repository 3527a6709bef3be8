/** Trees of calls, written as indented text, and the laws that every tree keeps. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {noFilter} from '../filter/shape.ts';
import {StackEnd} from '../../model/tables.ts';
import {sampleWeight, text, type Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf, treeText, unindented} from '../../testing/drawn-session.ts';
import {traceFromText, type DrawnSamples} from '../../testing/trace-from-text.ts';
import {ChainClass} from '../chains/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {asRecorded, Inlined, type CallTree, type CallTreeQuery} from './shape.ts';

const QUERY: CallTreeQuery = {source: 1, event: 0, ...asRecorded, weight: 'period', filter: noFilter, range: null};
const ofTrace = (trace: Trace, query: Partial<CallTreeQuery> = {}) => sessionOf([trace]).callTree({...QUERY, ...query})!;
const treeOf = (drawing: string, query: Partial<CallTreeQuery> = {}, drawn: DrawnSamples = {}) => treeText(ofTrace(traceFromText(drawing, drawn), query).tree);

test('equal prefixes are one node, children stand largest first, and by name where they weigh the same', () => {
  expect(treeOf(`
    0ms   1ms   2ms    3ms    4ms
    main  main  main   main   idle
    read  read  parse  write
          copy
  `)).toBe(unindented(`
    all 5
      main 4
        read 2 self 1
          copy 1 self 1
        parse 1 self 1
        write 1 self 1
      idle 1 self 1
  `));
});

test('a sample weighs its period, or one where samples are counted', () => {
  const drawing = `
    0ms  1ms
    a    b
  `;
  expect(treeOf(drawing, {}, {weight: [10, 30]})).toBe('all 40\n  b 30 self 30\n  a 10 self 10\n');
  expect(treeOf(drawing, {weight: 'samples'}, {weight: [10, 30]})).toBe('all 2\n  a 1 self 1\n  b 1 self 1\n');
});

test('samples of another event are not in the tree', () => {
  const drawing = `
    0ms  1ms
    a    b
  `;
  expect(treeOf(drawing, {event: 1}, {event: ['cycles', 'faults']})).toBe('all 1\n  b 1 self 1\n');
});

test('a range holds both of its ends, and no sample without a time', () => {
  const trace = traceFromText(`
    1ms  2ms  3ms  4ms  5ms
    a    b    c    d    e
  `);
  trace.samples.timeNs[2] = Number.NaN;
  const {tree, sums} = ofTrace(trace, {range: {fromNs: 1e6, toNs: 3e6}});
  // Axis zero is the first sample.
  expect(treeText(tree)).toBe('all 2\n  b 1 self 1\n  d 1 self 1\n');
  expect(sums.samples).toBe(2);
  expect(ofTrace(trace).sums.samples).toBe(5);
});

test('a sample without a stack hangs under what was not recorded', () => {
  expect(treeOf(`
    0ms  1ms
         a
  `)).toBe('all 2\n  [stack not recorded] 1 self 1\n  a 1 self 1\n');
});

test('frame pointers lose the caller at morestack: it hangs under what was not recorded, growth and preemption apart', () => {
  expect(treeOf(`
    0ms                 1ms                  2ms                 3ms
    runtime.morestack   runtime.morestack    runtime.morestack   runtime.goexit
    runtime.newstack    runtime.newstack     runtime.newstack    main.f
    runtime.copystack   runtime.gopreempt_m  runtime.copystack
  `)).toBe(unindented(`
    all 4
      [caller not recorded] 3
        runtime.morestack 2 growth
          runtime.newstack 2 growth
            runtime.copystack 2 self 2 growth
        runtime.morestack 1
          runtime.newstack 1
            runtime.gopreempt_m 1 self 1
      runtime.goexit 1
        main.f 1 self 1
  `));
});

test('children of one node differ in name or kind: what only preempts, overflows or enters morestack is one node beside growth', () => {
  expect(treeOf(`
    0ms                1ms                  2ms                3ms
    runtime.morestack  runtime.morestack    runtime.morestack  runtime.morestack
    runtime.newstack   runtime.newstack     runtime.newstack
    runtime.copystack  runtime.gopreempt_m  runtime.throw
  `)).toBe(unindented(`
    all 4
      [caller not recorded] 4
        runtime.morestack 3 self 1
          runtime.newstack 2
            runtime.gopreempt_m 1 self 1
            runtime.throw 1 self 1
        runtime.morestack 1 growth
          runtime.newstack 1 growth
            runtime.copystack 1 self 1 growth
  `));
  fc.assert(fc.property(arbitrarySamples, (trace) => {
    const {tree} = ofTrace(trace);
    for (let i = 0; i < tree.length; i++) {
      const steps = childrenOf(tree, i).map((child) => `${tree.kind[child]} ${tree.names[tree.name[child]]}`);
      expect(new Set(steps).size).toBe(steps.length);
    }
  }));
});

test('where unwinding goes on into the goroutine, two frames are lost between it and morestack', () => {
  expect(treeOf(`
    0ms
    runtime.goexit
    main.f
    runtime.morestack.abi0
    runtime.newstack
  `)).toBe(unindented(`
    all 1
      runtime.goexit 1
        main.f 1
          [2 frames not recorded] 1
            runtime.morestack.abi0 1 growth
              runtime.newstack 1 self 1 growth
  `));
});

test('under the name of the program, which folded stacks begin with, the caller is lost as it is at a root', () => {
  expect(treeOf(`
    0ms                1ms
    app                app
    runtime.morestack  runtime.goexit
    runtime.newstack   main.f
  `, {}, {format: 'folded'})).toBe(unindented(`
    all 2
      app 2
        [caller not recorded] 1
          runtime.morestack 1 growth
            runtime.newstack 1 self 1 growth
        runtime.goexit 1
          main.f 1 self 1
  `));
});

test('directly below goexit two frames are lost: what goexit called, and what that called', () => {
  expect(treeOf(`
    0ms
    runtime.goexit
    runtime.morestack
    runtime.newstack
  `)).toContain('[2 frames not recorded]');
});

test('in profiles of Go itself nothing is lost: newstack stands under its true caller', () => {
  expect(treeOf(`
    0ms
    main.f
    runtime.newstack
    runtime.copystack
  `)).toBe(unindented(`
    all 1
      main.f 1
        runtime.newstack 1 growth
          runtime.copystack 1 self 1 growth
  `));
});

test('a shrink is no growth, and neither is morestack alone', () => {
  const tree = treeOf(`
    0ms                  1ms
    runtime.scanstack    runtime.morestack
    runtime.shrinkstack
    runtime.copystack
  `);
  expect(tree).not.toContain('growth');
});

test('a chain as deep as the recorder goes hangs under what was cut off, unless its outermost frame is a true root', () => {
  const deep = (root: string, format: string, depth: number) => treeOf(['0ms', root, ...Array.from({length: depth - 1}, () => 'main.deep')].join('\n'), {}, {format}).split('\n')[1].trim();
  expect(deep('main.deep', 'perf-script', 127)).toBe('[cut off] 1');
  expect(deep('main.deep', 'perf-script', 126)).toBe('main.deep 1');
  expect(deep('runtime.goexit', 'perf-script', 127)).toBe('runtime.goexit 1');
  expect(deep('main.deep', 'go-trace', 64)).toBe('[cut off] 1');
  expect(deep('main.deep', 'go-trace', 63)).toBe('main.deep 1');
  expect(deep('main.deep', 'folded', 300)).toBe('main.deep 1');
});

test('growth chains alone, or all: the sums are of all either way', () => {
  const drawing = `
    0ms                 1ms
    runtime.morestack   main.f
    runtime.newstack
  `;
  const all = ofTrace(traceFromText(drawing, {weight: [3, 4]}));
  const growth = ofTrace(traceFromText(drawing, {weight: [3, 4]}), {chains: 'growth'});
  expect(growth.sums).toEqual(all.sums);
  expect(all.sums).toEqual({samples: 2, weight: 7, growthSamples: 1, growthWeight: 3});
  expect([all.tree.total[0], growth.tree.total[0]]).toEqual([7, 3]);
});

test('what growing does, callers merged, and who grew, without what growing does, are two parts of the same chains', () => {
  const drawing = `
    0ms                1ms                 2ms
    runtime.goexit     runtime.morestack   main.f
    main.f             runtime.newstack    main.g
    runtime.newstack   runtime.copystack
    runtime.copystack
  `;
  expect(treeOf(drawing, {chains: 'growth-work'})).toBe(unindented(`
    all 2
      runtime.morestack 1 growth
        runtime.newstack 1 growth
          runtime.copystack 1 self 1 growth
      runtime.newstack 1 growth
        runtime.copystack 1 self 1 growth
  `));
  expect(treeOf(drawing, {chains: 'growth-callers'})).toBe(unindented(`
    all 2
      [caller not recorded] 1 self 1
      runtime.goexit 1
        main.f 1 self 1
  `));
});

test('there is no tree of a source that is not open', () => {
  expect(sessionOf([traceFromText('0ms')]).callTree({...QUERY, source: 9})).toBeNull();
});

const query = fc.record({
  event: fc.nat({max: 1}),
  weight: fc.constantFrom('samples' as const, 'period' as const),
  chains: fc.constantFrom('all' as const, 'growth' as const),
  range: fc.option(fc.tuple(fc.integer({min: 0, max: 1000}), fc.integer({min: 0, max: 1000})).map(([a, b]) => ({fromNs: Math.min(a, b), toNs: Math.max(a, b)}))),
});

test('what a node weighs is its own and its children’s; nodes stand in preorder, children largest first', () => {
  fc.assert(fc.property(arbitrarySamples, query, (trace, asked) => {
    const {tree} = ofTrace(trace, asked);
    for (let i = 0; i < tree.length; i++) {
      const children = childrenOf(tree, i);
      expect(tree.total[i]).toBe(tree.self[i] + sum(children.map((child) => tree.total[child])));
      expect(children.map((child) => tree.total[child])).toEqual(children.map((child) => tree.total[child]).toSorted((a, b) => b - a));
      expect(tree.parent[i]).toBeLessThan(i);
      expect(tree.depth[i]).toBe(i === 0 ? 0 : tree.depth[tree.parent[i]] + 1);
      for (let below = i + 1; below < tree.end[i]; below++) expect(tree.parent[below]).toBeGreaterThanOrEqual(i);
      if (tree.end[i] < tree.length) expect(tree.parent[tree.end[i]]).toBeLessThan(i);
    }
  }));
});

test('every sample of the query is in exactly one own weight', () => {
  fc.assert(fc.property(arbitrarySamples, query, (trace, asked) => {
    const {tree, sums} = ofTrace(trace, asked);
    expect(sum([...tree.self])).toBe(asked.chains === 'growth' ? sums.growthWeight : sums.weight);
    expect(tree.total[0]).toBe(sum([...tree.self]));
    const origin = trace.startNs;
    const inQuery = [...trace.samples.timeNs.keys()].filter((i) => trace.samples.event[i] === asked.event && (!asked.range || inRange(trace.samples.timeNs[i] - origin, asked.range)));
    expect(sums.samples).toBe(inQuery.length);
    expect(sums.weight).toBe(asked.weight === 'samples' ? inQuery.length : sum(inQuery.map((i) => sampleWeight(trace, i))));
  }));
});

test('growth chains and the others add to the whole, function by function', () => {
  fc.assert(fc.property(arbitrarySamples, (trace) => {
    const session = sessionOf([trace]);
    const classes = session.chains(session.source(1)!).class;
    const selfOf = (tree: CallTree) => {
      const sums = new Map<string, number>();
      for (let i = 0; i < tree.length; i++) if (tree.self[i] > 0 && tree.name[i] >= 0) sums.set(tree.names[tree.name[i]], (sums.get(tree.names[tree.name[i]]) ?? 0) + tree.self[i]);
      return sums;
    };
    const expected = (growthOnly: boolean) => {
      const sums = new Map<string, number>();
      trace.samples.stack.forEach((stack, i) => {
        if (stack < 0 || trace.samples.event[i] !== 0 || (growthOnly && classes[stack] !== ChainClass.Growth)) return;
        const name = text(trace, trace.frames.name[trace.stacks.frame[stack]])!;
        sums.set(name, (sums.get(name) ?? 0) + sampleWeight(trace, i));
      });
      return sums;
    };
    expect(selfOf(ofTrace(trace).tree)).toEqual(expected(false));
    expect(selfOf(ofTrace(trace, {chains: 'growth'}).tree)).toEqual(expected(true));
  }));
});

test('morestack is never a root, and no frame of a growth chain lies beside one of another kind in a node', () => {
  fc.assert(fc.property(arbitrarySamples, (trace) => {
    const {tree} = ofTrace(trace);
    for (let i = 1; i < tree.length; i++) {
      const name = tree.name[i] < 0 ? null : tree.names[tree.name[i]];
      if (tree.parent[i] === 0) expect(name ?? '').not.toMatch(/^runtime\.morestack/);
      if (tree.kind[i] !== FrameKind.Growth) continue;
      for (const child of childrenOf(tree, i)) expect([FrameKind.Growth, FrameKind.LostTwo]).toContain(tree.kind[child]);
    }
    const grows = sum([...tree.self].filter((_, i) => tree.kind[i] === FrameKind.Growth));
    expect(grows).toBe(ofTrace(trace).sums.growthWeight);
  }));
});

function childrenOf(tree: CallTree, row: number): number[] {
  const children: number[] = [];
  for (let child = row + 1; child < tree.end[row]; child = tree.end[child]) children.push(child);
  return children;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function inRange(timeNs: number, {fromNs, toNs}: {readonly fromNs: number; readonly toNs: number}): boolean {
  return timeNs >= fromNs && timeNs <= toNs;
}

test('a node says whether the calls that it stands for were inlined: all, some or none of them; where nothing tells of inlined calls, none', () => {
  const {tree} = ofTrace(traceFromText(`
    0ms            1ms         2ms
    main           main        main
    f (inlined)    f           f (inlined)
    g (inlined)                h
  `));
  const words = Object.entries(Inlined);
  const inlined = Array.from(tree.inlined, (value, row) => `${tree.names[tree.name[row]] ?? 'all'} ${words.find(([, word]) => word === value)?.[0]}`);
  expect(inlined).toEqual(['all None', 'main None', 'f Some', 'g All', 'h None']);
});

test('a chain that ends with the copy of its stack is cut off there, not a root', () => {
  const drawn = traceFromText(`
    0ms             1ms
    runtime.goexit  main.deep
    main.f          main.f
  `, {format: 'perf-data'});
  const {tree} = ofTrace({...drawn, sampleStackEnd: Uint8Array.of(StackEnd.Root, StackEnd.EndOfDump)});
  expect(treeText(tree)).toBe(unindented(`
    all 2
      [cut off] 1
        main.deep 1
          main.f 1 self 1
      runtime.goexit 1
        main.f 1 self 1
  `));
});

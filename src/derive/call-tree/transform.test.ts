/** Changes of a tree: what each does to a drawn one, and that none makes or loses weight but by leaving stacks out. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf, treeText, unindented} from '../../testing/drawn-session.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import type {Trace} from '../../model/trace.ts';
import {noFilter} from '../filter/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {asRecorded, treeRoots, type CallTreeQuery, type FunctionRef, type Transform, type WeighedTree} from './shape.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: 0, weight: 'period', range: null, filter: noFilter};
const made = (trace: Trace, query: Partial<CallTreeQuery>): WeighedTree => sessionOf([trace]).callTree({...QUERY, ...query})!;
const changed = (drawing: string, ...transforms: Transform[]) => treeText(made(traceFromText(drawing), {transforms}).tree);
const go = (name: string): FunctionRef => ({name, kind: FrameKind.Go});
const collapse: Transform = {kind: 'collapse-recursion'};

const calls = `
  0ms     1ms     2ms     3ms
  main.a  main.a  main.b  main.c
  main.f  main.f  main.f
  main.g  main.f  main.h
          main.g
`;

test('focus begins stacks at the outermost call of the function, whoever called it, and leaves the others out', () => {
  expect(changed(calls, {kind: 'focus', function: go('main.f')})).toBe(unindented(`
    all 3
      main.f 3
        main.f 1
          main.g 1 self 1
        main.g 1 self 1
        main.h 1 self 1
  `));
});

test('hide leaves out every stack that holds the function', () => {
  expect(changed(calls, {kind: 'hide', function: go('main.f')})).toBe('all 1\n  main.c 1 self 1\n');
});

test('a function merged into its callers leaves them what it weighs itself, and what it calls', () => {
  expect(changed(calls, {kind: 'merge', function: go('main.f')})).toBe(unindented(`
    all 4
      main.a 2
        main.g 2 self 2
      main.b 1
        main.h 1 self 1
      main.c 1 self 1
  `));
  expect(changed('0ms\nmain.f', {kind: 'merge', function: go('main.f')})).toBe('all 1 self 1\n');
});

test('the function that is meant is that of its name and kind: the kernel’s read is not the program’s', () => {
  expect(changed('0ms\nmain.f\nread', {kind: 'hide', function: {name: 'read', kind: FrameKind.Kernel}})).toContain('read');
  expect(changed('0ms\nmain.f\nread', {kind: 'hide', function: {name: 'read', kind: FrameKind.C}})).toBe('all 0\n');
});

test('a frame of a growth chain means its function in all chains', () => {
  const both = `
    0ms                1ms
    runtime.newstack   runtime.newstack
    runtime.copystack  runtime.gopreempt_m
  `;
  expect(changed(both, {kind: 'hide', function: {name: 'runtime.newstack', kind: FrameKind.Growth}})).toBe('all 0\n');
});

const turns = (drawing: string) => {
  const {tree} = made(traceFromText(drawing), {transforms: [collapse]});
  return Array.from({length: tree.length - 1}, (_, i) => `${'  '.repeat(tree.depth[i + 1] - 1)}${tree.names[tree.name[i + 1]]}${tree.times[i + 1] > 1 ? ` × ${tree.times[i + 1]}` : ''}`);
};
/** One sample whose stack is this. */
const chain = (names: string) => ['0ms', ...names.split(' ')].join('\n');

test('calls that repeat become one with the number of turns, whatever the period', () => {
  expect(turns(chain('m f f f h'))).toEqual(['m', '  f × 3', '    h']);
  expect(turns(chain('m f g f g f g h'))).toEqual(['m', '  f × 3', '    g × 3', '      h']);
  expect(turns(chain('a b c d a b c d x'))).toEqual(['a × 2', '  b × 2', '    c × 2', '      d × 2', '        x']);
  expect(turns(chain('f f g f f g'))).toEqual(['f × 2', '  g × 2']);
});

test('a turn that is not whole stays below the others', () => {
  expect(turns(chain('m f g f g f h'))).toEqual(['m', '  f × 2', '    g × 2', '      f', '        h']);
  expect(turns(chain('f g h f g'))).toEqual(['f', '  g', '    h', '      f', '        g']);
});

test('of stacks with a different number of turns, the frame tells the most', () => {
  expect(turns(`
    0ms 1ms
    f   f
    f   g
    f
    g
  `)).toEqual(['f × 3', '  g']);
});

test('transforms are applied in their order', () => {
  const twice: Transform[] = [{kind: 'merge', function: go('main.f')}, {kind: 'focus', function: go('main.f')}];
  expect(made(traceFromText(calls), {transforms: twice}).tree.total[0]).toBe(0);
  expect(made(traceFromText(calls), {transforms: twice.toReversed()}).tree.total[0]).toBe(3);
});

const ref = fc.record({name: fc.constantFrom('main.f', 'main.g', 'main.deep', 'runtime.newstack', 'runtime.goexit', 'malloc'), kind: fc.constantFrom(FrameKind.Go, FrameKind.Runtime, FrameKind.C, FrameKind.Growth)});
const keeping: fc.Arbitrary<Transform> = fc.oneof(fc.constant(collapse), ref.map((of): Transform => ({kind: 'merge', function: of})));
const query = fc.record({
  chains: fc.constantFrom('all' as const, 'growth' as const, 'growth-work' as const, 'growth-callers' as const),
  rootedBy: fc.constantFrom(...treeRoots),
  weight: fc.constantFrom('period' as const, 'samples' as const),
});
const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0);
/** What is true of every tree. */
function expectLaws({tree, things}: WeighedTree): void {
  expect(tree.total[0]).toBe(sum(tree.self));
  const own = new Float64Array(tree.length);
  for (let i = 0; i < things.length; i++) if (things.node[i] >= 0) own[things.node[i]] += things.weight[i];
  expect([...tree.self]).toEqual([...own]);
  const places = new Set<string>();
  for (let i = 1; i < tree.length; i++) {
    expect(tree.count[i]).toBeGreaterThan(0);
    places.add(`${tree.parent[i]} ${tree.name[i]} ${tree.kind[i]} ${tree.knownBy[i]}`);
  }
  expect(places.size).toBe(tree.length - 1);
}

test('merging and collapsing keep the weight, and every sample stays in one frame’s own', () => {
  fc.assert(fc.property(arbitrarySamples, query, fc.array(keeping, {maxLength: 3}), (trace, asked, transforms) => {
    const plain = made(trace, asked);
    const other = made(trace, {...asked, transforms});
    expect(other.tree.total[0]).toBe(plain.tree.total[0]);
    expect(other.sums).toEqual(plain.sums);
    expectLaws(plain);
    expectLaws(other);
  }));
});

test('what focus shows and what hide shows make the whole, sample by sample', () => {
  fc.assert(fc.property(arbitrarySamples, query, fc.array(keeping, {maxLength: 1}), ref, (trace, asked, before, of) => {
    const whole = made(trace, {...asked, transforms: before});
    const focus = made(trace, {...asked, transforms: [...before, {kind: 'focus', function: of}]});
    const hide = made(trace, {...asked, transforms: [...before, {kind: 'hide', function: of}]});
    expectLaws(focus);
    expectLaws(hide);
    for (let i = 0; i < whole.things.length; i++) {
      const shown = Number(focus.things.node[i] >= 0) + Number(hide.things.node[i] >= 0);
      expect(shown).toBe(Number(whole.things.node[i] >= 0));
    }
  }));
});

test('after collapsing no path repeats itself', () => {
  const period = (path: readonly string[]) => path.some((_, i) => Array.from({length: path.length}, (__, p) => p + 1).some((p) => i + 2 * p <= path.length && path.slice(i, i + p).join() === path.slice(i + p, i + 2 * p).join()));
  fc.assert(fc.property(fc.array(fc.constantFrom('f', 'g', 'h'), {minLength: 1, maxLength: 14}), (names) => {
    const {tree} = made(traceFromText(chain(names.join(' '))), {transforms: [collapse]});
    expect(period(Array.from({length: tree.length - 1}, (_, i) => tree.names[tree.name[i + 1]]))).toBe(false);
    expect(tree.self[tree.length - 1]).toBe(1);
  }));
});

/** Strings and stacks of a generation as rows of the model, and which function a goroutine is named after. */
import {describe, expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {text} from '../../model/trace.ts';
import {stackText} from '../../testing/trace-summary.ts';
import {GenerationTables} from './generation-tables.ts';
import {Generation} from './generation.ts';

/** Tables of a generation with these stacks, numbered from 1, each a list of functions, leaf first. */
function tablesOf(stacks: readonly (readonly string[])[]): {build: TraceBuilder; tables: GenerationTables} {
  const generation = new Generation({kind: 'events', generation: 4, m: 1, time: 0, data: new Uint8Array(0), byte: 77, isCut: false}, 26);
  const ids = new Map<string, number>();
  const idOf = (name: string) => {
    const id = ids.get(name) ?? ids.size + 1;
    ids.set(name, id);
    generation.strings.set(id, new TextEncoder().encode(name));
    return id;
  };
  for (const [i, functions] of stacks.entries()) {
    generation.stacks.set(i + 1, {functions: functions.map(idOf), files: functions.map(() => 0), lines: functions.map((_, i) => functions.length - i)});
  }
  const build = new TraceBuilder('go-trace');
  return {build, tables: new GenerationTables(build, generation)};
}

test('a stack of the file, leaf first, becomes one of the model, whose rows go from the root', () => {
  const {build, tables} = tablesOf([['leaf', 'middle', 'root']]);
  const row = tables.stack(1);
  expect(stackText(build.finish(), row)).toBe('root;middle;leaf');
});

test('stacks with a root in common share its row, and equal stacks are one row', () => {
  const {build, tables} = tablesOf([['a', 'root'], ['b', 'root'], ['a', 'root']]);
  const rows = [1, 2, 3].map((id) => tables.stack(id));
  expect(rows[2]).toBe(rows[0]);
  expect(rows[1]).not.toBe(rows[0]);
  const {stacks} = build.finish();
  expect([stacks.length, stacks.parent[rows[0]]]).toEqual([3, stacks.parent[rows[1]]]);
});

test('stack 0 is none, without a fault', () => {
  const {build, tables} = tablesOf([]);
  expect(tables.stack(0)).toBe(-1);
  expect(build.faults.groups()).toEqual([]);
});

test('a number that the generation does not hold is none, told once, with the place of the generation', () => {
  const {build, tables} = tablesOf([]);
  expect([tables.stack(5), tables.stack(5), tables.string(6), tables.string(6)]).toEqual([-1, -1, -1, -1]);
  const [group] = build.faults.groups();
  expect([group.code, group.count, group.first[0].at]).toEqual(['go-trace/missing-id', 2, {byte: 77}]);
});

describe('the function that a goroutine began with', () => {
  const deep = (depth: number) => Array.from({length: depth}, (_, i) => `f${i}`);

  test.each([
    ['is the outermost of a stack', ['leaf', 'main.work'], 'main.work'],
    ['is not the runtime’s goexit, which CPU samples have below it', ['leaf', 'main.work', 'runtime.goexit'], 'main.work'],
    ['is not known of goexit alone', ['runtime.goexit'], null],
    ['is not known of an empty stack', [], null],
    ['is not known of a stack of 128 frames, which may be cut', deep(128), null],
    ['is not known of a CPU sample of 64 frames, which may be cut', deep(64), null],
    ['is known of a stack one frame shorter than what may be cut', deep(63), 'f62'],
  ])('%s', (_, functions, expected) => {
    const {build, tables} = tablesOf([functions]);
    const row = tables.rootFunction(1);
    expect(text(build.finish(), row)).toBe(expected);
  });

  test('is the innermost of the stack that a creation gives it', () => {
    const {build, tables} = tablesOf([['main.work', 'main.main']]);
    const row = tables.leafFunction(1);
    expect(text(build.finish(), row)).toBe('main.work');
  });
});

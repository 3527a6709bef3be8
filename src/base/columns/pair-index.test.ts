/** The pair index against a Map. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {PairIndex} from './pair-index.ts';

/** Walks of a tree: from the number given last, or from the root, down by `b`. */
const steps = fc.array(fc.record({fromRoot: fc.boolean(), b: fc.nat(4)}), {maxLength: 200});

function walk(index: PairIndex, list: Iterable<{readonly fromRoot: boolean; readonly b: number}>): void {
  const known = new Map<string, number>();
  let at = -1;
  for (const {fromRoot, b} of list) {
    const a = fromRoot ? -1 : at;
    at = index.intern(a, b);
    const key = `${a} ${b}`;
    if (!known.has(key)) known.set(key, known.size);
    expect(at).toBe(known.get(key));
  }
  expect(index.length).toBe(known.size);
}

test('equal pairs get the same number, new ones the next', () => {
  fc.assert(fc.property(steps, (list) => walk(new PairIndex(), list)));
});

test('numbers stay the same when the tables grow', () => {
  walk(new PairIndex(), Array.from({length: 30_000}, (_, i) => ({fromRoot: i % 9 === 0, b: (i * 7919) % 4001})));
});

test('parents come before children, and every pair can be read back', () => {
  fc.assert(fc.property(steps, (list) => {
    const index = new PairIndex();
    const asked: {a: number; b: number; id: number}[] = [];
    for (const {fromRoot, b} of list) {
      const a = fromRoot ? -1 : (asked.at(-1)?.id ?? -1);
      asked.push({a, b, id: index.intern(a, b)});
    }
    for (const table of [index.copy(), index.finish()]) {
      for (const {a, b, id} of asked) expect([table.a[id], table.b[id]]).toEqual([a, b]);
      for (let id = 0; id < table.length; id++) expect(table.a[id]).toBeLessThan(id);
    }
  }));
});

test('a path has the number of its last pair, walked from the root', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.nat(5), {maxLength: 12}), {maxLength: 40}), (paths) => {
    const [index, other] = [new PairIndex(), new PairIndex()];
    for (const path of paths) {
      const below = Int32Array.from([...path.toReversed(), 99, 98]);
      expect(index.internPath(below, path.length)).toBe(path.reduce((a, b) => other.intern(a, b), -1));
    }
    expect(index.copy()).toEqual(other.copy());
  }));
});

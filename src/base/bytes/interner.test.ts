/** The interner against a Map of strings. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {padded} from '../../testing/bytes.ts';
import {ByteInterner} from './interner.ts';
import {utf8} from './text.ts';

const word = fc.string({unit: fc.constantFrom('a', 'b', '\0', 'é'), maxLength: 9});
const entries = fc.array(fc.tuple(word, fc.integer({min: -1, max: 2})), {maxLength: 60});

/** Interns all and gives the numbers; `hash` takes the place of the interner's own. */
function numbers(interner: ByteInterner, list: readonly (readonly [string, number])[], hash?: (text: string) => number): number[] {
  return list.map(([text, tag]) => {
    const {view, length} = padded(text);
    return hash ? interner.internHashed(view, 0, length, tag, hash(text)) : interner.intern(view, 0, length, tag);
  });
}

function expected(list: readonly (readonly [string, number])[]): number[] {
  const known = new Map<string, number>();
  return list.map(([text, tag]) => {
    const key = `${tag} ${text}`;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key)!;
  });
}

test('equal bytes with an equal tag get the same number, in the order of their coming', () => {
  fc.assert(fc.property(entries, (list) => {
    expect(numbers(new ByteInterner(), list)).toEqual(expected(list));
  }));
});

test('entries of one and the same hash are still told apart', () => {
  fc.assert(fc.property(entries, fc.integer(), (list, hash) => {
    expect(numbers(new ByteInterner(), list, () => hash)).toEqual(expected(list));
  }));
});

test('numbers stay the same when the tables grow', () => {
  const list = Array.from({length: 9000}, (_, i) => [`symbol ${i % 7000} ${'x'.repeat(i % 40)}`, i % 3] as const);
  expect(numbers(new ByteInterner(), list)).toEqual(expected(list));
});

test('an entry larger than the arena is kept', () => {
  const interner = new ByteInterner();
  const long = 'é'.repeat(100_000);
  expect(numbers(interner, [['a', 0], [long, 0], ['a', 0], [long, 0]])).toEqual([0, 1, 0, 1]);
  const {bytes, entries: {startByte, sizeBytes}} = interner.copy();
  expect(utf8(bytes.subarray(startByte[1], startByte[1] + sizeBytes[1]))).toBe(long);
});

test('a copy holds every entry and does not see later ones', () => {
  const interner = new ByteInterner();
  numbers(interner, [['one', 0], ['', 0], ['three', 5]]);
  const copy = interner.copy();
  numbers(interner, [['four', 0]]);
  const texts = Array.from({length: copy.entries.length}, (_, i) => utf8(copy.bytes.subarray(copy.entries.startByte[i], copy.entries.startByte[i] + copy.entries.sizeBytes[i])));
  expect(texts).toEqual(['one', '', 'three']);
  expect(interner.length).toBe(4);
});

/** Sorting by columns against the sort of the language. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ascendingOrder, sortedBy} from './sort.ts';

const SCHEMA = {timeNs: Float64Array, row: Int32Array, kind: Uint8Array} as const;

/** Even, all alike, in two heaps far apart, and in a few steps: what times look like. */
const times = fc.oneof(
  fc.array(fc.double({noNaN: true, min: -1e15, max: 1e15}), {maxLength: 300}),
  fc.array(fc.constantFrom(5, 5, 5, 6), {maxLength: 300}),
  fc.array(fc.oneof(fc.integer({min: 0, max: 40}), fc.integer({min: 9e15 - 40, max: 9e15})), {maxLength: 300}),
).map((values) => Float64Array.from(values));

test('the order is that of a stable sort', () => {
  fc.assert(fc.property(times, (values) => {
    const expected = Array.from(values.keys()).toSorted((a, b) => values[a] - values[b] || a - b);
    expect([...ascendingOrder(values)]).toEqual(expected);
  }));
});

test('every column of a table moves with the one it is sorted by', () => {
  fc.assert(fc.property(times, (timeNs) => {
    const table = {length: timeNs.length, timeNs, row: Int32Array.from(timeNs.keys()), kind: Uint8Array.from(timeNs.keys(), (i) => i % 7)};
    const sorted = sortedBy<typeof SCHEMA>('timeNs', table);
    for (let i = 0; i < sorted.length; i++) {
      expect(sorted.timeNs[i]).toBe(timeNs[sorted.row[i]]);
      expect(sorted.kind[i]).toBe(sorted.row[i] % 7);
      if (i > 0) expect(sorted.timeNs[i]).toBeGreaterThanOrEqual(sorted.timeNs[i - 1]);
    }
    expect([...sorted.row].toSorted((a, b) => a - b)).toEqual([...table.row]);
  }));
});

test('a table that is in order already is given back as it is', () => {
  const table = {length: 3, timeNs: Float64Array.of(1, 1, 2), row: Int32Array.of(0, 1, 2), kind: new Uint8Array(3)};
  expect(sortedBy<typeof SCHEMA>('timeNs', table)).toBe(table);
});

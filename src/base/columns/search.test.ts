/** Binary search against looking at every value. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {lowerBound, upperBound, upperBoundNear} from './search.ts';

const sorted = fc.array(fc.integer({min: -5, max: 20}), {maxLength: 30}).map((values) => Float64Array.from(values).sort());

test('the bounds part the range into below, equal and above', () => {
  fc.assert(fc.property(sorted, fc.integer({min: -6, max: 21}), fc.nat(30), fc.nat(30), (values, value, a, b) => {
    const from = Math.min(a, b, values.length);
    const to = Math.min(Math.max(a, b), values.length);
    const range = [...values.subarray(from, to)];
    expect(lowerBound(values, value, from, to)).toBe(from + range.filter((each) => each < value).length);
    expect(upperBound(values, value, from, to)).toBe(from + range.filter((each) => each <= value).length);
  }));
});

test('without a range the whole column is searched', () => {
  expect([lowerBound([1, 2, 2, 3], 2), upperBound([1, 2, 2, 3], 2), lowerBound([], 1)]).toEqual([1, 3, 0]);
});

test('from wherever one begins to look, the upper bound is the same', () => {
  fc.assert(fc.property(sorted, fc.integer({min: -6, max: 21}), fc.nat(30), fc.nat(30), fc.nat(30), (values, value, a, b, at) => {
    const from = Math.min(a, b, values.length);
    const to = Math.min(Math.max(a, b), values.length);
    const near = Math.min(to, from + at);
    expect(upperBoundNear(values, value, near, from, to)).toBe(upperBound(values, value, from, to));
  }));
});

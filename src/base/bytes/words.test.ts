/** Scanning by words must see what scanning by bytes sees, at every alignment and next to every neighbour. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {padded} from '../../testing/bytes.ts';
import {hashBytes, indexOfEither, sameBytes} from './words.ts';

/** Few values, and those that the trick with borrowed bits could mistake for one another. */
const bytes = fc.array(fc.constantFrom(0, 1, 9, 10, 11, 42, 43, 44, 127, 128, 138, 171, 255), {maxLength: 24}).map((values) => Uint8Array.from(values));

test('the first of two bytes is found where looking byte by byte finds it', () => {
  fc.assert(fc.property(bytes, fc.nat(24), (content, start) => {
    fc.pre(start <= content.length);
    const {view} = padded(Uint8Array.from([...content, 10]));
    const expected = [...content, 10].findIndex((byte, i) => i >= start && (byte === 10 || byte === 43));
    expect(indexOfEither(view, start, 43, 10)).toBe(expected);
  }));
});

test('ranges are the same exactly when every byte is', () => {
  fc.assert(fc.property(bytes, bytes, fc.nat(3), fc.nat(3), (a, b, shiftA, shiftB) => {
    const inA = padded(Uint8Array.from([...new Uint8Array(shiftA), ...a]));
    const inB = padded(Uint8Array.from([...new Uint8Array(shiftB).fill(7), ...b]));
    for (let length = 0; length <= Math.min(a.length, b.length); length++) {
      const expected = a.subarray(0, length).every((byte, i) => byte === b[i]);
      expect(sameBytes(inA.view, shiftA, inB.view, shiftB, length)).toBe(expected);
    }
    expect(sameBytes(inA.view, shiftA, inA.view, shiftA, a.length)).toBe(true);
  }));
});

test('a hash depends on the bytes, the length and the seed, and not on what follows', () => {
  fc.assert(fc.property(bytes, fc.nat(3), fc.integer(), (content, shift, seed) => {
    const one = padded(content);
    const other = padded(Uint8Array.from([...new Uint8Array(shift), ...content, 1, 2, 3]));
    expect(hashBytes(other.view, shift, content.length, seed)).toBe(hashBytes(one.view, 0, content.length, seed));
  }));
  const {view} = padded('abcdefgh');
  expect(new Set([hashBytes(view, 0, 5, 0), hashBytes(view, 0, 6, 0), hashBytes(view, 0, 5, 1), hashBytes(view, 1, 5, 0)]).size).toBe(4);
});

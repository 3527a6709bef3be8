/**
 * Four bytes at a time. Every function reads through a DataView and may touch up to three bytes past the range it is
 * given, so a view must have `PADDING` bytes after its last valid byte.
 *
 *   haszero(x) = (x - 0x01010101) & ~x & 0x80808080      sets the top bit of the lowest zero byte
 *
 * Bits above the lowest set one can be false alarms, so only the lowest is ever used.
 */

/** Bytes that must be readable after the last valid byte of a buffer that these functions scan. */
export const PADDING = 8;

const ONES = 0x01010101;
const TOPS = 0x80808080 | 0;

/** True when `length` bytes at `a` and at `b` are equal. */
export function sameBytes(viewA: DataView, a: number, viewB: DataView, b: number, length: number): boolean {
  const wholeEnd = a + (length & ~3);
  while (a < wholeEnd) {
    if (viewA.getInt32(a, true) !== viewB.getInt32(b, true)) return false;
    a += 4;
    b += 4;
  }
  const rest = length & 3;
  return rest === 0 || ((viewA.getInt32(a, true) ^ viewB.getInt32(b, true)) & (-1 >>> (32 - 8 * rest))) === 0;
}

/** A hash of `length` bytes at `start`, mixed with `seed`. */
export function hashBytes(view: DataView, start: number, length: number, seed: number): number {
  let hash = seed ^ Math.imul(length, 0x85ebca6b);
  const wholeEnd = start + (length & ~3);
  while (start < wholeEnd) {
    hash = Math.imul(hash ^ view.getInt32(start, true), 0x9e3779b1);
    hash ^= hash >>> 15;
    start += 4;
  }
  const rest = length & 3;
  if (rest !== 0) {
    hash = Math.imul(hash ^ (view.getInt32(start, true) & (-1 >>> (32 - 8 * rest))), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Index of the first byte equal to `one` or `other` at or after `start`. There must be one before the end of the view. */
export function indexOfEither(view: DataView, start: number, one: number, other: number): number {
  const ones = Math.imul(one, ONES);
  const others = Math.imul(other, ONES);
  for (;;) {
    const word = view.getInt32(start, true);
    const x = word ^ ones;
    const y = word ^ others;
    const found = (((x - ONES) & ~x) | ((y - ONES) & ~y)) & TOPS;
    if (found !== 0) return start + ((31 - Math.clz32(found & -found)) >>> 3);
    start += 4;
  }
}

/** A fingerprint sees size, beginning and end, and says no more than that. */
import {expect, test} from 'vitest';
import {fingerprint} from './fingerprint.ts';

const EDGE = 1 << 16;

/** The fingerprint of so many zeros with other bytes set. */
function of(sizeBytes: number, set: Readonly<Record<number, number>> = {}): Promise<string> {
  const bytes = new Uint8Array(sizeBytes);
  for (const [at, value] of Object.entries(set)) bytes[Number(at)] = value;
  return fingerprint(new Blob([bytes]));
}

test('the same bytes have the same fingerprint, whatever the file is called', async () => {
  expect(await fingerprint(new File(['abc'], 'a.txt'))).toBe(await fingerprint(new File(['abc'], 'b.txt')));
  expect(await of(0)).toBe(await of(0));
});

test.each([
  ['its size', 10, {}, 11, {}],
  ['its first byte', 10, {}, 10, {0: 1}],
  ['its last byte', 10, {}, 10, {9: 1}],
  ['the last byte of its beginning', 3 * EDGE, {}, 3 * EDGE, {[EDGE - 1]: 1}],
  ['the first byte of its end', 3 * EDGE, {}, 3 * EDGE, {[2 * EDGE]: 1}],
  ['the order of its bytes', 10, {0: 1, 1: 2}, 10, {0: 2, 1: 1}],
] as const)('%s changes it', async (_, sizeA, a, sizeB, b) => {
  expect(await of(sizeA, a)).not.toBe(await of(sizeB, b));
});

test('what lies between beginning and end of a large file is not looked at', async () => {
  expect(await of(3 * EDGE, {[EDGE]: 1, [2 * EDGE - 1]: 1})).toBe(await of(3 * EDGE));
});

test('a beginning that is the end of another file does not make them look the same', async () => {
  expect(await of(2 * EDGE, {0: 1})).not.toBe(await of(2 * EDGE, {[EDGE]: 1}));
});

test('the hash is FNV-1a: its published values for a and foobar', async () => {
  // http://www.isthe.com/chongo/tech/comp/fnv/: fnv1a_32 of "a" and "foobar"
  expect(await fingerprint(new Blob(['a']))).toBe(`1 ${0xe40c292c} ${0xe40c292c}`);
  expect(await fingerprint(new Blob(['foobar']))).toBe(`6 ${0xbf9cf968} ${0xbf9cf968}`);
});

/** A fingerprint sees size, beginning and end, and says no more than that. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {streamOf} from '../../testing/bytes.ts';
import {fingerprint, PassingFingerprint} from './fingerprint.ts';

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

test('bytes that pass by have the fingerprint of the file they are, in whatever pieces, and pass unchanged', async () => {
  const sizes = fc.array(fc.oneof(fc.integer({min: 1, max: 40}), fc.constantFrom(EDGE - 1, EDGE, EDGE + 1, 2 * EDGE + 7)), {maxLength: 6});
  await fc.assert(fc.asyncProperty(sizes, fc.nat(255), async (pieces, seed) => {
    let next = seed;
    const made = pieces.map((size) => Uint8Array.from({length: size}, () => (next = (next * 73 + 41) & 255)));
    const passing = new PassingFingerprint(streamOf(...made));
    expect(passing.fingerprint).toBeNull();
    for (const piece of made) expect(await passing.read()).toEqual(piece);
    expect(await passing.read()).toBeNull();
    expect(passing.fingerprint).toBe(await fingerprint(new Blob(made)));
  }), {numRuns: 40});
});

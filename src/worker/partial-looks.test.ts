/** When a file that is read is looked at: soon, not in vain, and ever more seldom. */
import {expect, test} from 'vitest';
import {PartialLooks} from './partial-looks.ts';

const MIB = 1 << 20;
/** A file that is read at so many MiB a second from 50 ms on: when it is looked at, asked every 10 ms. */
function looksAt(mibPerSecond: number, ofMib: number | null, sampleShare = 0.05): number[] {
  const looks = new PartialLooks(0);
  looks.bytesCame(50);
  const at: number[] = [];
  for (let ms = 50; ms < 20_000; ms += 10) {
    const bytes = ((ms - 50) / 1000) * mibPerSecond * MIB;
    if (ofMib !== null && bytes >= ofMib * MIB) break;
    if (!looks.isDue(ms, bytes, ofMib === null ? null : ofMib * MIB, bytes * sampleShare)) continue;
    at.push(ms);
    looks.taken(ms);
  }
  return at;
}

test('a large file is looked at soon, then each time after more than twice as long, and not near its end', () => {
  const at = looksAt(250, 1000);
  expect(at[0]).toBeLessThan(200);
  for (let i = 1; i < at.length; i++) expect(at[i]).toBeGreaterThanOrEqual(at[i - 1] + 1000);
  expect(at.at(-1)).toBeLessThan(4050 - 1500);
});

test('a file that is read before a picture would be there is not looked at', () => {
  expect(looksAt(250, 100)).toEqual([]);
});

test('a slow start does not make a file seem slow: the rate is that of 24 MiB, or of half a second', () => {
  const looks = new PartialLooks(0);
  looks.bytesCame(60);
  expect(looks.isDue(130, 4 * MIB, 100 * MIB, 0)).toBe(false);
  expect(looks.isDue(180, 24 * MIB, 100 * MIB, 0)).toBe(false);
  expect(looks.isDue(560, 4 * MIB, 100 * MIB, 0)).toBe(true);
});

test('a slow file is looked at though it is small, and one of unknown size, too', () => {
  expect(looksAt(5, 40).length).toBeGreaterThan(1);
  expect(looksAt(5, null).length).toBeGreaterThan(1);
});

test('what would need the memory of the rest is not copied', () => {
  const at = looksAt(250, 4000, 1);
  expect(Math.max(...at)).toBeLessThanOrEqual(50 + (32 / 250) * 1000);
});

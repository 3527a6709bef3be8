/** Looking at the head of a stream takes nothing away. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {allBytes, bytesOf, streamOf} from '../../testing/bytes.ts';
import {HeadStream} from './head.ts';

const pieces = fc.array(fc.string({minLength: 1, maxLength: 6}), {maxLength: 6});

test('a head is the first bytes, complete when the file ends in it, and all bytes can still be read', async () => {
  await fc.assert(fc.asyncProperty(pieces, fc.array(fc.nat(40), {maxLength: 3}), async (parts, sizes) => {
    const all = bytesOf(parts.join(''));
    const stream = new HeadStream(streamOf(...parts));
    for (const size of sizes.toSorted((a, b) => a - b)) {
      const {bytes, complete} = await stream.head(size);
      expect([...bytes]).toEqual([...all.subarray(0, size)]);
      if (complete) expect(all.length).toBeLessThanOrEqual(size);
      if (size > all.length) expect(complete).toBe(true);
    }
    expect(await allBytes(stream)).toEqual(all);
  }));
});

test('pieces that the source overwrites are kept as they were', async () => {
  const reused = Uint8Array.of(1, 2);
  let reads = 0;
  const stream = new HeadStream({read: async () => (reads++ < 2 ? (reused.fill(reads), reused) : null)});
  await stream.head(4);
  expect([...(await allBytes(stream))]).toEqual([1, 1, 2, 2]);
});

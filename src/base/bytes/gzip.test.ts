/** What is closed into a container comes out of it as it was. */
import {gunzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isGzip} from './gunzip.ts';
import {gzipped} from './gzip.ts';

test('another reader finds the same bytes in the container', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({maxLength: 5000}), async (bytes) => {
    const closed = await gzipped(Uint8Array.from(bytes));
    expect(isGzip(closed)).toBe(true);
    expect(new Uint8Array(gunzipSync(closed))).toEqual(Uint8Array.from(bytes));
  }), {numRuns: 20});
});

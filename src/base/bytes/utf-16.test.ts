/** UTF-16: known by its mark or by its zeros, and the same text in UTF-8 afterwards. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {allBytes, bytesOf, streamOf, utf16} from '../../testing/bytes.ts';
import {utf8} from './text.ts';
import {fromUtf16, utf16Of} from './utf-16.ts';

test('text in UTF-16 comes out as it was, in whatever pieces it is read', async () => {
  await fc.assert(fc.asyncProperty(fc.string({unit: 'binary', maxLength: 40}), fc.constantFrom('little', 'big'), fc.integer({min: 1, max: 9}), async (text, order, size) => {
    fc.pre(!text.startsWith('\uFEFF'));
    const bytes = utf16(text, order);
    const label = utf16Of(bytes);
    expect(label).toBe(order === 'little' ? 'utf-16le' : 'utf-16be');
    const pieces = Array.from({length: Math.ceil(bytes.length / size)}, (_, i) => bytes.subarray(i * size, (i + 1) * size));
    expect(utf8(await allBytes(fromUtf16(streamOf(...pieces), label!)))).toBe(text);
  }));
});

test('without a byte order mark, text that begins with plain ASCII is known by its zeros', () => {
  for (const order of ['little', 'big'] as const) expect(utf16Of(utf16('app 7/7 [000] 5.000001: cycles: \r\n', order, false))).toBe(order === 'little' ? 'utf-16le' : 'utf-16be');
});

test.each([
  ['UTF-8', bytesOf('app 7/7 [000] 5.000001: cycles: \n')],
  ['too few zeros to tell', utf16('app 7', 'little', false)],
  ['a Go trace', bytesOf(`go 1.22 trace\0\0\0${'\u0001\0\u0002\0'.repeat(40)}`)],
  ['zeros', new Uint8Array(200)],
  ['nothing', new Uint8Array(0)],
])('%s is not taken for UTF-16', (_, bytes) => {
  expect(utf16Of(bytes)).toBe(null);
});

test('a file that is cut inside a character ends in U+FFFD, not in an error', async () => {
  expect(utf8(await allBytes(fromUtf16(streamOf(utf16('ab').subarray(0, 5)), 'utf-16le')))).toBe('a\uFFFD');
});

/** Bytes as text for people. */
import {expect, test} from 'vitest';
import {bytesOf} from '../../testing/bytes.ts';
import {excerpt, hexExcerpt, utf8} from './text.ts';

test('what is not UTF-8 becomes U+FFFD and hides nothing around it', () => {
  expect(utf8(Uint8Array.of(97, 0xff, 98))).toBe('a\uFFFDb');
});

test('a byte order mark is not swallowed', () => {
  expect(utf8(Uint8Array.of(0xef, 0xbb, 0xbf, 97))).toBe('\uFEFFa');
});

test('an excerpt shows control characters and says when it is shortened', () => {
  const bytes = bytesOf('\tab\u0000c');
  expect(excerpt(bytes, 0, bytes.length)).toBe('→ab·c');
  expect(excerpt(bytes, 1, bytes.length, 2)).toBe('ab…');
});

test('a hexadecimal excerpt shows two digits a byte and says when it is shortened', () => {
  expect(hexExcerpt(Uint8Array.of(0, 10, 255), 0, 3)).toBe('00 0a ff');
  expect(hexExcerpt(Uint8Array.of(0, 10, 255), 0, 3, 2)).toBe('00 0a …');
});

/** Quoted strings against strconv.Quote of Go 1.27.3, and read back. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {goQuote} from './go-quote.ts';

const encoder = new TextEncoder();

test.each([
  ['', '""'],
  ['chan receive', '"chan receive"'],
  ['say "no" \\ or\tnot\r\n', String.raw`"say \"no\" \\ or\tnot\r\n"`],
  ['\u0000\u0007\b\u000b\f\u001f\u007f', String.raw`"\x00\a\b\v\f\x1f\x7f"`],
  ['größer 漢字 🙂 e\u0301', '"größer 漢字 🙂 e\u0301"'],
  ['\u00a0\u00ad\u2028\u3000\ufeff', String.raw`"\u00a0\u00ad\u2028\u3000\ufeff"`],
  ['\u{e0001}', String.raw`"\U000e0001"`],
  ['\ufffd', '"\ufffd"'],
])('%j is quoted as Go quotes it', (text, quoted) => {
  expect(goQuote(encoder.encode(text))).toBe(quoted);
});

test.each([
  [[0xff], String.raw`"\xff"`],
  [[0x61, 0xe2, 0x82, 0x62], String.raw`"a\xe2\x82b"`],
  [[0xc0, 0x80], String.raw`"\xc0\x80"`],
  [[0xed, 0xa0, 0x80], String.raw`"\xed\xa0\x80"`],
  [[0xf4, 0x90, 0x80, 0x80], String.raw`"\xf4\x90\x80\x80"`],
])('bytes %j, which are no UTF-8, are quoted one by one', (bytes, quoted) => {
  expect(goQuote(Uint8Array.from(bytes))).toBe(quoted);
});

test('any bytes can be read back from their quoted form', () => {
  const anything = fc.oneof(fc.uint8Array({maxLength: 12}), fc.string({unit: 'binary'}).map((text) => encoder.encode(text)));
  fc.assert(
    fc.property(anything, (bytes) => {
      expect(unquoted(goQuote(bytes))).toEqual([...bytes]);
    }),
    {numRuns: 1000},
  );
});

const LETTERS: Readonly<Record<string, number>> = {a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92};

/** The bytes of a Go string literal. */
function unquoted(literal: string): number[] {
  const parts = literal.slice(1, -1).match(/\\x..|\\u.{4}|\\U.{8}|\\.|[^\\]/gsu) ?? [];
  return parts.flatMap((part) => {
    if (!part.startsWith('\\')) return [...encoder.encode(part)];
    if (part[1] in LETTERS) return [LETTERS[part[1]]];
    const number = Number.parseInt(part.slice(2), 16);
    return part[1] === 'x' ? [number] : [...encoder.encode(String.fromCodePoint(number))];
  });
}

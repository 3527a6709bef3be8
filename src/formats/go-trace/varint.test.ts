/** Numbers of the wire against a reference in BigInt. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {NONE, varintBytes} from '../../testing/go-trace-wire.ts';
import {VarintReader} from './varint.ts';

/** Small and large numbers alike, and those around the ends of bytes and doubles. */
const numbers = fc.oneof(
  fc.integer({min: 0, max: 64}).chain((bits) => fc.bigInt(0n, (1n << BigInt(bits)) - 1n)),
  fc.constantFrom(0n, 127n, 128n, (1n << 49n) - 1n, 1n << 49n, (1n << 53n) - 1n, 1n << 53n, (1n << 53n) + 1n, (1n << 63n) - 1n, 1n << 63n, NONE - 1n, NONE),
);

test('a number comes out as the nearest double, with its exact value where a double cannot hold it', () => {
  fc.assert(
    fc.property(numbers, fc.integer({min: 1, max: 10}), (number, least) => {
      const bytes = varintBytes(number, least);
      const reader = new VarintReader(Uint8Array.from(bytes));
      const value = reader.next();
      expect(value).toBe(number === NONE ? -1 : Number(number));
      expect(reader.exact).toBe(number >= 1n << 53n && number !== NONE ? number : undefined);
      expect(reader.at).toBe(bytes.length);
    }),
    {numRuns: 1000},
  );
});

test('numbers one after another come out one after another, each with its own exact value', () => {
  fc.assert(
    fc.property(fc.array(numbers), (all) => {
      const reader = new VarintReader(Uint8Array.from(all.flatMap((number) => varintBytes(number))));
      const found = all.map(() => {
        const value = reader.next();
        return reader.exact ?? BigInt.asUintN(64, BigInt(value));
      });
      expect(found).toEqual(all);
      expect(reader.next()).toBeNaN();
    }),
  );
});

test('a number that breaks off is NaN and leaves the reader where it was', () => {
  fc.assert(
    fc.property(numbers, fc.integer({min: 1, max: 10}), fc.nat(), (number, least, cut) => {
      const bytes = varintBytes(number, least);
      const end = 3 + (cut % bytes.length);
      const reader = new VarintReader(Uint8Array.from([9, 9, 9, ...bytes]), 3, end);
      expect(reader.next()).toBeNaN();
      expect(reader.at).toBe(3);
    }),
  );
});

test('a number of more than 64 bits is NaN', () => {
  fc.assert(
    fc.property(fc.bigInt(1n << 64n, (1n << 77n) - 1n), (number) => {
      const reader = new VarintReader(Uint8Array.from(varintBytes(number)));
      expect(reader.next()).toBeNaN();
      expect(reader.at).toBe(0);
    }),
  );
});

test('eleven bytes are no number, even if the last ones add nothing', () => {
  expect(new VarintReader(Uint8Array.from(varintBytes(5n, 11))).next()).toBeNaN();
});

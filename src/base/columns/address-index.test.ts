/** Addresses by numbers: against a map. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {AddressIndex} from './address-index.ts';

test('equal addresses of one tag have one number, all others another, counted from 0', () => {
  const half = fc.oneof(fc.integer({min: 0, max: 3}), fc.constantFrom(0xffff_ffff, 0x8000_0000));
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half, fc.integer({min: -1, max: 2})), {maxLength: 600}), (addresses) => {
      const index = new AddressIndex();
      const known = new Map<string, number>();
      for (const [low, high, tag] of addresses) {
        const key = `${low} ${high} ${tag}`;
        if (!known.has(key)) known.set(key, known.size);
        expect(index.intern(low, high, tag)).toBe(known.get(key));
      }
      expect(index.length).toBe(known.size);
    }),
  );
});

test('many addresses that differ in few bits keep their numbers', () => {
  const index = new AddressIndex();
  const numbers = () => Array.from({length: 20_000}, (_, i) => index.intern(i * 64, 0x7f, 1));
  expect(numbers()).toEqual(Array.from({length: 20_000}, (_, i) => i));
  expect(numbers()).toEqual(Array.from({length: 20_000}, (_, i) => i));
});

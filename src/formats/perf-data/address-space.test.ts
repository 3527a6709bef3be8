/** Mappings: against a map of every address. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {addressOf, AddressSpace, type Mapping} from './address-space.ts';

const mapping = (start: number, end: number, dso: number): Mapping => ({start, end, fileOffset: start * 10, name: `file ${dso}`, dso, inFile: true, symbol: -1});

test('every address is in the mapping that was made last over it, at its place in the file', () => {
  const range = fc.tuple(fc.integer({min: -40, max: 40}), fc.integer({min: -2, max: 30}), fc.boolean());
  fc.assert(
    fc.property(fc.array(range, {maxLength: 30}), (ranges) => {
      const space = new AddressSpace();
      const expected = new Map<number, {dso: number; offset: number}>();
      ranges.forEach(([start, length, maps], dso) => {
        if (maps) space.map(mapping(start, start + length, dso));
        else space.unmap(start, start + length);
        for (let address = start; address < start + length; address++) {
          if (maps) expected.set(address, {dso, offset: start * 10 + address - start});
          else expected.delete(address);
        }
      });
      for (let address = -45; address < 75; address++) {
        const found = space.find(address);
        expect(found && {dso: found.dso, offset: found.fileOffset + address - found.start}).toEqual(expected.get(address) ?? null);
      }
    }),
  );
});

test('a copy of a space keeps what it had when the other changes', () => {
  const [parent, child] = [new AddressSpace(), new AddressSpace()];
  parent.map(mapping(0, 10, 1));
  child.copyFrom(parent);
  parent.map(mapping(0, 10, 2));
  expect([parent.find(5)?.dso, child.find(5)?.dso]).toEqual([2, 1]);
});

test('addresses of the kernel are counted down from 2^64, exactly', () => {
  expect(addressOf(0xffff_ffff, 0xffff_ffff)).toBe(-1);
  expect(addressOf(0x8100_0001, 0xffff_ffff)).toBe(0x8100_0001 - 2 ** 32);
  expect(addressOf(0xffff_fffe, 0x7fff)).toBe(2 ** 47 - 2);
});

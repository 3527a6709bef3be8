/** What the address holds of the flame graph is read as it was written, and whatever stands there is read without a throw. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Transform} from '../../derive/call-tree/shape.ts';
import type {Codec, Files} from './codec.ts';
import {functionRef, keys, transforms} from './flame.ts';

const files: Files = {placeOf: () => -1, sourceAt: () => null};
const name = fc.oneof(fc.string({minLength: 1, maxLength: 60}), fc.constantFrom('net/http.(*conn).serve', 'a;b', '~x', 'f~n', 'std::vector<int>::at'));
const of = fc.record({name, kind: fc.integer({min: 0, max: 12})});
const transform: fc.Arbitrary<Transform> = fc.oneof(
  fc.record({kind: fc.constantFrom('focus' as const, 'hide' as const, 'merge' as const), function: of}),
  fc.constant({kind: 'collapse-recursion' as const}),
);

function comesBack<T>(codec: Codec<T>, value: T): void {
  const written = codec.write(value, files);
  expect(written).not.toBeNull();
  expect(codec.read(written!, files)).toEqual(value);
}

test('functions, changes of the tree and legend keys come back as they were', () => {
  fc.assert(fc.property(of, (value) => comesBack(functionRef, value)));
  fc.assert(fc.property(fc.array(transform, {maxLength: 8}), (value) => comesBack(transforms, value)));
  fc.assert(fc.property(fc.array(fc.string({minLength: 1}), {maxLength: 12}), (value) => comesBack(keys, value)));
});

test.each(['x0main', 'f', 'f0', ';', 'r;q', 'h~'])('%s is no change of a tree', (written) => {
  expect(transforms.read(written, files)).toBeUndefined();
});

test('any text is read or refused, never thrown at', () => {
  fc.assert(fc.property(fc.string(), (written) => {
    for (const codec of [functionRef, transforms, keys]) expect(() => codec.read(written, files)).not.toThrow();
  }));
});

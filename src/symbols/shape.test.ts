/** Symbols can be moved from one worker to another. */
import {expect, test} from 'vitest';
import {buffersOfSymbols, FUNCTIONS, SEGMENTS, type Symbols} from './shape.ts';

test('every buffer of symbols is moved, each once', () => {
  const code = {address: 4096, bytes: new Uint8Array(8)};
  const symbols: Symbols = {
    kind: 'elf', buildId: null, goBuildId: null, pid: null, machine: 'x86-64', isLittleEndian: true, pointerBytes: 8, base: 0n, movable: false, isDebugFile: false,
    segments: {length: 0, ...columns(SEGMENTS)}, functions: {length: 0, ...columns(FUNCTIONS)},
    nameBytes: new Uint8Array(3), modules: [], go: null, ehFrame: code, returnSites: [code],
  };
  const buffers = buffersOfSymbols(symbols);
  expect(buffers).toHaveLength(Object.keys(SEGMENTS).length + Object.keys(FUNCTIONS).length + 2);
  expect(buffers).toContain(code.bytes.buffer);
  expect(structuredClone(symbols, {transfer: buffers}).ehFrame?.bytes).toEqual(new Uint8Array(8));
});

function columns<S extends Record<string, new (length: number) => object>>(schema: S): {[K in keyof S]: InstanceType<S[K]>} {
  return Object.fromEntries(Object.entries(schema).map(([name, Column]) => [name, new Column(0)])) as {[K in keyof S]: InstanceType<S[K]>};
}

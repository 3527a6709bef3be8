/** What is read of ELF files: names as perf chooses them, segments, build ids; and that no bytes, however wrong, end the reading badly. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {memorySource} from '../../base/bytes/source.ts';
import {elfBytes, type DrawnElf} from '../../testing/elf-wire.ts';
import {gzipped} from '../../testing/bytes.ts';
import {openSymbols} from '../open.ts';
import {locator} from '../place.ts';
import {buffersOfSymbols, type Symbols} from '../shape.ts';
import {isReturnSite} from './return-sites.ts';

async function opened(bytes: Uint8Array): Promise<Symbols> {
  const result = await openSymbols(memorySource('app', bytes));
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

/** Names at addresses; '' where none is. */
async function namesAt(elf: DrawnElf, ...addresses: readonly number[]): Promise<string[]> {
  const places = locator(await opened(elfBytes(elf)));
  return addresses.map((address) => places(address)[0]?.name ?? '');
}

test('functions are found in files of either size and either byte order', async () => {
  await fc.assert(fc.asyncProperty(fc.constantFrom(32 as const, 64 as const), fc.boolean(), fc.boolean(), fc.uniqueArray(fc.integer({min: 0, max: 500}), {minLength: 1, maxLength: 20}), async (bits, littleEndian, dynamicOnly, starts) => {
    const symbols = starts.map((start) => ({name: `f${start}`, address: 0x401000 + start * 16, sizeBytes: 16}));
    const elf = {bits, littleEndian, dynamicOnly, symbols, machine: bits === 64 ? 62 : 3, code: Array.from({length: 8192}, () => 0x90)};
    expect(await namesAt(elf, ...starts.map((start) => 0x401000 + start * 16 + 15))).toEqual(starts.map((start) => `f${start}`));
    const free = [0, 1, 2, 3].map((start) => 501 + start);
    expect(await namesAt(elf, ...free.map((start) => 0x401000 + start * 16))).toEqual(['', '', '', '']);
  }), {numRuns: 40});
});

test('of several names of one place perf’s choice is taken: sized, not weak, global, fewer underscores, longer', async () => {
  const choice = (...symbols: NonNullable<DrawnElf['symbols']>) => namesAt({symbols: symbols.map((symbol) => ({sizeBytes: 8, ...symbol}))}, 0x401000);
  const at = {address: 0x401000};
  expect(await choice({name: 'empty', ...at, sizeBytes: 0}, {name: 'sized', ...at})).toEqual(['sized']);
  expect(await choice({name: 'weaklonger', ...at, binding: 2}, {name: 'strong', ...at, binding: 0})).toEqual(['strong']);
  expect(await choice({name: 'locallonger', ...at, binding: 0}, {name: 'global', ...at})).toEqual(['global']);
  expect(await choice({name: '__open64', ...at}, {name: 'open', ...at})).toEqual(['open']);
  expect(await choice({name: 'short', ...at}, {name: 'longest', ...at})).toEqual(['longest']);
  expect(await choice({name: 'first', ...at}, {name: 'other', ...at})).toEqual(['first']);
});

test('a function without a size ends where the next begins, the last one with its page', async () => {
  const symbols = [{name: 'a', address: 0x401000}, {name: 'b', address: 0x401100}];
  expect(await namesAt({symbols}, 0x4010ff, 0x401100, 0x401fff, 0x403000)).toEqual(['a', 'b', 'b', '']);
});

test('labels in code are functions, hidden ones, absolute ones, data and other files’ are not', async () => {
  const symbols = [
    {name: 'label', address: 0x401000, sizeBytes: 4, type: 0},
    {name: 'hidden', address: 0x401010, sizeBytes: 4, type: 0, visibility: 2},
    {name: 'absolute', address: 0x401020, sizeBytes: 4, type: 0, section: 0xfff1},
    {name: 'data', address: 0x401030, sizeBytes: 4, type: 1},
    {name: 'elsewhere', address: 0x401040, sizeBytes: 4, section: 0},
    {name: 'chosen', address: 0x401050, sizeBytes: 4, type: 10},
  ];
  expect(await namesAt({symbols}, 0x401000, 0x401010, 0x401020, 0x401030, 0x401040, 0x401050)).toEqual(['label', '', '', '', '', 'chosen']);
});

test('a function around another is found behind it', async () => {
  const symbols = [{name: 'outer', address: 0x401000, sizeBytes: 100}, {name: 'inner', address: 0x401010, sizeBytes: 8}];
  expect(await namesAt({symbols}, 0x401014, 0x401020, 0x401064)).toEqual(['inner', 'outer', '']);
});

test('arm: the bit that says Thumb is no part of an address, and marks of data are no functions', async () => {
  const symbols = [{name: 'thumb', address: 0x401001, sizeBytes: 8}, {name: '$d', address: 0x401000, sizeBytes: 0, type: 0}];
  expect(await namesAt({machine: 40, bits: 32, symbols}, 0x401000)).toEqual(['thumb']);
});

test('calls into other files go by their names at plt', async () => {
  const symbols = [{name: 'main', address: 0x401000, sizeBytes: 16}];
  const elf = {symbols, plt: {address: 0x402000, names: ['malloc', 'free']}};
  expect(await namesAt(elf, 0x40200f, 0x402010, 0x40202f, 0x402030, 0x401008)).toEqual(['', 'malloc@plt', 'free@plt', '', 'main']);
});

test('a kernel’s addresses, which no double holds, count from its lowest', async () => {
  const address = 0xffffffff81000000n;
  const symbols = await opened(elfBytes({address, code: [0x90, 0x90, 0x90], symbols: [{name: '_text', address, sizeBytes: 1}, {name: 'next', address: address + 1n, sizeBytes: 1}]}));
  expect(symbols.base).toBe(address);
  expect(locator(symbols)(1)[0].name).toBe('next');
});

test('the build id is in lower hexadecimal; a debug file is known by having no code', async () => {
  const elf = {buildId: 'ABCDEF0123456789abcdef0123456789abcdef01', symbols: [{name: 'main', address: 0x401000, sizeBytes: 1}]};
  const binary = await opened(elfBytes(elf));
  const debug = await opened(elfBytes({...elf, debugFile: true}));
  expect([binary.buildId, debug.buildId]).toEqual(['abcdef0123456789abcdef0123456789abcdef01', 'abcdef0123456789abcdef0123456789abcdef01']);
  expect([binary.isDebugFile, debug.isDebugFile]).toEqual([false, true]);
  expect(locator(debug)(0x401000)[0].name).toBe('main');
});

test('return addresses are those behind a call, of every form that a call has', async () => {
  // call +0 · call *%rax · call *(%rbx) · call *8(%rax) · call *8(%rsp) · call *0x100(%rax) · call *0x10(%rip) · nop · jmp *%rax
  const calls = [[0xe8, 0, 0, 0, 0], [0xff, 0xd0], [0xff, 0x13], [0xff, 0x50, 8], [0xff, 0x54, 0x24, 8], [0xff, 0x90, 0, 1, 0, 0], [0xff, 0x15, 0x10, 0, 0, 0]];
  const code = [...calls.flat(), 0x90, 0xff, 0xe0, 0x90];
  const {returnSites} = await opened(elfBytes({code, symbols: [{name: 'f', address: 0x401000}]}));
  const ends = calls.map((_, i) => calls.slice(0, i + 1).flat().length);
  expect(code.map((_, i) => i + 1).filter((at) => isReturnSite(returnSites, 0x401000 + at))).toEqual(ends);
  const arm = await opened(elfBytes({machine: 183, code: [0x01, 0, 0, 0x94, 0x20, 0, 0x3f, 0xd6, 0xc0, 0x03, 0x5f, 0xd6], symbols: [{name: 'f', address: 0x401000}]}));
  expect([0, 4, 8, 12].filter((at) => isReturnSite(arm.returnSites, 0x401000 + at))).toEqual([4, 8]);
});

test('a packed binary is unpacked; what is not one is told with its reason', async () => {
  const bytes = elfBytes({symbols: [{name: 'main', address: 0x401000, sizeBytes: 1}]});
  expect((await opened(await gzipped(bytes))).functions.length).toBe(1);
  const fault = async (content: Uint8Array) => {
    const result = await openSymbols(memorySource('x', content));
    return result.ok ? null : result.fault.code;
  };
  expect(await fault(new TextEncoder().encode('hello\n'))).toBe('symbols/unknown');
  expect(await fault(elfBytes({}))).toBe('symbols/empty');
  expect(await fault(bytes.slice(0, 30))).toBe('symbols/damaged');
  expect(await fault((await gzipped(bytes)).slice(0, 60))).toBe('gzip/damaged');
});

test('symbols can be moved to another worker', async () => {
  const symbols = await opened(elfBytes({symbols: [{name: 'main', address: 0x401000, sizeBytes: 1}]}));
  const moved = structuredClone(symbols, {transfer: buffersOfSymbols(symbols)});
  expect(locator(moved)(0x401000)[0].name).toBe('main');
});

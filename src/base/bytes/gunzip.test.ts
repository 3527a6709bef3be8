/** A gzip container in front: what was in it comes out, and where it breaks off, all before that and a fault. */
import {constants, gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {allBytes, bytesOf, gzipped, streamOf} from '../../testing/bytes.ts';
import type {Fault} from '../fault.ts';
import {gunzip, isGzip} from './gunzip.ts';
import {utf8} from './text.ts';

const content = Array.from({length: 4000}, (_, i) => `line ${(i * 2_654_435_761) % 100_003}\n`).join('');

async function unpacked(...pieces: Uint8Array[]): Promise<{text: string; faults: Fault[]}> {
  const faults: Fault[] = [];
  const bytes = await allBytes(gunzip(streamOf(...pieces), (fault) => faults.push(fault)));
  return {text: utf8(bytes), faults};
}

test('what was packed comes out, in whatever pieces it is read', async () => {
  const packed = await gzipped(content);
  expect(await unpacked(packed)).toEqual({text: content, faults: []});
  expect(await unpacked(packed.subarray(0, 1), packed.subarray(1, 500), packed.subarray(500))).toEqual({text: content, faults: []});
});

test('several members one after another are one content, as gzip files that were joined are', async () => {
  const [a, b] = [await gzipped('first\n'), await gzipped('second\n')];
  expect(await unpacked(a, b)).toEqual({text: 'first\nsecond\n', faults: []});
});

test('members are told apart wherever the pieces are cut, also when a member is empty', async () => {
  const packed = new Uint8Array([...(await gzipped('first\n')), ...(await gzipped('')), ...(await gzipped(content)), ...(await gzipped('last\n'))]);
  for (const size of [1, 3, 7, 64, 1000, packed.length]) {
    const pieces = Array.from({length: Math.ceil(packed.length / size)}, (_, i) => packed.subarray(i * size, (i + 1) * size));
    expect(await unpacked(...pieces)).toEqual({text: `first\n${content}last\n`, faults: []});
  }
});

test('bytes within a member that look like a header do not end it', async () => {
  // Stored blocks hold their content as it is, so the header of the packed text stands in the middle of the container.
  const inner = await gzipped('inner\n');
  const stored = new Uint8Array([...(await gzipped('')).subarray(0, 10), ...storedBlock(new Uint8Array([...new Uint8Array(40), ...inner, ...inner]))]);
  const bytes = await allBytes(gunzip(streamOf(stored), () => {}));
  expect(bytes.subarray(40, 40 + inner.length)).toEqual(inner);
});

/** A last block of deflate that holds its content unpacked; the checksum is left out. */
function storedBlock(bytes: Uint8Array): number[] {
  const {length} = bytes;
  return [1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255, ...bytes];
}

test('a container that is cut gives all that zlib can make of what is there, and one fatal fault that says where', async () => {
  const packed = await gzipped(content);
  for (const size of [4, 12, 200, packed.length >> 1, packed.length - 9, packed.length - 1]) {
    const cut = packed.subarray(0, size);
    const {text, faults} = await unpacked(cut);
    expect(text).toBe(gunzipSync(cut, {finishFlush: constants.Z_SYNC_FLUSH}).toString());
    expect(faults.map(({code, severity, at}) => ({code, severity, at}))).toEqual([{code: 'gzip/damaged', severity: 'fatal', at: {byte: text.length}}]);
  }
});

test('what came out of a member before its damage is kept, however little it is', async () => {
  // A block of the kind that is reserved follows one that is stored.
  const head = (await gzipped('')).subarray(0, 10);
  const damaged = new Uint8Array([...head, 0, ...storedBlock(bytesOf('kept')).slice(1), 0b111, 0, 0]);
  expect(await unpacked(damaged)).toMatchObject({text: 'kept', faults: [{code: 'gzip/damaged', at: {byte: 4}}]});
});

test('zeros after a member are padding, and anything else there is a fault after all that was good', async () => {
  const packed = await gzipped(content);
  const zeros = new Uint8Array(1000);
  expect(await unpacked(packed, zeros)).toEqual({text: content, faults: []});
  expect(await unpacked(packed, zeros, await gzipped('more'))).toEqual({text: `${content}more`, faults: []});
  expect(await unpacked(packed, bytesOf('garbage'))).toMatchObject({text: content, faults: [{code: 'gzip/damaged', at: {byte: content.length}}]});
});

test('a flipped bit is seen, at the latest by the checksum', async () => {
  const packed = await gzipped(content);
  for (const at of [packed.length - 6, packed.length >> 1]) {
    const flipped = packed.slice();
    flipped[at] ^= 0x10;
    expect((await unpacked(flipped)).faults.map(({code}) => code)).toEqual(['gzip/damaged']);
  }
});

test('after it broke off the stream stays at its end, and the fault is told once', async () => {
  const faults: Fault[] = [];
  const stream = gunzip(streamOf((await gzipped('a')).subarray(0, 15)), (fault) => faults.push(fault));
  while (await stream.read());
  expect([await stream.read(), await stream.read(), faults.length]).toEqual([null, null, 1]);
});

test('only the first three bytes of RFC 1952 make a gzip', async () => {
  expect(isGzip(await gzipped(''))).toBe(true);
  expect(isGzip(bytesOf('\u001f'))).toBe(false);
  expect(isGzip(Uint8Array.of(0x1f, 0x8b, 7))).toBe(false);
});

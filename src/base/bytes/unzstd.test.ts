/** A zstd container in front: what was in it comes out, and where it breaks off, all before that and a fault. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {allBytes, bytesOf, streamOf, zstdFramed} from '../../testing/bytes.ts';
import type {Fault} from '../fault.ts';
import {utf8} from './text.ts';
import {isZstd, unzstd} from './unzstd.ts';

async function unpacked(...pieces: Uint8Array[]): Promise<{text: string; faults: Fault[]}> {
  const faults: Fault[] = [];
  const bytes = await allBytes(unzstd(streamOf(...pieces), (fault) => faults.push(fault)));
  return {text: utf8(bytes), faults};
}

const inPieces = (bytes: Uint8Array, size: number) => Array.from({length: Math.ceil(bytes.length / size)}, (_, i) => bytes.subarray(i * size, (i + 1) * size));

/** Sixty lines as the zstd program packs them, with checksum and size. */
const PACKED = Uint8Array.from(atob('KLUv/WSzBo0DACKGExGQfcfBQn4Z+T+jG6QlUT0OSkCYhI4pZLyLktAxhYx3QRI6ppDxLkZCxxQy3sUndEwh4114QscUMh54ULBGydYNczkcng2OLvxC03mHFTuoEbC7/2fgNwMR/P8rOD8UJUOy3MSQiR4uZgvAAFIV43GN4Q=='), (c) => c.charCodeAt(0));
const TEXT = Array.from({length: 60}, (_, i) => `a zstd frame of real packing: ${i + 1}\n`).join('');

test('what the zstd program packed comes out, in whatever pieces it is read', async () => {
  for (const size of [1, 7, 50, PACKED.length]) expect(await unpacked(...inPieces(PACKED, size))).toEqual({text: TEXT, faults: []});
});

test('several frames one after another, and frames to be skipped, are one content', async () => {
  const skipped = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);
  expect(isZstd(skipped)).toBe(true);
  const joined = Uint8Array.from([...skipped, ...PACKED, ...zstdFramed('between\n'), ...skipped, ...PACKED]);
  for (const size of [1, 7, joined.length]) expect(await unpacked(...inPieces(joined, size))).toEqual({text: `${TEXT}between\n${TEXT}`, faults: []});
});

test('a container that is cut anywhere gives what lies before the cut, and says that it was cut', async () => {
  const framed = zstdFramed(TEXT, 100);
  for (let at = 4; at < framed.length; at += 3) {
    const {text, faults} = await unpacked(framed.subarray(0, at));
    expect(TEXT.startsWith(text) && text.length >= Math.min(TEXT.length, Math.floor((at - 9) / 103) * 100), `cut at ${at}`).toBe(true);
    expect(faults.map(({code, severity, at: place}) => [code, severity, place?.byte]), `cut at ${at}`).toEqual([['zstd/damaged', 'fatal', text.length]]);
  }
});

test('damaged bytes end the stream, with at most one fault', async () => {
  await fc.assert(fc.asyncProperty(fc.nat(PACKED.length - 5), fc.integer({min: 1, max: 255}), async (at, flip) => {
    const damaged = PACKED.slice();
    damaged[at + 4] ^= flip;
    expect((await unpacked(damaged)).faults.length).toBeLessThan(2);
  }), {numRuns: 300});
});

test('only a frame’s magic is taken for zstd', () => {
  expect([isZstd(PACKED), isZstd(PACKED.subarray(0, 3)), isZstd(bytesOf('(\u00b5/')), isZstd(new Uint8Array(4))]).toEqual([true, false, false, false]);
});

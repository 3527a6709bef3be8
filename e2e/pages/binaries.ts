/** Binaries for journeys: written for the recordings among the fixtures, and one that Go itself made. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {elfBytes} from '../../src/testing/elf-wire.ts';
import type {FileInMemory} from './app.ts';

const SOURCES = join(import.meta.dirname, '../../src');

/** A recording of `/srv/app/app`, whose addresses are offsets from 0x77a61 to 0x7b6b2 into it. */
export const recording: FileInMemory = {name: 'perf.data', mimeType: '', buffer: readFileSync(join(SOURCES, 'formats/perf-data/fixtures/call-chains.data'))};
/** Build id of the program as it was recorded, and that of another build. */
export const OWN_ID = '23df3d732a694c96f3ff67507a7d0dceeced2aba';
export const OTHER_ID = 'bb00000000000000000000000000000000000002';

/** A binary that could be the recorded one: three functions where the addresses are. */
export function appBinary(buildId: string): FileInMemory {
  const bytes = elfBytes({
    buildId, address: 0x477000, fileOffset: 0x77000, code: Array.from({length: 0x5000}, () => 0x90),
    symbols: [{name: 'main.main', address: 0x477a00, sizeBytes: 0x200}, {name: 'main.grow', address: 0x47b100, sizeBytes: 0x200}, {name: 'main.step', address: 0x47b600, sizeBytes: 0x200}],
  });
  return {name: 'app', mimeType: '', buffer: Buffer.from(bytes)};
}

/** A stripped Go binary with inlined calls, and text of `perf script` that has only addresses in it. */
export const goBinary: FileInMemory = {name: 'places', mimeType: '', buffer: gunzipSync(readFileSync(join(SOURCES, 'symbols/go/fixtures/go126.gz')))};
/** A recording with copied stacks that tells no build id of its program: a file `app` is taken for it. */
export function copiedStacks(): Buffer {
  const bytes = Buffer.from(readFileSync(join(SOURCES, 'formats/perf-data/fixtures/stack-dumps.data')));
  const id = Buffer.from(OWN_ID, 'hex');
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id)) bytes.fill(0, at, at + id.length);
  return bytes;
}

/** Two samples, from the leaf: main.one, inlined into main.two, and so on to main.main. */
export const goAddresses: FileInMemory = {
  name: 'perf.txt', mimeType: 'text/plain',
  buffer: Buffer.from([4869791, 4869797].map((leaf, i) => `places 7/7 [000] 5.00000${i}: 1 cycles: \n${[leaf - 1, 4869898, 4870857, 4497429].map((address) => `\t${address.toString(16).padStart(16)} [unknown] (/srv/app/places)\n`).join('')}\n`).join('')),
};

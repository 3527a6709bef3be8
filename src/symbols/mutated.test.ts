/** Damaged and hostile files: whatever the bytes, opening ends, soon, with symbols that answer or with a fault. `MUTATIONS` says how many of each kind are tried. */
import {readdirSync, readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {memorySource} from '../base/bytes/source.ts';
import {bytesOf} from '../testing/bytes.ts';
import {cpuMs, seededNumbers} from '../testing/damaged-bytes.ts';
import {elfBytes} from '../testing/elf-wire.ts';
import {openSymbols} from './open.ts';
import {locator} from './place.ts';

const MUTATIONS = Number(process.env['MUTATIONS'] ?? 300);
/** Of CPU time: far longer than any of them takes on a slow machine, far shorter than no end. */
const LONGEST_MS = 5000;

const goFolder = new URL('./go/fixtures/', import.meta.url);
/** Binaries of every layout of Go's tables. */
const ofGo = readdirSync(goFolder).filter((name) => /^go[\w-]+\.gz$/.test(name)).map((name) => new Uint8Array(gunzipSync(readFileSync(new URL(name, goFolder)))));
const small = elfBytes({buildId: 'abcd', symbols: [{name: 'main', address: 0x401000, sizeBytes: 8}], plt: {address: 0x402000, names: ['malloc']}});
const bigEndian = elfBytes({bits: 32, littleEndian: false, symbols: [{name: 'f', address: 0x1000}]});
const kallsyms = 'ffffffff81000000 T _text\nffffffffc0001000 t open_it\t[ext4]\nffffffffc0001040 t close_it\t[ext4]\n';

/** Where something stands in a file that is not zero: only there does a change tell. */
const placesOf = (bytes: Uint8Array) => [...bytes.keys()].filter((at) => bytes[at] !== 0 || bytes[at - 1] !== 0);

test.each([
  ['binaries', [small, bigEndian]],
  ['kallsyms', [bytesOf(kallsyms)]],
  ['perf maps', [bytesOf('7f00 40 jit\n7f80 20 LazyCompile:~f /app.js:1\n')]],
  ['Go binaries', ofGo],
])('mutated %s neither throw nor hang', async (_, originals) => {
  const random = seededNumbers(1);
  const files = originals.map((bytes) => ({original: bytes, places: placesOf(bytes)}));
  let worstMs = 0;
  for (let i = 0; i < MUTATIONS; i++) {
    const {original, places} = files[i % files.length];
    const isCut = random(4) === 0;
    // Changed in place and put right again: some are large.
    const changed: [number, number][] = [];
    for (let change = random(6); change >= 0; change--) {
      const at = random(2) === 0 ? random(Math.min(original.length, 0x400)) : places[random(places.length)];
      changed.push([at, original[at]]);
      original[at] = [0, 0xff, 0x7f, 0x80, random(256)][random(5)];
    }
    const bytes = isCut ? original.subarray(0, random(original.length)) : original;
    const before = process.cpuUsage();
    const result = await openSymbols(memorySource('mutated', bytes));
    if (result.ok) {
      const locate = locator(result.value);
      for (const address of [0, 0x401000, 0x401005, 0x4a4300, 0x4a4389, 0x490000, random(2 ** 31), Number.NaN]) {
        for (const {name, line} of locate(address)) expect(typeof name === 'string' && Number.isInteger(line)).toBe(true);
      }
      expect(result.value.functions.length).toBeLessThanOrEqual(bytes.length);
    }
    worstMs = Math.max(worstMs, cpuMs(before));
    for (const [at, byte] of changed.reverse()) original[at] = byte;
  }
  expect(worstMs).toBeLessThan(LONGEST_MS);
}, 3_600_000);

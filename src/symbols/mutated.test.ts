/** Damaged and hostile files: whatever the bytes, opening ends, soon, with symbols that answer or with a fault. `MUTATIONS` says how many are tried. */
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {memorySource} from '../base/bytes/source.ts';
import {elfBytes} from '../testing/elf-wire.ts';
import {bytesOf} from '../testing/bytes.ts';
import {openSymbols} from './open.ts';
import {locator} from './place.ts';

const MUTATIONS = Number(process.env['MUTATIONS'] ?? 600);
/** Far longer than any of them takes on a slow machine, far shorter than no end. */
const LONGEST_MS = 5000;

const go = new Uint8Array(gunzipSync(readFileSync(new URL('./go/fixtures/go126.gz', import.meta.url))));
const kallsyms = 'ffffffff81000000 T _text\nffffffffc0001000 t open_it\t[ext4]\n';

/** Where something stands in the file that is not zero: only there does a change tell. */
const places = [...go.keys()].filter((at) => go[at] !== 0 || go[at - 1] !== 0);

test('mutated binaries and tables neither throw nor hang', async () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const small = elfBytes({buildId: 'abcd', symbols: [{name: 'main', address: 0x401000, sizeBytes: 8}], plt: {address: 0x402000, names: ['malloc']}});
  const seeds = [small, small, elfBytes({bits: 32, littleEndian: false, symbols: [{name: 'f', address: 0x1000}]}), bytesOf(kallsyms), bytesOf('7f00 40 jit\n'), go];
  let worstMs = 0;
  for (let i = 0; i < MUTATIONS; i++) {
    const original = seeds[i % seeds.length];
    // The large one is changed in place and put right again.
    let bytes = original === go ? original : original.slice();
    const changed: [number, number][] = [];
    for (let change = random(6); change >= 0; change--) {
      const at = original === go ? (random(2) === 0 ? random(0x400) : places[random(places.length)]) : random(bytes.length);
      changed.push([at, bytes[at]]);
      bytes[at] = [0, 0xff, 0x7f, 0x80, random(256)][random(5)];
    }
    if (original !== go && random(4) === 0) bytes = bytes.subarray(0, random(bytes.length));
    const startMs = performance.now();
    const result = await openSymbols(memorySource('mutated', bytes));
    if (result.ok) {
      const locate = locator(result.value);
      for (const address of [0, 0x401000, 0x401005, 0x4a4300, 0x4a4389, 0x490000, random(2 ** 31), Number.NaN]) {
        for (const {name, line} of locate(address)) expect(typeof name === 'string' && Number.isInteger(line)).toBe(true);
      }
    }
    worstMs = Math.max(worstMs, performance.now() - startMs);
    if (original === go) for (const [at, byte] of changed.reverse()) bytes[at] = byte;
  }
  expect(worstMs).toBeLessThan(LONGEST_MS);
}, 3_600_000);

/**
 * perf.data that is damaged anywhere: never an exception, never a hang, memory no more than the input deserves. `MUTATIONS=100000` for a long run.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {parsedAs} from '../../testing/bytes.ts';
import {perfData} from './format.ts';

const FIXTURES = `${import.meta.dirname}/fixtures/`;
const MUTATIONS = Number(process.env['MUTATIONS'] ?? 600);

/** Numbers that break things. */
const NASTY = [0, 1, 7, 8, 9, 0x7f, 0x80, 0xff, 0xffff, 0x8000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** Numbers that look random and are the same each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) >>> 0;
    return Math.floor((((state ^ (state >>> 12)) >>> 0) / 2 ** 32) * below);
  };
}

/** A copy with a few bytes or words changed, a part taken out, or a part put in twice. */
function damaged(bytes: Uint8Array, pick: (below: number) => number): Uint8Array {
  let copy: Uint8Array = bytes.slice();
  for (let i = 0; i <= pick(4); i++) {
    const at = pick(copy.length);
    const view = new DataView(copy.buffer);
    switch (pick(6)) {
      case 0: copy[at] = pick(256); break;
      case 1: if (at + 2 <= copy.length) view.setUint16(at, NASTY[pick(NASTY.length)], true); break;
      case 2: if (at + 4 <= copy.length) view.setUint32(at & ~3, NASTY[pick(NASTY.length)], true); break;
      case 3: if ((at & ~7) + 8 <= copy.length) view.setBigUint64(at & ~7, BigInt(NASTY[pick(NASTY.length)]) << BigInt(8 * pick(5)), true); break;
      case 4: copy = new Uint8Array([...copy.subarray(0, at), ...copy.subarray(at + pick(200))]); break;
      default: copy = new Uint8Array([...copy.subarray(0, at), ...copy.subarray(Math.max(0, at - pick(200)))]);
    }
    if (copy.length === 0) return copy;
  }
  return copy;
}

test('no damage is an exception, a hang, or makes more than there was', async () => {
  const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.data')).map((name) => readFileSync(FIXTURES + name));
  const pick = random(20_261_123);
  for (let i = 0; i < MUTATIONS; i++) {
    const bytes = damaged(files[i % files.length], pick);
    const trace = await parsedAs(perfData, bytes);
    expect(trace.samples.length).toBeLessThan(bytes.length);
    // The promises of the model hold, save that times may be any.
    if (i % 10 === 0) expect(integrity(trace).filter((problem) => !problem.includes('time')), `mutation ${i}`).toEqual([]);
  }
}, 3_600_000);

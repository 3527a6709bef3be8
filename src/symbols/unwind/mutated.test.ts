/** Hostile input: any registers, any stack, any bytes of `.eh_frame` and function tables. Nothing is thrown and every chain ends. `MUTATIONS` says how many are tried. */
import {expect, test} from 'vitest';
import {StackEnd} from '../../model/tables.ts';
import {cpuMs} from '../../testing/damaged-bytes.ts';
import {drawnCode, STACK} from '../../testing/drawn-stack.ts';
import {cfa, ehFrame} from '../../testing/eh-frame-wire.ts';
import {drawnBinary} from '../../testing/go-tables-wire.ts';
import {unwinder} from './unwinder.ts';

const MUTATIONS = Number(process.env['MUTATIONS'] ?? 2000);
const LONGEST_MS = 5000;
const START = 0x401000;

test('mutated tables and random stacks neither throw nor hang', () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const drawn = ehFrame([{
    returnRegister: 16,
    common: [...cfa.def(7, 8), ...cfa.saved(16, 1)],
    functions: Array.from({length: 8}, (_, n) => ({
      start: START + n * 64, end: START + n * 64 + 64,
      instructions: [...cfa.advance(1), ...cfa.offset(32), ...cfa.saved(6, 2), ...cfa.remember, ...cfa.advance(8), ...cfa.expression(0x77, 8, 0x06, 0x23, 8, 0x2f, 0, 0), ...cfa.recall],
    })),
  }]);
  const binary = drawnBinary({
    ehFrame: drawn,
    functions: Array.from({length: 8}, (_, n) => ({name: `f${n}`, start: START + 512 + n * 64, end: START + 576 + n * 64, frames: [[8, 0], [64, 8 * n]] as const, flags: n === 7 ? 1 : 0})),
    returns: Array.from({length: 256}, (_, i) => START + i * 4),
  });
  const {go} = binary;
  if (!go) throw new Error('a Go binary');
  const mutated = (bytes: Uint8Array, most: number) => {
    const copy = bytes.slice();
    for (let change = random(most); change > 0; change--) copy[random(copy.length)] = [0, 0xff, 0x7f, 0x80, random(256)][random(5)];
    return copy;
  };
  let worstMs = 0;
  const ends = new Set<StackEnd>();
  for (let i = 0; i < MUTATIONS; i++) {
    const symbols = {...binary, ehFrame: {...drawn, bytes: mutated(drawn.bytes, 6)}, go: {...go, table: mutated(go.table, 6)}};
    const bytes = new Uint8Array(random(1 << (3 + random(14))));
    const view = new DataView(bytes.buffer);
    const code = () => START + random(1024 + 64);
    for (let at = 0; at + 8 <= bytes.length; at += 8) view.setBigUint64(at, BigInt([code, code, () => STACK + random(bytes.length + 64), () => random(2 ** 32)][random(4)]()), true);
    const values = BigUint64Array.from({length: 64}, () => BigInt(random(3) === 0 ? code() : STACK + random(bytes.length + 64)));
    values[random(64)] = 0xffff_ffff_ffff_ffffn;
    const before = process.cpuUsage();
    const {addresses, end} = unwinder([{name: 'app', symbols}]).unwind(
      {machine: i % 2 === 0 ? 'x86-64' : 'arm64', values, recorded: random(8) === 0 ? BigInt(random(2 ** 31)) : 0x1_ffff_ffffn},
      {start: random(4) === 0 ? STACK + random(1 << 20) : STACK, bytes, littleEndian: random(16) !== 0},
      drawnCode(),
    );
    worstMs = Math.max(worstMs, cpuMs(before));
    expect(addresses.length).toBeLessThanOrEqual(1 << 14);
    ends.add(end);
  }
  expect(worstMs).toBeLessThan(LONGEST_MS);
  expect([...ends]).toEqual(expect.arrayContaining([StackEnd.Root, StackEnd.EndOfDump, StackEnd.Lost]));
}, 3_600_000);

/**
 * Real texts with bytes changed, lines lost, doubled and joined: nothing throws or hangs, and what is made of them is sound.
 * `MUTATIONS=100000` tries more of them than is done by default.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {parsedAs} from '../../testing/bytes.ts';
import {cpuMs} from '../../testing/damaged-bytes.ts';
import {perfScript} from './format.ts';

const folder = fileURLToPath(new URL('fixtures/', import.meta.url));
/** The beginning of each text is enough: every kind of line stands in it. */
const texts = readdirSync(folder).filter((name) => name.endsWith('.txt')).map((name) => readFileSync(folder + name).subarray(0, 3000));
const LONGEST_MS = 5000;
const numRuns = Number(process.env['MUTATIONS'] ?? 1500);

const change = fc.record({
  how: fc.constantFrom('flip', 'delete', 'double', 'insert', 'cut line', 'swap'),
  at: fc.double({min: 0, max: 1, noNaN: true, maxExcluded: true}),
  length: fc.integer({min: 1, max: 120}),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(...Array.from(' \t\n\r:/[]()0f+#'), 'A').map((character) => character.charCodeAt(0))),
});

function changed(bytes: Uint8Array, {how, at, length, byte}: typeof change extends fc.Arbitrary<infer T> ? T : never): Uint8Array {
  const start = Math.floor(at * bytes.length);
  const [before, part, after] = [bytes.subarray(0, start), bytes.subarray(start, start + length), bytes.subarray(start + length)];
  const newline = bytes.indexOf(10, start);
  if (how === 'flip') return Uint8Array.from([...before, byte, ...bytes.subarray(start + 1)]);
  if (how === 'delete') return Uint8Array.from([...before, ...after]);
  if (how === 'double') return Uint8Array.from([...before, ...part, ...part, ...after]);
  if (how === 'insert') return Uint8Array.from([...before, ...new Uint8Array(length).fill(byte), ...bytes.subarray(start)]);
  if (how === 'cut line' && newline >= 0) return Uint8Array.from([...before, ...bytes.subarray(newline + 1)]);
  return Uint8Array.from([...after, ...part, ...before]);
}

test('a changed text never throws or hangs, gives a sound trace of no more samples than it has lines, and the same in pieces', async () => {
  await fc.assert(fc.asyncProperty(fc.constantFrom(...texts), fc.array(change, {minLength: 1, maxLength: 6}), fc.integer({min: 1, max: 300}), async (text, changes, pieceBytes) => {
    const bytes = changes.reduce(changed, text);
    const trace = await parsedAs(perfScript, bytes);
    expect(integrity(trace)).toEqual([]);
    expect(trace.samples.length).toBeLessThanOrEqual(bytes.reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 1));
    const pieces = await parsedAs(perfScript, bytes, pieceBytes);
    expect([pieces.samples.length, pieces.stacks.length, pieces.faults]).toEqual([trace.samples.length, trace.stacks.length, trace.faults]);
  }), {numRuns});
}, 3_600_000);

/** Where a very long part of a line may stand: X. */
const LONG_LINES = [
  'X\n', '# X\n', 'X 7/7 [000] 5.000001: 1 cycles: a\n', 'app 7 cycles: X\n', ...['1 cycles: X', 'X: a', '1 cycles: 4490a0 X', '1 cycles: (4490a0) X', 'PERF_RECORD_MMAP2 X', 'PERF_RECORD_COMM: X'].map((rest) => `app 7/7 [000] 5.000001: ${rest}\n`),
  ...['\t          401000 X', '\t 401000 X', ...['X', ' X', '  X', '\t I X'].map((line) => `\t          401000 m+0x1 (/a)\n${line}`)].map((lines) => `app 7/7 [000] 5.000001: 1 cycles: \n${lines}\n\n`),
];

test.each([
  'a', ' ', '\t', '/', '0', '.', '-', '(', ')', '[', '{', '"', ',', '<', '::', 'é', 'a/', '+0x1', '+0x1 (', ' (/', ' (', '(inlined) ', '0x4a/0x5f/P/-/-/0 ', '/P/-/-/0 ', '0x1/0x2/P/-', ': ', 'a: ', ', a: ', 'a=1 ', ' a=b', 'a[0]=', '5.000001: ', '1/1 ', '[000] ', 'ABI:2 SP:0x1 ',
  ' => ', '4490a0 f+0x0 (/app) ', '4490a0 ', '|OP ', 'or |BLK ', 'call ', 'insn: ', 'ilen: 1 ', 'IPC: 1.0 (1/1) ', '4K ', 'N/A ', '0000: 00 ', ' PERF_RECORD_SWITCH', '2026-11-22 ',
])('a line that repeats “%s” thirty thousand times is no hang, wherever that stands in it', async (part) => {
  for (const line of LONG_LINES) {
    const before = process.cpuUsage();
    const trace = await parsedAs(perfScript, line.replace('X', () => part.repeat(30_000)));
    expect(cpuMs(before), line).toBeLessThan(LONGEST_MS);
    expect(integrity(trace), line).toEqual([]);
  }
}, 60_000);

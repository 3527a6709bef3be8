/** Which format a file is of, and what is said when it is of none. */
import {expect, test} from 'vitest';
import {FaultLog} from '../base/fault.ts';
import {allBytes, bytesOf, gzipped, streamOf} from '../testing/bytes.ts';
import {detect} from './detect.ts';
import {formats} from './registry.ts';

async function detected(...pieces: (string | Uint8Array)[]) {
  const faults = new FaultLog();
  const found = await detect(streamOf(...pieces), faults);
  return {...found, container: faults};
}

async function refusal(...pieces: (string | Uint8Array)[]) {
  const found = await detected(...pieces);
  if (found.is !== 'unknown') throw new Error(`taken for ${found.format?.id ?? found.is}`);
  return found.fault;
}

const record = 'app 7/7 [000] 5.000001: 1 cycles: \n\t          401000 main.run+0x10 (/srv/app/app)\n\n';

test('an empty file is refused as empty, not as unknown', async () => {
  expect(await refusal()).toMatchObject({code: 'input/empty', severity: 'fatal', at: {byte: 0}});
  expect((await refusal('')).code).toBe('input/empty');
  expect((await refusal(await gzipped(''))).code).toBe('input/empty');
});

test('an unknown text is refused with what was looked for and how it begins', async () => {
  const {code, message} = await refusal('Dear diary,\nnothing grew today.\n');
  expect(code).toBe('input/unknown');
  for (const {label} of formats) expect(message).toContain(label);
  expect(message).toContain('text that begins “Dear diary,”');
});

test('unknown bytes are refused with the first of them in hexadecimal', async () => {
  expect((await refusal(Uint8Array.of(0xde, 0xad, 0, 1))).message).toContain('bytes de ad 00 01');
});

test.each([
  ['perf-data-v1', 'PERFFILE\0\0\0', 'perf script -i perf.data'],
  ['perf-data-v1', 'ELIFFREP\0\0\0', 'perf script -i perf.data'],
  ['go-trace-v1', 'go 1.21 trace\0\0\0\0\0\0', 'go tool trace'],
  ['go-trace-v1', 'go 1.19 trace\0\0\0\0\0\0', 'go tool trace'],
  ['pprof', Uint8Array.of(0x0a, 4, 8, 1, 0x10, 2, 0x12, 0), 'go tool pprof'],
  // As Go's runtime writes it: time and duration first.
  ['pprof', Uint8Array.of(0x48, 0xd6, 0xf3, 0x01, 0x50, 0x80, 0x10, 0x0a, 4, 8, 1, 0x10, 2), 'go tool pprof'],
])('%s is known by sight and refused with what to do: %j', async (kind, content, advice) => {
  for (const file of [bytesOf(content), await gzipped(content)]) {
    const {code, severity, message} = await refusal(file);
    expect([code, severity]).toEqual([`input/${kind}`, 'fatal']);
    expect(message).toContain(advice);
  }
});

test('a file is known in whatever pieces it comes, and none of it is lost on the way', async () => {
  for (const pieces of [[record], record.split(''), [record.slice(0, 40), record.slice(40)]]) {
    const found = await detected(...pieces);
    expect(found.format?.id).toBe('perf-script');
    if (found.format) expect(await allBytes(found.input)).toEqual(bytesOf(record));
  }
});

test('what is known only beyond the first 64 KiB is found there', async () => {
  const warnings = 'Warning: a map could not be read\n'.repeat(4000);
  expect((await detected(warnings, record)).format?.id).toBe('perf-script');
});

test('after a mebibyte without a verdict the search ends', async () => {
  const warnings = 'Warning: a map could not be read\n'.repeat(40_000);
  expect((await refusal(warnings, record)).code).toBe('input/unknown');
});

test('a gzip that breaks off in its head is still known, and its damage is told', async () => {
  const packed = await gzipped(record.repeat(50));
  const {container, ...found} = await detected(packed.subarray(0, packed.length - 4));
  expect(found.format?.id).toBe('perf-script');
  if (found.format) await allBytes(found.input);
  expect(container.groups().map(({code, severity}) => `${severity} ${code}`)).toEqual(['fatal gzip/damaged']);
});

test('the formats have names of their own', () => {
  expect(new Set(formats.map(({id}) => id)).size).toBe(formats.length);
  for (const {extensions} of formats) for (const extension of extensions) expect(extension).toMatch(/^\.[a-z0-9.]+$/);
});

test.each([
  ['a binary', '\u007fELF\u0002\u0001\u0001'.padEnd(64, '\0')],
  ['kallsyms', 'ffffffff81000000 T _text\nffffffff81000040 t do_one\n'],
  ['a perf map', '7f2a4c000000 40 LazyCompile:~main app.js:1\n7f2a4c000040 20 f\n'],
])('%s is a file of symbols, in gzip too', async (_, content) => {
  for (const file of [bytesOf(content), await gzipped(content)]) expect((await detected(file)).is).toBe('symbols');
});

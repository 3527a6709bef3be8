/** A text read by two readers is to the last value what one reader makes of it, wherever it is cut and whatever stands in it. */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {memorySource} from '../../base/bytes/source.ts';
import {TraceBuilder} from '../../model/builder.ts';
import {integrity} from '../../model/integrity.ts';
import type {Trace} from '../../model/trace.ts';
import {bytesOf, joined, parsedAs} from '../../testing/bytes.ts';
import {perfScriptText, type PerfField, type PerfFrame, type PerfSample} from '../../testing/perf-script-text.ts';
import {traceDifference} from '../../testing/trace-difference.ts';
import {unwatched, type SecondReader, type Stretch} from '../format.ts';
import {readPart} from '../open.ts';
import {perfScript} from './format.ts';

const numRuns = Number(process.env['MUTATIONS'] ?? 600);
const PIECE_BYTES = 1 << 16;
/** The first reader takes the text by half a MiB; this holds it up before the text that matters. */
const FILLER = bytesOf(`# ${'x'.repeat(60_000)}\n`.repeat(12));

/** The text as two readers make it, the second one about where it is told to read; `parts` of its that were put behind the first one's. */
async function readByTwo(text: Uint8Array, wants: Stretch): Promise<{trace: Trace; parts: number}> {
  const source = memorySource('text', text, PIECE_BYTES);
  const stream = source.open();
  const build = new TraceBuilder(perfScript.id);
  let asked = 0;
  let parts = 0;
  const second: SecondReader = {
    wants: () => wants,
    read: async (part) => {
      asked++;
      const read = await readPart(structuredClone(part), memorySource('part', text.subarray(part.start, part.end), PIECE_BYTES).open());
      if (!read) return null;
      parts++;
      return structuredClone(read);
    },
    stop: () => (parts = 0),
  };
  const parser = await perfScript.load();
  await parser.parse({read: () => stream.read(), anywhere: {sizeBytes: text.length, readAt: source.readAt!.bind(source)}, second}, build, unwatched);
  expect(asked).toBeLessThanOrEqual(1);
  return {trace: build.finish(), parts};
}

/** How both readings differ, and how many parts the second reader gave. `start` and `end`: in shares of what follows the filler. */
async function compared(before: Uint8Array, after: Uint8Array, start: number, end: number): Promise<{difference: string | null; parts: number}> {
  const text = joined(before, FILLER, after);
  const from = before.length + FILLER.length - 1;
  const {trace, parts} = await readByTwo(text, {start: from + Math.floor(start * after.length), end: from + Math.floor((start + (1 - start) * end) * after.length)});
  expect(integrity(trace)).toEqual([]);
  return {difference: traceDifference(await parsedAs(perfScript, text, PIECE_BYTES), trace), parts};
}

// As many of each: drawn as a double most would be next to nothing.
const share = fc.integer({min: 0, max: 99}).map((percent) => percent / 100);
const folder = fileURLToPath(new URL('fixtures/', import.meta.url));
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.txt'));

test.each(fixtures)('%s, behind itself, is the same by one reader and by two', async (name) => {
  const text = readFileSync(folder + name);
  await fc.assert(fc.asyncProperty(share, share, async (start, end) => {
    expect((await compared(text, text, start, end)).difference).toBeNull();
  }), {numRuns: 15});
});

const few = (...numbers: number[]) => fc.constantFrom(...numbers);
const ids = {pid: fc.oneof({weight: 30, arbitrary: few(7, 9)}, {weight: 1, arbitrary: few(-1)}), tid: fc.oneof({weight: 30, arbitrary: few(7, 8, 9, 10)}, {weight: 1, arbitrary: few(-1)})};
const timeNs = fc.bigInt({min: 100_000_000_000n, max: 100_000_900_000n});
const frame: fc.Arbitrary<PerfFrame> = fc.record({
  address: fc.bigInt({min: 0x401000n, max: 0x401008n}), symbol: fc.constantFrom('main.run', 'main.grow', 'runtime.goexit', null), offset: fc.nat(3), dso: fc.constantFrom('/srv/app', '[kernel.kallsyms]', '/lib/libc.so'),
  fileOffset: fc.bigInt({min: 0x1000n, max: 0x1004n}), place: fc.constantFrom('run.go:12', 'run.go:13', 'app[401000]'), inlined: fc.boolean(),
});
const sample: fc.Arbitrary<PerfSample> = fc.record({
  comm: fc.constantFrom('app', 'worker', 'perf-exec', 'a b'), ...ids, cpu: few(-1, 0, 3), timeNs, period: few(1, 1_000_003), event: fc.constantFrom('cycles', 'cpu-clock:ppp', 'probe_app:copystack'),
  flags: fc.constantFrom('', 'call'), trace: fc.constantFrom('', '(4490a0) gp=0xc00009e4e0', '(4490a0) name="x y"'), addr: fc.bigInt({min: 0x1000n, max: 0x1003n}), frames: fc.array(frame, {maxLength: 4}),
  registers: fc.tuple(fc.bigInt({min: 1n, max: 3n}), fc.bigInt({min: 0n, max: 3n})),
});
const usual: readonly PerfField[] = ['comm', 'tid', 'time', 'event', 'ip', 'sym'];
const others: readonly PerfField[] = ['pid', 'cpu', 'misc', 'period', 'flags', 'trace', 'addr', 'symoff', 'dso', 'dsoff', 'srcline', 'uregs', 'brstack', 'insn', 'page', 'guest', 'tod'];

const record = fc.tuple(ids.pid, ids.tid, ids.tid, fc.constantFrom('', '0.000000', '99.000100', '100.000300', '100.000500')).chain(([pid, tid, parent, time]) => fc.constantFrom(
  `PERF_RECORD_COMM exec: x:${pid}/${tid}`, `PERF_RECORD_COMM: y z:${pid}/${tid}`, `PERF_RECORD_FORK(${pid}:${tid}):(${pid}:${parent})`, `PERF_RECORD_EXIT(${pid}:${tid}):(${pid}:${parent})`,
  `PERF_RECORD_MMAP2 ${pid}/${tid}: [0x40${tid}000(0x1000) @ 0 <ab${parent}>]: r-xp /srv/app`, 'PERF_RECORD_SWITCH OUT preempt', 'PERF_RECORD_SWITCH_CPU_WIDE IN           prev pid/tid:     0/0', 'PERF_RECORD_LOST lost 2', 'PERF_RECORD_AUX offset: 0',
).map((text) => `app ${pid}/${tid} [001] ${time}${time && ': '}${text}\n`));
const sampleOfTwo = 'app     7 [000]   100.000200:          1 cycles: \n\t          401000 main.run+0x1 (/srv/app)\n\n';
const line = fc.constantFrom('what is this\n', '\n', '\t          401000 main.run+0x1 (/srv/app)\n', '\tno frame\n', ' ABI:2    SP:0x7f31   R14:0xc0\n', '# ========\n', '# captured on    : today\n', '# cmdline : perf record\n', '# clockid: monotonic (1)\n', '\uFEFF# ========\n', 'app  9 cycles: \n', '. 0000\n', sampleOfTwo);

/** How often each kind of line comes, of ten. */
const kinds = fc.constantFrom({samples: 10, records: 0, lines: 0}, {samples: 8, records: 2, lines: 0}, {samples: 8, records: 0, lines: 2}, {samples: 6, records: 2, lines: 2});

/** What is true of all samples of a text: as they are; one number for all threads; times from the first sample, or since the one before. */
const whole = fc.constantFrom<(each: PerfSample) => PerfSample>(
  (each) => each, (each) => ({...each, tid: 7}), (each) => ({...each, timeNs: (each.timeNs % 3n) * 1000n}), (each) => ({...each, tid: 7, timeNs: (each.timeNs % 2n) * 1000n}),
);

const text = fc.tuple(whole, fc.subarray([...usual], {minLength: 4}), fc.subarray([...others]), fc.boolean(), fc.boolean(), fc.constantFrom('\n', '\r\n'), kinds).chain(([asAll, first, more, ns, latency, newline, {samples, records, lines}]) => {
  const style = {fields: new Set([...first, ...more]), chains: true, ns, latency, wide: false, newline};
  const piece = fc.oneof(
    {weight: samples, arbitrary: sample.map((each) => `${perfScriptText([asAll(each)], style)}${newline}`)}, {weight: records, arbitrary: record}, {weight: lines, arbitrary: line},
  );
  const pieces = fc.array(piece, {minLength: 1, maxLength: 14}).map((all) => bytesOf(all.join('')));
  return fc.tuple(pieces, pieces, pieces).map(([before, after, end]) => ({before, after: joined(after, end)}));
});

test('whatever the fields, records and stray lines of a text, two readers make of it what one makes', async () => {
  let parts = 0;
  await fc.assert(fc.asyncProperty(text, share, share, async ({before, after}, start, end) => {
    const found = await compared(before, after, start, end);
    parts += found.parts;
    expect(found.difference, new TextDecoder().decode(joined(before, bytesOf('…\n'), after))).toBeNull();
  }), {numRuns});
  expect(parts).toBeGreaterThan(numRuns / 10);
}, 600_000);

const stack = '\t          401000 main.run+0x1 (/srv/app)\n\n';
const one = (start: string) => `${start}: 1 cycles: \n${stack}`;
test.each([
  ['the process of a thread, told before the part', `${one('app 7/7 [000] 100.000001')}app 7/7 [000] 100.000002: PERF_RECORD_COMM: app:7/9\n`, one('app     9 [000] 100.000003'), one('app     9 [000] 100.000004')],
  ['the process of a thread, told in the part', one('app     9 [000] 100.000001'), `${one('app 7/7 [000] 100.000002')}app 7/7 [000] 100.000003: PERF_RECORD_COMM: app:7/9\n`, one('app 7/9 [000] 100.000004')],
  ['the name of a thread from its maker, named before the part', `${one('app 7/7 [000] 100.000001')}app 7/7 [000] 100.000002: PERF_RECORD_COMM: named:7/7\n`, `${one('app 7/7 [000] 100.000003')}app 7/7 [000] 100.000004: PERF_RECORD_FORK(7:9):(7:7)\n`, one('   7/9     [000] 100.000005')],
  ['a number that is one thread’s before the part and another’s in it', one('app     7 [000] 100.000001') + one('worker     7 [000] 100.000002'), one('worker     8 [000] 100.000003'), one('app     7 [000] 100.000004')],
])('%s, is the same by one reader and by two', async (_, before, part, after) => {
  const {difference} = await compared(bytesOf(before), bytesOf(part + after), 0, part.length / (part.length + after.length));
  expect(difference).toBeNull();
});

/** perf script text as a whole: any text that perf could print reads back as the samples it was printed from. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {absoluteNs, text, type Trace} from '../../model/trace.ts';
import {bytesOf, parsedAs} from '../../testing/bytes.ts';
import {perfScript} from './format.ts';

const parse = (content: string | Uint8Array, pieceBytes?: number) => parsedAs(perfScript, content, pieceBytes);

interface Frame {
  readonly symbol: string | null;
  readonly dso: string | null;
}

interface Sample {
  readonly comm: string;
  readonly pid: number;
  readonly tid: number;
  readonly cpu: number;
  readonly timeNs: bigint;
  readonly period: number;
  readonly event: string;
  /** Leaf first. */
  readonly frames: readonly Frame[];
}

/** What a trace says of its samples, as they would be printed. */
function samplesOf(trace: Trace): Sample[] {
  const {samples, threads, processes, stacks, frames} = trace;
  return Array.from({length: samples.length}, (_, row) => {
    const list: Frame[] = [];
    for (let at = samples.stack[row]; at >= 0; at = stacks.parent[at]) {
      const frame = stacks.frame[at];
      list.push({symbol: text(trace, frames.name[frame]), dso: text(trace, frames.dso[frame])});
    }
    const thread = samples.thread[row];
    return {
      comm: text(trace, samples.comm[row]) ?? '',
      pid: processes.pid[threads.process[thread]],
      tid: threads.tid[thread],
      cpu: samples.cpu[row],
      timeNs: absoluteNs(trace, samples.timeNs[row]),
      period: samples.period[row],
      event: text(trace, trace.events.name[samples.event[row]])!,
      frames: list,
    };
  });
}

const codes = (trace: Trace) => trace.faults.map(({code, severity, count}) => `${severity} ${count} ${code}`);

/** How one run of perf script prints: the same for all samples of a file. */
interface Columns {
  readonly pid: boolean;
  readonly cpu: boolean;
  readonly misc: boolean;
  readonly ns: boolean;
  readonly period: boolean;
  readonly offset: boolean;
  readonly dso: boolean;
  readonly chain: boolean;
  readonly newline: string;
}

function printed(samples: readonly Sample[], columns: Columns): string {
  const lines: string[] = [];
  for (const {comm, pid, tid, cpu, timeNs, period, event, frames} of samples) {
    const fraction = String(timeNs % 1_000_000_000n).padStart(9, '0').slice(0, columns.ns ? 9 : 6);
    const frameText = ({symbol, dso}: Frame, i: number) =>
      `${(0x401000 + i).toString(16).padStart(16)} ${symbol === null ? '[unknown]' : symbol + (columns.offset ? `+0x${i.toString(16)}` : '')}${columns.dso ? ` (${dso})` : ''}`;
    const header = [
      columns.chain ? comm : comm.padStart(16),
      columns.pid ? `${String(pid).padStart(5)}/${String(tid).padEnd(5)}` : String(tid).padStart(5),
      ...(columns.cpu ? [`[${String(cpu).padStart(3, '0')}]`] : []),
      ...(columns.misc ? ['U     '] : []),
      `${String(timeNs / 1_000_000_000n).padStart(5)}.${fraction}:`,
      ...(columns.period ? [String(period).padStart(10)] : []),
      `${event.padStart(20)}: `,
    ].join(' ');
    if (columns.chain) lines.push(header, ...frames.map((frame, i) => `\t${frameText(frame, i)}`), '');
    else lines.push(header + frames.map(frameText).join(''));
  }
  return lines.map((line) => line + columns.newline).join('');
}

const columns: fc.Arbitrary<Columns> = fc.record({
  pid: fc.boolean(), cpu: fc.boolean(), misc: fc.boolean(), ns: fc.boolean(), period: fc.boolean(), offset: fc.boolean(), dso: fc.boolean(), chain: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
});

const comm = fc.oneof(
  fc.string({unit: fc.constantFrom('a', 'b', ' ', '1', '/', '.', ':', '[', ']', '(', ')', '#', '程'), minLength: 1, maxLength: 13}),
  fc.constantFrom('x:y 12345', '(paren) 9/9', 'cpu-clock:', 'a 1.5: b', '[001] U', '7/8 [000] K'),
).map((name) => name.trim()).filter((name) => name !== '' && bytesOf(name).length <= 15);
const symbol = fc.constantFrom(
  'main.run', 'main.Grow[go.shape.struct { A int; B string }_0]', 'operator+(A const&, B const&)', '(anonymous namespace)::f(int)', 'a+0x10', 'std::map<int, char>::operator[]', '_start', 'do_syscall_64',
);
const dso = fc.constantFrom('/srv/app/app', '[kernel.kallsyms]', '/opt/od d (name).so x', '/srv/app/app (deleted)');
const frame: fc.Arbitrary<Frame> = fc.record({symbol: fc.oneof({weight: 6, arbitrary: symbol}, {weight: 1, arbitrary: fc.constant(null)}), dso});
const SECOND = 1_000_000_000n;
const sample: fc.Arbitrary<Sample> = fc.record({
  comm,
  pid: fc.integer({min: -1, max: 4_194_304}),
  tid: fc.integer({min: -1, max: 4_194_304}),
  cpu: fc.nat(1023),
  // Nanoseconds since 1970 lie far above 2^53; samples may come out of order, and hours apart.
  timeNs: fc.bigInt({min: 1_795_360_156n * SECOND, max: 1_795_390_000n * SECOND}),
  period: fc.oneof(fc.nat(3_000_000), fc.integer({min: 0, max: Number.MAX_SAFE_INTEGER})),
  event: fc.constantFrom('cycles', 'cpu-clock:ppp', 'cpu-clock/freq=997/', 'probe_app:copystack'),
  frames: fc.array(frame, {maxLength: 5}),
});

test('text printed from samples, in any of the forms that perf prints, reads back as exactly these samples', async () => {
  await fc.assert(fc.asyncProperty(fc.array(sample, {minLength: 1, maxLength: 8}), columns, fc.integer({min: 1, max: 400}), async (list, form, pieceBytes) => {
    // Without an offset and a DSO a symbol cannot be told from what follows it, nor one line from a tracepoint's text.
    // One number for several comms is that of a process: not here.
    const seen = list.map((each, i) => ({...each, tid: form.pid ? each.tid : i, frames: form.chain ? each.frames : each.frames.slice(0, 1)}));
    const clear = {...form, dso: form.dso || !form.chain, offset: form.offset || seen.some(({frames}) => frames.some((one) => one.symbol === 'a+0x10' || one.symbol?.includes('('))) };
    const trace = await parse(printed(seen, clear), pieceBytes);
    expect(samplesOf(trace)).toEqual(seen.map((each) => ({
      ...each,
      pid: clear.pid ? each.pid : -1,
      cpu: clear.cpu ? each.cpu : -1,
      timeNs: clear.ns ? each.timeNs : each.timeNs - (each.timeNs % 1000n),
      period: clear.period ? each.period : Number.NaN,
      frames: each.frames.map((one) => ({symbol: one.symbol, dso: clear.dso ? one.dso : null})),
    })));
    expect(codes(trace).filter((code) => !/perf-script\/(?:cut|no-stacks|no-dso)$/.test(code))).toEqual([]);
    if (clear.chain) expect(codes(trace).filter((code) => !/perf-script\/no-(?:stacks|dso)$/.test(code))).toEqual([]);
    expect(trace.resolutionNs).toBe(clear.ns ? 1 : 1000);
    expect(integrity(trace)).toEqual([]);
  }), {numRuns: 500});
});

test('bytes that come from nowhere lose no sample around them and are told with their line', async () => {
  const good = printed([{comm: 'app', pid: 1, tid: 2, cpu: 0, timeNs: 5n * SECOND, period: 1, event: 'cycles', frames: [{symbol: 'main.run', dso: '/a'}]}], {
    pid: true, cpu: true, misc: false, ns: true, period: true, offset: true, dso: true, chain: true, newline: '\n',
  });
  await fc.assert(fc.asyncProperty(fc.uint8Array({maxLength: 60}), async (noise) => {
    const garbage = Uint8Array.from([...noise.filter((byte) => byte !== 10), 33, 10, 10]);
    const trace = await parse(Uint8Array.from([...bytesOf(good), ...garbage, ...bytesOf(good)]));
    const kept = samplesOf(trace).filter(({event}) => event === 'cycles');
    expect(kept.length).toBe(2);
    expect(trace.faults.flatMap(({first}) => first.map(({at}) => at?.line))).toContain(4);
    expect(integrity(trace)).toEqual([]);
  }));
});

const record = (time: string, ...lines: string[]) => [`app 7 [000] ${time}: 1 cycles: `, ...lines].map((line) => `${line}\n`).join('');
const run = '\t          401000 main.run+0x10 (/srv/app/app)';

test('a frame is the same wherever in the function the address lies', async () => {
  const trace = await parse(record('5.000001', run, '') + record('5.000002', '\t          40100f main.run+0x1f (/srv/app/app)', ''));
  expect(trace.frames.length).toBe(1);
  expect(trace.samples.stack[0]).toBe(trace.samples.stack[1]);
});

test('a record without an empty line after it ends where the next begins', async () => {
  const trace = await parse(record('5.000001', run) + record('5.000002', run, run, ''));
  expect(samplesOf(trace).map(({frames}) => frames.length)).toEqual([1, 2]);
  expect(codes(trace)).toEqual([]);
});

test.each([
  ['an instruction', ' ilen: 3 insn: 48 31 ca'],
  ['a page size', '               0 N/A 4K'],
  ['registers', ' ABI:2    AX:0xef50    SP:0x7f31 '],
])('a file that ends in %s, which stands in place of the empty line, is not called cut', async (_, tail) => {
  expect(codes(await parse(record('5.000001', run, tail) + record('5.000002', run, tail))).join()).not.toContain('cut');
});

test('a file that ends in a source line may be cut, since source lines stand between frames', async () => {
  const trace = await parse(record('5.000001', run, '  app.go:12', ''));
  expect(codes(trace)).toEqual([]);
  expect(codes(await parse(record('5.000001', run, '  app.go:12'))).join()).toContain('perf-script/cut');
});

test('a file that ends in front of a call chain is called cut, for the records before it have one', async () => {
  expect(codes(await parse(record('5.000001', run, '') + record('5.000002')))).toEqual(['odd 1 perf-script/cut']);
});

test('a file of records without call chains is whole without an empty line', async () => {
  expect(codes(await parse(record('5.000001') + record('5.000002') + record('5.000003')))).toEqual(['odd 1 perf-script/no-stacks']);
});

test('a file that ends inside a line says so, and a record cut before its event is not made up', async () => {
  const trace = await parse(`${record('5.000001', run, '')}app 7 [000] 5.000002: 12`);
  expect(trace.samples.length).toBe(1);
  expect(codes(trace)).toEqual(['odd 1 perf-script/cut']);
});

test('where events are not printed, a last line without a newline is a record like the others', async () => {
  const trace = await parse('app 7 5.000001: 1\napp 7 5.000002: 12');
  expect([...trace.samples.period]).toEqual([1, 12]);
});

test('times before the first sample are kept', async () => {
  const trace = await parse(record('5.000001', '') + record('4.999999', ''));
  expect(samplesOf(trace).map(({timeNs}) => timeNs)).toEqual([5_000_001_000n, 4_999_999_000n]);
  expect([trace.startNs < 0, integrity(trace)]).toEqual([true, []]);
});

test('a time that a double cannot hold exactly is told', async () => {
  expect(codes(await parse(record('5.000001', run, '') + record('99999999.000001', '')))).toEqual(['odd 1 perf-script/far-time']);
});

test('a period above 2^53 is kept as near as a double can be, and told', async () => {
  const trace = await parse('app 7 5.000001: 18446744073709551615 cycles: \n\n');
  expect(trace.samples.period[0]).toBe(2 ** 64);
  expect(codes(trace)).toContain('odd 1 perf-script/large-period');
});

test('a file without events says so, and keeps its samples', async () => {
  const trace = await parse('app 7 5.000001: \n\t          401000 main.run+0x10 (/srv/app/app)\n\n');
  expect([trace.samples.length, codes(trace)]).toEqual([1, ['odd 1 perf-script/no-event']]);
});

test('a data address in front of a call chain is an argument, not a frame', async () => {
  const trace = await parse('app 7 5.000001: 1 page-faults:     7f0000002000 [unknown] ([unknown])\n\t          401000 main.run+0x10 (/srv/app/app)\n\n');
  expect(samplesOf(trace)[0].frames).toEqual([{symbol: 'main.run', dso: '/srv/app/app'}]);
  expect([text(trace, trace.sampleArguments.key[0]), trace.sampleArguments.bits[0]]).toEqual(['addr', 0x7f00_0000_2000n]);
});

test('lines indented under another record go with it, but a frame after an empty line is told', async () => {
  const trace = await parse('app 7/7 5.000001: PERF_RECORD_NAMESPACES 7/7 - nr_namespaces: 7\n\t\t[0/net: 4/0xf0000000]\n\n\t          401000 main.run+0x10 (/srv/app/app)\n');
  expect(codes(trace)).toEqual(['skipped 1 perf-script/frame', 'odd 1 perf-script/no-samples']);
  expect(trace.faults[0].first[0].at?.line).toBe(4);
});

test('a comm that begins with # is a comm, also on the first line', async () => {
  expect(samplesOf(await parse('#1 worker 7/7 5.000001: 1 cycles: \n\n'))[0].comm).toBe('#1 worker');
});

test('a chain deeper than can be kept loses its root side only, and says so', async () => {
  const trace = await parse(record('5.000001', ...Array.from({length: 17_000}, () => run), ''));
  expect(samplesOf(trace)[0].frames.length).toBe(1 << 14);
  expect(codes(trace)).toEqual([`skipped ${17_000 - (1 << 14)} perf-script/too-deep`]);
});

test.each([
  ['a record with an event', 'app 7 5.000001: cycles: \n', 'yes'],
  ['a record without an event could be anything', 'app 7 5.000001: 1\n', 'no'],
  ['a frame', '\t          401000 main.run+0x10 (/srv/app/app)\n', 'yes'],
  ['messages in front of a record', 'Warning:\nsomething was lost\n\napp 7 5.000001: cycles: \n', 'yes'],
  ['a header without records', '# ========\n# captured on    : today\n# ========\n', 'yes'],
  ['a heading of dashes and words', '# ========\n# Contents\n', 'no'],
  ['folded stacks', 'main;read 12\n', 'no'],
  ['a sample without a time on one line', 'app     7 cpu-clock:            401000 main.run+0x10 (/srv/app/app)\n', 'yes'],
  ['a message with a number and a colon', 'Warning: app 7 was: 12 lost (/srv/app/app)\n', 'no'],
  ['bytes', 'app 7 5.000001: cycles: \n\0', 'no'],
  ['nothing', '', 'no'],
])('%s: %j is answered by %s', (_, content, verdict) => {
  expect(perfScript.sniff(bytesOf(content), true)).toBe(verdict);
});

test('a head without a verdict asks for more', () => {
  expect(perfScript.sniff(bytesOf('Warning:\napp 7 5.0000'), false)).toBe('need-more');
});

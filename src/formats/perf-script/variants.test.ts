/**
 * One small capture in all the ways in which `perf script` prints it and files get changed on their way, each of which some viewer
 * reads wrongly or not at all. The bar: every row right, or told by a fault what the text cannot say.
 */
import {expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {absoluteNs, text, type Trace} from '../../model/trace.ts';
import {gzipped, opened, utf16, zstdFramed} from '../../testing/bytes.ts';
import {perfScriptText, type PerfField, type PerfFrame, type PerfSample} from '../../testing/perf-script-text.ts';
import {stackText} from '../../testing/trace-summary.ts';

const frame = (symbol: string, address: number, place = 'main.go:7'): PerfFrame => ({address: BigInt(address), symbol, offset: 16, dso: '/srv/app/app', fileOffset: BigInt(address), place, inlined: false});
const run = [frame('main.work', 0x4010f0), frame('main.run', 0x401200), frame('runtime.goexit.abi0', 0x46a000)];
const grow = [frame('runtime.copystack', 0x4490a0), frame('runtime.newstack', 0x44a000), ...run];
const sample = (i: number, comm: string, event = 'cpu-clock', frames = run): PerfSample => ({
  comm, pid: 700, tid: 701 + (i % 3), cpu: i % 2, timeNs: BigInt(5_000_000_000 + i * 1_003_000), period: 1_003_009, event, flags: '', trace: '', addr: 0n, frames, registers: [0n, 0n],
});
/** Two events, and comms that look like the fields behind them. */
const samples = [sample(0, 'app'), sample(1, 'x:y 12345'), sample(2, '(paren) 9/9', 'faults', grow), sample(3, 'app', 'faults'), sample(4, 'cpu-clock:', 'cpu-clock', grow), sample(5, 'a b c')];

const printed = (fields: string, list: readonly PerfSample[] = samples, chains = true, newline = '\n') =>
  perfScriptText(list, {fields: new Set(fields.split(',') as PerfField[]), chains, ns: false, latency: false, wide: false, newline});
const USUAL = 'comm,tid,cpu,time,period,event,ip,sym,symoff,dso';

/** Every sample as one line; what is not in the text is left out. */
function rows({samples: table, threads, events, ...trace}: Trace): string[] {
  const whole = {samples: table, threads, events, ...trace} as Trace;
  return Array.from({length: table.length}, (_, row) => [
    text(whole, table.comm[row]) ?? '-',
    table.thread[row] < 0 ? -1 : threads.tid[table.thread[row]],
    table.cpu[row],
    Number.isNaN(table.timeNs[row]) ? '-' : absoluteNs(whole, table.timeNs[row]),
    table.period[row],
    text(whole, events.name[table.event[row]]),
    stackText(whole, table.stack[row]),
  ].join(' | '));
}

/** What `rows` must be of these samples, as far as these fields are printed. */
function expected(fields: string, list: readonly PerfSample[] = samples, chains = true): string[] {
  const has = (field: string) => fields.split(',').includes(field);
  return list.map(({comm, tid, cpu, timeNs, period, event, frames}) => [
    has('comm') ? comm : '-', has('tid') ? tid : -1, has('cpu') ? cpu : -1, has('time') ? timeNs : '-', has('period') ? period : Number.NaN, has('event') ? event : '',
    has('ip') ? (chains ? frames : frames.slice(0, 1)).map(({symbol}) => (has('sym') ? symbol : has('dso') ? '[/srv/app/app]' : '[unknown]')).toReversed().join(';') : '(no stack)',
  ].join(' | '));
}

async function read(content: string | Uint8Array): Promise<{rows: string[]; codes: string[]; trace: Trace}> {
  const {trace, faults} = await opened(content);
  expect(integrity(trace!)).toEqual([]);
  return {rows: rows(trace!), codes: faults.map(({code, severity, count}) => `${severity} ${count} ${code.replace('perf-script/', '')}`), trace: trace!};
}

test.each([
  ['what perf prints by itself is read', USUAL, []],
  ['process and thread are told apart', `${USUAL},pid`, []],
  ['letters of misc in front of the time make no sample', `${USUAL},misc`, []],
  ['without CPUs every sample is read', USUAL.replace(',cpu', ''), []],
  ['without offsets every sample is read', USUAL.replace(',symoff', ''), []],
  ['without files no frame is lost, and that is said', USUAL.replace(',dso', ''), ['odd 1 no-dso']],
  ['of addresses alone every frame is kept, and it is said what they lack', USUAL.replace(',sym,symoff,dso', ''), ['odd 1 no-dso']],
  ['addresses with files are frames of these', USUAL.replace(',sym,symoff', ''), []],
  ['without times every sample is kept and none made up, and that is said', USUAL.replace(',time', ''), ['odd 6 no-time']],
  ['without events every sample is kept, and that is said', USUAL.replace(',event', ''), ['odd 6 no-event']],
  ['without comms every sample is read', USUAL.replace('comm,', ''), []],
  ['without periods every sample is read', USUAL.replace(',period', ''), []],
  ['source lines between frames are no frames', `${USUAL},srcline`, []],
  ['instructions behind frames are no frames', `${USUAL},insn`, []],
  ['branches behind frames are no frames', `${USUAL},brstack`, []],
  ['flags behind the event are no frame', `${USUAL},flags`, []],
  ['a time of day in front of the time is none', `${USUAL},tod`, []],
  ['text without any head is read, and it is said what it lacks', 'ip,sym', ['odd 1 no-dso', 'odd 6 no-event', 'odd 6 no-thread', 'odd 6 no-time']],
] as const)('%s', async (_, fields, codes) => {
  const found = await read(printed(fields));
  expect(found.rows).toEqual(expected(fields));
  expect(found.codes).toEqual(codes);
});

test('no thread: comms are kept, and it is said that no sample has a thread', async () => {
  // Without the thread a comm that ends in a number cannot be told from one.
  const list = samples.map((each) => ({...each, comm: 'app'}));
  const found = await read(printed(USUAL.replace(',tid', ''), list));
  expect([found.rows, found.codes]).toEqual([expected(USUAL.replace(',tid', ''), list), ['odd 6 no-thread']]);
});

test('no call chains: one line a sample, its leaf alone', async () => {
  const found = await read(printed(USUAL, samples, false));
  expect([found.rows, found.codes]).toEqual([expected(USUAL, samples, false), []]);
});

test('of two events both are read, each sample with the period of its own', async () => {
  const list = [...Array.from({length: 12}, (_, i) => ({...sample(i, 'app', 'page-faults'), period: 40})), ...Array.from({length: 295}, (_, i) => sample(12 + i, 'app'))];
  const found = await read(printed(USUAL, list));
  expect([found.rows, found.codes]).toEqual([expected(USUAL, list), []]);
  const of = (event: string) => found.rows.filter((row) => row.includes(` | ${event} | `));
  expect([of('page-faults').length, of('cpu-clock').length]).toEqual([12, 295]);
});

test.each(['x:y 12345', '(paren) 9/9', 'cpu-clock:', '5.000001:', 'a [001] 4.5', '-1', '#'])('the comm %j is no field behind it, and takes no thread away', async (comm) => {
  for (const fields of [USUAL, `${USUAL},pid`, USUAL.replace(',cpu', '')]) {
    const list = samples.map((each) => ({...each, comm}));
    expect((await read(printed(fields, list))).rows).toEqual(expected(fields, list));
  }
});

test('source lines are the places of the frames in front of them', async () => {
  const {trace} = await read(printed(`${USUAL},srcline`));
  const {file, line, name} = trace.frames;
  const places = [...new Set(trace.stacks.frame)].map((row) => `${text(trace, name[row])} ${text(trace, file[row])}:${line[row]}`);
  expect(places.toSorted()).toEqual(['main.run main.go:7', 'main.work main.go:7', 'runtime.copystack main.go:7', 'runtime.goexit.abi0 main.go:7', 'runtime.newstack main.go:7']);
});

test('tracepoints and probes keep their arguments, and a text of them alone is said to be flat', async () => {
  const list = samples.map((each, i) => ({...each, event: 'probe_app:copystack', trace: `(4490a0) gp=0xc000${i} newsize=4096`}));
  const found = await read(printed('comm,tid,time,event,trace', list, false));
  expect(found.rows).toEqual(expected('comm,tid,time,event', list));
  expect(found.codes).toEqual(['odd 1 no-stacks']);
  expect([found.trace.sampleArguments.length, [...found.trace.sampleArguments.bits].slice(0, 3)]).toEqual([18, [0x4490a0n, 0xc0000n, 4096n]]);
});

test('with -F +pid the stacks of probes are gone, and the command that prints them is given', async () => {
  const list = [...samples, ...samples.map((each) => ({...each, event: 'probe_app:copystack', trace: '(4490a0) gp=0xc000'}))];
  const content = printed(`${USUAL},pid`, list.slice(0, 6)) + printed('comm,pid,tid,time,event,trace', list.slice(6), false);
  const {trace, codes} = await read(content);
  expect([trace.samples.length, codes]).toEqual([12, ['odd 1 no-stacks']]);
  expect(trace.faults[0].first[0].message).toMatch(/No sample of probe_app:copystack .*-F \+pid,\+ip,\+sym,\+dso,\+symoff/);
});

test('task and mapping events between the samples are no samples, and take none away', async () => {
  const [first, ...rest] = printed(USUAL).split(/(?<=\n\n)/);
  const records = 'app 700 [000] 4.999: PERF_RECORD_COMM exec: app:700/700\napp 700 [000] 5.000100: PERF_RECORD_FORK(700:709):(700:700)\napp 700 [000] 5.000200: PERF_RECORD_MMAP2 700/700: [0x400000(0x1000) @ 0 fe:00 21 99]: r-xp /srv/app/app\nPERF_RECORD_FINISHED_ROUND\n';
  const found = await read(first + records + rest.join(''));
  expect([found.rows, found.codes, found.trace.mappings.length]).toEqual([expected(USUAL), [], 1]);
});

const BOM = '\uFEFF';
test.each([
  ['lines that end in CRLF are read', printed(USUAL, samples, true, '\r\n')],
  ['a byte order mark is passed over', BOM + printed(USUAL)],
  ['UTF-16 is read as PowerShell saves it', utf16(printed(USUAL, samples, true, '\r\n'))],
  ['UTF-16 with the high byte first is read', utf16(printed(USUAL), 'big')],
  ['UTF-16 without a mark is read', utf16(printed(USUAL), 'little', false)],
  ['empty lines in front are passed over', `\n\n\n${printed(USUAL)}`],
  ['zstd is unpacked', zstdFramed(printed(USUAL))],
  ['UTF-16 in zstd is read', zstdFramed(utf16(printed(USUAL)))],
])('%s', async (_, content) => {
  const found = await read(content);
  expect([found.rows, found.codes]).toEqual([expected(USUAL), []]);
});

test('gzip is unpacked', async () => {
  expect((await read(await gzipped(printed(USUAL)))).rows).toEqual(expected(USUAL));
});

test('messages in front are told, line by line, and no sample is lost or made of them', async () => {
  for (const fields of [USUAL, USUAL.replace(',time', '')]) {
    const found = await read(`[ perf record: Woken up 1 times to write data ]\nWarning:\n12 events were lost: see 3.5: x\n${printed(fields)}`);
    expect(found.rows).toEqual(expected(fields));
    expect(found.codes[0]).toBe('skipped 3 line');
  }
});

test('a sample out of order is kept, in its time', async () => {
  const list = [...samples.slice(3), ...samples.slice(0, 3)];
  const found = await read(printed(USUAL, list));
  expect([found.rows, found.codes]).toEqual([expected(USUAL, list), []]);
});

test('a text that is cut in a stack keeps all before it, and says so', async () => {
  const whole = printed(USUAL);
  const found = await read(whole.slice(0, whole.length - 40));
  expect(found.rows.slice(0, 5)).toEqual(expected(USUAL).slice(0, 5));
  expect(found.codes).toContain('odd 1 cut');
});

test('one number for all samples of several comms is the process, and that is said', async () => {
  const fields = USUAL.replace('tid', 'pid');
  const {trace, codes} = await read(printed(fields));
  expect(codes).toEqual(['odd 1 pid-only']);
  expect([...trace.samples.thread].map((thread) => [trace.processes.pid[trace.threads.process[thread]], trace.threads.tid[thread]])).toEqual(samples.map(() => [700, -1]));
});

test('perf’s own comm before it becomes the program does not make a thread a process', async () => {
  const list = [sample(0, 'perf-exec'), sample(0, 'app')];
  const found = await read(printed(USUAL, list));
  expect([found.rows, found.codes]).toEqual([expected(USUAL, list), []]);
});

test('times from the first sample on are a time line of no clock, and steps from sample to sample are none', async () => {
  const relative = await read(printed(USUAL, samples.map((each) => ({...each, timeNs: each.timeNs - samples[0].timeNs}))));
  expect([relative.codes, relative.trace.clock, relative.trace.endNs]).toEqual([['odd 1 relative-times'], {known: 'not-stated', name: null}, 5 * 1_003_000]);
  const steps = await read(printed(USUAL, samples.map((each, i) => ({...each, timeNs: i === 0 ? 0n : 1_003_000n}))));
  expect([steps.codes, steps.trace.clock.known, steps.trace.startNs]).toEqual([['odd 1 relative-times'], 'none', Number.NaN]);
  expect(steps.rows).toEqual(expected(USUAL.replace(',time', '')).map((row, i) => row.replace(/ \| - \| /, () => ` | ${'-'} | `) && row.replace(' | NaN', ` | ${samples[i].period}`)));
});

const block = (cmdline: string, clock: string) => `# ========\n# captured on    : Mon Nov 23 12:00:00 2026\n# cmdline : ${cmdline}\n# event : name = cpu-clock, , id = { 5 }, type = 1\n${clock}# ========\n#\n`;

test('several captures in one file are all read, and where another begins is said', async () => {
  const one = block('perf record a', '# clockid: monotonic (1)\n') + printed(USUAL);
  const same = await read(one + one);
  expect([same.rows, same.codes]).toEqual([[...expected(USUAL), ...expected(USUAL)], ['odd 1 captures']]);
  expect(same.trace.clock).toEqual({known: 'stated', name: 'monotonic'});
  const other = await read(one + block('perf record b', '') + printed(USUAL.replace(',cpu', '')));
  expect(other.rows).toEqual([...expected(USUAL), ...expected(USUAL.replace(',cpu', ''))]);
  expect([other.trace.clock, other.trace.headers['cmdline']]).toEqual([{known: 'not-stated', name: null}, 'perf record a']);
  const timeless = await read(one + block('perf record c', '') + printed(USUAL.replace(',time', '')));
  expect(timeless.rows).toEqual([...expected(USUAL), ...expected(USUAL.replace(',time', ''))]);
  const marked = await read(`${printed(USUAL)}${BOM}${printed(USUAL)}`);
  expect([marked.rows, marked.codes]).toEqual([[...expected(USUAL), ...expected(USUAL)], ['odd 1 captures']]);
});

test('simpleperf’s text is read: fields parted by TABs, frames without one', async () => {
  const content = samples.map(({comm, tid, cpu, timeNs, period, event, frames}) =>
    `${comm}\t${tid} [00${cpu}] ${timeNs / 1_000_000_000n}.${String((timeNs % 1_000_000_000n) / 1000n).padStart(6, '0')}:\t\t${period} ${event}:\n${frames.map(({address, symbol, dso}) => `${address.toString(16).padStart(16)}\t${symbol} (${dso})\n`).join('')}\n`).join('');
  const found = await read(content);
  expect([found.rows, found.codes]).toEqual([expected(USUAL), []]);
});

test('branches of Intel PT are samples of where they came from, with where they went', async () => {
  const content = samples.map(({comm, tid, cpu, timeNs}) =>
    `${comm.padStart(16)} ${String(tid).padStart(5)} [00${cpu}] ${timeNs / 1_000_000_000n}.${String((timeNs % 1_000_000_000n) / 1000n).padStart(6, '0')}:          1 branches:uH:   ${'jmp'.padEnd(21)}            4010f0 main.work+0x10 (/srv/app/app) =>           401200 main.run+0x0 (/srv/app/app)\n`).join('');
  const {trace, codes} = await read(content);
  expect(rows(trace)).toEqual(expected(USUAL, samples.map((each) => ({...each, period: 1, event: 'branches:uH', frames: run.slice(0, 1)}))));
  expect([codes, [...trace.sampleArguments.bits].filter((bits) => bits > 0n)]).toEqual([[], samples.map(() => 0x401200n)]);
});

test('a dump (-D) is passed over, and the samples in it are read', async () => {
  const dump = '\n0x1a8@perf.data [0x90]: event: 69\n.\n. ... raw event: size 144 bytes\n.  0000:  45 00 00 00 00 00 90 00  E.......\n\n0 0 0x1a8 [0x90]: PERF_RECORD_ID_INDEX nr: 4\n ... id: 388  idx: 0  cpu: 0  tid: 15855\n\n1 749652646405 0x4a8 [0x50]: PERF_RECORD_SAMPLE(IP, 0x1): 700/701: 0x4010f0 period: 1003009 addr: 0\n ... thread: app:701\n ...... dso: /srv/app/app\n';
  const found = await read(samples.map((each) => dump + printed(USUAL, [each])).join(''));
  expect(found.rows).toEqual(expected(USUAL));
  expect(found.codes).toEqual([]);
});

/** Records that are no samples: each tells what it says, in the tables that have a place for it. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {integrity} from '../../model/integrity.ts';
import {SwitchKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {parsedAs} from '../../testing/bytes.ts';
import {perfScript} from './format.ts';
import {OtherRecords} from './other-records.ts';

const start = {timeNs: 5000, pid: 7, tid: 8, cpu: 1, comm: -1};

function read(line: string) {
  const build = new TraceBuilder('perf-script');
  const name = new OtherRecords(build).read(line, start, {byte: 7, line: 3});
  return {name, trace: build.finish()};
}

test.each(['PERF_RECORD_FINISHED_ROUND', 'app 7/7 [000] 5.0: PERF_RECORD_CGROUP cgroup: 1 /', '0 0 0x2c0 [0x10]: PERF_RECORD_CPU_MAP: 0-1'])('a record that the tables have no place for is counted by its name: %s', (line) => {
  const {name, trace} = read(line);
  expect(trace.notKept).toEqual([{what: name, count: 1}]);
});

test.each([
  ['app 7/7 [000] 5.000003: PERF_RECORD_MMAP2 7/7: [0x56343dedb000(0x1000) @ 0x2000 fe:00 2147869 999794029]: r-xp /srv/app/my app', 7, 0x5634_3ded_b000n, 0x1000n, 0x2000n, '/srv/app/my app'],
  ['swapper 0/0 0.000000: PERF_RECORD_MMAP -1/0: [0xffffffff81000000(0x1209988) @ 0xffffffff81000000]: x [kernel.kallsyms]_text', -1, 0xffff_ffff_8100_0000n, 0x120_9988n, 0xffff_ffff_8100_0000n, '[kernel.kallsyms]_text'],
  ['app 7/7 5.0: PERF_RECORD_MMAP2 7/7: [0x7f6e10ff2000(0x2000) @ 0 00:00 0 0]: r-xp [vdso]', 7, 0x7f6e_10ff_2000n, 0x2000n, 0n, '[vdso]'],
])('a mapping is kept to the last bit: %s', (line, pid, startAddress, size, offset, file) => {
  const {trace} = read(line);
  const {mappings} = trace;
  expect([trace.processes.pid[mappings.process[0]], mappings.startAddress[0], mappings.sizeBytes[0], mappings.fileOffset[0], text(trace, mappings.dso[0])]).toEqual([pid, startAddress, size, offset, file]);
  expect([trace.buildIds.length, trace.notKept]).toEqual([0, []]);
});

test('a mapping with a build id tells the build id of its file, once', () => {
  const build = new TraceBuilder('perf-script');
  const records = new OtherRecords(build);
  for (const address of ['0x1000', '0x2000']) records.read(`app 7 5.0: PERF_RECORD_MMAP2 7/7: [${address}(0x1000) @ 0x1000 <ea4e40bdfc847195f57721f184fe3a8e16f6cdbb>]: r-xp /srv/app/app`, start, {byte: 0, line: 1});
  const trace = build.finish();
  expect([trace.mappings.length, trace.buildIds.length]).toEqual([2, 1]);
  expect([text(trace, trace.buildIds.dso[0]), text(trace, trace.buildIds.buildId[0])]).toEqual(['/srv/app/app', 'ea4e40bdfc847195f57721f184fe3a8e16f6cdbb']);
});

test('lost samples are told with their number and place, and stand in the table of losses', () => {
  const {trace} = read('app 7 [000] 889.116093: PERF_RECORD_LOST lost 21');
  const [{code, first: [{message, at}]}] = trace.faults;
  expect(code).toBe('perf-script/lost');
  expect(message).toContain('21');
  expect(at).toEqual({byte: 7, line: 3});
  expect([[...trace.losses.timeNs], [...trace.losses.count], [...trace.losses.event], trace.notKept]).toEqual([[5000], [21], [-1], []]);
});

test('a line that only mentions the word is no record', () => {
  expect(read('app 7 5.000001: x: myPERF_RECORD_LOST').name).toBe(null);
});

test.each([
  ['PERF_RECORD_SWITCH IN         ', SwitchKind.In],
  ['PERF_RECORD_SWITCH OUT        ', SwitchKind.Out],
  ['PERF_RECORD_SWITCH OUT preempt', SwitchKind.Preempted],
  ['PERF_RECORD_SWITCH_CPU_WIDE IN           prev pid/tid:     0/0    ', SwitchKind.In],
  ['PERF_RECORD_SWITCH_CPU_WIDE OUT          next pid/tid:     0/0    ', SwitchKind.Out],
  ['PERF_RECORD_SWITCH_CPU_WIDE OUT preempt  next pid/tid:    12/13   ', SwitchKind.Preempted],
])('%s is a switch of the thread that stands in front of it', (line, kind) => {
  const {trace} = read(`app 7/8 [001] 5.0: ${line}`);
  expect([[...trace.switches.timeNs], [...trace.switches.cpu], [...trace.switches.kind], trace.threads.tid[trace.switches.thread[0]]]).toEqual([[5000], [1], [kind], 8]);
  expect(trace.notKept).toEqual([]);
});

const parse = (lines: readonly string[]) => parsedAs(perfScript, lines.map((line) => `${line}\n`).join(''));
const threads = (trace: Trace) => Array.from({length: trace.threads.length}, (_, row) => ({
  pid: trace.processes.pid[trace.threads.process[row]], tid: trace.threads.tid[row], name: text(trace, trace.threads.name[row]), startNs: trace.threads.startNs[row], endNs: trace.threads.endNs[row],
}));

test('a thread is born with its FORK and ends with its EXIT, in the time of the samples', async () => {
  const trace = await parse([
    'app 7/7 [000] 5.000001000: PERF_RECORD_FORK(7:9):(7:7)',
    'app 7/9 [000] 5.000002000: 1 cycles: ', '\t          401000 main.run+0x10 (/srv/app/app)', '',
    'app 7/9 [000] 5.000004000: PERF_RECORD_EXIT(7:9):(7:9)',
  ]);
  expect(threads(trace)).toEqual([{pid: 7, tid: 9, name: 'app', startNs: 1000, endNs: 4000}]);
  expect([trace.startNs, trace.endNs, trace.originNs, integrity(trace)]).toEqual([1000, 4000, 5_000_000_000n, []]);
});

test('a record that perf made up itself, at time 0, is no birth and moves no time', async () => {
  const trace = await parse([':-1 -1/-1 [000] 0.000000: PERF_RECORD_FORK(7:9):(7:7)', 'app 7/9 [000] 5.000002: 1 cycles: ', '\t          401000 main.run+0x10 (/srv/app/app)', '']);
  expect([threads(trace).find(({tid}) => tid === 9)?.startNs, trace.startNs]).toEqual([Number.NaN, 2000]);
});

test('where comms are not printed, a sample has the name that its thread had then: its maker’s, and from COMM on its own', async () => {
  const sample = (time: string) => [`    9 ${time}: 1 cycles: `, '\t          401000 main.run+0x10 (/srv/app/app)', ''];
  const trace = await parse([
    '    7 5.000000: PERF_RECORD_COMM exec: my app: x:7/7', '    7 5.000001: PERF_RECORD_FORK(7:9):(7:7)', ...sample('5.000002'), '    9 5.000003: PERF_RECORD_COMM: worker 1:7/9', ...sample('5.000004'),
  ]);
  expect([...trace.samples.comm].map((comm) => text(trace, comm))).toEqual(['my app: x', 'worker 1']);
  expect(threads(trace).map(({pid, tid, name}) => [pid, tid, name])).toEqual([[7, 7, 'my app: x'], [7, 9, 'worker 1']]);
});

test('a thread that samples name by its number alone is of the process that a record tells, also when that comes later', async () => {
  const sample = ['app 9 5.000002: 1 cycles: ', '\t          401000 main.run+0x10 (/srv/app/app)', ''];
  for (const lines of [[...sample, 'app 7 5.000003: PERF_RECORD_COMM: app:7/9'], ['app 7 5.000001: PERF_RECORD_COMM: app:7/9', ...sample]]) {
    expect(threads(await parse(lines)).map(({pid, tid}) => [pid, tid])).toEqual([[7, 9]]);
  }
});

test.each(['5.000001', '5.001', '753.274', '5.000001000'])('a switch at %s, of a thread that has no samples, is read with the name of the thread', async (time) => {
  const trace = await parse([
    'app 7/7 [000] 5.000000: 1 cycles: ', '\t          401000 main.run+0x10 (/srv/app/app)', '', `my worker 7/8 [001] ${time}: PERF_RECORD_SWITCH IN         `, `my worker 7/8 [001] ${time}: PERF_RECORD_SWITCH OUT preempt`,
  ]);
  expect([[...trace.switches.kind], trace.notKept]).toEqual([[SwitchKind.In, SwitchKind.Preempted], []]);
  expect(threads(trace).map(({pid, tid, name}) => [pid, tid, name])).toEqual([[7, 7, 'app'], [7, 8, 'my worker']]);
});

test('NAMESPACES goes over three lines, and none of them is taken for anything else', async () => {
  const trace = await parse([
    'app 7/7 5.000001: PERF_RECORD_NAMESPACES 7/7 - nr_namespaces: 7', '\t\t[0/net: 4/0xf0000000, 1/uts: 4/0xeffffffe, 2/ipc: 4/0xefffffff, 3/pid: 4/0xeffffffc, ', '\t\t 4/user: 4/0xeffffffd, 5/mnt: 4/0xf0000000, 6/cgroup: 4/0xeffffffb]',
    'app 7/7 5.000002: 1 cycles: ', '\t          401000 main.run+0x10 (/srv/app/app)', '',
  ]);
  expect([trace.samples.length, trace.notKept, trace.faults]).toEqual([1, [{what: 'PERF_RECORD_NAMESPACES', count: 1}], []]);
});

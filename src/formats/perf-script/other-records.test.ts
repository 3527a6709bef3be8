/** Records that are no samples. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {text} from '../../model/trace.ts';
import {OtherRecords} from './other-records.ts';

function read(line: string) {
  const build = new TraceBuilder('perf-script');
  const name = new OtherRecords(build).read(line, {byte: 7, line: 3});
  return {name, trace: build.finish()};
}

test('a record is counted by its name', () => {
  const {name, trace} = read('app 7/7 5.000001: PERF_RECORD_COMM exec: app:7/7');
  expect(name).toBe('PERF_RECORD_COMM');
  expect(trace.notKept).toEqual([{what: 'PERF_RECORD_COMM', count: 1}]);
});

test.each([
  ['app 7/7 [000] 5.000003: PERF_RECORD_MMAP2 7/7: [0x56343dedb000(0x1000) @ 0x2000 fe:00 2147869 999794029]: r-xp /srv/app/my app', 7, 0x5634_3ded_b000n, 0x1000n, 0x2000n, '/srv/app/my app'],
  ['swapper 0/0 0.000000: PERF_RECORD_MMAP -1/0: [0xffffffff81000000(0x1209988) @ 0xffffffff81000000]: x [kernel.kallsyms]_text', -1, 0xffff_ffff_8100_0000n, 0x120_9988n, 0xffff_ffff_8100_0000n, '[kernel.kallsyms]_text'],
  ['app 7/7 5.0: PERF_RECORD_MMAP2 7/7: [0x7f6e10ff2000(0x2000) @ 0 00:00 0 0]: r-xp [vdso]', 7, 0x7f6e_10ff_2000n, 0x2000n, 0n, '[vdso]'],
])('a mapping is kept to the last bit: %s', (line, pid, start, size, offset, file) => {
  const {trace} = read(line);
  const {mappings} = trace;
  expect([trace.processes.pid[mappings.process[0]], mappings.startAddress[0], mappings.sizeBytes[0], mappings.fileOffset[0], text(trace, mappings.dso[0])]).toEqual([pid, start, size, offset, file]);
});

test('lost samples are told with their number and place', () => {
  const [{code, first: [{message, at}]}] = read('app 7 [000] 889.116093: PERF_RECORD_LOST lost 21').trace.faults;
  expect(code).toBe('perf-script/lost');
  expect(message).toContain('21');
  expect(at).toEqual({byte: 7, line: 3});
});

test('a line that only mentions the word is no record', () => {
  expect(read('app 7 5.000001: x: myPERF_RECORD_LOST').name).toBe(null);
});

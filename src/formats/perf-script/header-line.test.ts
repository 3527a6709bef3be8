/** The first line of a record, in every form in which perf prints it, and with everything a comm may hold. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bytesOf, padded} from '../../testing/bytes.ts';
import {utf8} from '../../base/bytes/text.ts';
import {HeaderLine} from './header-line.ts';

/** What the line says; null when it is no header. */
function read(line: string, how: (header: HeaderLine, bytes: Uint8Array, length: number) => boolean = (header, bytes, length) => header.read(bytes, 0, length)) {
  const {bytes, length} = padded(line);
  const header = new HeaderLine();
  if (!how(header, bytes, length)) return null;
  const {pid, tid, cpu, seconds, nanoseconds, period} = header;
  const part = (start: number, end: number) => utf8(bytes.subarray(start, end));
  return {
    comm: part(header.commStart, header.commEnd),
    pid, tid, cpu, seconds, nanoseconds, period,
    event: part(header.eventStart, header.eventEnd),
    rest: part(header.restStart, header.restEnd),
  };
}

const plain = {comm: 'app', pid: -1, tid: -1, cpu: -1, seconds: 5, nanoseconds: 1000, period: Number.NaN, event: 'cycles', rest: ''};

test.each([
  ['a lone number is the thread, not the process', 'app 325 5.000001: cycles: ', {tid: 325}],
  ['two numbers are process and thread', 'app 325/326 5.000001: cycles: ', {pid: 325, tid: 326}],
  ['newer perf writes seven columns', 'app     325/326     5.000001: cycles: ', {pid: 325, tid: 326}],
  ['threads that are no threads are -1', ':-1 -1/-1 5.000001: cycles: ', {comm: ':-1', pid: -1, tid: -1}],
  ['the CPU stands in brackets', 'app 325 [003] 5.000001: cycles: ', {tid: 325, cpu: 3}],
  ['a CPU above 999 has four digits', 'app 325 [1023] 5.000001: cycles: ', {tid: 325, cpu: 1023}],
  ['the letters of misc are neither CPU nor comm', 'app 325 [003] KSp 5.000001: cycles: ', {tid: 325, cpu: 3}],
  ['misc may stand without a CPU', 'app 325 U      5.000001: cycles: ', {tid: 325}],
  ['nanoseconds have nine digits', 'app 325 5.000001001: cycles: ', {tid: 325, nanoseconds: 1001}],
  ['the period stands before the event', 'app 325 5.000001:    2004008 cycles: ', {tid: 325, period: 2_004_008}],
  ['a period without an event is a period', 'app 325 5.000001:    2004008 ', {tid: 325, period: 2_004_008, event: ''}],
  ['an event may hold colons and slashes', 'app 325 5.000001: cpu-clock/freq=997/: ', {tid: 325, event: 'cpu-clock/freq=997/'}],
  ['a tracepoint keeps its system', 'app 325 5.000001: sched:sched_switch: prev_comm=a', {tid: 325, event: 'sched:sched_switch', rest: 'prev_comm=a'}],
  ['modifiers belong to the event', 'app 325 5.000001:  1 cycles:ppp: ', {tid: 325, period: 1, event: 'cycles:ppp'}],
  ['without comm, ids and CPU the time is enough', '5.000001: cycles: ', {comm: ''}],
  ['the comm alone is no thread', 'app 5.000001: cycles: ', {}],
  ['what follows the event has no spaces around it', 'app 325 5.000001: p:q:  (4490a0) a=1  ', {tid: 325, event: 'p:q', rest: '(4490a0) a=1'}],
  ['a time in the arguments is not the time', 'app 325 5.000001: lib:at: sensor 3.141593: high', {tid: 325, event: 'lib:at', rest: 'sensor 3.141593: high'}],
  ['a time in the comm is not the time', 'a 1.500000: b 325 5.000001: cycles: ', {comm: 'a 1.500000: b', tid: 325}],
  ['a time in a long text stays text, even after a number', 'app 325 5.000001: lib:text: waiting for sensor 12 3.141593: x:', {tid: 325, event: 'lib:text', rest: 'waiting for sensor 12 3.141593: x:'}],
  ['the CPU of --latency has three columns and no brackets', 'bin_gost   325   0  1174.667049:     333444 cpu-clock: ', {comm: 'bin_gost', tid: 325, cpu: 0, seconds: 1174, nanoseconds: 667_049_000, period: 333_444, event: 'cpu-clock'}],
  ['the same behind process and thread', 'bin_gost   325/325    12 5.000001: cycles: ', {comm: 'bin_gost', pid: 325, tid: 325, cpu: 12}],
  ['a thread with few digits has five columns, so it is no CPU', 'x 12345     7 5.000001: cycles: ', {comm: 'x 12345', tid: 7}],
  ['a comm may look like process and thread', '(paren) 9/9   393 5.000001: cycles: ', {comm: '(paren) 9/9', tid: 393}],
  ['the time of day is left out', 'app   325 [000] 2026-11-22 15:09:16.836237 5.000001: cycles: ', {tid: 325, cpu: 0}],
  ['a guest is named before the comm', 'VM: 1234 VCPU:001 app   325/326 5.000001: cycles: ', {pid: 325, tid: 326}],
  ['a guest without its CPU', 'VM:12345 app   325 5.000001: cycles: ', {tid: 325}],
  ['a comm may begin like a guest', 'VM: Thread 3   325 5.000001: cycles: ', {comm: 'VM: Thread 3', tid: 325}],
  ['simpleperf parts fields by TABs', 'app\t325 [003] 5.000001:\t\t250000 cycles:', {tid: 325, cpu: 3, period: 250_000}],
  ['older simpleperf prints microseconds without zeros', 'app\t325 [003] 5.1:\t\t250000 cycles:', {tid: 325, cpu: 3, period: 250_000}],
  ['a number in the columns of an address is no period', 'app   325 5.000001:            401000 main.run+0x1 (/app)', {tid: 325, event: '', rest: '401000 main.run+0x1 (/app)'}],
])('%s', (_, line, expected) => {
  expect(read(line)).toEqual({...plain, ...expected});
});

test('a guest’s process and CPU are read', () => {
  const {bytes, length} = padded('VM: 1234 VCPU:001 app   325/326 5.000001: cycles: ');
  const header = new HeaderLine();
  header.read(bytes, 0, length);
  expect([header.machinePid, header.vcpu]).toEqual([1234, 1]);
});

const timeless = {...plain, seconds: 0, nanoseconds: 0};

test.each([
  ['thread and event', 'bin_gostack   325 cpu-clock: ', {comm: 'bin_gostack', tid: 325, event: 'cpu-clock'}],
  ['a comm with colons', 'x:y z: 12   325 cpu-clock: ', {comm: 'x:y z: 12', tid: 325, event: 'cpu-clock'}],
  ['process and thread, CPU, misc and period', 'app   325/325   [000] K          333444 cycles:ppp: ', {pid: 325, tid: 325, cpu: 0, period: 333_444, event: 'cycles:ppp'}],
  ['a period behind the thread alone', 'app   325     333444 cycles: ', {tid: 325, period: 333_444}],
  ['a long thread is no period', 'app 1234567 cycles: ', {tid: 1_234_567}],
  ['a period alone', '    333444 cycles: ', {comm: '', period: 333_444}],
  ['the comm alone', 'bin gostack ', {comm: 'bin gostack', event: ''}],
  ['the thread alone', '  325 ', {comm: '', tid: 325, event: ''}],
  ['the event alone', 'cycles: ', {comm: ''}],
])('without a time, where frames follow: %s', (_, line, expected) => {
  expect(read(line, (header, bytes, length) => header.readTimeless(bytes, 0, length, true))).toEqual({...timeless, ...expected});
});

test.each([
  ['a frame behind the event', '     bin_threads 15843 cpu-clock:      7ff76232c91c f+0x1 (/lib/x)', {comm: 'bin_threads', tid: 15843, event: 'cpu-clock', rest: '7ff76232c91c f+0x1 (/lib/x)'}],
  ['a tracepoint whose text has colons', 'app   325 syscalls:sys_enter_brk: brk: 0x0', {tid: 325, event: 'syscalls:sys_enter_brk', rest: 'brk: 0x0'}],
  ['a message is no record', 'Warning: something was lost: 12 events', null],
  ['neither is a comm alone', 'bin_gostack ', null],
])('without a time, on one line: %s', (_, line, expected) => {
  expect(read(line, (header, bytes, length) => header.readTimeless(bytes, 0, length, false))).toEqual(expected && {...timeless, ...expected});
});

test.each([
  '', 'app', 'app 325 5.000001', 'app 325 5: cycles:', 'app 325 .5: cycles:', 'app 325 x5.000001: cycles:', '5.0000000001: cycles: ',
  '\t          401000 main.run+0x10 (/srv/app/app)', 'main;read 12', '# captured on    : Mon Nov 23 12:00:00 2026',
])('%j is no header', (line) => {
  expect(read(line)).toBe(null);
});

/** Comms as the kernel allows them: at most 15 bytes of anything; the spaces around it are perf's own columns. */
const comm = fc.oneof(
  fc.string({unit: fc.constantFrom(...Array.from('ab 1/9.:[]()#K\t;-é程')), minLength: 1, maxLength: 15}),
  fc.constantFrom('x:y 12345', '(paren) 9/9', 'cpu-clock:', 'a 1.5: b', '[001] U', '7/8 [000] K', '1.000000: x:', 'PERF_RECORD_'),
).map((text) => text.trim()).filter((text) => text !== '' && bytesOf(text).length <= 15);

const header = fc.record({
  comm,
  pid: fc.option(fc.integer({min: -1, max: 4_194_304})),
  tid: fc.integer({min: -1, max: 4_194_304}),
  cpu: fc.option(fc.nat(1023)),
  misc: fc.constantFrom('', 'K', 'U', 'US', 'Sp'),
  seconds: fc.nat(4_000_000_000),
  nanoseconds: fc.nat(999_999_999),
  ns: fc.boolean(),
  period: fc.option(fc.nat(2 ** 52)),
  event: fc.constantFrom('cycles', 'cpu-clock:ppp', 'cpu-clock/freq=997/', 'sched:sched_switch', 'probe_app:copystack__return'),
  rest: fc.constantFrom('', '(4490a0) gp=0x10', 'prev_comm=a ==> next_comm=b', '7f0000001000 [unknown] ([unknown])'),
});

test('a line printed from a sample reads back as that sample, whatever its comm and fields', () => {
  fc.assert(fc.property(header, (sample) => {
    const nanoseconds = sample.ns ? sample.nanoseconds : sample.nanoseconds - (sample.nanoseconds % 1000);
    const fraction = String(nanoseconds).padStart(9, '0').slice(0, sample.ns ? 9 : 6);
    const line = [
      sample.comm.padStart(16),
      sample.pid === null ? String(sample.tid).padStart(5) : `${String(sample.pid).padStart(5)}/${String(sample.tid).padEnd(5)}`,
      ...(sample.cpu === null ? [] : [`[${String(sample.cpu).padStart(3, '0')}]`]),
      ...(sample.misc === '' ? [] : [sample.misc.padEnd(6)]),
      `${String(sample.seconds).padStart(5)}.${fraction}:`,
      ...(sample.period === null ? [] : [String(sample.period).padStart(10)]),
      `${sample.event.padStart(20)}: ${sample.rest}`,
    ].join(' ');
    expect(read(line)).toEqual({
      comm: sample.comm,
      pid: sample.pid ?? -1,
      tid: sample.tid,
      cpu: sample.cpu ?? -1,
      seconds: sample.seconds,
      nanoseconds,
      period: sample.period ?? Number.NaN,
      event: sample.event,
      rest: sample.rest,
    });
  }), {numRuns: 2000});
});

test('a line reads the same after any others, of which some began like it', () => {
  const beginning = fc.constantFrom(
    'app 325 [003] ', '  app 325 [003] ', 'apq 325 [003] ', 'Aa 1/2 ', 'BB 1/2 ', 'VM: 12 VCPU:001 a 1 ', 'app 325 [003] K ', 'app    7   3 ', 'app 2026-11-22 15:09:16.836237 ', '7 ', 'app ',
  );
  const line = fc.record({indent: fc.nat(3), beginning, time: fc.constantFrom('5.000001', '7.5'), after: fc.constantFrom(': 12 cycles: ', ': x 1.000001: y: ', ':')});
  fc.assert(fc.property(fc.array(line, {minLength: 2, maxLength: 30}), (lines) => {
    const one = new HeaderLine();
    for (const {indent, ...parts} of lines) {
      const {bytes, length} = padded(' '.repeat(indent) + parts.beginning + parts.time + parts.after);
      const alone = new HeaderLine();
      expect(one.read(bytes, indent, length)).toBe(alone.read(bytes, indent, length));
      expect(one).toEqual(alone);
    }
  }));
});

test('any bytes at all are read or refused, and never looked at beyond the line', () => {
  fc.assert(fc.property(fc.uint8Array({maxLength: 200}), (content) => {
    const alone = new HeaderLine();
    const followed = new HeaderLine();
    const {bytes, length} = padded(content);
    expect(alone.read(bytes.subarray(0, length), 0, length)).toBe(followed.read(Uint8Array.from([...content, ...bytesOf(' 1/2 [000] 5.000001: x: ')]), 0, length));
    expect(alone).toEqual(followed);
  }));
});

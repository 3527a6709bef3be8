/** The text of tracepoints and probes as typed fields. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {eventArguments, type EventArgument} from './event-arguments.ts';

/** The arguments as `key=kind value`. */
const read = (text: string) => eventArguments(text).map((argument) => `${argument.key}=${argument.kind} ${argument.kind === 'text' ? argument.text : argument.bits}`);

test.each([
  ['a probe has its address first', '(4490a0) gp=0xc00009e4e0 newsize=0x2000', ['__probe_ip=hex 4493472', 'gp=hex 824634369248', 'newsize=hex 8192']],
  ['a probe may have nothing but its address', '(4490a0)', ['__probe_ip=hex 4493472']],
  ['a return probe has two addresses', '(4490a0 <- 4490b1) arg1=0xad52', ['__probe_func=hex 4493472', '__probe_ret_ip=hex 4493489', 'arg1=hex 44370']],
  ['the arrow of sched_switch is no part of a value', 'prev_comm=perf prev_pid=15877 prev_state=D ==> next_comm=migration/0 next_pid=18', ['prev_comm=text perf', 'prev_pid=decimal 15877', 'prev_state=text D', 'next_comm=text migration/0', 'next_pid=decimal 18']],
  ['a system call has colons', 'addr: 0x00000000, len: 0x00040000, fd: 0xffffffff', ['addr=hex 0', 'len=hex 262144', 'fd=hex 4294967295']],
  ['any system call has its number and arguments, in hexadecimal', 'NR 1 (7, 7ffc1b20, 20, 0, 0, 0)', ['id=decimal 1', 'args[0]=hex 7', 'args[1]=hex 2147228448', 'args[2]=hex 32', 'args[3]=hex 0', 'args[4]=hex 0', 'args[5]=hex 0']],
  ['the end of any system call has its number and what it returned', 'NR 1 = -11', ['id=decimal 1', 'ret=signed 18446744073709551605']],
  ['what only begins like a system call is text', 'NR 1 (7, no)', ['=text NR 1 (7, no)']],
  ['a value may hold spaces', 'comm=my app pid=7', ['comm=text my app', 'pid=decimal 7']],
  ['text in front of the first field is kept', 'NR 9 = x=1', ['=text NR 9 =', 'x=decimal 1']],
  ['text without a field is kept whole', '0x7f093d646000', ['=text 0x7f093d646000']],
  ['a negative number is signed', 'delta=-12', ['delta=signed 18446744073709551604']],
  ['an element of an array is a field', 'arg[0]=1 arg[1]=2', ['arg[0]=decimal 1', 'arg[1]=decimal 2']],
  ['an empty value is empty text', 'name= pid=1', ['name=text ', 'pid=decimal 1']],
  ['2^64 - 1 is a number', 'v=18446744073709551615', ['v=decimal 18446744073709551615']],
  ['2^64 is text, not another number', 'v=18446744073709551616', ['v=text 18446744073709551616']],
  ['-2^63 is a number', 'v=-9223372036854775808', ['v=signed 9223372036854775808']],
  ['-2^63 - 1 is text', 'v=-9223372036854775809', ['v=text -9223372036854775809']],
  ['what is not a probe address is text', '(main) x=1', ['=text (main)', 'x=decimal 1']],
  ['nothing gives nothing', '', []],
])('%s', (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

const key = fc.constantFrom('gp', 'newsize', '__x', 'prev_comm', 'a.b', 'arg[3]');
const value: fc.Arbitrary<Omit<EventArgument, 'key'>> = fc.oneof(
  fc.bigInt({min: 0n, max: 2n ** 64n - 1n}).map((bits) => ({kind: 'decimal' as const, bits})),
  fc.bigInt({min: 0n, max: 2n ** 64n - 1n}).map((bits) => ({kind: 'hex' as const, bits})),
  fc.bigInt({min: 2n ** 63n, max: 2n ** 64n - 1n}).map((bits) => ({kind: 'signed' as const, bits})),
  fc.constantFrom('', 'swapper/0', 'a b', '"quoted, text"', '1x', '-', 'x: y').map((text) => ({kind: 'text' as const, text})),
);

test('fields printed one after another read back, in order and to the last bit', () => {
  fc.assert(fc.property(fc.array(fc.tuple(key, value), {maxLength: 6}), fc.option(fc.bigInt({min: 0n, max: 2n ** 64n - 1n})), (fields, probe) => {
    const list = fields.map(([name, rest]) => ({key: name, ...rest}) as EventArgument);
    const printed = list.map((field) => {
      if (field.kind === 'text') return `${field.key}=${field.text}`;
      if (field.kind === 'hex') return `${field.key}=0x${field.bits.toString(16)}`;
      return `${field.key}=${field.kind === 'signed' ? BigInt.asIntN(64, field.bits) : field.bits}`;
    });
    const text = [...(probe === null ? [] : [`(${probe.toString(16)})`]), ...printed].join(' ');
    const expected = probe === null ? list : [{key: '__probe_ip', kind: 'hex', bits: probe}, ...list];
    expect(eventArguments(text)).toEqual(expected);
  }), {numRuns: 1000});
});

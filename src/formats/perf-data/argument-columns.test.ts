/** Arguments made of raw data are those that the printed text has, whatever the format and whatever the record. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {ArgumentKind} from '../../model/tables.ts';
import {text} from '../../model/trace.ts';
import {eventArguments} from '../event-arguments.ts';
import {ArgumentColumns, ArgumentStrings} from './argument-columns.ts';
import {eventFormat, type EventFormat} from './event-format.ts';
import {eventPrinter, type RawData} from './print-event.ts';

const FIELDS = [
  ['char comm[16]', 0, 16, 1], ['pid_t pid', 16, 4, 1], ['u64 address', 24, 8, 0], ['short small', 20, 2, 1], ['unsigned char byte', 22, 1, 0],
  ['__data_loc char[] name', 32, 4, 0], ['unsigned long state', 40, 8, 0], ['u8 bytes[4]', 48, 4, 0], ['long ret', 56, 8, 1], ['u64 args[3]', 40, 24, 0],
] as const;
const RECORD_BYTES = 64;
const NAME_AT = RECORD_BYTES;

/** What a kernel prints, and some that none does. */
const CONVERSIONS = [
  ['%s', 'REC->comm'], ['%s', '__get_str(name)'], ['%d', 'REC->pid'], ['%6d', 'REC->pid'], ['%u', 'REC->pid'], ['%d', 'REC->small'], ['%u', 'REC->byte'], ['%hhd', 'REC->byte'],
  ['0x%lx', 'REC->address'], ['0x%08lx', '((unsigned long)(REC->address))'], ['%#x', 'REC->pid'], ['%lx', 'REC->address'], ['%p', 'REC->address'], ['%Lu', 'REC->address'],
  ['%ld', 'REC->ret'], ['%d', '(int)REC->ret'], ['%lld', '(long long)(short)REC->ret'], ['0x%8x', 'REC->pid'], ['%06d', 'REC->pid'], ['%+d', 'REC->pid'], ['%s[%d]', 'REC->comm, REC->pid'],
  ['%s%s', '(REC->state & 0xff) ? __print_flags(REC->state & 0xff, "|", { 0x1, "S" }, { 0x2, "=D" }) : "R", REC->state & 0x100 ? "+" : ""'],
  ['%s', '__print_symbolic(REC->byte, {0, "zero"}, {1, "one: 1"})'], ['%s', '__print_hex(REC->bytes, 4)'], ['%.3s', 'REC->comm'], ['%c', 'REC->byte'], ['%lx', 'REC->args[1]'], ['%ld', 'REC->args[2]'], ['0x%lx', 'REC->args[7]'], ['%p', 'REC->address != -1UL ? REC->address : 0'], ['%u', 'REC->state >> 22'],
  ['%lx, %lx', 'REC->args[0], REC->args[1]'],
] as const;
const KEYS = ['pid=', ' comm=', ' ==> next=', ', fd: ', 'fd: ', ' ', '', 'dev ', '(', ') ', ' a[3]=', '=', ' prev ', ': ', 'NR ', ' = ', ' (', ')', ', '] as const;
const TEXTS = ['rec', 'kworker/0:1', '123', '-5', '0x1f', '', ' led', 'x=y', 'a b=c', 'to: x', 'x ==>', '(4490a0)', 'ünï', '\ufeffbom', '-', '99999999999999999999'] as const;

function formatOf(pattern: string, of: readonly string[]): EventFormat {
  const lines = FIELDS.map(([declaration, offset, size, signed]) => `\tfield:${declaration};\toffset:${offset};\tsize:${size};\tsigned:${signed};`);
  return eventFormat('test', `name: made\nID: 7\nformat:\n${lines.join('\n')}\n\nprint fmt: "${pattern}"${of.map((each) => `, ${each}`).join('')}\n`)!;
}

interface Made {
  readonly comm: string;
  readonly name: string;
  readonly numbers: readonly bigint[];
}

function rawOf({comm, name, numbers}: Made, little: boolean, cutTo: number): RawData {
  const bytes = new Uint8Array(NAME_AT + 32);
  const view = new DataView(bytes.buffer);
  const encoded = new TextEncoder().encode(name);
  [24, 40, 56].forEach((at, i) => view.setBigUint64(at, numbers[i], little));
  view.setUint32(16, Number(numbers[3] & 0xffff_ffffn), little);
  view.setUint16(20, Number(numbers[4] & 0xffffn), little);
  view.setUint8(22, Number(numbers[5] & 3n));
  view.setUint32(32, NAME_AT | ((encoded.length + 1) << 16), little);
  bytes.set(new TextEncoder().encode(comm).subarray(0, 15), 0);
  bytes.set(encoded.subarray(0, 31), NAME_AT);
  return {view, at: 0, sizeBytes: Math.min(cutTo, bytes.length), little};
}

/** Arguments of each record, as its columns have them. */
function inColumns(format: EventFormat, records: readonly RawData[]): unknown[][] {
  const build = new TraceBuilder('test');
  const columns = new ArgumentColumns(format, new Map(), build, new ArgumentStrings(build));
  records.forEach((raw, row) => columns.add(row, raw));
  const trace = build.finish();
  const {row, key, kind, bits, text: texts, length} = trace.sampleArguments;
  const all = records.map((): unknown[] => []);
  for (let i = 0; i < length; i++) all[row[i]].push([text(trace, key[i]), kind[i], bits[i], texts[i] < 0 ? null : (text(trace, texts[i]) ?? '')]);
  return all;
}

const KINDS = {decimal: ArgumentKind.Decimal, signed: ArgumentKind.Signed, hex: ArgumentKind.Hex, text: ArgumentKind.Text} as const;

function inText(format: EventFormat, records: readonly RawData[]): unknown[][] {
  const print = eventPrinter(format, new Map());
  return records.map((raw) => eventArguments(print(raw)).map((argument) => [argument.key, KINDS[argument.kind], argument.kind === 'text' ? 0n : argument.bits, argument.kind === 'text' ? argument.text : null]));
}

const number = fc.oneof(fc.constantFrom(0n, 1n, 2n, 0x100n, 0xffff_ffffn, 1n << 63n, (1n << 64n) - 1n), fc.bigInt({min: 0n, max: (1n << 64n) - 1n}));
const record = fc.record({comm: fc.constantFrom(...TEXTS), name: fc.constantFrom(...TEXTS), numbers: fc.array(number, {minLength: 6, maxLength: 6})});
const pieces = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...CONVERSIONS)), {minLength: 0, maxLength: 4});

test('of any format and any records the arguments are those of the printed text', () => {
  fc.assert(fc.property(pieces, fc.constantFrom(...KEYS), fc.array(record, {minLength: 1, maxLength: 6}), fc.boolean(), fc.constantFrom(96, 96, 30, 0), (parts, last, made, little, cutTo) => {
    const format = formatOf(parts.map(([before, [pattern]]) => before + pattern).join('') + last, parts.map(([, [, of]]) => of));
    // Each twice: what was found once is found again.
    const records = [...made, ...made].map((each) => rawOf(each, little, cutTo));
    expect(inColumns(format, records)).toEqual(inText(format, records));
  }), {numRuns: 2000});
});

test.each([
  ['(%lx) gp=0x%Lx name=\\"%s\\"', ['REC->address', 'REC->state', '__get_str(name)'], 3],
  ['(%lx <- %lx) arg1=0x%Lx', ['REC->address', 'REC->state', 'REC->ret'], 3],
  ['prev_comm=%s prev_pid=%d prev_state=%s ==> next_comm=%s', ['REC->comm', 'REC->pid', '__print_flags(REC->state, "|", { 0x1, "S" })', '__get_str(name)'], 4],
  ['fd: 0x%08lx, buf: 0x%08lx', ['((unsigned long)(REC->address))', '((unsigned long)(REC->state))'], 2],
  ['0x%lx', ['REC->ret'], 1],
  ['NR %ld (%lx, %lx, %lx)', ['REC->ret', 'REC->args[0]', 'REC->args[1]', 'REC->args[2]'], 4],
  ['NR %ld = %ld', ['REC->pid', 'REC->ret'], 2],
  ['NR %d is %s', ['REC->pid', 'REC->comm'], 1],
  ['dev %d:%d ino=%lu', ['REC->small', 'REC->byte', 'REC->state'], 2],
] as const)('%s has its arguments', (pattern, of, count) => {
  const format = formatOf(pattern, of);
  const records = [{comm: 'rec', name: 'disk', numbers: [0x4490a0n, 1n, 5n, 7n, 2n, 3n]}, {comm: 'a=b', name: '12', numbers: [0n, 0n, 0n, 0n, 0n, 0n]}].map((each) => rawOf(each, true, 96));
  expect(inColumns(format, records)).toEqual(inText(format, records));
  expect(inColumns(format, records)[0]).toHaveLength(count);
});

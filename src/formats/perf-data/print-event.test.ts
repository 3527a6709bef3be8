/** Tracepoints as text: formats as the kernel describes them, raw data made here, and what perf printed of such. */
import {expect, test} from 'vitest';
import {eventFormat} from './event-format.ts';
import {eventPrinter} from './print-event.ts';

/** What is printed of `bytes` by a format with these fields (`type name` at an offset, of a size, signed or not). */
function printed(fields: readonly (readonly [declaration: string, offset: number, size: number, signed?: boolean])[], print: string, bytes: Uint8Array, texts = new Map<bigint, string>()): string {
  const lines = fields.map(([declaration, offset, size, signed]) => `\tfield:${declaration};\toffset:${offset};\tsize:${size};\tsigned:${signed ? 1 : 0};`);
  const format = eventFormat('test', `name: made\nID: 7\nformat:\n${lines.join('\n')}\n\nprint fmt: ${print}\n`)!;
  return eventPrinter(format, texts)({view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at: 0, sizeBytes: bytes.length, little: true});
}

/** Numbers of 32 bits, low byte first. */
const words = (...values: readonly number[]) => new Uint8Array(Int32Array.from(values).buffer);

test('a number is printed as wide and as signed as its conversion says, whatever its field is', () => {
  expect(printed([['int a', 0, 4, true]], '"%d %u %x %hd %hhu %llx", REC->a, REC->a, REC->a, REC->a, REC->a, REC->a', words(-2))).toBe('-2 4294967294 fffffffe -2 254 fffffffe');
  expect(printed([['u64 a', 0, 8]], '"0x%08lx|%-6d|%6d|%06x|%#x|%c", REC->a, REC->a, REC->a, REC->a, REC->a, REC->a', words(65, 0))).toBe('0x00000041|65    |    65|000041|0x41|A');
});

test('a pointer is printed as C prints it, whichever symbol it may be', () => {
  expect(printed([['void * a', 0, 8], ['void * b', 8, 8]], '"%p %pS %px, %p.", REC->a, (void *)REC->a, REC->a, REC->b', words(0x1000, 0, 0, 0))).toBe('0x1000 0x1000 0x1000, (nil).');
});

test('flags are named each, what is left over as a number, and nothing as what stands for nothing', () => {
  const state = '"%s", __print_flags(REC->s & 0xff, "|", { 0x1, "S" }, { 0x2, "D" }, { 0x0, "R" })';
  expect(printed([['long s', 0, 8]], state, words(3, 0))).toBe('S|D');
  expect(printed([['long s', 0, 8]], state, words(0x100, 0))).toBe('R');
  expect(printed([['long s', 0, 8]], state, words(0x12, 0))).toBe('D|0x10');
});

test('a symbol is the text of its number, also where C chooses between texts', () => {
  expect(printed([['int a', 0, 4]], '"%s %s", __print_symbolic(REC->a, {0, "zero"}, {(1 << 2), "four"}, {I_NEW, "new"}), REC->a > 3 ? "many" : "few"', words(4))).toBe('four many');
  expect(printed([['int a', 0, 4]], '"%s", __print_symbolic(REC->a, {0, "zero"}, { 7, ((void *)0) })', words(7))).toBe('0x7');
});

test('text is read from arrays, from where the record points, and from what the kernel told of its pointers', () => {
  const bytes = new Uint8Array(40);
  bytes.set(new TextEncoder().encode('rec\0garbage'), 0);
  bytes.set(words(24 | (5 << 16)), 16);
  bytes.set(new TextEncoder().encode('disk\0'), 24);
  bytes.set(words(0x1000, 0), 32);
  expect(
    printed([['char comm[16]', 0, 16], ['__data_loc char[] name', 16, 4], ['const char * where', 32, 8]], '"%s %s %.2s %s", REC->comm, __get_str(name), __get_str(name), REC->where', bytes, new Map([[0x1000n, 'there']])),
  ).toBe('rec disk di there');
});

test('a dynamic array that points outside the record is empty', () => {
  expect(printed([['__data_loc char[] name', 0, 4]], '"<%s>", __get_str(name)', words(4000 | (90 << 16)))).toBe('<>');
});

test('arrays and buffers are printed element by element', () => {
  expect(printed([['u8 a[4]', 0, 4], ['__data_loc u32[] b', 4, 4]], '"%s %s", __print_hex(REC->a, 4), __print_array(__get_dynamic_array(b), 2, 4)', words(0x04030201, 8 | (8 << 16), 5, 6))).toBe('01 02 03 04 5 6');
});

test('casts cut and extend as C does', () => {
  expect(printed([['u64 a', 0, 8]], '"%lld %llu %d", (long long)(int)REC->a, (unsigned char)REC->a, (u16)REC->a == 0xfffe', words(-2, 0))).toBe('-2 254 1');
});

test('operators bind as in C', () => {
  expect(printed([['u32 a', 0, 4]], '"%d %d %d", REC->a + 2 * 3 << 1, REC->a & 1 | 2 == 2, !(REC->a - 5) && ~0', words(5))).toBe('22 1 1');
});

test('what is not understood is printed field by field', () => {
  expect(printed([['int a', 0, 4, true], ['unsigned long b', 8, 8], ['char c[8]', 16, 8]], '"%s", ({ int x = 1; x; })', words(-3, 0, 255, 0, 0x6968, 0))).toBe('a=-3 b=0xff c=hi');
});

test.each(['', '"', '"%d"', '"%d", REC->absent', '"%d", ((((', '"%d", REC->a +'])('the broken format %j is printed field by field too', (print) => {
  expect(printed([['int a', 0, 4, true]], print, words(9))).toBe('a=9');
});

test.each(['(', '-', '1 ? 2 : '])('a format of a hundred thousand %j is given up, not followed', (part) => {
  expect(printed([['int a', 0, 4, true]], `"%d", ${part.repeat(100_000)}`, words(9))).toBe('a=9');
});

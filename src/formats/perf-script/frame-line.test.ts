/** Frame lines: every name that a symbol or a DSO can have, and nothing taken for a frame that is none. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {padded} from '../../testing/bytes.ts';
import {TraceBuilder} from '../../model/builder.ts';
import {text} from '../../model/trace.ts';
import {FrameLines, NOT_A_FRAME} from './frame-line.ts';
import {splitSymbol} from './symbol-text.ts';

interface ReadFrame {
  readonly symbol: string | null;
  readonly dso: string | null;
  readonly inlined: number;
  readonly address: bigint | null;
}

/** What each line says, read one after another by one reader; null where it is no frame. */
function readAll(lines: readonly string[], newline = '\n'): (ReadFrame | null)[] {
  const build = new TraceBuilder('perf-script');
  const frames = new FrameLines(build);
  const {bytes, view, length} = padded(lines.map((line) => line + newline).join(''));
  const rows: number[] = [];
  for (let at = 0; at < length; ) {
    at = frames.read(bytes, view, at);
    rows.push(frames.row);
  }
  expect(rows.length).toBe(lines.length);
  const trace = build.finish();
  const addresses = new Map(Array.from(trace.unresolved.frame, (frame, i) => [frame, trace.unresolved.address[i]]));
  return rows.map((row) => row === NOT_A_FRAME ? null : {
    symbol: text(trace, trace.frames.name[row]),
    dso: text(trace, trace.frames.dso[row]),
    inlined: trace.frames.inlined[row],
    address: addresses.get(row) ?? null,
  });
}

const read = (line: string) => readAll([line])[0];
const printed = (address: bigint | number, what: string) => `\t${address.toString(16).padStart(16)}${what}`;
const frame = {symbol: 'main.run', dso: '/srv/app/app', inlined: 0, address: null};

test.each([
  ['symbol, offset and DSO', ' main.run+0x10 (/srv/app/app)', frame],
  ['no offset', ' main.run (/srv/app/app)', frame],
  ['no DSO', ' main.run+0x10', {...frame, dso: null}],
  ['neither offset nor DSO', ' main.run', {...frame, dso: null}],
  ['nothing but an address', '', {...frame, symbol: null, dso: null, address: 0x1000n}],
  ['an address and a space', ' ', {...frame, symbol: null, dso: null, address: 0x1000n}],
  ['no symbol', ' [unknown] (/srv/lib.so)', {...frame, symbol: null, dso: '/srv/lib.so', address: 0x1000n}],
  ['neither symbol nor DSO', ' [unknown] ([unknown])', {...frame, symbol: null, dso: '[unknown]', address: 0x1000n}],
  ['an inlined call', ' inner+0x44 (inlined)', {...frame, symbol: 'inner', dso: null, inlined: 1}],
  ['an inlined call with its DSO', ' inner+0x44 (/srv/app/app) (inlined)', {...frame, symbol: 'inner', inlined: 1}],
  ['an offset into the DSO, which belongs to the sample', ' main.run+0x10 (/srv/app/app+0x1010)', frame],
  ['a plus in the symbol', ' operator+(A const&, B const&)+0x1f (/srv/app/app)', {...frame, symbol: 'operator+(A const&, B const&)'}],
  ['an offset in the symbol', ' a+0x10+0x20 (/srv/app/app)', {...frame, symbol: 'a+0x10'}],
  ['generics of Go', ' main.Grow[go.shape.struct { A int; B string }_0]+0x90 (/srv/app/app)', {...frame, symbol: 'main.Grow[go.shape.struct { A int; B string }_0]'}],
  ['an anonymous namespace', ' (anonymous namespace)::f(int)+0x1 (/srv/app/app)', {...frame, symbol: '(anonymous namespace)::f(int)'}],
  ['an anonymous namespace without offset', ' (anonymous namespace)::f(int) (/srv/app/app)', {...frame, symbol: '(anonymous namespace)::f(int)'}],
  ['C++ arguments without DSO', ' f(std::string const&, int)', {...frame, symbol: 'f(std::string const&, int)', dso: null}],
  ['operator->*', ' Box::operator->*(int)+0x0 (/srv/app/app)', {...frame, symbol: 'Box::operator->*(int)'}],
  ['spaces and parentheses in the DSO', ' main.run+0x10 (/opt/od d (name).so x)', {...frame, dso: '/opt/od d (name).so x'}],
  ['the same without offset', ' main.run (/opt/od d (name).so x)', {...frame, dso: '/opt/od d (name).so x'}],
  ['a file that is gone', ' main.run+0x10 (/srv/app/app (deleted))', {...frame, dso: '/srv/app/app (deleted)'}],
  ['the kernel', ' do_syscall_64+0x71 ([kernel.kallsyms])', {...frame, symbol: 'do_syscall_64', dso: '[kernel.kallsyms]'}],
  ['a DSO without a path', ' main.run+0x10 (app)', {...frame, dso: 'app'}],
  ['a symbol that begins like an unknown one', ' [unknown]x+0x1 (/srv/app/app)', {...frame, symbol: '[unknown]x'}],
])('%s', (_, what, expected) => {
  expect(read(printed(0x1000, what))).toEqual(expected);
  expect(readAll([printed(0x1000, what)], '\r\n')).toEqual([expected]);
});

test.each([
  ['no address', '\t main.run+0x10 (/srv/app/app)'],
  ['an address that is not in its column', '\t          1000 main.run+0x10 (/srv/app/app)'],
  ['a gap in the address between two bytes', '\t         10 000 main.run+0x10 (/srv/app/app)'],
  ['a gap in the address between two pairs of bytes', '\t        1000 00 main.run+0x10 (/srv/app/app)'],
  ['a letter that is no digit in the address', '\t          4010g0 main.run+0x10 (/srv/app/app)'],
  ['capital digits, which perf does not print', '\t          4010A0 main.run+0x10 (/srv/app/app)'],
  ['spaces instead of an address', '\t                 main.run+0x10 (/srv/app/app)'],
  ['no space after the address', '\t            1000main.run+0x10 (/srv/app/app)'],
  ['something that is no DSO after the offset', '\t            1000 main.run+0x10 /srv/app/app'],
  ['an empty line after the TAB', '\t'],
])('%s makes it no frame', (_, line) => {
  expect(read(line)).toBe(null);
  expect(readAll([line], '\r\n')).toEqual([null]);
});

test('an address column is right exactly when it is spaces and then digits, wherever the one ends and the other begins', () => {
  const column = fc.array(fc.constantFrom(' ', '0', 'f', '9'), {minLength: 16, maxLength: 16}).map((characters) => characters.join(''));
  const likely = fc.tuple(fc.nat(15), fc.nat(16), column).map(([digits, hole, {length}]) => `${' '.repeat(length - digits)}${'a'.repeat(digits)}`.slice(0, hole).padEnd(16, ' b'));
  fc.assert(fc.property(fc.oneof(column, likely), (address) => {
    const expected = /^ *[0-9a-f]+$/.test(address);
    for (const what of [' main.run+0x10 (/srv/app/app)', ' main.run', '']) expect(read(`\t${address}${what}`) !== null).toBe(expected);
  }), {numRuns: 3000});
});

/** Names out of pieces that mean something elsewhere on the line. */
const symbol = fc.array(fc.constantFrom('main', '.', 'f', '+', '+0', '+0x', '+0x1f', ' ', '(', ')', '[', ']', '<', '>', '::', 'operator', '*', '&', ';', '{', '}', '程'), {minLength: 1, maxLength: 8})
  .map((pieces) => pieces.join('').trim())
  .filter((name) => name !== '' && !name.startsWith('[unknown]') && !/\+0x[0-9a-f]+(?: \(.*\))?(?: \(inlined\))?$/.test(name));
const dso = fc.constantFrom('/srv/app/app', '[kernel.kallsyms]', '/opt/od d (name).so x', '/srv/app/app (deleted)', '[vdso]', '//anon', '[unknown]');
const line = fc.record({address: fc.bigInt({min: 0n, max: 0xffff_ffff_ffff_ffffn}), symbol, offset: fc.nat(0xffff), dso, known: fc.integer({min: 0, max: 9})});

test('frames printed with offset and DSO read back, whatever stood on the lines before', () => {
  fc.assert(fc.property(fc.array(line, {minLength: 1, maxLength: 12}), fc.constantFrom('\n', '\r\n'), (list, newline) => {
    const lines = list.map((each) => printed(each.address, each.known ? ` ${each.symbol}+0x${each.offset.toString(16)} (${each.dso})` : ` [unknown] (${each.dso})`));
    const expected = list.map((each) => ({symbol: each.known ? each.symbol : null, dso: each.dso, inlined: 0, address: each.known ? null : each.address}));
    expect(readAll(lines, newline)).toEqual(expected);
  }), {numRuns: 1000});
});

test('a symbol and what comes after it are parted where the DSO begins', () => {
  expect(splitSymbol('f (a) (/x (y))')).toEqual({symbol: 'f (a)', tail: ' (/x (y))'});
  expect(splitSymbol('f(int, char)')).toEqual({symbol: 'f(int, char)', tail: ''});
  expect(splitSymbol('f (app)')).toEqual({symbol: 'f', tail: ' (app)'});
  expect(splitSymbol('f (app) (inlined)')).toEqual({symbol: 'f', tail: ' (app) (inlined)'});
});

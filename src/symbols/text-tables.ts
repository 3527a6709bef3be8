/**
 * The two texts that name addresses: a kernel's symbols, and those of code that a process made while it ran.
 *
 *   kallsyms:       ffffffff81000000 T _text                      address, type, name, and in brackets the module it is of
 *   perf-PID.map:   7f2a4c000000 40 LazyCompile:~main app.js:1    address, size (both hexadecimal), name to the end of the line
 */
import type {Symbols} from './shape.ts';
import {SEGMENTS} from './shape.ts';
import {Binding, FunctionList} from './elf/function-list.ts';
import {GrowableTable} from '../base/columns/table.ts';

const KALLSYMS_LINE = /^[0-9a-f]{8,16} [a-z] \S+(?:[ \t]+\[\S+\])?$/i;
const MAP_LINE = /^(?:0x)?[0-9a-f]{1,16} (?:0x)?[0-9a-f]{1,16} \S.*$/i;
/** Lines of a head that are looked at. */
const LINES_SEEN = 50;

/** Which of the two a text begins like; null: neither. `complete`: `head` is the whole file, so its last line is whole too. */
export function sniffTextTable(head: Uint8Array, complete: boolean): 'kallsyms' | 'perf-map' | null {
  const lines = new TextDecoder().decode(head).split(/\r?\n/).slice(0, complete ? undefined : -1).filter((line) => line !== '').slice(0, LINES_SEEN);
  if (lines.length === 0) return null;
  if (lines.every((line) => KALLSYMS_LINE.test(line))) return 'kallsyms';
  return lines.every((line) => MAP_LINE.test(line)) ? 'perf-map' : null;
}

/** Symbols of the kernel. What is not code or data of it (constants, addresses on each CPU) is left out, as perf does. */
export function kallsyms(bytes: Uint8Array): Symbols {
  const list = new FunctionList();
  const modules: string[] = [];
  const rows = new Map<string, number>();
  // Kernels lie above 2^53: everything counts from the lowest.
  const base = lowestKernel(bytes);
  eachLine(bytes, (start, end) => {
    const space = indexIn(bytes, SPACE, start, end);
    if (space < 0 || space > start + 16 || space + 3 >= end) return;
    const type = bytes[space + 1] & ~32;
    if (type !== T && type !== W && type !== D && type !== B) return;
    const address = addressOf(bytes, start, space);
    if (address === null || address < base || address === 0n) return;
    let nameEnd = space + 3;
    while (nameEnd < end && bytes[nameEnd] > SPACE) nameEnd++;
    let module = -1;
    const open = indexIn(bytes, BRACKET, nameEnd, end);
    if (open > 0) {
      const name = decoder.decode(bytes.subarray(open, end)).trim();
      module = rows.get(name) ?? modules.push(name) - 1;
      rows.set(name, module);
    }
    const isGlobal = (bytes[space + 1] & 32) === 0;
    list.add(Number(address - base), 0, space + 3, nameEnd - space - 3, type === W ? Binding.Weak : isGlobal ? Binding.Global : Binding.Local, module);
  });
  return textSymbols('kallsyms', bytes, list, {base, modules, pid: null});
}

/** Symbols of code made while a process ran. `pid` is that of the file's name. Of two entries for one place the later one counts. */
export function perfMap(bytes: Uint8Array, pid: number | null): Symbols {
  const list = new FunctionList();
  eachLine(bytes, (start, end) => {
    const space = indexIn(bytes, SPACE, start, end);
    const second = space < 0 ? -1 : indexIn(bytes, SPACE, space + 1, end);
    if (second < 0 || second + 1 >= end) return;
    const address = addressOf(bytes, start, space);
    const sizeBytes = addressOf(bytes, space + 1, second);
    if (address === null || sizeBytes === null || address >= 2n ** 53n || sizeBytes >= 2n ** 40n) return;
    list.add(Number(address), Number(sizeBytes), second + 1, end - second - 1, Binding.Global);
  });
  return textSymbols('perf-map', bytes, list, {base: 0n, modules: [], pid});
}

/** The process of a perf map by the file's name (`perf-1234.map`); null: it does not tell. */
export function pidOfMap(fileName: string): number | null {
  const pid = /(?:^|[/\\])perf-(\d+)\.map(?:\.gz)?(?: \(\d+\))?$/.exec(fileName)?.[1];
  return pid === undefined ? null : Number(pid);
}

function textSymbols(kind: 'kallsyms' | 'perf-map', bytes: Uint8Array, list: FunctionList, own: Pick<Symbols, 'base' | 'modules' | 'pid'>): Symbols {
  return {
    kind, ...own, buildId: null, goBuildId: null, machine: null, isLittleEndian: true, pointerBytes: 8, movable: false, isDebugFile: false,
    segments: new GrowableTable(SEGMENTS, 1).finish(), functions: list.finish(bytes, kind === 'perf-map'), nameBytes: bytes, go: null, ehFrame: null, returnSites: [],
  };
}

function lowestKernel(bytes: Uint8Array): bigint {
  let lowest: bigint | null = null;
  let lowestOfAll: bigint | null = null;
  eachLine(bytes, (start, end) => {
    const space = indexIn(bytes, SPACE, start, end);
    const address = space > start && space <= start + 16 ? addressOf(bytes, start, space) : null;
    if (address === null || address === 0n) return;
    if (lowestOfAll === null || address < lowestOfAll) lowestOfAll = address;
    if (address >= KERNEL && (lowest === null || address < lowest)) lowest = address;
  });
  return lowest ?? lowestOfAll ?? 0n;
}

function eachLine(bytes: Uint8Array, each: (start: number, end: number) => void): void {
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const next = newline < 0 ? bytes.length : newline;
    const end = next > start && bytes[next - 1] === RETURN ? next - 1 : next;
    if (end > start) each(start, end);
    start = next + 1;
  }
}

function indexIn(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === byte) return at;
  return -1;
}

/** The hexadecimal number in `[start, end)`, which may begin with `0x`; null: not one. */
function addressOf(bytes: Uint8Array, start: number, end: number): bigint | null {
  const from = bytes[start] === 0x30 && (bytes[start + 1] | 32) === 0x78 ? start + 2 : start;
  if (from >= end || end - from > 16) return null;
  let high = 0;
  let low = 0;
  for (let at = from; at < end; at++) {
    const digit = digitOf(bytes[at]);
    if (digit < 0) return null;
    if (end - at > 8) high = high * 16 + digit;
    else low = low * 16 + digit;
  }
  return high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);
}

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = (byte | 32) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

const decoder = new TextDecoder();
const [SPACE, NEWLINE, RETURN, BRACKET] = [0x20, 0x0a, 0x0d, 0x5b];
const [T, W, D, B] = [0x54, 0x57, 0x44, 0x42];
const KERNEL = 1n << 63n;

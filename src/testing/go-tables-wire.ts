/** Writes small Go function tables for tests, in the layout of Go 1.20, and the `Symbols` of a binary that has one. */
import {goTables} from '../symbols/go/header.ts';
import type {GoTables, Machine, Region, Symbols} from '../symbols/shape.ts';

/** A function, and the size of its frame at the offsets from its start: `[until, bytes]`, upwards; the last until its end. None: assembly without sizes. */
export interface DrawnGoFunction {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly frames?: readonly (readonly [until: number, bytes: number])[];
  /** Bits of `FuncFlag`. */
  readonly flags?: number;
}

export interface DrawnBinary {
  readonly machine?: Machine & ('x86-64' | 'arm64');
  readonly functions?: readonly DrawnGoFunction[];
  /** Addresses that a call returns to. */
  readonly returns?: readonly number[];
  readonly ehFrame?: Region;
  readonly buildId?: string;
}

/** Code of drawn binaries lies here, in the file and, unless it is moved, in memory. */
export const DRAWN_CODE = {address: 0x400000, fileOffset: 0x1000, sizeBytes: 0x100000} as const;

const RECORD_BYTES = 44;
const HEAD_WORDS = 8;

/** What is known of such a binary. */
export function drawnBinary({machine = 'x86-64', functions = [], returns = [], ehFrame, buildId}: DrawnBinary): Symbols {
  const {address, fileOffset, sizeBytes} = DRAWN_CODE;
  const sites = new Uint8Array(sizeBytes / 8);
  for (const at of returns) sites[(at - address) >> 3] |= 1 << ((at - address) & 7);
  const none = new Float64Array(0);
  return {
    kind: 'elf', buildId: buildId ?? null, goBuildId: null, pid: null, machine, isLittleEndian: true, pointerBytes: 8, base: 0n, movable: false, isDebugFile: false,
    segments: {
      length: 1, address: Float64Array.of(address), fileOffset: Float64Array.of(fileOffset), fileBytes: Float64Array.of(sizeBytes),
      memoryBytes: Float64Array.of(sizeBytes), executable: Uint8Array.of(1),
    },
    functions: {length: 0, start: none, end: none, nameByte: new Uint32Array(0), nameBytes: new Uint32Array(0), module: new Int32Array(0)},
    nameBytes: new Uint8Array(0), modules: [],
    go: functions.length > 0 ? drawnGoTables(functions, machine === 'arm64' ? 4 : 1) : null,
    ehFrame: ehFrame ?? null,
    returnSites: [{address, bytes: sites}],
  };
}

function drawnGoTables(functions: readonly DrawnGoFunction[], instructionBytes: 1 | 4): GoTables {
  const sorted = [...functions].sort((a, b) => a.start - b.start);
  const textStart = sorted[0].start;
  const names = joined(sorted.map(({name}) => [...new TextEncoder().encode(`${name}\0`)]));
  // Offset 0 is that of no table.
  const counters = joined([[0], ...sorted.map((of) => (of.frames ? counterTable(of.frames, of.end - of.start, instructionBytes) : []))]);
  const listBytes = (2 * sorted.length + 1) * 4;
  const at = {names: 8 + HEAD_WORDS * 8, counters: 0, functions: 0};
  at.counters = at.names + names.bytes.length;
  at.functions = Math.ceil((at.counters + counters.bytes.length) / 8) * 8;
  const table = new Uint8Array(at.functions + listBytes + sorted.length * RECORD_BYTES);
  const view = new DataView(table.buffer);
  const word = (i: number, value: number) => view.setBigUint64(8 + i * 8, BigInt(value), true);
  view.setUint32(0, 0xfffffff1, true);
  table[6] = instructionBytes;
  table[7] = 8;
  [sorted.length, 0, textStart, at.names, at.names, at.names, at.counters, at.functions].forEach((value, i) => word(i, value));
  table.set(names.bytes, at.names);
  table.set(counters.bytes, at.counters);
  sorted.forEach((of, i) => {
    const record = listBytes + i * RECORD_BYTES;
    view.setUint32(at.functions + i * 8, of.start - textStart, true);
    view.setUint32(at.functions + i * 8 + 4, record, true);
    view.setUint32(at.functions + record, of.start - textStart, true);
    view.setInt32(at.functions + record + 4, names.starts[i], true);
    view.setUint32(at.functions + record + 16, of.frames ? counters.starts[i + 1] : 0, true);
    table[at.functions + record + 41] = of.flags ?? 0;
  });
  view.setUint32(at.functions + sorted.length * 8, sorted[sorted.length - 1].end - textStart, true);
  const tables = goTables(table);
  if (!tables) throw new Error('not a function table');
  return tables;
}

/** As the linker writes it: changes of the value, counted from -1, and for how many instructions each is good. */
function counterTable(frames: readonly (readonly [number, number])[], sizeBytes: number, instructionBytes: number): number[] {
  const bytes: number[] = [];
  let value = -1;
  let from = 0;
  frames.forEach(([until, size], i) => {
    const change = size - value;
    bytes.push(...varint(change >= 0 ? change * 2 : -change * 2 - 1), ...varint(((i === frames.length - 1 ? sizeBytes : until) - from) / instructionBytes));
    value = size;
    from = until;
  });
  return [...bytes, 0];
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function joined(parts: readonly number[][]): {bytes: number[]; starts: number[]} {
  const bytes: number[] = [];
  const starts = parts.map((part) => {
    const start = bytes.length;
    bytes.push(...part);
    return start;
  });
  return {bytes, starts};
}

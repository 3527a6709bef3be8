/** The strings and frames of a trace, to which more can be added: equal ones get the row that is there. */
import {ByteInterner} from '../../base/bytes/interner.ts';
import {PADDING} from '../../base/bytes/words.ts';
import {GrowableTable, type Table} from '../../base/columns/table.ts';
import {assert} from '../../base/fault.ts';
import {FRAMES, type STRINGS} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';

/** Strings of a trace and new ones. Cost of making one: all strings of the trace are hashed. */
export class MoreStrings {
  readonly #interner = new ByteInterner();
  readonly #rows = new Map<string, number>();
  #scratch = new Uint8Array(4096);

  constructor(trace: Pick<Trace, 'strings' | 'stringBytes'>) {
    const bytes = new Uint8Array(trace.stringBytes.length + PADDING);
    bytes.set(trace.stringBytes);
    const view = new DataView(bytes.buffer);
    const {startByte, sizeBytes, length} = trace.strings;
    for (let row = 0; row < length; row++) {
      assert(this.#interner.intern(view, startByte[row], sizeBytes[row]) === row, 'the strings of a trace are unique');
    }
  }

  row(value: string): number {
    let row = this.#rows.get(value);
    if (row === undefined) {
      const bytes = encoder.encode(value);
      if (bytes.length + PADDING > this.#scratch.length) this.#scratch = new Uint8Array(bytes.length * 2 + PADDING);
      this.#scratch.set(bytes);
      row = this.#interner.intern(new DataView(this.#scratch.buffer), 0, bytes.length);
      this.#rows.set(value, row);
    }
    return row;
  }

  finish(): {strings: Table<typeof STRINGS>; stringBytes: Uint8Array} {
    const {bytes, entries} = this.#interner.copy();
    return {strings: {length: entries.length, startByte: entries.startByte, sizeBytes: entries.sizeBytes}, stringBytes: bytes};
  }
}

/** Frames of a trace and new ones: rows that the trace has stay what they are. */
export class MoreFrames {
  readonly #frames: GrowableTable<typeof FRAMES>;
  #slots: Int32Array;

  /** Frames without a name are no code location that a new one could be equal to. */
  constructor(trace: Pick<Trace, 'frames'>) {
    const {length} = trace.frames;
    this.#frames = new GrowableTable(FRAMES, length + 1024);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2((length + 1024) * 2))).fill(-1);
    const {rows} = this.#frames;
    for (const column of COLUMNS) rows[column].set(trace.frames[column]);
    for (let row = 0; row < length; row++) {
      this.#frames.add();
      if (rows.name[row] >= 0) this.#put(row);
    }
  }

  row(name: number, dso: number, file: number, line: number, inlined: number): number {
    const {rows} = this.#frames;
    const mask = this.#slots.length - 1;
    for (let slot = mix(name, dso, file, line, inlined) & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot];
      if (row < 0) return this.#add(name, dso, file, line, inlined);
      if (rows.name[row] === name && rows.line[row] === line && rows.file[row] === file && rows.dso[row] === dso && rows.inlined[row] === inlined) return row;
    }
  }

  finish(): Table<typeof FRAMES> {
    return this.#frames.finish();
  }

  #add(name: number, dso: number, file: number, line: number, inlined: number): number {
    const row = this.#frames.add();
    const {rows} = this.#frames;
    rows.name[row] = name;
    rows.dso[row] = dso;
    rows.file[row] = file;
    rows.line[row] = line;
    rows.inlined[row] = inlined;
    if (this.#frames.length * 2 > this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
      for (let old = 0; old < row; old++) if (rows.name[old] >= 0) this.#put(old);
    }
    this.#put(row);
    return row;
  }

  #put(row: number): void {
    const {name, dso, file, line, inlined} = this.#frames.rows;
    const mask = this.#slots.length - 1;
    let slot = mix(name[row], dso[row], file[row], line[row], inlined[row]) & mask;
    while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = row;
  }
}

const COLUMNS = ['name', 'dso', 'file', 'line', 'inlined'] as const;
const encoder = new TextEncoder();

function mix(name: number, dso: number, file: number, line: number, inlined: number): number {
  let hash = Math.imul(name, 0x9e3779b1) ^ Math.imul(line + inlined, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(file, 0xc2b2ae35) ^ dso, 0x27d4eb2f);
  return hash ^ (hash >>> 15);
}

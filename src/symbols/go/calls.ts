/**
 * Calls that the compiler inlined: of a program counter, the calls it lies in, innermost first, each with its name and place.
 *
 *   counter table InlTreeIndex says which entry of the function's tree a program counter belongs to, -1: to the function itself
 *   entry, from 1.20:  funcID u8, 0 0 0, name i32, parentPc i32, startLine i32
 *   entry, from 1.12:  parent i16, funcID u8, 0, file i32, line i32, name i32, parentPc i32      file and line are those of the call
 *
 * `parentPc` is an instruction at the place of the call, counted from the function's entry: what the tables say of it is said of the caller.
 *
 * Source: runtime/symtab.go, runtime/symtabinl.go, runtime/funcdata.h of Go 1.12 … 1.27.
 */
import {Words} from '../elf/words.ts';
import type {GoCalls, GoTables, Place} from '../shape.ts';
import type {GoFunction, GoFunctions} from './functions.ts';

/** Deeper than any inlining: a chain that goes on is damaged. */
const DEEPEST = 256;

/** The ways in which versions of a layout keep inlined calls: that of 1.14 and later, of 1.13, of 1.12. Older ones keep them in another way. */
export function callForms(layout: GoTables['layout']): readonly Pick<GoCalls, 'data' | 'counters' | 'entryBytes'>[] {
  if (layout === '1.20') return [{data: 3, counters: 2, entryBytes: 16}];
  if (layout !== '1.2') return [{data: 3, counters: 2, entryBytes: 20}];
  return [[4, 2], [4, 1], [2, 1]].map(([data, counters]) => ({data, counters, entryBytes: 20}));
}

/** The places of program counters of one binary; what it works out for the last function it keeps, so ask in order of address where you can. */
export class GoPlaces {
  readonly #functions: GoFunctions;
  readonly #form: GoCalls | null;
  readonly #calls: Words | null;
  readonly #callsAddress: number;
  #last: FunctionTables | null = null;

  constructor(functions: GoFunctions) {
    const {go} = functions;
    this.#functions = functions;
    this.#form = go.calls;
    this.#calls = go.calls ? new Words(go.calls.bytes, go.isLittleEndian, go.pointerBytes) : null;
    // From 1.18 on what a function points to counts from where `calls` begins.
    this.#callsAddress = go.calls && (go.layout === '1.2' || go.layout === '1.16') ? go.calls.address : 0;
  }

  /** The places at `address`, innermost first, the function itself last; null: in no function. */
  at(address: number): Place[] | null {
    let tables = this.#last;
    if (!tables || address < tables.of.entry || address >= tables.of.end) {
      const of = this.#functions.functionAt(address);
      if (!of) return null;
      tables = this.#last = this.#tablesOf(of);
    }
    const {of} = tables;
    const places: Place[] = [];
    let line = valueOf(tables.lines, address);
    let file = valueOf(tables.files, address);
    let index = valueOf(tables.indices, address);
    for (let depth = 0; index >= 0 && depth < DEEPEST; depth++) {
      const call = this.#call(tables.treeAt, index);
      if (!call || call.name === '') break;
      places.push({name: call.name, file: this.#file(tables, file), line: line > 0 ? line : -1, inlined: true});
      const caller = of.entry + call.parentPc;
      line = call.line ?? valueOf(tables.lines, caller);
      file = call.file ?? valueOf(tables.files, caller);
      index = call.parent ?? valueOf(tables.indices, caller);
    }
    places.push({name: tables.name, file: this.#file(tables, file), line: line > 0 ? line : -1, inlined: false});
    return places;
  }

  /** Of the entries that `of` has, how many are such as the linker writes; for finding where the trees are. */
  entriesOf(of: GoFunction): {readonly sound: number; readonly all: number} {
    const {indices, treeAt} = this.#tablesOf(of);
    let sound = 0;
    let all = 0;
    for (const index of new Set(indices.values)) {
      if (index < 0) continue;
      const call = this.#call(treeAt, index);
      all++;
      if (call && call.name !== '' && call.isName && call.parentPc >= 0 && of.entry + call.parentPc < of.end) sound++;
    }
    return {sound, all};
  }

  #tablesOf(of: GoFunction): FunctionTables {
    const functions = this.#functions;
    const data = this.#form ? functions.dataOf(of, this.#form.data) : Number.NaN;
    return {
      of,
      name: functions.name(of.nameOffset),
      lines: functions.table(of, functions.tableOf(of, 'line')),
      files: functions.table(of, functions.tableOf(of, 'file')),
      indices: this.#form && !Number.isNaN(data) ? functions.table(of, functions.extraTableOf(of, this.#form.counters)) : NONE,
      treeAt: data - this.#callsAddress,
      paths: new Map(),
    };
  }

  #call(treeAt: number, index: number): Call | null {
    const words = this.#calls;
    const at = treeAt + index * (this.#form?.entryBytes ?? 0);
    if (!words || !this.#form || at < 0 || at + this.#form.entryBytes > words.bytes.length) return null;
    if (this.#form.entryBytes === 16) return this.#named(words.i32(at + 4), {parentPc: words.i32(at + 8), parent: null, file: null, line: null});
    const parent = (words.u16(at) << 16) >> 16;
    return this.#named(words.i32(at + 12), {parentPc: words.i32(at + 16), parent, file: words.i32(at + 4), line: words.i32(at + 8)});
  }

  #named(offset: number, call: Omit<Call, 'name' | 'isName'>): Call {
    const {go, words} = this.#functions;
    // A name stands behind another's end. One function's stands at 0, but so do those of places that hold nothing but zeros.
    const isName = offset > 0 && words.u8(go.names + offset - 1) === 0;
    return {...call, name: this.#functions.name(offset), isName};
  }

  #file({of, paths}: FunctionTables, file: number): string | null {
    let path = paths.get(file);
    if (path === undefined) paths.set(file, (path = this.#functions.file(of, file)));
    return path;
  }
}

interface CounterTable {
  readonly ends: readonly number[];
  readonly values: readonly number[];
}

interface FunctionTables {
  readonly of: GoFunction;
  readonly name: string;
  readonly lines: CounterTable;
  readonly files: CounterTable;
  readonly indices: CounterTable;
  /** Where in `calls` the function's tree begins. */
  readonly treeAt: number;
  readonly paths: Map<number, string | null>;
}

/** An entry of a tree. `parent`, `file`, `line` are null where `parentPc` tells them. */
interface Call {
  readonly name: string;
  readonly isName: boolean;
  readonly parentPc: number;
  readonly parent: number | null;
  readonly file: number | null;
  readonly line: number | null;
}

const NONE: CounterTable = {ends: [], values: []};

function valueOf({ends, values}: CounterTable, address: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle] <= address) low = middle + 1;
    else high = middle;
  }
  return low < values.length ? values[low] : -1;
}

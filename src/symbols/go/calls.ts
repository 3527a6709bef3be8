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
import {Counters, type GoFunction, type GoFunctions} from './functions.ts';

/** Deeper than any inlining: a chain that goes on is damaged. */
const DEEPEST = 256;

/** The ways in which versions of a layout keep inlined calls: that of 1.14 and later, of 1.13, of 1.12. Older ones keep them in another way. */
export function callForms(layout: GoTables['layout']): readonly Pick<GoCalls, 'data' | 'counters' | 'entryBytes'>[] {
  if (layout === '1.20') return [{data: 3, counters: 2, entryBytes: 16}];
  if (layout !== '1.2') return [{data: 3, counters: 2, entryBytes: 20}];
  return [[4, 2], [4, 1], [2, 1]].map(([data, counters]) => ({data, counters, entryBytes: 20}));
}

/**
 * The places of program counters of one binary; what it works out for the last function it keeps, so ask in order of address where you can.
 * `nameOf` gives the name of the function that begins at an address where there is a better one than the table's.
 */
export class GoPlaces {
  readonly #functions: GoFunctions;
  readonly #nameOf: (entry: number) => string | null;
  readonly #form: GoCalls | null;
  readonly #calls: Words | null;
  readonly #callsAddress: number;
  readonly #lines = new Counters();
  readonly #files = new Counters();
  readonly #indices = new Counters();
  #last: FunctionTables | null = null;

  constructor(functions: GoFunctions, nameOf: (entry: number) => string | null = () => null) {
    const {go} = functions;
    this.#functions = functions;
    this.#nameOf = nameOf;
    this.#form = go.calls;
    this.#calls = go.calls ? new Words(go.calls.bytes, go.isLittleEndian, go.pointerBytes) : null;
    // From 1.18 on what a function points to counts from where `calls` begins.
    this.#callsAddress = go.calls && (go.layout === '1.2' || go.layout === '1.16') ? go.calls.address : 0;
  }

  /** The places at `address`, innermost first, the function itself last; null: in no function. The same array for addresses side by side in one place. */
  at(address: number): readonly Place[] | null {
    let tables = this.#last;
    if (!tables || address < tables.of.entry || address >= tables.of.end) {
      const of = this.#functions.functionAt(address);
      if (!of) return null;
      tables = this.#last = this.#tablesOf(of);
    }
    const line = this.#lines.at(address);
    const file = this.#files.at(address);
    const index = this.#indices.at(address);
    const {last} = tables;
    if (last && last.line === line && last.file === file && last.index === index) return last.places;
    const places = this.#places(tables, line, file, index);
    tables.last = {line, file, index, places};
    return places;
  }

  #places(tables: FunctionTables, line: number, file: number, index: number): readonly Place[] {
    const {of} = tables;
    const places: Place[] = [];
    for (let depth = 0; index >= 0 && depth < DEEPEST; depth++) {
      const call = this.#knownCall(tables, index);
      if (!call || call.name === '') break;
      places.push({name: call.name, file: this.#file(tables, file), line: line > 0 ? line : -1, inlined: true});
      const caller = of.entry + call.parentPc;
      line = call.line ?? this.#lines.at(caller);
      file = call.file ?? this.#files.at(caller);
      index = call.parent ?? this.#indices.at(caller);
    }
    places.push({name: tables.name, file: this.#file(tables, file), line: line > 0 ? line : -1, inlined: false});
    return places;
  }

  /** Of the entries that `of` has, how many are such as the linker writes; for finding where the trees are. */
  entriesOf(of: GoFunction): {readonly sound: number; readonly all: number} {
    const {treeAt} = this.#tablesOf(of);
    let sound = 0;
    let all = 0;
    for (const index of new Set(this.#indices.values())) {
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
    functions.fill(this.#lines, of, functions.tableOf(of, 'line'));
    functions.fill(this.#files, of, functions.tableOf(of, 'file'));
    functions.fill(this.#indices, of, this.#form && !Number.isNaN(data) ? functions.extraTableOf(of, this.#form.counters) : 0);
    return {of, name: this.#nameOf(of.entry) ?? functions.name(of.nameOffset), treeAt: data - this.#callsAddress, paths: [], calls: [], last: null};
  }

  #knownCall({calls, treeAt}: FunctionTables, index: number): Call | null {
    return (calls[index] ??= this.#call(treeAt, index));
  }

  #call(treeAt: number, index: number): Call | null {
    const words = this.#calls;
    const at = treeAt + index * (this.#form?.entryBytes ?? 0);
    if (!words || !this.#form || at < 0 || at + this.#form.entryBytes > words.bytes.length) return null;
    const isShort = this.#form.entryBytes === 16;
    const offset = words.i32(at + (isShort ? 4 : 12));
    const {go, words: table} = this.#functions;
    return {
      name: this.#functions.name(offset),
      // A name stands behind another's end. One function's stands at 0, but so do those of places that hold nothing but zeros.
      isName: offset > 0 && table.u8(go.names + offset - 1) === 0,
      parentPc: words.i32(at + (isShort ? 8 : 16)),
      parent: isShort ? null : (words.u16(at) << 16) >> 16,
      file: isShort ? null : words.i32(at + 4),
      line: isShort ? null : words.i32(at + 8),
    };
  }

  #file({of, paths}: FunctionTables, file: number): string | null {
    return file < 0 ? null : (paths[file] ??= this.#functions.file(of, file));
  }
}

/** What is worked out of a function, beside its counter tables. */
interface FunctionTables {
  readonly of: GoFunction;
  readonly name: string;
  /** Where in `calls` the function's tree begins. */
  readonly treeAt: number;
  /** By number of the file, and of the entry. */
  readonly paths: (string | null)[];
  readonly calls: (Call | null)[];
  /** What was asked for last: many addresses of a function are in one place. */
  last: {readonly line: number; readonly file: number; readonly index: number; readonly places: readonly Place[]} | null;
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

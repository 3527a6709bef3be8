/**
 * The functions that an ELF file names: those of its symbol table, else of what it shows to others (stripped libraries); and the small
 * entries by which it calls into other files, which perf names `memcpy@plt`.
 *
 *   symbol, 64 bit: name u32, info u8, other u8, section u16, value u64, size u64        info = binding << 4 | type
 *           32 bit: name u32, value u32, size u32, info u8, other u8, section u16
 */
import type {Table} from '../../base/columns/table.ts';
import type {FUNCTIONS} from '../shape.ts';
import {Binding, FunctionList} from './function-list.ts';
import {SectionType, type ElfLayout, type Section} from './layout.ts';
import type {Words} from './words.ts';

const SymbolType = {None: 0, Function: 2, IndirectFunction: 10} as const;
const ABSOLUTE = 0xfff1;
/** Visibility: 1 internal, 2 hidden, of labels that perf does not take. */
const HIDDEN = [1, 2];

export interface NamedFunctions {
  readonly functions: Table<typeof FUNCTIONS>;
  readonly nameBytes: Uint8Array;
  /** Address of a symbol by its name, of the few that are asked for by it; NaN: none. */
  valueOf(name: string): number;
}

/** Cost: the symbol table and its names are read, nothing else. */
export async function functionsOf(layout: ElfLayout): Promise<NamedFunctions> {
  const section = layout.sections.find(({type, fileBytes}) => type === SectionType.SymbolTable && fileBytes > 0)
    ?? layout.sections.find(({type}) => type === SectionType.DynamicSymbols);
  const list = new FunctionList();
  const symbols = section ? await readTable(layout, section) : null;
  const entries = await pltEntries(layout);
  const own = symbols ? symbols.names.bytes : new Uint8Array(0);
  const nameBytes = entries.length === 0 ? own : joined(own, entries.map(({name}) => encoder.encode(name)));
  if (symbols) gather(layout, symbols, list);
  let nameByte = own.length;
  for (const {address, sizeBytes, name} of entries) {
    const length = encoder.encode(name).length;
    list.add(address, sizeBytes, nameByte, length, Binding.Global);
    nameByte += length;
  }
  return {functions: list.finish(nameBytes), nameBytes, valueOf: (name) => (symbols ? valueOf(symbols, name) : Number.NaN)};
}

interface SymbolTable {
  readonly words: Words;
  readonly names: Words;
  readonly entryBytes: number;
  readonly count: number;
}

async function readTable(layout: ElfLayout, section: Section): Promise<SymbolTable> {
  const entryBytes = layout.words.pointerBytes === 8 ? 24 : 16;
  const words = layout.words.of(await layout.file.readAt(section.fileOffset, section.fileBytes));
  const strings = layout.sections.at(section.link);
  const names = strings ? await layout.file.readAt(strings.fileOffset, strings.fileBytes) : new Uint8Array(0);
  return {words, names: layout.words.of(names), entryBytes, count: Math.floor(words.bytes.length / entryBytes)};
}

function symbolAt({words, entryBytes}: SymbolTable, i: number): {nameAt: number; info: number; other: number; section: number; value: number; sizeBytes: number} {
  const at = i * entryBytes;
  const nameAt = words.u32(at);
  if (words.pointerBytes === 8) {
    return {nameAt, info: words.u8(at + 4), other: words.u8(at + 5), section: words.u16(at + 6), value: words.address(at + 8), sizeBytes: words.size(at + 16)};
  }
  return {nameAt, info: words.u8(at + 12), other: words.u8(at + 13), section: words.u16(at + 14), value: words.u32(at + 4), sizeBytes: words.u32(at + 8)};
}

/** As perf has it: functions, and labels without a type that lie in code. */
function gather(layout: ElfLayout, symbols: SymbolTable, list: FunctionList): void {
  const isText = layout.sections.map(({name}) => name.includes('text'));
  for (let i = 1; i < symbols.count; i++) {
    const {nameAt, info, other, section, value, sizeBytes} = symbolAt(symbols, i);
    if (nameAt === 0 || section === 0) continue;
    const type = info & 15;
    const isFunction = type === SymbolType.Function || type === SymbolType.IndirectFunction;
    const isLabel = type === SymbolType.None && section !== ABSOLUTE && !HIDDEN.includes(other & 3) && isText[section] === true;
    if (!isFunction && !isLabel) continue;
    const nameBytes = symbols.names.textEnd(nameAt) - nameAt;
    // `$x`, `$d`, `$a`, `$t`: where an ARM file goes from code to data and back.
    if (nameBytes <= 0 || (layout.machine.startsWith('arm') && symbols.names.u8(nameAt) === 0x24)) continue;
    const binding = info >> 4;
    const start = layout.machine === 'arm' ? value - (value % 2) : value;
    list.add(start, sizeBytes, nameAt, nameBytes, binding === 2 ? Binding.Weak : binding === 0 ? Binding.Local : Binding.Global);
  }
}

function valueOf(symbols: SymbolTable, name: string): number {
  const wanted = encoder.encode(name);
  for (let i = 1; i < symbols.count; i++) {
    const {nameAt, value} = symbolAt(symbols, i);
    if (symbols.names.textEnd(nameAt) - nameAt === wanted.length && wanted.every((byte, at) => symbols.names.bytes[nameAt + at] === byte)) return value;
  }
  return Number.NaN;
}

/** Size of the first, different, entry and of the others, of those machines that perf names them on. */
const PLT: Partial<Record<ElfLayout['machine'], {headBytes: number; entryBytes: number}>> = {
  'x86-64': {headBytes: 16, entryBytes: 16}, '386': {headBytes: 16, entryBytes: 16}, arm64: {headBytes: 32, entryBytes: 16}, arm: {headBytes: 20, entryBytes: 12},
};
/** More functions are called of other files by no program. */
const MOST_ENTRIES = 1 << 20;

async function pltEntries(layout: ElfLayout): Promise<{address: number; sizeBytes: number; name: string}[]> {
  const form = PLT[layout.machine];
  const plt = layout.sections.find(({name, fileBytes}) => name === '.plt' && fileBytes > 0);
  const relocations = layout.sections.find(({name}) => name === '.rela.plt' || name === '.rel.plt');
  const dynamic = layout.sections.find(({type}) => type === SectionType.DynamicSymbols);
  if (!form || !plt || !relocations || !dynamic) return [];
  const symbols = await readTable(layout, dynamic);
  const words = layout.words.of(await layout.file.readAt(relocations.fileOffset, relocations.fileBytes));
  const is64 = words.pointerBytes === 8;
  const relocationBytes = (relocations.type === SectionType.Rela ? 3 : 2) * words.pointerBytes;
  const count = Math.min(Math.floor(words.bytes.length / relocationBytes), Math.floor((plt.fileBytes - form.headBytes) / form.entryBytes), MOST_ENTRIES);
  return Array.from({length: Math.max(0, count)}, (_, i) => {
    const info = i * relocationBytes + words.pointerBytes;
    const symbol = is64 ? words.u32(info + (words.isLittleEndian ? 4 : 0)) : words.u32(info) >>> 8;
    const name = symbols.names.text(symbolAt(symbols, symbol).nameAt);
    return {address: plt.address + form.headBytes + i * form.entryBytes, sizeBytes: form.entryBytes, name: `${name}@plt`};
  }).filter(({name}) => name !== '@plt');
}

function joined(first: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(others.reduce((sum, {length}) => sum + length, first.length));
  all.set(first);
  let at = first.length;
  for (const other of others) {
    all.set(other, at);
    at += other.length;
  }
  return all;
}

const encoder = new TextEncoder();

/**
 * Where things are in an ELF file: what is loaded (program headers) and what it is made of (sections). Both may be wrong or missing: a file
 * without section headers still has its segments.
 *
 *   0   7f 'ELF' class(1: 32, 2: 64) data(1: little, 2: big) …   16 type u16, machine u16, …   then entry, phoff, shoff (words)
 *
 * Source: System V ABI, gabi 4.1, chapters 4 and 5; elf(5).
 */
import {GrowableTable, type Table} from '../../base/columns/table.ts';
import {SEGMENTS, type Machine, type Region} from '../shape.ts';
import {Words} from './words.ts';

/** A file of which any part can be read. */
export interface BinaryFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Fewer bytes at the end of the file. */
  readAt(start: number, sizeBytes: number): Promise<Uint8Array>;
}

/** A part of the file. `address` 0: it is not loaded. `fileBytes` 0: there is nothing of it in this file. */
export interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly fileOffset: number;
  readonly fileBytes: number;
  readonly link: number;
}

/** An ELF file's own account of itself. */
export interface ElfLayout {
  readonly file: BinaryFile;
  readonly words: Words;
  readonly machine: Machine;
  /** ET_EXEC 2, ET_DYN 3, … */
  readonly type: number;
  readonly segments: Table<typeof SEGMENTS>;
  /** Where notes (PT_NOTE), the table of `.eh_frame` (PT_GNU_EH_FRAME) and what the loader reads (PT_DYNAMIC) are. */
  readonly parts: readonly {readonly type: number; readonly fileOffset: number; readonly fileBytes: number; readonly address: number}[];
  readonly sections: readonly Section[];
}

export const SectionType = {ProgramBits: 1, SymbolTable: 2, Rela: 4, Note: 7, NoBits: 8, DynamicSymbols: 11} as const;
export const SegmentType = {Load: 1, Dynamic: 2, Note: 4, EhFrame: 0x6474e550} as const;
export const EXECUTABLE_SECTION = 4;
const MACHINES: Readonly<Record<number, Machine>> = {3: '386', 40: 'arm', 62: 'x86-64', 183: 'arm64'};
/** More headers than any linker writes; a count beyond it is a damaged file's. */
const MOST_HEADERS = 1 << 20;
/** From here on Float64 cannot hold an address: such are a kernel's. */
const EXACT = 2n ** 53n;

/** Whether a file begins as ELF does. */
export function isElf(head: Uint8Array): boolean {
  return head.length >= 20 && head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}

/** The layout of an ELF file, or null where its first bytes are not those of one that can be. */
export async function elfLayout(file: BinaryFile): Promise<ElfLayout | null> {
  const head = await file.readAt(0, 64);
  if (!isElf(head) || (head[4] !== 1 && head[4] !== 2) || (head[5] !== 1 && head[5] !== 2) || head.length < (head[4] === 2 ? 64 : 52)) return null;
  const pointerBytes = head[4] === 2 ? 8 : 4;
  const first = new Words(head, head[5] === 1, pointerBytes);
  const headerAt = pointerBytes === 8 ? 52 : 40;
  const programs = await table(file, first.size(24 + pointerBytes), first.u16(headerAt + 2), first.u16(headerAt + 4), pointerBytes === 8 ? 56 : 32);
  const base = baseOf(first, programs);
  const words = new Words(head, first.isLittleEndian, pointerBytes, base);
  const {segments, parts} = readPrograms(words, programs);
  return {
    file, words, segments, parts,
    machine: MACHINES[first.u16(18)] ?? 'other',
    type: first.u16(16),
    sections: await readSections(file, words, headerAt),
  };
}

/** Where in the file an address is; NaN: not in it. */
export function fileOffsetOf(layout: ElfLayout, address: number): number {
  const {segments} = layout;
  for (let i = 0; i < segments.length; i++) {
    const into = address - segments.address[i];
    if (into >= 0 && into < segments.fileBytes[i]) return segments.fileOffset[i] + into;
  }
  return Number.NaN;
}

/** A section's bytes with their address. */
export async function regionOf(layout: ElfLayout, section: Section): Promise<Region> {
  return {address: section.address, bytes: await layout.file.readAt(section.fileOffset, section.fileBytes)};
}

interface HeaderTable {
  readonly bytes: Uint8Array;
  readonly entryBytes: number;
  readonly count: number;
}

async function table(file: BinaryFile, at: number, entryBytes: number, count: number, leastEntryBytes: number): Promise<HeaderTable> {
  if (entryBytes < leastEntryBytes || at <= 0 || at >= file.sizeBytes) return {bytes: new Uint8Array(0), entryBytes: leastEntryBytes, count: 0};
  const held = Math.min(count, MOST_HEADERS, Math.floor((file.sizeBytes - at) / entryBytes));
  return {bytes: await file.readAt(at, held * entryBytes), entryBytes, count: held};
}

/** What addresses are counted from: 0, or a kernel's lowest. */
function baseOf(first: Words, {bytes, entryBytes, count}: HeaderTable): bigint {
  if (first.pointerBytes === 4) return 0n;
  const words = first.of(bytes);
  let lowest = 0n;
  for (let i = 0; i < count; i++) {
    const address = words.u64(i * entryBytes + 16);
    if (words.u32(i * entryBytes) === SegmentType.Load && address >= EXACT && (lowest === 0n || address < lowest)) lowest = address;
  }
  return lowest;
}

function readPrograms(first: Words, {bytes, entryBytes, count}: HeaderTable): Pick<ElfLayout, 'segments' | 'parts'> {
  const words = first.of(bytes);
  const is64 = words.pointerBytes === 8;
  const loads: {address: number; fileOffset: number; fileBytes: number; memoryBytes: number; executable: number}[] = [];
  const parts: {type: number; fileOffset: number; fileBytes: number; address: number}[] = [];
  for (let i = 0; i < count; i++) {
    const at = i * entryBytes;
    const type = words.u32(at);
    const [offsetAt, addressAt, sizeAt, memoryAt, flagsAt] = is64 ? [8, 16, 32, 40, 4] : [4, 8, 16, 20, 24];
    const fileOffset = words.size(at + offsetAt);
    const fileBytes = words.size(at + sizeAt);
    const address = words.address(at + addressAt);
    if (type === SegmentType.Load) {
      loads.push({address, fileOffset, fileBytes, memoryBytes: words.size(at + memoryAt), executable: words.u32(at + flagsAt) & 1});
    } else parts.push({type, fileOffset, fileBytes, address});
  }
  const segments = new GrowableTable(SEGMENTS, Math.max(1, loads.length));
  for (const load of loads.sort((a, b) => a.address - b.address)) {
    const row = segments.add();
    segments.rows.address[row] = load.address;
    segments.rows.fileOffset[row] = load.fileOffset;
    segments.rows.fileBytes[row] = load.fileBytes;
    segments.rows.memoryBytes[row] = load.memoryBytes;
    segments.rows.executable[row] = load.executable;
  }
  return {segments: segments.finish(), parts};
}

async function readSections(file: BinaryFile, first: Words, headerAt: number): Promise<Section[]> {
  const is64 = first.pointerBytes === 8;
  const at = first.size(24 + 2 * first.pointerBytes);
  const entryBytes = first.u16(headerAt + 6);
  let count = first.u16(headerAt + 8);
  let namesIn = first.u16(headerAt + 10);
  const firstSection = first.of(await file.readAt(at, entryBytes));
  // Where a count does not fit into 16 bits it stands in the first section.
  if (count === 0 && at > 0) count = firstSection.size(is64 ? 32 : 20);
  if (namesIn === 0xffff) namesIn = firstSection.u32(is64 ? 40 : 24);
  const headers = await table(file, at, entryBytes, count, is64 ? 64 : 40);
  const words = first.of(headers.bytes);
  const read = (i: number, names: Words | null): Section => {
    const start = i * headers.entryBytes;
    const [flagsAt, addressAt, offsetAt, sizeAt, linkAt] = is64 ? [8, 16, 24, 32, 40] : [8, 12, 16, 20, 24];
    const type = words.u32(start + 4);
    const fileOffset = words.size(start + offsetAt);
    const isLoaded = (words.u32(start + flagsAt + (is64 && !words.isLittleEndian ? 4 : 0)) & 2) !== 0;
    return {
      name: names ? names.text(words.u32(start)) : '',
      type,
      flags: words.u32(start + flagsAt + (is64 && !words.isLittleEndian ? 4 : 0)),
      address: isLoaded ? words.address(start + addressAt) : 0,
      fileOffset,
      fileBytes: type === SectionType.NoBits ? 0 : Math.max(0, Math.min(words.size(start + sizeAt), file.sizeBytes - fileOffset)),
      link: words.u32(start + linkAt),
    };
  };
  const nameSection = namesIn < headers.count ? read(namesIn, null) : null;
  const names = nameSection ? words.of(await file.readAt(nameSection.fileOffset, nameSection.fileBytes)) : null;
  return Array.from({length: headers.count}, (_, i) => read(i, names));
}

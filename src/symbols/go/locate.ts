/**
 * Finds Go's tables in an ELF file, stripped or not: the function table by its section, else by its first bytes; then what it counts from,
 * by the runtime's own record of the binary (`moduledata`), which holds a pointer to the table.
 *
 *   moduledata from 1.18, in words:  0 table · 1 names ×3 … functions ×3 · 19 findfunctab · 20 minpc · 21 maxpc · 22 text · 23 etext · … · go:func.* ·
 *
 * `go:func.*`, from which functions count what they point to, stands at word 38 of 1.18, 40 of 1.20, 43 of 1.27: it is taken where the trees of
 * inlined calls that it would give are sound.
 *
 * Source: runtime/symtab.go (moduledata) of Go 1.18 … 1.27; debug/buildinfo.
 */
import {LoadedBytes} from '../elf/loaded.ts';
import {fileOffsetOf, type ElfLayout, type Section} from '../elf/layout.ts';
import type {GoCalls, GoTables, Region} from '../shape.ts';
import type {Words} from '../elf/words.ts';
import {callForms, GoPlaces} from './calls.ts';
import {GoFunctions} from './functions.ts';
import {goTables, HEAD_BYTES, tableKind} from './header.ts';

const TEXT_WORD = 22;
const CALLS_WORDS = [38, 40, 43, 39, 41, 42, 44, 45, 46];
const MODULE_WORDS = 48;
/** A table stands at a multiple of it. */
const ALIGNMENT = 8;
const SLICE = 1 << 22;
/** How many functions with inlined calls are looked at to know a place for theirs. */
const FUNCTIONS_TRIED = 300;

/** Go's tables of a binary; null where it is not Go's. `symbolValue` gives the address of a symbol by name, NaN where there is none. */
export async function locateGo(layout: ElfLayout, symbolValue: (name: string) => number): Promise<GoTables | null> {
  const loaded = new LoadedBytes(layout);
  const region = await findTable(layout, loaded);
  const found = region && goTables(region.bytes);
  if (!found) return null;
  const go = {...found, version: await goVersion(layout, loaded)};
  if (go.layout === '1.2' || go.layout === '1.16') return {...go, calls: await oldCalls(layout, go)};
  const module = await findModule(layout, loaded, go, region.address);
  const text = layout.sections.find(({name}) => name === '.text')?.address ?? 0;
  const textStart = [module?.address(TEXT_WORD * go.pointerBytes), symbolValue('runtime.text'), go.textStart].find((start) => start !== undefined && start > 0) ?? text;
  const placed = {...go, textStart};
  return {...placed, calls: module ? await findCalls(layout, placed, module, region) : null};
}

async function findTable(layout: ElfLayout, loaded: LoadedBytes): Promise<Region | null> {
  const section = layout.sections.find(({name, fileBytes}) => name.endsWith('.gopclntab') && fileBytes > 0);
  if (section) return loaded.read(section.address, section.fileBytes);
  const isGo = layout.sections.some(({name}) => name === '.go.buildinfo' || name === '.note.go.buildid');
  return layout.sections.length === 0 || isGo ? scanForTable(layout, loaded) : null;
}

async function scanForTable({file, segments}: ElfLayout, loaded: LoadedBytes): Promise<Region | null> {
  for (let i = 0; i < segments.length; i++) {
    const endByte = Math.min(segments.fileOffset[i] + segments.fileBytes[i], file.sizeBytes);
    for (let start = segments.fileOffset[i]; start < endByte; start += SLICE) {
      const bytes = await file.readAt(start, Math.min(SLICE + HEAD_BYTES, endByte - start));
      if (bytes.length === 0) break;
      for (let at = 0; at < SLICE && at + HEAD_BYTES <= bytes.length; at += ALIGNMENT) {
        // Every magic number has three bytes of ones, whichever order they are in.
        if (bytes[at + 1] !== 0xff || bytes[at + 2] !== 0xff || !tableKind(bytes, at)) continue;
        const address = segments.address[i] + (start - segments.fileOffset[i]) + at;
        const region = await loaded.read(address, endByte - start - at);
        if (goTables(region.bytes)) return region;
      }
    }
  }
  return null;
}

/** The words of `moduledata`; null: not found. */
async function findModule(layout: ElfLayout, loaded: LoadedBytes, go: GoTables, tableAddress: number): Promise<Words | null> {
  const {segments, words} = layout;
  for (let i = 0; i < segments.length; i++) {
    if (segments.executable[i] === 1) continue;
    const {bytes} = await loaded.read(segments.address[i], Math.min(segments.fileBytes[i], layout.file.sizeBytes));
    const data = words.of(bytes);
    const step = words.pointerBytes;
    for (let at = 0; at + MODULE_WORDS * step <= bytes.length; at += step) {
      if (data.address(at) === tableAddress && data.address(at + step) === tableAddress + go.names && data.address(at + 4 * step) === tableAddress + go.units) {
        return words.of(bytes.slice(at, at + MODULE_WORDS * step));
      }
    }
  }
  return null;
}

async function findCalls(layout: ElfLayout, go: GoTables, module: Words, table: Region): Promise<GoCalls | null> {
  for (const word of CALLS_WORDS) {
    const address = module.address(word * go.pointerBytes);
    const into = address - table.address;
    // Since Go 1.26 it is a part of the table.
    const region = into >= 0 && into < table.bytes.length ? {address, bytes: table.bytes.subarray(into)} : await toEndOfPart(layout, address);
    const calls = region && {...region, ...callForms(go.layout)[0]};
    if (calls && hasSoundCalls(go, calls)) return calls;
  }
  return null;
}

function hasSoundCalls(go: GoTables, calls: GoCalls): boolean {
  const functions = new GoFunctions({...go, calls});
  const places = new GoPlaces(functions);
  let tried = 0;
  let sound = 0;
  let all = 0;
  for (let i = 0; i < go.functionCount && tried < FUNCTIONS_TRIED; i++) {
    const of = functions.functionOf(i);
    if (Number.isNaN(functions.dataOf(of, calls.data))) continue;
    const entries = places.entriesOf(of);
    tried++;
    sound += entries.sound;
    all += entries.all;
  }
  return all > 0 && sound >= all * 0.95;
}

/** Before 1.18 functions hold addresses: the part of the file that the first one's lies in. */
async function oldCalls(layout: ElfLayout, go: GoTables): Promise<GoCalls | null> {
  const functions = new GoFunctions(go);
  for (const form of callForms(go.layout)) {
    for (let i = 0; i < go.functionCount; i++) {
      const part = partAt(layout, functions.dataOf(functions.functionOf(i), form.data));
      if (!part) continue;
      const calls = {address: part.address, bytes: await layout.file.readAt(part.fileOffset, part.fileBytes), ...form};
      if (hasSoundCalls(go, calls)) return calls;
      break;
    }
  }
  return null;
}

/** From an address to the end of the part that it lies in. */
async function toEndOfPart(layout: ElfLayout, address: number): Promise<Region | null> {
  const part = partAt(layout, address);
  if (!part) return null;
  const into = address - part.address;
  return {address, bytes: await layout.file.readAt(part.fileOffset + into, part.fileBytes - into)};
}

/** The section that an address lies in, else the segment. */
function partAt({sections, segments, file}: ElfLayout, address: number): Pick<Section, 'address' | 'fileOffset' | 'fileBytes'> | null {
  const section = sections.find((of) => of.address > 0 && address >= of.address && address < of.address + of.fileBytes);
  if (section) return section;
  for (let i = 0; i < segments.length; i++) {
    const into = address - segments.address[i];
    if (!(into >= 0 && into < segments.fileBytes[i])) continue;
    const fileOffset = segments.fileOffset[i];
    return {address: segments.address[i], fileOffset, fileBytes: Math.max(0, Math.min(segments.fileBytes[i], file.sizeBytes - fileOffset))};
  }
  return null;
}

/**
 * The version that `.go.buildinfo` tells.
 *
 *   0 "\xff Go buildinf:"   14 pointer bytes u8   15 flags u8 (2: the version stands here)   16 pointer to the version's string   32 length varint, version
 */
async function goVersion(layout: ElfLayout, loaded: LoadedBytes): Promise<string | null> {
  const section = layout.sections.find(({name}) => name === '.go.buildinfo');
  if (!section) return null;
  const {bytes} = await loaded.read(section.address, 512);
  const words = layout.words.of(bytes);
  let version: string;
  if ((words.u8(15) & 2) !== 0) version = new TextDecoder().decode(bytes.subarray(33, 33 + Math.min(words.u8(32), 127)));
  else {
    const string = layout.words.of((await loaded.read(words.address(16), 16)).bytes);
    const at = fileOffsetOf(layout, string.address(0));
    if (Number.isNaN(at)) return null;
    version = new TextDecoder().decode(await layout.file.readAt(at, Math.min(string.size(layout.words.pointerBytes), 127)));
  }
  return version.startsWith('go') || version.startsWith('devel') ? version : null;
}

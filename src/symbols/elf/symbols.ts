/** An ELF file, or the debug file beside one, as `Symbols`. Only the parts that are needed are read. */
import type {Symbols} from '../shape.ts';
import {locateGo} from '../go/locate.ts';
import {ehFrameOf} from './eh-frame.ts';
import {functionsOf} from './functions.ts';
import {elfLayout, EXECUTABLE_SECTION, SectionType, type BinaryFile, type ElfLayout} from './layout.ts';
import {buildIds} from './notes.ts';
import {returnSites} from './return-sites.ts';

const MOVABLE = 3;

/** Null: its first bytes are not those of an ELF file that can be. */
export async function elfSymbols(file: BinaryFile): Promise<Symbols | null> {
  const layout = await elfLayout(file);
  if (!layout) return null;
  const named = await functionsOf(layout);
  const isDebugFile = hasNoCode(layout);
  return {
    kind: 'elf',
    ...(await buildIds(layout)),
    pid: null,
    machine: layout.machine,
    isLittleEndian: layout.words.isLittleEndian,
    pointerBytes: layout.words.pointerBytes,
    base: layout.words.base,
    movable: layout.type === MOVABLE,
    isDebugFile,
    segments: layout.segments,
    functions: named.functions,
    nameBytes: named.nameBytes,
    modules: [],
    go: isDebugFile ? null : await locateGo(layout, (name) => named.valueOf(name)),
    ehFrame: isDebugFile ? null : await ehFrameOf(layout),
    returnSites: isDebugFile ? [] : await returnSites(layout),
  };
}

/** Whether code has its places, but is not in the file. */
function hasNoCode({sections}: ElfLayout): boolean {
  const code = sections.filter(({flags, address}) => (flags & EXECUTABLE_SECTION) !== 0 && address > 0);
  return code.length > 0 && code.every(({type}) => type === SectionType.NoBits);
}

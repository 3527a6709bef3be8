/**
 * The head of Go's function table: which layout it is, and where its parts begin.
 *
 *   0   magic u32 · 0 · 0 · instruction bytes u8 · pointer bytes u8
 *   8   functions (word), then by layout
 *   1.2:         the functions themselves; the offset of the table of files (u32) after the last of them
 *   1.16:        files, then the offsets of names, units, files, counters, functions (words)
 *   1.18, 1.20:  files, address of the text (not written since Go 1.26), then the same five
 *
 * Source: cmd/link/internal/ld/pcln.go and runtime/symtab.go of Go 1.12, 1.15 … 1.27.
 */
import type {GoTables} from '../shape.ts';
import {Words} from '../elf/words.ts';

const LAYOUTS: Readonly<Record<number, GoTables['layout']>> = {0xfffffffb: '1.2', 0xfffffffa: '1.16', 0xfffffff0: '1.18', 0xfffffff1: '1.20'};

/** Bytes that tell a table from anything else. */
export const HEAD_BYTES = 8;

/** What the first eight bytes of a table say; null where they are none's. */
export function tableKind(bytes: Uint8Array, at = 0): Pick<GoTables, 'layout' | 'isLittleEndian' | 'pointerBytes' | 'instructionBytes'> | null {
  const [, , , , zero, zeroToo, instructionBytes, pointerBytes] = bytes.subarray(at, at + HEAD_BYTES);
  if (zero !== 0 || zeroToo !== 0 || (pointerBytes !== 4 && pointerBytes !== 8)) return null;
  if (instructionBytes !== 1 && instructionBytes !== 2 && instructionBytes !== 4) return null;
  for (const isLittleEndian of [true, false]) {
    const layout = LAYOUTS[new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, isLittleEndian)];
    if (layout) return {layout, isLittleEndian, pointerBytes, instructionBytes};
  }
  return null;
}

/**
 * The table that begins with `table`; null where it cannot be one. `textStart` is what its header says (0 where it says nothing), or 0 for
 * layouts that write addresses.
 */
export function goTables(table: Uint8Array): GoTables | null {
  const kind = tableKind(table);
  if (!kind) return null;
  const words = new Words(table, kind.isLittleEndian, kind.pointerBytes);
  const word = (i: number) => words.size(HEAD_BYTES + i * kind.pointerBytes);
  const functionCount = word(0);
  const common = {...kind, table, functionCount, version: null, calls: null};
  if (kind.layout === '1.2') {
    const functions = HEAD_BYTES + kind.pointerBytes;
    const files = words.u32(functions + (2 * functionCount + 1) * kind.pointerBytes);
    return sound({...common, textStart: 0, names: 0, units: 0, counters: 0, files, functions});
  }
  const parts = kind.layout === '1.16' ? 2 : 3;
  const [names, units, files, counters, functions] = [0, 1, 2, 3, 4].map((i) => word(parts + i));
  return sound({...common, textStart: kind.layout === '1.16' ? 0 : word(2), names, units, files, counters, functions});
}

/** Size of an entry of the list of functions: where it begins and where its record is. */
export function entryBytesOf(go: Pick<GoTables, 'layout' | 'pointerBytes'>): number {
  return go.layout === '1.18' || go.layout === '1.20' ? 8 : 2 * go.pointerBytes;
}

function sound(go: GoTables): GoTables | null {
  const isInside = [go.names, go.units, go.files, go.counters, go.functions].every((at) => at >= 0 && at < go.table.length);
  return isInside && go.functionCount > 0 && go.functions + (go.functionCount + 0.5) * entryBytesOf(go) <= go.table.length ? go : null;
}

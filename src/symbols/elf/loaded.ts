/** Bytes by their address, as they lie in memory once the file is loaded at the address it names: with its relative relocations applied. */
import type {Region} from '../shape.ts';
import {fileOffsetOf, SegmentType, type ElfLayout} from './layout.ts';
import type {Words} from './words.ts';

/** Tags of PT_DYNAMIC: where relocations with addends are, and how many bytes of them. */
const DT_RELA = 7;
const DT_RELASZ = 8;
const DYNAMIC_BYTES = 1 << 16;

/** Reads by address. What a relocation would write is written, so that the pointers of a PIE stand in it. */
export class LoadedBytes {
  readonly #layout: ElfLayout;
  #relocations: Promise<Words> | null = null;

  constructor(layout: ElfLayout) {
    this.#layout = layout;
  }

  /** `sizeBytes` bytes at `address`, fewer where the file has fewer; none where it has nothing. */
  async read(address: number, sizeBytes: number): Promise<Region> {
    const {file, words} = this.#layout;
    const fileOffset = fileOffsetOf(this.#layout, address);
    if (Number.isNaN(fileOffset)) return {address, bytes: new Uint8Array(0)};
    // A copy where something is written into it: the reader's bytes are not ours.
    const read = await file.readAt(fileOffset, sizeBytes);
    const relocations = await (this.#relocations ??= this.#readRelocations());
    if (relocations.bytes.length === 0) return {address, bytes: read};
    const bytes = read.slice();
    const view = new DataView(bytes.buffer);
    const entryBytes = 3 * words.pointerBytes;
    for (let at = 0; at + entryBytes <= relocations.bytes.length; at += entryBytes) {
      const into = relocations.address(at) - address;
      if (!(into >= 0 && into + words.pointerBytes <= bytes.length) || !isRelative(relocations, at + words.pointerBytes)) continue;
      if (words.pointerBytes === 8) view.setBigUint64(into, relocations.u64(at + 16), words.isLittleEndian);
      else view.setUint32(into, relocations.u32(at + 8), words.isLittleEndian);
    }
    return {address, bytes};
  }

  async #readRelocations(): Promise<Words> {
    const {file, words, parts} = this.#layout;
    const dynamic = parts.find(({type}) => type === SegmentType.Dynamic);
    const none = words.of(new Uint8Array(0));
    if (!dynamic) return none;
    const entries = words.of(await file.readAt(dynamic.fileOffset, Math.min(dynamic.fileBytes, DYNAMIC_BYTES)));
    let address = Number.NaN;
    let sizeBytes = 0;
    for (let at = 0; at + 2 * words.pointerBytes <= entries.bytes.length; at += 2 * words.pointerBytes) {
      const tag = entries.size(at);
      if (tag === 0) break;
      if (tag === DT_RELA) address = entries.address(at + words.pointerBytes);
      if (tag === DT_RELASZ) sizeBytes = entries.size(at + words.pointerBytes);
    }
    const fileOffset = fileOffsetOf(this.#layout, address);
    return Number.isNaN(fileOffset) ? none : words.of(await file.readAt(fileOffset, Math.min(sizeBytes, file.sizeBytes)));
  }
}

/** Whether a relocation names no symbol: then it writes its addend, moved by as much as the file is. */
function isRelative(words: Words, infoAt: number): boolean {
  return words.pointerBytes === 8 ? words.u32(infoAt + (words.isLittleEndian ? 4 : 0)) === 0 : words.u32(infoAt) >>> 8 === 0;
}

/**
 * The notes of an ELF file: the build id that linkers give (GNU), by which perf knows a file again, and Go's own.
 *
 *   nameBytes u32, descriptionBytes u32, type u32, name padded to 4, description padded to 4
 */
import {SectionType, SegmentType, type ElfLayout} from './layout.ts';

export interface BuildIds {
  readonly buildId: string | null;
  readonly goBuildId: string | null;
}

/** A note longer than this is not one. */
const MOST_BYTES = 1 << 16;
const GNU_BUILD_ID = 3;
const GO_BUILD_ID = 4;

export async function buildIds(layout: ElfLayout): Promise<BuildIds> {
  let buildId: string | null = null;
  let goBuildId: string | null = null;
  const places = [
    ...layout.parts.filter(({type}) => type === SegmentType.Note),
    ...layout.sections.filter(({type}) => type === SectionType.Note),
  ];
  for (const {fileOffset, fileBytes} of places) {
    const words = layout.words.of(await layout.file.readAt(fileOffset, Math.min(fileBytes, MOST_BYTES)));
    for (let at = 0; at + 12 <= words.bytes.length;) {
      const nameBytes = words.u32(at);
      const size = words.u32(at + 4);
      const type = words.u32(at + 8);
      const name = words.text(at + 12);
      const start = at + 12 + padded(nameBytes);
      const description = words.bytes.subarray(start, start + size);
      if (name === 'GNU' && type === GNU_BUILD_ID && description.length === size) buildId ??= hex(description);
      // The name is `Go` with two zeros, of which one belongs to it.
      if (name === 'Go' && type === GO_BUILD_ID && description.length === size) goBuildId ??= words.of(description).text(0);
      at = start + padded(size);
    }
  }
  return {buildId, goBuildId};
}

function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / 4) * 4;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

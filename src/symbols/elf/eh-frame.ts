/** Finds `.eh_frame`: by its section, else by the index of it that stripped binaries still have among their segments. */
import type {Region} from '../shape.ts';
import {regionOf, SegmentType, type ElfLayout} from './layout.ts';

/** How a pointer of the index is written: as four signed bytes, counted from where they stand. */
const FROM_HERE_4 = 0x1b;

/** Null: the file has none. */
export async function ehFrameOf(layout: ElfLayout): Promise<Region | null> {
  const section = layout.sections.find(({name, fileBytes}) => name === '.eh_frame' && fileBytes > 0);
  if (section) return regionOf(layout, section);
  const index = layout.parts.find(({type, fileBytes}) => type === SegmentType.EhFrame && fileBytes > 0);
  if (!index) return null;
  const words = layout.words.of(await layout.file.readAt(index.fileOffset, 8));
  if (words.u8(0) !== 1 || words.u8(1) !== FROM_HERE_4) return null;
  const address = index.address + 4 + words.i32(4);
  const {segments} = layout;
  for (let i = 0; i < segments.length; i++) {
    const into = address - segments.address[i];
    if (!(into >= 0 && into < segments.fileBytes[i])) continue;
    return {address, bytes: await layout.file.readAt(segments.fileOffset[i] + into, segments.fileBytes[i] - into)};
  }
  return null;
}

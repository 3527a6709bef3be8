/** Writes small `.eh_frame` sections for tests: one common entry, and one for each function. */
import type {Region} from '../symbols/shape.ts';

export interface DrawnCallFrames {
  /** Text that names what the common entry holds: `zR`, `zRS` of signal frames. */
  readonly augmentation?: string;
  readonly returnRegister: number;
  readonly dataFactor?: number;
  /** Instructions that all functions begin with. */
  readonly common: readonly number[];
  readonly functions: readonly {readonly start: number; readonly end: number; readonly instructions: readonly number[]}[];
}

/** Instructions by their names in DWARF. */
export const cfa = {
  advance: (bytes: number) => [0x40 | bytes],
  def: (register: number, offset: number) => [0x0c, register, ...uleb(offset)],
  register: (register: number) => [0x0d, register],
  offset: (offset: number) => [0x0e, ...uleb(offset)],
  expression: (...bytes: number[]) => [0x0f, bytes.length, ...bytes],
  /** Saved at CFA − 8 × `words`, where the data factor is −8. */
  saved: (register: number, words: number) => [0x80 | register, ...uleb(words)],
  savedBy: (register: number, ...bytes: number[]) => [0x10, register, bytes.length, ...bytes],
  unknown: (register: number) => [0x07, register],
  remember: [0x0a],
  recall: [0x0b],
} as const;

/** At this address, in no code of a drawn binary. */
const ADDRESS = 0x600000;

/** The bytes of all of these, one after another, and the 0 that ends them. */
export function ehFrame(sections: readonly DrawnCallFrames[]): Region {
  const bytes: number[] = [];
  for (const {augmentation = 'zR', returnRegister, dataFactor = -8, common, functions} of sections) {
    const commonAt = bytes.length;
    entry(bytes, [
      ...u32(0), 1, ...new TextEncoder().encode(augmentation), 0, 1, ...sleb(dataFactor), returnRegister,
      // Sizes of addresses: four bytes, signed, counted from where they stand.
      1, 0x1b, ...common,
    ]);
    for (const {start, end, instructions} of functions) {
      const idAt = bytes.length + 4;
      entry(bytes, [...u32(idAt - commonAt), ...u32(start - (ADDRESS + idAt + 4)), ...u32(end - start), 0, ...instructions]);
    }
  }
  return {address: ADDRESS, bytes: Uint8Array.from([...bytes, 0, 0, 0, 0])};
}

function entry(bytes: number[], content: readonly number[]): void {
  const padded = [...content, ...Array.from({length: (4 - (content.length % 4)) % 4}, () => 0)];
  bytes.push(...u32(padded.length), ...padded);
}

function u32(value: number): number[] {
  return [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
}

function uleb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...uleb(value >>> 7)];
}

function sleb(value: number): number[] {
  return [value & 0x7f];
}

/**
 * The head of perf.data as a file, 104 bytes (all offsets are from the file's start):
 *
 *   magic │ size of the header │ size of an entry of attrs │ attrs, data, event types: offset and size each │ 256 bits: features
 *
 * Through a pipe there are only the magic and the size, 16, and all else comes as records.
 * https://github.com/torvalds/linux/blob/v6.1/tools/perf/Documentation/perf.data-file-format.txt
 */
import {Cursor} from './cursor.ts';
import {Feature, FEATURE_BITS} from './features.ts';

export const PIPE_HEADER_BYTES = 16;
export const FILE_HEADER_BYTES = 104;

export interface Section {
  readonly offset: number;
  readonly sizeBytes: number;
}

export interface FileHeader {
  readonly attrBytes: number;
  readonly attrs: Section;
  readonly data: Section;
  /** Bits that are set, upwards: the table of feature sections has one entry for each. */
  readonly features: readonly number[];
}

/** Whether the recording machine had the low byte first. */
export function isLittleEndian(magic: Uint8Array): boolean {
  return magic[0] === 0x50;
}

/** The size that the header says it has: 16 for a pipe. */
export function headerSize(head: Uint8Array): number {
  const of = new Cursor(head, isLittleEndian(head));
  of.at = 8;
  return of.size();
}

export function fileHeader(head: Uint8Array): FileHeader {
  const of = new Cursor(head, isLittleEndian(head));
  of.at = 16;
  const attrBytes = of.size();
  const section = (): Section => ({offset: of.size(), sizeBytes: of.size()});
  const attrs = section();
  const data = section();
  section();
  const words = Array.from({length: FEATURE_BITS / 64}, () => of.u64());
  const features = setBits(words);
  // Every recording names its host; where none does, the words were written by halves, as a machine of 32 bits does with the high byte first.
  const byHalves = setBits(words.map((word) => BigInt.asUintN(64, (word << 32n) | (word >> 32n))));
  return {attrBytes, attrs, data, features: features.includes(Feature.Hostname) || !byHalves.includes(Feature.Hostname) ? features : byHalves};
}

function setBits(words: readonly bigint[]): number[] {
  const bits: number[] = [];
  words.forEach((word, i) => {
    for (let bit = 0; bit < 64; bit++) if ((word >> BigInt(bit)) & 1n) bits.push(i * 64 + bit);
  });
  return bits;
}

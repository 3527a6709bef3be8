/** Files on disk as sources, read in pieces. */
import {closeSync, openSync, readSync, realpathSync, statSync} from 'node:fs';
import {memorySource, type ByteSource, type ByteStream} from '../base/bytes/source.ts';
import {FaultLog} from '../base/fault.ts';
import {detect} from '../formats/detect.ts';
import {complain} from './complain.ts';

const PIECE_BYTES = 1 << 20;
/** As much as formats are shown at most, and one byte more: so the beginning is not taken for the whole. */
const HEAD_BYTES = (1 << 20) + 1;

/** The files without those given before, under whatever name; says which it left out. Throws when one is not there. */
export function distinctFiles(files: readonly string[]): string[] {
  const seen = new Set<string>();
  return files.filter((file) => {
    const path = realpathSync(file);
    if (seen.has(path)) complain(file, 'given twice; it is read once');
    return seen.size < seen.add(path).size;
  });
}

/** The numbers of the files, those of symbols first, packed or not: stacks that a capture holds copies of are unwound by them while it is read. */
export async function binariesFirst(files: readonly string[]): Promise<number[]> {
  const ranks: number[] = [];
  for (const file of files) ranks.push((await detect(memorySource(file, fileHead(file, HEAD_BYTES)).open(), new FaultLog())).is === 'symbols' ? 0 : 1);
  return [...files.keys()].sort((a, b) => ranks[a] - ranks[b]);
}

/** The first bytes of a file, fewer where it has fewer; none of a folder. Throws when it cannot be opened. */
function fileHead(path: string, sizeBytes: number): Uint8Array {
  return statSync(path).isDirectory() ? new Uint8Array(0) : readAt(path, 0, sizeBytes);
}

/** A file as a source. Throws when it cannot be opened. */
export function fileSource(path: string): ByteSource {
  const stats = statSync(path);
  if (stats.isDirectory()) throw Object.assign(new Error('this is a folder, not a file'), {code: 'EISDIR', syscall: 'open', path});
  const descriptor = openSync(path, 'r');
  return {name: path, sizeBytes: stats.size, open: () => pieces(descriptor), readAt: async (start, sizeBytes) => readAt(path, start, sizeBytes)};
}

/** Read in step with the parser, which has nothing else to do meanwhile: no thread has to be woken for every piece. */
function pieces(descriptor: number): ByteStream {
  const piece = new Uint8Array(PIECE_BYTES);
  let ended = false;
  return {
    read: async () => {
      if (ended) return null;
      const bytes = readSync(descriptor, piece);
      if (bytes > 0) return piece.subarray(0, bytes);
      ended = true;
      closeSync(descriptor);
      return null;
    },
  };
}

/** The file may have been read to its end, and closed, by then: so each read opens it anew. */
function readAt(path: string, start: number, sizeBytes: number): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(sizeBytes);
    let read = 0;
    for (let more = 1; more > 0 && read < sizeBytes; read += more) more = readSync(descriptor, bytes, read, sizeBytes - read, start + read);
    return bytes.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}

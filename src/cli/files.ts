/** Files on disk as sources, read in pieces. */
import {closeSync, openSync, readSync, statSync} from 'node:fs';
import type {ByteSource, ByteStream} from '../base/bytes/source.ts';

const PIECE_BYTES = 1 << 20;

/** A file as a source. Throws when it cannot be opened. */
export function fileSource(path: string): ByteSource {
  const {size} = statSync(path);
  const descriptor = openSync(path, 'r');
  return {name: path, sizeBytes: size, open: () => pieces(descriptor)};
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

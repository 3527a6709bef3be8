/** Files on disk as sources, read in pieces. */
import {open, stat, type FileHandle} from 'node:fs/promises';
import type {ByteSource, ByteStream} from '../base/bytes/source.ts';

const PIECE_BYTES = 1 << 20;

/** A file as a source. Rejects when it cannot be opened. */
export async function fileSource(path: string): Promise<ByteSource> {
  const {size} = await stat(path);
  const handle = await open(path, 'r');
  return {name: path, sizeBytes: size, open: () => pieces(handle)};
}

function pieces(handle: FileHandle): ByteStream {
  let ended = false;
  return {
    read: async () => {
      if (ended) return null;
      const {bytesRead, buffer} = await handle.read(new Uint8Array(PIECE_BYTES), 0, PIECE_BYTES, null);
      if (bytesRead > 0) return buffer.subarray(0, bytesRead);
      ended = true;
      await handle.close();
      return null;
    },
  };
}

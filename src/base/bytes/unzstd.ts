/** Opens a Zstandard container in front of whatever it holds. Its checksum is not looked at. */
import {Decompress} from 'fzstd';
import type {Fault} from '../fault.ts';
import type {ByteStream} from './source.ts';

/** True for the first bytes of a Zstandard frame (RFC 8878), or of one to be skipped, which may stand in front. */
export function isZstd(head: Uint8Array): boolean {
  if (head.length < 4) return false;
  const magic = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
  return magic === 0xfd2f_b528 || (magic & 0xffff_fff0) >>> 0 === 0x184d_2a50;
}

/** What is given to the decompressor at once: as much as may come out of it waits in memory. */
const FEED_BYTES = 1 << 14;

/**
 * The decompressed bytes of all frames, one after another. Where the container is cut or damaged the stream ends after the last good
 * bytes and `onFault` hears `zstd/damaged`, fatal: the rest of the file is not to be had.
 */
export function unzstd(stream: ByteStream, onFault: (fault: Fault) => void): ByteStream {
  const ready: Uint8Array[] = [];
  const unpack = new Decompress((bytes) => {
    if (bytes.length > 0) ready.push(bytes.slice());
  });
  let piece = new Uint8Array(0);
  let byte = 0;
  let ended = false;

  const step = async () => {
    if (piece.length === 0) {
      const next = await stream.read();
      ended = next === null;
      // The decompressor keeps what it cannot unpack yet.
      piece = next?.slice() ?? piece;
    }
    const part = piece.subarray(0, FEED_BYTES);
    piece = piece.subarray(part.length);
    unpack.push(part, ended);
  };

  return {
    read: async () => {
      for (;;) {
        const next = ready.shift();
        if (next) {
          byte += next.length;
          return next;
        }
        if (ended) return null;
        try {
          await step();
        } catch (error) {
          ended = true;
          const unpacked = byte + ready.reduce((sum, {length}) => sum + length, 0);
          onFault({
            severity: 'fatal',
            code: 'zstd/damaged',
            message: `The zstd container breaks off or is damaged after ${unpacked} decompressed bytes; what came before was read (${error instanceof Error ? error.message : String(error)}).`,
            at: {byte: unpacked},
          });
        }
      }
    },
  };
}

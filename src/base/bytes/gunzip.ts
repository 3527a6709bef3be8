/** Opens a gzip container in front of whatever it holds. */
import {Z_BUF_ERROR, Z_OK, Z_STREAM_END, Z_SYNC_FLUSH, zlibInflate, zlibInflateInit2, zlibInflateReset, ZStream} from 'pako';
import type {Fault} from '../fault.ts';
import type {ByteStream} from './source.ts';

/** True for the first bytes of a gzip member (RFC 1952: ID1, ID2, CM = deflate). */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** zlib's windowBits: the largest window, and no container but gzip. */
const GZIP_WINDOW_BITS = 15 + 16;
/** What is decompressed at once. */
const OUT_BYTES = 1 << 16;

/**
 * The decompressed bytes of all members, one after another (joined files, bgzip, pigz), zeros between and after them left out as gzip(1) does.
 * Where the container is cut or damaged the stream ends after the last good bytes and `onFault` hears `gzip/damaged`, fatal: the rest of
 * the file is not to be had.
 *
 * Not the platform's DecompressionStream: it reads the first member only without a word where that ends, and forgets what came out of
 * a damaged one before anybody took it.
 */
export function gunzip(stream: ByteStream, onFault: (fault: Fault) => void): ByteStream {
  const zlib = new ZStream();
  zlibInflateInit2(zlib, GZIP_WINDOW_BITS);
  let isBetweenMembers = false;
  let byte = 0;
  let ended = false;

  /** Whether there is input, some more of it read if need be. */
  const hasInput = async (): Promise<boolean> => {
    while (zlib.avail_in === 0) {
      const piece = await stream.read();
      if (!piece) return false;
      zlib.input = piece;
      zlib.next_in = 0;
      zlib.avail_in = piece.length;
    }
    return true;
  };

  const skipZeros = () => {
    while (zlib.avail_in > 0 && zlib.input[zlib.next_in] === 0) {
      zlib.next_in++;
      zlib.avail_in--;
    }
  };

  /** As much as comes out of the input that is there, at most `OUT_BYTES`; `problem` where it cannot go on. */
  const unpacked = (): {bytes: Uint8Array; problem: string | null} => {
    zlib.output = new Uint8Array(OUT_BYTES);
    zlib.next_out = 0;
    zlib.avail_out = OUT_BYTES;
    const status = zlibInflate(zlib, Z_SYNC_FLUSH);
    if (status === Z_STREAM_END) {
      zlibInflateReset(zlib);
      isBetweenMembers = true;
    }
    const isFine = status === Z_OK || status === Z_STREAM_END || status === Z_BUF_ERROR;
    return {bytes: zlib.output.subarray(0, zlib.next_out), problem: isFine ? null : zlib.msg};
  };

  const breakOff = (problem: string) => {
    ended = true;
    onFault({
      severity: 'fatal',
      code: 'gzip/damaged',
      message: `The gzip container breaks off or is damaged after ${byte} decompressed bytes; what came before was read (${problem}).`,
      at: {byte},
    });
  };

  return {
    read: async () => {
      while (!ended) {
        // What is held back within zlib comes out with the next input, or when there is none.
        const isMore = zlib.avail_in > 0 || (await hasInput());
        if (isBetweenMembers) {
          skipZeros();
          if (isMore && zlib.avail_in === 0) continue;
          isBetweenMembers = false;
          ended = !isMore;
          if (ended) break;
        }
        const {bytes, problem} = unpacked();
        byte += bytes.length;
        if (problem !== null) breakOff(problem);
        else if (!isMore && bytes.length === 0) breakOff('unexpected end');
        if (bytes.length > 0) return bytes;
      }
      return null;
    },
  };
}

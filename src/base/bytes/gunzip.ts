/** Opens a gzip container in front of whatever it holds. */
import type {Fault} from '../fault.ts';
import {webStream, type ByteStream} from './source.ts';

/** True for the first bytes of a gzip member (RFC 1952: ID1, ID2, CM = deflate). */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * The decompressed bytes. Where the container is cut or damaged the stream ends after the last good bytes and `onFault`
 * hears `gzip/damaged`, fatal: the rest of the file is not to be had.
 */
export function gunzip(stream: ByteStream, onFault: (fault: Fault) => void): ByteStream {
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      const piece = await stream.read();
      if (piece) controller.enqueue(piece.slice());
      else controller.close();
    },
  });
  const plain = webStream(compressed.pipeThrough(new DecompressionStream('gzip')));
  let byte = 0;
  let ended = false;
  return {
    read: async () => {
      if (ended) return null;
      try {
        const piece = await plain.read();
        if (piece) byte += piece.length;
        else ended = true;
        return piece;
      } catch (error) {
        ended = true;
        onFault({
          severity: 'fatal',
          code: 'gzip/damaged',
          message: `The gzip container breaks off or is damaged after ${byte} decompressed bytes; what came before was read (${error instanceof Error ? error.message : String(error)}).`,
          at: {byte},
        });
        return null;
      }
    },
  };
}

/** Where bytes come from: a dropped file, a fetched example, a file on disk. Read in order, once, in pieces. */

/**
 * Pieces of a file, in order. `null` is the end, however often it is asked. A piece may be
 * overwritten by the next `read`: copy what is to be kept. */
export interface ByteStream {
  read(): Promise<Uint8Array | null>;
}

/** Something that can be opened for reading. */
export interface ByteSource {
  readonly name: string;
  /** Size in bytes as stored; `null` when it is not known before the end. */
  readonly sizeBytes: number | null;
  open(): ByteStream;
  /** Reads `sizeBytes` bytes from `start` on, fewer at the end of the file; where any place of it can be read. */
  readAt?(start: number, sizeBytes: number): Promise<Uint8Array>;
}

/** A Blob or File as a source. */
export function blobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    sizeBytes: blob.size,
    open: () => webStream(blob.stream()),
    readAt: async (start, sizeBytes) => new Uint8Array(await blob.slice(start, start + sizeBytes).arrayBuffer()),
  };
}

/** Bytes in memory as a source that hands them out in pieces of `pieceBytes`. */
export function memorySource(name: string, bytes: Uint8Array, pieceBytes = 1 << 20): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    readAt: async (start, sizeBytes) => bytes.subarray(start, start + sizeBytes),
    open: () => {
      let next = 0;
      return {
        read: async () => {
          if (next >= bytes.length) return null;
          const piece = bytes.subarray(next, next + pieceBytes);
          next += piece.length;
          return piece;
        },
      };
    },
  };
}

/** As much as browsers give at once of a file. */
const PIECE_BYTES = 1 << 18;

/**
 * Streams with a read on its way. Chromium 156 throws away a stream that nothing leads to but such a read, and with it whoever waits for
 * that: the read would never end.
 */
const awaited = new Set<ReadableStream>();

/** A web stream as a `ByteStream`. Where it can be, it is read into one buffer again and again: to make one for each piece takes as long as reading it. */
export function webStream(stream: ReadableStream<Uint8Array>): ByteStream {
  const into = byteReader(stream);
  if (!into) {
    const reader = stream.getReader();
    return {read: async () => (await reader.read()).value ?? null};
  }
  let buffer: ArrayBuffer | null = new ArrayBuffer(PIECE_BYTES);
  return {
    read: async () => {
      if (!buffer) return null;
      awaited.add(stream);
      try {
        const {done, value} = await into.read(new Uint8Array(buffer));
        buffer = done ? null : value.buffer;
        return done ? null : value;
      } finally {
        awaited.delete(stream);
      }
    },
  };
}

/** null: the stream, or the browser, gives buffers of its own only. */
function byteReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({mode: 'byob'});
  } catch {
    return null;
  }
}

/** Calls `onBytes` with the number of bytes read so far, after every piece. */
export function counted(stream: ByteStream, onBytes: (total: number) => void): ByteStream {
  let total = 0;
  return {
    read: async () => {
      const piece = await stream.read();
      if (piece) onBytes((total += piece.length));
      return piece;
    },
  };
}

/**
 * Cuts a stream of bytes into blocks of whole lines, so that a parser sees every line in one piece and copies nothing.
 *
 *   piece 1           piece 2                 one working buffer, refilled:
 *   ab\ncd\nef   +    gh\nij\n        =>      [ab\ncd\n|ef........]   ->   [efgh\nij\n|....]
 *                                              block        carried        block
 */
import type {ByteStream} from './source.ts';
import {PADDING} from './words.ts';

const NEWLINE = 10;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const BLOCK_BYTES = 1 << 20;
/** Bytes of the buffer that are never filled: a newline of ours and what scans by words may touch after it. */
const SPARE = 1 + PADDING;
/** A line longer than this is given out in parts that end in a newline of our own, and told by `longLine`. */
const MAX_LINE_BYTES = 1 << 24;

/** Whole lines, the last one ending in a newline at `end - 1`. `bytes` is reused for the next block. */
export interface LineBlock {
  readonly bytes: Uint8Array;
  /** Over `bytes`, with `PADDING` readable bytes after `end`. */
  readonly view: DataView;
  readonly end: number;
  /** Offset in the file of `bytes[0]`. */
  readonly firstByte: number;
  /** The newline at `end - 1` is ours: the file ends without one. */
  readonly cut: boolean;
  /** The last line was longer than 16 MiB and goes on in the next block. */
  readonly longLine: boolean;
}

/**
 * Calls `onBlock` for every block in order; waits for what it returns. A UTF-8 byte order mark at the start is left out. `from`: where in
 * the file the stream begins, which is where a line does.
 */
export async function eachLineBlock(stream: ByteStream, onBlock: (block: LineBlock) => void | Promise<void>, from = 0): Promise<void> {
  let bytes = new Uint8Array(BLOCK_BYTES + SPARE);
  let view = new DataView(bytes.buffer);
  let filled = 0;
  let firstByte = from;
  let begun = from > 0;
  const give = async (end: number, cut: boolean, longLine: boolean) => {
    await onBlock({bytes, view, end, firstByte, cut, longLine});
  };
  for (;;) {
    const piece = await stream.read();
    if (!piece) break;
    let taken = 0;
    while (taken < piece.length) {
      const part = piece.subarray(taken, taken + bytes.length - SPARE - filled);
      bytes.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (!begun && filled >= BYTE_ORDER_MARK.length) {
        begun = true;
        if (BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte)) {
          bytes.copyWithin(0, BYTE_ORDER_MARK.length, filled);
          filled -= BYTE_ORDER_MARK.length;
          firstByte = BYTE_ORDER_MARK.length;
        }
      }
      const room = bytes.length - SPARE - filled;
      if (room > 0 && taken === piece.length && filled < BLOCK_BYTES / 2) continue;
      const end = bytes.lastIndexOf(NEWLINE, filled - 1) + 1;
      if (end > 0) {
        await give(end, false, false);
        bytes.copyWithin(0, end, filled);
        filled -= end;
        firstByte += end;
      } else if (room === 0 && bytes.length >= MAX_LINE_BYTES) {
        bytes[filled] = NEWLINE;
        await give(filled + 1, false, true);
        firstByte += filled;
        filled = 0;
      } else if (room === 0) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
        view = new DataView(bytes.buffer);
      }
    }
  }
  if (filled === 0) return;
  const cut = bytes[filled - 1] !== NEWLINE;
  if (cut) bytes[filled] = NEWLINE;
  await give(filled + (cut ? 1 : 0), cut, false);
}

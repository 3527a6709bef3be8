/** A line kept for a moment, until the next one tells what it was: the block that it lay in is filled anew meanwhile. */
import type {LineBlock} from '../../base/bytes/lines.ts';
import {excerpt} from '../../base/bytes/text.ts';
import {PADDING} from '../../base/bytes/words.ts';
import type {Fault} from '../../base/fault.ts';

/** More of a line is not kept: a header of perf is far shorter. */
const MAX_BYTES = 1 << 12;

export class HeldLine {
  /** The line as a block of its own, from 0 to `end`. */
  readonly block: LineBlock;
  readonly end: number;
  readonly line: number;
  readonly #lengthBytes: number;

  constructor(block: LineBlock, start: number, end: number, line: number) {
    this.end = Math.min(end - start, MAX_BYTES);
    this.line = line;
    this.#lengthBytes = end - start;
    const bytes = new Uint8Array(this.end + PADDING);
    bytes.set(block.bytes.subarray(start, start + this.end));
    this.block = {bytes, view: new DataView(bytes.buffer), end: this.end, firstByte: block.firstByte + start, cut: block.cut, longLine: false};
  }

  /** Where it stood and what it was, for a fault. */
  place(): Required<Pick<Fault, 'at' | 'excerpt'>> {
    return {at: {byte: this.block.firstByte, line: this.line, lengthBytes: this.#lengthBytes}, excerpt: excerpt(this.block.bytes, 0, this.end)};
  }
}

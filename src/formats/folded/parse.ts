/**
 * Folded stacks -> samples without time or thread. A line is one row that stands for `count` samples; what the number counts
 * (samples, nanoseconds, bytes) the file does not say.
 *
 *   main;read;[libc.so.6] 12
 *   ~~~~ root       leaf  count
 */
import {eachLineBlock, type LineBlock} from '../../base/bytes/lines.ts';
import type {ByteStream} from '../../base/bytes/source.ts';
import {excerpt} from '../../base/bytes/text.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import type {ParseWatch} from '../format.ts';

const NEWLINE = 10;
const SPACE = 32;
const SEMICOLON = 59;
const MAX_DEPTH = 4096;

/**
 * Reads folded stacks. Faults: `folded/line` (skipped) for a line that is not a stack and a number, `folded/too-deep` (skipped),
 * `folded/cut` (odd) when the last line has no newline.
 */
export async function parse(input: ByteStream, build: TraceBuilder, watch: ParseWatch): Promise<void> {
  const event = build.event(build.string('folded'));
  let line = 0;
  await eachLineBlock(input, async (block) => {
    let start = 0;
    while (start < block.end) {
      const end = block.bytes.indexOf(NEWLINE, start);
      line++;
      readLine(block, start, block.bytes[end - 1] === 13 ? end - 1 : end, line, event, build);
      start = end + 1;
    }
    if (block.cut) {
      build.faults.report('odd', 'folded/cut', () => ({
        message: 'The last line has no newline: the file may be cut, and its number with it.',
        at: {line, byte: block.firstByte + block.end - 1},
      }));
    }
    watch.partial();
    await watch.breathe();
  });
}

function readLine(block: LineBlock, start: number, end: number, line: number, event: number, build: TraceBuilder): void {
  const {bytes, view} = block;
  if (end === start || bytes[start] === 35) return;
  const at = () => ({line, byte: block.firstByte + start, lengthBytes: end - start});
  let space = end - 1;
  while (space > start && bytes[space] !== SPACE) space--;
  const count = space > start ? wholeNumber(bytes, space + 1, end) : Number.NaN;
  if (Number.isNaN(count)) {
    build.faults.report('skipped', 'folded/line', () => ({
      message: 'Expected frames joined by “;”, a space and a whole number below 2^53.',
      at: at(),
      excerpt: excerpt(bytes, start, end),
    }));
    return;
  }
  let stack = -1;
  let depth = 0;
  for (let from = start; from <= space; ) {
    let to = from;
    while (to < space && bytes[to] !== SEMICOLON) to++;
    const frame = build.frame(build.stringOf(view, from, to - from), -1, -1, -1);
    stack = build.stack(stack, frame);
    from = to + 1;
    if (++depth > MAX_DEPTH) {
      build.faults.report('skipped', 'folded/too-deep', () => ({message: `A stack of more than ${MAX_DEPTH} frames was left out.`, at: at()}));
      return;
    }
  }
  const row = build.samples.add();
  const {rows} = build.samples;
  rows.timeNs[row] = Number.NaN;
  rows.period[row] = Number.NaN;
  rows.thread[row] = -1;
  rows.comm[row] = -1;
  rows.cpu[row] = -1;
  rows.event[row] = event;
  rows.stack[row] = stack;
  build.sampleCount(row, count);
}

/** The decimal number in `[start, end)`; NaN when it is none or not below 2^53. */
function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return Number.NaN;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

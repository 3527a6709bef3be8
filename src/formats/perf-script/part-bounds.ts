/** Where a text can be cut for two readers: in front of a line that begins a sample, whatever stands before it. */
import {PADDING} from '../../base/bytes/words.ts';
import type {ParseInput, Stretch} from '../format.ts';
import {HeaderLine} from './header-line.ts';
import {isMetric, isRecord} from './line-kinds.ts';

type Anywhere = NonNullable<ParseInput['anywhere']>;

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
/** A record is seldom longer than this; where one is, the text is not cut. */
const LOOK_BYTES = 1 << 18;

/**
 * The part of the text for a second reader, about where it wants to read; null where no sample is near to begin or end at. Behind the end
 * is a sample, too: how a text ends is judged by all that was read before it.
 */
export async function partBounds(text: Anywhere, wants: Stretch): Promise<Stretch | null> {
  const start = await sampleStart(text, wants.start);
  const end = await sampleStart(text, wants.end);
  return start !== null && end !== null && start < end ? {start, end} : null;
}

/** The first line behind `from` that begins a sample for sure; null: none near. */
async function sampleStart(text: Anywhere, from: number): Promise<number | null> {
  if (from <= 0) return null;
  const read = await text.readAt(from, LOOK_BYTES);
  const bytes = new Uint8Array(read.length + PADDING);
  bytes.set(read);
  const header = new HeaderLine();
  for (let start = bytes.indexOf(NEWLINE) + 1; start > 0 && start < read.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline < 0) return null;
    if (beginsSample(header, bytes, start, bytes[newline - 1] === RETURN && newline > start ? newline - 1 : newline)) return from + start;
    start = newline + 1;
  }
  return null;
}

/** Neither a frame, a comment nor another record; and all is there that perf prints in front of a sample. */
function beginsSample(header: HeaderLine, bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === TAB || bytes[start] === HASH || !header.read(bytes, start, end) || !header.sure) return false;
  return !isMetric(bytes, header.eventStart, end) && !isRecord(bytes, header.eventStart, end);
}

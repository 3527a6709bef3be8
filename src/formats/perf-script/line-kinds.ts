/** Lines that perf prints and that are not kept, by what they begin with. */
import {utf8} from '../../base/bytes/text.ts';

const TAB = 9;
const SPACE = 32;
const DOT = 46;
const ZERO = 48;
const BAR = 124;
/** As much of a line as tells its kind. */
const LOOK_BYTES = 256;

/** `-D`: hexadecimal bytes, and the record's own fields, between the samples. */
export function isDump(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (first === DOT) return end === start + 1 || bytes[start + 1] === SPACE;
  if (first === SPACE) return /^ \.\.\.+ /.test(head(bytes, start, end));
  return first === ZERO && /^0x[0-9a-f]+(?:@\S.*)? \[(?:0x[0-9a-f]+|0)\]: (?:event|failed|PERF)/.test(head(bytes, start, end));
}

/** `-F +srccode`: `|16    MOVQ …`. */
export function isSourceCode(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === BAR && /^\|\d+ /.test(head(bytes, start, end));
}

/** `-F +brstackinsn`: the instructions between branches, each behind a TAB and its address. */
export function isInstructionListing(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === TAB && /^\t(?:[0-9a-f]{16}\t|\.\.\. |\S[^\t]*:\s*$)/.test(head(bytes, start, end));
}

/** `-F +metric`: `metric: 1.2 insn per cycle` behind the time, where an event would be. */
export function isMetric(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, METRIC);
}

/** `PERF_RECORD_COMM: …`, a record that is no sample, where an event would be. */
export function isRecord(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, RECORD);
}

export function startsWith(bytes: Uint8Array, start: number, end: number, prefix: readonly number[]): boolean {
  return end - start >= prefix.length && prefix.every((byte, i) => bytes[start + i] === byte);
}

const METRIC = Array.from('metric: ', (c) => c.charCodeAt(0));
/** What the name of every record begins with. */
export const RECORD: readonly number[] = Array.from('PERF_RECORD_', (c) => c.charCodeAt(0));

function head(bytes: Uint8Array, start: number, end: number): string {
  return utf8(bytes.subarray(start, Math.min(end, start + LOOK_BYTES)));
}

/** The bytes of a record's first line, told apart: digits, spaces, numbers, and the columns in which perf prints them. */
const TAB = 9;
const SPACE = 32;
const SLASH = 47;
const CLOSE = 93;
const MINUS = 45;

/** `%10u`. */
export const PERIOD_COLUMNS = 10;
/** The first and the last letter that misc may begin with. */
const CAPITAL_E = 69;
const CAPITAL_U = 85;
const MISC = /^(?:[KUHGgMES]|Sp)+$/;

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** A TAB parts fields as a space does. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

export function allDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isDigit(bytes[i])) return false;
  return end > start;
}

/** A process or thread number: digits, or a minus and digits (perf prints -1 for "none"). At most ten digits. */
export function isId(bytes: Uint8Array, start: number, end: number): boolean {
  const digits = bytes[start] === MINUS ? start + 1 : start;
  return end - digits <= 10 && allDigits(bytes, digits, end);
}

export function id(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start] === MINUS ? -decimal(bytes, start + 1, end) : decimal(bytes, start, end);
}

/** The decimal number in `[start, end)`; above 2^53 the nearest double. */
export function decimal(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) value = value * 10 + (bytes[i] - 48);
  return value;
}

export function skipSpaces(bytes: Uint8Array, start: number, end: number): number {
  while (start < end && isSpace(bytes[start])) start++;
  return start;
}

export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && isSpace(bytes[end - 1])) end--;
  return end;
}

export function tokenStart(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && !isSpace(bytes[end - 1])) end--;
  return end;
}

/** Whether `[token, end)` was printed right-aligned in `width` columns, with a space in front unless the line begins there; or is longer than them. */
function isColumn(bytes: Uint8Array, start: number, token: number, end: number, width: number): boolean {
  const before = trimEnd(bytes, start, token);
  const columns = end - before - (before > start ? 1 : 0);
  return columns === Math.max(width, end - token);
}

/**
 * Whether `[token, end)` is a CPU as `--latency` prints it: `%3d` behind the ids. A thread is printed in five columns (seven since
 * 6.10), so what stands in three is none.
 */
export function isLatencyCpu(bytes: Uint8Array, start: number, token: number, end: number): boolean {
  if (end - token > 3 || !allDigits(bytes, token, end)) return false;
  const idsEnd = trimEnd(bytes, start, token);
  const ids = tokenStart(bytes, start, idsEnd);
  if (ids === idsEnd) return false;
  const slash = bytes.subarray(ids, idsEnd).indexOf(SLASH);
  if (slash < 0) return isId(bytes, ids, idsEnd) && isColumn(bytes, start, token, end, 3);
  if (!isPair(bytes, ids, idsEnd)) return false;
  const tidDigits = idsEnd - ids - slash - 1;
  return [5, 7].some((width) => end - idsEnd === Math.max(width - tidDigits, 0) + 1 + 3);
}

/** Whether the number `[token, end)` in front of an event is a period, not a thread or a CPU: by its columns, or by what stands before it. */
export function isPeriod(bytes: Uint8Array, start: number, token: number, end: number): boolean {
  const beforeEnd = trimEnd(bytes, start, token);
  const before = tokenStart(bytes, start, beforeEnd);
  if (isLatencyCpu(bytes, start, token, end)) return false;
  if (beforeEnd > before && (bytes[beforeEnd - 1] === CLOSE || isMisc(bytes, before, beforeEnd) || isPair(bytes, before, beforeEnd))) return true;
  return isColumn(bytes, start, token, end, PERIOD_COLUMNS) && !isColumn(bytes, start, token, end, 5);
}

export function isPair(bytes: Uint8Array, start: number, end: number): boolean {
  const slash = bytes.subarray(start, end).indexOf(SLASH);
  return slash > 0 && isId(bytes, start, start + slash) && isId(bytes, start + slash + 1, end);
}
export function isMisc(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 6 || bytes[start] < CAPITAL_E || bytes[start] > CAPITAL_U) return false;
  let token = '';
  for (let i = start; i < end; i++) token += String.fromCharCode(bytes[i]);
  return MISC.test(token);
}

/**
 * The first line of a record. perf prints it from left to right, each part only if asked for:
 *
 *   comm        pid/tid  cpu   misc   time              period event:            rest
 *   bin_gostack 325/325  [000] K      1174.667049429:   333444 cpu-clock:        (4490a0) gp=0xc0…
 *
 * A comm may hold anything, even what looks like the parts after it, and so may the rest; so the line is read outward from
 * ` seconds.fraction: `: of all near the start, the one whose sides look most like what perf prints, the rightmost of equals.
 * The number in front of it is the thread, unless it has a slash. (Grammar: tools/perf/builtin-script.c of Linux 6.1 and 6.10.)
 */
const SPACE = 32;
const COLON = 58;
const DOT = 46;
const SLASH = 47;
const OPEN = 91;
const CLOSE = 93;
const MINUS = 45;

/** comm (16) + ids (22) + cpu (8) + misc (7) + time (22), with room for a longer comm of another tool. */
const TIME_WITHIN_BYTES = 160;
const MISC = /^(?:[KUHGgMES]|Sp)+$/;
/** The kernel's TASK_COMM_LEN, less its zero. */
const COMM_BYTES = 15;

/** What speaks for a reading of a line, the weightier first; all of it is what perf prints unless told otherwise. */
const SHORT_COMM = 8;
const USUAL_FRACTION = 4;
const HAS_IDS = 2;
const HAS_EVENT = 1;
const SURE = SHORT_COMM + USUAL_FRACTION + HAS_IDS + HAS_EVENT;

/** One record header, read in place: byte ranges and numbers of the line last read. Absent numbers are -1, the period NaN. */
export class HeaderLine {
  commStart = 0;
  commEnd = 0;
  pid = -1;
  tid = -1;
  cpu = -1;
  /** Whole seconds and the nanoseconds after them. */
  seconds = 0;
  nanoseconds = 0;
  /** Digits of the fraction as printed: 6 (microseconds) or 9. */
  fractionDigits = 0;
  period = Number.NaN;
  eventStart = 0;
  eventEnd = 0;
  /** What follows the event on the same line, without spaces around it. */
  restStart = 0;
  restEnd = 0;
  /** Everything is there that perf prints unless told otherwise, and looks as perf prints it. */
  sure = false;

  /** Reads the line `[start, end)`; false when it is no record header. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    let best = -1;
    let bestScore = -1;
    for (let colon = Math.min(end - 1, start + TIME_WITHIN_BYTES); colon > start; colon--) {
      if (bytes[colon] !== COLON || !isDigit(bytes[colon - 1])) continue;
      if (colon + 1 < end && bytes[colon + 1] !== SPACE) continue;
      const score = this.#readAround(bytes, start, colon, end);
      this.sure = score === SURE;
      if (this.sure) return true;
      if (score > bestScore) {
        bestScore = score;
        best = colon;
      }
    }
    if (best >= 0) this.#readAround(bytes, start, best, end);
    return best >= 0;
  }

  /** Reads the line on both sides of the colon after the time. How much it looks like a header, -1 when there is no time. */
  #readAround(bytes: Uint8Array, start: number, colon: number, end: number): number {
    const timeStart = this.#time(bytes, start, colon);
    if (timeStart < 0) return -1;
    this.#after(bytes, colon + 1, end);
    const hasIds = this.#before(bytes, start, timeStart);
    return (
      (this.commEnd - this.commStart <= COMM_BYTES ? SHORT_COMM : 0) +
      (this.fractionDigits === 6 || this.fractionDigits === 9 ? USUAL_FRACTION : 0) +
      (hasIds ? HAS_IDS : 0) +
      (this.eventEnd > this.eventStart ? HAS_EVENT : 0)
    );
  }

  /** Reads `seconds.fraction` that ends before `colon`; gives its start, -1 when it is none. */
  #time(bytes: Uint8Array, start: number, colon: number): number {
    let at = colon - 1;
    while (at > start && isDigit(bytes[at])) at--;
    const digits = colon - 1 - at;
    if (bytes[at] !== DOT || digits < 1 || digits > 9) return -1;
    const dot = at--;
    while (at >= start && isDigit(bytes[at])) at--;
    if (at + 1 === dot || dot - at > 11 || (at >= start && bytes[at] !== SPACE)) return -1;
    this.seconds = decimal(bytes, at + 1, dot);
    this.nanoseconds = decimal(bytes, dot + 1, colon) * 10 ** (9 - digits);
    this.fractionDigits = digits;
    return at + 1;
  }

  /** Reads what stands after the time. */
  #after(bytes: Uint8Array, from: number, end: number): void {
    let at = skipSpaces(bytes, from, end);
    const period = at;
    while (at < end && isDigit(bytes[at])) at++;
    this.period = Number.NaN;
    if (at > period && (at === end || bytes[at] === SPACE)) {
      this.period = decimal(bytes, period, at);
      at = skipSpaces(bytes, at, end);
    } else at = period;
    this.eventStart = at;
    while (at < end && bytes[at] !== SPACE && !(bytes[at] === COLON && (at + 1 === end || bytes[at + 1] === SPACE))) at++;
    const named = at < end && bytes[at] === COLON && at > this.eventStart;
    if (!named) at = this.eventStart;
    this.eventEnd = at;
    this.restStart = skipSpaces(bytes, named ? at + 1 : at, end);
    this.restEnd = trimEnd(bytes, this.restStart, end);
  }

  /** Reads what stands before the time; true when a thread is named there. */
  #before(bytes: Uint8Array, start: number, end: number): boolean {
    this.pid = this.tid = this.cpu = -1;
    let at = trimEnd(bytes, start, end);
    let token = tokenStart(bytes, start, at);
    if (at > token && isMisc(bytes, token, at)) {
      // The letters stand only between the CPU (or the ids) and the time; a comm alone may look like them.
      const before = trimEnd(bytes, start, token);
      if (before > start && (bytes[before - 1] === CLOSE || isDigit(bytes[before - 1]))) {
        at = before;
        token = tokenStart(bytes, start, at);
      }
    }
    if (at - token >= 3 && bytes[token] === OPEN && bytes[at - 1] === CLOSE && allDigits(bytes, token + 1, at - 1)) {
      this.cpu = decimal(bytes, token + 1, at - 1);
      at = trimEnd(bytes, start, token);
      token = tokenStart(bytes, start, at);
    }
    const hasIds = at > token && this.#ids(bytes, token, at);
    if (hasIds) at = trimEnd(bytes, start, token);
    this.commStart = skipSpaces(bytes, start, at);
    this.commEnd = at;
    return hasIds;
  }

  /** Reads `pid/tid` or a lone `tid`; false when the token is neither. */
  #ids(bytes: Uint8Array, start: number, end: number): boolean {
    let slash = start;
    while (slash < end && bytes[slash] !== SLASH) slash++;
    if (slash > start && slash < end) {
      if (!isId(bytes, start, slash) || !isId(bytes, slash + 1, end)) return false;
      this.pid = id(bytes, start, slash);
      this.tid = id(bytes, slash + 1, end);
      return true;
    }
    if (!isId(bytes, start, end)) return false;
    this.tid = id(bytes, start, end);
    return true;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function allDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isDigit(bytes[i])) return false;
  return end > start;
}

/** A process or thread number: digits, or a minus and digits (perf prints -1 for "none"). At most ten digits. */
function isId(bytes: Uint8Array, start: number, end: number): boolean {
  const digits = bytes[start] === MINUS ? start + 1 : start;
  return end - digits <= 10 && allDigits(bytes, digits, end);
}

function id(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start] === MINUS ? -decimal(bytes, start + 1, end) : decimal(bytes, start, end);
}

/** The decimal number in `[start, end)`; above 2^53 the nearest double. */
function decimal(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) value = value * 10 + (bytes[i] - 48);
  return value;
}

function skipSpaces(bytes: Uint8Array, start: number, end: number): number {
  while (start < end && bytes[start] === SPACE) start++;
  return start;
}

function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && bytes[end - 1] === SPACE) end--;
  return end;
}

function tokenStart(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && bytes[end - 1] !== SPACE) end--;
  return end;
}

function isMisc(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 6) return false;
  let token = '';
  for (let i = start; i < end; i++) token += String.fromCharCode(bytes[i]);
  return MISC.test(token);
}

/**
 * The first line of a record. perf prints it from left to right, each part only if asked for:
 *
 *   VM: 12 VCPU:001 comm        pid/tid  cpu   misc   tod   time              period event:            rest
 *                   bin_gostack 325/325  [000] K            1174.667049429:   333444 cpu-clock:        (4490a0) gp=0xc0…
 *
 * A comm may hold anything, even what looks like the parts after it, and so may the rest; so the line is read outward from
 * ` seconds.fraction: `: of all near the start, the one whose sides look most like what perf prints, the rightmost of equals.
 * The number in front of it is the thread, unless it has a slash. A text without times is read outward from its event instead.
 * (Grammar: tools/perf/builtin-script.c of Linux 6.1 and 6.10; Android's simpleperf parts the fields by TABs.)
 */
const TAB = 9;
const SPACE = 32;
const COLON = 58;
const DOT = 46;
const SLASH = 47;
const OPEN = 91;
const CLOSE = 93;
const MINUS = 45;

/** `%10u`. */
const PERIOD_COLUMNS = 10;
/** comm (16) + ids (22) + cpu (8) + misc (7) + time (22), with room for a longer comm of another tool. */
const TIME_WITHIN_BYTES = 160;
/** The first and the last letter that misc may begin with. */
const CAPITAL_E = 69;
const CAPITAL_U = 85;
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
  /** Process of the host and number of the CPU of a guest (`VM:`, `VCPU:`). */
  machinePid = -1;
  vcpu = -1;
  /** A thread or a process is printed. */
  hasIds = false;
  /** It is one number, which may be that of a process (`-F pid` alone). */
  loneId = false;
  cpu = -1;
  /** False: a line of a text without times; `seconds` and what belongs to it mean nothing then. */
  timed = false;
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
    this.timed = true;
    let best = -1;
    let bestScore = -1;
    for (let colon = Math.min(end - 1, start + TIME_WITHIN_BYTES); colon > start; colon--) {
      if (bytes[colon] !== COLON || !isDigit(bytes[colon - 1])) continue;
      if (colon + 1 < end && !isSpace(bytes[colon + 1])) continue;
      const score = this.#readAround(bytes, start, colon, end);
      this.sure = score === SURE;
      if (this.sure) return true;
      // perf prints six or nine digits; a number of another form is a time only where the rest is there.
      if (score > bestScore && ((score & USUAL_FRACTION) !== 0 || (score & (HAS_IDS | HAS_EVENT)) === (HAS_IDS | HAS_EVENT))) {
        bestScore = score;
        best = colon;
      }
    }
    if (best >= 0) this.#readAround(bytes, start, best, end);
    return best >= 0;
  }

  /**
   * Reads the line `[start, end)` of a text without times. `ahead`: frames follow on it, so it is a header whatever it holds; else it
   * must name a thread and an event. False when it does not.
   */
  readTimeless(bytes: Uint8Array, start: number, end: number, ahead: boolean): boolean {
    this.timed = this.sure = false;
    this.period = Number.NaN;
    const last = trimEnd(bytes, start, end);
    for (let colon = start + 1; colon < last; colon++) {
      if (bytes[colon] !== COLON || isSpace(bytes[colon - 1]) || (colon + 1 < last && !isSpace(bytes[colon + 1]))) continue;
      const event = tokenStart(bytes, start, colon);
      // Where nothing follows on the event, its is the last colon; a comm may hold others.
      if (ahead && bytes[last - 1] === COLON && colon !== last - 1) continue;
      if (!this.#beforeEvent(bytes, start, event) && !(ahead && colon === last - 1)) continue;
      this.eventStart = event;
      this.eventEnd = colon;
      this.restStart = skipSpaces(bytes, colon + 1, end);
      this.restEnd = Math.max(this.restStart, last);
      return true;
    }
    this.eventStart = this.eventEnd = this.restStart = this.restEnd = last;
    if (ahead) this.#beforeEvent(bytes, start, last);
    return ahead;
  }

  /** Reads what stands before the event where there is no time; true when a thread is named there. */
  #beforeEvent(bytes: Uint8Array, start: number, end: number): boolean {
    this.period = Number.NaN;
    const last = trimEnd(bytes, start, end);
    const token = tokenStart(bytes, start, last);
    if (allDigits(bytes, token, last) && isPeriod(bytes, start, token, last)) {
      this.period = decimal(bytes, token, last);
      return this.#before(bytes, start, token);
    }
    return this.#before(bytes, start, end);
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
    if (at + 1 === dot || dot - at > 12 || (at >= start && !isSpace(bytes[at]))) return -1;
    this.seconds = decimal(bytes, at + 1, dot);
    // simpleperf prints two TABs after the time, and its older versions microseconds without their leading zeros.
    const isMicroseconds = digits < 6 && bytes[colon + 1] === TAB && bytes[colon + 2] === TAB;
    this.nanoseconds = decimal(bytes, dot + 1, colon) * (isMicroseconds ? 1000 : 10 ** (9 - digits));
    this.fractionDigits = isMicroseconds ? 6 : digits;
    return at + 1;
  }

  /** Reads what stands after the time. */
  #after(bytes: Uint8Array, from: number, end: number): void {
    let at = skipSpaces(bytes, from, end);
    const period = at;
    while (at < end && isDigit(bytes[at])) at++;
    this.period = Number.NaN;
    // A number further to the right is the address of a sample whose event is not printed.
    if (at > period && (at === end || isSpace(bytes[at])) && at - from <= Math.max(PERIOD_COLUMNS, at - period) + 1) {
      this.period = decimal(bytes, period, at);
      at = skipSpaces(bytes, at, end);
    } else at = period;
    this.eventStart = at;
    while (at < end && !isSpace(bytes[at]) && !(bytes[at] === COLON && (at + 1 === end || isSpace(bytes[at + 1])))) at++;
    const named = at < end && bytes[at] === COLON && at > this.eventStart;
    if (!named) at = this.eventStart;
    this.eventEnd = at;
    this.restStart = skipSpaces(bytes, named ? at + 1 : at, end);
    this.restEnd = trimEnd(bytes, this.restStart, end);
  }

  /** Reads what stands before the time; true when a thread is named there. */
  #before(bytes: Uint8Array, lineStart: number, end: number): boolean {
    this.pid = this.tid = this.cpu = -1;
    this.loneId = false;
    const start = this.#guest(bytes, lineStart, end);
    let at = timeOfDayStart(bytes, start, trimEnd(bytes, start, end));
    let token = tokenStart(bytes, start, at);
    if (at > token && isMisc(bytes, token, at)) {
      // The letters stand only between the CPU (or the ids) and the time; a comm alone may look like them.
      const before = trimEnd(bytes, start, token);
      if (before > start && (bytes[before - 1] === CLOSE || isDigit(bytes[before - 1]))) {
        at = before;
        token = tokenStart(bytes, start, at);
      }
    }
    const inBrackets = at - token >= 3 && bytes[token] === OPEN && bytes[at - 1] === CLOSE && allDigits(bytes, token + 1, at - 1);
    if (inBrackets || isLatencyCpu(bytes, start, token, at)) {
      this.cpu = inBrackets ? decimal(bytes, token + 1, at - 1) : decimal(bytes, token, at);
      at = trimEnd(bytes, start, token);
      token = tokenStart(bytes, start, at);
    }
    this.hasIds = at > token && this.#ids(bytes, token, at);
    if (this.hasIds) at = trimEnd(bytes, start, token);
    this.commStart = skipSpaces(bytes, start, at);
    this.commEnd = at;
    return this.hasIds;
  }

  /** Reads `VM:%5d VCPU:%03d ` at the start of a line; gives where the comm may begin. */
  #guest(bytes: Uint8Array, start: number, end: number): number {
    this.machinePid = this.vcpu = -1;
    if (bytes[start] !== 86) return start;
    let at = start;
    const machinePid = labelled(bytes, at, end, VM);
    if (machinePid < 0) return start;
    this.machinePid = decimal(bytes, skipSpaces(bytes, at + VM.length, machinePid), machinePid);
    at = skipSpaces(bytes, machinePid, end);
    const vcpu = labelled(bytes, at, end, VCPU);
    if (vcpu < 0) return at;
    this.vcpu = decimal(bytes, skipSpaces(bytes, at + VCPU.length, vcpu), vcpu);
    return skipSpaces(bytes, vcpu, end);
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
    return (this.loneId = true);
  }
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** A TAB parts fields as a space does. */
function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB;
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
  while (start < end && isSpace(bytes[start])) start++;
  return start;
}

function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && isSpace(bytes[end - 1])) end--;
  return end;
}

function tokenStart(bytes: Uint8Array, start: number, end: number): number {
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
function isLatencyCpu(bytes: Uint8Array, start: number, token: number, end: number): boolean {
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
function isPeriod(bytes: Uint8Array, start: number, token: number, end: number): boolean {
  const beforeEnd = trimEnd(bytes, start, token);
  const before = tokenStart(bytes, start, beforeEnd);
  if (isLatencyCpu(bytes, start, token, end)) return false;
  if (beforeEnd > before && (bytes[beforeEnd - 1] === CLOSE || isMisc(bytes, before, beforeEnd) || isPair(bytes, before, beforeEnd))) return true;
  return isColumn(bytes, start, token, end, PERIOD_COLUMNS) && !isColumn(bytes, start, token, end, 5);
}

function isPair(bytes: Uint8Array, start: number, end: number): boolean {
  const slash = bytes.subarray(start, end).indexOf(SLASH);
  return slash > 0 && isId(bytes, start, start + slash) && isId(bytes, start + slash + 1, end);
}

const VM = [86, 77, 58];
const VCPU = [86, 67, 80, 85, 58];

/** The end of the number behind a label at `at`, -1 when it does not stand there. */
function labelled(bytes: Uint8Array, at: number, end: number, label: readonly number[]): number {
  if (!label.every((byte, i) => bytes[at + i] === byte)) return -1;
  const number = skipSpaces(bytes, at + label.length, end);
  let stop = number;
  while (stop < end && isDigit(bytes[stop])) stop++;
  return stop > number && stop < end && isSpace(bytes[stop]) ? stop : -1;
}

/** Where `2026-11-22 15:09:16.836237` (`-F +tod`) begins that ends at `end`; `end` when it does not stand there. */
function timeOfDayStart(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end - 1] === CLOSE || bytes[tokenStart(bytes, start, end) + 2] !== COLON) return end;
  const text = String.fromCharCode(...bytes.subarray(Math.max(start, end - 32), end));
  const found = TIME_OF_DAY.exec(text);
  return found ? trimEnd(bytes, start, end - found[0].length) : end;
}

const TIME_OF_DAY = /(?:^|\s)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6,9}$/;

function isMisc(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 6 || bytes[start] < CAPITAL_E || bytes[start] > CAPITAL_U) return false;
  let token = '';
  for (let i = start; i < end; i++) token += String.fromCharCode(bytes[i]);
  return MISC.test(token);
}

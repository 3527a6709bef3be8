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
import {allDigits, decimal, isDigit, isPeriod, isSpace, PERIOD_COLUMNS, skipSpaces, tokenStart, trimEnd} from './header-tokens.ts';
import {LineBeginning} from './line-beginning.ts';
import {isRecord} from './line-kinds.ts';

const TAB = 9;
const COLON = 58;
const DOT = 46;

/** comm (16) + ids (22) + cpu (8) + misc (7) + time (22), with room for a longer comm of another tool. */
const TIME_WITHIN_BYTES = 160;
/** The kernel's TASK_COMM_LEN, less its zero. */
const COMM_BYTES = 15;

/** What speaks for a reading of a line, the weightier first; all of it is what perf prints unless told otherwise. */
const SHORT_COMM = 8;
const USUAL_FRACTION = 4;
const HAS_IDS = 2;
const HAS_EVENT = 1;
const SURE = SHORT_COMM + USUAL_FRACTION + HAS_IDS + HAS_EVENT;

const POWER_OF_TEN = Array.from({length: 10}, (_, i) => 10 ** i);

/** One record header, read in place: byte ranges and numbers of the line last read. Absent numbers are -1, the period NaN. */
export class HeaderLine extends LineBeginning {
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
      return this.before(bytes, start, token);
    }
    return this.before(bytes, start, end);
  }

  /** Reads the line on both sides of the colon after the time. How much it looks like a header, -1 when there is no time. */
  #readAround(bytes: Uint8Array, start: number, colon: number, end: number): number {
    const timeStart = this.#time(bytes, start, colon);
    if (timeStart < 0) return -1;
    this.#after(bytes, colon + 1, end);
    const hasIds = this.beforeTime(bytes, start, timeStart);
    return (
      (this.commEnd - this.commStart <= COMM_BYTES ? SHORT_COMM : 0) +
      (this.fractionDigits === 6 || this.fractionDigits === 9 ? USUAL_FRACTION : 0) +
      (hasIds ? HAS_IDS : 0) +
      (this.eventEnd > this.eventStart || isRecord(bytes, this.eventStart, end) ? HAS_EVENT : 0)
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
    this.nanoseconds = decimal(bytes, dot + 1, colon) * (isMicroseconds ? 1000 : POWER_OF_TEN[9 - digits]);
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
}

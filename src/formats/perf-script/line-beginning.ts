/**
 * What a record's first line has before its time, or before its event where no time is printed: a guest, the comm, the ids, the CPU,
 * misc, and the time of day. See header-line.ts for the whole line.
 */
import {allDigits, decimal, id, isDigit, isId, isLatencyCpu, isMisc, isSpace, skipSpaces, tokenStart, trimEnd} from './header-tokens.ts';

const COLON = 58;
const SLASH = 47;
const OPEN = 91;
const CLOSE = 93;

/** How many beginnings of lines are remembered. */
const REMEMBERED = 1 << 10;

/** One beginning, whose places count from the start of its line. */
interface Beginning extends Pick<LineBeginning, 'commStart' | 'commEnd' | 'pid' | 'tid' | 'machinePid' | 'vcpu' | 'hasIds' | 'loneId' | 'cpu'> {
  readonly text: Uint8Array;
}

/** The beginning of the line last read, read in place: byte ranges and numbers. Absent numbers are -1. */
export class LineBeginning {
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
  /** By a hash of their text. */
  readonly #remembered = new Map<number, Beginning>();

  /** Reads `[start, end)` up to a time; true when a thread is named there. Few threads on few CPUs begin alike, so what was read is known again. */
  protected beforeTime(bytes: Uint8Array, start: number, end: number): boolean {
    let hash = 0;
    for (let at = start; at < end; at++) hash = (hash * 31 + bytes[at]) | 0;
    const slot = (hash ^ (hash >>> 15)) & (REMEMBERED - 1);
    const known = this.#remembered.get(slot);
    if (known && isText(bytes, start, end, known.text)) return this.#again(known, start);
    this.before(bytes, start, end);
    const {commStart, commEnd, pid, tid, machinePid, vcpu, hasIds, loneId, cpu} = this;
    this.#remembered.set(slot, {text: bytes.slice(start, end), commStart: commStart - start, commEnd: commEnd - start, pid, tid, machinePid, vcpu, hasIds, loneId, cpu});
    return hasIds;
  }

  #again(known: Beginning, start: number): boolean {
    this.commStart = start + known.commStart;
    this.commEnd = start + known.commEnd;
    this.pid = known.pid;
    this.tid = known.tid;
    this.machinePid = known.machinePid;
    this.vcpu = known.vcpu;
    this.loneId = known.loneId;
    this.cpu = known.cpu;
    return (this.hasIds = known.hasIds);
  }

  /** Reads `[lineStart, end)`; true when a thread is named there. */
  protected before(bytes: Uint8Array, lineStart: number, end: number): boolean {
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

function isText(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
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

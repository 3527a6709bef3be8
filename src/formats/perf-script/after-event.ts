/**
 * What stands behind the event on a record's own line, each part only if asked for:
 *
 *   flags   data address       data_src            code address, where there is no call chain      registers and the like
 *   call    7efc0010 x (/lib)  |OP LOAD|LVL L1 …   44cf6a runtime.getStackMap+0x1aa (/app)         ABI:2 SP:0x7f31
 *   jmp     55a6 f+0x4 (/app) => 55b0 g+0x0 (/app)         a branch, as Intel PT gives them
 *   (4490a0) gp=0xc00009e4e0           4490a0 f+0x0 (/app)  a tracepoint or a probe (event-arguments.ts), and where
 */
import {eventArguments, type EventArgument} from '../event-arguments.ts';
import {locationOf, type Location} from './location.ts';

/** What was found, in the order it is printed. */
export interface AfterEvent {
  /** Where the code was; null when it is not printed here. */
  readonly code: Location | null;
  /** Its address stands in the columns that perf prints it in, so it is no other text. */
  readonly isInColumns: boolean;
  readonly arguments: readonly EventArgument[];
  /** What follows on it: registers, branches, instructions (tail.ts). */
  readonly tail: string;
}

const COLON = 58;
/** As perf names what a branch was; two words and more may stand together. */
const FLAG = '(?:tr strt|tr end|hw int|tx abrt|br miss|raw flags:0x[0-9a-f]+|call|return|jcc|jmp|int|iret|syscall|sysret|async|vmentry|vmexit|not taken)';
const FLAGS = new RegExp(`^(${FLAG}(?: ${FLAG})*(?: ?\\([xDt]+\\))?)(?=\\s{2}|\\s+[0-9a-f]+\\s|$)\\s*`);
const TAIL = /(?:^|\s+)(?:ABI:\d+(?:\s|$)|ilen: \d|insn:(?: [0-9a-f]{2})|\S+\/\S+\/[MPN-]\/[X-]\/[A-]\/\d).*$/;
/** Sizes of pages (`-F +data_page_size`), behind a location or with nothing before them. */
const PAGE_SIZE = /(?:^|(?<=\)|\+0x[0-9a-f]{1,16}|^[0-9a-f]{1,16}))\s*(?:[0-9a-f]{1,16}\s+)?(?:N\/A|\d+[KMGT])(?:\s(?:N\/A|\d+[KMGT]))?$/;
const MEMORY = /^([0-9a-f]{1,16})\s+(\|OP .*?\|LCK [^\s|]+(?:\|BLK\s+[^\s|]+(?: or [^\s|]+)*)?)(?:\s+|$)/;
/** Two locations: the first ends in a DSO, or is an address alone. */
const TWO = [/^([0-9a-f]{1,16} .*?\))\s+([0-9a-f]{1,16} .+)$/, /^([0-9a-f]{1,16})\s+([0-9a-f]{1,16} .*\S\+0x[0-9a-f]+(?: \(.*\))?|[0-9a-f]{1,16} .+ \(.*\))$/];
/** A location behind a tracepoint's text: an address in 16 columns, then a symbol with its offset, or none. */
const BEHIND_TEXT = / ((?= *[0-9a-f]+ )[ 0-9a-f]{16} (?:\S.*?\+0x[0-9a-f]+|\[unknown\])(?: \(.*\))?)$/;
/** perf prints the address of data in 16 columns, that of code in 16 behind a space. */
const DATA_COLUMN = 16;
const CODE_COLUMN = 17;
/** `  %-21s `. */
const FLAGS_COLUMNS = 24;

/** How many columns behind `event: ` the text begins that stands at `start`; -1: there is no event, whose colon would stand at `colon`. */
export function columnBehind(bytes: Uint8Array, colon: number, start: number): number {
  return bytes[colon] === COLON ? start - colon - 2 : -1;
}

/** Reads the text behind the event, whose first byte stood `column` columns after `event: `; -1: not known. */
export function afterEvent(whole: string, column: number): AfterEvent {
  const tailAt = (TAIL.exec(whole) ?? PAGE_SIZE.exec(whole))?.index ?? whole.length;
  const tail = whole.slice(tailAt).trim();
  let text = whole.slice(0, tailAt).trimEnd();
  const found: EventArgument[] = [];
  // Flags may be blank: perf prints their columns all the same.
  let end = column >= FLAGS_COLUMNS ? column - FLAGS_COLUMNS : column;
  const flags = FLAGS.exec(text);
  if (flags) {
    found.push({key: 'flags', kind: 'text', text: flags[1]});
    text = text.slice(flags[0].length);
    if (column >= 0) end = column + flags[0].length - FLAGS_COLUMNS;
  }
  const memory = MEMORY.exec(text);
  if (memory) {
    found.push(dataAddress(BigInt(`0x${memory[1]}`)), {key: 'data_src', kind: 'text', text: memory[2]});
    text = text.slice(memory[0].length);
    end = -1;
  }
  const branch = text.includes(' => ') ? branchOf(text) : null;
  if (branch) return {code: branch.from, isInColumns: true, arguments: [...found, dataAddress(branch.to.address)], tail};
  for (const two of TWO) {
    const parts = two.exec(text);
    const [data, code] = [parts && locationOf(parts[1]), parts && locationOf(parts[2])];
    if (data && code?.sure) return {code, isInColumns: true, arguments: [...found, dataAddress(data.address)], tail};
  }
  const digits = /^[0-9a-f]{1,16}(?=\s|$)/.exec(text)?.[0].length ?? 0;
  const only = digits > 0 ? locationOf(text) : null;
  if (only) {
    if (end + digits === DATA_COLUMN && !only.sure) return {code: null, isInColumns: true, arguments: [...found, dataAddress(only.address)], tail};
    if (only.sure || end + digits === CODE_COLUMN) return {code: only, isInColumns: end + digits === CODE_COLUMN, arguments: found, tail};
  }
  const behind = BEHIND_TEXT.exec(text);
  const code = behind && locationOf(behind[1].trimStart());
  if (code) return {code, isInColumns: true, arguments: [...found, ...eventArguments(text.slice(0, behind.index).trimEnd())], tail};
  return {code: null, isInColumns: false, arguments: text === '' ? found : [...found, ...eventArguments(text)], tail};
}

/** The address of data, or where a branch went (`-F +addr`). */
export function dataAddress(address: bigint): EventArgument {
  return {key: 'addr', kind: 'hex', bits: address};
}

/** `from => to`; in front of it `--call-trace` prints the function, moved to the right by its depth. */
function branchOf(text: string): {from: Location; to: Location} | null {
  const [before, after] = text.split(' => ', 2);
  const from = locationOf(before.trim()) ?? locationOf(/\s([0-9a-f]{1,16} .*)$/.exec(before)?.[1].trim() ?? '');
  const to = locationOf(after.trim());
  return from && to ? {from, to} : null;
}

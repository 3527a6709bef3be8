/**
 * The raw data of tracepoints of one format -> rows of arguments: what `eventArguments` makes of the printed text, without printing it. The
 * print format says which text stands always between the values, so keys and the places of values are found once:
 *
 *   "prev_comm=%s prev_pid=%d ==> next_comm=%s"   ─►   prev_comm: text of a field │ prev_pid: a number of 32 bits │ next_comm: text of a field
 *
 * A value that is one number is read from the record; text of a field is looked up by its bytes; what is made of one small field is
 * remembered by that; all else is printed. Where a value could be taken for a key the whole record is printed.
 */
import {utf8} from '../../base/bytes/text.ts';
import {PADDING} from '../../base/bytes/words.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import {ArgumentKind} from '../../model/tables.ts';
import {COLON_KEY, eventArguments, KEY, typed, type EventArgument} from '../event-arguments.ts';
import type {EventField, EventFormat} from './event-format.ts';
import {eventParts, printerOf, textField, type Conversion, type EventPrinter, type RawData} from './print-event.ts';
import type {Expression} from './print-expression.ts';

const encoder = new TextEncoder();
const HALF = 2 ** 32;
/** High halves of numbers that a double holds. */
const EXACT_HIGH = 1 << 21;
const MOST_REMEMBERED = 1 << 12;
const MOST_STRINGS = 1 << 16;
/** Stands for a value in the text that is always the same. */
const VALUE = '\u0001';
const PROBE_START = `(${VALUE}) `;
/** What raw_syscalls prints; see `eventArguments`. */
const SYSTEM_CALL = `NR ${VALUE} (`;
const SYSTEM_CALL_END = `NR ${VALUE} = ${VALUE}`;
const RETURN_PROBE_START = `(${VALUE} <- ${VALUE}) `;
const ADDRESS = /^0x[0-9a-f]{1,16}$/;
const NUMBER_KIND = {decimal: ArgumentKind.Decimal, signed: ArgumentKind.Signed, hex: ArgumentKind.Hex} as const;

/** A value that was found: a kind, and the halves of its bits or the row of its text. */
class Found {
  kind: ArgumentKind = ArgumentKind.Decimal;
  low = 0;
  high = 0;
  text = -1;
}

/** Finds a value in a record; false: it could be taken for a key. */
type Finder = (raw: RawData, into: Found) => boolean;

interface Argument {
  readonly keyRow: number;
  readonly find: Finder;
  readonly found: Found;
}

/** Rows of strings, by the text and by bytes of a record; each is looked at once. */
export class ArgumentStrings {
  readonly #build: TraceBuilder;
  readonly #rows = new Map<string, number>();
  /** Of each row: 0 not looked at, 1 plain text, 2 what has to be looked at as text. */
  #looks = new Uint8Array(1 << 12);

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  row(value: string): number {
    let row = this.#rows.get(value);
    if (row !== undefined) return row;
    if (this.#rows.size === MOST_STRINGS) this.#rows.clear();
    this.#rows.set(value, (row = this.#build.string(value)));
    return row;
  }

  /** Row of bytes that are text as it stands: no number, no space around, nothing like a key; else -1. */
  plainRow(view: DataView, at: number, length: number): number {
    if (length === 0 || at + length + PADDING > view.byteLength) return -1;
    const row = this.#build.stringOf(view, at, length);
    if (row >= this.#looks.length) {
      const looks = new Uint8Array(Math.max(row + 1, this.#looks.length * 2));
      looks.set(this.#looks);
      this.#looks = looks;
    }
    if (this.#looks[row] === 0) {
      const text = utf8(new Uint8Array(view.buffer, view.byteOffset + at, length));
      this.#looks[row] = isPlain(text) && encoder.encode(text).length === length ? 1 : 2;
    }
    return this.#looks[row] === 1 ? row : -1;
  }
}

function isPlain(text: string): boolean {
  return text.trim() === text && !text.includes('\ufffd') && !text.endsWith(' ==>') && !couldBeKey(text) && typed('', text).kind === 'text';
}

/** Text in which a key could be found. */
function couldBeKey(text: string): boolean {
  return text.includes('=') || text.includes(': ') || text.endsWith(':');
}

export class ArgumentColumns {
  readonly #build: TraceBuilder;
  readonly #strings: ArgumentStrings;
  readonly #print: EventPrinter;
  /** Null: every record is printed. */
  readonly #arguments: readonly Argument[] | null;

  constructor(format: EventFormat, texts: ReadonlyMap<bigint, string>, build: TraceBuilder, strings: ArgumentStrings) {
    const parts = eventParts(format, texts);
    this.#build = build;
    this.#strings = strings;
    this.#print = printerOf(parts);
    this.#arguments = argumentParts(parts)?.map((part) => ({keyRow: strings.row(part.key), find: finder(part, format, strings), found: new Found()})) ?? null;
  }

  /** Adds the arguments of sample `row`. */
  add(row: number, raw: RawData): void {
    const all = this.#arguments;
    if (all === null) return this.#addPrinted(row, raw);
    for (const {find, found} of all) if (!find(raw, found)) return this.#addPrinted(row, raw);
    for (const {keyRow, found} of all) this.#build.sampleArgumentHalves(row, keyRow, found.kind, found.low, found.high, found.text);
  }

  #addPrinted(row: number, raw: RawData): void {
    for (const argument of eventArguments(this.#print(raw))) {
      const key = this.#strings.row(argument.key);
      if (argument.kind === 'text') this.#build.sampleArgument(row, key, ArgumentKind.Text, 0n, this.#strings.row(argument.text));
      else this.#build.sampleArgument(row, key, NUMBER_KIND[argument.kind], argument.bits, -1);
    }
  }
}

interface KeyAndValue {
  /** Empty: of what stands before the first key, which is text. */
  readonly key: string;
  readonly value: readonly (string | Conversion)[];
  /** Of a probe, in parentheses before its arguments: if it is no address, nor is there a key. */
  readonly isAddress: boolean;
}

/** The parts by keys; null where these are not the same in every record. */
function argumentParts(parts: readonly (string | Conversion)[]): KeyAndValue[] | null {
  const template = parts.map((part) => (typeof part === 'string' ? part : VALUE)).join('');
  const conversions = parts.filter((part): part is Conversion => typeof part !== 'string');
  const found: KeyAndValue[] = [];
  let [rest, taken] = [template, 0];
  const value = (text: string): (string | Conversion)[] =>
    text.split(VALUE).flatMap((constant, i) => (i === 0 ? [constant] : [conversions[taken++], constant])).filter((part) => part !== '');
  if (rest.startsWith('NR ')) return systemCallParts(rest.trimEnd(), conversions);
  for (const start of [PROBE_START, RETURN_PROBE_START]) {
    if (!`${template} `.startsWith(start)) continue;
    const keys = start === PROBE_START ? ['__probe_ip'] : ['__probe_func', '__probe_ret_ip'];
    // Printed without 0x, and yet hexadecimal.
    for (const key of keys) found.push({key, value: ['0x', conversions[taken++]], isAddress: true});
    rest = template.slice(start.length);
  }
  if (rest.startsWith('(') || new RegExp(`${VALUE}[\\w.]*(?:\\[\\d+\\])?=|${VALUE}\\w*: `).test(rest)) return null;
  for (const pattern of [KEY, COLON_KEY]) {
    const keys = [...rest.matchAll(pattern)];
    if (keys.length === 0) continue;
    const lead = rest.slice(0, keys[0].index).trim();
    if (lead !== '') found.push({key: '', value: value(lead), isAddress: false});
    keys.forEach((match, i) => found.push({key: match[1], value: value(rest.slice(match.index + match[0].length, keys[i + 1]?.index ?? rest.length).replace(/ ==>$/, '').trim()), isAddress: false}));
    return found;
  }
  if (rest.trim() !== '') found.push({key: '', value: value(rest.trim()), isAddress: false});
  return found;
}

/** Null where what is printed may be something else. */
function systemCallParts(template: string, conversions: readonly Conversion[]): KeyAndValue[] | null {
  const isNumber = (letters: string) => ({letter, flags, width, precision}: Conversion) => letters.includes(letter) && flags === '' && width === -1 && precision === -1;
  const [id, ...others] = conversions;
  if (!id || !isNumber('di')(id)) return null;
  const idPart: KeyAndValue = {key: 'id', value: [id], isAddress: false};
  if (template === SYSTEM_CALL_END && others.every(isNumber('di'))) return [idPart, {key: 'ret', value: others, isAddress: false}];
  const hasArguments = others.length > 0 && template === `${SYSTEM_CALL}${others.map(() => VALUE).join(', ')})` && others.every(isNumber('x'));
  return hasArguments ? [idPart, ...others.map((value, i): KeyAndValue => ({key: `args[${i}]`, value: ['0x', value], isAddress: false}))] : null;
}

function finder({key, value, isAddress}: KeyAndValue, format: EventFormat, strings: ArgumentStrings): Finder {
  const print = printerOf(value);
  const printed: Finder = (raw, into) => {
    const text = print(raw).trim();
    if (couldBeKey(text) || (isAddress && !ADDRESS.test(text))) return false;
    if (key !== '') keep(typed(key, text.replace(/ ==>$/, '').trim()), into, strings);
    // As nothing it would not be told, and what is in parentheses may be the address of a probe.
    else if (text === '' || text.startsWith('(')) return false;
    else keep({key, kind: 'text', text}, into, strings);
    return true;
  };
  const conversions = value.filter((part): part is Conversion => typeof part !== 'string');
  const fields = [...new Set(conversions.flatMap((conversion) => [...conversion.fields]))].map((name) => format.fields.get(name)!);
  if (conversions.length === 1 && key !== '') {
    const [conversion] = conversions;
    const before = typeof value[0] === 'string' ? value[0] : '';
    const isAll = value.length === (before === '' ? 1 : 2);
    const number = isAll ? numberFinder(conversion, before, format, printed) : null;
    if (number) return number;
    if (isAll && before === '' && conversion.letter === 's' && conversion.width === -1 && conversion.precision === -1) {
      const field = conversion.value && textField(conversion.value, format);
      if (field) return textFinder(field, strings, printed);
    }
  }
  if (fields.length === 1 && isNumber(fields[0])) return remembered(fields[0], printed);
  return printed;
}

function keep(argument: EventArgument, into: Found, strings: ArgumentStrings): void {
  if (argument.kind === 'text') {
    into.kind = ArgumentKind.Text;
    into.low = into.high = 0;
    into.text = strings.row(argument.text);
    return;
  }
  into.kind = NUMBER_KIND[argument.kind];
  into.low = Number(argument.bits & 0xffff_ffffn);
  into.high = Number(argument.bits >> 32n);
  into.text = -1;
}

/** Fields that hold one number. */
function isNumber({dynamic, elementBytes, sizeBytes}: EventField): boolean {
  return dynamic === 'no' && elementBytes === 0 && (sizeBytes === 1 || sizeBytes === 2 || sizeBytes === 4 || sizeBytes === 8);
}

/** Halves of the number in a field, as it is read last. */
let low = 0;
let high = 0;

function readHalves({offset, sizeBytes}: EventField, raw: RawData): void {
  low = high = 0;
  if (offset + sizeBytes > raw.sizeBytes) return;
  const {view, little} = raw;
  const at = raw.at + offset;
  if (sizeBytes === 4) low = view.getUint32(at, little);
  else if (sizeBytes === 8) {
    low = view.getUint32(at + (little ? 0 : 4), little);
    high = view.getUint32(at + (little ? 4 : 0), little);
  } else low = sizeBytes === 1 ? view.getUint8(at) : view.getUint16(at, little);
}

/** Cuts the number to so many bits, and extends it to 64 again. */
function cutHalves(bits: number, signed: boolean): void {
  if (bits === 64) return;
  low = bits === 32 ? low | 0 : signed ? (low << (32 - bits)) >> (32 - bits) : low & ((1 << bits) - 1);
  high = signed && low < 0 ? 0xffff_ffff : 0;
  low >>>= 0;
}

/** A number; null where it is not always printed as a number is. */
function numberFinder({letter, flags, width, precision, bits, value, number}: Conversion, before: string, format: EventFormat, printed: Finder): Finder | null {
  const isHex = letter === 'x' || letter === 'p';
  if (!number || !'diuxp'.includes(letter) || !/^[#0]*$/.test(flags) || precision !== -1) return null;
  if (isHex ? before !== (letter === 'p' || flags.includes('#') ? '' : '0x') : before !== '') return null;
  // Spaces before digits are trimmed, but not those behind 0x.
  if (Number.isNaN(width) || width > 16 || (isHex && width > 0 && !flags.includes('0'))) return null;
  const signed = letter === 'd' || letter === 'i';
  const read = halvesOfField(value, format) ?? ((raw: RawData) => {
    const found = number(raw);
    low = Number(found & 0xffff_ffffn);
    high = Number((found >> 32n) & 0xffff_ffffn);
  });
  return (raw, into) => {
    read(raw);
    cutHalves(bits, signed);
    if (letter === 'p' && low === 0 && high === 0) return printed(raw, into);
    into.kind = isHex ? ArgumentKind.Hex : signed && high >= 0x8000_0000 ? ArgumentKind.Signed : ArgumentKind.Decimal;
    into.low = low;
    into.high = high;
    into.text = -1;
    return true;
  };
}

/** Reads the halves of a field or of an element of one, cast or not; null where the expression is another. */
function halvesOfField(value: Expression | null, format: EventFormat): ((raw: RawData) => void) | null {
  const casts: {bits: number; signed: boolean}[] = [];
  let of: Expression | null = value;
  for (; of?.kind === 'cast'; of = of.of) casts.unshift(of);
  const index = of?.kind === 'element' && of.index.kind === 'number' ? Number(of.index.value) : -1;
  const named = of?.kind === 'element' ? of.of : of;
  const whole = named?.kind === 'field' ? format.fields.get(named.name) : undefined;
  if (!whole) return null;
  const field = of?.kind === 'element' ? elementOf(whole, index) : whole;
  if (!field || !isNumber(field)) return null;
  return (raw) => {
    readHalves(field, raw);
    for (let i = 0; i < casts.length; i++) cutHalves(casts[i].bits, casts[i].signed);
  };
}

/** One element of an array of fixed length, as if it were a field; null where there is none. */
function elementOf(field: EventField, index: number): EventField | null {
  const {elementBytes, offset, sizeBytes, dynamic} = field;
  if (dynamic !== 'no' || elementBytes === 0 || index < 0 || (index + 1) * elementBytes > sizeBytes) return null;
  return {...field, offset: offset + index * elementBytes, sizeBytes: elementBytes, elementBytes: 0};
}

/** Text that stands in the record. */
function textFinder({offset, sizeBytes, dynamic}: EventField, strings: ArgumentStrings, printed: Finder): Finder {
  return (raw, into) => {
    const {view} = raw;
    let [from, length] = [offset, sizeBytes];
    if (dynamic !== 'no') {
      if (offset + 4 > raw.sizeBytes) return printed(raw, into);
      const place = view.getUint32(raw.at + offset, raw.little);
      from = (place & 0xffff) + (dynamic === 'relative' ? offset + sizeBytes : 0);
      length = place >>> 16;
    }
    length = Math.min(length, raw.sizeBytes - from);
    let end = 0;
    while (end < length && view.getUint8(raw.at + from + end) !== 0) end++;
    const row = strings.plainRow(view, raw.at + from, end);
    if (row < 0) return printed(raw, into);
    into.kind = ArgumentKind.Text;
    into.low = into.high = 0;
    into.text = row;
    return true;
  };
}

/** What is made of one field, by the number in it; no longer where numbers do not come again. */
function remembered(field: EventField, printed: Finder): Finder {
  const known = new Map<number, Found>();
  let again = 0;
  let isOfUse = true;
  return (raw, into) => {
    readHalves(field, raw);
    if (!isOfUse || high >= EXACT_HIGH || field.offset + field.sizeBytes > raw.sizeBytes) return printed(raw, into);
    const number = high * HALF + low;
    const before = known.get(number);
    if (before) {
      again++;
      into.kind = before.kind;
      into.low = before.low;
      into.high = before.high;
      into.text = before.text;
      return true;
    }
    if (!printed(raw, into)) return false;
    if (known.size === MOST_REMEMBERED) {
      isOfUse = again > MOST_REMEMBERED;
      again = 0;
      known.clear();
    }
    known.set(number, Object.assign(new Found(), into));
    return true;
  };
}

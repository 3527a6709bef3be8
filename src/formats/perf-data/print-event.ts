/**
 * The raw data of a tracepoint -> the text that perf prints of it, by the kernel's print format; field by field where that is not understood.
 * As lib/traceevent of Linux 6.1 does.
 */
import {utf8} from '../../base/bytes/text.ts';
import {untilNul} from './cursor.ts';
import type {EventField, EventFormat} from './event-format.ts';
import {NotUnderstood, printExpressions, type Expression} from './print-expression.ts';

/** The raw data of one record: `sizeBytes` bytes at `at`. */
export interface RawData {
  readonly view: DataView;
  readonly at: number;
  readonly sizeBytes: number;
  readonly little: boolean;
}

/** Raw data as text. */
export type EventPrinter = (raw: RawData) => string;

/** One conversion of printf: flags, width, precision, length, letter. */
const CONVERSION = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?(hh|h|ll|l|L|q|z|j|t)?([diouxXcspn%])([a-zA-Z0-9]*)/g;

/** One conversion of the print format, or one field where the format is not understood. */
export interface Conversion {
  readonly print: EventPrinter;
  /** The letter of printf; '' where a field is printed without. */
  readonly letter: string;
  /** `#`, `0` …, and the width and precision as they stand in the format: -1 none; NaN where the record tells it. */
  readonly flags: string;
  readonly width: number;
  readonly precision: number;
  /** Bits to which a number is cut. */
  readonly bits: number;
  /** What is printed; null: a field as such. */
  readonly value: Expression | null;
  /** Its number, as a pattern of 64 bits; null where it is text. */
  readonly number: ((raw: RawData) => bigint) | null;
  /** Names of the fields that it is made of. */
  readonly fields: ReadonlySet<string>;
}

/** How events of a format are printed. `texts`: what pointers of the kernel point to. */
export function eventPrinter(format: EventFormat, texts: ReadonlyMap<bigint, string>): EventPrinter {
  return printerOf(eventParts(format, texts));
}

/** The printer of parts. */
export function printerOf(parts: readonly (string | Conversion)[]): EventPrinter {
  return (raw) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part.print(raw);
    return text;
  };
}

/** What is printed of events of a format: text that is always the same, and what comes of the record. */
export function eventParts(format: EventFormat, texts: ReadonlyMap<bigint, string>): (string | Conversion)[] {
  try {
    const {format: pattern, of} = printExpressions(format.print);
    return printParts(pattern, of, format, texts);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return [...format.fields.values()].flatMap((field, i) => [
      `${i === 0 ? '' : ' '}${field.name}=`,
      {print: (raw: RawData) => fieldText(field, raw), letter: '', flags: '', width: -1, precision: -1, bits: 64, value: null, number: null, fields: new Set([field.name])},
    ]);
  }
}

function printParts(pattern: string, of: readonly Expression[], format: EventFormat, texts: ReadonlyMap<bigint, string>): (string | Conversion)[] {
  const parts: (string | Conversion)[] = [];
  let next = 0;
  let end = 0;
  const argument = (fields: Set<string>): Expression => {
    if (next >= of.length) throw new NotUnderstood('fewer arguments than conversions');
    addFields(of[next], fields);
    return of[next++];
  };
  for (const found of pattern.matchAll(CONVERSION)) {
    const [all, flags, width, precision, length, letter, after] = found;
    parts.push(pattern.slice(end, found.index));
    // Letters after %p say what it points to; after all others they are text.
    end = found.index + all.length - (letter === 'p' ? 0 : after.length);
    if (letter === '%') {
      parts.push('%');
      continue;
    }
    // Letters that say which symbol it is; the address is told instead.
    if (letter === 'p' && !/^(?:[sSfFBKx]|SR)?$/.test(after)) throw new NotUnderstood(`%p${after}`);
    const fields = new Set<string>();
    const number = (given: string | undefined): ((raw: RawData) => number) => {
      const star = given === '*' ? numberOf(argument(fields), format) : null;
      return star ? (raw) => Number(BigInt.asIntN(32, star(raw))) : () => (given === undefined ? -1 : Number(given));
    };
    const [widthOf, precisionOf] = [number(width), number(precision)];
    const value = argument(fields);
    const numeric = letter === 's' ? null : numberOf(value, format);
    const print = numeric ? integerOf(numeric, letter, length ?? '', flags) : textOf(value, format, texts);
    const inFormat = (given: string | undefined): number => (given === undefined ? -1 : Number(given));
    parts.push({
      print: (raw) => padded(cut(print(raw), letter, precisionOf(raw)), widthOf(raw), flags, letter),
      letter, flags, width: inFormat(width), precision: inFormat(precision), bits: letter === 'p' ? 64 : bitsOf(length), value, number: numeric, fields,
    });
  }
  parts.push(pattern.slice(end));
  return parts.filter((part) => part !== '');
}

/** Adds the names of the fields that an expression reads. */
function addFields(of: Expression, names: Set<string>): void {
  switch (of.kind) {
    case 'field': return void names.add(of.name);
    case 'element': return [of.of, of.index].forEach((part) => addFields(part, names));
    case 'cast':
    case 'unary': return addFields(of.of, names);
    case 'binary': return [of.left, of.right].forEach((part) => addFields(part, names));
    case 'choice': return [of.test, of.yes, of.no].forEach((part) => addFields(part, names));
    case 'call': return of.of.forEach((part) => addFields(part, names));
    case 'number':
    case 'text':
    case 'name': return;
  }
}

/** printf's precision: of text the most characters, of numbers the least digits. */
function cut(text: string, letter: string, precision: number): string {
  if (precision < 0) return text;
  if (letter === 's') return text.slice(0, precision);
  const sign = text.startsWith('-') ? '-' : '';
  return sign + text.slice(sign.length).padStart(precision, '0');
}

function padded(text: string, width: number, flags: string, letter: string): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || letter === 's') return text.padStart(width);
  const lead = /^(?:-|0[xX])?/.exec(text)![0];
  return lead + text.slice(lead.length).padStart(width - lead.length, '0');
}

function bitsOf(length: string | undefined): number {
  return length === 'hh' ? 8 : length === 'h' ? 16 : (length ?? '') === '' ? 32 : 64;
}

function integerOf(number: (raw: RawData) => bigint, letter: string, length: string, flags: string): EventPrinter {
  const bits = bitsOf(length);
  const alternate = flags.includes('#');
  switch (letter) {
    case 'd':
    case 'i': return (raw) => {
      const value = BigInt.asIntN(bits, number(raw));
      return flags.includes('+') && value >= 0n ? `+${value}` : String(value);
    };
    case 'u': return (raw) => String(BigInt.asUintN(bits, number(raw)));
    case 'x': return (raw) => (alternate ? '0x' : '') + BigInt.asUintN(bits, number(raw)).toString(16);
    case 'X': return (raw) => (alternate ? '0X' : '') + BigInt.asUintN(bits, number(raw)).toString(16).toUpperCase();
    case 'o': return (raw) => (alternate ? '0' : '') + BigInt.asUintN(bits, number(raw)).toString(8);
    case 'c': return (raw) => String.fromCharCode(Number(number(raw) & 0xffn));
    case 'p': return (raw) => {
      const value = number(raw);
      return value === 0n ? '(nil)' : `0x${value.toString(16)}`;
    };
    default: throw new NotUnderstood(`%${letter}`);
  }
}

/** What %s prints of an expression. */
function textOf(of: Expression, format: EventFormat, texts: ReadonlyMap<bigint, string>): EventPrinter {
  switch (of.kind) {
    case 'text': return () => of.value;
    case 'choice': {
      const test = numberOf(of.test, format);
      const [yes, no] = [textOf(of.yes, format, texts), textOf(of.no, format, texts)];
      return (raw) => (test(raw) === 0n ? no(raw) : yes(raw));
    }
    case 'call': return callText(of, format);
    case 'field': {
      const field = fieldOf(of.name, format);
      if (field.isText || field.elementBytes > 0) return (raw) => fieldText(field, raw);
      return pointed(numberOf(of, format), texts);
    }
    case 'cast': return textOf(of.of, format, texts);
    case 'number':
    case 'name':
    case 'element':
    case 'unary':
    case 'binary': return pointed(numberOf(of, format), texts);
  }
}

/** A pointer into the kernel: its text where perf recorded that. */
function pointed(number: (raw: RawData) => bigint, texts: ReadonlyMap<bigint, string>): EventPrinter {
  return (raw) => {
    const value = number(raw);
    return texts.get(value) ?? `0x${value.toString(16)}`;
  };
}

function callText({name, of, cases}: Expression & {kind: 'call'}, format: EventFormat): EventPrinter {
  const values = cases.map(({value, text}): CaseText => ({value: value ? numberOf(value, format)(NO_DATA) : null, text}));
  switch (name) {
    case '__get_str':
    case '__get_rel_str':
    case '__get_dynamic_array':
    case '__get_rel_dynamic_array': {
      const field = fieldOf(fieldName(of[0]), format);
      return (raw) => untilNul(bytesOf(field, raw));
    }
    case '__print_symbolic':
    case '__print_symbolic_u64': {
      const number = numberOf(of[0], format);
      return (raw) => {
        const value = number(raw);
        return values.find((each) => each.value === value)?.text ?? `0x${value.toString(16)}`;
      };
    }
    case '__print_flags':
    case '__print_flags_u64': {
      const number = numberOf(of[0], format);
      const delimiter = of[1]?.kind === 'text' ? of[1].value : '';
      return (raw) => flagsText(number(raw), values, delimiter);
    }
    case '__print_hex':
    case '__print_hex_str': return bufferText(of, format, name === '__print_hex' ? ' ' : '', () => 1, (value) => value.toString(16).padStart(2, '0'));
    case '__print_array': {
      const size = of.length > 2 ? numberOf(of[2], format) : () => 1n;
      return bufferText(of, format, ' ', (raw) => Number(size(raw)), String);
    }
    default: throw new NotUnderstood(name);
  }
}

/** The text of a value; null: one that is not known, which perf takes for what stands for nothing. */
interface CaseText {
  readonly value: bigint | null;
  readonly text: string;
}

function flagsText(value: bigint, flags: readonly CaseText[], delimiter: string): string {
  const none = value === 0n && flags.find((flag) => flag.value === 0n || flag.value === null);
  if (none) return none.text;
  const found: string[] = [];
  let rest = value;
  for (const flag of flags) {
    if (flag.value === null || flag.value === 0n || (rest & flag.value) !== flag.value) continue;
    found.push(flag.text);
    rest &= ~flag.value;
  }
  if (rest !== 0n) found.push(`0x${rest.toString(16)}`);
  return found.join(delimiter);
}

function bufferText(of: readonly Expression[], format: EventFormat, between: string, elementBytes: (raw: RawData) => number, print: (value: bigint) => string): EventPrinter {
  const field = fieldOf(fieldName(of[0]), format);
  const count = numberOf(of[1], format);
  return (raw) => {
    const bytes = bytesOf(field, raw);
    const size = elementBytes(raw);
    if (![1, 2, 4, 8].includes(size)) return '';
    const values: string[] = [];
    const most = Math.min(Number(count(raw)), Math.floor(bytes.length / size));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < most; i++) values.push(print(integer(view, i * size, size, raw.little)));
    return values.join(between);
  };
}

/** The name of a field behind casts and the functions that fetch it. */
function fieldName(of: Expression | undefined): string {
  if (of?.kind === 'field') return of.name;
  if (of?.kind === 'cast') return fieldName(of.of);
  if (of?.kind === 'call' && of.name.startsWith('__get_')) return fieldName(of.of[0]);
  throw new NotUnderstood('not a field');
}

function fieldOf(name: string, format: EventFormat): EventField {
  const field = format.fields.get(name);
  if (!field) throw new NotUnderstood(`no field ${name}`);
  return field;
}

/** The value of an expression, as a pattern of 64 bits. */
function numberOf(of: Expression, format: EventFormat): (raw: RawData) => bigint {
  switch (of.kind) {
    case 'number': return () => of.value;
    case 'field': {
      const field = fieldOf(of.name, format);
      return (raw) => (field.offset + field.sizeBytes > raw.sizeBytes ? 0n : integer(raw.view, raw.at + field.offset, field.sizeBytes, raw.little));
    }
    case 'element': {
      const field = fieldOf(fieldName(of.of), format);
      const index = numberOf(of.index, format);
      return (raw) => {
        const bytes = bytesOf(field, raw);
        const at = Number(index(raw)) * field.elementBytes;
        if (field.elementBytes === 0 || at + field.elementBytes > bytes.length) return 0n;
        return integer(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at, field.elementBytes, raw.little);
      };
    }
    case 'cast': {
      const inner = numberOf(of.of, format);
      return (raw) => BigInt.asUintN(64, of.signed ? BigInt.asIntN(of.bits, inner(raw)) : BigInt.asUintN(of.bits, inner(raw)));
    }
    case 'unary': {
      const inner = numberOf(of.of, format);
      return (raw) => BigInt.asUintN(64, UNARY[of.operator](inner(raw)));
    }
    case 'binary': {
      const [left, right] = [numberOf(of.left, format), numberOf(of.right, format)];
      const compute = OPERATIONS[of.operator];
      return (raw) => BigInt.asUintN(64, compute(left(raw), right(raw)));
    }
    case 'choice': {
      const [test, yes, no] = [numberOf(of.test, format), numberOf(of.yes, format), numberOf(of.no, format)];
      return (raw) => (test(raw) === 0n ? no(raw) : yes(raw));
    }
    case 'call':
      if (of.name.endsWith('_dynamic_array_len')) {
        const field = fieldOf(fieldName(of.of[0]), format);
        return (raw) => BigInt(bytesOf(field, raw).length);
      }
      throw new NotUnderstood(of.name);
    // As perf takes what it does not know.
    case 'name': return () => 0n;
    case 'text': throw new NotUnderstood('text where a number was expected');
  }
}

const UNARY: Readonly<Record<string, (value: bigint) => bigint>> = {
  '!': (value) => (value === 0n ? 1n : 0n), '~': (value) => ~value, '-': (value) => -value, '+': (value) => value,
};

const truth = (value: boolean): bigint => (value ? 1n : 0n);

const OPERATIONS: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
  '||': (a, b) => truth(a !== 0n || b !== 0n), '&&': (a, b) => truth(a !== 0n && b !== 0n), '|': (a, b) => a | b, '^': (a, b) => a ^ b, '&': (a, b) => a & b,
  '==': (a, b) => truth(a === b), '!=': (a, b) => truth(a !== b), '<': (a, b) => truth(a < b), '<=': (a, b) => truth(a <= b), '>': (a, b) => truth(a > b),
  '>=': (a, b) => truth(a >= b), '<<': (a, b) => (b > 63n ? 0n : a << b), '>>': (a, b) => (b > 63n ? 0n : a >> b), '+': (a, b) => a + b, '-': (a, b) => a - b,
  '*': (a, b) => a * b, '/': (a, b) => (b === 0n ? 0n : a / b), '%': (a, b) => (b === 0n ? 0n : a % b),
};

/** The field whose bytes are text that %s prints of an expression; null where it is another. */
export function textField(of: Expression, format: EventFormat): EventField | null {
  if (of.kind === 'cast') return textField(of.of, format);
  if (of.kind === 'call') return /^__get_(?:rel_)?(?:str|dynamic_array)$/.test(of.name) ? fieldOf(fieldName(of.of[0]), format) : null;
  const field = of.kind === 'field' ? fieldOf(of.name, format) : null;
  return field?.isText === true ? field : null;
}

/** The bytes of a field; of a dynamic one those that it points to, as far as they lie in the record. */
function bytesOf(field: EventField, {view, at, sizeBytes, little}: RawData): Uint8Array {
  let [offset, length] = [field.offset, field.sizeBytes];
  if (field.dynamic !== 'no') {
    if (offset + 4 > sizeBytes) return new Uint8Array(0);
    const place = view.getUint32(at + offset, little);
    offset = (place & 0xffff) + (field.dynamic === 'relative' ? offset + length : 0);
    length = place >>> 16;
  }
  if (offset >= sizeBytes) return new Uint8Array(0);
  return new Uint8Array(view.buffer, view.byteOffset + at + offset, Math.min(length, sizeBytes - offset));
}

/** A field as it is printed where the kernel's format does not say how. */
function fieldText(field: EventField, raw: RawData): string {
  if (field.isText || (field.elementBytes === 1 && field.dynamic !== 'no')) return untilNul(bytesOf(field, raw));
  if (field.elementBytes > 0) return utf8(bytesOf(field, raw)).replaceAll(/[^\x20-\x7e]/g, '.');
  if (field.offset + field.sizeBytes > raw.sizeBytes) return '';
  const value = integer(raw.view, raw.at + field.offset, field.sizeBytes, raw.little);
  if (field.signed) return String(BigInt.asIntN(field.sizeBytes * 8, value));
  return field.isLong ? `0x${value.toString(16)}` : String(value);
}

/** An integer of 1, 2, 4 or 8 bytes, zero-extended; 0 for any other size. */
function integer(view: DataView, at: number, sizeBytes: number, little: boolean): bigint {
  switch (sizeBytes) {
    case 1: return BigInt(view.getUint8(at));
    case 2: return BigInt(view.getUint16(at, little));
    case 4: return BigInt(view.getUint32(at, little));
    case 8: return view.getBigUint64(at, little);
    default: return 0n;
  }
}

const NO_DATA: RawData = {view: new DataView(new ArrayBuffer(0)), at: 0, sizeBytes: 0, little: true};

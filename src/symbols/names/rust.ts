/**
 * Names of Rust's newer mangling (v0, RFC 2603): `_R`, a path, and the crate that it was made in. Written as perf does: without the hashes of
 * crates and the types of constants. Throws `NotReadable`.
 *
 *   _RNvXNtCs6GmmlP4bgsG_1r5innerINtB2_1AmENtB2_4Work4workB4_      <r::inner::A<u32> as r::inner::Work>::work
 */
import {MangledText, notReadable} from './mangled-text.ts';
import {fromPunycode} from './punycode.ts';

const BASIC: Readonly<Record<string, string>> = {
  a: 'i8', b: 'bool', c: 'char', d: 'f64', e: 'str', f: 'f32', h: 'u8', i: 'isize', j: 'usize', l: 'i32', m: 'u32', n: 'i128', o: 'u128', s: 'i16', t: 'u16',
  u: '()', v: '...', x: 'i64', y: 'u64', z: '!', p: '_',
};
/** Where what `B` counts from begins. */
const START = 2;

export function rustName(mangled: string): string {
  const text = new MangledText(mangled);
  text.need('_R');
  const writer = new Writer(text);
  writer.path(true);
  // The crate that made it, and what tools put behind it, are no part of the name.
  if (/[A-Z]/.test(text.peek())) writer.silently(() => writer.path(false));
  if (text.peek() !== '' && text.peek() !== '.') notReadable();
  return writer.pieces.join('');
}

class Writer {
  readonly pieces: string[] = [];
  readonly #text: MangledText;
  /** Lifetimes that `for<…>` around here gave names. */
  #lifetimes = 0;
  #isSilent = false;

  constructor(text: MangledText) {
    this.#text = text;
  }

  #add(piece: string): void {
    if (this.#isSilent) return;
    this.#text.step(1 + (piece.length >> 3));
    this.pieces.push(piece);
  }

  silently(read: () => void): void {
    const was = this.#isSilent;
    this.#isSilent = true;
    read();
    this.#isSilent = was;
  }

  /** `inValue`: generic arguments stand behind `::`, as in code. */
  path(inValue: boolean): void {
    this.#text.inside(() => this.#path(inValue));
  }

  #path(inValue: boolean): void {
    const text = this.#text;
    switch (text.next()) {
      case 'C':
        this.#tagged('s');
        this.#add(this.#name());
        break;
      case 'N': {
        const space = text.next();
        this.path(inValue);
        const number = this.#tagged('s');
        this.#member(space, this.#name(), number);
        break;
      }
      case 'M': case 'X': {
        const isTrait = text.text[text.at - 1] === 'X';
        this.#tagged('s');
        this.silently(() => this.path(false));
        this.#as(isTrait);
        break;
      }
      case 'Y': this.#as(true); break;
      case 'I':
        this.path(inValue);
        this.#add(inValue ? '::<' : '<');
        this.#list(() => this.#generic());
        this.#add('>');
        break;
      case 'B': this.#again(() => this.path(inValue)); break;
      default: notReadable();
    }
  }

  #member(space: string, name: string, number: number): void {
    if (/[A-Z]/.test(space)) {
      const kind = space === 'C' ? 'closure' : space === 'S' ? 'shim' : space;
      this.#add(`::{${kind}${name === '' ? '' : `:${name}`}#${number}}`);
    } else if (!/[a-z]/.test(space)) notReadable();
    else if (name !== '') this.#add(`::${name}`);
  }

  /** `<type as trait>` */
  #as(isTrait: boolean): void {
    this.#add('<');
    this.#type();
    if (isTrait) {
      this.#add(' as ');
      this.path(false);
    }
    this.#add('>');
  }

  /** Reads what stands elsewhere, before here. */
  #again(read: () => void): void {
    const text = this.#text;
    const here = text.at - 1;
    const at = START + this.#number62();
    if (at >= here) notReadable();
    if (this.#isSilent) return;
    const back = text.at;
    text.at = at;
    read();
    text.at = back;
  }

  /** Until `E`, with commas. Returns how many. */
  #list(read: () => void, between = ', '): number {
    let count = 0;
    while (!this.#text.skip('E')) {
      if (count++ > 0) this.#add(between);
      read();
    }
    return count;
  }

  #generic(): void {
    if (this.#text.skip('L')) this.#lifetime(this.#number62());
    else if (this.#text.skip('K')) this.#constant();
    else this.#type();
  }

  #type(): void {
    this.#text.inside(() => this.#typeAt());
  }

  #typeAt(): void {
    const text = this.#text;
    const code = text.next();
    const basic = BASIC[code] as string | undefined;
    if (basic !== undefined) return this.#add(basic);
    switch (code) {
      case 'R': case 'Q':
        this.#add('&');
        if (text.skip('L')) {
          const lifetime = this.#number62();
          if (lifetime > 0) {
            this.#lifetime(lifetime);
            this.#add(' ');
          }
        }
        if (code === 'Q') this.#add('mut ');
        return this.#type();
      case 'P': case 'O':
        this.#add(code === 'P' ? '*const ' : '*mut ');
        return this.#type();
      case 'A': case 'S':
        this.#add('[');
        this.#type();
        if (code === 'A') {
          this.#add('; ');
          this.#constant();
        }
        return this.#add(']');
      case 'T':
        this.#add('(');
        return this.#add(this.#list(() => this.#type()) === 1 ? ',)' : ')');
      case 'F': return this.#bound(() => this.#function());
      case 'D':
        this.#add('dyn ');
        this.#bound(() => this.#list(() => this.#dynTrait(), ' + '));
        text.need('L');
        return this.#dynLifetime(this.#number62());
      case 'B': return this.#again(() => this.#type());
      default:
        text.at--;
        return this.path(false);
    }
  }

  #dynLifetime(lifetime: number): void {
    if (lifetime === 0) return;
    this.#add(' + ');
    this.#lifetime(lifetime);
  }

  #function(): void {
    const text = this.#text;
    if (text.skip('U')) this.#add('unsafe ');
    if (text.skip('K')) this.#add(`extern "${text.skip('C') ? 'C' : this.#name().replaceAll('_', '-')}" `);
    this.#add('fn(');
    this.#list(() => this.#type());
    this.#add(')');
    if (text.skip('u')) return;
    this.#add(' -> ');
    this.#type();
  }

  /** A trait, and its associated types among its arguments. */
  #dynTrait(): void {
    const text = this.#text;
    let isOpen = this.#openPath();
    while (text.skip('p')) {
      this.#add(isOpen ? ', ' : '<');
      isOpen = true;
      this.#add(`${this.#name()} = `);
      this.#type();
    }
    if (isOpen) this.#add('>');
  }

  /** A path whose arguments are not closed; whether it has some. */
  #openPath(): boolean {
    const text = this.#text;
    let isOpen = false;
    if (text.skip('B')) this.#again(() => (isOpen = this.#text.inside(() => this.#openPath())));
    else if (text.skip('I')) {
      this.path(false);
      this.#add('<');
      this.#list(() => this.#generic());
      isOpen = true;
    } else this.path(false);
    return isOpen;
  }

  /** `for<'a, 'b> ` around what `read` reads. */
  #bound(read: () => void): void {
    const count = this.#tagged('G');
    const outer = this.#lifetimes;
    if (count > 0) {
      this.#add('for<');
      for (let i = 0; i < count; i++) {
        this.#text.step();
        if (i > 0) this.#add(', ');
        this.#lifetimes++;
        this.#lifetime(1);
      }
      this.#add('> ');
    }
    read();
    this.#lifetimes = outer;
  }

  /** Counted from the innermost; 0: it has no name. */
  #lifetime(number: number): void {
    const depth = this.#lifetimes - number;
    if (number > 0 && depth < 0) notReadable();
    this.#add(number === 0 ? `'_` : depth < 26 ? `'${String.fromCharCode(0x61 + depth)}` : `'_${depth}`);
  }

  #constant(): void {
    this.#text.inside(() => {
      const text = this.#text;
      const code = text.next();
      if (code === 'B') this.#again(() => this.#constant());
      else if (code === 'p') this.#add('_');
      else if ('aslxni'.includes(code)) this.#add((text.skip('n') ? '-' : '') + this.#digits());
      else if ('htmyoj'.includes(code)) this.#add(this.#digits());
      else if (code === 'b') this.#add(['false', 'true'].at(Number(this.#digits())) ?? notReadable());
      else if (code === 'c') this.#add(character(Number(this.#digits())));
      else notReadable();
    });
  }

  /** Hexadecimal digits to `_`, as a decimal number where it has no more than 64 bits. */
  #digits(): string {
    const text = this.#text;
    const found = /^([0-9a-f]*)_/.exec(text.text.slice(text.at, text.at + 64)) ?? notReadable();
    text.at += found[0].length;
    const digits = found[1].replace(/^0+/, '');
    return digits.length > 16 ? `0x${digits}` : BigInt(`0x0${digits}`).toString();
  }

  /** `_` 0, `0_` 1 …, in 62 digits. */
  #number62(): number {
    const text = this.#text;
    if (text.skip('_')) return 0;
    let number = 0;
    while (!text.skip('_')) {
      const digit = DIGITS.indexOf(text.next());
      number = number * 62 + (digit < 0 ? notReadable() : digit);
    }
    return number + 1;
  }

  #tagged(tag: string): number {
    return this.#text.skip(tag) ? this.#number62() + 1 : 0;
  }

  #name(): string {
    const text = this.#text;
    const isPunycode = text.skip('u');
    const length = text.skip('0') ? 0 : text.number();
    text.skip('_');
    const name = text.take(length);
    this.#text.step(isPunycode ? length * length >> 4 : 1);
    return isPunycode ? (fromPunycode(name) ?? notReadable()) : name;
  }
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ESCAPED: Readonly<Record<number, string>> = {9: '\\t', 10: '\\n', 13: '\\r'};

function character(code: number): string {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) notReadable();
  const isPlain = code >= 0x20 && code < 0x7f;
  return `'${isPlain ? String.fromCharCode(code) : (ESCAPED[code] ?? `\\u{${code.toString(16)}}`)}'`;
}

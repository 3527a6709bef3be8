/**
 * The arguments of a tracepoint's print format, which are expressions of C over the fields of the record (`REC->prev_state & 0xff ? "S" : "R"`),
 * with the functions that the kernel's macros leave in them. Text -> tree. What is not understood is thrown as `NotUnderstood`, and the event
 * is then printed field by field, as perf does.
 */

export class NotUnderstood extends Error {}

export type Expression =
  | {readonly kind: 'number'; readonly value: bigint}
  | {readonly kind: 'text'; readonly value: string}
  | {readonly kind: 'field'; readonly name: string}
  /** A constant that only the kernel's headers tell. */
  | {readonly kind: 'name'; readonly name: string}
  | {readonly kind: 'element'; readonly of: Expression; readonly index: Expression}
  | {readonly kind: 'cast'; readonly bits: number; readonly signed: boolean; readonly of: Expression}
  | {readonly kind: 'unary'; readonly operator: string; readonly of: Expression}
  | {readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression}
  | {readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression}
  | {readonly kind: 'call'; readonly name: string; readonly of: readonly Expression[]; readonly cases: readonly Case[]};

/** `{ 0x1, "S" }` of __print_flags and __print_symbolic. A value that only the kernel's headers tell is null: nothing equals it. */
export interface Case {
  readonly value: Expression | null;
  readonly text: string;
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|('(?:[^'\\]|\\.)')|(0[xX][0-9a-fA-F]+|\d+)(?:[uUlL]*)|([A-Za-z_]\w*)|(->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^~!<>?:(),{}[\].]))/y;

/** From the loosest to the tightest; of one row all bind alike, from the left. */
const BINARY: readonly (readonly string[])[] = [['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<', '<=', '>', '>='], ['<<', '>>'], ['+', '-'], ['*', '/', '%']];

const CASED = new Set(['__print_flags', '__print_symbolic', '__print_flags_u64', '__print_symbolic_u64']);
const CALLS = new Set([
  ...CASED, '__print_hex', '__print_hex_str', '__print_array', '__get_str', '__get_rel_str', '__get_dynamic_array', '__get_rel_dynamic_array',
  '__get_dynamic_array_len', '__get_rel_dynamic_array_len',
]);

const TYPE_WORD = /^(?:unsigned|signed|const|struct|enum|union|volatile|__force|int|char|short|long|void|bool|size_t|ssize_t|loff_t|sector_t|pid_t|gfp_t|uintptr_t|dev_t|uint|ulong|ushort|[us](?:8|16|32|64)|__[us](?:8|16|32|64)|__[bl]e(?:16|32|64)|u?int(?:8|16|32|64)_t|\w+_t)$/;

/** No expression of a kernel goes deeper. */
const MOST_DEPTH = 200;

interface Token {
  readonly kind: 'text' | 'char' | 'number' | 'word' | 'sign' | 'end';
  readonly text: string;
}

/** The format string and its arguments. Throws `NotUnderstood`. */
export function printExpressions(print: string): {format: string; of: readonly Expression[]} {
  const reader = new ExpressionReader(print);
  const format = reader.texts();
  const of: Expression[] = [];
  while (reader.takes(',')) of.push(reader.expression());
  reader.end();
  return {format, of};
}

class ExpressionReader {
  readonly #text: string;
  #at = 0;
  #next: Token;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#token();
  }

  /** Neighbouring string literals are one. */
  texts(): string {
    if (this.#next.kind !== 'text') throw new NotUnderstood(`expected a string at ${this.#at}`);
    let all = '';
    while (this.#next.kind === 'text') all += unescaped(this.#take().text.slice(1, -1));
    return all;
  }

  takes(sign: string): boolean {
    if (this.#next.kind !== 'sign' || this.#next.text !== sign) return false;
    this.#take();
    return true;
  }

  end(): void {
    if (this.#next.kind !== 'end') throw new NotUnderstood(`${this.#next.text} at ${this.#at}`);
  }

  expression(): Expression {
    if (++this.#depth > MOST_DEPTH) throw new NotUnderstood('too deep');
    const test = this.#binary(0);
    let all = test;
    if (this.takes('?')) {
      const yes = this.expression();
      this.#expect(':');
      all = {kind: 'choice', test, yes, no: this.expression()};
    }
    this.#depth--;
    return all;
  }

  #binary(level: number): Expression {
    if (level === BINARY.length) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#next.kind === 'sign' && BINARY[level].includes(this.#next.text)) {
      const operator = this.#take().text;
      left = {kind: 'binary', operator, left, right: this.#binary(level + 1)};
    }
    return left;
  }

  #unary(): Expression {
    if (++this.#depth > MOST_DEPTH) throw new NotUnderstood('too deep');
    const sign = ['!', '~', '-', '+'].find((each) => this.takes(each));
    const of: Expression = sign === undefined ? this.#postfix() : {kind: 'unary', operator: sign, of: this.#unary()};
    this.#depth--;
    return of;
  }

  #postfix(): Expression {
    let of = this.#primary();
    while (this.takes('[')) {
      of = {kind: 'element', of, index: this.expression()};
      this.#expect(']');
    }
    return of;
  }

  #primary(): Expression {
    if (this.#next.kind === 'text') return {kind: 'text', value: this.texts()};
    if (this.takes('(')) return this.#inParentheses();
    const token = this.#take();
    if (token.kind === 'number') return {kind: 'number', value: number(token.text)};
    if (token.kind === 'char') return {kind: 'number', value: BigInt(unescaped(token.text.slice(1, -1)).charCodeAt(0))};
    if (token.kind !== 'word') throw new NotUnderstood(`${token.text} at ${this.#at}`);
    if (token.text === 'REC') {
      this.#expect('->');
      return {kind: 'field', name: this.#word()};
    }
    if (token.text === '__builtin_expect') return this.#expected();
    if (token.text === 'sizeof') return this.#sizeOf();
    if (CALLS.has(token.text)) {
      this.#expect('(');
      return this.#call(token.text);
    }
    if (this.#next.text === '(' && this.#next.kind === 'sign') throw new NotUnderstood(token.text);
    return {kind: 'name', name: token.text};
  }

  /** A cast, or an expression. A cast to a pointer leaves the value. */
  #inParentheses(): Expression {
    if (this.#next.kind === 'word' && TYPE_WORD.test(this.#next.text)) {
      return {kind: 'cast', ...widthOf(this.#type()), of: this.#unary()};
    }
    const inner = this.expression();
    this.#expect(')');
    return inner;
  }

  /** What the compiler is told to expect makes no difference. */
  #expected(): Expression {
    this.#expect('(');
    const of = this.expression();
    this.#expect(',');
    this.expression();
    this.#expect(')');
    return of;
  }

  #sizeOf(): Expression {
    this.#expect('(');
    if (this.#next.kind !== 'word' || !TYPE_WORD.test(this.#next.text)) throw new NotUnderstood('sizeof');
    return {kind: 'number', value: BigInt(widthOf(this.#type()).bits / 8)};
  }

  /** The rest of a type, up to the parenthesis behind it. */
  #type(): string {
    let type = '';
    while (!this.takes(')')) {
      const token = this.#take();
      if (token.kind !== 'word' && token.text !== '*') throw new NotUnderstood(token.text);
      type += ` ${token.text}`;
    }
    return type;
  }

  #call(name: string): Expression {
    const of: Expression[] = [];
    const cases: Case[] = [];
    if (name.startsWith('__get_')) {
      of.push({kind: 'field', name: this.#word()});
      this.#expect(')');
      return {kind: 'call', name, of, cases};
    }
    do {
      if (CASED.has(name) && this.takes('{')) {
        const value = this.expression();
        this.#expect(',');
        // The last one may be there to end the list: its text is NULL.
        if (this.#next.kind === 'text') cases.push({value: isKnown(value) ? value : null, text: this.texts()});
        else this.expression();
        this.#expect('}');
      } else of.push(this.expression());
    } while (this.takes(','));
    this.#expect(')');
    return {kind: 'call', name, of, cases};
  }

  #word(): string {
    const token = this.#take();
    if (token.kind !== 'word') throw new NotUnderstood(`expected a name, found ${token.text}`);
    return token.text;
  }

  #expect(sign: string): void {
    if (!this.takes(sign)) throw new NotUnderstood(`expected ${sign}, found ${this.#next.text || 'the end'}`);
  }

  #take(): Token {
    const token = this.#next;
    this.#next = this.#token();
    return token;
  }

  #token(): Token {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text);
    if (!found) {
      if (this.#text.slice(this.#at).trim() !== '') throw new NotUnderstood(`at ${this.#at}`);
      return {kind: 'end', text: ''};
    }
    this.#at = TOKEN.lastIndex;
    const [, text, char, digits, word, sign] = found;
    if (text !== undefined) return {kind: 'text', text};
    if (char !== undefined) return {kind: 'char', text: char};
    if (digits !== undefined) return {kind: 'number', text: digits};
    return word === undefined ? {kind: 'sign', text: sign} : {kind: 'word', text: word};
  }
}

/** Whether no constant is in it whose value is not told. */
function isKnown(of: Expression): boolean {
  switch (of.kind) {
    case 'name': return false;
    case 'cast':
    case 'unary': return isKnown(of.of);
    case 'binary': return isKnown(of.left) && isKnown(of.right);
    case 'choice': return isKnown(of.test) && isKnown(of.yes) && isKnown(of.no);
    case 'number':
    case 'text':
    case 'field':
    case 'element':
    case 'call': return true;
  }
}

function number(digits: string): bigint {
  return BigInt(/^0\d+$/.test(digits) && !/[89]/.test(digits) ? `0o${digits}` : digits);
}

/** How many bits a type of C has, on a machine whose longs have 64. */
function widthOf(type: string): {bits: number; signed: boolean} {
  const signed = !/\bunsigned\b|\b_*u(?:int)?\d+|\bsize_t|\bbool\b|\*/.test(type);
  const sized = /(?:[us]|int)(8|16|32|64)(?:_t)?\b/.exec(type);
  if (type.includes('*') || /\blong\b|size_t|loff_t|sector_t|uintptr_t/.test(type)) return {bits: 64, signed};
  if (sized) return {bits: Number(sized[1]), signed};
  if (/\bchar\b|\bbool\b/.test(type)) return {bits: 8, signed};
  if (/\bshort\b/.test(type)) return {bits: 16, signed};
  return {bits: /\bint\b|\bunsigned\b|\bsigned\b|pid_t|gfp_t|dev_t/.test(type) ? 32 : 64, signed};
}

const ESCAPES: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\', '"': '"', '\'': '\''};

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (whole, letter: string) => ESCAPES[letter] ?? whole);
}

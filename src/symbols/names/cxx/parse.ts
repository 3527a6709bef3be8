/**
 * The grammar of C++'s mangled names (Itanium C++ ABI §5.1): `_Z` and what follows, to a tree. Where compilers or tools differ, as GNU's demangler
 * has it, whose names perf prints. Throws `NotReadable`.
 */
import {notReadable, type MangledText} from '../mangled-text.ts';
import {readExpression} from './expression.ts';
import type {Grammar} from './grammar.ts';
import {hasResult, isUnnamed, lastNameOf, withoutMemberWords} from './kinds-of-names.ts';
import {textNode, type FunctionType, type Node} from './node.ts';
import {readSpecial} from './special.ts';
import {BUILTIN, BUILTIN_D, OPERATORS, STANDARD} from './words.ts';

const MEMBER: Readonly<Record<string, string>> = {r: ' __restrict', V: ' volatile', K: ' const'};

/** The name of a function, without its parameters and result. What comes after it is not read, as perf does. */
export function readName(text: MangledText): Node {
  text.need('_Z');
  return new Reader(text).topName();
}

class Reader implements Grammar {
  readonly text: MangledText;
  /** What `S_`, `S0_` … stand for. */
  readonly #known: Node[] = [];
  /** Name of the class whose constructor may come next. */
  #lastName: string | null = null;
  #inConversion = false;

  constructor(text: MangledText) {
    this.text = text;
  }

  topName(): Node {
    return this.#isSpecial() ? readSpecial(this) : withoutMemberWords(this.name()).name;
  }

  /** A function with its parameters, or a variable. */
  encoding(): Node {
    return this.text.inside(() => {
      if (this.#isSpecial()) return readSpecial(this);
      const {text} = this;
      let name = this.name();
      const end = text.peek();
      if (end !== '' && end !== 'E' && end !== '.') {
        const of = withoutMemberWords(name);
        const {result, parameters} = this.#functionParts(hasResult(of.name));
        name = {is: 'typed', name: of.name, type: {is: 'function', result, parameters, after: of.after}};
      }
      return name;
    });
  }

  #functionParts(withResult: boolean): {result: Node | null; parameters: Node[]} {
    const {text} = this;
    text.skip('J');
    const result = withResult ? this.type() : null;
    const parameters: Node[] = [];
    while (!['', 'E', '.', 'R', 'O', 'Q'].includes(text.peek()) || ((text.peek() === 'R' || text.peek() === 'O') && text.peek(1) !== 'E')) parameters.push(this.type());
    if (parameters.length === 0) notReadable();
    const first = parameters[0];
    return {result, parameters: parameters.length === 1 && first.is === 'text' && first.text === 'void' ? [] : parameters};
  }

  #isSpecial(): boolean {
    return this.text.peek() === 'T' || this.text.peek() === 'G';
  }

  name(): Node {
    return this.text.inside(() => {
      const {text} = this;
      switch (text.peek()) {
        case 'N': return this.#nested();
        case 'Z': return this.#local();
        default: {
          const isKnown = text.peek() === 'S' && text.peek(1) !== 't';
          const name = isKnown ? this.#substitution(false) : text.skip('St') ? {is: 'in', scope: textNode('std'), name: this.unqualified()} as const : this.unqualified();
          if (text.peek() !== 'I') return name;
          if (!isKnown) this.#known.push(name);
          return this.#instance(name);
        }
      }
    });
  }

  #nested(): Node {
    const {text} = this;
    text.need('N');
    let after = '';
    for (let word = MEMBER[text.peek()] as string | undefined; word !== undefined; word = MEMBER[text.peek()]) {
      after = word + after;
      text.next();
    }
    if (text.skip('O')) after += ' &&';
    else if (text.skip('R')) after += ' &';
    let name: Node | null = null;
    while (!text.skip('E')) {
      const first = text.peek();
      const isKnown = first === 'S' && text.peek(1) !== 't';
      if (first === 'I') {
        if (!name) notReadable();
        name = this.#instance(name);
      } else if (isKnown || (first === 'T' && !name) || (first === 'D' && /[tT]/.test(text.peek(1)))) {
        if (name) notReadable();
        name = isKnown ? this.#substitution(true) : this.#decltypeOrParameter();
      } else if (first === 'M') {
        // What a lambda in the initializer of a member lies in is told by its name already.
        text.next();
        continue;
      } else if (!name && text.skip('St')) {
        name = textNode('std');
        continue;
      } else {
        const part = this.unqualified();
        name = name ? {is: 'in', scope: name, name: part} : part;
      }
      if (!isKnown && text.peek() !== 'E') this.#known.push(name);
    }
    if (!name) notReadable();
    return after === '' ? name : {is: 'of-member', of: name, after};
  }

  #decltypeOrParameter(): Node {
    return this.text.peek() === 'T' ? this.parameter() : this.#decltype();
  }

  #local(): Node {
    const {text} = this;
    text.need('Z');
    let scope = this.encoding();
    // The result of the function would be taken for that of what is in it.
    if (scope.is === 'typed') scope = {...scope, type: {...scope.type, result: null}};
    text.need('E');
    if (text.skip('s')) {
      this.#discriminator();
      return {is: 'local', scope, name: textNode('string literal')};
    }
    const argument = text.skip('d') ? this.#compact() + 1 : 0;
    const name = this.name();
    if (!isUnnamed(name)) this.#discriminator();
    return {is: 'local', scope, name: argument > 0 ? {is: 'default-argument', number: argument, name} : name};
  }

  #discriminator(): void {
    if (!this.text.skip('_')) return;
    const isLong = this.text.skip('_');
    if (this.text.isDigit) this.text.number();
    if (isLong) this.text.skip('_');
  }

  /** `_` 0, `0_` 1, `1_` 2 … */
  #compact(): number {
    if (this.text.skip('_')) return 0;
    const number = this.text.number() + 1;
    this.text.need('_');
    return number;
  }

  #instance(of: Node): Node {
    const lastName = this.#lastName;
    const args = this.templateArguments();
    this.#lastName = lastName;
    return {is: 'instance', of, args};
  }

  templateArguments(): Node[] {
    return this.text.inside(() => {
      const {text} = this;
      if (!text.skip('I')) text.need('J');
      const args: Node[] = [];
      while (!text.skip('E')) args.push(this.#argument());
      return args;
    });
  }

  #argument(): Node {
    const {text} = this;
    switch (text.peek()) {
      case 'X': {
        text.next();
        const value = readExpression(this);
        text.need('E');
        return value;
      }
      case 'L': return readExpression(this);
      case 'I': case 'J': return {is: 'pack', items: this.templateArguments()};
      default: return this.type();
    }
  }

  /** Names with an `E` behind them, as `sr` has them since GCC 11; null where something else stands there. They are not spoken of again. */
  levels(): Node | null {
    const {text} = this;
    const at = text.at;
    const known = this.#known.length;
    let name: Node | null = null;
    while (text.isDigit) {
      const part = this.unqualified();
      name = name ? {is: 'in', scope: name, name: part} : part;
      if (text.peek() === 'I') name = this.#instance(name);
    }
    if (name && text.skip('E')) return name;
    text.at = at;
    this.#known.length = known;
    return null;
  }

  unqualified(): Node {
    const {text} = this;
    text.skip('L');
    let name: Node;
    const first = text.peek();
    if (text.isDigit) name = textNode((this.#lastName = this.#sourceName()));
    else if (first === 'U') name = this.#unnamed();
    else if (first === 'C' || first === 'D') name = text.peek(1) === 'C' ? this.#binding() : this.#structor();
    else name = this.#operator();
    while (text.skip('B')) name = {is: 'tagged', of: name, tag: this.#sourceName()};
    return name;
  }

  #sourceName(): string {
    const length = this.text.number();
    if (length === 0) notReadable();
    const name = this.text.take(length);
    return /^_GLOBAL_[._$]N/.test(name) ? '(anonymous namespace)' : name;
  }

  #unnamed(): Node {
    const {text} = this;
    text.need('U');
    if (text.skip('t')) {
      const node = textNode(`{unnamed type#${this.#compact() + 1}}`);
      this.#known.push(node);
      return node;
    }
    text.need('l');
    const {parameters} = this.#functionParts(false);
    text.need('E');
    return {is: 'lambda', parameters, number: this.#compact() + 1};
  }

  /** `[a, b]` of `auto [a, b] = …` */
  #binding(): Node {
    const {text} = this;
    text.need('DC');
    const names: string[] = [];
    while (!text.skip('E')) names.push(this.#sourceName());
    return textNode(`[${names.join(', ')}]`);
  }

  #structor(): Node {
    const {text} = this;
    const isDestructor = text.next() === 'D';
    const isInherited = !isDestructor && text.skip('I');
    if (!/\d/.test(text.next())) notReadable();
    // One that is inherited has the name of the class that it comes from.
    const name = isInherited ? lastNameOf(this.type()) : this.#lastName;
    return {is: 'structor', before: isDestructor ? '~' : '', name: name ?? notReadable()};
  }

  #operator(): Node {
    const {text} = this;
    if (text.skip('cv')) return this.#conversion();
    if (text.skip('li')) return textNode(`operator"" ${this.#sourceName()}`);
    const known = OPERATORS[text.take(2)] as (typeof OPERATORS)[string] | undefined;
    return {is: 'operator', name: known ? known[0].trimEnd() : notReadable()};
  }

  #conversion(): Node {
    const wasInConversion = this.#inConversion;
    this.#inConversion = true;
    const to = this.type();
    this.#inConversion = wasInConversion;
    return {is: 'conversion', to};
  }

  /** What `read` gives, read again by who comes next. */
  #ahead<T>(read: () => T): T {
    const at = this.text.at;
    const known = this.#known.length;
    const result = read();
    this.text.at = at;
    this.#known.length = known;
    return result;
  }

  #substitution(beforeMore: boolean): Node {
    const {text} = this;
    text.need('S');
    const found = /^([0-9A-Z]*)_/.exec(text.text.slice(text.at, text.at + 8));
    if (found) {
      text.at += found[0].length;
      const index = found[1] === '' ? 0 : Number.parseInt(found[1], 36) + 1;
      const known = this.#known.at(index) ?? notReadable();
      this.#lastName = lastNameOf(known);
      return known;
    }
    const standard = STANDARD[text.next()] as (typeof STANDARD)[string] | undefined;
    if (!standard) notReadable();
    const [short, full, last] = standard;
    this.#lastName = last;
    let node: Node = textNode(beforeMore && /[CD]/.test(text.peek()) ? full : short);
    if (text.peek() !== 'B') return node;
    while (text.skip('B')) node = {is: 'tagged', of: node, tag: this.#sourceName()};
    this.#known.push(node);
    return node;
  }

  parameter(): Node {
    this.text.need('T');
    return {is: 'parameter', index: this.#compact()};
  }

  #decltype(): Node {
    const {text} = this;
    text.need('D');
    text.next();
    const of = readExpression(this);
    text.need('E');
    return {is: 'expression', parts: ['decltype (', of, ')'], simple: false};
  }

  /** A type. What is more than one word can be spoken of again. */
  type(): Node {
    return this.text.inside(() => {
      const {text} = this;
      const builtin = BUILTIN[text.peek()] as string | undefined;
      if (builtin !== undefined && text.peek() !== 'r') {
        text.next();
        return textNode(builtin);
      }
      if (text.peek() === 'D' && BUILTIN_D[text.peek(1)]) return textNode(BUILTIN_D[text.take(2)[1]]);
      if (text.skip('DF')) return this.#float();
      if (text.peek() === 'S' && text.peek(1) !== 't') {
        const known = this.#substitution(false);
        if (text.peek() !== 'I') return known;
        return this.#remembered(this.#instance(known));
      }
      return this.#remembered(this.#compound());
    });
  }

  /** `_Float16`, `_Float32x`, `std::bfloat16_t` */
  #float(): Node {
    const {text} = this;
    const bits = text.number();
    if (text.skip('b')) return bits === 16 ? textNode('std::bfloat16_t') : notReadable();
    const isExtended = text.skip('x');
    if (!isExtended) text.need('_');
    return textNode(`_Float${bits}${isExtended ? 'x' : ''}`);
  }

  #remembered(node: Node): Node {
    this.#known.push(node);
    return node;
  }

  #compound(): Node {
    const {text} = this;
    switch (text.peek()) {
      case 'r': case 'V': case 'K': return this.#qualified();
      case 'P': text.next(); return {is: 'pointer', to: this.type(), sign: '*'};
      case 'R': text.next(); return {is: 'pointer', to: this.type(), sign: '&'};
      case 'O': text.next(); return {is: 'pointer', to: this.type(), sign: '&&'};
      case 'C': text.next(); return {is: 'qualified', of: this.type(), by: [' _Complex']};
      case 'G': text.next(); return {is: 'qualified', of: this.type(), by: [' _Imaginary']};
      case 'F': return this.#function('');
      case 'A': return this.#array();
      case 'M': {
        text.next();
        const of = this.type();
        return {is: 'member-pointer', of, to: this.type()};
      }
      case 'T': return this.#parameterType();
      case 'U': {
        text.next();
        const word = this.#sourceName();
        const args = text.peek() === 'I' ? this.templateArguments() : null;
        if (args) notReadable();
        return {is: 'qualified', of: this.type(), by: [` ${word}`]};
      }
      case 'u': {
        text.next();
        return textNode(this.#sourceName());
      }
      case 'D': return this.#compoundD();
      default: return this.#className();
    }
  }

  #className(): Node {
    if (!this.text.isDigit && !/[NZSUL]/.test(this.text.peek())) notReadable();
    const lastName = this.#lastName;
    const name = this.name();
    this.#lastName = lastName;
    return name;
  }

  #compoundD(): Node {
    const {text} = this;
    switch (text.peek(1)) {
      case 'p': {
        text.take(2);
        return {is: 'expansion', of: this.type()};
      }
      case 't': case 'T': return this.#decltype();
      case 'v': {
        text.take(2);
        const size = text.skip('_') ? readExpression(this) : textNode(String(text.number()));
        text.need('_');
        return {is: 'vector', of: this.type(), size};
      }
      case 'o': case 'O': case 'w': case 'x': return this.#function(this.#functionWords());
      default: return notReadable();
    }
  }

  #qualified(): Node {
    const {text} = this;
    const by: string[] = [];
    for (let word = MEMBER[text.peek()] as string | undefined; word !== undefined; word = MEMBER[text.peek()]) {
      by.unshift(word);
      text.next();
    }
    // Of a function they are words of the member function, and the function without them is not spoken of.
    if (text.peek() === 'F' || (text.peek() === 'D' && /[oOwx]/.test(text.peek(1)))) return this.#function(by.join('') + this.#functionWords());
    const of = this.type();
    return {is: 'qualified', of, by};
  }

  /** `noexcept` and the like, which stand before a function's type. */
  #functionWords(): string {
    const {text} = this;
    if (text.skip('Do')) return ' noexcept';
    if (text.skip('Dx')) return ' transaction_safe';
    return text.peek() === 'D' ? notReadable() : '';
  }

  #function(after: string): FunctionType {
    const {text} = this;
    text.need('F');
    text.skip('Y');
    const {result, parameters} = this.#functionParts(true);
    const reference = text.skip('R') ? ' &' : text.skip('O') ? ' &&' : '';
    text.need('E');
    return {is: 'function', result, parameters, after: after + reference};
  }

  #array(): Node {
    const {text} = this;
    text.need('A');
    const size = text.isDigit ? textNode(String(text.number())) : text.peek() === '_' ? null : readExpression(this);
    text.need('_');
    return {is: 'array', of: this.type(), size};
  }

  #parameterType(): Node {
    const {text} = this;
    // An elaborated type, `struct A`, is the type.
    if (/[sue]/.test(text.peek(1))) {
      text.take(2);
      return this.name();
    }
    const parameter = this.parameter();
    if (text.peek() !== 'I') return parameter;
    // Of a conversion the arguments may be its own, not its type's.
    if (this.#inConversion && !this.#ahead(() => (this.templateArguments(), text.peek() === 'I'))) return parameter;
    this.#known.push(parameter);
    return this.#instance(parameter);
  }
}

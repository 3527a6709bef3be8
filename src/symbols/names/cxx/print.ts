/** Writes what a mangled C++ name says, as GNU's demangler does and so perf. Throws `NotReadable` where it would grow beyond what its length explains. */
import {notReadable, type MangledText} from '../mangled-text.ts';
import {parts, type FunctionType, type Node} from './node.ts';
import {FLOATS, NUMBER_SUFFIX} from './words.ts';

const COMMA = ', ';

/** `text`: what `node` was read of, which pays for what is written. */
export function written(node: Node, text: MangledText): string {
  const writer = new Writer(text);
  writer.write(node);
  return writer.pieces.join('');
}

/** Arguments of a template, and the scope that they are written in. */
interface Scope {
  readonly args: readonly Node[];
  readonly outer: Scope | null;
}

interface Meant {
  readonly node: Node;
  readonly scope: Scope | null;
}

/** Types stand partly before and partly behind what is made of them: `long (*` `)(int)`. */
class Writer {
  readonly pieces: string[] = [];
  readonly #text: MangledText;
  #length = 0;
  /** Which item of a pack is written, within an expansion. */
  #item = 0;
  /** How many lambdas' parameters are being written, one in the other: in them parameters of templates are `auto`. */
  #lambdas = 0;
  /** The templates that what is being written stands within. */
  #scope: Scope | null = null;
  /** Where a parameter under a reference stood first: so it is understood where the same is spoken of again. */
  readonly #firstScopes = new Map<Node, Scope | null>();
  /** Arguments of the template whose name is being written. */
  #ownArgs: readonly Node[] | null = null;

  constructor(text: MangledText) {
    this.#text = text;
  }

  write(node: Node): void {
    this.#before(node);
    this.#behind(node);
  }

  #add(text: string): void {
    if (text === '') return;
    this.#text.step(1 + (text.length >> 3));
    this.pieces.push(text);
    this.#length += text.length;
  }

  #endsWith(char: string): boolean {
    return this.pieces.length > 0 && this.pieces[this.pieces.length - 1].endsWith(char);
  }

  #before(node: Node): void {
    const meant = this.#meant(node, this.#scope);
    this.#text.inside(() => this.#within(meant.scope, () => this.#writeBefore(meant.node)));
  }

  #behind(node: Node): void {
    const meant = this.#meant(node, this.#scope);
    this.#text.inside(() => this.#within(meant.scope, () => this.#writeBehind(meant.node)));
  }

  #within(scope: Scope | null, write: () => void): void {
    const outer = this.#scope;
    this.#scope = scope;
    write();
    this.#scope = outer;
  }

  #writeBefore(node: Node): void {
    switch (node.is) {
      case 'text': this.#add(node.text); break;
      case 'tagged': this.write(node.of); this.#add(`[abi:${node.tag}]`); break;
      case 'in': case 'local': this.write(node.scope); this.#add('::'); this.write(node.name); break;
      case 'instance': this.#instance(node.of, node.args); break;
      case 'structor': this.#add(node.before + node.name); break;
      case 'operator': this.#add(`operator${/^[a-z]/.test(node.name) ? ' ' : ''}${node.name}`); break;
      case 'conversion': this.#conversion(node.to); break;
      case 'lambda': this.#lambda(node.parameters, node.number); break;
      case 'default-argument': this.#add(`{default arg#${node.number}}::`); this.write(node.name); break;
      case 'of-member': this.write(node.of); this.#add(node.after); break;
      case 'typed': this.#typed(node.name, node.type); break;
      case 'about': this.#add(node.before); this.write(node.of); break;
      case 'function': if (node.result) this.#resultBefore(node.result); break;
      case 'array': this.#before(node.of); break;
      case 'pointer': case 'member-pointer': this.#pointer(node); break;
      case 'qualified': this.#qualified(node.of, node.by); break;
      case 'vector': this.write(node.of); this.#add(' __vector('); this.write(node.size); this.#add(')'); break;
      case 'parameter': this.#add(`auto:${node.index + 1}`); break;
      case 'pack': case 'list': this.#list(node.items); break;
      case 'expansion': this.#expansion(node.of); break;
      case 'pack-size': this.#add(String(this.#packIn(node.of)?.length ?? notReadable())); break;
      case 'literal': this.#literal(node.type, node.value); break;
      case 'expression':
        for (const part of node.parts) {
          if (typeof part === 'string') this.#add(part);
          else this.write(part);
        }
        break;
      case 'operand': this.#operand(node.of); break;
    }
  }

  #writeBehind(node: Node): void {
    if (node.is === 'function') {
      this.#parameters(node);
      if (node.result) this.#behind(node.result);
    } else if (node.is === 'array') {
      this.#add(this.#endsWith(']') ? '[' : ' [');
      if (node.size) this.write(node.size);
      this.#add(']');
      this.#behind(node.of);
    } else if (node.is === 'pointer' || node.is === 'member-pointer') {
      const {to, scope} = this.#collapsed(node);
      if (isWrapped(to)) this.#add(')');
      this.#within(scope, () => this.#behind(to));
    } else if (node.is === 'qualified') this.#behind(node.of);
  }

  /** What a parameter of a template stands for, and where that is written. */
  #meant(node: Node, within: Scope | null): Meant {
    let meant = node;
    let scope = within;
    while (meant.is === 'parameter' && this.#lambdas === 0) {
      this.#text.step();
      const arg: Node = scope?.args.at(meant.index) ?? notReadable();
      meant = arg.is === 'pack' ? (arg.items.at(this.#item) ?? notReadable()) : arg;
      scope = scope?.outer ?? null;
    }
    return {node: meant, scope};
  }

  #lambda(parameters: readonly Node[], number: number): void {
    this.#add('{lambda(');
    this.#lambdas++;
    this.#list(parameters);
    this.#lambdas--;
    this.#add(`)#${number}}`);
  }

  #instance(of: Node, args: readonly Node[]): void {
    const outer = this.#ownArgs;
    this.#ownArgs = args;
    this.write(of);
    this.#arguments(args);
    this.#ownArgs = outer;
  }

  #arguments(args: readonly Node[]): void {
    this.#add(this.#endsWith('<') ? ' <' : '<');
    this.#list(args);
    this.#add(this.#endsWith('>') ? ' >' : '>');
  }

  /** Its type speaks of the arguments that stand behind it. */
  #conversion(to: Node): void {
    this.#add('operator ');
    const scope = this.#ownArgs ? {args: this.#ownArgs, outer: this.#scope} : this.#scope;
    this.#within(scope, () => this.write(to.is === 'instance' ? to.of : to));
    if (to.is === 'instance') this.#arguments(to.args);
  }

  /** Packs without items, at the end, take their commas with them. Their places stay: a `>` behind them is not taken to follow another. */
  #list(items: readonly Node[]): void {
    const commas: {piece: number; end: number}[] = [];
    items.forEach((item, i) => {
      if (i > 0) {
        this.#add(COMMA);
        commas.push({piece: this.pieces.length - 1, end: this.#length});
      }
      this.write(item);
    });
    for (let last = commas.pop(); last?.end === this.#length; last = commas.pop()) {
      this.pieces[last.piece] = '';
      this.#length -= COMMA.length;
    }
  }

  #typed(name: Node, type: FunctionType): void {
    const args = argumentsOf(name);
    this.#within(args ? {args, outer: this.#scope} : this.#scope, () => {
      if (type.result) this.#resultBefore(type.result);
      this.write(name);
      this.#writeBehind(type);
    });
  }

  #resultBefore(result: Node): void {
    this.#before(result);
    const {node, scope} = this.#meant(result, this.#scope);
    const isOpen = (node.is === 'pointer' || node.is === 'member-pointer') && isWrapped(this.#meant(node.to, scope).node);
    if (!isOpen) this.#add(' ');
  }

  #parameters({parameters, after}: FunctionType): void {
    this.#add('(');
    this.#list(parameters);
    this.#add(`)${after}`);
  }

  #pointer(node: Node & {is: 'pointer' | 'member-pointer'}): void {
    const {to, scope, sign} = this.#collapsed(node);
    this.#within(scope, () => this.#before(to));
    if (to.is === 'array') this.#add(' (');
    else if (to.is === 'function') this.#add('(');
    if (node.is === 'pointer') this.#add(sign);
    else {
      if (!isWrapped(to)) this.#add(' ');
      this.write(node.of);
      this.#add('::*');
    }
  }

  /** A reference to a reference is one, to what may be changed where either is. */
  #collapsed(node: Node & {is: 'pointer' | 'member-pointer'}): {to: Node; scope: Scope | null; sign: string} {
    if (node.is !== 'pointer' || node.sign === '*') {
      const {node: to, scope} = this.#meant(node.to, this.#scope);
      return {to, scope, sign: '*'};
    }
    let {node: to, scope} = this.#meant(node.to, this.#firstScope(node.to));
    let {sign} = node;
    while (to.is === 'pointer' && to.sign !== '*') {
      this.#text.step();
      if (to.sign === '&') sign = '&';
      ({node: to, scope} = this.#meant(to.to, scope));
    }
    return {to, scope, sign};
  }

  #firstScope(node: Node): Scope | null {
    if (node.is !== 'parameter' || this.#lambdas > 0) return this.#scope;
    const first = this.#firstScopes.get(node);
    if (first !== undefined) return first;
    this.#firstScopes.set(node, this.#scope);
    return this.#scope;
  }

  #qualified(of: Node, by: readonly string[]): void {
    this.#before(of);
    const {node: inner} = this.#meant(of, this.#scope);
    for (const word of by) if (inner.is !== 'qualified' || !inner.by.includes(word)) this.#add(word);
  }

  #expansion(of: Node): void {
    const pack = this.#packIn(of);
    if (!pack) {
      this.#operand(of);
      this.#add('...');
      return;
    }
    const outer = this.#item;
    pack.forEach((_, i) => {
      if (i > 0) this.#add(COMMA);
      this.#item = i;
      this.write(of);
    });
    this.#item = outer;
  }

  /** The first pack that a parameter in it stands for; null: none. */
  #packIn(node: Node): readonly Node[] | null {
    return this.#text.inside(() => {
      if (node.is === 'parameter') {
        const arg = this.#lambdas > 0 ? undefined : this.#scope?.args.at(node.index);
        return arg?.is === 'pack' ? arg.items : null;
      }
      if (node.is === 'expansion' || node.is === 'lambda') return null;
      for (const part of parts(node)) {
        const pack = this.#packIn(part);
        if (pack) return pack;
      }
      return null;
    });
  }

  #literal(type: Node, value: string): void {
    const word = type.is === 'text' ? type.text : '';
    const suffix = NUMBER_SUFFIX[word] as string | undefined;
    if (word === 'bool' && (value === '0' || value === '1')) this.#add(value === '1' ? 'true' : 'false');
    else if (suffix !== undefined) this.#add(value + suffix);
    else {
      this.#add('(');
      this.write(type);
      this.#add(FLOATS.has(word) ? `)[${value}]` : `)${value}`);
    }
  }

  #operand(of: Node): void {
    const isSimple = of.is === 'text' || of.is === 'in' || (of.is === 'expression' && of.simple);
    if (!isSimple) this.#add('(');
    this.write(of);
    if (!isSimple) this.#add(')');
  }
}

/** What a function is made of. */
function argumentsOf(name: Node): readonly Node[] | null {
  if (name.is === 'local') return argumentsOf(name.name);
  return name.is === 'instance' ? name.args : null;
}

/** Whether the sign of a pointer to it stands in parentheses. */
function isWrapped(to: Node): boolean {
  return to.is === 'function' || to.is === 'array';
}

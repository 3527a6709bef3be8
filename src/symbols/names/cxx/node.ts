/** What a mangled C++ name says, as a tree: `parse.ts` makes it, `print.ts` writes it. */

export type Node =
  /** A name, or what is always written alike. */
  | {readonly is: 'text'; readonly text: string}
  /** `name[abi:cxx11]` */
  | {readonly is: 'tagged'; readonly of: Node; readonly tag: string}
  /** `scope::name` */
  | {readonly is: 'in'; readonly scope: Node; readonly name: Node}
  /** The same of what is in a function. */
  | {readonly is: 'local'; readonly scope: Node; readonly name: Node}
  /** `of<args>` */
  | {readonly is: 'instance'; readonly of: Node; readonly args: readonly Node[]}
  /** `~` is given for a destructor. */
  | {readonly is: 'structor'; readonly before: '' | '~'; readonly name: string}
  | {readonly is: 'operator'; readonly name: string}
  /** `operator to` */
  | {readonly is: 'conversion'; readonly to: Node}
  /** `{lambda(parameters)#number}` */
  | {readonly is: 'lambda'; readonly parameters: readonly Node[]; readonly number: number}
  | {readonly is: 'default-argument'; readonly number: number; readonly name: Node}
  /** A member function's `const`, `&` …, of a name. */
  | {readonly is: 'of-member'; readonly of: Node; readonly after: string}
  /** A function with its parameters. */
  | {readonly is: 'typed'; readonly name: Node; readonly type: FunctionType}
  /** `vtable for of` */
  | {readonly is: 'about'; readonly before: string; readonly of: Node}
  | FunctionType
  | {readonly is: 'array'; readonly of: Node; readonly size: Node | null}
  | {readonly is: 'pointer'; readonly to: Node; readonly sign: '*' | '&' | '&&'}
  | {readonly is: 'member-pointer'; readonly of: Node; readonly to: Node}
  /** ` const`, ` _Complex` … behind a type. */
  | {readonly is: 'qualified'; readonly of: Node; readonly by: readonly string[]}
  | {readonly is: 'vector'; readonly of: Node; readonly size: Node}
  /** `T_`: one of the arguments of the template that it is written within. */
  | {readonly is: 'parameter'; readonly index: number}
  | {readonly is: 'pack'; readonly items: readonly Node[]}
  /** `of` once for each item of the pack in it. */
  | {readonly is: 'expansion'; readonly of: Node}
  | {readonly is: 'pack-size'; readonly of: Node}
  | {readonly is: 'literal'; readonly type: Node; readonly value: string}
  /** An expression: texts and operands in their order. `simple`: as an operand it needs no parentheses. */
  | {readonly is: 'expression'; readonly parts: readonly (string | Node)[]; readonly simple: boolean}
  /** An operand, in parentheses where it needs them. */
  | {readonly is: 'operand'; readonly of: Node}
  | {readonly is: 'list'; readonly items: readonly Node[]};

export interface FunctionType {
  readonly is: 'function';
  readonly result: Node | null;
  readonly parameters: readonly Node[];
  /** ` const`, ` &`, ` noexcept` … behind the parameters. */
  readonly after: string;
}

export function textNode(text: string): Node {
  return {is: 'text', text};
}

/** What a node is made of. */
export function parts(node: Node): readonly Node[] {
  switch (node.is) {
    case 'in': case 'local': return [node.scope, node.name];
    case 'instance': return [node.of, ...node.args];
    case 'conversion': return [node.to];
    case 'lambda': return node.parameters;
    case 'default-argument': return [node.name];
    case 'typed': return [node.name, node.type];
    case 'function': return node.result ? [node.result, ...node.parameters] : node.parameters;
    case 'array': return node.size ? [node.of, node.size] : [node.of];
    case 'pointer': return [node.to];
    case 'member-pointer': return [node.of, node.to];
    case 'vector': return [node.of, node.size];
    case 'pack': case 'list': return node.items;
    case 'literal': return [node.type];
    case 'expression': return node.parts.filter((part) => typeof part !== 'string');
    case 'tagged': case 'of-member': case 'about': case 'qualified': case 'expansion': case 'pack-size': case 'operand': return [node.of];
    case 'text': case 'structor': case 'operator': case 'parameter': return [];
  }
}

/** Expressions in C++'s mangled names: arguments of templates, `decltype`, sizes of arrays. Those that compilers seldom write are not read. */
import {notReadable} from '../mangled-text.ts';
import type {Grammar} from './grammar.ts';
import {textNode, type Node} from './node.ts';
import {OPERATORS} from './words.ts';

const CASTS: Readonly<Record<string, string>> = {cc: 'const_cast', dc: 'dynamic_cast', rc: 'reinterpret_cast', sc: 'static_cast'};

export function readExpression(grammar: Grammar): Node {
  return grammar.text.inside(() => expression(grammar));
}

function expression(grammar: Grammar): Node {
  const {text} = grammar;
  const whole = (...parts: (string | Node)[]): Node => ({is: 'expression', parts, simple: false});
  const operand = (): Node => ({is: 'operand', of: readExpression(grammar)});
  switch (text.peek()) {
    case 'L': return literal(grammar);
    case 'T': return grammar.parameter();
  }
  if (text.isDigit) return withArguments(grammar, grammar.unqualified());
  const code = text.take(2);
  switch (code) {
    case 'on': return withArguments(grammar, grammar.unqualified());
    case 'sr': {
      const scope = grammar.levels() ?? grammar.type();
      return {is: 'in', scope, name: withArguments(grammar, grammar.unqualified())};
    }
    case 'sp': return {is: 'expansion', of: readExpression(grammar)};
    case 'fp': return functionParameter(grammar);
    case 'cl': {
      const callee = readExpression(grammar);
      return whole({is: 'operand', of: callee.is === 'typed' ? callee.name : callee}, '(', listUntilEnd(grammar), ')');
    }
    case 'cv': {
      const to = grammar.type();
      return text.skip('_') ? whole('(', to, ')(', listUntilEnd(grammar), ')') : whole('(', to, ')', operand());
    }
    case 'tl': return {is: 'expression', simple: true, parts: [grammar.type(), '{', listUntilEnd(grammar), '}']};
    case 'il': return {is: 'expression', simple: true, parts: ['{', listUntilEnd(grammar), '}']};
    case 'st': return whole('sizeof (', grammar.type(), ')');
    case 'at': return whole('alignof (', grammar.type(), ')');
    case 'sz': return whole('sizeof ', operand());
    case 'az': return whole('alignof ', operand());
    case 'nx': return whole('noexcept(', readExpression(grammar), ')');
    case 'sZ': return {is: 'pack-size', of: readExpression(grammar)};
    case 'dt': case 'pt': {
      const left = operand();
      const member = withArguments(grammar, grammar.unqualified());
      return whole(left, code === 'dt' ? '.' : '->', {is: 'operand', of: member});
    }
    case 'ix': {
      const left = operand();
      return whole(left, '[', readExpression(grammar), ']');
    }
    case 'cc': case 'dc': case 'rc': case 'sc': {
      const to = grammar.type();
      return whole(CASTS[code], '<', to, '>(', readExpression(grammar), ')');
    }
    default: {
      const [sign, operands] = (OPERATORS[code] as (typeof OPERATORS)[string] | undefined) ?? notReadable();
      if ((code === 'pp' || code === 'mm') && !text.skip('_')) return whole(operand(), sign);
      if (operands === 1) return whole(sign, code === 'ad' ? addressed(grammar) : operand());
      const left = operand();
      if (operands === 2) return sign === '>' ? whole('(', left, sign, operand(), ')') : whole(left, sign, operand());
      return operands === 3 ? whole(left, sign, operand(), ' : ', operand()) : notReadable();
    }
  }
}

/** The address of a member function is written without its parameters, where nothing stands behind these. */
function addressed(grammar: Grammar): Node {
  const of = readExpression(grammar);
  return of.is === 'typed' && of.name.is === 'in' && of.type.after === '' ? of.name : {is: 'operand', of};
}

function withArguments(grammar: Grammar, name: Node): Node {
  return grammar.text.peek() === 'I' ? {is: 'instance', of: name, args: grammar.templateArguments()} : name;
}

function listUntilEnd(grammar: Grammar): Node {
  const items: Node[] = [];
  while (!grammar.text.skip('E')) items.push(readExpression(grammar));
  return {is: 'list', items};
}

function functionParameter({text}: Grammar): Node {
  if (text.skip('T')) return textNode('this');
  const index = text.isDigit ? text.number() + 1 : 0;
  text.need('_');
  return textNode(`{parm#${index + 1}}`);
}

/** A value with its type, or a function or variable. */
function literal(grammar: Grammar): Node {
  const {text} = grammar;
  text.need('L');
  if (text.skip('_Z') || text.skip('Z')) {
    const of = grammar.encoding();
    text.need('E');
    return of;
  }
  const type = grammar.type();
  if (type.is === 'text' && type.text === 'decltype(nullptr)' && text.skip('E')) return type;
  let value = text.skip('n') ? '-' : '';
  while (!text.skip('E')) value += text.next();
  return {is: 'literal', type, value};
}

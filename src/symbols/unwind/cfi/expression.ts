/** DWARF expressions as `.eh_frame` has them: of entries of `.plt`, of signal frames, of functions that align their stack. DWARF 5, 2.5. */
import type {DwarfReader} from './reader.ts';

/** A longer one, or one that jumps about for longer, is none. */
const MOST_STEPS = 1000;
const MOST_VALUES = 64;

const Op = {
  Address: 0x03, Deref: 0x06, Const1u: 0x08, Const1s: 0x09, Const2u: 0x0a, Const2s: 0x0b, Const4u: 0x0c, Const4s: 0x0d, Const8u: 0x0e, Const8s: 0x0f,
  ConstU: 0x10, ConstS: 0x11, Dup: 0x12, Drop: 0x13, Over: 0x14, Pick: 0x15, Swap: 0x16, Rot: 0x17, Abs: 0x19, And: 0x1a, Div: 0x1b, Minus: 0x1c,
  Mod: 0x1d, Mul: 0x1e, Neg: 0x1f, Not: 0x20, Or: 0x21, Plus: 0x22, PlusConst: 0x23, Shl: 0x24, Shr: 0x25, Shra: 0x26, Xor: 0x27, Branch: 0x28,
  Eq: 0x29, Ge: 0x2a, Gt: 0x2b, Le: 0x2c, Lt: 0x2d, Ne: 0x2e, Skip: 0x2f, Literal: 0x30, RegisterPlus: 0x70, RegisterXPlus: 0x92, DerefSize: 0x94, Nop: 0x96,
} as const;
const REGISTERS = 32;
const LITERALS = 32;

/** What an expression may look at; NaN: not known. */
export interface ExpressionInput {
  register(number: number): number;
  word(address: number): number;
}

/** The value of the expression that `reader` holds, with `first` on its stack (null: nothing); NaN where it cannot be known. */
export function expressionValue(reader: DwarfReader, first: number | null, input: ExpressionInput): number {
  const stack: bigint[] = [];
  if (first !== null) stack.push(BigInt(Math.trunc(first)));
  for (let step = 0; !reader.isAtEnd; step++) {
    if (step === MOST_STEPS || stack.length > MOST_VALUES || !evaluate(reader, stack, input)) return Number.NaN;
  }
  const value = stack.pop();
  return value === undefined ? Number.NaN : Number(BigInt.asUintN(64, value));
}

/** Does one operation; false where it cannot be done. */
function evaluate(reader: DwarfReader, stack: bigint[], input: ExpressionInput): boolean {
  const op = reader.u8();
  if (op >= Op.Literal && op < Op.Literal + LITERALS) return push(stack, op - Op.Literal);
  if (op >= Op.RegisterPlus && op < Op.RegisterPlus + REGISTERS) return push(stack, input.register(op - Op.RegisterPlus) + reader.sleb());
  switch (op) {
    case Op.Address:
    case Op.Const8u: return push(stack, Number(reader.u64()));
    case Op.Const8s: return push(stack, Number(reader.i64()));
    case Op.Const1u: return push(stack, reader.u8());
    case Op.Const1s: return push(stack, reader.i8());
    case Op.Const2u: return push(stack, reader.u16());
    case Op.Const2s: return push(stack, reader.i16());
    case Op.Const4u: return push(stack, reader.u32());
    case Op.Const4s: return push(stack, reader.i32());
    case Op.ConstU: return push(stack, reader.uleb());
    case Op.ConstS: return push(stack, reader.sleb());
    case Op.RegisterXPlus: return push(stack, input.register(reader.uleb()) + reader.sleb());
    case Op.Nop: return true;
    case Op.Skip:
      reader.at += reader.i16();
      return reader.at >= 0;
    case Op.Pick: return pick(stack, reader.u8());
    case Op.DerefSize: return reader.u8() === 8 && top(stack, (address) => input.word(Number(address)));
    case Op.PlusConst: {
      const more = reader.uleb();
      return top(stack, (value) => value + BigInt(more));
    }
    case Op.Branch: {
      const distance = reader.i16();
      const condition = stack.pop();
      if (condition !== undefined && condition !== 0n) reader.at += distance;
      return condition !== undefined && reader.at >= 0;
    }
    default: return onStack(op, stack, input);
  }
}

/** Operations without operands of their own. */
function onStack(op: number, stack: bigint[], input: ExpressionInput): boolean {
  switch (op) {
    case Op.Dup: return pick(stack, 0);
    case Op.Over: return pick(stack, 1);
    case Op.Drop: return stack.pop() !== undefined;
    case Op.Swap: return stack.length >= 2 && stack.push(...stack.splice(-2).reverse()) > 0;
    case Op.Rot: return stack.length >= 3 && stack.splice(-3, 0, stack[stack.length - 1]).length === 0 && stack.pop() !== undefined;
    case Op.Deref: return top(stack, (address) => input.word(Number(address)));
    case Op.Abs: return top(stack, (value) => (signed(value) < 0n ? -signed(value) : value));
    case Op.Neg: return top(stack, (value) => -value);
    case Op.Not: return top(stack, (value) => ~value);
    default: return ofTwo(op, stack);
  }
}

function ofTwo(op: number, stack: bigint[]): boolean {
  const b = stack.pop();
  const a = stack.pop();
  if (a === undefined || b === undefined) return false;
  switch (op) {
    case Op.And: return push(stack, a & b);
    case Op.Or: return push(stack, a | b);
    case Op.Xor: return push(stack, a ^ b);
    case Op.Plus: return push(stack, a + b);
    case Op.Minus: return push(stack, a - b);
    case Op.Mul: return push(stack, a * b);
    case Op.Div: return b !== 0n && push(stack, signed(a) / signed(b));
    case Op.Mod: return b !== 0n && push(stack, a % b);
    case Op.Shl: return push(stack, b < 64n ? a << b : 0n);
    case Op.Shr: return push(stack, b < 64n ? a >> b : 0n);
    case Op.Shra: return push(stack, signed(a) >> (b < 64n ? b : 63n));
    case Op.Eq: return push(stack, a === b ? 1 : 0);
    case Op.Ne: return push(stack, a === b ? 0 : 1);
    case Op.Ge: return push(stack, signed(a) >= signed(b) ? 1 : 0);
    case Op.Gt: return push(stack, signed(a) > signed(b) ? 1 : 0);
    case Op.Le: return push(stack, signed(a) <= signed(b) ? 1 : 0);
    case Op.Lt: return push(stack, signed(a) < signed(b) ? 1 : 0);
    default: return false;
  }
}

/** Puts a value on the stack; false: it is not known. */
function push(stack: bigint[], value: number | bigint): boolean {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return false;
    stack.push(BigInt.asUintN(64, BigInt(Math.trunc(value))));
  } else stack.push(BigInt.asUintN(64, value));
  return true;
}

function pick(stack: bigint[], depth: number): boolean {
  const value = stack.at(-1 - depth);
  return value !== undefined && push(stack, value);
}

function top(stack: bigint[], change: (value: bigint) => number | bigint): boolean {
  const value = stack.pop();
  return value !== undefined && push(stack, change(value));
}

function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

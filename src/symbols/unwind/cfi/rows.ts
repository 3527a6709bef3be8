/**
 * The instructions of `.eh_frame` -> how a frame's caller is found at one address: what the canonical frame address (CFA, the caller's stack
 * pointer) is computed from, and where each register of the caller is.
 *
 * Source: DWARF 5, 6.4.2 (call frame instructions); 0x2d of arm64 and SPARC, 0x2e and 0x2f of GNU.
 */
import type {FrameEntries, FunctionEntry} from './entries.ts';
import type {DwarfReader} from './reader.ts';

/** Some bytes of the region that are an expression. */
export interface ExpressionPlace {
  readonly from: number;
  readonly to: number;
}

/** Where a register of the caller is: at CFA + `offset`, is CFA + `offset`, in another register, or where or what an expression says. */
export type Rule =
  | {readonly is: 'unknown'}
  | {readonly is: 'kept'}
  | {readonly is: 'at' | 'value'; readonly offset: number}
  | {readonly is: 'in'; readonly register: number}
  | {readonly is: 'at-expression' | 'expression'; readonly expression: ExpressionPlace};

/** The CFA: a register and an offset, or an expression. */
export type FrameAddress = {readonly register: number; readonly offset: number} | ExpressionPlace;

/** What holds at one address of a function. */
export interface FrameRow {
  readonly frameAddress: FrameAddress;
  readonly rules: ReadonlyMap<number, Rule>;
  readonly returnRegister: number;
  readonly isSignal: boolean;
}

const Op = {
  Nop: 0x00, SetLoc: 0x01, Advance1: 0x02, Advance2: 0x03, Advance4: 0x04, OffsetExtended: 0x05, RestoreExtended: 0x06, Undefined: 0x07,
  SameValue: 0x08, Register: 0x09, RememberState: 0x0a, RestoreState: 0x0b, DefCfa: 0x0c, DefCfaRegister: 0x0d, DefCfaOffset: 0x0e,
  DefCfaExpression: 0x0f, Expression: 0x10, OffsetExtendedSigned: 0x11, DefCfaSigned: 0x12, DefCfaOffsetSigned: 0x13, ValOffset: 0x14,
  ValOffsetSigned: 0x15, ValExpression: 0x16, NegateSignature: 0x2d, ArgumentsSize: 0x2e, NegativeOffset: 0x2f,
} as const;
/** Instructions with their first operand in their low six bits. */
const Short = {Advance: 1, Offset: 2, Restore: 3} as const;
/** States that are remembered, one within another, at most. */
const MOST_REMEMBERED = 64;

interface State {
  frameAddress: FrameAddress | null;
  rules: Map<number, Rule>;
}

/** The row of `address`, which lies in the function; null: its instructions are not sound. */
export function frameRow(entries: FrameEntries, of: FunctionEntry, address: number): FrameRow | null {
  const {common} = of;
  const program = new Program(of, address);
  if (!program.run(entries.reader(common.from, common.to))) return null;
  program.initial = new Map(program.state.rules);
  if (!program.run(entries.reader(of.from, of.to))) return null;
  const {frameAddress, rules} = program.state;
  return frameAddress && {frameAddress, rules, returnRegister: common.returnRegister, isSignal: common.isSignal};
}

class Program {
  state: State = {frameAddress: null, rules: new Map()};
  /** What the common instructions said, to which rules can be restored. */
  initial: ReadonlyMap<number, Rule> = new Map();
  readonly #of: FunctionEntry;
  readonly #address: number;
  readonly #remembered: State[] = [];
  #at: number;

  constructor(of: FunctionEntry, address: number) {
    this.#of = of;
    this.#address = address;
    this.#at = of.start;
  }

  /** Runs to the address, or the end; false: an instruction that is not known. */
  run(reader: DwarfReader): boolean {
    while (!reader.isAtEnd) {
      if (!this.#step(reader)) return false;
      if (this.#at > this.#address) break;
    }
    return true;
  }

  #step(reader: DwarfReader): boolean {
    const {codeFactor, dataFactor, pointerEncoding} = this.#of.common;
    const op = reader.u8();
    const low = op & 0x3f;
    if (op >> 6 === Short.Advance) return this.#advance(low * codeFactor);
    if (op >> 6 === Short.Offset) return this.#rule(low, {is: 'at', offset: reader.uleb() * dataFactor});
    if (op >> 6 === Short.Restore) return this.#restore(low);
    switch (op) {
      case Op.Nop:
      // The signature of a return address is taken off wherever one is read.
      case Op.NegateSignature: return true;
      case Op.SetLoc: return this.#advance(reader.pointer(pointerEncoding) - this.#at);
      case Op.Advance1: return this.#advance(reader.u8() * codeFactor);
      case Op.Advance2: return this.#advance(reader.u16() * codeFactor);
      case Op.Advance4: return this.#advance(reader.u32() * codeFactor);
      case Op.OffsetExtended: return this.#rule(reader.uleb(), {is: 'at', offset: reader.uleb() * dataFactor});
      case Op.OffsetExtendedSigned: return this.#rule(reader.uleb(), {is: 'at', offset: reader.sleb() * dataFactor});
      case Op.NegativeOffset: return this.#rule(reader.uleb(), {is: 'at', offset: -reader.uleb() * dataFactor});
      case Op.ValOffset: return this.#rule(reader.uleb(), {is: 'value', offset: reader.uleb() * dataFactor});
      case Op.ValOffsetSigned: return this.#rule(reader.uleb(), {is: 'value', offset: reader.sleb() * dataFactor});
      case Op.RestoreExtended: return this.#restore(reader.uleb());
      case Op.Undefined: return this.#rule(reader.uleb(), {is: 'unknown'});
      case Op.SameValue: return this.#rule(reader.uleb(), {is: 'kept'});
      case Op.Register: return this.#rule(reader.uleb(), {is: 'in', register: reader.uleb()});
      case Op.Expression: return this.#rule(reader.uleb(), {is: 'at-expression', expression: expressionAt(reader)});
      case Op.ValExpression: return this.#rule(reader.uleb(), {is: 'expression', expression: expressionAt(reader)});
      case Op.DefCfa: return this.#frameAddress({register: reader.uleb(), offset: reader.uleb()});
      case Op.DefCfaSigned: return this.#frameAddress({register: reader.uleb(), offset: reader.sleb() * dataFactor});
      case Op.DefCfaExpression: return this.#frameAddress(expressionAt(reader));
      case Op.DefCfaRegister: return this.#frameAddress({...this.#base(), register: reader.uleb()});
      case Op.DefCfaOffset: return this.#frameAddress({...this.#base(), offset: reader.uleb()});
      case Op.DefCfaOffsetSigned: return this.#frameAddress({...this.#base(), offset: reader.sleb() * dataFactor});
      case Op.RememberState: return this.#remember();
      case Op.RestoreState: return this.#recall();
      case Op.ArgumentsSize:
        reader.uleb();
        return true;
      default: return false;
    }
  }

  #advance(bytes: number): boolean {
    this.#at += bytes;
    return bytes >= 0;
  }

  #rule(register: number, rule: Rule): boolean {
    this.state.rules.set(register, rule);
    return true;
  }

  #restore(register: number): boolean {
    const rule = this.initial.get(register);
    if (rule) this.state.rules.set(register, rule);
    else this.state.rules.delete(register);
    return true;
  }

  #frameAddress(frameAddress: FrameAddress): boolean {
    this.state.frameAddress = frameAddress;
    return true;
  }

  /** The register and offset so far, of which one instruction changes one. */
  #base(): {register: number; offset: number} {
    const {frameAddress} = this.state;
    return frameAddress && 'register' in frameAddress ? frameAddress : {register: -1, offset: 0};
  }

  #remember(): boolean {
    this.#remembered.push({frameAddress: this.state.frameAddress, rules: new Map(this.state.rules)});
    return this.#remembered.length <= MOST_REMEMBERED;
  }

  #recall(): boolean {
    const state = this.#remembered.pop();
    if (state) this.state = state;
    return state !== undefined;
  }
}

function expressionAt(reader: DwarfReader): ExpressionPlace {
  const sizeBytes = reader.uleb();
  const from = reader.at;
  reader.at = from + sizeBytes;
  return {from, to: reader.at};
}

/** Frames of C and C++: from one to its caller, by what `.eh_frame` says of the address where it stands. */
import {StackEnd} from '../../../model/tables.ts';
import type {Symbols} from '../../shape.ts';
import type {Frame} from '../machine.ts';
import {cannotStep, type Step} from '../step.ts';
import type {StackMemory} from '../stack-memory.ts';
import {FrameEntries} from './entries.ts';
import {expressionValue} from './expression.ts';
import {frameRow, type ExpressionPlace, type FrameRow, type Rule} from './rows.ts';

/** Rows that are kept; beyond it all are worked out anew. */
const MOST_ROWS = 1 << 17;

export class CallFrames {
  readonly #entries: FrameEntries;
  readonly #rows = new Map<number, FrameRow | null>();

  /** Null: the file has no `.eh_frame`. */
  static of(symbols: Symbols): CallFrames | null {
    return symbols.ehFrame && symbols.pointerBytes === 8 ? new CallFrames(new FrameEntries(symbols.ehFrame, symbols)) : null;
  }

  private constructor(entries: FrameEntries) {
    this.#entries = entries;
  }

  /** Goes to the caller of `frame`, which stands at `own` of the file. */
  step(frame: Frame, own: number, memory: StackMemory): Step {
    const row = this.#row(own);
    if (!row) return cannotStep;
    const isRoot = row.rules.get(row.returnRegister)?.is === 'unknown';
    if (isRoot) return StackEnd.Root;
    const before = frame.registers.slice();
    const input = {register: (number: number) => before[number] ?? Number.NaN, word: (address: number) => memory.word(address)};
    let isBehind = false;
    const read = (address: number) => {
      isBehind ||= memory.endsBefore(address);
      return memory.word(address);
    };
    const evaluated = ({from, to}: ExpressionPlace, first: number | null) => expressionValue(this.#entries.reader(from, to), first, input);
    const {frameAddress} = row;
    const cfa = 'register' in frameAddress ? input.register(frameAddress.register) + frameAddress.offset : evaluated(frameAddress, null);
    if (!Number.isFinite(cfa)) return cannotStep;

    const returnRule = row.rules.get(row.returnRegister);
    const isInLink = row.returnRegister === frame.numbers.link;
    // Where nothing is said of it, it is still in its register; but only until something is called.
    if ((returnRule === undefined || returnRule.is === 'kept') && !(isInLink && frame.hasLink)) return cannotStep;
    const address = valueOf(row.returnRegister, returnRule);
    if (Number.isNaN(address)) return isBehind ? StackEnd.EndOfDump : cannotStep;
    if (address === 0) return StackEnd.Root;
    for (const [register, rule] of row.rules) if (register < before.length) frame.registers[register] = valueOf(register, rule);
    const {stackPointer} = frame.numbers;
    const next = row.rules.has(stackPointer) ? frame.registers[stackPointer] : cfa;
    if (row.isSignal) {
      frame.enter(address, next);
      frame.isExact = true;
      frame.hasLink = true;
      return memory.has(next) ? null : StackEnd.Switch;
    }
    const isAbove = frame.hasLink && isInLink ? next >= frame.floor : next > frame.floor;
    if (!isAbove) return StackEnd.Lost;
    frame.enter(address, next);
    return null;

    function valueOf(register: number, rule: Rule | undefined): number {
      switch (rule?.is) {
        case undefined:
        case 'kept': return input.register(register);
        case 'unknown': return Number.NaN;
        case 'at': return read(cfa + rule.offset);
        case 'value': return cfa + rule.offset;
        case 'in': return input.register(rule.register);
        case 'at-expression': return read(evaluated(rule.expression, cfa));
        case 'expression': return evaluated(rule.expression, cfa);
      }
    }
  }

  #row(own: number): FrameRow | null {
    let row = this.#rows.get(own);
    if (row === undefined) {
      if (this.#rows.size === MOST_ROWS) this.#rows.clear();
      const entry = this.#entries.at(own);
      this.#rows.set(own, (row = entry && frameRow(this.#entries, entry, own)));
    }
    return row;
  }
}

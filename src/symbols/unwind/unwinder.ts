/**
 * Registers and a copied stack -> the chain of callers. Of each frame the binary that it stands in tells the way to its caller: Go's function
 * table first, then `.eh_frame`; where neither does, the frame pointer. It stops where the chain goes on on another stack, where the copy
 * ends, and where no way is known: what it gives is right as far as it goes.
 */
import {StackEnd} from '../../model/tables.ts';
import type {SymbolFile} from '../resolve/match.ts';
import {Binaries, canReturnTo} from './binaries.ts';
import {stepByFramePointer} from './frame-pointers.ts';
import {Frame} from './machine.ts';
import type {CodeMap, MappedCode, StackDump, Unwinder, UnwoundStack, UserRegisters} from './shape.ts';
import {StackMemory} from './stack-memory.ts';
import {cannotStep, type Step} from './step.ts';

/** More frames than a copied stack can hold. */
const MOST_FRAMES = 1 << 14;

/** An unwinder that knows these binaries; with none it follows frame pointers. Keep it: it remembers what it worked out. */
export function unwinder(files: readonly SymbolFile[]): Unwinder {
  const binaries = new Binaries(files);
  return {unwind: (registers, dump, code) => unwound(binaries, registers, dump, code)};
}

function unwound(binaries: Binaries, registers: UserRegisters, dump: StackDump, code: CodeMap): UnwoundStack {
  const frame = new Frame(registers);
  const memory = new StackMemory(dump);
  const mappings = new Mappings(code);
  const addresses = [frame.address];
  while (addresses.length < MOST_FRAMES) {
    const end = step(binaries, frame, memory, mappings);
    if (end === cannotStep) return {addresses, end: StackEnd.Lost};
    const {address} = frame;
    if (end !== null && address === addresses[addresses.length - 1]) return {addresses, end};
    // A caller stands in code, or the way to it was wrong.
    if (!mappings.at(frame.lookup)) return {addresses, end: StackEnd.Lost};
    addresses.push(address);
    if (end !== null) return {addresses, end};
  }
  return {addresses, end: StackEnd.DepthLimit};
}

function step(binaries: Binaries, frame: Frame, memory: StackMemory, mappings: Mappings): Step {
  const {lookup} = frame;
  const mapped = mappings.at(lookup);
  const binary = mapped && binaries.of(mapped);
  if (binary) {
    const own = lookup - binary.moved;
    const byGo = binary.go ? binary.go.step(frame, own, binary.moved, memory) : cannotStep;
    if (byGo !== cannotStep) return byGo;
    const byCallFrames = binary.callFrames ? binary.callFrames.step(frame, own, memory) : cannotStep;
    if (byCallFrames !== cannotStep) return byCallFrames;
  }
  const atZero = binary && !binary.go ? StackEnd.Root : StackEnd.Unknown;
  return stepByFramePointer(frame, memory, atZero, (address) => {
    const caller = mappings.at(address - 1);
    const of = caller && binaries.of(caller);
    return caller !== null && (of === null || canReturnTo(of, address));
  });
}

/** The mappings that a chain goes through, few as they are, so that each is asked for once. */
class Mappings {
  readonly #code: CodeMap;
  readonly #found: MappedCode[] = [];

  constructor(code: CodeMap) {
    this.#code = code;
  }

  at(address: number): MappedCode | null {
    for (const mapped of this.#found) if (address >= mapped.start && address < mapped.end) return mapped;
    const found = this.#code.at(address);
    if (found) this.#found.push(found);
    return found;
  }
}

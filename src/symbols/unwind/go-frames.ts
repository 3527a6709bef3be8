/**
 * Frames of Go: from one to its caller, by the size that the function table has for the frame at each program counter. No DWARF is needed, nor
 * frame pointers; stripped binaries have it too.
 *
 *   amd64                                  arm64
 *   caller's frame …                       caller's frame …
 *   return address    at SP + size         ── caller's SP = SP + size
 *   caller's BP       below it             locals
 *   locals                                 return address   at SP
 *   ── SP                                  caller's FP      below it
 *
 * The way is that of the runtime's own unwinder: runtime/traceback.go of Go 1.19 … 1.27 (resolveInternal, next).
 */
import {StackEnd} from '../../model/tables.ts';
import {isReturnSite} from '../elf/return-sites.ts';
import {FuncFlag, GoFunctions, type GoFunction} from '../go/functions.ts';
import type {Symbols} from '../shape.ts';
import {codeAddress, type Frame} from './machine.ts';
import {contextOfHandler, enterInterrupted} from './signal-context.ts';
import type {StackMemory} from './stack-memory.ts';
import {cannotStep, type Step} from './step.ts';

const WORD = 8;
/** Addresses that are kept; beyond it all are looked up anew. */
const MOST_PLACES = 1 << 17;

/** Nothing calls these: binaries before Go 1.17 do not say so themselves. */
const ROOTS: ReadonlySet<string> = new Set(['runtime.goexit', 'runtime.mstart', 'runtime.rt0_go']);
/** These go over to another stack, or were come to from one. */
const SWITCHES: ReadonlySet<string> = new Set([
  'gogo', 'runtime.gogo', 'runtime.systemstack', 'runtime.mcall', 'runtime.morestack', 'runtime.asmcgocall', 'runtime.switchToCrashStack0',
  'runtime.nanotime1', 'runtime.walltime1', 'runtime.walltime', 'time.now', 'runtime.clone',
]);
/** The kernel calls it when a signal comes, on a stack of its own; and what it returns to, for the kernel to go on where the signal came. */
const SIGNAL_HANDLER = 'runtime.sigtramp';
const SIGNAL_RETURNS: ReadonlySet<string> = new Set(['runtime.sigreturn', 'runtime.sigreturn__sigaction']);
/**
 * It writes the stack pointer, but sees to it that both stacks have a frame of it that can be unwound. On that of the goroutine it returns to where
 * the runtime left that for C, which is no call: `systemstack_switch`.
 */
const CALLBACK = 'runtime.cgocallback';
/** The runtime puts these above code that did not call them: what they return to is where that stood. */
const INJECTED: ReadonlySet<string> = new Set(['runtime.asyncPreempt', 'runtime.sigpanic', 'runtime.debugCallV1', 'runtime.debugCallV2']);
const MORE_STACK: ReadonlySet<string> = new Set(['runtime.morestack', 'runtime.morestack_noctxt']);
/** On arm64 a function that has to grow hands morestack the link register that it got itself, in this one. */
const ARM64_CALLERS_LINK = 3;

interface GoPlace {
  readonly entry: number;
  readonly stackBytes: number;
  readonly is: 'root' | 'switch' | 'signal' | 'signal-return' | 'morestack' | 'callback' | 'injected' | 'plain';
}

export class GoFrames {
  readonly #functions: GoFunctions;
  readonly #symbols: Symbols;
  readonly #places = new Map<number, GoPlace | null>();

  /** Null: not Go's, or of a machine whose frames are not known. */
  static of(symbols: Symbols): GoFrames | null {
    return symbols.go && (symbols.machine === 'x86-64' || symbols.machine === 'arm64') ? new GoFrames(symbols, new GoFunctions(symbols.go)) : null;
  }

  private constructor(symbols: Symbols, functions: GoFunctions) {
    this.#symbols = symbols;
    this.#functions = functions;
  }

  /**
   * Goes to the caller of `frame`, which stands at `own` of the file. `moved`: how far above its own addresses the file lies in memory.
   */
  step(frame: Frame, own: number, moved: number, memory: StackMemory): Step {
    const place = this.#place(own);
    if (!place) return cannotStep;
    if (place.is === 'root') return StackEnd.Root;
    if (place.is === 'signal' || place.is === 'signal-return') return throughSignal(frame, place, memory);
    if (place.is === 'switch' && !(frame.isExact && own === place.entry)) return StackEnd.Switch;
    // Up to where it leaves the stack of the function that has to grow, that function's address lies on top.
    if (place.is === 'morestack' && !(frame.isExact && this.#isBeforeFrame(returnAddress(frame, place, memory) - moved))) return StackEnd.Switch;
    if (Number.isNaN(place.stackBytes)) return cannotStep;
    return frame.machine === 'arm64' ? this.#stepArm64(frame, place, moved, memory) : this.#stepAmd64(frame, place, moved, memory);
  }

  #stepAmd64(frame: Frame, place: GoPlace, moved: number, memory: StackMemory): Step {
    const at = frame.stackPointer + place.stackBytes;
    const address = memory.word(at);
    if (Number.isNaN(address)) return memory.endsBefore(at) ? StackEnd.EndOfDump : cannotStep;
    if (!this.#canReturnTo(address - moved, place)) return cannotStep;
    if (frame.framePointer === at - WORD && place.stackBytes >= WORD) frame.framePointer = memory.word(at - WORD);
    frame.enter(address, at + WORD);
    frame.isExact = place.is === 'injected' || place.is === 'callback';
    return null;
  }

  #stepArm64(frame: Frame, place: GoPlace, moved: number, memory: StackMemory): Step {
    // Frame pointers were followed to here: they stand a word below the stack pointer.
    const stackPointer = Number.isNaN(frame.stackPointer) ? frame.framePointer + WORD : frame.stackPointer;
    const isInLink = frame.hasLink && place.stackBytes === 0;
    const address = codeAddress(frame.machine, isInLink ? frame.registers[frame.numbers.link] : memory.word(stackPointer));
    if (Number.isNaN(address)) return !isInLink && memory.endsBefore(stackPointer) ? StackEnd.EndOfDump : cannotStep;
    if (!this.#canReturnTo(address - moved, place)) return cannotStep;
    let next = stackPointer + place.stackBytes;
    if (!isInLink && !(next > frame.floor)) return StackEnd.Lost;
    if (place.stackBytes > 0) frame.framePointer = memory.has(stackPointer - WORD) ? memory.word(stackPointer - WORD) : next - WORD;
    if (place.is !== 'injected') {
      frame.enter(address, next);
      frame.isExact = place.is === 'callback';
      frame.hasLink = place.is === 'morestack';
      if (frame.hasLink) frame.registers[frame.numbers.link] = frame.registers[ARM64_CALLERS_LINK];
      return null;
    }
    // The signal handler saved the link register, as it was, before it faked a call.
    const link = memory.word(next);
    next += 2 * WORD;
    frame.enter(address, next);
    frame.registers[frame.numbers.link] = link;
    frame.isExact = true;
    frame.hasLink = true;
    return null;
  }

  /** Whether code of this file, `own`, can have been left by a call; of other files that is not known. */
  #canReturnTo(own: number, from: GoPlace): boolean {
    if (from.is === 'injected' || from.is === 'callback' || !this.#functions.functionAt(own)) return true;
    // A goroutine begins as if `goexit` had called it.
    return isReturnSite(this.#symbols.returnSites, own) || this.#place(own - 1)?.is === 'root' || this.#symbols.returnSites.length === 0;
  }

  /** Whether `own` is where a call returns to that was made before the frame was there, as only that of morestack is. */
  #isBeforeFrame(own: number): boolean {
    return this.#place(own - 1)?.stackBytes === 0 && isReturnSite(this.#symbols.returnSites, own);
  }

  #place(own: number): GoPlace | null {
    let place = this.#places.get(own);
    if (place === undefined) {
      if (this.#places.size === MOST_PLACES) this.#places.clear();
      this.#places.set(own, (place = this.#lookUp(own)));
    }
    return place;
  }

  #lookUp(own: number): GoPlace | null {
    const functions = this.#functions;
    const of = functions.functionAt(own);
    if (!of) return null;
    return {entry: of.entry, stackBytes: functions.stackBytesAt(own), is: kindOf(of, functions.name(of.nameOffset))};
  }
}

function kindOf({flags}: GoFunction, name: string): GoPlace['is'] {
  if (MORE_STACK.has(name)) return 'morestack';
  if (SWITCHES.has(name)) return 'switch';
  if (name === SIGNAL_HANDLER) return 'signal';
  if (SIGNAL_RETURNS.has(name)) return 'signal-return';
  if (ROOTS.has(name) || (flags & FuncFlag.TopFrame) !== 0) return 'root';
  if (INJECTED.has(name)) return 'injected';
  if (name === CALLBACK) return 'callback';
  return (flags & FuncFlag.SpWrite) !== 0 ? 'switch' : 'plain';
}

/** The code that the signal interrupted is on another stack, of which only what was copied by chance is there. */
function throughSignal(frame: Frame, {is, stackBytes}: GoPlace, memory: StackMemory): Step {
  const at = frame.stackPointer + stackBytes;
  if (!enterInterrupted(frame, is === 'signal' ? contextOfHandler(frame.machine, at) : at, memory)) return StackEnd.Switch;
  return memory.has(frame.stackPointer) ? null : StackEnd.Switch;
}

/** What lies where the return address of a frame is. */
function returnAddress(frame: Frame, {stackBytes}: GoPlace, memory: StackMemory): number {
  return frame.machine === 'arm64' && frame.hasLink ? frame.registers[frame.numbers.link] : memory.word(frame.stackPointer + stackBytes);
}

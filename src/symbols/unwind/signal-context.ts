/**
 * What the kernel leaves on the stack of a signal handler: the registers of the code that the signal interrupted (`ucontext`). Go's handlers run on
 * a stack of their own, so the chain goes on where the signal came, on another stack.
 *
 *   x86-64: return address │ ucontext │ siginfo …        arm64: siginfo │ ucontext …
 *
 * arch/x86/include/asm/sigframe.h, arch/arm64/kernel/signal.c of Linux 6.1.
 */
import {codeAddress, type Frame} from './machine.ts';
import type {UnwindMachine} from './shape.ts';
import type {StackMemory} from './stack-memory.ts';

const WORD = 8;
/** In a ucontext: where the stack of the handler begins, and its size. */
const STACK_START = 16;
const STACK_BYTES = 32;

interface ContextLayout {
  /** From where the handler's caller has its stack pointer to the ucontext. */
  readonly fromCaller: number;
  /** Where the registers stand in the ucontext, and the number of each, in order. */
  readonly registers: number;
  readonly numbers: readonly number[];
  readonly instructionPointer: number;
}

const LAYOUTS: Readonly<Record<UnwindMachine, ContextLayout>> = {
  // r8 … r15, di, si, bp, bx, dx, ax, cx, sp.
  'x86-64': {fromCaller: WORD, registers: 40, numbers: [8, 9, 10, 11, 12, 13, 14, 15, 5, 4, 6, 3, 1, 0, 2, 7], instructionPointer: 168},
  arm64: {fromCaller: 128, registers: 184, numbers: Array.from({length: 32}, (_, i) => i), instructionPointer: 440},
};

/** Where the ucontext lies, of a handler above whose frame `at` is: its return address on x86-64, nothing on arm64. */
export function contextOfHandler(machine: UnwindMachine, at: number): number {
  return at + LAYOUTS[machine].fromCaller;
}

/** Goes to where the signal came. False, and the frame is as it was: no ucontext of this stack lies at `context`, or not all that is needed of it. */
export function enterInterrupted(frame: Frame, context: number, memory: StackMemory): boolean {
  const {registers, numbers, instructionPointer} = LAYOUTS[frame.machine];
  const address = codeAddress(frame.machine, memory.word(context + instructionPointer));
  const stackStart = memory.word(context + STACK_START);
  const isOnIt = context >= stackStart && context < stackStart + memory.word(context + STACK_BYTES);
  const stackPointer = memory.word(context + registers + WORD * numbers.indexOf(frame.numbers.stackPointer));
  if (!isOnIt || Number.isNaN(address) || Number.isNaN(stackPointer)) return false;
  numbers.forEach((number, i) => (frame.registers[number] = memory.word(context + registers + WORD * i)));
  frame.enter(address, stackPointer);
  frame.isExact = true;
  frame.hasLink = true;
  return true;
}

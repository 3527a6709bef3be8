/**
 * The user's registers of samples: which of those that were recorded is the stack pointer, the instruction pointer, and the one that holds Go's
 * `g`. A mask says which were recorded; they stand in the order of its bits.
 * Numbers: arch/x86/include/uapi/asm/perf_regs.h and arch/arm64/include/uapi/asm/perf_regs.h of Linux 6.1.
 */
import type {UnwindMachine} from '../../symbols/unwind/shape.ts';

const NUMBERS: Readonly<Record<UnwindMachine, {readonly stackPointer: number; readonly instructionPointer: number; readonly g: number}>> = {
  'x86-64': {stackPointer: 7, instructionPointer: 8, g: 22},
  arm64: {stackPointer: 31, instructionPointer: 32, g: 28},
};

/** Numbers of registers go up to 64. */
export const REGISTER_COUNT = 64;

/** The machine that a header names (`x86_64`, `aarch64`); null: another one, or not told. */
export function machineOf(arch: string | undefined): UnwindMachine | null {
  if (arch === 'x86_64') return 'x86-64';
  return arch === 'aarch64' || arch === 'arm64' ? 'arm64' : null;
}

/** Where registers stand in a sample, in bytes from the first; -1: not recorded. */
export interface RegisterPlaces {
  readonly stackPointer: number;
  readonly instructionPointer: number;
  readonly g: number;
}

export function registerPlaces(recorded: bigint, machine: UnwindMachine): RegisterPlaces {
  const place = (number: number) => (((recorded >> BigInt(number)) & 1n) === 0n ? -1 : 8 * recordedNumbers(recorded & ((1n << BigInt(number)) - 1n)).length);
  const {stackPointer, instructionPointer, g} = NUMBERS[machine];
  return {stackPointer: place(stackPointer), instructionPointer: place(instructionPointer), g: place(g)};
}

/** Numbers of the registers of a mask, in the order in which they stand. */
export function recordedNumbers(recorded: bigint): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < REGISTER_COUNT; number++) if ((recorded >> BigInt(number)) & 1n) numbers.push(number);
  return numbers;
}

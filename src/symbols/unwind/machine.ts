/**
 * Registers by the numbers that `.eh_frame` has for them, made of perf's: System V ABI for x86-64 (DWARF numbers of figure 3.36), DWARF for the
 * Arm 64-bit architecture (4.1).
 */
import type {UnwindMachine, UserRegisters} from './shape.ts';

/** What a machine calls its registers. */
export interface MachineRegisters {
  readonly count: number;
  readonly stackPointer: number;
  readonly framePointer: number;
  /** The register that holds the return address when a function begins; -1: it is on the stack. */
  readonly link: number;
  /** Number that stands for the instruction pointer; -1: none. */
  readonly instructionPointer: number;
  /** perf's number of each, -1: perf does not record it; and that of the instruction pointer. */
  readonly ofPerf: readonly number[];
  readonly perfInstructionPointer: number;
}

const ARM64_LINK = 30;

export const MACHINES: Readonly<Record<UnwindMachine, MachineRegisters>> = {
  'x86-64': {
    count: 17, stackPointer: 7, framePointer: 6, link: -1, instructionPointer: 16,
    ofPerf: [0, 3, 2, 1, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 8], perfInstructionPointer: 8,
  },
  arm64: {
    count: 32, stackPointer: 31, framePointer: 29, link: ARM64_LINK, instructionPointer: -1,
    ofPerf: Array.from({length: 32}, (_, i) => i), perfInstructionPointer: 32,
  },
};

/** On arm64 the upper bits of a return address may be a signature of it. */
const CODE_ADDRESSES = 2 ** 48;

/** A return address without its signature. */
export function codeAddress(machine: UnwindMachine, address: number): number {
  return machine === 'arm64' ? address % CODE_ADDRESSES : address;
}

/** One frame while a stack is unwound: where it stands, and the registers as they are there (NaN: not known). */
export class Frame {
  readonly machine: UnwindMachine;
  readonly numbers: MachineRegisters;
  readonly registers: Float64Array;
  address: number;
  /** The thread stood at `address`; else it is where a call returns to. */
  isExact = true;
  /** The link register is this frame's own: nothing was called since. */
  hasLink = true;
  /** The stack pointer is no less than this. */
  floor: number;

  constructor({machine, values, recorded}: UserRegisters) {
    this.machine = machine;
    this.numbers = MACHINES[machine];
    const known = (number: number) => (((recorded >> BigInt(number)) & 1n) === 1n ? Number(values[number]) : Number.NaN);
    this.registers = Float64Array.from(this.numbers.ofPerf, known);
    this.address = known(this.numbers.perfInstructionPointer);
    this.floor = this.stackPointer;
  }

  get stackPointer(): number {
    return this.registers[this.numbers.stackPointer];
  }

  get framePointer(): number {
    return this.registers[this.numbers.framePointer];
  }

  set framePointer(value: number) {
    this.registers[this.numbers.framePointer] = value;
  }

  /** The address to look up: of a caller, in its call. */
  get lookup(): number {
    return this.isExact ? this.address : this.address - 1;
  }

  /** Goes to the caller. */
  enter(address: number, stackPointer: number): void {
    this.address = codeAddress(this.machine, address);
    this.registers[this.numbers.stackPointer] = stackPointer;
    if (this.numbers.instructionPointer >= 0) this.registers[this.numbers.instructionPointer] = this.address;
    this.floor = stackPointer;
    this.isExact = false;
    this.hasLink = false;
  }
}

/**
 * What unwinding a copied stack needs and gives. A reader of captures has the registers and the lowest part of the stack of a sample; an
 * unwinder knows the binaries, and tells the callers. Addresses are Float64: those of programs lie far below 2^53.
 */
import {GrowableTable} from '../../base/columns/table.ts';
import type {StackEnd} from '../../model/tables.ts';
import {FUNCTIONS, type Symbols} from '../shape.ts';

/** Whose registers: their numbers and names are those of perf (arch/x86/include/uapi/asm/perf_regs.h, arch/arm64/…). */
export type UnwindMachine = 'x86-64' | 'arm64';

/** The registers of a sample, by perf's numbers; 0 where `recorded` lacks the bit. Filled anew for every sample: keep none. */
export interface UserRegisters {
  readonly machine: UnwindMachine;
  readonly values: BigUint64Array;
  readonly recorded: bigint;
}

/** The copied part of the stack: `bytes` lie at the address `start`, the stack pointer, and upward. A view that lives as long as the call. */
export interface StackDump {
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
}

/** A range of the process's memory that holds code. The same object as long as nothing of it changes. */
export interface MappedCode {
  readonly start: number;
  /** The first address behind it. */
  readonly end: number;
  /** Object file as the Trace's frames name it. */
  readonly dso: string;
  /** As the capture recorded it, in lower hexadecimal; null when it did not. */
  readonly buildId: string | null;
  /** Where in the file `start` lies; null for what is no file (vdso, code made at run time). */
  readonly fileOffset: number | null;
}

/** The mappings of the process at that moment; null where nothing is mapped. */
export interface CodeMap {
  at(address: number): MappedCode | null;
}

/** The user's chain, leaf first: where the thread stood, then return addresses, as they are in memory; and why it has no more. */
export interface UnwoundStack {
  readonly addresses: readonly number[];
  readonly end: StackEnd;
}

/** Whether a file of symbols knows the way through a stack; debug files, kallsyms and perf maps have names only. */
export function knowsFrames({go, ehFrame}: Symbols): boolean {
  return go !== null || ehFrame !== null;
}

const NO_FUNCTIONS = new GrowableTable(FUNCTIONS, 1).finish();

/** What of a binary an unwinder needs: all but its names. */
export function forUnwinding(symbols: Symbols): Symbols {
  return {...symbols, functions: NO_FUNCTIONS, nameBytes: new Uint8Array(0)};
}

export interface Unwinder {
  /** Never throws, whatever the dump holds. The first address is the instruction pointer of the registers. */
  unwind(registers: UserRegisters, dump: StackDump, code: CodeMap): UnwoundStack;
}

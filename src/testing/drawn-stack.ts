/** Registers, a copied stack and the mappings of a process, for tests of unwinding. */
import {MACHINES} from '../symbols/unwind/machine.ts';
import type {CodeMap, MappedCode, StackDump, UnwindMachine, UserRegisters} from '../symbols/unwind/shape.ts';
import {DRAWN_CODE} from './go-tables-wire.ts';

/** Where stacks of tests lie. */
export const STACK = 0xc000100000;

/** Registers by the names that tests use; `pc`, `sp`, `fp`, and on arm64 `lr`. */
export function drawnRegisters(machine: UnwindMachine, values: {readonly pc: number; readonly sp?: number; readonly fp?: number; readonly lr?: number | bigint; readonly others?: Readonly<Record<number, number>>}): UserRegisters {
  const {ofPerf, perfInstructionPointer, stackPointer, framePointer, link} = MACHINES[machine];
  const all = new BigUint64Array(64);
  all[perfInstructionPointer] = BigInt(values.pc);
  all[ofPerf[stackPointer]] = BigInt(values.sp ?? STACK);
  all[ofPerf[framePointer]] = BigInt(values.fp ?? 0);
  if (link >= 0) all[ofPerf[link]] = BigInt(values.lr ?? 0);
  for (const [register, value] of Object.entries(values.others ?? {})) all[ofPerf[Number(register)]] = BigInt(value);
  const recorded = [...ofPerf, perfInstructionPointer].reduce((mask, number) => mask | (1n << BigInt(number)), 0n);
  return {machine, values: all, recorded};
}

/** A stack of these words, from `STACK` upward; `sizeBytes` of it were copied. */
export function drawnDump(words: readonly (number | bigint)[], sizeBytes = words.length * 8): StackDump {
  const bytes = new Uint8Array(words.length * 8);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setBigUint64(i * 8, BigInt(word), true));
  return {start: STACK, bytes: bytes.subarray(0, sizeBytes), littleEndian: true};
}

/** The drawn binary `app` mapped where it says, or `moved` above; and what else is given. */
export function drawnCode(moved = 0, others: readonly MappedCode[] = []): CodeMap {
  const {address, fileOffset, sizeBytes} = DRAWN_CODE;
  const app: MappedCode = {start: address + moved, end: address + moved + sizeBytes, dso: '/srv/app', buildId: null, fileOffset};
  const all = [app, ...others];
  return {at: (at) => all.find(({start, end}) => at >= start && at < end) ?? null};
}

/** Go stacks by frame sizes: what is drawn is what is found, on both machines, at every instruction and however much was copied. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {StackEnd} from '../../model/tables.ts';
import {drawnCode, drawnDump, drawnRegisters, STACK} from '../../testing/drawn-stack.ts';
import {drawnBinary, type DrawnBinary} from '../../testing/go-tables-wire.ts';
import {FuncFlag} from '../go/functions.ts';
import type {CodeMap, StackDump, UnwoundStack, UserRegisters} from './shape.ts';
import {unwinder} from './unwinder.ts';

/** Functions of 256 bytes: no frame for 16, then one of 8 × (n + 2) bytes; calls return to 0x80 in each. */
const SIZE = 0x100;
const PROLOGUE = 0x10;
const RETURN = 0x80;
const START = 0x401000;
const startOf = (n: number) => START + n * SIZE;
const frameOf = (n: number) => 8 * (n + 2);
const COUNT = 12;
const GOEXIT = START + COUNT * SIZE;
const special = (i: number) => GOEXIT + SIZE * (i + 1);
const [SYSTEMSTACK, MORESTACK, PREEMPT, CALLBACK, SWITCHED, PLAIN_ASSEMBLY, HANDLER, SIGNAL_RETURN] = [0, 1, 2, 3, 4, 5, 6, 7].map(special);
const HANDLER_FRAME = 32;

const program = (machine: 'x86-64' | 'arm64'): DrawnBinary => ({
  machine,
  functions: [
    ...Array.from({length: COUNT}, (_, n) => ({name: `main.f${n}`, start: startOf(n), end: startOf(n + 1), frames: [[PROLOGUE, 0], [SIZE, frameOf(n)]] as const})),
    {name: 'runtime.goexit', start: GOEXIT, end: GOEXIT + SIZE, frames: [[SIZE, 0]], flags: FuncFlag.TopFrame | FuncFlag.Assembly},
    {name: 'runtime.systemstack', start: SYSTEMSTACK, end: SYSTEMSTACK + SIZE, frames: [[SIZE, 0]], flags: FuncFlag.SpWrite | FuncFlag.Assembly},
    {name: 'runtime.morestack', start: MORESTACK, end: MORESTACK + SIZE, frames: [[SIZE, 0]], flags: FuncFlag.SpWrite | FuncFlag.Assembly},
    {name: 'runtime.asyncPreempt', start: PREEMPT, end: PREEMPT + SIZE, frames: [[4, 0], [SIZE, 16]], flags: FuncFlag.Assembly},
    {name: 'runtime.cgocallback', start: CALLBACK, end: CALLBACK + SIZE, frames: [[SIZE, 24]], flags: FuncFlag.SpWrite | FuncFlag.Assembly},
    {name: 'runtime.systemstack_switch', start: SWITCHED, end: SWITCHED + SIZE, frames: [[SIZE, 0]], flags: FuncFlag.Assembly},
    {name: 'runtime.sigtramp', start: HANDLER, end: HANDLER + SIZE, frames: [[PROLOGUE, 0], [SIZE, HANDLER_FRAME]], flags: FuncFlag.TopFrame | FuncFlag.Assembly},
    {name: 'runtime.sigreturn__sigaction', start: SIGNAL_RETURN, end: SIGNAL_RETURN + SIZE, frames: [[SIZE, 0]], flags: FuncFlag.Assembly},
    {name: 'main.assembly', start: PLAIN_ASSEMBLY, end: PLAIN_ASSEMBLY + SIZE, flags: FuncFlag.Assembly},
  ],
  // The call of morestack stands before the frame is made.
  returns: [...Array.from({length: COUNT}, (_, n) => startOf(n) + RETURN), startOf(3) + 8, SYSTEMSTACK + RETURN, MORESTACK + RETURN, CALLBACK + RETURN, PLAIN_ASSEMBLY + RETURN, HANDLER + RETURN],
});
const amd64 = unwinder([{name: 'app', symbols: drawnBinary(program('x86-64'))}]);
const arm64 = unwinder([{name: 'app', symbols: drawnBinary(program('arm64'))}]);

/** Words of a frame of `bytes`, whose values are no addresses of code, and the return address, on amd64. */
const amd64Frame = (bytes: number, returns: number) => [...Array.from({length: bytes / 8}, () => 7), returns];

/** The stack of a goroutine on amd64 whose leaf stands `into` its function: functions by number, leaf first. */
function amd64Stack(functions: readonly number[], into: number): {registers: UserRegisters; words: number[]; chain: number[]} {
  const callers = [...functions.slice(1).map((n) => startOf(n) + RETURN), GOEXIT + 1];
  const words = functions.flatMap((n, i) => amd64Frame(i === 0 && into < PROLOGUE ? 0 : frameOf(n), callers[i]));
  const pc = startOf(functions[0]) + into;
  return {registers: drawnRegisters('x86-64', {pc}), words, chain: [pc, ...callers]};
}

/** The same on arm64: the return address at SP, in the link register until the frame is made. */
function arm64Stack(functions: readonly number[], into: number): {registers: UserRegisters; words: number[]; chain: number[]} {
  const callers = [...functions.slice(1).map((n) => startOf(n) + RETURN), GOEXIT + 4];
  const words = functions.flatMap((n, i) => {
    const bytes = i === 0 && into < PROLOGUE ? 0 : frameOf(n);
    return bytes === 0 ? [] : [callers[i], ...Array.from({length: bytes / 8 - 1}, () => 7)];
  });
  const pc = startOf(functions[0]) + into;
  return {registers: drawnRegisters('arm64', {pc, lr: callers[0]}), words: [...words, 7, 7], chain: [pc, ...callers]};
}

const chains = fc.array(fc.integer({min: 0, max: COUNT - 1}), {minLength: 1, maxLength: 40});
const into = fc.integer({min: 0, max: SIZE / 4 - 1}).map((n) => n * 4);

describe.each([['x86-64', amd64, amd64Stack], ['arm64', arm64, arm64Stack]] as const)('%s', (_machine, unwind, stackOf) => {
  const found = (registers: UserRegisters, dump: StackDump, code: CodeMap = drawnCode()): UnwoundStack => unwind.unwind(registers, dump, code);

  test('a chain is found to goexit from every instruction, without frame pointers', () => {
    fc.assert(fc.property(chains, into, (functions, at) => {
      const {registers, words, chain} = stackOf(functions, at);
      expect(found(registers, drawnDump(words))).toEqual({addresses: chain, end: StackEnd.Root});
    }));
  });

  test('of a stack that was copied in part, what is found is the beginning of the chain, and the copy is said to end', () => {
    fc.assert(fc.property(chains, into, fc.nat(), (functions, at, cut) => {
      const {registers, words, chain} = stackOf(functions, at);
      const sizeBytes = cut % (words.length * 8);
      const {addresses, end} = found(registers, drawnDump(words, sizeBytes));
      expect(addresses).toEqual(chain.slice(0, addresses.length));
      expect(end).toBe(addresses.length === chain.length ? StackEnd.Root : StackEnd.EndOfDump);
    }));
  });

  test('where the binary lies in memory does not matter', () => {
    const {words, chain} = stackOf([1, 2, 3], 0x40);
    const moved = 0x5500_0000_0000;
    const code = [startOf(0), special(9)];
    const inMemory = (word: number) => (word >= code[0] && word < code[1] ? word + moved : word);
    const registers = drawnRegisters(_machine, {pc: inMemory(chain[0]), lr: inMemory(chain[1])});
    expect(found(registers, drawnDump(words.map(inMemory)), drawnCode(moved))).toEqual({addresses: chain.map(inMemory), end: StackEnd.Root});
  });

  test('a caller that stands behind no call is not believed', () => {
    const {registers, words, chain} = stackOf([1, 2], 0x40);
    const wrong = words.map((word) => (word === chain[1] ? word + 4 : word));
    expect(found(registers, drawnDump(wrong))).toEqual({addresses: [chain[0]], end: StackEnd.Unknown});
  });
});

test('a chain below systemstack ends there, at a switch', () => {
  const words = [...amd64Frame(frameOf(1), SYSTEMSTACK + RETURN), startOf(2) + RETURN, 0, 0, 0];
  expect(amd64.unwind(drawnRegisters('x86-64', {pc: startOf(1) + 0x40}), drawnDump(words), drawnCode()))
    .toEqual({addresses: [startOf(1) + 0x40, SYSTEMSTACK + RETURN], end: StackEnd.Switch});
});

test('at the first instruction of systemstack its caller is known, later it is not', () => {
  const words = [startOf(2) + RETURN, ...amd64Frame(frameOf(2), GOEXIT + 1)];
  const at = (pc: number) => amd64.unwind(drawnRegisters('x86-64', {pc}), drawnDump(words), drawnCode());
  expect(at(SYSTEMSTACK)).toEqual({addresses: [SYSTEMSTACK, startOf(2) + RETURN, GOEXIT + 1], end: StackEnd.Root});
  expect(at(SYSTEMSTACK + 9)).toEqual({addresses: [SYSTEMSTACK + 9], end: StackEnd.Switch});
});

test('before morestack leaves the stack, the function that has to grow and its caller are on it', () => {
  const words = [startOf(3) + 8, startOf(4) + RETURN, ...amd64Frame(frameOf(4), GOEXIT + 1)];
  const at = (pc: number) => amd64.unwind(drawnRegisters('x86-64', {pc}), drawnDump(words), drawnCode());
  for (const pc of [MORESTACK, MORESTACK + 12]) expect(at(pc)).toEqual({addresses: [pc, startOf(3) + 8, startOf(4) + RETURN, GOEXIT + 1], end: StackEnd.Root});
  const left = [startOf(3) + RETURN, ...amd64Frame(frameOf(3), GOEXIT + 1)];
  expect(amd64.unwind(drawnRegisters('x86-64', {pc: MORESTACK + 12}), drawnDump(left), drawnCode())).toEqual({addresses: [MORESTACK + 12], end: StackEnd.Switch});
});

test('on arm64 morestack has both in registers', () => {
  const words = [GOEXIT + 4, ...Array.from({length: frameOf(4) / 8 - 1}, () => 7)];
  const at = (lr: number) => arm64.unwind(drawnRegisters('arm64', {pc: MORESTACK + 12, lr, others: {3: startOf(4) + RETURN}}), drawnDump(words), drawnCode());
  expect(at(startOf(3) + 8)).toEqual({addresses: [MORESTACK + 12, startOf(3) + 8, startOf(4) + RETURN, GOEXIT + 4], end: StackEnd.Root});
  expect(at(startOf(3) + RETURN)).toEqual({addresses: [MORESTACK + 12], end: StackEnd.Switch});
});

test('newstack was called by morestack from another stack', () => {
  const words = [...amd64Frame(frameOf(5), MORESTACK + RETURN), 0, 0];
  expect(amd64.unwind(drawnRegisters('x86-64', {pc: startOf(5) + 0x40}), drawnDump(words), drawnCode()).end).toBe(StackEnd.Switch);
});

test('what asyncPreempt returns to stood where it was, even before its frame', () => {
  const words = [7, 7, startOf(6) + 4, startOf(7) + RETURN, ...amd64Frame(frameOf(7), GOEXIT + 1)];
  expect(amd64.unwind(drawnRegisters('x86-64', {pc: PREEMPT + 8}), drawnDump(words), drawnCode()))
    .toEqual({addresses: [PREEMPT + 8, startOf(6) + 4, startOf(7) + RETURN, GOEXIT + 1], end: StackEnd.Root});
});

test('on arm64 what was preempted finds its link register above the frame of asyncPreempt', () => {
  const words = [startOf(6) + 4, 7, startOf(7) + RETURN, 7, GOEXIT + 4, ...Array.from({length: frameOf(7) / 8 - 1}, () => 7)];
  expect(arm64.unwind(drawnRegisters('arm64', {pc: PREEMPT + 8}), drawnDump(words), drawnCode()))
    .toEqual({addresses: [PREEMPT + 8, startOf(6) + 4, startOf(7) + RETURN, GOEXIT + 4], end: StackEnd.Root});
});

test('a callback from C goes on in the goroutine that called C', () => {
  const words = [...amd64Frame(frameOf(1), CALLBACK + RETURN), ...amd64Frame(24, SWITCHED + 8), startOf(8) + RETURN, ...amd64Frame(frameOf(8), GOEXIT + 1)];
  const pc = startOf(1) + 0x40;
  expect(amd64.unwind(drawnRegisters('x86-64', {pc}), drawnDump(words), drawnCode()).addresses).toEqual([pc, CALLBACK + RETURN, SWITCHED + 8, startOf(8) + RETURN, GOEXIT + 1]);
});

interface Interrupted {
  readonly pc: number;
  readonly sp: number;
  readonly lr?: number;
}

/** The stack of a signal handler that called f1: its frames, and what the kernel left of the code that the signal interrupted. */
function signalStack(machine: 'x86-64' | 'arm64', {pc, sp, lr = 7}: Interrupted, handlersStack = [STACK, 1 << 15]): {registers: UserRegisters; words: number[]; context: number} {
  const isArm = machine === 'arm64';
  const frames = isArm ? [HANDLER + RETURN, ...Array.from({length: frameOf(1) / 8 - 1}, () => 7), ...Array.from({length: HANDLER_FRAME / 8}, () => 7), ...Array.from({length: 16}, () => 9)]
    : [...amd64Frame(frameOf(1), HANDLER + RETURN), ...amd64Frame(HANDLER_FRAME, SIGNAL_RETURN)];
  const saved = isArm ? [...Array.from({length: 30}, () => 8), lr, sp, pc] : [...Array.from({length: 15}, () => 8), sp, pc];
  const context = [0, 0, handlersStack[0], 0, handlersStack[1], ...Array.from({length: isArm ? 18 : 0}, () => 0), ...saved, 0];
  return {registers: drawnRegisters(machine, {pc: startOf(1) + 0x40, lr: 7}), words: [...frames, ...context], context: frames.length};
}

describe.each([['x86-64', amd64], ['arm64', arm64]] as const)('signals on %s', (machine, {unwind}) => {
  const handlers = [startOf(1) + 0x40, HANDLER + RETURN];
  const interrupted = {pc: startOf(5), sp: STACK - 4096};

  test('the caller of a signal handler is the code that it interrupted, to the byte, on another stack', () => {
    const {registers, words} = signalStack(machine, interrupted);
    expect(unwind(registers, drawnDump(words), drawnCode())).toEqual({addresses: [...handlers, startOf(5)], end: StackEnd.Switch});
  });

  test('where the copy reaches that stack too, the chain goes on in it', () => {
    const bytes = signalStack(machine, interrupted).words.length * 8;
    const {registers, words} = signalStack(machine, {...interrupted, sp: STACK + bytes, lr: startOf(6) + RETURN});
    const rest = machine === 'arm64' ? [GOEXIT + 4, ...Array.from({length: frameOf(6) / 8}, () => 7)] : [startOf(6) + RETURN, ...amd64Frame(frameOf(6), GOEXIT + 1)];
    expect(unwind(registers, drawnDump([...words, ...rest]), drawnCode())).toEqual({addresses: [...handlers, startOf(5), startOf(6) + RETURN, machine === 'arm64' ? GOEXIT + 4 : GOEXIT + 1], end: StackEnd.Root});
  });

  test('registers that are cut off, or of a handler on another stack, are not taken for what the kernel left', () => {
    const {registers, words} = signalStack(machine, interrupted);
    for (let length = frameOf(1) / 8 + 1; length < words.length - 1; length++) expect(unwind(registers, drawnDump(words.slice(0, length)), drawnCode())).toEqual({addresses: handlers, end: StackEnd.Switch});
    for (const stack of [[STACK + (1 << 14), 1 << 15], [STACK - (1 << 15), 1 << 15], [7, 7]]) {
      expect(unwind(registers, drawnDump(signalStack(machine, interrupted, stack).words), drawnCode())).toEqual({addresses: handlers, end: StackEnd.Switch});
    }
  });
});

test('from the first instruction of a signal handler to the last of its return the interrupted code is its caller', () => {
  const {words, context} = signalStack('x86-64', {pc: startOf(5), sp: STACK - 4096});
  const at = (pc: number, from: number) => amd64.unwind(drawnRegisters('x86-64', {pc}), drawnDump(words.slice(from)), drawnCode());
  // The place of the context in memory moves with what is left out in front of it, and stays within the handler's stack.
  expect(at(HANDLER, context - 1)).toEqual({addresses: [HANDLER, startOf(5)], end: StackEnd.Switch});
  expect(at(SIGNAL_RETURN + 9, context)).toEqual({addresses: [SIGNAL_RETURN + 9, startOf(5)], end: StackEnd.Switch});
});

test('assembly without frame sizes is passed by its frame pointer', () => {
  const pair = STACK + 16;
  const words = [7, 7, 0, startOf(9) + RETURN, ...amd64Frame(frameOf(9), GOEXIT + 1)];
  expect(amd64.unwind(drawnRegisters('x86-64', {pc: PLAIN_ASSEMBLY + 0x40, fp: pair}), drawnDump(words), drawnCode()))
    .toEqual({addresses: [PLAIN_ASSEMBLY + 0x40, startOf(9) + RETURN, GOEXIT + 1], end: StackEnd.Root});
});

test('the frame pointer is restored on the way, for those that need it', () => {
  const frames = frameOf(1);
  const top = STACK + frames + 8;
  // f1 saved the frame pointer of assembly without sizes, whose pair lies above.
  const words = [...Array.from({length: frames / 8 - 1}, () => 7), top + 8, PLAIN_ASSEMBLY + RETURN, 7, 0, startOf(9) + RETURN, ...amd64Frame(frameOf(9), GOEXIT + 1)];
  const registers = drawnRegisters('x86-64', {pc: startOf(1) + 0x40, fp: STACK + frames - 8});
  expect(amd64.unwind(registers, drawnDump(words), drawnCode()).addresses).toEqual([startOf(1) + 0x40, PLAIN_ASSEMBLY + RETURN, startOf(9) + RETURN, GOEXIT + 1]);
});

test('signatures of return addresses are taken off on arm64', () => {
  const {words, chain} = arm64Stack([1, 2], 0x40);
  const signed = words.map((word) => (word >= START && word < special(9) ? BigInt(word) | (0x12n << 48n) : BigInt(word)));
  const registers = drawnRegisters('arm64', {pc: chain[0], lr: 0});
  expect(arm64.unwind(registers, drawnDump(signed), drawnCode())).toEqual({addresses: chain, end: StackEnd.Root});
});

test('a dump of nothing gives where the thread stood, and ends', () => {
  expect(amd64.unwind(drawnRegisters('x86-64', {pc: startOf(1) + 0x40}), drawnDump([]), drawnCode())).toEqual({addresses: [startOf(1) + 0x40], end: StackEnd.EndOfDump});
});

/** Stacks of C by `.eh_frame`: at every instruction of a prologue, by expressions, through signals, on both machines. */
import {expect, test} from 'vitest';
import {StackEnd} from '../../../model/tables.ts';
import {drawnCode, drawnDump, drawnRegisters, STACK} from '../../../testing/drawn-stack.ts';
import {cfa, ehFrame, type DrawnCallFrames} from '../../../testing/eh-frame-wire.ts';
import {drawnBinary} from '../../../testing/go-tables-wire.ts';
import {unwinder} from '../unwinder.ts';

const SIZE = 0x100;
const START = 0x401000;
const RETURN = START + SIZE + 0x80;
/** x86-64 by DWARF's numbers. */
const [BX, BP, SP, IP] = [3, 6, 7, 16];
const [FP, LR, ARM_SP] = [29, 30, 31];

/** A binary of two functions: one drawn, and `_start`, which nothing called. */
function binary(drawn: Partial<DrawnCallFrames> & {readonly instructions: readonly number[]}, machine: 'x86-64' | 'arm64' = 'x86-64') {
  const returnRegister = machine === 'arm64' ? LR : IP;
  const common = machine === 'arm64' ? cfa.def(ARM_SP, 0) : [...cfa.def(SP, 8), ...cfa.saved(IP, 1)];
  const frames = ehFrame([
    {returnRegister, common, ...drawn, functions: [{start: START, end: START + SIZE, instructions: drawn.instructions}]},
    {returnRegister, common, functions: [{start: START + SIZE, end: START + 2 * SIZE, instructions: cfa.unknown(returnRegister)}]},
  ]);
  return unwinder([{name: 'app', symbols: drawnBinary({machine, ehFrame: frames, returns: [RETURN]})}]);
}

test('a frame is found at every instruction of its prologue and behind what ended early', () => {
  // push bx · sub 16, sp · … · an early way out at 0x20: add 16, sp; pop bx; ret · … goes on at 0x30
  const instructions = [
    ...cfa.advance(1), ...cfa.offset(16), ...cfa.saved(BX, 2), ...cfa.advance(4), ...cfa.offset(32), ...cfa.remember,
    ...cfa.advance(0x20 - 5), ...cfa.offset(16), ...cfa.advance(1), ...cfa.offset(8), ...cfa.advance(0xf), ...cfa.recall,
  ];
  const unwind = binary({instructions});
  const frameBytes = (into: number) => (into < 1 ? 0 : into < 5 ? 8 : into < 0x20 ? 24 : into < 0x21 ? 8 : into < 0x30 ? 0 : 24);
  for (let into = 0; into < SIZE; into++) {
    const words = [...Array.from({length: frameBytes(into) / 8}, () => 7), RETURN];
    expect(unwind.unwind(drawnRegisters('x86-64', {pc: START + into}), drawnDump(words), drawnCode())).toEqual({addresses: [START + into, RETURN], end: StackEnd.Root});
  }
});

test('a frame counted from the frame pointer, however much of the stack it takes', () => {
  const unwind = binary({instructions: [...cfa.advance(1), ...cfa.offset(16), ...cfa.saved(BP, 2), ...cfa.advance(3), ...cfa.register(BP)]});
  const words = [...Array.from({length: 50}, () => 7), 0, RETURN];
  expect(unwind.unwind(drawnRegisters('x86-64', {pc: START + 0x40, fp: STACK + 400}), drawnDump(words), drawnCode())).toEqual({addresses: [START + 0x40, RETURN], end: StackEnd.Root});
});

test('an entry of .plt by its expression: after its push a word more', () => {
  // breg7 8, breg16 0, lit15, and, lit11, ge, lit3, shl, plus
  const unwind = binary({instructions: cfa.expression(0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22)});
  for (let into = 0; into < 16; into++) {
    const words = into >= 11 ? [7, RETURN] : [RETURN];
    expect(unwind.unwind(drawnRegisters('x86-64', {pc: START + into}), drawnDump(words), drawnCode()).addresses).toEqual([START + into, RETURN]);
  }
});

test('registers that were saved are restored for the frames that need them', () => {
  // The outer function counts its frame from BX, which the inner one saved.
  const frames = ehFrame([{
    returnRegister: IP,
    common: [...cfa.def(SP, 8), ...cfa.saved(IP, 1)],
    functions: [
      {start: START, end: START + SIZE, instructions: [...cfa.offset(16), ...cfa.saved(BX, 2)]},
      {start: START + SIZE, end: START + 2 * SIZE, instructions: cfa.def(BX, 16)},
      {start: START + 2 * SIZE, end: START + 3 * SIZE, instructions: cfa.unknown(IP)},
    ],
  }]);
  const unwind = unwinder([{name: 'app', symbols: drawnBinary({ehFrame: frames})}]);
  const words = [STACK + 40, RETURN, 7, 7, 7, 7, RETURN + SIZE];
  expect(unwind.unwind(drawnRegisters('x86-64', {pc: START + 4}), drawnDump(words), drawnCode())).toEqual({addresses: [START + 4, RETURN, RETURN + SIZE], end: StackEnd.Root});
});

test('through a signal the chain goes on where the signal came, which called nothing', () => {
  // What the signal interrupted was at its first byte, so one byte before is another function.
  const frames = ehFrame([
    {returnRegister: IP, augmentation: 'zRS', common: [...cfa.def(SP, 16), ...cfa.savedBy(IP, 0x77, 8), ...cfa.savedBy(SP, 0x77, 0)], functions: [{start: START, end: START + SIZE, instructions: []}]},
    {returnRegister: IP, common: [...cfa.def(SP, 8), ...cfa.saved(IP, 1)], functions: [
      {start: START + SIZE, end: START + 2 * SIZE, instructions: []},
      {start: START + 2 * SIZE, end: START + 3 * SIZE, instructions: cfa.unknown(IP)},
    ]},
  ]);
  const unwind = unwinder([{name: 'app', symbols: drawnBinary({ehFrame: frames})}]);
  const at = (stackPointer: number) => unwind.unwind(drawnRegisters('x86-64', {pc: START + 4}), drawnDump([stackPointer, START + SIZE, 7, RETURN + SIZE, 7]), drawnCode());
  expect(at(STACK + 24)).toEqual({addresses: [START + 4, START + SIZE, RETURN + SIZE], end: StackEnd.Root});
  // A handler on a stack of its own: what was interrupted is known, not what called it.
  expect(at(STACK + 0x10000)).toEqual({addresses: [START + 4, START + SIZE], end: StackEnd.Switch});
});

test('on arm64 the return address is in the link register until it is saved', () => {
  const instructions = [...cfa.advance(4), ...cfa.offset(16), ...cfa.saved(FP, 2), ...cfa.saved(LR, 1)];
  const unwind = binary({instructions}, 'arm64');
  expect(unwind.unwind(drawnRegisters('arm64', {pc: START, lr: RETURN}), drawnDump([7]), drawnCode())).toEqual({addresses: [START, RETURN], end: StackEnd.Root});
  expect(unwind.unwind(drawnRegisters('arm64', {pc: START + 8, lr: 0}), drawnDump([7, RETURN]), drawnCode())).toEqual({addresses: [START + 8, RETURN], end: StackEnd.Root});
});

test('where the copy ends before the return address, that is said', () => {
  const unwind = binary({instructions: cfa.offset(64)});
  expect(unwind.unwind(drawnRegisters('x86-64', {pc: START}), drawnDump([7, 7, 7]), drawnCode())).toEqual({addresses: [START], end: StackEnd.EndOfDump});
});

test('a caller that is no code is not taken', () => {
  const unwind = binary({instructions: []});
  expect(unwind.unwind(drawnRegisters('x86-64', {pc: START}), drawnDump([0x1234]), drawnCode())).toEqual({addresses: [START], end: StackEnd.Lost});
});

test('a chain that does not go up the stack ends', () => {
  const unwind = binary({instructions: cfa.def(BX, 8)});
  expect(unwind.unwind(drawnRegisters('x86-64', {pc: START, others: {[BX]: STACK - 8}}), drawnDump([RETURN]), drawnCode()).addresses).toEqual([START]);
});

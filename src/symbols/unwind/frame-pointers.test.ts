/** Stacks without any binary: frame pointers, as far as they can be believed. */
import {expect, test} from 'vitest';
import {StackEnd} from '../../model/tables.ts';
import {drawnCode, drawnDump, drawnRegisters, STACK} from '../../testing/drawn-stack.ts';
import {drawnBinary} from '../../testing/go-tables-wire.ts';
import {unwinder} from './unwinder.ts';

const PC = 0x401000;
const [A, B] = [0x402000, 0x403000];
const none = unwinder([]);

test('pairs of frame pointer and return address are followed to the one that is 0', () => {
  const words = [7, STACK + 32, A, 7, 0, B];
  for (const machine of ['x86-64', 'arm64'] as const) {
    expect(none.unwind(drawnRegisters(machine, {pc: PC, fp: STACK + 8}), drawnDump(words), drawnCode())).toEqual({addresses: [PC, A, B], end: StackEnd.Unknown});
  }
});

test('a frame pointer that leads out of code, down the stack, or between words is not followed', () => {
  const end = (fp: number, words: number[]) => none.unwind(drawnRegisters('x86-64', {pc: PC, fp}), drawnDump(words), drawnCode());
  expect(end(STACK, [0, 0x1234])).toEqual({addresses: [PC], end: StackEnd.Lost});
  expect(end(STACK - 16, [0, A])).toEqual({addresses: [PC], end: StackEnd.Lost});
  expect(end(STACK + 4, [0, A, A])).toEqual({addresses: [PC], end: StackEnd.Lost});
  expect(end(STACK, [STACK, A])).toEqual({addresses: [PC, A], end: StackEnd.Lost});
});

test('a pair just behind the copy is where it ends; one far away is none', () => {
  const end = (fp: number) => none.unwind(drawnRegisters('x86-64', {pc: PC, fp}), drawnDump([7, 7]), drawnCode()).end;
  expect(end(STACK + 8)).toBe(StackEnd.EndOfDump);
  expect(end(STACK + 4096)).toBe(StackEnd.EndOfDump);
  expect(end(STACK + (1 << 20))).toBe(StackEnd.Lost);
});

test('in a binary that is known, only what stands behind a call is a caller', () => {
  const symbols = drawnBinary({functions: [{name: 'main.f', start: 0x500000 - 16, end: 0x500000 - 8}], returns: [A]});
  const known = unwinder([{name: 'app', symbols}]);
  const words = [STACK + 16, A, STACK + 32, B];
  expect(known.unwind(drawnRegisters('x86-64', {pc: PC, fp: STACK}), drawnDump(words), drawnCode())).toEqual({addresses: [PC, A], end: StackEnd.Lost});
  expect(none.unwind(drawnRegisters('x86-64', {pc: PC, fp: STACK}), drawnDump(words), drawnCode()).addresses).toEqual([PC, A, B]);
});

test('a binary of another build is not asked', () => {
  const symbols = drawnBinary({functions: [{name: 'main.f', start: PC, end: PC + 16, frames: [[16, 8]]}], returns: [A], buildId: 'aa'});
  const code = {at: (address: number) => {
    const mapped = drawnCode().at(address);
    return mapped && {...mapped, buildId: 'bb'};
  }};
  expect(unwinder([{name: 'app', symbols}]).unwind(drawnRegisters('x86-64', {pc: PC}), drawnDump([7, A]), code).addresses).toEqual([PC]);
});

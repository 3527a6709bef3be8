/**
 * From a frame to its caller by the frame pointer alone: it holds the address of a pair, the caller's frame pointer and the return address. Go
 * keeps it on amd64 and arm64; C where it was asked to. What it says is believed only where it can be so.
 */
import {StackEnd} from '../../model/tables.ts';
import type {Frame} from './machine.ts';
import type {StackMemory} from './stack-memory.ts';
import {cannotStep, type Step} from './step.ts';

const WORD = 8;
/** A pointer further off than frames are large is none, or of another stack. */
const LARGEST_FRAME = 1 << 16;

/**
 * `atZero`: why the chain ends where the frame pointer is 0. The first function of a thread or goroutine finds that there; but so does what Go calls
 * on another stack. `canReturnTo`: whether code at an address can have been left by a call.
 */
export function stepByFramePointer(frame: Frame, memory: StackMemory, atZero: StackEnd, canReturnTo: (address: number) => boolean): Step {
  const at = frame.framePointer;
  if (at === 0) return atZero;
  if (Number.isNaN(at) || at % WORD !== 0 || at < frame.floor - WORD) return cannotStep;
  if (memory.endsBefore(at + WORD)) return at < memory.end + LARGEST_FRAME ? StackEnd.EndOfDump : cannotStep;
  const address = memory.word(at + WORD);
  if (!canReturnTo(address)) return cannotStep;
  frame.framePointer = memory.word(at);
  frame.enter(address, at + 2 * WORD);
  // On arm64 the pair may lie anywhere in its frame.
  if (frame.machine === 'arm64') frame.registers[frame.numbers.stackPointer] = Number.NaN;
  return null;
}

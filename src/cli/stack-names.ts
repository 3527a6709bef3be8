/** Names of the frames of a stack, from the root to the leaf. */
import type {Trace} from '../model/trace.ts';

/** Calls `onFrame` with the frame rows of a stack as it was recorded, root first; nothing for -1. */
function eachFrame({stacks, frames}: Trace, stack: number, isWhole: boolean, onFrame: (frame: number) => void): void {
  const path: number[] = [];
  for (let at = stack; at >= 0; at = stacks.parent[at]) if (isWhole || frames.restored[stacks.frame[at]] === 0) path.push(stacks.frame[at]);
  for (let i = path.length - 1; i >= 0; i--) onFrame(path[i]);
}

/** Which frames of a stack, counted from the root, are calls that were inlined into the frame before them. Stacks without any share one empty list. */
export function inlinedFrames(trace: Trace): (stack: number) => readonly number[] {
  const {inlined} = trace.frames;
  if (!inlined.includes(1)) return () => NONE;
  return (stack) => {
    const places: number[] = [];
    let at = 0;
    eachFrame(trace, stack, false, (frame) => {
      if (inlined[frame] === 1) places.push(at);
      at++;
    });
    return places;
  };
}

const NONE: readonly number[] = [];

/** A printer that gives `print(frame)` of every frame of a stack, root first; of restored ones if it `isWhole`. Prints each frame once and remembers it. */
export function stackPrinter(trace: Trace, print: (frame: number) => string, isWhole = false): (stack: number) => string[] {
  const printed: string[] = [];
  return (stack) => {
    const names: string[] = [];
    eachFrame(trace, stack, isWhole, (frame) => names.push((printed[frame] ??= print(frame))));
    return names;
  };
}

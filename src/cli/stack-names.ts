/** Names of the frames of a stack, from the root to the leaf. */
import type {Trace} from '../model/trace.ts';

/** Calls `onFrame` with the frame rows of a stack, root first; nothing for -1. */
function eachFrame({stacks}: Trace, stack: number, onFrame: (frame: number) => void): void {
  const path: number[] = [];
  for (let at = stack; at >= 0; at = stacks.parent[at]) path.push(stacks.frame[at]);
  for (let i = path.length - 1; i >= 0; i--) onFrame(path[i]);
}

/** A printer that gives `print(frame)` of every frame of a stack, root first; prints each frame once and remembers it. */
export function stackPrinter(trace: Trace, print: (frame: number) => string): (stack: number) => string[] {
  const printed: string[] = [];
  return (stack) => {
    const names: string[] = [];
    eachFrame(trace, stack, (frame) => names.push((printed[frame] ??= print(frame))));
    return names;
  };
}

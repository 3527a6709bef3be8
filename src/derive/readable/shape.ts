/** Call chains as a person reads them: leaf first, repeated calls folded, and only as many as fit a card or a list. */
import type {Trace} from '../../model/trace.ts';
import type {Labels} from '../labels/shape.ts';

/** A call chain for reading: leaf first, equal neighbours folded into one with a count. */
export interface ReadableChain {
  readonly calls: readonly {readonly name: string; readonly times: number; /** Not in the recorded chain, but told by a probe. */ readonly restored: boolean}[];
  /** Frames toward the root that are not listed. */
  readonly moreFrames: number;
}

/** Entries of a chain unless asked otherwise; what is nearer to the root is counted only. */
const MOST_CALLS = 24;

/** A stack as a person reads it; null for -1. Cost: linear in its depth. */
export function readableChain({stacks, frames}: Pick<Trace, 'stacks' | 'frames'>, labels: Labels, stack: number, mostCalls = MOST_CALLS): ReadableChain | null {
  if (stack < 0) return null;
  const calls: {name: string; times: number; restored: boolean}[] = [];
  let at = stack;
  for (; at >= 0; at = stacks.parent[at]) {
    const name = labels.names[labels.ofFrame[stacks.frame[at]]];
    const last = calls.at(-1);
    const restored = frames.restored[stacks.frame[at]] === 1;
    if (last?.name === name && last.restored === restored) last.times++;
    else if (calls.length === mostCalls) break;
    else calls.push({name, times: 1, restored});
  }
  let moreFrames = 0;
  for (; at >= 0; at = stacks.parent[at]) moreFrames++;
  return {calls, moreFrames};
}

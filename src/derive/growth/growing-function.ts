/**
 * Which function a chain says grew the stack. Root first, the last of these frames that stands nearest to the root tells:
 *
 *   main.f ← newstack                      Go's own samples: main.f calls newstack itself
 *   main.f ← … ← morestack ← newstack      perf to Go 1.20: two frames are lost between, main.f is the nearest that is there
 *            morestack ← newstack          perf from Go 1.21: the chain ends, nothing is told
 *   main.f* ← morestack ← newstack         a probe told main.f
 */
import {text, type Trace} from '../../model/trace.ts';
import {ChainMark, type Chains} from '../chains/shape.ts';
import {FrameKind, type Labels} from '../labels/shape.ts';
import {CauseFrom, type GrowingFunction} from './shape.ts';

const NOTHING: GrowingFunction = {name: null, from: CauseFrom.None};
const ENTRY = ChainMark.More | ChainMark.New;

/** The function that a growth's own chain names. Cost: the length of the chain. */
export function growingFunction(trace: Trace, chains: Chains, labels: Labels, stack: number): GrowingFunction {
  const {stacks} = trace;
  let at = stack;
  // Marks are of the whole chain: at the last frame toward the root that has one, its own frame brings it.
  while (at >= 0 && (chains.marks[at] & (ENTRY | ChainMark.Copy)) !== 0) at = stacks.parent[at];
  if (at < 0) return NOTHING;
  const nearest = at;
  // Of a restored caller that no binary names only the address is known.
  while (at >= 0 && isRestored(trace, at) && labels.kind[labels.ofFrame[stacks.frame[at]]] === FrameKind.Unknown) at = stacks.parent[at];
  if (at < 0) return NOTHING;
  const isItself = at === nearest && (isRestored(trace, at) || (chains.marks[stack] & ChainMark.More) === 0);
  return {name: labels.names[labels.ofFrame[stacks.frame[at]]], from: isItself ? CauseFrom.Sample : CauseFrom.Caller};
}

function isRestored({stacks, frames}: Trace, stack: number): boolean {
  return frames.restored[stacks.frame[stack]] === 1;
}

/** The function nearest to the leaf that is no part of the runtime and of what blocks on it: where the goroutine was; null when all are. */
export function ownFunction(trace: Trace, stack: number): string | null {
  const {stacks, frames} = trace;
  for (let at = stack; at >= 0; at = stacks.parent[at]) {
    const name = text(trace, frames.name[stacks.frame[at]]);
    if (name !== null && !PLUMBING.test(name)) return name.replace(/\.abi0$/, '');
  }
  return null;
}

const PLUMBING = /^(?:runtime|internal|syscall|sync|time)[./]/;

/**
 * Classes of call chains, in one pass over the tree of stacks: each row adds its frame to what its parent knows. The first rule that
 * fits wins; `child` is the frame next to newstack toward the leaf:
 *
 *   shrinkstack in the chain                               shrink
 *   newstack, child gopreempt_m / goschedImpl / preemptPark  preemption
 *   newstack, child throw / fatalthrow; morestack on g0      overflow
 *   newstack, any other child or none                        growth
 *   morestack without newstack                               entry (or exit): not known of what
 */
import {StackEnd} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {chainEnds} from './ends.ts';
import {ChainClass, ChainMark, type Chains} from './shape.ts';

const PREEMPT = 64;
const FATAL = 128;

/** What each function adds to a chain. Names without the `.abi0` that the linker may add. */
const MARKS: Readonly<Record<string, number>> = {
  'runtime.morestack': ChainMark.More,
  'runtime.morestack_noctxt': ChainMark.More,
  'runtime.newstack': ChainMark.New,
  'runtime.shrinkstack': ChainMark.Shrink,
  'runtime.copystack': ChainMark.Copy,
  'runtime.stackalloc': ChainMark.Alloc,
  'runtime.(*mheap).allocManual': ChainMark.Alloc,
  'runtime.stackfree': ChainMark.Free,
  'runtime.gopreempt_m': PREEMPT,
  'runtime.goschedImpl': PREEMPT,
  'runtime.preemptPark': PREEMPT,
  'runtime.throw': FATAL,
  'runtime.fatalthrow': FATAL,
};

/** The runtime enters these instead of newstack when a system stack is full. */
const SYSTEM_STACK_FULL = /^runtime\.(?:badmorestackg0|badmorestackgsignal|morestackc|switchToCrashStack0?)$/;

/** Classes and marks of every stack. Cost: linear in the stacks. */
export function chains(trace: Trace): Chains {
  const {stacks, frames} = trace;
  const marksOfName = new Map<number, number>();
  const marksOf = (name: number): number => {
    let marks = marksOfName.get(name);
    if (marks === undefined) {
      const function_ = (text(trace, name) ?? '').replace(/\.abi0$/, '');
      marks = SYSTEM_STACK_FULL.test(function_) ? FATAL | ChainMark.New : (MARKS[function_] ?? 0);
      marksOfName.set(name, marks);
    }
    return marks;
  };
  const ofFrame = Uint8Array.from(frames.name, marksOf);
  const classes = new Uint8Array(stacks.length);
  const all = new Uint8Array(stacks.length);
  const named = new Uint8Array(stacks.length);
  const isNamed = Uint8Array.from(frames.name, (name, frame) => Number(name >= 0 && !(text(trace, frames.dso[frame]) ?? '').startsWith('[')));
  for (let i = 0; i < stacks.length; i++) {
    const parent = stacks.parent[i];
    const above = parent < 0 ? 0 : all[parent];
    let own = ofFrame[stacks.frame[i]];
    // Preemption and fatal errors count only right below newstack; what the runtime enters on a full system stack brings both marks itself.
    const belowNew = parent >= 0 && (ofFrame[stacks.frame[parent]] & (ChainMark.New | FATAL)) === ChainMark.New;
    if (!belowNew && (own & ChainMark.New) === 0) own &= ~(PREEMPT | FATAL);
    all[i] = above | own;
    named[i] = isNamed[stacks.frame[i]] | (parent < 0 ? 0 : named[parent]);
    classes[i] = classOf(all[i]);
  }
  return {class: classes, marks: all, named, end: chainEnds(trace), copied: copiedStacks(trace)};
}

/** Stacks that samples with copies of theirs have, and all that these begin with. */
function copiedStacks({samples: {stack}, stacks: {length, parent}, sampleStackEnd}: Trace): Uint8Array {
  const copied = new Uint8Array(length);
  sampleStackEnd?.forEach((end, i) => {
    if (end !== StackEnd.Unknown) for (let at = stack[i]; at >= 0 && copied[at] === 0; at = parent[at]) copied[at] = 1;
  });
  return copied;
}

function classOf(marks: number): ChainClass {
  if (marks & ChainMark.Shrink) return ChainClass.Shrink;
  if (marks & ChainMark.New) {
    if (marks & PREEMPT) return ChainClass.Preemption;
    return marks & FATAL ? ChainClass.Overflow : ChainClass.Growth;
  }
  if ((marks & ChainMark.More) === 0) return ChainClass.None;
  return marks & ChainMark.Copy ? ChainClass.Growth : ChainClass.Entry;
}

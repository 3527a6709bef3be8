/**
 * Probes -> stack changes. Every call of copystack is one; where no probe is on copystack every call of newstack is, save those that turn
 * out to be preemption. Whether it grows or shrinks say, the first that knows:
 *
 *   the ends of the old stack      newsize < hi - lo is a shrink
 *   the call chain                 copystack ← shrinkstack, copystack ← newstack
 *   the probe before on the thread shrinkstack, or morestack or newstack
 *   the size of that g before      the least size there is was shrunk to; what is not half of the size before was grown to. Half of it may
 *                                  be either: shrunk, or grown anew by the next goroutine that was given the g
 */
import {StackChangeKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {ChainMark, type Chains} from '../chains/shape.ts';
import {LEAST_STACK} from './probe-roles.ts';
import {ProbeOn, type Probes} from './probe-shape.ts';
import type {ProbedChanges} from './shape.ts';

/** The changes in file order. Cost: linear in the probes. */
export function probedChanges(trace: Trace, chains: Chains, probes: Probes): ProbedChanges {
  const {samples} = trace;
  const counted = probes.on.includes(ProbeOn.Copystack) ? ProbeOn.Copystack : ProbeOn.Newstack;
  const preempted = counted === ProbeOn.Newstack ? preemptions(trace, probes) : null;
  const changes: {probe: number; kind: StackChangeKind}[] = [];
  const untold: number[] = [];
  const sizeOfG = new Map<number, number>();
  const before = new Map<number, ProbeOn>();
  for (let i = 0; i < probes.length; i++) {
    const thread = samples.thread[probes.sample[i]];
    if (probes.on[i] === counted) {
      if (preempted?.has(i)) continue;
      const stack = samples.stack[probes.sample[i]];
      const gp = probes.gp[i];
      const kind = counted === ProbeOn.Newstack ? StackChangeKind.Growth
        : (byEnds(oldBytes(probes, i), probes.newBytes[i]) ?? byChain(stack < 0 ? 0 : chains.marks[stack]) ?? byProbeBefore(before.get(thread)) ?? bySizeBefore(gp, sizeOfG.get(gp), probes.newBytes[i]));
      if (kind === null) untold.push(i);
      else changes.push({probe: i, kind});
      if (!Number.isNaN(gp)) sizeOfG.set(gp, probes.newBytes[i]);
      before.delete(thread);
    } else if (ENTERS.has(probes.on[i])) before.set(thread, probes.on[i] as ProbeOn);
  }
  const column = (of: (probe: number) => number) => Float64Array.from(changes, ({probe}) => of(probe));
  return {
    length: changes.length,
    sample: Int32Array.from(changes, ({probe}) => probes.sample[probe]),
    kind: Uint8Array.from(changes, ({kind}) => kind),
    oldBytes: column((probe) => oldBytes(probes, probe)),
    newBytes: column((probe) => probes.newBytes[probe]),
    usedBytes: column((probe) => usedBytes(probes, probe)),
    goroutineId: column((probe) => probes.goid[probe]),
    untold: Int32Array.from(untold, (probe) => probes.sample[probe]),
  };
}

/** Size of the old stack; NaN: the probe does not tell. */
export function oldBytes({lo, hi}: Probes, probe: number): number {
  return hi[probe] > lo[probe] ? hi[probe] - lo[probe] : Number.NaN;
}

/** How much of the old stack is in use. A stack pointer outside of the stack tells nothing. */
export function usedBytes({lo, hi, sp}: Probes, probe: number): number {
  return sp[probe] >= lo[probe] && sp[probe] <= hi[probe] ? hi[probe] - sp[probe] : Number.NaN;
}

const ENTERS: ReadonlySet<number> = new Set([ProbeOn.Morestack, ProbeOn.Newstack, ProbeOn.Shrinkstack]);

/** Calls of newstack that the same thread left by gopreempt_m. */
function preemptions(trace: Trace, probes: Probes): Set<number> {
  const found = new Set<number>();
  const open = new Map<number, number>();
  for (let i = 0; i < probes.length; i++) {
    const thread = trace.samples.thread[probes.sample[i]];
    if (probes.on[i] === ProbeOn.Newstack) open.set(thread, i);
    else if (probes.on[i] === ProbeOn.Gopreempt && open.has(thread)) {
      found.add(open.get(thread)!);
      open.delete(thread);
    }
  }
  return found;
}

function byEnds(old: number, newBytes: number): StackChangeKind | null {
  if (Number.isNaN(old)) return null;
  return newBytes < old ? StackChangeKind.Shrink : StackChangeKind.Growth;
}

function byChain(marks: number): StackChangeKind | null {
  if (marks & ChainMark.Shrink) return StackChangeKind.Shrink;
  return marks & (ChainMark.More | ChainMark.New) ? StackChangeKind.Growth : null;
}

function byProbeBefore(on: ProbeOn | undefined): StackChangeKind | null {
  if (on === undefined) return null;
  return on === ProbeOn.Shrinkstack ? StackChangeKind.Shrink : StackChangeKind.Growth;
}

function bySizeBefore(gp: number, before: number | undefined, newBytes: number): StackChangeKind | null {
  if (newBytes <= LEAST_STACK) return StackChangeKind.Shrink;
  if (Number.isNaN(gp)) return null;
  return before === newBytes * 2 ? null : StackChangeKind.Growth;
}

/** Whether a thread was on the CPU at a time, since when and until when, why it left, and who ran before and after it. */
import {upperBound} from '../../base/columns/search.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {cpuStretches} from '../off-cpu/shape.ts';
import {readableChain} from '../readable/shape.ts';
import {CARD_CALLS} from './goroutine-at.ts';
import type {CpuAt} from './shape.ts';

/** `timeOf`: the time on a source's own clock. By the first source that tells of the thread; null: none does, or not of that time. Cost: a binary search. */
export function cpuAt(session: Session, sources: readonly SessionSource[], tid: number, timeOf: (source: SessionSource) => number): CpuAt | null {
  for (const source of sources) {
    const off = session.offCpu(source);
    const thread = off ? source.trace.threads.tid.indexOf(tid) : -1;
    if (!off || thread < 0 || !(timeOf(source) >= off.knownFromNs[thread] && timeOf(source) <= off.knownToNs[thread])) continue;
    const stretches = cpuStretches(off, thread);
    const timeNs = timeOf(source);
    // Off the CPU from its begin up to, and without, its end.
    const before = upperBound(off.fromNs, timeNs, off.first[thread], off.first[thread + 1]) - 1;
    const isOff = before >= off.first[thread] && (timeNs < off.toNs[before] || stretches.at(2 * (before - off.first[thread]) + 1).isOpen);
    const {fromNs, toNs, sample, ...stretch} = stretches.at(2 * (before - off.first[thread]) + (isOff ? 1 : 2));
    if (!(toNs > fromNs)) continue;
    const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
    return {...stretch, fromNs: fromNs + shiftNs, toNs: toNs + shiftNs, chain: sample < 0 ? null : readableChain(source.trace, session.labels(source), source.trace.samples.stack[sample], CARD_CALLS)};
  }
  return null;
}

/**
 * Which stack caused a step? The trace's stack events carry none. Best is the chain of a sample that belongs to the step; else the
 * nearest stack of any event of that goroutine, which is a neighbour and not a cause; else nothing is known.
 */
import {StackChangeKind} from '../../model/tables.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {nearestEvent} from './event-stacks.ts';
import {StackFrom, type Causes} from './shape.ts';

/** The nearest stack of every growth and shrink of a trace. */
export function causes(session: Session, source: SessionSource): Causes {
  const {stackChanges} = source.trace;
  const {length} = stackChanges;
  const result = {
    from: new Uint8Array(length),
    source: new Int32Array(length).fill(-1),
    stack: new Int32Array(length).fill(-1),
    distanceNs: new Float64Array(length).fill(Number.NaN),
    eventStack: new Int32Array(length).fill(-1),
    eventDistanceNs: new Float64Array(length).fill(Number.NaN),
  };
  if (length === 0) return result;
  if (source.probed) {
    // The chain of a probe is that of the step itself.
    source.probed.sampleOfChange.forEach((sample, i) => {
      if (source.trace.samples.stack[sample] < 0) return;
      result.from[i] = StackFrom.Sample;
      result.source[i] = source.id;
      result.stack[i] = source.trace.samples.stack[sample];
      result.distanceNs[i] = 0;
    });
    return result;
  }
  for (const other of session.sources) fromSamples(session, source, other, result);
  for (let i = 0; i < length; i++) {
    const kind = stackChanges.kind[i];
    const goroutine = stackChanges.goroutine[i];
    if ((kind !== StackChangeKind.Growth && kind !== StackChangeKind.Shrink) || goroutine < 0) continue;
    const near = nearestEvent(session.eventStacks(source), goroutine, stackChanges.timeNs[i], stackChanges.timeNs[i] + stackChanges.durationNs[i]);
    result.eventStack[i] = near.stack;
    result.eventDistanceNs[i] = near.distanceNs;
    if (near.stack < 0 || result.from[i] !== StackFrom.None) continue;
    result.from[i] = StackFrom.Event;
    result.source[i] = source.id;
    result.stack[i] = near.stack;
    result.distanceNs[i] = near.distanceNs;
  }
  return result;
}

/** The first sample of `other` that belongs to each change. */
function fromSamples(session: Session, source: SessionSource, other: SessionSource, result: {from: Uint8Array; source: Int32Array; stack: Int32Array; distanceNs: Float64Array}): void {
  if (session.attribution(other).to !== source.id) return;
  const {samples} = other.trace;
  const {stackChanges} = source.trace;
  const changeOf = session.growthOfSamples(other);
  const shiftNs = (session.axis.shiftsNs.get(other.id) ?? 0) - (session.axis.shiftsNs.get(source.id) ?? 0);
  for (let i = 0; i < samples.length; i++) {
    const change = changeOf[i];
    if (change < 0 || result.from[change] === StackFrom.Sample) continue;
    const timeNs = samples.timeNs[i] + shiftNs;
    const start = stackChanges.timeNs[change];
    const end = start + stackChanges.durationNs[change];
    result.from[change] = StackFrom.Sample;
    result.source[change] = other.id;
    result.stack[change] = samples.stack[i];
    result.distanceNs[change] = timeNs + other.trace.resolutionNs - 1 < start ? timeNs - start : timeNs > end ? timeNs - end : 0;
  }
}

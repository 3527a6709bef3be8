/** One goroutine's stack changes -> steps with sizes, times and the nearest known call chain. */
import {text} from '../../model/trace.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {stackChangeNames, stackFromNames, type StackFrom} from '../growth/shape.ts';
import {readableChain, type ReadableChain} from '../readable/shape.ts';
import type {GoroutineAnswer, GoroutineQuestion, Step} from './shape.ts';

export const goroutine = defineDerivation({
  id: 'goroutine',
  answer(session, question: GoroutineQuestion): GoroutineAnswer | null {
    const source = session.source(question.source);
    if (!source || question.goroutine >= source.trace.goroutines.length) return null;
    const {trace} = source;
    const {goroutines, stackChanges} = trace;
    const row = question.goroutine;
    const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
    const steps = stepsOf(source, row, question, shiftNs);
    const shown = steps.slice(question.first, question.first + question.count);
    const creator = goroutines.creator[row];
    return {
      id: goroutines.id[row],
      startFunction: text(trace, goroutines.startFunction[row]),
      creator: creator < 0 ? Number.NaN : goroutines.id[creator],
      creatorChain: chainOf(session, source, goroutines.creatorStack[row]),
      startNs: goroutines.startNs[row] + shiftNs,
      endNs: goroutines.endNs[row] + shiftNs,
      hasStackSizes: trace.hasStackSizes,
      stepCount: steps.length,
      first: question.first,
      steps: stackChanges.length === 0 ? [] : shown.map((change) => step(session, source, change, shiftNs)),
    };
  },
});

/** Rows of the goroutine's changes in the range. Cost: linear in the changes of the trace. */
function stepsOf({trace}: SessionSource, row: number, {range}: GoroutineQuestion, shiftNs: number): number[] {
  const {goroutine: owner, timeNs, length} = trace.stackChanges;
  const fromNs = (range?.fromNs ?? -Infinity) - shiftNs;
  const toNs = (range?.toNs ?? Infinity) - shiftNs;
  const rows: number[] = [];
  for (let i = 0; i < length; i++) if (owner[i] === row && timeNs[i] >= fromNs && timeNs[i] <= toNs) rows.push(i);
  return rows;
}

function step(session: Session, source: SessionSource, change: number, shiftNs: number): Step {
  const {stackChanges: changes} = source.trace;
  const causes = session.causes(source);
  const from = session.source(causes.source[change]);
  return {
    kind: stackChangeNames[changes.kind[change]],
    timeNs: changes.timeNs[change] + shiftNs,
    oldBytes: changes.oldBytes[change],
    newBytes: changes.newBytes[change],
    durationNs: changes.durationNs[change],
    stackFrom: stackFromNames[causes.from[change] as StackFrom],
    stackDistanceNs: causes.distanceNs[change],
    chain: from && chainOf(session, from, causes.stack[change]),
  };
}

function chainOf(session: Session, source: SessionSource, stack: number): ReadableChain | null {
  return readableChain(source.trace.stacks, session.labels(source), stack);
}

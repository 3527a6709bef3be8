/** One goroutine's stack changes -> steps with sizes, times and the nearest known call chain. */
import {StackChangeKind} from '../../model/tables.ts';
import {text} from '../../model/trace.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {stackFromNames, type StackFrom} from '../growth/shape.ts';
import type {GoroutineAnswer, GoroutineQuestion, ReadableChain, Step} from './shape.ts';

/** Entries of a readable chain; what is nearer to the root is counted only. */
const MOST_CALLS = 24;

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
      creatorChain: readableChain(session, source, goroutines.creatorStack[row]),
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

const KINDS: Readonly<Record<number, Step['kind']>> = {
  [StackChangeKind.Initial]: 'initial',
  [StackChangeKind.Growth]: 'growth',
  [StackChangeKind.Shrink]: 'shrink',
  [StackChangeKind.Freed]: 'freed',
};

function step(session: Session, source: SessionSource, change: number, shiftNs: number): Step {
  const {stackChanges: changes} = source.trace;
  const causes = session.causes(source);
  const from = session.source(causes.source[change]);
  return {
    kind: KINDS[changes.kind[change]],
    timeNs: changes.timeNs[change] + shiftNs,
    oldBytes: changes.oldBytes[change],
    newBytes: changes.newBytes[change],
    durationNs: changes.durationNs[change],
    stackFrom: stackFromNames[causes.from[change] as StackFrom],
    stackDistanceNs: causes.distanceNs[change],
    chain: from && readableChain(session, from, causes.stack[change]),
  };
}

/** A stack as a person reads it; null for -1. */
function readableChain(session: Session, source: SessionSource, stack: number): ReadableChain | null {
  if (stack < 0) return null;
  const {stacks} = source.trace;
  const labels = session.labels(source);
  const calls: {name: string; times: number}[] = [];
  let at = stack;
  for (; at >= 0; at = stacks.parent[at]) {
    const name = labels.names[labels.ofFrame[stacks.frame[at]]];
    const last = calls.at(-1);
    if (last?.name === name) last.times++;
    else if (calls.length === MOST_CALLS) break;
    else calls.push({name, times: 1});
  }
  let moreFrames = 0;
  for (; at >= 0; at = stacks.parent[at]) moreFrames++;
  return {calls, moreFrames};
}

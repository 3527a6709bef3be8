/** The changes of one goroutine's stack, from the trace's stack events or from probes, and the curve that they make. */
import {StackChangeKind} from '../../model/tables.ts';
import {groupOf} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {CauseFrom, stackChangeNames, StackFrom, stackFromNames, type CountedBy, type CountedChanges} from '../growth/shape.ts';
import {readableChain, type ReadableChain} from '../readable/shape.ts';
import type {GoroutineQuestion, SizeCurve, Step} from './shape.ts';

/** Steps by number, each made when it is asked for. */
export interface StackSteps {
  readonly by: CountedBy | null;
  readonly length: number;
  /** Chain by chain: what a step costs is finding its stack. */
  step(i: number): Step;
  /** What a step changes, without its stack. */
  change(i: number): {readonly kind: number; readonly timeNs: number; readonly oldBytes: number; readonly newBytes: number};
}

const NONE: StackSteps = {
  by: null, length: 0,
  step: () => {
    throw new Error('internal: a step of none');
  },
  change: () => {
    throw new Error('internal: a change of none');
  },
};

/** The steps in the range. Cost: linear in the changes of the source that tells of them. */
export function stackSteps(session: Session, source: SessionSource, question: GoroutineQuestion): StackSteps {
  if (source.trace.hasStackSizes && source.probed === null) return ofTrace(session, source, question);
  const group = groupOf(session.axis, source.id);
  const probed = group ? session.countable(group).filter(({by}) => by === 'probes').map((countable) => session.countedChanges(countable)).filter(({goroutinesOf}) => goroutinesOf === source.id) : [];
  const counted = probed.find((changes) => changes.source === question.counted) ?? probed.at(0);
  return counted ? ofProbes(session, source, counted, question) : NONE;
}

function ofTrace(session: Session, source: SessionSource, {goroutine, range}: GoroutineQuestion): StackSteps {
  const {stackChanges: changes} = source.trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const rows: number[] = [];
  for (let i = 0; i < changes.length; i++) if (changes.goroutine[i] === goroutine && isIn(changes.timeNs[i] + shiftNs, range)) rows.push(i);
  const change = (i: number) => ({kind: changes.kind[rows[i]], timeNs: changes.timeNs[rows[i]] + shiftNs, oldBytes: changes.oldBytes[rows[i]], newBytes: changes.newBytes[rows[i]]});
  return {
    by: 'trace',
    length: rows.length,
    change,
    step: (i) => {
      const row = rows[i];
      const causes = session.causes(source);
      const from = session.source(causes.source[row]);
      const isUntold = from !== null && causes.from[row] === StackFrom.Sample && session.growingFunction(from, causes.stack[row]).from === CauseFrom.None;
      const near = isUntold ? chainOf(session, source, causes.eventStack[row]) : null;
      const {kind, ...told} = change(i);
      return {
        ...told,
        kind: stackChangeNames[kind],
        usedBytes: Number.NaN,
        durationNs: changes.durationNs[row],
        stackFrom: stackFromNames[causes.from[row] as StackFrom],
        stackDistanceNs: causes.distanceNs[row],
        chain: from && chainOf(session, from, causes.stack[row]),
        restored: [],
        neighbour: near && {chain: near, distanceNs: causes.eventDistanceNs[row]},
      };
    },
  };
}

/** The chain of a probe is that of the step itself. */
function ofProbes(session: Session, source: SessionSource, counted: CountedChanges, {goroutine, range}: GoroutineQuestion): StackSteps {
  const rows: number[] = [];
  for (let i = 0; i < counted.length; i++) if (counted.goroutine[i] === goroutine && isIn(counted.timeNs[i], range)) rows.push(i);
  rows.sort((a, b) => counted.timeNs[a] - counted.timeNs[b]);
  const probed = session.openSource(counted.source);
  const change = (i: number) => ({kind: counted.kind[rows[i]], timeNs: counted.timeNs[rows[i]], oldBytes: counted.oldBytes[rows[i]], newBytes: counted.newBytes[rows[i]]});
  return {
    by: 'probes',
    length: rows.length,
    change,
    step: (i) => {
      const row = rows[i];
      const chain = chainOf(session, probed, probed.trace.samples.stack[counted.row[row]]);
      const near = session.nearestEvent(source, goroutine, counted.timeNs[row]);
      const nearChain = chainOf(session, source, near.stack);
      const {kind, ...told} = change(i);
      const isTold = counted.causeFrom[row] === CauseFrom.Sample || counted.causeFrom[row] === CauseFrom.Caller;
      return {
        ...told,
        kind: stackChangeNames[kind],
        usedBytes: counted.usedBytes[row],
        durationNs: Number.NaN,
        stackFrom: chain ? 'sample' : nearChain ? 'event' : null,
        stackDistanceNs: chain ? 0 : near.distanceNs,
        chain: chain ?? nearChain,
        restored: chain ? [] : (probed.callers?.of(counted.row[row]) ?? []).map(({name}) => name).reverse(),
        neighbour: chain && nearChain && !isTold ? {chain: nearChain, distanceNs: near.distanceNs} : null,
      };
    },
  };
}

function isIn(timeNs: number, range: GoroutineQuestion['range']): boolean {
  return !range || (timeNs >= range.fromNs && timeNs <= range.toNs);
}

function chainOf(session: Session, source: SessionSource, stack: number): ReadableChain | null {
  return readableChain(source.trace, session.labels(source), stack);
}

/** Stretches that a curve of many steps is told in: two points each. */
const MOST_STRETCHES = 300;

/** Size before the first step, then after each. */
export function sizeCurve(steps: StackSteps): SizeCurve {
  const points: {timeNs: number; bytes: number}[] = [];
  const perStretch = Math.max(1, Math.ceil(steps.length / MOST_STRETCHES));
  for (let from = 0; from < steps.length; from += perStretch) {
    const to = Math.min(from + perStretch, steps.length);
    let largest = -1;
    for (let i = from; i < to; i++) if (largest < 0 || steps.change(i).newBytes >= steps.change(largest).newBytes) largest = i;
    for (const i of new Set([largest, to - 1])) points.push({timeNs: steps.change(i).timeNs, bytes: after(steps.change(i))});
  }
  if (steps.length > 0 && steps.change(0).kind !== StackChangeKind.Initial) points.unshift({timeNs: Number.NEGATIVE_INFINITY, bytes: steps.change(0).oldBytes});
  return {timeNs: Float64Array.from(points, ({timeNs}) => timeNs), bytes: Float64Array.from(points, ({bytes}) => bytes)};
}

/** A stack that was given back is none. */
function after({kind, newBytes}: {readonly kind: number; readonly newBytes: number}): number {
  return kind === StackChangeKind.Freed ? 0 : newBytes;
}

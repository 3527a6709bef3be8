/** What counters show at a time: those that a trace keeps itself, and goroutines and stacks counted from what is known of each. */
import {upperBound} from '../../base/columns/search.ts';
import {State} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import type {CounterId} from '../lanes/shape.ts';
import {sumOfStacks} from './group-at.ts';
import type {ValueAt} from './shape.ts';

/** Names that Go gives the counters, by ours. */
const METRICS = [
  ['heap', 'live', '/memory/classes/heap/objects:bytes'],
  ['heap', 'goal', '/gc/heap/goal:bytes'],
  ['procs', 'gomaxprocs', '/sched/gomaxprocs:threads'],
] as const;
/** A goal beyond this stands for none: GC is off. */
const NO_GOAL = 2 ** 62;

const COUNTED_STATES = [['running', State.Running], ['syscall', State.Syscall], ['runnable', State.Runnable], ['waiting', State.Waiting]] as const;

/** `timeNs` is on the source's own clock. Cost: linear in the goroutines for what is counted from them. */
export function countersAt(session: Session, source: SessionSource, counter: CounterId, filter: Filter, timeNs: number): ValueAt[] {
  const {trace} = source;
  if (timeNs < trace.startNs || timeNs > trace.endNs) return [];
  if (counter === 'stacks') return [{series: 'stacks', value: sumOfStacks(session, source, filter, timeNs, () => true).sumBytes}];
  if (counter === 'goroutines') {
    const counts = stateCounts(session, source, filter, timeNs);
    return COUNTED_STATES.map(([series, state]) => ({series, value: counts[state]}));
  }
  return METRICS.filter(([of]) => of === counter).map(([, series, name]) => ({series, value: valueAt(trace, name, timeNs)}));
}

function stateCounts(session: Session, source: SessionSource, filter: Filter, timeNs: number): number[] {
  const {goroutines, states} = source.trace;
  const pass = session.filtered(source, filter).goroutines;
  const counts = Object.values(State).map(() => 0);
  for (let g = 0; g < goroutines.length; g++) {
    if (pass?.[g] === 0 || goroutines.endNs[g] <= timeNs) continue;
    const first = goroutines.firstState[g];
    const row = upperBound(states.startNs, timeNs, first, first + goroutines.stateCount[g]) - 1;
    if (row >= first) counts[states.state[row]]++;
  }
  return counts;
}

interface Series {
  readonly timeNs: Float64Array;
  readonly value: Float64Array;
}

const seriesOfTrace = new WeakMap<Trace, Map<string, Series>>();

/** The last value told before the time, or at it; NaN: none was, or it stands for none. */
function valueAt(trace: Trace, name: string, timeNs: number): number {
  let series = seriesOfTrace.get(trace);
  if (!series) seriesOfTrace.set(trace, (series = new Map()));
  let of = series.get(name);
  if (!of) {
    const {counters} = trace;
    const rows = Int32Array.from(counters.name.keys()).filter((row) => text(trace, counters.name[row]) === name);
    series.set(name, (of = {timeNs: Float64Array.from(rows, (row) => counters.timeNs[row]), value: Float64Array.from(rows, (row) => counters.value[row])}));
  }
  const at = upperBound(of.timeNs, timeNs) - 1;
  return at < 0 || of.value[at] >= NO_GOAL ? Number.NaN : of.value[at];
}

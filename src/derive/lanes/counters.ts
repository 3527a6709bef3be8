/** Counters over time -> values by pixel: what a trace counted itself, and how many goroutines or procs are in a state. */
import {isGoTrace, type SessionSource} from '../derivation.ts';
import {upperBound} from '../../base/columns/search.ts';
import {State} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import type {CounterId} from './shape.ts';

/** A stretch of the trace's own time, cut into pixels. */
export interface TraceWindow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
}

interface CountedSeries {
  readonly timeNs: Float64Array;
  readonly value: Float64Array;
  readonly most: number;
}

/** Names that Go gives the counters, by ours. */
const METRICS = {live: '/memory/classes/heap/objects:bytes', goal: '/gc/heap/goal:bytes', gomaxprocs: '/sched/gomaxprocs:threads'} as const;
export type Metric = keyof typeof METRICS;

const seriesOfTrace = new WeakMap<Trace, ReadonlyMap<string, CountedSeries>>();

function seriesOf(trace: Trace): ReadonlyMap<string, CountedSeries> {
  let series = seriesOfTrace.get(trace);
  if (!series) seriesOfTrace.set(trace, (series = readSeries(trace)));
  return series;
}

/** A goal beyond this stands for none: GC is off. */
const NO_GOAL = 2 ** 62;

function readSeries({counters, ...trace}: Trace): ReadonlyMap<string, CountedSeries> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < counters.length; row++) {
    const ofName = rows.get(counters.name[row]);
    if (ofName) ofName.push(row);
    else rows.set(counters.name[row], [row]);
  }
  return new Map([...rows].map(([name, ofName]) => {
    const value = Float64Array.from(ofName, (row) => (counters.value[row] >= NO_GOAL ? Number.NaN : counters.value[row]));
    const most = value.reduce((largest, at) => (at > largest ? at : largest), 0);
    return [text(trace, name) ?? '', {timeNs: Float64Array.from(ofName, (row) => counters.timeNs[row]), value, most}];
  }));
}

/** The counters that a trace has something for. */
export function countersOf(source: SessionSource): CounterId[] {
  const {trace} = source;
  const series = seriesOf(trace);
  const has: Readonly<Record<CounterId, boolean>> = {heap: series.has(METRICS.live), procs: series.has(METRICS.gomaxprocs), goroutines: isGoTrace(source), stacks: trace.hasStackSizes};
  return (Object.keys(has) as CounterId[]).filter((id) => has[id]);
}

/** Largest value of a metric in the whole trace; 0 where it has none. */
export function mostOf(trace: Trace, metric: Metric): number {
  return seriesOf(trace).get(METRICS[metric])?.most ?? 0;
}

/** The largest value that holds within each pixel; NaN before the first is known. */
export function paintMetric(trace: Trace, metric: Metric, window: TraceWindow, plane: Float32Array): void {
  plane.fill(Number.NaN);
  const series = seriesOf(trace).get(METRICS[metric]);
  if (!series) return;
  const {timeNs, value} = series;
  const scale = window.widthPx / Math.max(1, window.toNs - window.fromNs);
  for (let i = Math.max(0, upperBound(timeNs, window.fromNs) - 1); i < timeNs.length && timeNs[i] < window.toNs; i++) {
    const first = Math.floor((timeNs[i] - window.fromNs) * scale);
    const endNs = i + 1 < timeNs.length ? timeNs[i + 1] : trace.endNs;
    const end = Math.min(window.widthPx, Math.max(Math.ceil((endNs - window.fromNs) * scale), first + 1));
    for (let pixel = Math.max(0, first); pixel < end; pixel++) if (!(plane[pixel] >= value[i])) plane[pixel] = value[i];
  }
}

/** Which goroutines or procs are counted, by row; null: all. */
type Mask = Uint8Array | null;

/** How many goroutines are in each of the states, on average over each pixel: a plane a state. */
export function paintStateCounts(trace: Trace, mask: Mask, states: readonly State[], window: TraceWindow, planes: readonly Float32Array[]): void {
  const {goroutines} = trace;
  paintCounts(trace, goroutines, mask, (g) => (Number.isNaN(goroutines.endNs[g]) ? trace.endNs : goroutines.endNs[g]), states, window, planes);
}

/** How many procs run, on average over each pixel. */
export function paintRunningProcs(trace: Trace, window: TraceWindow, plane: Float32Array): void {
  paintCounts(trace, trace.procs, null, () => trace.endNs, [State.Running], window, [plane]);
}

interface Owners {
  readonly length: number;
  readonly firstState: Int32Array;
  readonly stateCount: Int32Array;
}

/** Each state adds what it covers of a pixel: of whole ones as a step up and a step down, summed at the end. Hot: once for every state in the window. */
function paintCounts({states: table, startNs, endNs: traceEndNs}: Trace, owners: Owners, mask: Mask, endOf: (owner: number) => number, states: readonly State[], window: TraceWindow, planes: readonly Float32Array[]): void {
  const {widthPx} = window;
  const scale = widthPx / Math.max(1, window.toNs - window.fromNs);
  const planeOf = Array.from({length: 8}, (_, state) => states.indexOf(state as State));
  // `steps` are summed from left to right; `parts` are of their pixel alone.
  const steps = states.map(() => new Float64Array(widthPx + 2));
  const parts = states.map(() => new Float64Array(widthPx + 1));
  for (let owner = 0; owner < owners.length; owner++) {
    if (mask?.[owner] === 0) continue;
    const first = owners.firstState[owner];
    const end = first + owners.stateCount[owner];
    const ownEndNs = endOf(owner);
    for (let i = Math.max(first, upperBound(table.startNs, window.fromNs, first, end) - 1); i < end && table.startNs[i] < window.toNs; i++) {
      const at = planeOf[table.state[i]];
      if (at < 0) continue;
      const x0 = Math.max(0, (table.startNs[i] - window.fromNs) * scale);
      const x1 = Math.min(widthPx, ((i + 1 < end ? table.startNs[i + 1] : ownEndNs) - window.fromNs) * scale);
      if (!(x1 > x0)) continue;
      const firstPx = Math.floor(x0);
      const lastPx = Math.floor(x1);
      if (firstPx === lastPx) parts[at][firstPx] += x1 - x0;
      else {
        parts[at][firstPx] += firstPx + 1 - x0;
        parts[at][lastPx] += x1 - lastPx;
        steps[at][firstPx + 1]++;
        steps[at][lastPx]--;
      }
    }
  }
  // Before the recording and after it nothing is known.
  const known0 = Math.floor((startNs - window.fromNs) * scale);
  const known1 = Math.ceil((traceEndNs - window.fromNs) * scale);
  for (const [at, plane] of planes.entries()) {
    let whole = 0;
    for (let pixel = 0; pixel < widthPx; pixel++) {
      whole += steps[at][pixel];
      plane[pixel] = pixel < known0 || pixel >= known1 ? Number.NaN : whole + parts[at][pixel];
    }
  }
}

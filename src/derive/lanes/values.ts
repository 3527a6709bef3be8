/** Rows that show numbers over time: how many series each has, and their values by pixel. */
import {State} from '../../model/tables.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {paintStackSeries} from '../stacks-held/shape.ts';
import {mostOf, paintMetric, paintRunningProcs, paintStateCounts, type TraceWindow} from './counters.ts';
import type {Content, CounterRow} from './list.ts';
import {counterSeries} from './shape.ts';
import type {Task} from './tasks.ts';

/** How many series a row has. */
export function valuePlanes(content: Content): number {
  switch (content.kind) {
    case 'counter': return counterSeries[content.counter].length;
    case 'group': return 2;
    case 'process': return 1;
    case 'section': return content.shows ? counterSeries[content.shows.counter].length : content.section === 'counters' || content.section === 'events' ? 0 : 1;
    case 'gc':
    case 'proc':
    case 'goroutine':
    case 'regions':
    case 'task':
    case 'log':
    case 'thread':
    case 'event': return 0;
  }
}

/** Writes the series of a counter; gives the largest value that they have. */
export function paintCounter(session: Session, {source, counter}: CounterRow, filter: Filter, window: TraceWindow, values: readonly Float32Array[]): number {
  const {trace} = source;
  const own = onTrace(session, source, window);
  switch (counter) {
    case 'heap':
      paintMetric(trace, 'live', own, values[0]);
      paintMetric(trace, 'goal', own, values[1]);
      return Math.max(mostOf(trace, 'live'), mostOf(trace, 'goal'));
    case 'procs':
      paintMetric(trace, 'gomaxprocs', own, values[0]);
      return mostOf(trace, 'gomaxprocs');
    case 'goroutines':
      paintStateCounts(trace, session.filtered(source, filter).goroutines, [State.Running, State.Syscall, State.Runnable, State.Waiting], own, values);
      return mostTogether(values);
    case 'stacks': {
      const series = session.stacksHeld(source, filter);
      paintStackSeries(series, window, {sum: values[0], alive: new Float32Array(window.widthPx), most: new Uint8Array(window.widthPx)});
      return series.mostSum;
    }
  }
}

/** How many procs run, of all sources. Gives the number of procs. */
export function paintProcs(session: Session, procs: readonly {readonly source: SessionSource}[], window: TraceWindow, plane: Float32Array): number {
  const sources = new Set(procs.map(({source}) => source));
  for (const source of sources) {
    const own = new Float32Array(window.widthPx);
    paintRunningProcs(source.trace, onTrace(session, source, window), own);
    addTo(plane, own);
  }
  return procs.length;
}

/** How many tasks are begun and not ended, at most within the pixel. */
export function paintTaskCount(session: Session, tasks: readonly Task[], window: TraceWindow, plane: Float32Array): number {
  const scale = window.widthPx / Math.max(1, window.toNs - window.fromNs);
  const steps = new Int32Array(window.widthPx + 1);
  for (const {source, span} of tasks) {
    const {spans, endNs: traceEndNs} = source.trace;
    const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
    const toNs = Number.isNaN(spans.endNs[span]) ? traceEndNs : spans.endNs[span];
    const first = Math.floor((spans.startNs[span] + shiftNs - window.fromNs) * scale);
    const end = Math.max(Math.ceil((toNs + shiftNs - window.fromNs) * scale), first + 1);
    if (end <= 0 || first >= window.widthPx) continue;
    steps[Math.max(0, first)]++;
    steps[Math.min(window.widthPx, end)]--;
  }
  let count = 0;
  for (let pixel = 0; pixel < window.widthPx; pixel++) plane[pixel] = count += steps[pixel];
  return plane.reduce((most, value) => Math.max(most, value), 0);
}

/** A window of the axis on a source's own clock. */
export function onTrace({axis}: Session, {id}: SessionSource, {fromNs, toNs, widthPx}: TraceWindow): TraceWindow {
  const shiftNs = axis.shiftsNs.get(id) ?? 0;
  return {fromNs: fromNs - shiftNs, toNs: toNs - shiftNs, widthPx};
}

function addTo(plane: Float32Array, values: Float32Array): void {
  for (let i = 0; i < plane.length; i++) if (!Number.isNaN(values[i])) plane[i] = (Number.isNaN(plane[i]) ? 0 : plane[i]) + values[i];
}

/** Largest sum of the planes in one pixel. */
function mostTogether(planes: readonly Float32Array[]): number {
  let most = 0;
  for (let i = 0; i < planes[0].length; i++) {
    const sum = planes.reduce((all, plane) => all + plane[i], 0);
    if (sum > most) most = sum;
  }
  return most;
}

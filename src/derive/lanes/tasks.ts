/** Tasks of a trace, each with the regions that belong to it, in layers; and the regions of goroutines. Made once per trace. */
import {SpanKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {layered, type Layered, type Stretch} from './layers.ts';
import {remembered} from './remembered.ts';

/** A named stretch on the trace's own time. */
export interface NamedStretch extends Stretch {
  readonly name: string;
}

export interface Task {
  readonly source: SessionSource;
  /** Row of spans. */
  readonly span: number;
  readonly id: number;
  readonly name: string;
  /** The task itself is the first layer, its regions those below. */
  readonly boxes: Layered<NamedStretch>;
}

interface Spans {
  /** In the order of a tree: a task, then those under it. */
  readonly tasks: readonly Omit<Task, 'source'>[];
  /** Goroutines that began a task, or a region of it, by span of the task. */
  readonly goroutines: ReadonlyMap<number, ReadonlySet<number>>;
  readonly regions: ReadonlyMap<number, Layered<NamedStretch>>;
}

const spansOfTrace = new WeakMap<Trace, Spans>();

function spansOf(trace: Trace): Spans {
  let spans = spansOfTrace.get(trace);
  if (!spans) spansOfTrace.set(trace, (spans = readSpans(trace)));
  return spans;
}

const tasksOfSession = new WeakMap<Session, Map<string, readonly Task[]>>();

/** Tasks that a goroutine which passes the filter began or has a region of. Made once per session, source and filter: a service has one a request. */
export function tasksOf(session: Session, source: SessionSource, filter: Filter): readonly Task[] {
  return remembered(tasksOfSession, session, JSON.stringify([source.id, filter]), () => {
    const {tasks, goroutines} = spansOf(source.trace);
    const pass = session.filtered(source, filter).goroutines;
    return tasks.filter(({span}) => !pass || [...goroutines.get(span)!].some((g) => g >= 0 && pass[g] === 1)).map((task) => ({...task, source}));
  });
}

/** Regions of a goroutine; null: it has none. */
export function regionsOf(trace: Trace, goroutine: number): Layered<NamedStretch> | null {
  return spansOf(trace).regions.get(goroutine) ?? null;
}

function readSpans(trace: Trace): Spans {
  const {spans} = trace;
  const stretch = (row: number): NamedStretch => ({fromNs: spans.startNs[row], toNs: Number.isNaN(spans.endNs[row]) ? trace.endNs : spans.endNs[row], name: text(trace, spans.name[row]) ?? ''});
  const tasks: number[] = [];
  const regionsByTask = new Map<number, number[]>();
  const regionsByGoroutine = new Map<number, NamedStretch[]>();
  for (let row = 0; row < spans.length; row++) {
    if (spans.kind[row] === SpanKind.Task) tasks.push(row);
    if (spans.kind[row] !== SpanKind.Region) continue;
    listed(regionsByGoroutine, spans.goroutine[row]).push(stretch(row));
    if (spans.task[row] > 0) listed(regionsByTask, spans.task[row]).push(row);
  }
  const known = new Set(tasks.map((row) => spans.task[row]));
  const under = new Map<number, number[]>();
  for (const row of tasks) listed(under, known.has(spans.parentTask[row]) && spans.parentTask[row] !== spans.task[row] ? spans.parentTask[row] : -1).push(row);
  const ordered: Omit<Task, 'source'>[] = [];
  const goroutines = new Map<number, Set<number>>();
  const waiting = (under.get(-1) ?? []).toReversed();
  const seen = new Set<number>();
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    const id = spans.task[row];
    if (seen.has(row)) continue;
    seen.add(row);
    const regions = regionsByTask.get(id) ?? [];
    goroutines.set(row, new Set([row, ...regions].map((span) => spans.goroutine[span])));
    const below = layered(regions.map(stretch));
    const own = stretch(row);
    const boxes = {stretches: [own, ...below.stretches], layer: Int32Array.of(0, ...below.layer.map((layer) => layer + 1)), layers: below.layers + 1};
    ordered.push({span: row, id, name: own.name, boxes});
    waiting.push(...(under.get(id) ?? []).toReversed());
  }
  return {tasks: ordered, goroutines, regions: new Map([...regionsByGoroutine].map(([g, regions]) => [g, layered(regions)]))};
}

function listed<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}

/** Tasks of a trace, each with the regions that belong to it, in layers; and the regions of goroutines. What is looked at of them is made then. */
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

/** A task of a source; a service has one a request. */
export class Task {
  readonly source: SessionSource;
  /** Row of spans. */
  readonly span: number;

  constructor(source: SessionSource, span: number) {
    this.source = source;
    this.span = span;
  }

  get id(): number {
    return this.source.trace.spans.task[this.span];
  }

  get name(): string {
    return stretchOf(this.source.trace, this.span).name;
  }

  /** The task itself is the first layer, its regions those below. */
  get boxes(): Layered<NamedStretch> {
    const {trace} = this.source;
    const {boxesOfTask, regionsOfTask} = spansOf(trace);
    let boxes = boxesOfTask.get(this.span);
    if (!boxes) boxesOfTask.set(this.span, (boxes = boxesFor(stretchOf(trace, this.span), layeredSpans(trace, regionsOfTask(this.span)))));
    return boxes;
  }
}

interface Spans {
  /** Rows of tasks in the order of a tree: a task, then those under it. */
  readonly tasks: Int32Array;
  /** Rows of the regions of a task, by its row, and of a goroutine; in the order of their begin. */
  readonly regionsOfTask: (task: number) => Int32Array;
  readonly regionsOfGoroutine: (goroutine: number) => Int32Array;
  readonly boxesOfTask: Map<number, Layered<NamedStretch>>;
  readonly boxesOfGoroutine: Map<number, Layered<NamedStretch>>;
}

const spansOfTrace = new WeakMap<Trace, Spans>();

function spansOf(trace: Trace): Spans {
  let spans = spansOfTrace.get(trace);
  if (!spans) spansOfTrace.set(trace, (spans = readSpans(trace)));
  return spans;
}

const tasksOfSession = new WeakMap<Session, Map<string, readonly Task[]>>();

/** Tasks that a goroutine which passes the filter began or has a region of. Made once per session, source and filter. */
export function tasksOf(session: Session, source: SessionSource, filter: Filter): readonly Task[] {
  return remembered(tasksOfSession, session, JSON.stringify([source.id, filter]), () => {
    const {tasks, regionsOfTask} = spansOf(source.trace);
    const {goroutine} = source.trace.spans;
    const pass = session.filtered(source, filter).goroutines;
    const passes = (span: number) => pass === null || (goroutine[span] >= 0 && pass[goroutine[span]] === 1);
    return Array.from(pass ? tasks.filter((task) => passes(task) || regionsOfTask(task).some(passes)) : tasks, (task) => new Task(source, task));
  });
}

export function hasRegions(trace: Trace, goroutine: number): boolean {
  return spansOf(trace).regionsOfGoroutine(goroutine).length > 0;
}

/** Regions of a goroutine. */
export function regionsOf(trace: Trace, goroutine: number): Layered<NamedStretch> {
  const {regionsOfGoroutine, boxesOfGoroutine} = spansOf(trace);
  let boxes = boxesOfGoroutine.get(goroutine);
  if (!boxes) boxesOfGoroutine.set(goroutine, (boxes = layeredSpans(trace, regionsOfGoroutine(goroutine))));
  return boxes;
}

function stretchOf(trace: Trace, row: number): NamedStretch {
  const {startNs, endNs, name} = trace.spans;
  return {fromNs: startNs[row], toNs: Number.isNaN(endNs[row]) ? trace.endNs : endNs[row], name: text(trace, name[row]) ?? ''};
}

function layeredSpans(trace: Trace, rows: Int32Array): Layered<NamedStretch> {
  return layered(Array.from(rows, (row) => stretchOf(trace, row)));
}

function boxesFor(own: NamedStretch, below: Layered<NamedStretch>): Layered<NamedStretch> {
  return {stretches: [own, ...below.stretches], layer: Int32Array.of(0, ...below.layer.map((layer) => layer + 1)), layers: below.layers + 1};
}

/** Cost: linear in the spans. */
function readSpans(trace: Trace): Spans {
  const {length, kind, task: idOf, parentTask: parentIdOf, goroutine} = trace.spans;
  /** By id of a task: its number. */
  const numbers = new Map<number, number>();
  for (let row = 0; row < length; row++) if (kind[row] === SpanKind.Task && !numbers.has(idOf[row])) numbers.set(idOf[row], numbers.size);
  const none = numbers.size;
  /** By row: of a task what it is under (`none`: nothing), of a region the task it belongs to; -1 for all else. */
  const under = new Int32Array(length).fill(-1);
  const inTask = new Int32Array(length).fill(-1);
  const inGoroutine = new Int32Array(length).fill(-1);
  for (let row = 0; row < length; row++) {
    if (kind[row] === SpanKind.Task) under[row] = parentIdOf[row] === idOf[row] ? none : (numbers.get(parentIdOf[row]) ?? none);
    else if (kind[row] === SpanKind.Region) {
      inGoroutine[row] = goroutine[row];
      if (idOf[row] > 0) inTask[row] = numbers.get(idOf[row]) ?? -1;
    }
  }
  const tasksUnder = rowsBy(under, none + 1);
  const regionsOfNumber = rowsBy(inTask, none);
  return {
    tasks: inTreeOrder(tasksUnder, none, (task) => numbers.get(idOf[task])!, length),
    regionsOfTask: (task) => regionsOfNumber(numbers.get(idOf[task])!),
    regionsOfGoroutine: rowsBy(inGoroutine, trace.goroutines.length),
    boxesOfTask: new Map(),
    boxesOfGoroutine: new Map(),
  };
}

/** Rows by owner (-1: none), in their order. */
function rowsBy(owner: Int32Array, owners: number): (owner: number) => Int32Array {
  const first = new Int32Array(owners + 1);
  for (let row = 0; row < owner.length; row++) if (owner[row] >= 0) first[owner[row] + 1]++;
  for (let at = 1; at <= owners; at++) first[at] += first[at - 1];
  const next = first.slice();
  const rows = new Int32Array(first[owners]);
  for (let row = 0; row < owner.length; row++) if (owner[row] >= 0) rows[next[owner[row]]++] = row;
  return (of) => rows.subarray(first[of], first[of + 1]);
}

function inTreeOrder(tasksUnder: (parent: number) => Int32Array, none: number, numberOf: (task: number) => number, length: number): Int32Array {
  const isSeen = new Uint8Array(length);
  const ordered: number[] = [];
  const waiting = [...tasksUnder(none)].reverse();
  for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) {
    if (isSeen[task] === 1) continue;
    isSeen[task] = 1;
    ordered.push(task);
    const below = tasksUnder(numberOf(task));
    for (let at = below.length - 1; at >= 0; at--) waiting.push(below[at]);
  }
  return Int32Array.from(ordered);
}

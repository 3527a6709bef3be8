/**
 * Go traces for tests, drawn: a column is a moment, a line a goroutine, a cell the state that begins there and lasts until the next.
 *
 *                   0us      10us    20us          30us        Cells: `run M7`, `sys M7`, `ready`, `wait`, `end`; behind it may
 *   G1 main.main    run M7   wait    run M8                    stand a stack, root first, and who caused it: `ready {a;b} by G2`.
 *   G2 main.work             run M7  sys M7        end         A goroutine whose first cell is in the first column is older.
 */
import {TraceBuilder} from '../model/builder.ts';
import {ArgumentKind, SpanKind, StackChangeKind, State} from '../model/tables.ts';
import type {Clock, Trace} from '../model/trace.ts';
import {MONOTONIC, nanoseconds} from './trace-from-text.ts';

/** What the drawing of states does not say, a line each. */
export interface DrawnBeside {
  /** Changes of stack sizes: `12us+3us G1 2K→4K M7`; `→2K` a first stack, `4K→` one given back, `?` not known. Without: no sizes were recorded. */
  readonly changes?: string;
  /** Garbage collections: `10us..20us`, or `10us..` for one that did not end. */
  readonly gc?: string;
  /** Regions and tasks, and messages: `10us..20us region G1 parse`, `10us.. task #4 G1 request`, `.. region #4 G1 read`, `12us log G1 warn: slow`. */
  readonly spans?: string;
  /** CPU samples of the trace itself: `15us G1 M7 main;f`; `G-` and `M-` for none. */
  readonly cpuSamples?: string;
  /** CLOCK_MONOTONIC, as stated by the source, unless given. */
  readonly clock?: Clock;
  readonly originNs?: bigint;
}

const STATES: Readonly<Record<string, State>> = {run: State.Running, sys: State.Syscall, ready: State.Runnable, wait: State.Waiting};

/** The drawn goroutines as a Trace of format `go-trace`. Throws when the drawing makes no sense. */
export function goTraceFromText(drawing: string, beside: DrawnBeside = {}): Trace {
  const build = new TraceBuilder('go-trace');
  build.clock = beside.clock ?? MONOTONIC;
  build.originNs = beside.originNs ?? 0n;
  build.hasStackSizes = beside.changes !== undefined;
  const lines = linesOf(drawing);
  const columns = [...(lines.shift() ?? '').matchAll(/\S+/g)].map(({0: time, index}) => ({timeNs: nanoseconds(time), from: index}));
  for (const {timeNs, from} of columns) {
    const across = lines.find((line) => /\S\S/.test(line.slice(from - 1, from + 1)));
    if (across !== undefined) throw new Error(`“${across.trim()}” runs into the column of ${timeNs} ns`);
  }
  const rowOfId = new Map<string, number>();
  const labels = lines.map((line) => parts(/^\s*(G\d+)(?: (\S+))?\s*$/, line.slice(0, columns[0].from)));
  for (const [id, start] of labels) rowOfId.set(id, addGoroutine(build, id, start));
  for (const [at, {timeNs, from}] of columns.entries()) {
    build.saw(timeNs);
    for (const [i, line] of lines.entries()) {
      const cell = line.slice(from, columns[at + 1]?.from).trim();
      if (cell !== '') addState(build, rowOfId, rowOf(rowOfId, labels[i][0]), cell, timeNs, at === 0);
    }
  }
  for (const line of linesOf(beside.changes ?? '')) addChange(build, rowOfId, line);
  for (const line of linesOf(beside.gc ?? '')) addGc(build, line);
  for (const line of linesOf(beside.spans ?? '')) addSpan(build, rowOfId, line);
  for (const line of linesOf(beside.cpuSamples ?? '')) addSample(build, rowOfId, line);
  return build.finish();
}

function linesOf(drawing: string): string[] {
  return drawing.split('\n').filter((line) => line.trim() !== '');
}

/** What the groups of a pattern found; an empty text for a group that is not there. */
function parts(pattern: RegExp, line: string): string[] {
  const found = pattern.exec(line);
  if (!found) throw new Error(`“${line.trim()}” makes no sense here`);
  return found.slice(1).map((part: string | undefined) => part ?? '');
}

function rowOf(rowOfId: ReadonlyMap<string, number>, id: string): number {
  if (id === '' || id === 'G-') return -1;
  const row = rowOfId.get(id);
  if (row === undefined) throw new Error(`${id} is not drawn`);
  return row;
}

function threadOf(build: TraceBuilder, name: string): number {
  return name === '' || name === 'M-' ? -1 : build.thread(-1, Number(name.slice(1)));
}

/** Row of a stack that is written `root;…;leaf`. */
function stackOf(build: TraceBuilder, names: string): number {
  if (names === '') return -1;
  return names.split(';').reduce((stack, name) => build.stack(stack, build.frame(build.string(name), -1, -1, -1)), -1);
}

function addGoroutine(build: TraceBuilder, id: string, start: string): number {
  const row = build.goroutines.add();
  const {rows} = build.goroutines;
  rows.id[row] = Number(id.slice(1));
  rows.startFunction[row] = start === '' ? -1 : build.string(start);
  rows.creator[row] = rows.creatorStack[row] = -1;
  rows.startNs[row] = rows.endNs[row] = Number.NaN;
  return row;
}

function addState(build: TraceBuilder, rowOfId: ReadonlyMap<string, number>, goroutine: number, cell: string, timeNs: number, isFirstColumn: boolean): void {
  const {rows: goroutines} = build.goroutines;
  if (cell === 'end') {
    goroutines.endNs[goroutine] = timeNs;
    return;
  }
  const [word, thread, stack, by] = parts(/^(run|sys|ready|wait)(?: (M\d+))?(?: \{(.+)\})?(?: by (G\d+))?$/, cell);
  const {states} = build;
  const isFirst = !states.rows.owner.subarray(0, states.length).includes(goroutine);
  const row = states.add();
  const {rows} = states;
  rows.owner[row] = goroutine;
  rows.startNs[row] = timeNs;
  rows.state[row] = STATES[word];
  rows.thread[row] = threadOf(build, thread);
  rows.proc[row] = rows.reason[row] = -1;
  rows.stack[row] = stackOf(build, stack);
  rows.by[row] = rowOf(rowOfId, by);
  if (!isFirst || isFirstColumn) return;
  goroutines.startNs[goroutine] = timeNs;
  goroutines.creator[goroutine] = rows.by[row];
  goroutines.creatorStack[goroutine] = rows.by[row] < 0 ? -1 : rows.stack[row];
}

function addChange(build: TraceBuilder, rowOfId: ReadonlyMap<string, number>, line: string): void {
  const [time, duration, id, from, to, thread] = parts(/^\s*([\d.a-z]+)(?:\+(\S+))? (G\d+|G-) (\S*)→(\S*)(?: (M\d+))?\s*$/, line);
  const oldBytes = bytes(from);
  const newBytes = bytes(to);
  const row = build.stackChanges.add();
  const {rows} = build.stackChanges;
  rows.timeNs[row] = nanoseconds(time);
  rows.kind[row] = from === '' ? StackChangeKind.Initial : to === '' ? StackChangeKind.Freed : oldBytes > newBytes ? StackChangeKind.Shrink : StackChangeKind.Growth;
  rows.durationNs[row] = from === '' || to === '' ? Number.NaN : duration === '' ? 0 : nanoseconds(duration);
  rows.oldBytes[row] = oldBytes;
  rows.newBytes[row] = newBytes;
  rows.goroutine[row] = rowOf(rowOfId, id);
  rows.thread[row] = threadOf(build, thread);
}

/** `4K`, `1M`, `100`; NaN for `?` and nothing. */
function bytes(size: string): number {
  const unit = size.endsWith('K') ? 1 << 10 : size.endsWith('M') ? 1 << 20 : 1;
  return size === '' || size === '?' ? Number.NaN : Number.parseFloat(size) * unit;
}

function addGc(build: TraceBuilder, line: string): void {
  const [start, end] = parts(/^\s*(\S+?)\.\.(\S*)\s*$/, line);
  const row = build.spans.add();
  const {rows} = build.spans;
  rows.startNs[row] = nanoseconds(start);
  rows.endNs[row] = end === '' ? Number.NaN : nanoseconds(end);
  rows.kind[row] = SpanKind.Gc;
  rows.name[row] = build.string('GC');
  rows.task[row] = rows.parentTask[row] = -1;
  rows.goroutine[row] = rows.proc[row] = rows.thread[row] = rows.stack[row] = -1;
}

function addSpan(build: TraceBuilder, rowOfId: ReadonlyMap<string, number>, line: string): void {
  const [start, isSpan, end, kind, task, id, name] = parts(/^\s*([\d.a-z]+?)(?:(\.\.)([\d.a-z]*))? +(region|task|log)(?: #(\d+))? (G\d+) (.+?)\s*$/, line);
  if (kind === 'log') {
    addLog(build, rowOf(rowOfId, id), nanoseconds(start), name);
    return;
  }
  if (isSpan === '') throw new Error(`“${line.trim()}” says no stretch of time`);
  const row = build.spans.add();
  const {rows} = build.spans;
  rows.startNs[row] = nanoseconds(start);
  rows.endNs[row] = end === '' ? Number.NaN : nanoseconds(end);
  rows.kind[row] = kind === 'task' ? SpanKind.Task : SpanKind.Region;
  rows.name[row] = build.string(name);
  rows.task[row] = task === '' ? -1 : Number(task);
  rows.goroutine[row] = rowOf(rowOfId, id);
  rows.parentTask[row] = rows.proc[row] = rows.thread[row] = rows.stack[row] = -1;
}

function addLog(build: TraceBuilder, goroutine: number, timeNs: number, said: string): void {
  const [category, message] = said.split(': ');
  const row = build.instants.add();
  const {rows} = build.instants;
  rows.timeNs[row] = timeNs;
  rows.name[row] = build.string('UserLog');
  rows.goroutine[row] = goroutine;
  rows.thread[row] = rows.stack[row] = -1;
  build.instantArgument(row, build.string('category'), ArgumentKind.Text, 0n, build.string(category));
  build.instantArgument(row, build.string('message'), ArgumentKind.Text, 0n, build.string(message));
}

function addSample(build: TraceBuilder, rowOfId: ReadonlyMap<string, number>, line: string): void {
  const [time, id, thread, stack] = parts(/^\s*(\S+) (G\d+|G-) (M\d+|M-)(?: (\S.*?))?\s*$/, line);
  const row = build.samples.add();
  const {rows} = build.samples;
  rows.timeNs[row] = nanoseconds(time);
  rows.period[row] = Number.NaN;
  rows.thread[row] = threadOf(build, thread);
  rows.comm[row] = rows.cpu[row] = -1;
  rows.event[row] = build.event(build.string('cpu-sample'));
  rows.stack[row] = stackOf(build, stack);
  build.sampleGoroutine(row, rowOf(rowOfId, id));
  build.saw(rows.timeNs[row]);
}

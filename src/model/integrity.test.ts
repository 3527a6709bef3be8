/** Every promise of the model is checked: broken one at a time in a sound trace, each is seen. */
import {expect, test} from 'vitest';
import {TraceBuilder} from './builder.ts';
import {integrity} from './integrity.ts';
import {procOwner} from './states.ts';
import {ArgumentKind, SpanKind, StackChangeKind, StackEnd, State, SwitchKind} from './tables.ts';
import type {Trace} from './trace.ts';

type Row = Readonly<Record<string, number | bigint>>;

/** Adds a row of these values. */
function add(table: {add(): number; rows: object}, values: Row): void {
  const row = table.add();
  const columns = table.rows as Readonly<Record<string, (number | bigint)[]>>;
  for (const [name, value] of Object.entries(values)) columns[name][row] = value;
}

/** A trace with at least two rows in every table. */
function soundTrace(): Trace {
  const build = new TraceBuilder('made');
  const [main, read, app] = ['main', 'read', 'app'].map((name) => build.string(name));
  const root = build.stack(-1, build.frame(main, app, app, 3));
  const leaf = build.stack(root, build.unresolvedFrame(0x401000n, app));
  build.stack(leaf, build.unresolvedFrame(0x402000n, app));
  const thread = build.thread(1, 1, app);
  build.thread(1, 2, app);
  build.thread(7, 7, app);
  build.hasStackSizes = true;
  for (const id of [1, 2]) {
    add(build.goroutines, {id, startFunction: main, creator: id === 1 ? -1 : 0, creatorStack: root, startNs: 0, endNs: Number.NaN});
    add(build.procs, {id});
  }
  for (const [i, owner] of [0, procOwner(0), 1, 0, procOwner(1), 1, procOwner(1)].entries()) {
    add(build.states, {startNs: i * 10, thread, proc: -1, reason: read, stack: leaf, by: -1, state: State.Running, owner});
  }
  for (const i of [0, 1]) {
    add(build.samples, {timeNs: i * 50, period: 1, thread, comm: app, cpu: 0, event: build.event(read), stack: leaf});
    build.sampleGoroutine(i, 0);
    build.sampleCount(i, 1);
    build.sampleArgument(i, main, ArgumentKind.Decimal, 5n, -1);
    build.instantArgument(i, main, ArgumentKind.Text, 0n, read);
    add(build.spans, {startNs: i * 20, endNs: i * 20 + 5, task: -1, parentTask: -1, name: main, goroutine: 0, proc: 0, thread, stack: leaf, kind: SpanKind.Gc});
    add(build.instants, {timeNs: i * 20, name: main, thread, goroutine: 0, stack: leaf});
    add(build.counters, {timeNs: i * 20, value: 3, name: main});
    add(build.switches, {timeNs: i * 20, thread, cpu: 0, kind: SwitchKind.Out});
    add(build.losses, {timeNs: i * 20, count: 3, event: 0});
    add(build.registers, {sample: i, stackPointer: 0x7fffn, g: 0xc000n});
    add(build.buildIds, {dso: app, buildId: read});
    build.sampleStackEnd(i, StackEnd.Root);
    add(build.mappings, {process: 0, startAddress: 0x400000n, sizeBytes: 4096n, fileOffset: 0n, dso: app});
  }
  const changes = [
    {kind: StackChangeKind.Initial, oldBytes: Number.NaN, newBytes: 2048},
    {kind: StackChangeKind.Growth, oldBytes: 2048, newBytes: 4096},
    {kind: StackChangeKind.Shrink, oldBytes: 4096, newBytes: 2048},
    {kind: StackChangeKind.Freed, oldBytes: 2048, newBytes: Number.NaN},
  ];
  for (const [i, change] of changes.entries()) add(build.stackChanges, {...change, timeNs: i, durationNs: 1, goroutine: 0, thread});
  build.saw(0);
  build.saw(100);
  return build.finish();
}

/** The sound trace with `table.column[row]` set to `value`. */
function broken(path: string, value: number): Trace {
  const trace = soundTrace();
  const [, table, column, row] = /^(\w+)\.(\w+)\[(\d+)\]$/.exec(path)!;
  const columns = trace[table as keyof Trace] as unknown as Readonly<Record<string, number[]>>;
  columns[column][Number(row)] = value;
  return trace;
}

test('a sound trace has nothing to complain of', () => {
  expect(integrity(soundTrace())).toEqual([]);
  expect(integrity(new TraceBuilder('empty').finish())).toEqual([]);
});

const FAR = 1000;

test.each([
  ['strings.sizeBytes[0]', 1],
  ['strings.sizeBytes[3]', FAR],
  ['frames.name[0]', FAR],
  ['frames.dso[0]', -2],
  ['frames.file[0]', FAR],
  ['frames.name[1]', 0],
  ['stacks.frame[1]', -1],
  ['stacks.parent[1]', 1],
  ['stacks.parent[1]', -2],
  ['unresolved.frame[0]', FAR],
  ['unresolved.kind[0]', 77],
  ['processes.name[0]', FAR],
  ['threads.process[0]', -1],
  ['threads.name[0]', FAR],
  ['events.name[0]', -1],
  ['goroutines.startFunction[0]', FAR],
  ['goroutines.creator[1]', 2],
  ['goroutines.creatorStack[1]', FAR],
  ['goroutines.firstState[1]', 1],
  ['goroutines.stateCount[1]', 3],
  ['procs.firstState[0]', 0],
  ['procs.stateCount[1]', 0],
  ['samples.thread[0]', FAR],
  ['samples.comm[0]', FAR],
  ['samples.event[0]', -1],
  ['samples.stack[0]', FAR],
  ['samples.timeNs[0]', -1],
  ['samples.timeNs[1]', 101],
  ['registers.sample[0]', FAR],
  ['registers.sample[1]', 0],
  ['sampleArguments.row[1]', 2],
  ['sampleArguments.row[0]', 1.5e9],
  ['sampleArguments.key[0]', -1],
  ['sampleArguments.text[0]', 0],
  ['sampleArguments.kind[0]', 9],
  ['instantArguments.row[1]', -1],
  ['instantArguments.text[0]', -1],
  ['instantArguments.text[1]', FAR],
  ['states.thread[0]', FAR],
  ['states.proc[0]', FAR],
  ['states.reason[0]', FAR],
  ['states.stack[0]', FAR],
  ['states.by[0]', FAR],
  ['states.state[0]', 77],
  ['states.startNs[1]', -1],
  ['spans.name[0]', -1],
  ['spans.goroutine[0]', FAR],
  ['spans.proc[0]', FAR],
  ['spans.thread[0]', FAR],
  ['spans.stack[0]', FAR],
  ['spans.kind[0]', 77],
  ['spans.endNs[0]', -1],
  ['spans.startNs[0]', 21],
  ['instants.name[0]', -1],
  ['instants.thread[0]', FAR],
  ['instants.goroutine[0]', FAR],
  ['instants.stack[0]', FAR],
  ['instants.timeNs[0]', 21],
  ['counters.name[0]', -1],
  ['counters.timeNs[0]', 21],
  ['switches.thread[0]', FAR],
  ['switches.kind[0]', 77],
  ['switches.timeNs[0]', 21],
  ['losses.event[0]', FAR],
  ['losses.timeNs[0]', 21],
  ['buildIds.dso[0]', -1],
  ['buildIds.buildId[0]', FAR],
  ['stackChanges.goroutine[0]', FAR],
  ['stackChanges.thread[0]', FAR],
  ['stackChanges.kind[0]', 77],
  ['stackChanges.timeNs[0]', 21],
  ['stackChanges.oldBytes[0]', 1024],
  ['stackChanges.newBytes[1]', 2048],
  ['stackChanges.newBytes[2]', 4096],
  ['stackChanges.newBytes[3]', 1024],
  ['mappings.process[0]', -1],
  ['mappings.dso[0]', FAR],
] as const)('%s = %d is seen', (path, value) => {
  expect(integrity(broken(path, value))).not.toEqual([]);
});

test('a sorted table of arguments whose rows go backwards is seen', () => {
  const trace = broken('sampleArguments.row[0]', 1);
  trace.sampleArguments.row[1] = 0;
  expect(integrity(trace).join()).toContain('not sorted');
});

const short = Int32Array.of(0);
test.each([
  ['a column of another length than its table', (trace: Trace) => ({samples: {...trace.samples, cpu: short}})],
  ['goroutines of fewer samples than there are', () => ({sampleGoroutine: short})],
  ['a goroutine of a sample that is no row', () => ({sampleGoroutine: Int32Array.of(0, FAR)})],
  ['counts of fewer samples than there are', () => ({sampleCount: new Float64Array(1)})],
  ['stack changes where sizes were not recorded', () => ({hasStackSizes: false})],
  ['a beginning without an end', () => ({endNs: Number.NaN})],
  ['an end before the beginning', () => ({startNs: 101})],
  ['no strings at all, not even the empty one', (trace: Trace) => ({strings: {length: 0, startByte: trace.strings.startByte.subarray(0, 0), sizeBytes: trace.strings.sizeBytes.subarray(0, 0)}})],
] as const)('%s is seen', (_, change) => {
  const trace = soundTrace();
  expect(integrity({...trace, ...change(trace)})).not.toEqual([]);
});

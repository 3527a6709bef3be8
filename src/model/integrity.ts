/**
 * Checks every invariant that `tables.ts` and `trace.ts` promise. Every parser test runs it; an empty list means sound.
 * Cost: linear in the trace.
 */
import type {Table} from '../base/columns/table.ts';
import * as t from './tables.ts';
import type {Trace} from './trace.ts';

/** What does not hold, as sentences (at most one per rule and table); empty when all does. */
export function integrity(trace: Trace): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, what: () => string) => {
    if (!holds) broken.push(what());
  };
  const reference = (table: string, column: string, values: Int32Array, target: {length: number}, optional = true) => {
    const low = optional ? -1 : 0;
    const bad = values.findIndex((value) => value < low || value >= target.length);
    check(bad < 0, () => `${table}.${column}[${bad}] = ${values[bad]} is no row of a table of ${target.length}`);
  };

  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const table = trace[name as keyof typeof SCHEMAS] as Table<typeof schema>;
    for (const column of Object.keys(schema)) {
      const values = (table as unknown as Record<string, {length: number}>)[column];
      check(values.length === table.length, () => `${name}.${column} has ${values.length} values for ${table.length} rows`);
    }
  }

  const {strings, frames, stacks, threads, goroutines, procs, samples, states, stackChanges} = trace;
  const lastString = strings.length - 1;
  check(strings.length > 0 && strings.sizeBytes[0] === 0, () => 'string 0 is not the empty string');
  check(strings.length === 0 || strings.startByte[lastString] + strings.sizeBytes[lastString] <= trace.stringBytes.length, () => 'the last string ends after stringBytes');

  reference('frames', 'name', frames.name, strings);
  reference('frames', 'dso', frames.dso, strings);
  reference('frames', 'file', frames.file, strings);
  reference('stacks', 'frame', stacks.frame, frames, false);
  const forward = stacks.parent.findIndex((parent, row) => parent >= row || parent < -1);
  check(forward < 0, () => `stacks.parent[${forward}] = ${stacks.parent[forward]} is not before it`);
  reference('unresolved', 'frame', trace.unresolved.frame, frames, false);
  const resolved = trace.unresolved.frame.findIndex((frame) => frames.name[frame] !== -1);
  check(resolved < 0, () => `unresolved[${resolved}] names a frame that has a symbol`);

  reference('processes', 'name', trace.processes.name, strings);
  reference('threads', 'process', threads.process, trace.processes, false);
  reference('threads', 'name', threads.name, strings);
  reference('events', 'name', trace.events.name, strings, false);
  reference('goroutines', 'startFunction', goroutines.startFunction, strings);
  reference('goroutines', 'creator', goroutines.creator, goroutines);
  reference('goroutines', 'creatorStack', goroutines.creatorStack, stacks);

  reference('samples', 'thread', samples.thread, threads);
  reference('samples', 'comm', samples.comm, strings);
  reference('samples', 'event', samples.event, trace.events, false);
  reference('samples', 'stack', samples.stack, stacks);
  check(!trace.sampleGoroutine || trace.sampleGoroutine.length === samples.length, () => 'sampleGoroutine has not one value a sample');
  if (trace.sampleGoroutine) reference('sampleGoroutine', 'row', trace.sampleGoroutine, goroutines);
  check(!trace.sampleCount || trace.sampleCount.length === samples.length, () => 'sampleCount has not one value a sample');

  check(!trace.sampleStackEnd || trace.sampleStackEnd.length === samples.length, () => 'sampleStackEnd has not one value a sample');
  if (trace.sampleStackEnd) code('sampleStackEnd', trace.sampleStackEnd, t.StackEnd);
  reference('registers', 'sample', trace.registers.sample, samples, false);
  const repeated = trace.registers.sample.findIndex((sample, i) => i > 0 && sample <= trace.registers.sample[i - 1]);
  check(repeated < 0, () => `registers are not sorted by sample at ${repeated}`);

  checkArguments('sampleArguments', trace.sampleArguments, samples);
  checkArguments('instantArguments', trace.instantArguments, trace.instants);
  checkOwners();

  reference('states', 'thread', states.thread, threads);
  reference('states', 'proc', states.proc, procs);
  reference('states', 'reason', states.reason, strings);
  reference('states', 'stack', states.stack, stacks);
  reference('states', 'by', states.by, goroutines);
  reference('spans', 'name', trace.spans.name, strings, false);
  reference('spans', 'goroutine', trace.spans.goroutine, goroutines);
  reference('spans', 'proc', trace.spans.proc, procs);
  reference('spans', 'thread', trace.spans.thread, threads);
  reference('spans', 'stack', trace.spans.stack, stacks);
  const backward = trace.spans.endNs.findIndex((end, row) => end < trace.spans.startNs[row]);
  check(backward < 0, () => `span ${backward} ends before it begins`);
  reference('instants', 'name', trace.instants.name, strings, false);
  reference('instants', 'thread', trace.instants.thread, threads);
  reference('instants', 'goroutine', trace.instants.goroutine, goroutines);
  reference('instants', 'stack', trace.instants.stack, stacks);
  reference('counters', 'name', trace.counters.name, strings, false);
  reference('stackChanges', 'goroutine', stackChanges.goroutine, goroutines);
  reference('stackChanges', 'thread', stackChanges.thread, threads);
  reference('mappings', 'process', trace.mappings.process, trace.processes, false);
  reference('mappings', 'dso', trace.mappings.dso, strings);
  reference('buildIds', 'dso', trace.buildIds.dso, strings, false);
  reference('buildIds', 'buildId', trace.buildIds.buildId, strings, false);
  reference('switches', 'thread', trace.switches.thread, threads);
  reference('losses', 'event', trace.losses.event, trace.events);
  code('switches', trace.switches.kind, t.SwitchKind);
  code('unresolved', trace.unresolved.kind, t.AddressKind);
  code('states', states.state, t.State);
  code('spans', trace.spans.kind, t.SpanKind);
  code('stackChanges', stackChanges.kind, t.StackChangeKind);
  code('sampleArguments', trace.sampleArguments.kind, t.ArgumentKind);
  code('instantArguments', trace.instantArguments.kind, t.ArgumentKind);
  for (const table of ['instants', 'counters', 'stackChanges', 'switches', 'losses'] as const) sorted(table, trace[table].timeNs);
  sorted('spans', trace.spans.startNs);
  for (let i = 0; i < stackChanges.length; i++) {
    const grows = stackChanges.kind[i] === t.StackChangeKind.Growth;
    const shrinks = stackChanges.kind[i] === t.StackChangeKind.Shrink;
    const {oldBytes, newBytes, kind} = stackChanges;
    check(kind[i] !== t.StackChangeKind.Initial || Number.isNaN(oldBytes[i]), () => `stack change ${i}, the first of a goroutine, has an old size`);
    check(kind[i] !== t.StackChangeKind.Freed || Number.isNaN(newBytes[i]), () => `stack change ${i}, which frees the stack, has a new size`);
    check(!grows || !(oldBytes[i] >= newBytes[i]), () => `growth ${i} goes from ${oldBytes[i]} to ${newBytes[i]}`);
    check(!shrinks || !(oldBytes[i] <= newBytes[i]), () => `shrink ${i} goes from ${oldBytes[i]} to ${newBytes[i]}`);
  }
  check(trace.hasStackSizes || stackChanges.length === 0, () => 'stack changes in a trace that says it has no stack sizes');
  check(Number.isNaN(trace.startNs) === Number.isNaN(trace.endNs) && !(trace.startNs > trace.endNs), () => `time range ${trace.startNs} … ${trace.endNs}`);
  const outside = samples.timeNs.findIndex((time) => time < trace.startNs || time > trace.endNs);
  check(outside < 0, () => `sample ${outside} lies outside the time range of the trace`);
  return broken;

  function code(table: string, values: Uint8Array, codes: Readonly<Record<string, number>>): void {
    const known = new Set(Object.values(codes));
    const bad = values.findIndex((value) => !known.has(value));
    check(bad < 0, () => `${table}[${bad}] is of the unknown kind ${values[bad]}`);
  }

  function sorted(table: string, times: Float64Array): void {
    const bad = times.findIndex((time, row) => row > 0 && time < times[row - 1]);
    check(bad < 0, () => `${table} are not in time order at row ${bad}`);
  }

  function checkArguments(name: string, table: t.ArgumentTable, owner: {length: number}): void {
    reference(name, 'row', table.row, owner, false);
    reference(name, 'key', table.key, strings, false);
    reference(name, 'text', table.text, strings);
    const bad = table.row.findIndex((row, i) => i > 0 && row < table.row[i - 1]);
    check(bad < 0, () => `${name} are not sorted by row at ${bad}`);
    const odd = table.kind.findIndex((kind, i) => (kind === t.ArgumentKind.Text) !== table.text[i] >= 0);
    check(odd < 0, () => `${name}[${odd}] is neither text nor a number`);
  }

  function checkOwners(): void {
    let next = 0;
    for (const [owner, table] of [['goroutine', goroutines], ['proc', procs]] as const) {
      for (let row = 0; row < table.length; row++) {
        const first = table.firstState[row];
        check(first === next, () => `states of ${owner} ${row} begin at ${first}, not at ${next}`);
        next = first + table.stateCount[row];
        for (let i = first + 1; i < next; i++) {
          check(states.startNs[i] >= states.startNs[i - 1], () => `states of ${owner} ${row} are not in time order`);
        }
      }
    }
    check(next === states.length, () => `${states.length - next} states belong to nobody`);
  }
}

const SCHEMAS = {
  strings: t.STRINGS,
  frames: t.FRAMES,
  stacks: t.STACKS,
  processes: t.PROCESSES,
  threads: t.THREADS,
  goroutines: t.GOROUTINES,
  procs: t.PROCS,
  events: t.EVENTS,
  samples: t.SAMPLES,
  sampleArguments: t.ARGUMENTS,
  states: t.STATES,
  spans: t.SPANS,
  instants: t.INSTANTS,
  instantArguments: t.ARGUMENTS,
  counters: t.COUNTERS,
  stackChanges: t.STACK_CHANGES,
  switches: t.SWITCHES,
  losses: t.LOSSES,
  registers: t.REGISTERS,
  mappings: t.MAPPINGS,
  buildIds: t.BUILD_IDS,
  unresolved: t.UNRESOLVED,
} as const;

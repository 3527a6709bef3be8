/**
 * Two readers of one file, each at a part of it -> one Trace. What the later part says is put behind what the earlier one said, and rows
 * get the numbers that one reader of both parts would have given: each thing is numbered when it first comes, so what is new in the
 * later part follows in the order in which it was new there.
 */
import {PADDING} from '../base/bytes/words.ts';
import {assert, type Fault} from '../base/fault.ts';
import type {TraceBuilder} from './builder.ts';
import type {AddressKind, ArgumentKind} from './tables.ts';
import {stringBytes, type Trace} from './trace.ts';

/** What rows of the part became in the whole. */
export interface AppendedRows {
  /** Row of strings; -1 stays -1. */
  string(row: number): number;
  readonly events: Int32Array;
  /** The first sample of the part; the others follow. */
  readonly firstSample: number;
}

/**
 * Puts `part` behind what `build` holds. Times of both count from one origin. Only of what perf tells: no goroutines, no counted stacks.
 * `linesBefore`: lines of the file before the part, whose faults count theirs from its own beginning. Cost: linear in the part.
 */
export function append(build: TraceBuilder, part: Trace, linesBefore: number): AppendedRows {
  assert(part.goroutines.length + part.instants.length === 0 && part.sampleCount === null && part.sampleStackEnd === null, 'a part of a capture of perf');
  const strings = appendedStrings(build, part);
  const string = (row: number) => (row < 0 ? -1 : strings[row]);
  const processes = Int32Array.from(part.processes.pid, (pid) => build.process(pid));
  const threads = appendedThreads(build, part, string);
  const thread = (row: number) => (row < 0 ? -1 : threads[row]);
  const events = Int32Array.from(part.events.name, (name) => build.event(strings[name]));
  const event = (row: number) => (row < 0 ? -1 : events[row]);
  const stacks = appendedStacks(build, part, appendedFrames(build, part, string));
  const firstSample = build.samples.length;
  const sample = (row: number) => firstSample + row;
  build.samples.append(part.samples, {thread, comm: string, event, stack: (row) => (row < 0 ? -1 : stacks[row])});
  build.registers.append(part.registers, {sample});
  build.switches.append(part.switches, {thread});
  build.losses.append(part.losses, {event});
  build.mappings.append(part.mappings, {process: (row) => processes[row], dso: string});
  for (let i = 0; i < part.buildIds.length; i++) build.buildId(string(part.buildIds.dso[i]), string(part.buildIds.buildId[i]));
  const {row, key, kind, bits, text, length} = part.sampleArguments;
  for (let i = 0; i < length; i++) build.sampleArgument(sample(row[i]), string(key[i]), kind[i] as ArgumentKind, bits[i], string(text[i]));
  for (const {what, count} of part.notKept) build.notKept(what, count);
  if (!Number.isNaN(part.startNs)) {
    build.saw(part.startNs);
    build.saw(part.endNs);
  }
  build.faults.append(part.faults, (fault) => movedDown(fault, linesBefore));
  return {string, events, firstSample};
}

/** A fault, or what has its place, with its line counted from the beginning of the file. */
export function movedDown<F extends Pick<Fault, 'at'>>(fault: F, lines: number): F {
  return fault.at?.line === undefined ? fault : {...fault, at: {...fault.at, line: fault.at.line + lines}};
}

function appendedStrings(build: TraceBuilder, part: Trace): Int32Array {
  const {length, sizeBytes} = part.strings;
  const padded = new Uint8Array(part.stringBytes.length + PADDING);
  padded.set(part.stringBytes);
  const view = new DataView(padded.buffer);
  return Int32Array.from({length}, (_, row) => build.stringOf(view, stringBytes(part, row).byteOffset - part.stringBytes.byteOffset, sizeBytes[row]));
}

/** A thread has the name that it was given last, and was born and ended when it was last said to be. */
function appendedThreads(build: TraceBuilder, {threads, processes}: Trace, string: (row: number) => number): Int32Array {
  return Int32Array.from(threads.tid, (tid, i) => {
    const row = build.thread(processes.pid[threads.process[i]], tid, string(threads.name[i]));
    build.threadLife(row, threads.startNs[i], threads.endNs[i]);
    return row;
  });
}

function appendedFrames(build: TraceBuilder, {frames, unresolved}: Trace, string: (row: number) => number): Int32Array {
  const addressOf = new Int32Array(frames.length).fill(-1);
  for (let i = 0; i < unresolved.length; i++) addressOf[unresolved.frame[i]] = i;
  return Int32Array.from({length: frames.length}, (_, row) => {
    const at = addressOf[row];
    const dso = string(frames.dso[row]);
    if (at >= 0) return build.unresolvedFrame(unresolved.address[at], dso, unresolved.kind[at] as AddressKind);
    return build.frame(string(frames.name[row]), dso, string(frames.file[row]), frames.line[row], frames.inlined[row]);
  });
}

function appendedStacks(build: TraceBuilder, {stacks}: Trace, frames: Int32Array): Int32Array {
  const rows = new Int32Array(stacks.length);
  for (let row = 0; row < stacks.length; row++) {
    const parent = stacks.parent[row];
    rows[row] = build.stack(parent < 0 ? -1 : rows[parent], frames[stacks.frame[row]]);
  }
  return rows;
}

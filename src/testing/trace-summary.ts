/** A trace as a page that a person can check: what fixtures are compared with. */
import type {FaultGroup} from '../base/fault.ts';
import {StackChangeKind} from '../model/tables.ts';
import {absoluteNs, sampleCount, sampleWeight, text, type Trace} from '../model/trace.ts';

const TOP_STACKS = 3;

/** What the summary says; times are in nanoseconds of the source's own clock, as text since JSON numbers end at 2^53. */
export type Summary = Readonly<Record<string, unknown>>;

/** The summary of what opening a file gave. */
export function summary(trace: Trace | null, faults: readonly FaultGroup[]): Summary {
  return {...(trace ? contents(trace) : {format: null}), faults: faults.map(faultLine)};
}

function contents(trace: Trace): Summary {
  const {clock, stackChanges} = trace;
  const changes = (kind: number) => stackChanges.kind.filter((value) => value === kind).length;
  return {
    format: trace.format,
    version: trace.version,
    clock: clock.name ?? clock.known,
    ...(Number.isNaN(trace.startNs) ? {} : {timeNs: `${absoluteNs(trace, trace.startNs)} … ${absoluteNs(trace, trace.endNs)}`, resolutionNs: trace.resolutionNs}),
    threads: Object.fromEntries(threadSamples(trace)),
    samples: eventSamples(trace),
    topStacks: topStacks(trace),
    ...(trace.sampleArguments.length > 0 ? {arguments: firstArguments(trace)} : {}),
    ...(trace.goroutines.length > 0 ? {goroutines: trace.goroutines.length, states: trace.states.length, spans: trace.spans.length, instants: trace.instants.length, counters: trace.counters.length} : {}),
    ...(trace.hasStackSizes ? {growths: changes(StackChangeKind.Growth), shrinks: changes(StackChangeKind.Shrink)} : {}),
    ...(trace.mappings.length > 0 ? {mappings: trace.mappings.length} : {}),
    ...(trace.unresolved.length > 0 ? {framesWithoutSymbol: trace.unresolved.length} : {}),
    ...(trace.notKept.length > 0 ? {notKept: Object.fromEntries(trace.notKept.map(({what, count}) => [what, count]))} : {}),
  };
}

/** `pid/tid name` -> rows of samples, in the order of the threads' coming. */
function threadSamples(trace: Trace): Map<string, number> {
  const {threads, processes, samples} = trace;
  const label = (row: number) => `${processes.pid[threads.process[row]]}/${threads.tid[row]} ${text(trace, threads.name[row]) ?? ''}`.trimEnd();
  const counts = new Map<string, number>();
  for (let row = 0; row < threads.length; row++) counts.set(label(row), 0);
  for (const row of samples.thread) if (row >= 0) counts.set(label(row), counts.get(label(row))! + 1);
  return counts;
}

function eventSamples(trace: Trace): Record<string, {count: number; weight: number}> {
  const events: Record<string, {count: number; weight: number}> = {};
  for (let row = 0; row < trace.samples.length; row++) {
    const event = (events[text(trace, trace.events.name[trace.samples.event[row]])!] ??= {count: 0, weight: 0});
    event.count += sampleCount(trace, row);
    event.weight += sampleWeight(trace, row);
  }
  return events;
}

/** The stacks with most samples, heaviest first, as `samples × root;…;leaf`. */
function topStacks(trace: Trace): string[] {
  const counts = new Map<number, number>();
  for (let row = 0; row < trace.samples.length; row++) {
    const stack = trace.samples.stack[row];
    counts.set(stack, (counts.get(stack) ?? 0) + sampleCount(trace, row));
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, TOP_STACKS)
    .map(([stack, count]) => `${count} × ${stackText(trace, stack)}`);
}

/** `root;…;leaf`, a frame without a symbol as `[dso]`; `(no stack)` for -1. */
export function stackText(trace: Trace, stack: number): string {
  const names: string[] = [];
  for (let row = stack; row >= 0; row = trace.stacks.parent[row]) {
    const frame = trace.stacks.frame[row];
    names.unshift(text(trace, trace.frames.name[frame]) ?? `[${text(trace, trace.frames.dso[frame]) ?? 'unknown'}]`);
  }
  return stack < 0 ? '(no stack)' : names.join(';');
}

/** How many arguments there are, and those of the first sample that has any. */
function firstArguments(trace: Trace): {count: number; first: string} {
  const {row, key, bits, text: texts, length} = trace.sampleArguments;
  const first: string[] = [];
  for (let i = 0; i < length && row[i] === row[0]; i++) first.push(`${text(trace, key[i])}=${text(trace, texts[i]) ?? bits[i]}`);
  return {count: length, first: first.join(' ')};
}

function faultLine({code, severity, count, first}: FaultGroup): string {
  const {at} = first[0];
  const place = at?.line !== undefined ? `line ${at.line}, byte ${at.byte}` : at ? `byte ${at.byte}` : 'no place';
  return `${severity} ${count} × ${code} at ${place}`;
}

/** `morestack goroutines FILE…`: every goroutine that lived in the range, one JSON line each: its life, time by state, stack and samples. */
import type {Session, SessionSource} from '../derive/derivation.ts';
import {StackChangeKind, State} from '../model/tables.ts';
import {absoluteNs, sampleCount, text, type Trace} from '../model/trace.ts';
import type {Choice} from './choice.ts';
import {json, type Json} from './json.ts';
import {lineCommand} from './line-command.ts';

export const goroutines = lineCommand('goroutines', 'one JSON line a goroutine: life, time in each state, growths, samples', linesOf);

function* linesOf(session: Session, source: SessionSource, chosen: Choice): Generator<string> {
  const {trace, name} = source;
  const {goroutines: rows} = trace;
  const part = chosen.rangeOf(source);
  if (!part || rows.length === 0) return;
  const stacks = stackSums(source, chosen);
  const samples = samplesByGoroutine(session, source, chosen);
  const isChosen = chosen.goroutine(source);
  for (let row = 0; row < rows.length; row++) {
    const startNs = rows.startNs[row];
    const endNs = rows.endNs[row];
    if (!isChosen(row) || startNs > part.toNs || endNs < part.fromNs) continue;
    yield json({
      file: name,
      id: rows.id[row],
      startFunction: text(trace, rows.startFunction[row]),
      creator: rows.creator[row] < 0 ? null : rows.id[rows.creator[row]],
      startNs: Number.isNaN(startNs) ? null : absoluteNs(trace, startNs),
      endNs: Number.isNaN(endNs) ? null : absoluteNs(trace, endNs),
      ...(source.probed ? NO_STATES : timeByState(trace, row, part)),
      ...stacks(row),
      samples: samples[row] ?? {},
    });
  }
}

/** Probes tell of no states. */
const NO_STATES = {runningNs: null, runnableNs: null, waitingNs: null, syscallNs: null};

/** Nanoseconds of the part that a goroutine was in each state. Cost: linear in its states. */
function timeByState({states, goroutines: rows, endNs: lastNs}: Trace, row: number, part: {readonly fromNs: number; readonly toNs: number}): Record<string, number> {
  const byState: Record<number, number> = {};
  const first = rows.firstState[row];
  const after = first + rows.stateCount[row];
  const endNs = Number.isNaN(rows.endNs[row]) ? lastNs : rows.endNs[row];
  for (let i = first; i < after; i++) {
    const fromNs = Math.max(states.startNs[i], part.fromNs);
    const toNs = Math.min(i + 1 < after ? states.startNs[i + 1] : endNs, part.toNs);
    if (toNs > fromNs) byState[states.state[i]] = (byState[states.state[i]] ?? 0) + toNs - fromNs;
  }
  const of = (state: State) => byState[state] ?? 0;
  return {runningNs: of(State.Running), runnableNs: of(State.Runnable), waitingNs: of(State.Waiting), syscallNs: of(State.Syscall)};
}

/** What the chosen changes say of a goroutine's stack; all null where the trace has no stack sizes. */
function stackSums(source: SessionSource, chosen: Choice): (row: number) => Record<string, Json> {
  const {stackChanges: changes, goroutines: rows, hasStackSizes} = source.trace;
  if (!hasStackSizes) return () => ({growths: null, shrinks: null, largestBytes: null, copiedBytes: null, copyNs: null});
  const sums = Array.from({length: rows.length}, () => ({growths: 0, shrinks: 0, largestBytes: Number.NaN, copiedBytes: 0, copyNs: 0}));
  const isChosen = chosen.change(source);
  for (let i = 0; i < changes.length; i++) {
    const of = sums[changes.goroutine[i]];
    if (!of || !isChosen(i)) continue;
    if (changes.kind[i] !== StackChangeKind.Growth && changes.kind[i] !== StackChangeKind.Shrink) continue;
    for (const bytes of [changes.oldBytes[i], changes.newBytes[i]]) if (!Number.isNaN(bytes) && !(of.largestBytes >= bytes)) of.largestBytes = bytes;
    if (changes.kind[i] === StackChangeKind.Shrink) {
      of.shrinks++;
      continue;
    }
    of.growths++;
    of.copiedBytes += Number.isNaN(changes.oldBytes[i]) ? changes.newBytes[i] / 2 : changes.oldBytes[i];
    of.copyNs += changes.durationNs[i];
  }
  return (row) => sums[row];
}

/** By row of goroutines, samples of any file that are attributed to it, by event. */
function samplesByGoroutine(session: Session, source: SessionSource, chosen: Choice): Record<string, number>[] {
  const counts: Record<string, number>[] = [];
  for (const sampled of session.sources) {
    const {goroutine, to} = session.attribution(sampled);
    if (to !== source.id) continue;
    const {trace} = sampled;
    const isChosen = chosen.sample(sampled);
    for (let i = 0; i < trace.samples.length; i++) {
      if (goroutine[i] < 0 || !isChosen(i)) continue;
      const event = text(trace, trace.events.name[trace.samples.event[i]]) ?? '';
      const of = (counts[goroutine[i]] ??= {});
      of[event] = (of[event] ?? 0) + sampleCount(trace, i);
    }
  }
  return counts;
}

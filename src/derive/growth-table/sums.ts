/** Changes of the one source that is counted, and growth samples -> rows with their sums. All that does not depend on order or search. */
import {lowerBound} from '../../base/columns/search.ts';
import {StackChangeKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import {ChainClass, type Chains} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {StackFrom, type Countable, type CountedChanges} from '../growth/shape.ts';
import {samplesOfClass, samplesWithin, type EventSamples} from '../rows/shape.ts';
import {placesOf, type PlacesOf} from './places.ts';
import {Sums} from './rows.ts';
import type {GrowthRow, GrowthTableAnswer, GrowthTableQuestion, LargestStack} from './shape.ts';

/** What an answer is cut from. */
export interface TableSums extends Omit<GrowthTableAnswer, 'by' | 'first' | 'rows' | 'rowCount' | 'allRows'> {
  readonly rows: readonly GrowthRow[];
}

/** Cost: linear in the changes and growth samples of two sources; at first in all samples. */
export function tableSums(session: Session, group: AxisGroup | null, question: GrowthTableQuestion): TableSums {
  const countable = group ? session.countable(group) : [];
  const chosen = countable.find(({source}) => source === question.counted) ?? countable.at(0) ?? null;
  const counted = chosen && session.countedChanges(chosen);
  const goTrace = counted ? session.source(counted.goroutinesOf) : traceOf(session, group);
  const source = question.event && session.source(question.event.source);
  const sampled = question.event && source && {source, samples: session.eventSamples(source, question.event.event, question.weight, question.filter)};
  const areSamplesOnAxis = question.event !== null && group !== null && group.members.includes(question.event.source);
  const places = placesOf(session, {counted, goTrace, sampled}, question.by);
  const adding = new Sums(places, goTrace !== null);
  const changes = addChanges(session, counted, question, places.changes, adding);
  const samples = addSamples(sampled?.samples ?? null, areSamplesOnAxis ? question.range : null, places.samples, adding);
  const seconds = secondsOf(session, chosen, question);
  const {rows: all, total} = adding.finish({changes: counted !== null, durations: chosen?.by === 'trace', samples: sampledChains(session, question.event), seconds});
  return {
    countedBy: chosen?.by ?? null,
    source: chosen?.source ?? goTrace?.id ?? -1,
    isTold: total.growths + total.shrinks > 0 || (seconds > 0 && !counted?.untold),
    countable,
    rows: all,
    total,
    untoldProbes: counted?.untold ?? 0,
    growingGoroutines: changes.growing > 0 || chosen?.by === 'trace' ? changes.growing : Number.NaN,
    largest: changes.largest,
    stacks: changes.stacks,
    areSamplesOnAxis,
    ...samples,
  };
}

/** Where nothing is counted, samples still belong to goroutines of a trace. */
function traceOf(session: Session, group: AxisGroup | null): SessionSource | null {
  return group?.members.map((id) => session.openSource(id)).find(({trace}) => trace.goroutines.length > 0) ?? null;
}

const chainsOfEvents = new WeakMap<Chains, Map<number, boolean>>();

/** Whether any sample of the event has a call chain with names: without, and by a leaf alone unless it is newstack itself, nothing tells whether it grows a stack. */
function sampledChains(session: Session, event: GrowthTableQuestion['event']): boolean {
  const sampled = event && session.source(event.source);
  if (!event || !sampled) return false;
  const chains = session.chains(sampled);
  const known = chainsOfEvents.get(chains) ?? new Map<number, boolean>();
  chainsOfEvents.set(chains, known);
  let has = known.get(event.event);
  if (has === undefined) known.set(event.event, (has = hasChains(sampled.trace, chains, event.event)));
  return has;
}

function hasChains({samples, stacks}: Trace, {class: classes, named}: Chains, event: number): boolean {
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] === event && samples.stack[i] >= 0 && ((stacks.parent[samples.stack[i]] >= 0 && named[samples.stack[i]] === 1) || classes[samples.stack[i]] === ChainClass.Growth)) return true;
  }
  return false;
}

/** How long the counted source tells of the range. */
function secondsOf(session: Session, chosen: Countable | null, {range}: GrowthTableQuestion): number {
  if (!chosen) return 0;
  const {trace} = session.openSource(chosen.source);
  const shiftNs = session.axis.shiftsNs.get(chosen.source) ?? 0;
  const fromNs = Math.max(trace.startNs + shiftNs, range?.fromNs ?? -Infinity);
  const toNs = Math.min(trace.endNs + shiftNs, range?.toNs ?? Infinity);
  return Math.max(0, toNs - fromNs) / 1e9;
}

function addChanges(session: Session, counted: CountedChanges | null, {range, filter}: GrowthTableQuestion, {row: rowOf, member, pair}: PlacesOf, sums: Sums) {
  const stacks = {sample: 0, event: 0, none: 0};
  if (!counted) return {stacks, growing: 0, largest: null};
  let growing = 0;
  const hasGrown = new Set<number>();
  let [largestBytes, largestAt] = [0, -1];
  const {samples, stackChanges} = session.filtered(session.openSource(counted.source), filter);
  const pass = counted.by === 'trace' ? stackChanges : samples;
  const {timeNs, oldBytes, newBytes, usedBytes, durationNs, kind, row: tableRow, goroutineId} = counted;
  const fromNs = range?.fromNs ?? -Infinity;
  const toNs = range?.toNs ?? Infinity;
  // Over every change at each brush: columns only (bench: explorer, brush over 1M samples; with objects by row 130 ms of CPU on average, so 9 ms).
  for (let i = 0; i < counted.length; i++) {
    if ((pass && pass[tableRow[i]] === 0) || (range && !(timeNs[i] >= fromNs && timeNs[i] <= toNs))) continue;
    const row = rowOf[i];
    sums.meet(row, member[i], pair[i]);
    sums.enlarge(row, oldBytes[i]);
    sums.enlarge(row, newBytes[i]);
    if (oldBytes[i] > largestBytes || newBytes[i] > largestBytes) {
      largestBytes = Math.max(Number.isNaN(oldBytes[i]) ? 0 : oldBytes[i], Number.isNaN(newBytes[i]) ? 0 : newBytes[i]);
      largestAt = i;
    }
    if (counted.stackFrom[i] === StackFrom.Sample) stacks.sample++;
    else if (counted.stackFrom[i] === StackFrom.Event) stacks.event++;
    else stacks.none++;
    if (kind[i] !== StackChangeKind.Growth) {
      sums.shrinks[row]++;
      continue;
    }
    if (!Number.isNaN(goroutineId[i]) && !hasGrown.has(goroutineId[i])) {
      hasGrown.add(goroutineId[i]);
      growing++;
    }
    sums.growths[row]++;
    sums.copyNs[row] += durationNs[i];
    // A stack at least doubles: where the old size is not known, half the new one is an upper bound of it.
    sums.copiedBytes[row] += Number.isNaN(oldBytes[i]) ? newBytes[i] / 2 : oldBytes[i];
    if (Number.isNaN(usedBytes[i])) continue;
    sums.usedBytes[row] += usedBytes[i];
    sums.usedOldBytes[row] += oldBytes[i];
    sums.usedNewBytes[row] += newBytes[i];
  }
  return {stacks, growing, largest: largestAt < 0 ? null : largestOf(counted, largestAt, largestBytes)};
}

function largestOf(counted: CountedChanges, change: number, bytes: number): LargestStack {
  const goroutine = counted.goroutine[change];
  return {bytes, timeNs: counted.timeNs[change], source: goroutine < 0 ? -1 : counted.goroutinesOf, goroutine, goroutineId: counted.goroutineId[change]};
}

function addSamples(samples: EventSamples | null, range: GrowthTableQuestion['range'], {row: rowOf, member, pair}: PlacesOf, sums: Sums) {
  if (!samples) return {samples: 0, weight: 0, preemptionSamples: 0, shrinkSamples: 0, overflowSamples: 0};
  const part = samplesWithin(samples, range);
  const growing = samples.ofClass[ChainClass.Growth];
  const end = lowerBound(growing, part.end);
  for (let i = lowerBound(growing, part.first); i < end; i++) {
    sums.meet(rowOf[i], member[i], pair[i]);
    sums.growthSamples[rowOf[i]] += samples.count ? samples.count[growing[i]] : 1;
    sums.growthWeight[rowOf[i]] += samples.weight[growing[i]];
  }
  const count = (of: ChainClass) => samplesOfClass(samples, of, part).count;
  return {samples: part.count, weight: part.weight, preemptionSamples: count(ChainClass.Preemption), shrinkSamples: count(ChainClass.Shrink), overflowSamples: count(ChainClass.Overflow)};
}

/** Changes of the one source that is counted, and growth samples -> rows with their sums. All that does not depend on order or search. */
import {StackChangeKind} from '../../model/tables.ts';
import {sampleCount, sampleWeight} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import {ChainClass} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {CauseFrom, StackFrom, type Countable, type CountedChanges} from '../growth/shape.ts';
import {enlarge, Rows, type Owner} from './rows.ts';
import type {GrowthRow, GrowthTableAnswer, GrowthTableQuestion, LargestStack} from './shape.ts';

/** What an answer is cut from. */
export interface TableSums extends Omit<GrowthTableAnswer, 'by' | 'first' | 'rows' | 'rowCount' | 'allRows'> {
  readonly rows: readonly GrowthRow[];
}

/** Cost: linear in the changes and samples of two sources. */
export function tableSums(session: Session, group: AxisGroup | null, question: GrowthTableQuestion): TableSums {
  const countable = group ? session.countable(group) : [];
  const chosen = countable.find(({source}) => source === question.counted) ?? countable.at(0) ?? null;
  const counted = chosen && session.countedChanges(chosen);
  const goTrace = counted ? session.source(counted.goroutinesOf) : traceOf(session, group);
  const rows = new Rows(question.by, goTrace);
  const changes = addChanges(session, counted, question, rows);
  const areSamplesOnAxis = question.event !== null && group !== null && group.members.includes(question.event.source);
  const samples = addSamples(session, counted, goTrace, areSamplesOnAxis ? question : {...question, range: null}, rows);
  const seconds = secondsOf(session, chosen, question);
  const {rows: all, total} = rows.finish({changes: counted !== null, durations: chosen?.by === 'trace', samples: sampledChains(session, question.event), seconds});
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
  return group?.members.map((id) => session.source(id)!).find(({trace}) => trace.goroutines.length > 0) ?? null;
}

/** Whether any sample of the event has a call chain with names: without, and by a leaf alone unless it is newstack itself, nothing tells whether it grows a stack. */
function sampledChains(session: Session, event: GrowthTableQuestion['event']): boolean {
  const sampled = event && session.source(event.source);
  if (!event || !sampled) return false;
  const {samples, stacks} = sampled.trace;
  const {class: classes, named} = session.chains(sampled);
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] === event.event && samples.stack[i] >= 0 && ((stacks.parent[samples.stack[i]] >= 0 && named[samples.stack[i]] === 1) || classes[samples.stack[i]] === ChainClass.Growth)) return true;
  }
  return false;
}

/** How long the counted source tells of the range. */
function secondsOf(session: Session, chosen: Countable | null, {range}: GrowthTableQuestion): number {
  if (!chosen) return 0;
  const {trace} = session.source(chosen.source)!;
  const shiftNs = session.axis.shiftsNs.get(chosen.source) ?? 0;
  const fromNs = Math.max(trace.startNs + shiftNs, range?.fromNs ?? -Infinity);
  const toNs = Math.min(trace.endNs + shiftNs, range?.toNs ?? Infinity);
  return Math.max(0, toNs - fromNs) / 1e9;
}

function addChanges(session: Session, counted: CountedChanges | null, {range, filter}: GrowthTableQuestion, rows: Rows) {
  const stacks = {sample: 0, event: 0, none: 0};
  const growing = new Set<number>();
  if (!counted) return {stacks, growing: 0, largest: null};
  let largest: LargestStack | null = null;
  const {samples, stackChanges} = session.filtered(session.source(counted.source)!, filter);
  const pass = counted.by === 'trace' ? stackChanges : samples;
  for (let i = 0; i < counted.length; i++) {
    const timeNs = counted.timeNs[i];
    if ((pass && pass[counted.row[i]] === 0) || (range && !(timeNs >= range.fromNs && timeNs <= range.toNs))) continue;
    const owner = ownerOf(counted, i);
    const row = rows.of(owner);
    const [oldBytes, newBytes, usedBytes] = [counted.oldBytes[i], counted.newBytes[i], counted.usedBytes[i]];
    enlarge(row, oldBytes);
    enlarge(row, newBytes);
    const bytes = Math.max(Number.isNaN(oldBytes) ? 0 : oldBytes, Number.isNaN(newBytes) ? 0 : newBytes);
    if (bytes > (largest?.bytes ?? 0)) largest = {bytes, timeNs, source: owner.goroutine < 0 ? -1 : counted.goroutinesOf, goroutine: owner.goroutine, goroutineId: owner.goroutineId};
    if (counted.stackFrom[i] === StackFrom.Sample) stacks.sample++;
    else if (counted.stackFrom[i] === StackFrom.Event) stacks.event++;
    else stacks.none++;
    if (counted.kind[i] !== StackChangeKind.Growth) {
      row.shrinks++;
      continue;
    }
    if (!Number.isNaN(owner.goroutineId)) growing.add(owner.goroutineId);
    row.growths++;
    row.copyNs += counted.durationNs[i];
    // A stack at least doubles: where the old size is not known, half the new one is an upper bound of it.
    row.copiedBytes += Number.isNaN(oldBytes) ? newBytes / 2 : oldBytes;
    if (Number.isNaN(usedBytes)) continue;
    row.usedBytes += usedBytes;
    row.usedOldBytes += oldBytes;
    row.usedNewBytes += newBytes;
  }
  return {stacks, growing: growing.size, largest};
}

function ownerOf(counted: CountedChanges, change: number): Owner {
  return {
    goroutine: counted.goroutine[change],
    goroutineId: counted.goroutineId[change],
    cause: counted.cause[change] < 0 ? null : counted.functions[counted.cause[change]],
    causeFrom: counted.causeFrom[change] as CauseFrom,
  };
}

function addSamples(session: Session, counted: CountedChanges | null, goTrace: SessionSource | null, question: GrowthTableQuestion, rows: Rows) {
  const sums = {samples: 0, weight: 0, preemptionSamples: 0, shrinkSamples: 0, overflowSamples: 0};
  const sampled = question.event && session.source(question.event.source);
  if (!question.event || !sampled) return sums;
  const {trace} = sampled;
  const {samples} = trace;
  const classes = session.chains(sampled).class;
  const pass = session.filtered(sampled, question.filter).samples;
  const ownerOfSample = sampleOwners(session, counted, goTrace, sampled);
  const shiftNs = session.axis.shiftsNs.get(sampled.id) ?? 0;
  const fromNs = (question.range?.fromNs ?? -Infinity) - shiftNs;
  const toNs = (question.range?.toNs ?? Infinity) - shiftNs;
  const weightOf = question.weight === 'period' ? sampleWeight : sampleCount;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== question.event.event || (pass && pass[i] === 0) || (question.range && !(samples.timeNs[i] >= fromNs && samples.timeNs[i] <= toNs))) continue;
    const count = sampleCount(trace, i);
    const weight = weightOf(trace, i);
    sums.samples += count;
    sums.weight += weight;
    const chain = samples.stack[i] < 0 ? ChainClass.None : classes[samples.stack[i]];
    if (chain === ChainClass.Growth) {
      const row = rows.of(ownerOfSample(i));
      row.growthSamples += count;
      row.growthWeight += weight;
    } else if (chain === ChainClass.Preemption) sums.preemptionSamples += count;
    else if (chain === ChainClass.Shrink) sums.shrinkSamples += count;
    else if (chain === ChainClass.Overflow) sums.overflowSamples += count;
  }
  return sums;
}

/** Whose a growth sample is: its goroutine by the join; its cause by its own chain, else by the change that it belongs to. */
function sampleOwners(session: Session, counted: CountedChanges | null, goTrace: SessionSource | null, sampled: SessionSource): (sample: number) => Owner {
  const {samples} = sampled.trace;
  const attributed = session.attribution(sampled);
  const isOfTrace = goTrace !== null && attributed.to === goTrace.id;
  const changeOf = changesOfSamples(session, counted, sampled);
  return (i) => {
    const goroutine = isOfTrace ? attributed.goroutine[i] : -1;
    const change = changeOf(i);
    const own = session.growingFunction(sampled, samples.stack[i]);
    const told = own.from !== CauseFrom.None || !counted || change < 0 ? {cause: own.name, causeFrom: own.from} : ownerOf(counted, change);
    return {goroutine, goroutineId: goroutine >= 0 && goTrace ? goTrace.trace.goroutines.id[goroutine] : Number.NaN, cause: told.cause, causeFrom: told.causeFrom};
  };
}

/** Of a sample the counted change that it belongs to, or that it is; -1 none. */
function changesOfSamples(session: Session, counted: CountedChanges | null, sampled: SessionSource): (sample: number) => number {
  if (!counted) return () => -1;
  const isProbed = counted.by === 'probes';
  if (counted.source !== (isProbed ? sampled.id : session.attribution(sampled).to)) return () => -1;
  const growthOf = isProbed ? null : session.growthOfSamples(sampled);
  const byRow = new Map(Array.from(counted.row, (row, change) => [row, change]));
  return (sample) => byRow.get(growthOf ? growthOf[sample] : sample) ?? -1;
}

/** Stack changes of one source, and samples that belong to a trace's goroutines -> rows by start function. */
import {StackChangeKind} from '../../model/tables.ts';
import {sampleCount, sampleWeight, text} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import {ChainClass} from '../chains/shape.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {StackFrom} from '../growth/shape.ts';
import type {CountedBy, GrowthColumn, GrowthRow, GrowthSums, GrowthTableAnswer, GrowthTableQuestion} from './shape.ts';

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

export const growthTable = defineDerivation({
  id: 'growthTable',
  answer(session, question: GrowthTableQuestion): GrowthTableAnswer | null {
    const group = session.axis.groups.find(({reference}) => reference === question.group);
    if (!group) return null;
    const {countedBy, source, goTrace} = counted(session, group);
    const rows = new RowsByStartFunction(goTrace);
    const stacks = {sample: 0, event: 0, none: 0};
    if (source && countedBy === 'trace') addChanges(session, source, question, rows, stacks);
    if (source && countedBy === 'probes') addProbed(session, source, goTrace, question, rows, stacks);
    // What is on another axis has no place in a range of this one.
    const event = question.event && group.members.includes(question.event.source) ? question.event : null;
    const samples = addSamples(session, goTrace, {...question, event}, rows);
    const all = rows.finish({changes: countedBy !== null, durations: countedBy === 'trace', samples: event !== null});
    all.rows.sort(order(question.sort.by, question.sort.descending));
    return {
      countedBy,
      source: (source ?? goTrace)?.id ?? -1,
      rows: all.rows.slice(0, question.limit),
      moreRows: Math.max(0, all.rows.length - question.limit),
      total: all.total,
      untoldProbes: source && countedBy === 'probes' ? session.probedChanges(source).untold : 0,
      growingGoroutines: rows.growing.size > 0 || countedBy === 'trace' ? rows.growing.size : Number.NaN,
      ...samples,
      stacks,
    };
  },
});

interface Counted {
  readonly countedBy: CountedBy | null;
  readonly source: SessionSource | null;
  /** Whose goroutines are meant. */
  readonly goTrace: SessionSource | null;
}

/** The one source that growths are counted from: a trace with stack sizes, else one whose probes caught changes. */
function counted(session: Session, group: AxisGroup): Counted {
  const members = group.members.map((id) => session.source(id)!);
  const traces = members.filter(({trace}) => trace.goroutines.length > 0);
  const withSizes = traces.find(({trace}) => trace.hasStackSizes);
  if (withSizes) return {countedBy: 'trace', source: withSizes, goTrace: withSizes};
  const probed = members.find((source) => session.probedChanges(source).length + session.probedChanges(source).untold > 0) ?? null;
  return {countedBy: probed && 'probes', source: probed, goTrace: traces[0] ?? null};
}

/** Sums by start function. Row 0 is for goroutines whose start function is not known, and for samples without a goroutine. */
class RowsByStartFunction {
  readonly #rows: (Mutable<GrowthRow> & {members: Set<number>})[] = [];
  readonly #rowOfName = new Map<number, number>();
  /** Goroutines that grew: their rows, or -goid of those that no trace tells of. */
  readonly growing = new Set<number>();
  readonly #source: SessionSource | null;

  constructor(source: SessionSource | null) {
    this.#source = source;
  }

  /** The row of a goroutine, which is counted in it. `goid` tells apart goroutines that no trace tells of. */
  of(goroutine: number, goid = Number.NaN): Mutable<GrowthRow> {
    const name = goroutine < 0 || !this.#source ? -1 : this.#source.trace.goroutines.startFunction[goroutine];
    let at = this.#rowOfName.get(name);
    if (at === undefined) {
      this.#rowOfName.set(name, (at = this.#rows.length));
      const startFunction = this.#source ? text(this.#source.trace, name) : null;
      this.#rows.push({startFunction, members: new Set(), goroutines: 0, growths: 0, shrinks: 0, largestBytes: Number.NaN, copiedBytes: 0, copyNs: 0, growthSamples: 0, growthWeight: 0});
    }
    if (goroutine >= 0) this.#rows[at].members.add(goroutine);
    else if (!Number.isNaN(goid)) this.#rows[at].members.add(-goid);
    return this.#rows[at];
  }

  finish(known: {readonly changes: boolean; readonly durations: boolean; readonly samples: boolean}): {rows: GrowthRow[]; total: GrowthSums} {
    const hasGoroutines = this.#source !== null || this.#rows.some(({members}) => members.size > 0);
    const ifKnown = (isKnown: boolean, value: number) => (isKnown ? value : Number.NaN);
    const rows = this.#rows.map(({members, ...row}): GrowthRow => ({
      ...row,
      goroutines: ifKnown(hasGoroutines, members.size),
      growths: ifKnown(known.changes, row.growths),
      shrinks: ifKnown(known.changes, row.shrinks),
      copiedBytes: ifKnown(known.changes, row.copiedBytes),
      copyNs: ifKnown(known.durations, row.copyNs),
      growthSamples: ifKnown(known.samples, row.growthSamples),
      growthWeight: ifKnown(known.samples, row.growthWeight),
    }));
    const sum = (column: Exclude<keyof GrowthSums, 'largestBytes'>, isKnown: boolean) => ifKnown(isKnown, rows.reduce((all, row) => all + row[column], 0));
    const largest = rows.map(({largestBytes}) => largestBytes).filter((bytes) => !Number.isNaN(bytes));
    return {
      rows,
      total: {
        goroutines: sum('goroutines', hasGoroutines),
        growths: sum('growths', known.changes),
        shrinks: sum('shrinks', known.changes),
        largestBytes: largest.length > 0 ? Math.max(...largest) : Number.NaN,
        copiedBytes: sum('copiedBytes', known.changes),
        copyNs: sum('copyNs', known.durations),
        growthSamples: sum('growthSamples', known.samples),
        growthWeight: sum('growthWeight', known.samples),
      },
    };
  }
}

type StackCounts = Mutable<GrowthTableAnswer['stacks']>;

function addChanges(session: Session, source: SessionSource, {range, filter}: GrowthTableQuestion, rows: RowsByStartFunction, stacks: StackCounts): void {
  const {stackChanges: changes} = source.trace;
  const {from: stackFrom} = session.causes(source);
  const pass = session.filtered(source, filter).stackChanges;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const fromNs = (range?.fromNs ?? -Infinity) - shiftNs;
  const toNs = (range?.toNs ?? Infinity) - shiftNs;
  for (let i = 0; i < changes.length; i++) {
    const kind = changes.kind[i];
    const timeNs = changes.timeNs[i];
    if ((kind !== StackChangeKind.Growth && kind !== StackChangeKind.Shrink) || timeNs < fromNs || timeNs > toNs || (pass && pass[i] === 0)) continue;
    if (kind === StackChangeKind.Growth && changes.goroutine[i] >= 0) rows.growing.add(changes.goroutine[i]);
    addChange(rows.of(changes.goroutine[i]), kind === StackChangeKind.Growth, changes.oldBytes[i], changes.newBytes[i], changes.durationNs[i]);
    if (stackFrom[i] === StackFrom.Sample) stacks.sample++;
    else if (stackFrom[i] === StackFrom.Event) stacks.event++;
    else stacks.none++;
  }
}

function addChange(row: Mutable<GrowthRow>, isGrowth: boolean, oldBytes: number, newBytes: number, durationNs: number): void {
  if (isGrowth) {
    row.growths++;
    row.copyNs += durationNs;
    // A stack at least doubles: where the old size is not known, half the new one is an upper bound of it.
    row.copiedBytes += Number.isNaN(oldBytes) ? newBytes / 2 : oldBytes;
  } else row.shrinks++;
  for (const bytes of [oldBytes, newBytes]) if (!Number.isNaN(bytes) && !(row.largestBytes >= bytes)) row.largestBytes = bytes;
}

/** What probes caught. The chain of the probe is the chain of the step itself. */
function addProbed(session: Session, source: SessionSource, goTrace: SessionSource | null, {range, filter}: GrowthTableQuestion, rows: RowsByStartFunction, stacks: StackCounts): void {
  const changes = session.probedChanges(source);
  const pass = session.filtered(source, filter).samples;
  const {samples} = source.trace;
  const attributed = session.attribution(source);
  const isOfTrace = goTrace !== null && attributed.to === goTrace.id;
  const rowOfId = new Map<number, number>();
  if (isOfTrace) for (let g = 0; g < goTrace.trace.goroutines.length; g++) rowOfId.set(goTrace.trace.goroutines.id[g], g);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  for (let i = 0; i < changes.length; i++) {
    const sample = changes.sample[i];
    const timeNs = samples.timeNs[sample] + shiftNs;
    if ((pass && pass[sample] === 0) || (range && !(timeNs >= range.fromNs && timeNs <= range.toNs))) continue;
    const goid = changes.goroutineId[i];
    const goroutine = rowOfId.get(goid) ?? (isOfTrace ? attributed.goroutine[sample] : -1);
    const isGrowth = changes.kind[i] === StackChangeKind.Growth;
    if (isGrowth && (goroutine >= 0 || !Number.isNaN(goid))) rows.growing.add(goroutine >= 0 ? goroutine : -goid);
    addChange(rows.of(goroutine, goid), isGrowth, changes.oldBytes[i], changes.newBytes[i], Number.NaN);
    if (samples.stack[sample] >= 0) stacks.sample++;
    else stacks.none++;
  }
}

function addSamples(session: Session, source: SessionSource | null, question: GrowthTableQuestion, rows: RowsByStartFunction) {
  const sums = {samples: 0, weight: 0, preemptionSamples: 0, shrinkSamples: 0, overflowSamples: 0};
  const sampled = question.event && session.source(question.event.source);
  if (!question.event || !sampled) return sums;
  const {trace} = sampled;
  const {samples} = trace;
  const classes = session.chains(sampled).class;
  const pass = session.filtered(sampled, question.filter).samples;
  const attributed = session.attribution(sampled);
  const isOfSource = source !== null && attributed.to === source.id;
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
      const row = rows.of(isOfSource ? attributed.goroutine[i] : -1);
      row.growthSamples += count;
      row.growthWeight += weight;
    } else if (chain === ChainClass.Preemption) sums.preemptionSamples += count;
    else if (chain === ChainClass.Shrink) sums.shrinkSamples += count;
    else if (chain === ChainClass.Overflow) sums.overflowSamples += count;
  }
  return sums;
}

/** What is not known comes last, whatever the direction. */
function order(by: GrowthColumn, descending: boolean): (a: GrowthRow, b: GrowthRow) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const x = a[by];
    const y = b[by];
    if (typeof x === 'number' && typeof y === 'number') {
      if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
      if (x !== y) return sign * (x - y);
    } else if (x !== y) {
      if (x === null || y === null) return x === null ? 1 : -1;
      return sign * (x < y ? -1 : 1);
    }
    return b.growths - a.growths || b.growthWeight - a.growthWeight || 0;
  };
}

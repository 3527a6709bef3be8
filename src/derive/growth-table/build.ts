/** Stack changes of one Go trace, and samples that belong to its goroutines -> rows by start function. */
import {StackChangeKind} from '../../model/tables.ts';
import {sampleCount, sampleWeight, text} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import {ChainClass} from '../chains/shape.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {StackFrom} from '../growth/shape.ts';
import type {GrowthColumn, GrowthRow, GrowthSums, GrowthTableAnswer, GrowthTableQuestion} from './shape.ts';

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

export const growthTable = defineDerivation({
  id: 'growthTable',
  answer(session, question: GrowthTableQuestion): GrowthTableAnswer | null {
    const group = session.axis.groups.find(({reference}) => reference === question.group);
    if (!group) return null;
    const source = growthSource(session, group);
    const rows = new RowsByStartFunction(source);
    const stacks = source ? addChanges(session, source, question, rows) : {sample: 0, event: 0, none: 0};
    // What is on another axis has no place in a range of this one.
    const event = question.event && group.members.includes(question.event.source) ? question.event : null;
    const samples = addSamples(session, source, {...question, event}, rows);
    const all = rows.finish(event !== null);
    all.rows.sort(order(question.sort.by, question.sort.descending));
    return {
      source: source?.id ?? -1,
      hasStackSizes: source?.trace.hasStackSizes ?? false,
      rows: all.rows.slice(0, question.limit),
      moreRows: Math.max(0, all.rows.length - question.limit),
      total: all.total,
      ...samples,
      stacks,
    };
  },
});

/** The one trace that growths are counted from: the first with stack sizes, else the first with goroutines. */
function growthSource(session: Session, group: AxisGroup): SessionSource | null {
  const traces = group.members.map((id) => session.source(id)!).filter(({trace}) => trace.goroutines.length > 0);
  return traces.find(({trace}) => trace.hasStackSizes) ?? traces[0] ?? null;
}

/** Sums by start function. Row 0 is for goroutines whose start function is not known, and for samples without a goroutine. */
class RowsByStartFunction {
  readonly #rows: (Mutable<GrowthRow> & {members: Set<number>})[] = [];
  readonly #rowOfName = new Map<number, number>();
  readonly #source: SessionSource | null;

  constructor(source: SessionSource | null) {
    this.#source = source;
  }

  /** The row of a goroutine, which is counted in it. */
  of(goroutine: number): Mutable<GrowthRow> {
    const name = goroutine < 0 || !this.#source ? -1 : this.#source.trace.goroutines.startFunction[goroutine];
    let at = this.#rowOfName.get(name);
    if (at === undefined) {
      this.#rowOfName.set(name, (at = this.#rows.length));
      const startFunction = this.#source ? text(this.#source.trace, name) : null;
      this.#rows.push({startFunction, members: new Set(), goroutines: 0, growths: 0, shrinks: 0, largestBytes: Number.NaN, copiedBytes: 0, copyNs: 0, growthSamples: 0, growthWeight: 0});
    }
    if (goroutine >= 0) this.#rows[at].members.add(goroutine);
    return this.#rows[at];
  }

  finish(hasSamples: boolean): {rows: GrowthRow[]; total: GrowthSums} {
    const hasGoroutines = this.#source !== null;
    const hasSizes = this.#source?.trace.hasStackSizes ?? false;
    const ifKnown = (known: boolean, value: number) => (known ? value : Number.NaN);
    const rows = this.#rows.map(({members, ...row}): GrowthRow => ({
      ...row,
      goroutines: ifKnown(hasGoroutines, members.size),
      growths: ifKnown(hasSizes, row.growths),
      shrinks: ifKnown(hasSizes, row.shrinks),
      copiedBytes: ifKnown(hasSizes, row.copiedBytes),
      copyNs: ifKnown(hasSizes, row.copyNs),
      growthSamples: ifKnown(hasSamples, row.growthSamples),
      growthWeight: ifKnown(hasSamples, row.growthWeight),
    }));
    const sum = (column: Exclude<keyof GrowthSums, 'largestBytes'>, known: boolean) => ifKnown(known, rows.reduce((all, row) => all + row[column], 0));
    const largest = rows.map(({largestBytes}) => largestBytes).filter((bytes) => !Number.isNaN(bytes));
    return {
      rows,
      total: {
        goroutines: sum('goroutines', hasGoroutines),
        growths: sum('growths', hasSizes),
        shrinks: sum('shrinks', hasSizes),
        largestBytes: largest.length > 0 ? Math.max(...largest) : Number.NaN,
        copiedBytes: sum('copiedBytes', hasSizes),
        copyNs: sum('copyNs', hasSizes),
        growthSamples: sum('growthSamples', hasSamples),
        growthWeight: sum('growthWeight', hasSamples),
      },
    };
  }
}

function addChanges(session: Session, source: SessionSource, {range}: GrowthTableQuestion, rows: RowsByStartFunction): GrowthTableAnswer['stacks'] {
  const {stackChanges: changes} = source.trace;
  const {from: stackFrom} = session.causes(source);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const fromNs = (range?.fromNs ?? -Infinity) - shiftNs;
  const toNs = (range?.toNs ?? Infinity) - shiftNs;
  const stacks = {sample: 0, event: 0, none: 0};
  for (let i = 0; i < changes.length; i++) {
    const kind = changes.kind[i];
    const timeNs = changes.timeNs[i];
    if ((kind !== StackChangeKind.Growth && kind !== StackChangeKind.Shrink) || timeNs < fromNs || timeNs > toNs) continue;
    const row = rows.of(changes.goroutine[i]);
    if (kind === StackChangeKind.Growth) {
      row.growths++;
      row.copyNs += changes.durationNs[i];
      if (!Number.isNaN(changes.oldBytes[i])) row.copiedBytes += changes.oldBytes[i];
    } else row.shrinks++;
    for (const bytes of [changes.oldBytes[i], changes.newBytes[i]]) if (!Number.isNaN(bytes) && !(row.largestBytes >= bytes)) row.largestBytes = bytes;
    if (stackFrom[i] === StackFrom.Sample) stacks.sample++;
    else if (stackFrom[i] === StackFrom.Event) stacks.event++;
    else stacks.none++;
  }
  return stacks;
}

function addSamples(session: Session, source: SessionSource | null, question: GrowthTableQuestion, rows: RowsByStartFunction) {
  const sums = {samples: 0, weight: 0, preemptionSamples: 0, shrinkSamples: 0, overflowSamples: 0};
  const sampled = question.event && session.source(question.event.source);
  if (!question.event || !sampled) return sums;
  const {trace} = sampled;
  const {samples} = trace;
  const classes = session.chains(sampled).class;
  const attributed = session.attribution(sampled);
  const isOfSource = source !== null && attributed.to === source.id;
  const shiftNs = session.axis.shiftsNs.get(sampled.id) ?? 0;
  const fromNs = (question.range?.fromNs ?? -Infinity) - shiftNs;
  const toNs = (question.range?.toNs ?? Infinity) - shiftNs;
  const weightOf = question.weight === 'period' ? sampleWeight : sampleCount;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== question.event.event || (question.range && !(samples.timeNs[i] >= fromNs && samples.timeNs[i] <= toNs))) continue;
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

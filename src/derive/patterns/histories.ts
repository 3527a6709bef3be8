/** Counted changes -> what happened to each goroutine's stack, in time order, with who it was. */
import {StackChangeKind} from '../../model/tables.ts';
import {text} from '../../model/trace.ts';
import type {Session} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {CauseFrom, type CountedChanges} from '../growth/shape.ts';
import type {Instance, Pattern, PatternsQuestion} from './shape.ts';

/** One growth or shrink. NaN: not known. */
export interface Change {
  readonly isGrowth: boolean;
  readonly timeNs: number;
  readonly durationNs: number;
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly usedBytes: number;
  readonly cause: string | null;
  readonly causeFrom: CauseFrom;
}

/** A goroutine whose stack changed in the range. */
export interface History {
  readonly startFunction: string | null;
  readonly goroutine: number;
  readonly goroutineId: number;
  readonly source: number;
  /** On the axis. NaN: before the recording, or not known. */
  readonly birthNs: number;
  /** Infinity: it lived on, or nothing is known of its end. */
  readonly endNs: number;
  /** In time order. */
  readonly changes: Change[];
}

/** Of the last filter only. */
const kept = new WeakMap<CountedChanges, {readonly session: Session; readonly filter: string; readonly all: readonly History[]}>();

/**
 * What happened in the range. Changes whose goroutine is not known are nobody's history. A goroutine all of whose changes are in it keeps its
 * history from one range to the next. Cost: linear in goroutines; at first in changes, and sorting those that do not come in time order.
 */
export function histories(session: Session, counted: CountedChanges, {range, filter}: Pick<PatternsQuestion, 'range' | 'filter'>): readonly History[] {
  const key = JSON.stringify(filter);
  let whole = kept.get(counted);
  if (whole?.session !== session || whole.filter !== key) kept.set(counted, (whole = {session, filter: key, all: wholeHistories(session, counted, filter)}));
  return range ? whole.all.map((history) => within(history, range)).filter((history) => history !== null) : whole.all;
}

/** null: nothing happened in the range. */
function within(history: History, {fromNs, toNs}: {readonly fromNs: number; readonly toNs: number}): History | null {
  const {changes} = history;
  if (changes[0].timeNs >= fromNs && changes[changes.length - 1].timeNs <= toNs) return history;
  const first = firstWhere(changes, (timeNs) => timeNs >= fromNs);
  const end = firstWhere(changes, (timeNs) => timeNs > toNs);
  return first < end ? {...history, changes: changes.slice(first, end)} : null;
}

/** The first change from which on all are so, by halves. */
function firstWhere(changes: readonly Change[], isSo: (timeNs: number) => boolean): number {
  let [from, to] = [0, changes.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isSo(changes[middle].timeNs)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function wholeHistories(session: Session, counted: CountedChanges, filter: Filter): History[] {
  const of = session.source(counted.goroutinesOf);
  const {samples, stackChanges} = session.filtered(session.openSource(counted.source), filter);
  const pass = counted.by === 'trace' ? stackChanges : samples;
  const shiftNs = of ? (session.axis.shiftsNs.get(of.id) ?? 0) : 0;
  const byId = new Map<number, History>();
  for (let i = 0; i < counted.length; i++) {
    const timeNs = counted.timeNs[i];
    const id = counted.goroutineId[i];
    if (Number.isNaN(id) || (pass && pass[counted.row[i]] === 0)) continue;
    let history = byId.get(id);
    if (!history) {
      const row = counted.goroutine[i];
      const known = of && row >= 0 ? of.trace : null;
      const endNs = known ? known.goroutines.endNs[row] : Number.NaN;
      byId.set(id, (history = {
        startFunction: known ? text(known, known.goroutines.startFunction[row]) : null,
        goroutine: row,
        goroutineId: id,
        source: row >= 0 ? counted.goroutinesOf : -1,
        birthNs: known ? known.goroutines.startNs[row] + shiftNs : Number.NaN,
        endNs: Number.isNaN(endNs) ? Infinity : endNs + shiftNs,
        changes: [],
      }));
    }
    history.changes.push({
      isGrowth: counted.kind[i] === StackChangeKind.Growth,
      timeNs,
      durationNs: counted.durationNs[i],
      oldBytes: counted.oldBytes[i],
      newBytes: counted.newBytes[i],
      usedBytes: counted.usedBytes[i],
      cause: counted.cause[i] < 0 ? null : counted.functions[counted.cause[i]],
      causeFrom: counted.causeFrom[i] as CauseFrom,
    });
  }
  const all = [...byId.values()];
  for (const {changes} of all) changes.sort((a, b) => a.timeNs - b.timeNs);
  return all;
}

/** What is found of one history alone is found once: from range to range most histories are the same ones. */
export function ofHistory<T>(find: (history: History) => T): (history: History) => T {
  const found = new WeakMap<History, {readonly value: T}>();
  return (history) => {
    let known = found.get(history);
    if (!known) found.set(history, (known = {value: find(history)}));
    return known.value;
  };
}

/** Histories by start function. */
export function byStartFunction(all: readonly History[]): Map<string | null, History[]> {
  const groups = new Map<string | null, History[]>();
  for (const history of all) {
    const group = groups.get(history.startFunction);
    if (group) group.push(history);
    else groups.set(history.startFunction, [history]);
  }
  return groups;
}

/** What patterns have in common: sums over their growths (and shrinks, for their copies), who is told for most, and where to look. */
export function summed(growths: readonly Change[], shrinks: readonly Change[], seen: History, steps: readonly Change[]): Pick<Pattern, 'growths' | 'copyNs' | 'copiedBytes' | 'cause' | 'instance'> {
  return {
    growths: growths.length,
    copyNs: [...growths, ...shrinks].reduce((sum, {durationNs}) => sum + durationNs, 0),
    copiedBytes: growths.reduce((sum, {oldBytes}) => sum + oldBytes, 0),
    cause: mostToldBy(growths),
    instance: instance(seen, steps),
  };
}

function mostToldBy(growths: readonly Change[]): Pattern['cause'] {
  const told: {readonly name: string; readonly from: CauseFrom; growths: number}[] = [];
  /** By `CauseFrom`: of a name its place in `told`. */
  const placeOf: Map<string, number>[] = Object.values(CauseFrom).map(() => new Map<string, number>());
  for (const {cause, causeFrom} of growths) {
    if (cause === null) continue;
    const place = placeOf[causeFrom].get(cause);
    if (place === undefined) placeOf[causeFrom].set(cause, told.push({name: cause, from: causeFrom, growths: 1}) - 1);
    else told[place].growths++;
  }
  return told.sort((a, b) => b.growths - a.growths).at(0) ?? null;
}

function instance({source, goroutine, goroutineId}: History, steps: readonly Change[]): Instance {
  const last = steps[steps.length - 1];
  return {source, goroutine, goroutineId, fromNs: steps[0].timeNs, toNs: last.timeNs + (Number.isNaN(last.durationNs) ? 0 : last.durationNs)};
}

/** Time of the copies of steps; their number where it is not known. */
export function costOf(steps: readonly Change[]): number {
  const copyNs = steps.reduce((sum, {durationNs}) => sum + durationNs, 0);
  return Number.isNaN(copyNs) ? steps.length : copyNs;
}

/** Goroutines with their figures -> those that the choice lets through, in groups, each sorted, and the groups sorted among themselves. */
import {lowerBound} from '../../base/columns/search.ts';
import {text, type Trace} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {spanOf, type GoroutineFigures} from './figures.ts';
import type {StackSeries} from '../stacks-held/shape.ts';
import type {LanesQuestion, RowFigures, RowsChoice, RowSort} from './shape.ts';

/** Goroutines of one source that stand together. */
export interface Group {
  readonly key: string;
  readonly source: SessionSource;
  /** Start function, or the function that created them; null: not known. */
  readonly name: string | null;
  /** Rows of the figures, sorted. */
  readonly members: Int32Array;
  readonly figures: RowFigures;
  /** When the first of them began, on the axis; NaN: before the recording. */
  readonly startNs: number;
  /** Of all in the group, made when it is first looked at. */
  readonly series: () => StackSeries;
}

type Choice = Pick<RowsChoice, 'groupBy' | 'sort' | 'text' | 'state' | 'reason' | 'onlyGrowth'>;

export function goroutineGroups(session: Session, figures: GoroutineFigures, choice: Choice, range: LanesQuestion['range']): Group[] {
  const passes = figures.sources.map((source) => passOf(session, source, choice, range));
  const grouped = figures.sources.map(({trace}) => groupingOf(trace, choice.groupBy));
  const found: {readonly of: number; readonly name: number; readonly members: number[]}[] = [];
  /** By source, then by group of it: its place in `found`, from 1. */
  const places = grouped.map(({members}) => new Int32Array(members.length));
  for (let i = 0; i < figures.length; i++) {
    if (choice.onlyGrowth && !(figures.growths[i] + figures.shrinks[i] > 0)) continue;
    const of = figures.of[i];
    const g = figures.row[i];
    if (!passes[of](g)) continue;
    const group = grouped[of].group[g];
    if (places[of][group] === 0) places[of][group] = found.push({of, name: group, members: []});
    found[places[of][group] - 1].members.push(i);
  }
  const columns = sortColumns(figures);
  const groups = found.map(({of, name: group, members}): Group => {
    const source = figures.sources[of];
    const {trace} = source;
    const name = text(trace, grouped[of].name[group]);
    const order = orderOf(choice.sort, columns, (i) => text(trace, trace.goroutines.startFunction[figures.row[i]]), (i) => trace.goroutines.id[figures.row[i]]);
    const sorted = Int32Array.from(members).sort(order);
    const startNs = members.reduce((first, i) => (figures.startNs[i] >= first ? first : figures.startNs[i]), figures.startNs[members[0]]);
    let series: StackSeries | null = null;
    return {
      key: `group ${source.id} ${name ?? ''}`, source, name, members: sorted, figures: sumsOf(figures, sorted), startNs,
      series: () => (series ??= session.stackSeries(source, sorted.map((i) => figures.row[i]), grouped[of].members[group])),
    };
  });
  const column = (of: 'growths' | 'largestBytes' | 'copyNs' | 'samples') => Float64Array.from(groups, (group) => group.figures[of]);
  const ofGroups = sortColumns({startNs: Float64Array.from(groups, ({startNs}) => startNs), growths: column('growths'), largestBytes: column('largestBytes'), copyNs: column('copyNs'), samples: column('samples')});
  const order = orderOf(choice.sort, ofGroups, (i) => groups[i].name, (i) => -groups[i].members.length);
  return [...groups.keys()].sort(order).map((i) => groups[i]);
}

/** All goroutines of a trace in groups. */
interface Grouping {
  /** By goroutine: its group. */
  readonly group: Int32Array;
  /** By group: row of strings, -1 not known; and the goroutines in it, upwards. */
  readonly name: readonly number[];
  readonly members: readonly Int32Array[];
}

const groupingsOfTrace = new WeakMap<Trace, Map<Choice['groupBy'], Grouping>>();

/** No range and no filter changes it: made once. */
function groupingOf(trace: Trace, groupBy: Choice['groupBy']): Grouping {
  const known = groupingsOfTrace.get(trace) ?? new Map<Choice['groupBy'], Grouping>();
  groupingsOfTrace.set(trace, known);
  let grouping = known.get(groupBy);
  if (!grouping) known.set(groupBy, (grouping = newGrouping(trace, groupBy)));
  return grouping;
}

function newGrouping(trace: Trace, groupBy: Choice['groupBy']): Grouping {
  const name: number[] = [];
  const members: number[][] = [];
  const groupOf = new Map<number, number>();
  const group = new Int32Array(trace.goroutines.length);
  for (let g = 0; g < group.length; g++) {
    const own = groupBy === 'none' ? -1 : nameOf(trace, g, groupBy);
    let at = groupOf.get(own);
    if (at === undefined) {
      groupOf.set(own, (at = name.push(own) - 1));
      members.push([]);
    }
    group[g] = at;
    members[at].push(g);
  }
  return {group, name, members: members.map((of) => Int32Array.from(of))};
}

/** String that a goroutine is grouped by; -1: not known. */
function nameOf({goroutines, stacks, frames}: Trace, goroutine: number, groupBy: 'startFunction' | 'creator'): number {
  if (groupBy === 'startFunction') return goroutines.startFunction[goroutine];
  // The leaf of the creator's stack is the function with the go statement.
  const stack = goroutines.creatorStack[goroutine];
  if (stack >= 0) return frames.name[stacks.frame[stack]];
  const creator = goroutines.creator[goroutine];
  return creator < 0 ? -1 : goroutines.startFunction[creator];
}

export function figuresOf(figures: GoroutineFigures, i: number): RowFigures {
  return {goroutines: 1, growths: figures.growths[i], shrinks: figures.shrinks[i], largestBytes: figures.largestBytes[i], copyNs: figures.copyNs[i], samples: figures.samples[i]};
}

/** Sums of the members; the largest size is the largest that is known. */
function sumsOf(figures: GoroutineFigures, members: Int32Array): RowFigures {
  let [growths, shrinks, copyNs, samples, largestBytes] = [0, 0, 0, 0, Number.NaN];
  for (const i of members) {
    growths += figures.growths[i];
    shrinks += figures.shrinks[i];
    copyNs += figures.copyNs[i];
    samples += figures.samples[i];
    if (figures.largestBytes[i] > largestBytes || Number.isNaN(largestBytes)) largestBytes = figures.largestBytes[i];
  }
  return {goroutines: members.length, growths, shrinks, largestBytes, copyNs, samples};
}

/** Which goroutines of a source pass by what is said of them. */
function passOf(session: Session, source: SessionSource, choice: Choice, range: LanesQuestion['range']): (goroutine: number) => boolean {
  const {trace} = source;
  const {goroutines, states} = trace;
  const wanted = choice.text.trim().toLowerCase();
  const goid = /^g?(\d+)$/.exec(wanted)?.[1];
  const isNamed = new Map<number, boolean>();
  const hasText = (goroutine: number) => {
    if (wanted === '' || (goid !== undefined && goroutines.id[goroutine] === Number(goid))) return true;
    const name = goroutines.startFunction[goroutine];
    let is = isNamed.get(name);
    if (is === undefined) isNamed.set(name, (is = text(trace, name)?.toLowerCase().includes(wanted) ?? false));
    return is;
  };
  if (choice.state === 0 && choice.reason === null) return hasText;
  const {fromNs, toNs} = spanOf(session, source, range);
  const wasSo = (goroutine: number) => {
    const first = goroutines.firstState[goroutine];
    const end = first + goroutines.stateCount[goroutine];
    // The state before the first that begins in the range reaches into it.
    for (let i = Math.max(first, lowerBound(states.startNs, fromNs, first, end) - 1); i < end && states.startNs[i] <= toNs; i++) {
      const isState = choice.state === 0 || states.state[i] === choice.state;
      if (isState && (choice.reason === null || text(trace, states.reason[i]) === choice.reason)) return true;
    }
    return false;
  };
  return (goroutine) => hasText(goroutine) && wasSo(goroutine);
}

type SortColumns = Readonly<Record<Exclude<RowSort, 'name'>, Float64Array>>;

/** What is not known, or is older than the recording, as less than all that is. */
function sortColumns({copyNs, growths, largestBytes, samples, startNs}: SortColumns): SortColumns {
  const known = (column: Float64Array) => {
    const values = column.slice();
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = -1;
    return values;
  };
  return {copyNs: known(copyNs), growths: known(growths), largestBytes: known(largestBytes), samples: known(samples), startNs: known(startNs)};
}

/** Largest first, but the first seen and names from the beginning. What is not known is last; older than the recording is first seen of all. */
function orderOf(by: RowSort, columns: SortColumns, name: (i: number) => string | null, last: (i: number) => number): (a: number, b: number) => number {
  // Sorted at each brush: columns only, no list of steps to go through.
  const value = by === 'name' ? null : columns[by];
  const sign = by === 'startNs' ? 1 : -1;
  const {copyNs, growths, samples} = columns;
  return (a, b) =>
    (value ? sign * (value[a] - value[b]) : compareNames(name(a), name(b))) || copyNs[b] - copyNs[a] || growths[b] - growths[a] || samples[b] - samples[a] || last(a) - last(b) || a - b;
}

function compareNames(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

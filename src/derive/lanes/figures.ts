/** What is known of each goroutine of an axis in the range asked: growths, shrinks, sizes, copy time, samples. Made once per axis, event, range and filter. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {StackChangeKind, type StackChangeTable} from '../../model/tables.ts';
import {sampleCount} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {SamplesOfOwner} from '../rows/shape.ts';
import {orderOfSize} from '../stacks-held/shape.ts';
import {remembered} from './remembered.ts';
import {samplesByLane} from './rows-of-lane.ts';
import type {LanesQuestion} from './shape.ts';

/** Goroutines that lived in the range and pass the filter, a row each, source by source. NaN: not known. */
export interface GoroutineFigures {
  readonly length: number;
  /** Index into `sources`. */
  readonly of: Int32Array;
  readonly sources: readonly SessionSource[];
  /** Row of the source's goroutines. */
  readonly row: Int32Array;
  readonly growths: Float64Array;
  readonly shrinks: Float64Array;
  readonly largestBytes: Float64Array;
  readonly copyNs: Float64Array;
  readonly samples: Float64Array;
  /** On the axis; NaN: older than the recording. */
  readonly startNs: Float64Array;
  /** Of all goroutines of the axis, whatever the range and the filter. */
  readonly all: number;
  /** log2 of the largest size known of any goroutine of the axis, at any time; 0: none is known. */
  readonly mostOrder: number;
}

/** What decides about figures. */
export type Scope = Pick<LanesQuestion, 'group' | 'event' | 'range' | 'filter'>;

const known = new WeakMap<Session, Map<string, GoroutineFigures>>();

export function goroutineFigures(session: Session, group: AxisGroup, {event, range, filter}: Scope): GoroutineFigures {
  return remembered(known, session, JSON.stringify([group.reference, event, range, filter]), () => {
    const sources = group.members.map((id) => session.openSource(id)).filter(({trace}) => trace.goroutines.length > 0);
    const all = sources.reduce((sum, {trace}) => sum + trace.goroutines.length, 0);
    const of = new Int32Array(all);
    const row = new Int32Array(all);
    const startNs = new Float64Array(all);
    const samples = new Float64Array(all);
    const sums = changeSums(all);
    let length = 0;
    for (const [at, source] of sources.entries()) {
      const {goroutines} = source.trace;
      const {fromNs, toNs} = spanOf(session, source, range);
      const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
      const mask = session.filtered(source, filter).goroutines;
      const begin = length;
      for (let g = 0; g < goroutines.length; g++) {
        // One whose birth or end is not known was there before or after the recording.
        if (mask?.[g] === 0 || goroutines.startNs[g] > toNs || goroutines.endNs[g] < fromNs) continue;
        of[length] = at;
        row[length] = g;
        startNs[length++] = goroutines.startNs[g] + shiftNs;
      }
      sumChanges(session, source, {range, filter}, row.subarray(begin, length), begin, sums);
      countSamples(session, source, {event, range, filter}, row.subarray(begin, length), samples.subarray(begin, length));
    }
    return {length, all, of, row, sources, mostOrder: Math.max(0, ...sources.map(({trace}) => largestOrder(trace.stackChanges))), ...sums, samples, startNs};
  });
}

const orderOfTable = new WeakMap<StackChangeTable, number>();

function largestOrder(changes: StackChangeTable): number {
  let order = orderOfTable.get(changes);
  if (order === undefined) orderOfTable.set(changes, (order = readLargestOrder(changes)));
  return order;
}

function readLargestOrder({newBytes, oldBytes}: StackChangeTable): number {
  return orderOfSize([newBytes, oldBytes].reduce((most, column) => column.reduce((largest, bytes) => (bytes > largest ? bytes : largest), most), 0));
}

/** The part of a source's time that counts, on the source's own clock. */
export function spanOf({axis}: Session, {id}: SessionSource, range: LanesQuestion['range']): {readonly fromNs: number; readonly toNs: number} {
  const shiftNs = axis.shiftsNs.get(id) ?? 0;
  return {fromNs: (range?.fromNs ?? -Infinity) - shiftNs, toNs: (range?.toNs ?? Infinity) - shiftNs};
}

/** What the changes of goroutines come to. */
interface ChangeSums {
  readonly growths: Float64Array;
  readonly shrinks: Float64Array;
  readonly largestBytes: Float64Array;
  readonly copyNs: Float64Array;
}

function changeSums(length: number): ChangeSums {
  return {growths: new Float64Array(length), shrinks: new Float64Array(length), largestBytes: new Float64Array(length).fill(Number.NaN), copyNs: new Float64Array(length)};
}

/** By goroutine of a trace, over all of its time; by which changes pass, or by the table where all do. */
const wholeSums = new WeakMap<Uint8Array | StackChangeTable, ChangeSums>();

/** Writes the sums of `goroutines` from row `begin` on. Of those all of whose changes lie in the range, which most do, they are known already. */
function sumChanges(session: Session, source: SessionSource, {range, filter}: Pick<Scope, 'range' | 'filter'>, goroutines: Int32Array, begin: number, sums: ChangeSums): void {
  const {stackChanges: changes, hasStackSizes, goroutines: table} = source.trace;
  if (!hasStackSizes) for (const column of [sums.growths, sums.shrinks, sums.copyNs]) column.fill(Number.NaN, begin, begin + goroutines.length);
  // Probes do not tell how long copying took, nor that of those who did not grow was none.
  if (source.probed) sums.copyNs.fill(Number.NaN, begin, begin + goroutines.length);
  const {first, rows, times} = session.goroutineRows(source).changes;
  const {fromNs, toNs} = spanOf(session, source, range);
  const pass = session.filtered(source, filter).stackChanges;
  let whole = wholeSums.get(pass ?? changes);
  if (!whole) {
    wholeSums.set(pass ?? changes, (whole = changeSums(table.length)));
    for (let g = 0; g < table.length; g++) addChanges(changes, pass, rows, first[g], first[g + 1], whole, g);
  }
  for (let i = 0; i < goroutines.length; i++) {
    const g = goroutines[i];
    const [from, end] = [first[g], first[g + 1]];
    if (from === end) continue;
    if (times[from] >= fromNs && times[end - 1] <= toNs) {
      sums.growths[begin + i] += whole.growths[g];
      sums.shrinks[begin + i] += whole.shrinks[g];
      sums.copyNs[begin + i] += whole.copyNs[g];
      sums.largestBytes[begin + i] = whole.largestBytes[g];
    } else addChanges(changes, pass, rows, lowerBound(times, fromNs, from, end), upperBound(times, toNs, from, end), sums, begin + i);
  }
}

function addChanges(changes: StackChangeTable, pass: Uint8Array | null, rows: Int32Array, from: number, end: number, sums: ChangeSums, to: number): void {
  for (let at = from; at < end; at++) {
    const i = rows[at];
    const kind = changes.kind[i];
    if (pass?.[i] === 0 || (kind !== StackChangeKind.Growth && kind !== StackChangeKind.Shrink)) continue;
    enlarge(sums.largestBytes, to, changes.oldBytes[i]);
    enlarge(sums.largestBytes, to, changes.newBytes[i]);
    if (kind === StackChangeKind.Growth) {
      sums.growths[to]++;
      sums.copyNs[to] += changes.durationNs[i];
    } else sums.shrinks[to]++;
  }
}

/** Writes how many samples each of some goroutines of a source has in the range; NaN where none is attributed to them. */
function countSamples(session: Session, source: SessionSource, {event, range, filter}: Omit<Scope, 'group'>, goroutines: Int32Array, counts: Float64Array): void {
  const sampled = event && session.source(event.source);
  if (!event || !sampled || session.attribution(sampled).to !== source.id) {
    counts.fill(Number.NaN);
    return;
  }
  const {byGoroutine} = samplesByLane(session, event, filter)!;
  const {fromNs, toNs} = spanOf(session, sampled, range);
  for (let i = 0; i < goroutines.length; i++) {
    const g = goroutines[i];
    counts[i] = countWithin(sampled, byGoroutine, byGoroutine.first[g], byGoroutine.first[g + 1], fromNs, toNs);
  }
}

/** NaN: nothing is known, of either. */
function enlarge(largest: Float64Array, at: number, bytes: number): void {
  if (!Number.isNaN(bytes) && !(largest[at] >= bytes)) largest[at] = bytes;
}

/** How many samples rows stand for that lie in a range. */
export function samplesIn(session: Session, source: SessionSource, samples: SamplesOfOwner, range: LanesQuestion['range']): number {
  const {fromNs, toNs} = spanOf(session, source, range);
  return countWithin(source, samples, 0, samples.times.length, fromNs, toNs);
}

/** Found by halves where each row stands for one. */
function countWithin({trace}: SessionSource, {rows, times}: SamplesOfOwner, from: number, to: number, fromNs: number, toNs: number): number {
  const first = from < to && times[from] >= fromNs ? from : lowerBound(times, fromNs, from, to);
  const end = first < to && times[to - 1] <= toNs ? to : upperBound(times, toNs, first, to);
  if (!trace.sampleCount) return end - first;
  let count = 0;
  for (let i = first; i < end; i++) count += sampleCount(trace, rows[i]);
  return count;
}

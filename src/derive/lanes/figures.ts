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
    const sources = group.members.map((id) => session.source(id)!).filter(({trace}) => trace.goroutines.length > 0);
    const all = sources.reduce((sum, {trace}) => sum + trace.goroutines.length, 0);
    const column = () => new Float64Array(all);
    const of = new Int32Array(all);
    const row = new Int32Array(all);
    const columns = {growths: column(), shrinks: column(), largestBytes: column(), copyNs: column(), samples: column(), startNs: column()};
    let length = 0;
    for (const [at, source] of sources.entries()) {
      const {goroutines} = source.trace;
      const {fromNs, toNs} = spanOf(session, source, range);
      const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
      const sums = sumsOf(session, source, {event, range, filter});
      const mask = session.filtered(source, filter).goroutines;
      for (let g = 0; g < goroutines.length; g++) {
        // One whose birth or end is not known was there before or after the recording.
        if (mask?.[g] === 0 || goroutines.startNs[g] > toNs || goroutines.endNs[g] < fromNs) continue;
        of[length] = at;
        row[length] = g;
        for (const name of ['growths', 'shrinks', 'largestBytes', 'copyNs', 'samples'] as const) columns[name][length] = sums[name][g];
        columns.startNs[length++] = goroutines.startNs[g] + shiftNs;
      }
    }
    return {length, all, of, row, sources, mostOrder: Math.max(0, ...sources.map(({trace}) => largestOrder(trace.stackChanges))), ...columns};
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

/** Sums by goroutine of a source. */
function sumsOf(session: Session, source: SessionSource, {event, range, filter}: Omit<Scope, 'group'>) {
  const {goroutines, stackChanges: changes, hasStackSizes} = source.trace;
  const {fromNs, toNs} = spanOf(session, source, range);
  const filled = (value: number) => new Float64Array(goroutines.length).fill(value);
  const pass = session.filtered(source, filter).stackChanges;
  const unknown = hasStackSizes ? 0 : Number.NaN;
  const sums = {growths: filled(unknown), shrinks: filled(unknown), copyNs: filled(unknown), largestBytes: filled(Number.NaN), samples: filled(0)};
  for (let i = 0; i < changes.length; i++) {
    const g = changes.goroutine[i];
    const kind = changes.kind[i];
    if (g < 0 || pass?.[i] === 0 || changes.timeNs[i] < fromNs || changes.timeNs[i] > toNs || (kind !== StackChangeKind.Growth && kind !== StackChangeKind.Shrink)) continue;
    enlarge(sums.largestBytes, g, changes.oldBytes[i]);
    enlarge(sums.largestBytes, g, changes.newBytes[i]);
    if (kind === StackChangeKind.Growth) {
      sums.growths[g]++;
      sums.copyNs[g] += changes.durationNs[i];
    } else sums.shrinks[g]++;
  }
  const sampled = event && session.source(event.source);
  if (!event || !sampled || session.attribution(sampled).to !== source.id) {
    sums.samples.fill(Number.NaN);
    return sums;
  }
  const samples = samplesByLane(session, event, filter)!;
  for (let g = 0; g < goroutines.length; g++) sums.samples[g] = samplesIn(session, sampled, samples.ofGoroutine(g), range);
  return sums;
}

/** NaN: nothing is known, of either. */
function enlarge(largest: Float64Array, at: number, bytes: number): void {
  if (!Number.isNaN(bytes) && !(largest[at] >= bytes)) largest[at] = bytes;
}

/** How many samples rows stand for that lie in a range: found by halves where each stands for one. */
export function samplesIn(session: Session, source: SessionSource, {rows, times}: SamplesOfOwner, range: LanesQuestion['range']): number {
  const {fromNs, toNs} = spanOf(session, source, range);
  const first = lowerBound(times, fromNs);
  const end = upperBound(times, toNs);
  if (!source.trace.sampleCount) return end - first;
  let count = 0;
  for (let i = first; i < end; i++) count += sampleCount(source.trace, rows[i]);
  return count;
}

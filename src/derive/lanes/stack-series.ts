/**
 * Stacks of several goroutines of one source over time: how many bytes they hold together, the largest of them, how many are alive.
 *
 *   G1 ──2K──┬─4K───────┐        sum    2 4 6 4 …      a step at every birth, change and end
 *   G2       └──2K───┬──8K──     most   2 4 4 8 …
 */
import {upperBound} from '../../base/columns/search.ts';
import {ascendingOrder} from '../../base/columns/sort.ts';
import {StackChangeKind} from '../../model/tables.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {changesByGoroutine} from './rows-of-lane.ts';
import {LaneMark} from './shape.ts';
import {orderOfSize} from './size-order.ts';

/** Steps in time order on the axis; a value holds until the next step. Sizes that are not known count nothing. */
export interface StackSeries {
  readonly length: number;
  readonly timeNs: Float64Array;
  readonly sumBytes: Float64Array;
  /** log2 of the largest size; 0: none is known. */
  readonly most: Uint8Array;
  readonly alive: Int32Array;
  /** LaneMark.Growth or LaneMark.Shrink where the step is one. */
  readonly marks: Uint8Array;
  readonly mostSum: number;
  readonly mostAlive: number;
}

/** The series of these goroutines. Cost: linear in their changes. */
export function stackSeries(session: Session, source: SessionSource, goroutines: Int32Array): StackSeries {
  const {trace} = source;
  const {stackChanges: changes} = trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const {first, rows} = changesByGoroutine(trace);
  let most = 0;
  for (const g of goroutines) most += first[g + 1] - first[g] + 2;
  const time = new Float64Array(most);
  const from = new Float64Array(most);
  const to = new Float64Array(most);
  const born = new Int8Array(most);
  const mark = new Uint8Array(most);
  let length = 0;
  for (const g of goroutines) {
    const bornNs = Number.isNaN(trace.goroutines.startNs[g]) ? trace.startNs : trace.goroutines.startNs[g];
    const endNs = Number.isNaN(trace.goroutines.endNs[g]) ? trace.endNs : trace.goroutines.endNs[g];
    const firstChange = rows[first[g]];
    // Before its first change it had the old size, whatever it was when it began.
    let size = first[g] === first[g + 1] || changes.kind[firstChange] === StackChangeKind.Initial ? 0 : known(changes.oldBytes[firstChange]);
    born[length] = 1;
    to[length] = size;
    time[length++] = bornNs + shiftNs;
    for (let at = first[g]; at < first[g + 1]; at++) {
      const change = rows[at];
      // What a stack was given back as counts with its goroutine's end.
      if (changes.kind[change] === StackChangeKind.Freed || changes.timeNs[change] >= endNs) continue;
      from[length] = size;
      to[length] = size = known(changes.newBytes[change]);
      mark[length] = changes.kind[change] === StackChangeKind.Growth ? LaneMark.Growth : changes.kind[change] === StackChangeKind.Shrink ? LaneMark.Shrink : 0;
      time[length++] = Math.max(bornNs, changes.timeNs[change]) + shiftNs;
    }
    born[length] = -1;
    from[length] = size;
    time[length++] = endNs + shiftNs;
  }
  return summed(time.subarray(0, length), from, to, born, mark);
}

function known(sizeBytes: number): number {
  return Number.isNaN(sizeBytes) ? 0 : sizeBytes;
}

function summed(time: Float64Array, from: Float64Array, to: Float64Array, born: Int8Array, mark: Uint8Array): StackSeries {
  const {length} = time;
  const order = ascendingOrder(time);
  const series = {length, timeNs: new Float64Array(length), sumBytes: new Float64Array(length), most: new Uint8Array(length), alive: new Int32Array(length), marks: new Uint8Array(length)};
  /** How many stacks there are of each size. */
  const counts = new Int32Array(64);
  let [sum, alive, largest, mostSum, mostAlive] = [0, 0, 0, 0, 0];
  for (let at = 0; at < length; at++) {
    const i = order[at];
    const before = orderOfSize(from[i]);
    const after = orderOfSize(to[i]);
    sum += to[i] - from[i];
    alive += born[i];
    if (before > 0) counts[before]--;
    if (after > 0) counts[after]++;
    if (after > largest) largest = after;
    while (largest > 0 && counts[largest] <= 0) largest--;
    series.timeNs[at] = time[i];
    series.sumBytes[at] = sum;
    series.most[at] = largest;
    series.alive[at] = alive;
    series.marks[at] = mark[i];
    if (sum > mostSum) mostSum = sum;
    if (alive > mostAlive) mostAlive = alive;
  }
  return {...series, mostSum, mostAlive};
}

interface Planes {
  /** Largest sum within the pixel, and most alive; NaN before the first step. */
  readonly sum: Float32Array;
  readonly alive: Float32Array;
  readonly most: Uint8Array;
  readonly marks: Uint8Array;
}

/** Writes what holds within each pixel of the window: the largest values, however short they lasted. */
export function paintStackSeries(series: StackSeries, window: {readonly fromNs: number; readonly toNs: number; readonly widthPx: number}, planes: Planes): void {
  const {length, timeNs, sumBytes, most, alive, marks} = series;
  const scale = window.widthPx / Math.max(1, window.toNs - window.fromNs);
  planes.sum.fill(Number.NaN);
  planes.alive.fill(Number.NaN);
  for (let i = Math.max(0, upperBound(timeNs, window.fromNs) - 1); i < length && timeNs[i] < window.toNs; i++) {
    const x0 = (timeNs[i] - window.fromNs) * scale;
    const x1 = i + 1 < length ? (timeNs[i + 1] - window.fromNs) * scale : x0;
    const first = Math.floor(x0);
    // Several steps of one moment: only the last of them lasted.
    const lasts = x1 > x0 || i + 1 === length;
    if (marks[i] !== 0 && first >= 0 && first < window.widthPx) planes.marks[first] |= marks[i];
    if (!lasts) continue;
    const end = Math.min(window.widthPx, Math.max(Math.ceil(x1), first + 1));
    for (let pixel = Math.max(0, first); pixel < end; pixel++) {
      if (!(planes.sum[pixel] >= sumBytes[i])) planes.sum[pixel] = sumBytes[i];
      if (!(planes.alive[pixel] >= alive[i])) planes.alive[pixel] = alive[i];
      if (planes.most[pixel] < most[i]) planes.most[pixel] = most[i];
    }
  }
}

/**
 * Changes of stack sizes, births and ends of several goroutines of one source -> one series of steps.
 *
 *   G1 ──2K──┬─4K───────┐        sum    2 4 6 4 …      a step at every birth, change and end
 *   G2       └──2K───┬──8K──     most   2 4 4 8 …
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {StackChangeKind} from '../../model/tables.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {orderOfSize, SizeStep, type StackSeries} from './shape.ts';

/** Changes, births and ends. `ofGoroutine` has their goroutine. */
interface Steps {
  readonly length: number;
  readonly time: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly born: Int8Array;
  readonly step: Uint8Array;
  readonly ofGoroutine: Int32Array;
}

/** Put in order once for a group of goroutines, or for all of a source: with each range some of a group are asked for, a few more or less. */
const inTimeOfSession = new WeakMap<Session, WeakMap<object, Steps>>();

/** One in so many: from there on it is faster to look at all of them in order than to sort some. */
const MANY = 16;

/** The series of these goroutines, equal times in the order of their rows. `among`: rows that they are some of; null: all of the source. Cost: linear in their changes, or in those of all among whom they are. */
export function stackSeries(session: Session, source: SessionSource, goroutines: Int32Array, among: Int32Array | null): StackSeries {
  const all = source.trace.goroutines.length;
  if (goroutines.length * MANY < (among?.length ?? all)) return summed(inTime(stepsOf(session, source, goroutines.slice().sort())), null);
  let ofSession = inTimeOfSession.get(session);
  if (!ofSession) inTimeOfSession.set(session, (ofSession = new WeakMap()));
  let steps = ofSession.get(among ?? source.trace);
  if (!steps) ofSession.set(among ?? source.trace, (steps = inTime(stepsOf(session, source, among ?? Int32Array.from({length: all}, (_, g) => g)))));
  if (goroutines.length === (among?.length ?? all)) return summed(steps, null);
  const isWanted = new Uint8Array(all);
  for (const g of goroutines) isWanted[g] = 1;
  return summed(steps, isWanted);
}

/** The steps in time order. */
function inTime(steps: Steps): Steps {
  const {length, time, from, to, born, step, ofGoroutine} = steps;
  const order = ascendingOrder(time);
  const moved = {length, time: new Float64Array(length), from: new Float64Array(length), to: new Float64Array(length), born: new Int8Array(length), step: new Uint8Array(length), ofGoroutine: new Int32Array(length)};
  for (let at = 0; at < length; at++) {
    const i = order[at];
    moved.time[at] = time[i];
    moved.from[at] = from[i];
    moved.to[at] = to[i];
    moved.born[at] = born[i];
    moved.step[at] = step[i];
    moved.ofGoroutine[at] = ofGoroutine[i];
  }
  return moved;
}

function stepsOf(session: Session, source: SessionSource, goroutines: Int32Array): Steps {
  const {trace} = source;
  const {stackChanges: changes} = trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const {first, rows} = session.goroutineRows(source).changes;
  let most = 0;
  for (const g of goroutines) most += first[g + 1] - first[g] + 2;
  const time = new Float64Array(most);
  const from = new Float64Array(most);
  const to = new Float64Array(most);
  const born = new Int8Array(most);
  const step = new Uint8Array(most);
  const ofGoroutine = new Int32Array(most);
  let length = 0;
  for (const g of goroutines) {
    const bornNs = Number.isNaN(trace.goroutines.startNs[g]) ? trace.startNs : trace.goroutines.startNs[g];
    const endNs = Number.isNaN(trace.goroutines.endNs[g]) ? trace.endNs : trace.goroutines.endNs[g];
    const firstChange = rows[first[g]];
    // Before its first change it had the old size, whatever it was when it began.
    let size = first[g] === first[g + 1] || changes.kind[firstChange] === StackChangeKind.Initial ? 0 : known(changes.oldBytes[firstChange]);
    const begin = length;
    born[length] = 1;
    to[length] = size;
    time[length++] = bornNs + shiftNs;
    for (let at = first[g]; at < first[g + 1]; at++) {
      const change = rows[at];
      // What a stack was given back as counts with its goroutine's end.
      if (changes.kind[change] === StackChangeKind.Freed || changes.timeNs[change] >= endNs) continue;
      from[length] = size;
      to[length] = size = known(changes.newBytes[change]);
      step[length] = changes.kind[change] === StackChangeKind.Growth ? SizeStep.Growth : changes.kind[change] === StackChangeKind.Shrink ? SizeStep.Shrink : SizeStep.Other;
      time[length++] = Math.max(bornNs, changes.timeNs[change]) + shiftNs;
    }
    born[length] = -1;
    from[length] = size;
    time[length++] = endNs + shiftNs;
    ofGoroutine.fill(g, begin, length);
  }
  return {length, time: time.subarray(0, length), from, to, born, step, ofGoroutine};
}

function known(sizeBytes: number): number {
  return Number.isNaN(sizeBytes) ? 0 : sizeBytes;
}

/** Of steps in time order those of the goroutines that are wanted; null: of all. */
function summed({length: all, time, from, to, born, step, ofGoroutine}: Steps, isWanted: Uint8Array | null): StackSeries {
  let length = 0;
  for (let i = 0; i < all; i++) if (!isWanted || isWanted[ofGoroutine[i]] === 1) length++;
  const series = {length, timeNs: new Float64Array(length), sumBytes: new Float64Array(length), most: new Uint8Array(length), alive: new Int32Array(length), step: new Uint8Array(length)};
  /** How many stacks there are of each size. */
  const counts = new Int32Array(64);
  let [at, sum, alive, largest, mostSum, mostAlive] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < all; i++) {
    if (isWanted && isWanted[ofGoroutine[i]] === 0) continue;
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
    series.step[at++] = step[i];
    if (sum > mostSum) mostSum = sum;
    if (alive > mostAlive) mostAlive = alive;
  }
  return {...series, mostSum, mostAlive};
}

/** Those of a source's goroutines that pass a filter. */
export function stacksHeld(session: Session, source: SessionSource, filter: Filter): StackSeries {
  const pass = session.filtered(source, filter).goroutines;
  return stackSeries(session, source, Int32Array.from({length: source.trace.goroutines.length}, (_, g) => g).filter((g) => pass?.[g] !== 0), null);
}

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

/** The series of these goroutines. Cost: linear in their changes. */
export function stackSeries(session: Session, source: SessionSource, goroutines: Int32Array): StackSeries {
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
  const steps = new Uint8Array(most);
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
      steps[length] = changes.kind[change] === StackChangeKind.Growth ? SizeStep.Growth : changes.kind[change] === StackChangeKind.Shrink ? SizeStep.Shrink : SizeStep.Other;
      time[length++] = Math.max(bornNs, changes.timeNs[change]) + shiftNs;
    }
    born[length] = -1;
    from[length] = size;
    time[length++] = endNs + shiftNs;
  }
  return summed(time.subarray(0, length), from, to, born, steps);
}

function known(sizeBytes: number): number {
  return Number.isNaN(sizeBytes) ? 0 : sizeBytes;
}

function summed(time: Float64Array, from: Float64Array, to: Float64Array, born: Int8Array, steps: Uint8Array): StackSeries {
  const {length} = time;
  const order = ascendingOrder(time);
  const series = {length, timeNs: new Float64Array(length), sumBytes: new Float64Array(length), most: new Uint8Array(length), alive: new Int32Array(length), step: new Uint8Array(length)};
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
    series.step[at] = steps[i];
    if (sum > mostSum) mostSum = sum;
    if (alive > mostAlive) mostAlive = alive;
  }
  return {...series, mostSum, mostAlive};
}


/** Those of a source's goroutines that pass a filter. */
export function stacksHeld(session: Session, source: SessionSource, filter: Filter): StackSeries {
  const pass = session.filtered(source, filter).goroutines;
  return stackSeries(session, source, Int32Array.from(source.trace.goroutines.id.keys()).filter((g) => pass?.[g] !== 0));
}

/** A goroutine among others: who created it, and its like. */
import {text, type Trace} from '../../model/trace.ts';
import type {Kin} from './shape.ts';

/** Creators that are listed; a chain is seldom longer than a few. */
const MOST_CREATORS = 32;

/** A goroutine by its names. */
export function kin(trace: Trace, goroutine: number): Kin {
  const {goroutines} = trace;
  return {goroutine, id: goroutines.id[goroutine], startFunction: text(trace, goroutines.startFunction[goroutine])};
}

/** The creator, its creator and so on. A damaged recording may tell a circle: nobody is named twice. */
export function creators(trace: Trace, goroutine: number): Kin[] {
  const chain: Kin[] = [];
  const seen = new Set([goroutine]);
  for (let at = trace.goroutines.creator[goroutine]; at >= 0 && !seen.has(at) && chain.length < MOST_CREATORS; at = trace.goroutines.creator[at]) {
    seen.add(at);
    chain.push(kin(trace, at));
  }
  return chain;
}

/** Its place among the goroutines of its start function, and its neighbours there. Cost: linear in the goroutines. */
export function alike(trace: Trace, goroutine: number): {place: number; alike: number; previous: Kin | null; next: Kin | null} {
  const {startFunction, length} = trace.goroutines;
  const own = startFunction[goroutine];
  let [place, count, previous, next] = [0, 0, -1, -1];
  for (let row = 0; row < length; row++) {
    if (startFunction[row] !== own) continue;
    count++;
    if (row < goroutine) {
      place++;
      previous = row;
    } else if (row > goroutine && next < 0) next = row;
  }
  return {place, alike: count, previous: previous < 0 ? null : kin(trace, previous), next: next < 0 ? null : kin(trace, next)};
}

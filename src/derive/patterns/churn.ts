/**
 * Churn regrowth: goroutines of one start function that climb the same first steps one after the other, each from its first stack.
 *
 *   G1  2K → 4K → 8K ✝            ladder 2K 4K 8K, three goroutines; G2 and G3 climbed what G1 had climbed and lost
 *   G2        2K → 4K → 8K → 16K
 *   G3              2K → 4K → 8K
 */
import {byStartFunction, costOf, ofHistory, summed, type Change, type History} from './histories.ts';
import {CRITERIA, type Pattern} from './shape.ts';

/** A place of a ladder: the goroutines that climbed so far, by the same steps. */
interface Rung {
  readonly sizes: readonly number[];
  readonly members: History[];
  readonly next: Map<number, Rung>;
}

/** At most one pattern a start function: the ladder that most steps were climbed on. Only goroutines born in the range begin a ladder. */
export function churn(all: readonly History[], fromNs: number): Pattern[] {
  const patterns: Pattern[] = [];
  for (const [startFunction, group] of byStartFunction(all)) {
    if (startFunction === null) continue;
    const best = rungs(group.filter(({birthNs}) => birthNs >= fromNs))
      .filter(({sizes, members}) => sizes.length > CRITERIA.churnSteps && members.length >= CRITERIA.churnGoroutines)
      .sort((a, b) => b.members.length * (b.sizes.length - 1) - a.members.length * (a.sizes.length - 1))
      .find(({members}) => regrown(members) >= members.length * CRITERIA.churnRegrown);
    if (best) patterns.push(pattern(startFunction, best));
  }
  return patterns;
}

/** All rungs of all ladders. Cost: linear in the steps. */
function rungs(group: readonly History[]): Rung[] {
  const found: Rung[] = [];
  const bottoms = new Map<number, Rung>();
  for (const history of group) {
    let at: Rung | null = null;
    for (const {oldBytes, newBytes} of ladder(history)) {
      at ??= step(bottoms, oldBytes, [], found);
      at = step(at.next, newBytes, at.sizes, found);
      at.members.push(history);
    }
  }
  return found;
}

function step(from: Map<number, Rung>, to: number, below: readonly number[], found: Rung[]): Rung {
  let rung = from.get(to);
  if (!rung) {
    from.set(to, (rung = {sizes: [...below, to], members: [], next: new Map()}));
    found.push(rung);
  }
  return rung;
}

/** The growths from birth to the first shrink, as far as each begins where the one before ended. */
const ladder = ofHistory(({changes}): readonly Change[] => {
  const steps: Change[] = [];
  for (const change of changes) {
    const before = steps.at(-1);
    if (!change.isGrowth || Number.isNaN(change.oldBytes) || (before && before.newBytes !== change.oldBytes)) break;
    steps.push(change);
  }
  return steps;
});

/** How many were born after another one had ended. */
function regrown(members: readonly History[]): number {
  let firstEndNs = Infinity;
  let count = 0;
  for (const {endNs} of members) if (endNs < firstEndNs) firstEndNs = endNs;
  for (const {birthNs} of members) if (birthNs >= firstEndNs) count++;
  return count;
}

function pattern(startFunction: string, {sizes, members}: Rung): Pattern {
  const steps = sizes.length - 1;
  const climbs = members.map((history) => history.changes.slice(0, steps));
  const costliest = climbs.reduce((best, climb, i) => (costOf(climb) > costOf(climbs[best]) ? i : best), 0);
  return {
    kind: 'churn', startFunction, goroutines: members.length, times: regrown(members), sizes, frameBytes: Number.NaN,
    ...summed(climbs.flat(), [], members[costliest], climbs[costliest]),
  };
}

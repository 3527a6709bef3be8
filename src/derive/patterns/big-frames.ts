/**
 * One big frame: the runtime doubles a stack, and doubles again only while the frame of the function that grows does not fit
 * (newstack in src/runtime/stack.go, Go 1.17 to 1.27): `for newsize - used < frame + guard { newsize *= 2 }`. So a jump to more
 * than twice the size proves a frame larger than half the new size, less what was in use and the guard.
 */
import {CauseFrom} from '../growth/shape.ts';
import {costOf, summed, type Change, type History} from './histories.ts';
import {CRITERIA, type Pattern} from './shape.ts';

/** The guard is 928 bytes, twice that under the race detector and on some systems. */
const MOST_GUARD_BYTES = 2048;

/** One a start function and, where their own stack tells it, function that grew. */
export function bigFrames(all: readonly History[]): Pattern[] {
  const groups = new Map<string, {jumps: {history: History; change: Change}[]}>();
  for (const history of all) {
    for (const change of history.changes) {
      if (!change.isGrowth || !(change.newBytes > CRITERIA.jump * change.oldBytes)) continue;
      const key = JSON.stringify([history.startFunction, change.causeFrom === CauseFrom.Sample ? change.cause : null]);
      const group = groups.get(key);
      if (group) group.jumps.push({history, change});
      else groups.set(key, {jumps: [{history, change}]});
    }
  }
  return [...groups.values()].map(({jumps}) => {
    const largest = jumps.reduce((best, jump) => (frameBytes(jump.change) > frameBytes(best.change) ? jump : best));
    const costliest = jumps.reduce((best, jump) => (costOf([jump.change]) > costOf([best.change]) ? jump : best));
    const least = frameBytes(largest.change);
    return {
      kind: 'big-frame',
      startFunction: largest.history.startFunction,
      goroutines: new Set(jumps.map(({history}) => history.goroutineId)).size,
      times: jumps.length,
      sizes: [largest.change.oldBytes, largest.change.newBytes],
      frameBytes: least > 0 ? least : Number.NaN,
      ...summed(jumps.map(({change}) => change), [], costliest.history, [costliest.change]),
    };
  });
}

/** The frame is larger than this. */
function frameBytes({oldBytes, newBytes, usedBytes}: Change): number {
  return newBytes / 2 - (Number.isNaN(usedBytes) ? oldBytes : usedBytes) - MOST_GUARD_BYTES;
}

/**
 * GC oscillation: a goroutine grew to a size, the collector shrank the stack, and it grew back.
 *
 *   64K ─┐        ┌─ 64K      the shrink from 64K is undone when a growth reaches 64K again, the one from 32K when one reaches 32K
 *        └─┐   ┌──┘
 *   16K    └───┘
 */
import {byStartFunction, costOf, ofHistory, summed, type Change, type History} from './histories.ts';
import {CRITERIA, type Pattern} from './shape.ts';

/** What one goroutine undid. */
interface Undone {
  readonly history: History;
  readonly shrinks: Change[];
  /** The growths that undid them, each once. */
  readonly growths: Change[];
}

export function oscillation(all: readonly History[]): Pattern[] {
  const patterns: Pattern[] = [];
  for (const [startFunction, group] of byStartFunction(all)) {
    const found = group.map(undone).filter(({shrinks}) => shrinks.length >= CRITERIA.oscillations);
    if (found.length === 0) continue;
    const growths = found.flatMap((of) => of.growths);
    const shrinks = found.flatMap((of) => of.shrinks);
    const most = found.reduce((best, of) => (costOf(of.growths) > costOf(best.growths) ? of : best));
    const steps = [...most.shrinks, ...most.growths].sort((a, b) => a.timeNs - b.timeNs);
    const sizes = [shrinks.reduce((least, {newBytes}) => Math.min(least, newBytes), Infinity), shrinks.reduce((largest, {oldBytes}) => Math.max(largest, oldBytes), 0)];
    patterns.push({kind: 'oscillation', startFunction, goroutines: found.length, times: shrinks.length, sizes, frameBytes: Number.NaN, ...summed(growths, shrinks, most.history, steps)});
  }
  return patterns;
}

/** Shrinks from a size that a growth had reached, and that a later growth reached again. */
const undone = ofHistory((history): Undone => {
  /** Shrinks not undone yet: from ever smaller sizes. */
  const open: {readonly shrink: Change; readonly at: number}[] = [];
  const shrinks: Change[] = [];
  const undoing = new Set<Change>();
  const {changes} = history;
  let reached = 0;
  for (const [i, change] of changes.entries()) {
    if (!change.isGrowth) {
      if (change.oldBytes <= reached && change.newBytes < change.oldBytes) open.push({shrink: change, at: i});
      continue;
    }
    reached = Math.max(reached, change.newBytes);
    for (let last = open.at(-1); last && last.shrink.oldBytes <= change.newBytes; last = open.at(-1)) {
      open.pop();
      shrinks.push(last.shrink);
      for (const between of changes.slice(last.at + 1, i + 1)) if (between.isGrowth) undoing.add(between);
    }
  }
  return {history, shrinks, growths: [...undoing].sort((a, b) => a.timeNs - b.timeNs)};
});

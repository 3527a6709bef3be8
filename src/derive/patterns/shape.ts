/** Ways of growing that waste time and have a known remedy, named only where the events prove them. */
import type {Filter} from '../filter/shape.ts';
import type {CauseFrom, CountedBy} from '../growth/shape.ts';

/**
 * `churn`: many goroutines of one start function climb the same ladder, the later ones after earlier ones were gone.
 * `oscillation`: a goroutine grew to a size, was shrunk from it, and grew back. `big-frame`: a stack jumped to more than twice its size.
 */
export const patternKinds = ['churn', 'oscillation', 'big-frame'] as const;
export type PatternKind = (typeof patternKinds)[number];

/** What proves a pattern; less is not named. */
export const CRITERIA = {
  /** Goroutines that were born in the range and climbed the same first steps. */
  churnGoroutines: 10,
  /** Steps of the ladder. */
  churnSteps: 2,
  /** Share of them that were born after another one had ended. */
  churnRegrown: 0.5,
  /** Times that one goroutine grew back to a size that a shrink took. */
  oscillations: 1,
  /** A new stack of more than so many times the old one: the runtime doubles, unless one frame needs more. */
  jump: 2,
} as const;

export interface PatternsQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  /** Part of the axis; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly filter: Filter;
  /** Which source is counted; null, or one that can't be: the best. */
  readonly counted: number | null;
}

/** Where a pattern can be looked at. */
export interface Instance {
  readonly source: number;
  /** Row of the source's goroutines; -1: no trace tells of it. */
  readonly goroutine: number;
  readonly goroutineId: number;
  /** On the axis: its first step to its last. */
  readonly fromNs: number;
  readonly toNs: number;
}

/** A pattern of one start function. Sizes in bytes, times in nanoseconds. */
export interface Pattern {
  readonly kind: PatternKind;
  /** null: not known. */
  readonly startFunction: string | null;
  /** Goroutines that show it. */
  readonly goroutines: number;
  /** Growths that make it up. */
  readonly growths: number;
  /** Of oscillation: shrinks that were undone. Of churn: goroutines born after another one had ended. Of a big frame: the growths. */
  readonly times: number;
  /** Of churn: the ladder. Of oscillation: the least and the largest size. Of a big frame: before and after the largest jump. */
  readonly sizes: readonly number[];
  /** Time of the copies, of undone shrinks too; NaN: not known. */
  readonly copyNs: number;
  /** Old sizes of the growths: what they copied is at most this. */
  readonly copiedBytes: number;
  /** Of a big frame: the frame is larger than this; NaN: nothing follows from the sizes. */
  readonly frameBytes: number;
  /** Function that most of the growths are told by; null: none. */
  readonly cause: {readonly name: string; readonly from: CauseFrom; readonly growths: number} | null;
  readonly instance: Instance;
}

/** The costliest first. */
export interface PatternsAnswer {
  /** null: no source of the axis counts growths, so nothing can be proven. */
  readonly countedBy: CountedBy | null;
  readonly patterns: readonly Pattern[];
  /** Patterns that are not listed. */
  readonly more: number;
}

/** The story of one goroutine's stack: every change, with what is known of the code behind it. */
import type {ReadableChain} from '../readable/shape.ts';

/** One goroutine and which of its steps. */
export interface GoroutineQuestion {
  readonly source: number;
  /** Row of the source's goroutines. */
  readonly goroutine: number;
  /** Part of the axis; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly first: number;
  readonly count: number;
}

/** One change of the stack. Sizes in bytes, times in nanoseconds. */
export interface Step {
  readonly kind: 'initial' | 'growth' | 'shrink' | 'freed';
  /** On the axis. */
  readonly timeNs: number;
  /** NaN: not known. */
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly durationNs: number;
  /** `sample`: of a sample that belongs to the step. `event`: of a neighbouring event of the goroutine, not the cause. null: none recorded. */
  readonly stackFrom: 'sample' | 'event' | null;
  /** From the step to the moment of the stack; NaN without one. */
  readonly stackDistanceNs: number;
  readonly chain: ReadableChain | null;
}

/** The goroutine and the steps asked for, in time order. */
export interface GoroutineAnswer {
  readonly id: number;
  readonly startFunction: string | null;
  /** goid; NaN: not known. */
  readonly creator: number;
  readonly creatorChain: ReadableChain | null;
  /** On the axis; NaN: before the recording began, after it ended. */
  readonly startNs: number;
  readonly endNs: number;
  readonly hasStackSizes: boolean;
  /** Steps in the range. */
  readonly stepCount: number;
  readonly first: number;
  readonly steps: readonly Step[];
}

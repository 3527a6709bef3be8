/** Which stack stands nearest to a change of a stack's size, and how that is known. */

/** `Sample`: the chain of a sample that belongs to the change. `Event`: the nearest stack of an event of that goroutine, never its cause. */
export const StackFrom = {None: 0, Sample: 1, Event: 2} as const;
export type StackFrom = (typeof StackFrom)[keyof typeof StackFrom];

/** The words of `StackFrom` in output. */
export const stackFromNames = [null, 'sample', 'event'] as const;

/** For every stack change of a trace: */
export interface Causes {
  /** One of `StackFrom`. */
  readonly from: Uint8Array;
  /** Id of the source that the stack is of, -1 none. */
  readonly source: Int32Array;
  /** Row of that source's stacks, -1 none. */
  readonly stack: Int32Array;
  /** From the change to the moment of the stack: negative before it, 0 inside, positive after it; NaN where there is none. */
  readonly distanceNs: Float64Array;
}

/** Stacks of events grouped by the goroutine that they are of, in time order within one. */
export interface EventStacks {
  /** By goroutine row: first of its stacks; one more value than goroutines. */
  readonly first: Int32Array;
  readonly timeNs: Float64Array;
  readonly stack: Int32Array;
}

/** Stack changes that probes on runtime.copystack caught: */
export interface ProbedChanges {
  readonly length: number;
  /** Row of the samples. */
  readonly sample: Int32Array;
  /** `StackChangeKind.Growth` or `Shrink`. */
  readonly kind: Uint8Array;
  /** NaN: the probe does not tell. */
  readonly oldBytes: Float64Array;
  readonly newBytes: Float64Array;
  /** goid; NaN: the probe does not tell. */
  readonly goroutineId: Float64Array;
  /** Probes that tell neither growth nor shrink: not among the rows. */
  readonly untold: number;
}

/** The words of `StackChangeKind`. */
export const stackChangeNames = ['initial', 'growth', 'shrink', 'freed'] as const;
export type StackChangeName = (typeof stackChangeNames)[number];

/** Changes of stack sizes that are counted, which stack stands nearest to each, and how that is known. */

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
  /** The nearest stack of an event of the goroutine, whatever stands above: row of the source's own stacks, -1 none. */
  readonly eventStack: Int32Array;
  readonly eventDistanceNs: Float64Array;
}

/** Stacks of events grouped by the goroutine that they are of, in time order within one. */
export interface EventStacks {
  /** By goroutine row: first of its stacks; one more value than goroutines. */
  readonly first: Int32Array;
  readonly timeNs: Float64Array;
  readonly stack: Int32Array;
}

/** A stack of an event, row of the source's stacks (-1: none), and its distance: negative before the moment meant; NaN without one. */
export interface NearestEvent {
  readonly stack: number;
  readonly distanceNs: number;
}

/** Stack changes that probes on the runtime caught: */
export interface ProbedChanges {
  readonly length: number;
  /** Row of the samples. */
  readonly sample: Int32Array;
  /** `StackChangeKind.Growth` or `Shrink`. */
  readonly kind: Uint8Array;
  /** NaN: the probe does not tell. */
  readonly oldBytes: Float64Array;
  readonly newBytes: Float64Array;
  /** Bytes of the old stack in use, which were copied; NaN: the probe does not tell. */
  readonly usedBytes: Float64Array;
  /** goid; NaN: no probe tells. */
  readonly goroutineId: Float64Array;
  /** Rows of the samples of changes that may be growths or shrinks: not among the rows. */
  readonly untold: Int32Array;
}

export interface RestoredCaller {
  /** Of the function; where no open binary knows it, its address in hexadecimal. */
  readonly name: string;
  /** The open file that named it; null: none did. */
  readonly namedBy: string | null;
  /** Object file, source file and line; null and -1: not known. */
  readonly dso: string | null;
  readonly file: string | null;
  readonly line: number;
}

/** Callers that chains lose at morestack and a probe on it tells. */
export interface RestoredCallers {
  /** Of a sample in a growth, root first: who called the function that needed the room, and that function; empty: none are known. */
  of(sample: number): readonly RestoredCaller[];
  /** The name of the function that needed the room; null: not known. */
  growingFunction(sample: number): string | null;
  /** How many addresses an open file named, by the file's name. */
  readonly named: ReadonlyMap<string, number>;
}

/** The goroutines that probes and registers tell of. */
export interface ProbedGoroutines {
  /** goid; where no probe tells any, the address of the g. */
  readonly ids: Float64Array<ArrayBuffer>;
  /** Since when it was there at the earliest, and till when at the latest; NaN not known. */
  readonly startNs: Float64Array<ArrayBuffer>;
  readonly endNs: Float64Array<ArrayBuffer>;
  /** By sample: row of `ids`, -1 not known. */
  readonly ofSample: Int32Array<ArrayBuffer>;
  /** By sample: bytes of its goroutine's stack in use; NaN not known. */
  readonly usedBytes: Float64Array;
}

/** The words of `StackChangeKind`. */
export const stackChangeNames = ['initial', 'growth', 'shrink', 'freed'] as const;
export type StackChangeName = (typeof stackChangeNames)[number];

/** What growths are counted from: a trace's stack events, or probes on the runtime. */
export type CountedBy = 'trace' | 'probes';

/** A source that growths can be counted from. */
export interface Countable {
  readonly source: number;
  readonly by: CountedBy;
}

/**
 * How the function whose call grew a stack is known. `Sample`: it calls newstack in a chain of the step itself. `Caller`: so, but frame
 * pointers lost it and its caller, and it stands for the next one. `Event`: the nearest event of the goroutine was there, which is no cause.
 * `Shrink`: nobody's call; the collector asked for it.
 */
export const CauseFrom = {None: 0, Sample: 1, Caller: 2, Event: 3, Shrink: 4} as const;
export type CauseFrom = (typeof CauseFrom)[keyof typeof CauseFrom];

/** A function that grew a stack, or where it was nearest seen; `name` null: not known. */
export interface GrowingFunction {
  readonly name: string | null;
  readonly from: CauseFrom;
}

/** Every growth and shrink of one source, in its order. Times on the axis, sizes in bytes. */
export interface CountedChanges {
  readonly by: CountedBy;
  /** Id of the source that they are counted from. */
  readonly source: number;
  /** Id of the source whose goroutines are meant; -1 none. */
  readonly goroutinesOf: number;
  readonly length: number;
  readonly timeNs: Float64Array;
  /** NaN: not known. */
  readonly durationNs: Float64Array;
  readonly oldBytes: Float64Array;
  readonly newBytes: Float64Array;
  readonly usedBytes: Float64Array;
  /** `StackChangeKind.Growth` or `Shrink`. */
  readonly kind: Uint8Array;
  /** Row of the goroutines, -1 not known. */
  readonly goroutine: Int32Array;
  /** goid; NaN: not known. */
  readonly goroutineId: Float64Array;
  /** Row of the source's stack changes; of its samples for probes. */
  readonly row: Int32Array;
  /** One of `StackFrom`: whether a chain of the step is there, a neighbour's, or none. */
  readonly stackFrom: Uint8Array;
  /** One of `CauseFrom`. */
  readonly causeFrom: Uint8Array;
  /** Row of `functions`, -1 not known. */
  readonly cause: Int32Array;
  readonly functions: readonly string[];
  /** Probes that tell neither growth nor shrink: not among the rows. */
  readonly untold: number;
}

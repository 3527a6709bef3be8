/** The story of one goroutine: where it comes from, what it did with its time, who woke it, and every change of its stack. */
import type {CountedBy} from '../growth/shape.ts';
import type {ReadableChain} from '../readable/shape.ts';

/** One goroutine, the part of its life that is meant, and which of its steps. */
export interface GoroutineQuestion {
  readonly source: number;
  /** Row of the source's goroutines. */
  readonly goroutine: number;
  /** Part of the axis; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  /** Source and event of the samples; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  readonly weight: 'samples' | 'period';
  /** Where the trace has no stack sizes: which source with probes is counted; null: the best. */
  readonly counted: number | null;
  readonly first: number;
  readonly count: number;
}

/** Another goroutine of the same source. */
export interface Kin {
  readonly goroutine: number;
  /** goid. */
  readonly id: number;
  readonly startFunction: string | null;
}

/** Time in one state, in the range. */
export interface StateTime {
  /** A `State`. */
  readonly state: number;
  readonly ns: number;
  /** How often it was entered, or lasted when the range began. */
  readonly times: number;
}

/** Who ended its waits in the range. */
export interface Waker {
  /** null: no goroutine did: a timer, the network poller, the runtime; or it is not known which. */
  readonly by: Kin | null;
  readonly wakes: number;
  /** The waits that it ended, as far as they lie in the range. */
  readonly waitedNs: number;
}

/** A function in the goroutine's samples; weights in the unit of the event. */
export interface SampledFunction {
  readonly name: string;
  /** Of samples that end in it. */
  readonly self: number;
}

/** Samples that are attributed to the goroutine, in the range. */
export interface SamplesOfGoroutine {
  readonly samples: number;
  readonly weight: number;
  readonly growthWeight: number;
  /** Weight of all samples of the event in the range, whoever's. */
  readonly allWeight: number;
  /** Functions with most self weight, the largest first. */
  readonly functions: readonly SampledFunction[];
}

/** One change of the stack. Sizes in bytes, times in nanoseconds. */
export interface Step {
  readonly kind: 'initial' | 'growth' | 'shrink' | 'freed';
  /** On the axis. */
  readonly timeNs: number;
  /** NaN: not known. */
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly usedBytes: number;
  readonly durationNs: number;
  /** `sample`: of a sample that belongs to the step. `event`: of a neighbouring event of the goroutine, not the cause. null: none recorded. */
  readonly stackFrom: 'sample' | 'event' | null;
  /** From the step to the moment of the stack; NaN without one. */
  readonly stackDistanceNs: number;
  readonly chain: ReadableChain | null;
  /** Of a probe without a chain: what a probe on morestack tells of it, leaf first: the function that needed the room, and who called it. */
  readonly restored: readonly string[];
  /** Where the sample's chain does not show who grew: the nearest event's, which is a neighbour. */
  readonly neighbour: {readonly chain: ReadableChain; readonly distanceNs: number} | null;
}

/** The stack's size over time: from `timeNs[i]` on it is `bytes[i]` (NaN: not known). Few enough to draw; where many lie together the largest and the last stand for them. */
export interface SizeCurve {
  readonly timeNs: Float64Array;
  readonly bytes: Float64Array;
}

/** The goroutine and the steps asked for, in time order. Times on the axis; sums of the range. */
export interface GoroutineAnswer extends Kin {
  /** Only probes and registers tell of it: neither who created it nor its states are known. */
  readonly isProbed: boolean;
  readonly source: number;
  /** Its creator, the creator's creator and so on, as far as is known. */
  readonly creators: readonly Kin[];
  /** Of the creator's stack then. */
  readonly creatorChain: ReadableChain | null;
  /** NaN: before the recording began, after it ended. */
  readonly startNs: number;
  readonly endNs: number;
  /** Among the goroutines of its start function, in the order of the recording. */
  readonly place: number;
  readonly alike: number;
  readonly previous: Kin | null;
  readonly next: Kin | null;
  /** The part of its life that its states tell of, within the range: what `states` add up to. */
  readonly livedNs: number;
  readonly states: readonly StateTime[];
  /** Time between being able to run and running: each, the longest, and when that began. NaN: it never was. */
  readonly latency: {readonly times: number; readonly sumNs: number; readonly mostNs: number; readonly mostAtNs: number};
  /** Those whose waits were longest; and how many more. */
  readonly wakers: readonly Waker[];
  readonly moreWakers: number;
  /** null: no samples are shown, or none is attributed to goroutines of this source. */
  readonly samples: SamplesOfGoroutine | null;
  /** What tells of its stack; null: nothing. */
  readonly countedBy: CountedBy | null;
  readonly sizes: SizeCurve;
  /** Steps in the range. */
  readonly stepCount: number;
  readonly growths: number;
  readonly shrinks: number;
  readonly first: number;
  readonly steps: readonly Step[];
}

/** What is at one time in one lane: what a pointer or the keyboard's cursor stands on. */
import type {Filter} from '../filter/shape.ts';
import type {CounterId} from '../lanes/shape.ts';
import type {CpuStretch} from '../off-cpu/shape.ts';
import type {ReadableChain} from '../readable/shape.ts';

/** The lane meant. `group`: all goroutines of one start function (null: not known), or of one creator's, whatever stands under it on the screen. */
export type LanePlace =
  | {readonly kind: 'goroutine'; readonly source: number; readonly goroutine: number}
  | {readonly kind: 'thread'; readonly id: number}
  | {readonly kind: 'proc'; readonly source: number; readonly proc: number}
  | {readonly kind: 'group'; readonly by: 'startFunction' | 'creator'; readonly name: string | null}
  | {readonly kind: 'counter'; readonly source: number; readonly counter: CounterId}
  | {readonly kind: 'gc'}
  /** `span`: row of the source's spans. */
  | {readonly kind: 'task'; readonly source: number; readonly span: number}
  | {readonly kind: 'log'; readonly source: number}
  | {readonly kind: 'event'; readonly source: number; readonly event: number}
  | {readonly kind: 'other'};

/** A time of a lane. */
export interface MomentQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  readonly place: LanePlace;
  /** On the axis. */
  readonly timeNs: number;
  /** How far from it an event may be to be meant: what the pointer covers. */
  readonly reachNs: number;
  /** Source and event whose samples are shown; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  readonly filter: Filter;
}

/** A goroutine by all that one calls it. */
export interface GoroutineName {
  readonly source: number;
  /** Row of the source's goroutines. */
  readonly goroutine: number;
  /** goid. */
  readonly id: number;
  readonly startFunction: string | null;
}

/** The state that holds. Times are on the axis. */
export interface StateAt {
  /** A `State`. */
  readonly state: number;
  readonly fromNs: number;
  /** Where the recording ends if it still held then. */
  readonly toNs: number;
  /** It began before the recording, or had not ended with it: it lasts longer than from–to. */
  readonly isCut: boolean;
  /** Why it stopped or waits, in the runtime's words; null: not told. */
  readonly reason: string | null;
  /** tid and proc that it is on; NaN: on none, or not known. */
  readonly thread: number;
  readonly proc: number;
  /** Where in its code the goroutine stopped; null: not recorded. */
  readonly chain: ReadableChain | null;
}

/** How a goroutine came to be runnable before the run that it is in, waits for, or will have next. */
export interface Wake {
  /** `syscall`: it lost its proc in a system call. `stopped`: it was preempted, or yielded. */
  readonly how: 'created' | 'unblocked' | 'syscall' | 'stopped';
  readonly atNs: number;
  /** null: no goroutine did it (the scheduler, a timer, the network poller), or it is not known which. */
  readonly by: GoroutineName | null;
  /** From then until it ran: scheduler latency. NaN: it did not run before the recording ended. */
  readonly waitedNs: number;
}

/** A change of the stack. Sizes in bytes, NaN: not known. */
export interface ChangeAt {
  readonly kind: 'initial' | 'growth' | 'shrink' | 'freed';
  readonly timeNs: number;
  readonly oldBytes: number;
  readonly newBytes: number;
  /** Of the copy; NaN for `initial` and `freed`. */
  readonly durationNs: number;
  /** `sample`: the stack is of a sample that belongs to the change. `event`: of a neighbouring event, not its cause. null: none recorded. */
  readonly stackFrom: 'sample' | 'event' | null;
  /** From the change to the moment of the stack; NaN without one. */
  readonly stackDistanceNs: number;
  readonly chain: ReadableChain | null;
}

/** On or off the CPU, of a thread. Times are on the axis. `chain`: where it was when it went off; null: not recorded, or it is on. */
export type CpuAt = Omit<CpuStretch, 'sample'> & {readonly chain: ReadableChain | null};

/** A sample. */
export interface SampleAt {
  readonly timeNs: number;
  /** As the source names it. */
  readonly event: string;
  /** What its chain shows of growth: `growth`, `shrink`, `preemption`, `overflow`; null: nothing. */
  readonly shows: string | null;
  /** Bytes of its goroutine's stack in use; NaN: not known. */
  readonly usedBytes: number;
  /** Whose it is: comm and tid as recorded; null and NaN: not. */
  readonly comm: string | null;
  readonly tid: number;
  /** Of a tracepoint or probe, as perf prints them: `pid=12`. */
  readonly arguments: readonly string[];
  /** null: it has no stack. */
  readonly chain: ReadableChain | null;
}

/** A span that covers the time: GC, a stopped world, a region … */
export interface SpanAt {
  /** In the runtime's words, or the user's. */
  readonly name: string;
  readonly fromNs: number;
  /** NaN: it had not ended when the recording did. */
  readonly toNs: number;
}

/** What was logged. */
export interface MessageAt {
  readonly timeNs: number;
  readonly text: string;
}

/** All goroutines of a group together. Bytes are of those whose stack size is known. */
export interface GroupAt {
  readonly alive: number;
  /** Of these, those whose stack size is known. */
  readonly sized: number;
  /** NaN: of none is it known. */
  readonly sumBytes: number;
  readonly mostBytes: number;
}

/** What one series of a counter shows. `series`: as in `counterSeries`. NaN: not known. */
export interface ValueAt {
  readonly series: string;
  readonly value: number;
}

/** What is there. Each part is null where the lane has none of it at that time. */
export interface MomentAnswer {
  readonly place: LanePlace;
  readonly timeNs: number;
  /** Of the lane; of a thread or proc the one that runs there. */
  readonly goroutine: GoroutineName | null;
  /** The goroutine was not born yet, or had ended. */
  readonly life: 'before' | 'alive' | 'after' | null;
  /** From its birth to its end, as far as the recording goes. */
  readonly lived: {readonly fromNs: number; readonly toNs: number} | null;
  readonly state: StateAt | null;
  readonly wake: Wake | null;
  /** Size of the stack then; NaN: not known. */
  readonly stackBytes: number;
  /** The nearest change within reach, a growth before others, and how many lie within it. */
  readonly change: ChangeAt | null;
  readonly changesInReach: number;
  /** Of a thread's lane, where switches tell. */
  readonly cpu: CpuAt | null;
  readonly sample: SampleAt | null;
  readonly samplesInReach: number;
  /** GC and stopped worlds, then the spans of the goroutine, or of the task. */
  readonly spans: readonly SpanAt[];
  /** Log messages within reach, of the goroutine or of all; the first few. */
  readonly messages: readonly MessageAt[];
  readonly inGroup: GroupAt | null;
  /** Of a counter's row. */
  readonly values: readonly ValueAt[];
}

/** The edge of anything in the answer that is nearest to a time, where one is within reach; else the time itself. */
export function nearestEdge({state, cpu, change, sample, spans}: MomentAnswer, timeNs: number, reachNs: number): number {
  const edges = [
    ...(state ? [state.fromNs, state.toNs] : []),
    ...(cpu ? [cpu.fromNs, cpu.toNs] : []),
    ...(change ? [change.timeNs, change.timeNs + change.durationNs] : []),
    ...(sample ? [sample.timeNs] : []),
    ...spans.flatMap(({fromNs, toNs}) => [fromNs, toNs]),
  ];
  let nearest = timeNs;
  let leastNs = reachNs;
  for (const edge of edges) {
    const distanceNs = Math.abs(edge - timeNs);
    if (!(distanceNs <= leastNs)) continue;
    nearest = edge;
    leastNs = distanceNs;
  }
  return nearest;
}

/** What is open: each source with what it holds and where it stands, and the axes they make. */
import type {FaultGroup} from '../../base/fault.ts';
import type {Clock, Headers, NotKept} from '../../model/trace.ts';
import type {Alignment, AxisGroup} from '../axis/shape.ts';
import type {TreeWeight} from '../call-tree/shape.ts';
import type {Whose} from '../processes/shape.ts';

/** Nothing is asked: the answer is about the whole session. */
export type SummaryQuestion = Readonly<Record<string, never>>;

/** One kind of samples of a source. */
export interface EventSummary {
  /** Row of the source's events. */
  readonly event: number;
  /** As the source names it. */
  readonly name: string;
  readonly samples: number;
  /** Samples with a call chain that grows a stack. */
  readonly growthSamples: number;
  /** Whether its samples have periods; without them the only weight is their number. */
  readonly hasPeriod: boolean;
  /** What the period counts: CPU time in nanoseconds for perf's clocks, else whatever the event counts. */
  readonly unit: 'cpu-ns' | 'event';
  /** Whether any sample has a call chain: more than the function that ran. */
  readonly hasStacks: boolean;
  /** Whether any sample shows a function of a program by its name: a stripped one has none. */
  readonly hasNames: boolean;
}

/** What one source holds, and where it stands. */
export interface SourceSummary {
  readonly id: number;
  readonly name: string;
  /** Id of its format. */
  readonly format: string;
  readonly version: string | null;
  readonly clock: Clock;
  readonly alignment: Alignment;
  /** Reference of the axis group it is on; -1: it has no times. */
  readonly group: number;
  readonly threads: number;
  readonly goroutines: number;
  readonly growths: number;
  readonly shrinks: number;
  readonly hasStackSizes: boolean;
  /** Weights that a call tree of its axis can have beside those of samples: of growths where a trace or probes tell of them, of states where a trace does. */
  readonly axisWeights: readonly TreeWeight[];
  readonly events: readonly EventSummary[];
  /** First and last moment in nanoseconds of its own clock; null without times. */
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
  /** Which of its processes the Go trace on its axis is of; null: not known, or it has samples of one only. */
  readonly traceProcess: Whose | null;
  /** CPUs that its samples name; 0: it names none. */
  readonly cpus: number;
  /** Facts of its header, by the header's own words; long ones are cut. */
  readonly headers: Headers;
  readonly notKept: readonly NotKept[];
  readonly faults: readonly FaultGroup[];
}

/** Sources in the order they were opened; axes with the reference's first. */
export interface SummaryAnswer {
  readonly sources: readonly SourceSummary[];
  readonly groups: readonly AxisGroup[];
  /** Id of the Go trace that others are aligned to; null: none. */
  readonly reference: number | null;
}

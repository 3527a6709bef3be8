/** The contract of a derivation: a question about the open session, answered in small columns that fit the screen. */
import type {Trace} from '../model/trace.ts';
import type {DsoAccount, SymbolFile} from '../symbols/resolve/resolved.ts';
import type {AlignmentChoice, Axis, AxisGroup} from './axis/shape.ts';
import type {CallTreeQuery, Owners, Things, WeighedTree} from './call-tree/shape.ts';
import type {Chains} from './chains/shape.ts';
import type {Filter, Filtered} from './filter/shape.ts';
import type {Causes, Countable, CountedChanges, EventStacks, GrowingFunction, NearestEvent, ProbedChanges, ProbedGoroutines, RestoredCallers} from './growth/shape.ts';
import type {Probes} from './growth/probe-shape.ts';
import type {Attribution, Fit, Runs} from './join/shape.ts';
import type {Labels} from './labels/shape.ts';
import type {OffCpu} from './off-cpu/shape.ts';
import type {Whose} from './processes/shape.ts';
import type {EventSamples, GoroutineRows, Logs, SampleRows} from './rows/shape.ts';
import type {StackSeries} from './stacks-held/shape.ts';

/** One open capture. */
export interface SessionSource {
  /** Number of the source in its session; never given to another one. */
  readonly id: number;
  readonly name: string;
  /** With the names that open files of symbols know, and the callers that probes tell. */
  readonly trace: Trace;
  /** Where its goroutines are those that its own probes tell of: by stack change the sample of its probe. Null: they are as recorded, or there are none. */
  readonly probed: {readonly sampleOfChange: Int32Array} | null;
  /** The callers that chains lose at morestack, which stand in the chains as restored; null: no probe tells them. */
  readonly callers: (RestoredCallers & {/** Of a sample without a chain, by sample: the stack of these callers alone; -1: none are known. */ readonly chainOf: Int32Array}) | null;
}

/** Whether a Go tracer recorded its goroutines, and not probes of perf. */
export function isGoTrace({trace, probed}: SessionSource): boolean {
  return trace.goroutines.length > 0 && probed === null;
}

/** A file as it was read. */
export type RecordedSource = Omit<SessionSource, 'probed' | 'callers'>;

/** One open file of symbols. */
export interface SessionSymbols extends SymbolFile {
  /** As that of a source. */
  readonly id: number;
}

/** The open sources and what was computed from them; see session.ts. */
export interface Session {
  readonly sources: readonly SessionSource[];
  readonly symbols: readonly SessionSymbols[];
  readonly axis: Axis;
  source(id: number): SessionSource | null;
  /** A source that the session itself named. Throws where there is none: that is a bug. */
  openSource(id: number): SessionSource;
  /** What became of a source's addresses without names, by object file, those with most samples first. */
  dsos(source: SessionSource): readonly DsoAccount[];
  /** What the call chains of a source say of stack growth. */
  chains(source: SessionSource): Chains;
  /** Names and kinds of a source's frames. */
  labels(source: SessionSource): Labels;
  /** When which goroutine ran on which thread, of a Go trace. */
  runs(source: SessionSource): Runs;
  /** The call tree of a query with what it weighs; null when the source is not open, or nothing on its axis tells of what is weighed. */
  callTree(query: CallTreeQuery): WeighedTree | null;
  /** Which thread, or goroutine, each thing of a tree is of; null: the source is not open any more. */
  owners(things: Things, of: 'thread' | 'goroutine'): Owners | null;
  /** Whose each sample is. */
  attribution(source: SessionSource): Attribution;
  /** For each sample of `source` the stack change that it belongs to (row of the changes of the trace it is joined to), -1 none. */
  growthOfSamples(source: SessionSource): Int32Array;
  /** The rows of a Go trace by goroutine. */
  goroutineRows(source: SessionSource): GoroutineRows;
  /** What a Go program wrote with `trace.Log`. */
  logs(source: SessionSource): Logs;
  /** The samples of an event of a source that pass a filter, by goroutine and by thread; those asked for last are kept. */
  sampleRows(source: SessionSource, event: number, filter: Filter): SampleRows;
  /** The samples of an event of a source that pass a filter, in time order; the last few asked for are kept. */
  eventSamples(source: SessionSource, event: number, weight: 'period' | 'samples', filter: Filter): EventSamples;
  /**
   * The stacks of some goroutines of a Go trace over time, on the axis. `among`: rows upwards that they are some of, the same array each
   * time; null: all. Cost: linear in the changes of those; not kept.
   */
  stackSeries(source: SessionSource, goroutines: Int32Array, among: Int32Array | null): StackSeries;
  /** The stacks of all goroutines that pass a filter over time. */
  stacksHeld(source: SessionSource, filter: Filter): StackSeries;
  /** The stacks that a Go trace recorded, by goroutine. */
  eventStacks(source: SessionSource): EventStacks;
  /** When a source's threads were off the CPU; null: it does not tell. */
  offCpu(source: SessionSource): OffCpu | null;
  /** What a source's probes on functions of Go's runtime tell. */
  probes(source: SessionSource): Probes;
  /** Whose the samples of a source are by its own probes and registers; null: they do not tell. */
  probedGoroutines(source: SessionSource): ProbedGoroutines | null;
  /** The stack changes that a source's probes caught. */
  probedChanges(source: SessionSource): ProbedChanges;
  /** For each stack change of a trace the stack that is known to be nearest. */
  causes(source: SessionSource): Causes;
  /** Sources of an axis that growths can be counted from, the best first. One of them is counted, never two. */
  countable(group: AxisGroup): readonly Countable[];
  /** Every growth and shrink of one of them. */
  countedChanges(countable: Countable): CountedChanges;
  /** The recorded stack of a goroutine that is nearest to a time on the axis. */
  nearestEvent(source: SessionSource, goroutine: number, timeNs: number): NearestEvent;
  /** What the chain of a growth says of the function that grew the stack. */
  growingFunction(source: SessionSource, stack: number): GrowingFunction;
  /** Which rows of a source pass a filter. */
  filtered(source: SessionSource, filter: Filter): Filtered;
  /** pid of the process that a Go trace is of; null: not known. */
  processOf(source: SessionSource): number | null;
  /** Which of a source's processes the Go trace on its axis is of; null: not known, or it has samples of one only. */
  traceProcess(source: SessionSource): Whose | null;
  /** How well a source fits the trace that its samples are attributed to; null when they are attributed to none, or to itself. */
  fit(source: SessionSource): Fit | null;
  /** The same sources with another alignment of one; this session stays as it is. */
  aligned(source: number, choice: AlignmentChoice): Session;
}

/** One kind of question. Answers own their buffers: none is a view into a trace. */
export interface Derivation<Question, Answer> {
  readonly id: string;
  answer(session: Session, question: Question): Answer;
}

/** Keeps a derivation's literal id and its types. */
export function defineDerivation<const Id extends string, Question, Answer>(derivation: Derivation<Question, Answer> & {readonly id: Id}): Derivation<Question, Answer> & {readonly id: Id} {
  return derivation;
}

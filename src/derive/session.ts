/**
 * What derivations ask: the open sources and the tables that are computed from one or several of them. Tables of one trace live as
 * long as the trace; tables between sources as long as the set of sources and their alignment.
 */
import type {Trace} from '../model/trace.ts';
import type {DsoAccount} from '../symbols/resolve/resolved.ts';
import {axis} from './axis/build.ts';
import {groupOf, type AlignmentChoice, type Axis, type AxisGroup} from './axis/shape.ts';
import {named, type Named} from './binaries/named.ts';
import {roots} from './call-tree/roots.ts';
import type {CallTreeQuery, Owners, Things, WeighedTree} from './call-tree/shape.ts';
import {weighedTree} from './call-tree/weighed-tree.ts';
import {chains} from './chains/build.ts';
import type {Chains} from './chains/shape.ts';
import {filtered} from './filter/build.ts';
import type {Filter, Filtered} from './filter/shape.ts';
import {restoredCallers} from './growth/callers.ts';
import {causes} from './growth/causes.ts';
import {countable, countedChanges} from './growth/counted-changes.ts';
import {eventStacks, nearestEvent} from './growth/event-stacks.ts';
import {growingFunction} from './growth/growing-function.ts';
import {probes} from './growth/probe-rows.ts';
import {probedGoroutines, withGoroutines} from './growth/probe-goroutines.ts';
import {ProbeOn, type Probes} from './growth/probe-shape.ts';
import {probedChanges} from './growth/probes.ts';
import {withCallers} from './growth/with-callers.ts';
import type {Causes, Countable, CountedChanges, EventStacks, GrowingFunction, NearestEvent, ProbedChanges, ProbedGoroutines} from './growth/shape.ts';
import {attribution} from './join/attribution.ts';
import {fit} from './join/fit.ts';
import {growthOfSamples} from './join/growth-of-samples.ts';
import {processOf} from './join/process.ts';
import {traceProcess} from './join/trace-process.ts';
import {runs} from './join/runs.ts';
import type {Attribution, Fit, Runs} from './join/shape.ts';
import {labels} from './labels/build.ts';
import type {Labels} from './labels/shape.ts';
import {offCpu} from './off-cpu/build.ts';
import type {OffCpu} from './off-cpu/shape.ts';
import type {Whose} from './processes/shape.ts';
import {goroutineRows, sampleRows} from './rows/build.ts';
import {eventSamples} from './rows/event-samples.ts';
import {logs} from './rows/logs.ts';
import type {EventSamples, GoroutineRows, Logs, SampleRows} from './rows/shape.ts';
import {stackSeries, stacksHeld} from './stacks-held/build.ts';
import type {StackSeries} from './stacks-held/shape.ts';
import {isGoTrace, type RecordedSource, type Session, type SessionSource, type SessionSymbols} from './derivation.ts';

/** The picture, a sandwich of it, the table, all chains for the headline, and the one before: a tree of a million nodes takes about 60 MB. */
const KEPT_TREES = 5;

/** Made once per trace, whatever else is open. */
interface TraceTables {
  chains?: Chains;
  labels?: Labels;
  runs?: Runs;
  goroutineRows?: GoroutineRows;
  logs?: Logs;
  eventStacks?: EventStacks;
  offCpu?: OffCpu | null;
  probes?: Probes;
  probedChanges?: ProbedChanges;
  probedGoroutines?: ProbedGoroutines | null;
  withGoroutines?: ReturnType<typeof withGoroutines>;
  restored?: Restored;
}

/** A trace with the callers that its probes tell, by the files that were open. */
interface Restored {
  readonly symbols: readonly SessionSymbols[];
  readonly restored: Pick<SessionSource, 'trace' | 'callers'>;
}

const tablesOfTrace = new WeakMap<Trace, TraceTables>();

function ofTrace(trace: Trace): TraceTables {
  let tables = tablesOfTrace.get(trace);
  if (!tables) tablesOfTrace.set(trace, (tables = {}));
  return tables;
}

/** Made anew when files of symbols come or go, since these name the callers. */
function restored(trace: Trace, symbols: readonly SessionSymbols[]): Restored['restored'] {
  const tables = ofTrace(trace);
  const before = tables.restored;
  if (before && before.symbols.length === symbols.length && before.symbols.every((file, i) => file.symbols === symbols[i].symbols)) return before.restored;
  const ownProbes = (tables.probes ??= probes(trace));
  let made: Restored['restored'] = {trace, callers: null};
  if (ownProbes.on.includes(ProbeOn.Morestack)) {
    const ownChains = (tables.chains ??= chains(trace));
    const callers = restoredCallers(trace, ownChains, ownProbes, (tables.probedChanges ??= probedChanges(trace, ownChains, ownProbes)), symbols);
    if (callers) {
      const {trace: whole, chainOf} = withCallers(trace, ownChains, callers);
      made = {trace: whole, callers: {...callers, chainOf}};
    }
  }
  tables.restored = {symbols, restored: made};
  return made;
}

/**
 * A session of these sources, with traces as they were parsed, aligned as chosen. What the files of symbols know of a trace is put into it at once;
 * everything else is computed when it is first asked for.
 */
export function session(sources: readonly RecordedSource[], choices: ReadonlyMap<number, AlignmentChoice>, symbols: readonly SessionSymbols[] = []): Session {
  return new OpenSession(sources.map(({trace, ...source}) => ({source, named: named(trace, symbols)})), choices, symbols);
}

/** A source, and its trace with names. */
interface NamedSource {
  readonly source: Omit<RecordedSource, 'trace'>;
  readonly named: Named;
}

/** A mask is a byte a row: few are worth keeping. */
const FILTERS_KEPT = 4;

/** Those of the page's filter, and those of all whom it could choose. */
const EVENT_SAMPLES_KEPT = 3;

class OpenSession implements Session {
  readonly sources: readonly SessionSource[];
  readonly symbols: readonly SessionSymbols[];
  readonly axis: Axis;
  readonly #named: readonly NamedSource[];
  readonly #choices: ReadonlyMap<number, AlignmentChoice>;
  readonly #attributions = new Map<number, Attribution>();
  readonly #growthOfSamples = new Map<number, Int32Array>();
  readonly #causes = new Map<number, Causes>();
  readonly #countable = new Map<number, readonly Countable[]>();
  readonly #countedChanges = new Map<string, CountedChanges>();
  readonly #fits = new Map<number, Fit | null>();
  readonly #processes = new Map<number, number | null>();
  readonly #traceProcesses = new Map<number, Whose | null>();
  /** What passes the last few filters, by source: views ask with the page's, a table of what can be picked with all but the picked. */
  readonly #filtered = new Map<string, Map<number, Filtered>>();
  /** The last trees: the flame graph asks for one many times, with other roots and widths; tables ask for the same. The newest first. */
  readonly #callTrees: {readonly key: string; readonly made: WeighedTree | null}[] = [];

  /** The last event and filter only: they are those of the samples shown. */
  #sampleRows: {readonly key: string; readonly rows: SampleRows} | null = null;

  readonly #eventSamples = new Map<string, EventSamples>();

  /** The last filter's only. */
  #stacksHeld: {readonly key: string; readonly series: StackSeries} | null = null;

  constructor(sources: readonly NamedSource[], choices: ReadonlyMap<number, AlignmentChoice>, symbols: readonly SessionSymbols[]) {
    const asRead = sources.map(({source, named: {trace}}): SessionSource => ({...source, ...restored(trace, symbols), probed: null}));
    this.#named = sources;
    this.symbols = symbols;
    this.axis = axis(asRead, choices);
    this.#choices = choices;
    this.sources = asRead.map((source) => {
      const group = groupOf(this.axis, source.id);
      const hasTrace = asRead.some(({id, trace}) => trace.goroutines.length > 0 && group?.members.includes(id));
      const probed = group && !hasTrace ? this.probedGoroutines(source) : null;
      if (!probed) return source;
      const {trace, sampleOfChange} = (ofTrace(source.trace).withGoroutines ??= withGoroutines(source.trace, this.probedChanges(source), probed));
      return {...source, trace, probed: {sampleOfChange}};
    });
  }

  source(id: number): SessionSource | null {
    return this.sources.find((source) => source.id === id) ?? null;
  }

  openSource(id: number): SessionSource {
    const source = this.source(id);
    if (!source) throw new Error(`source ${id} is not in the session`);
    return source;
  }

  dsos({id}: SessionSource): readonly DsoAccount[] {
    return this.#named.find(({source}) => source.id === id)?.named.dsos() ?? [];
  }

  chains({trace}: SessionSource): Chains {
    return (ofTrace(trace).chains ??= chains(trace));
  }

  labels({trace}: SessionSource): Labels {
    return (ofTrace(trace).labels ??= labels(trace));
  }

  runs({trace}: SessionSource): Runs {
    return (ofTrace(trace).runs ??= runs(trace));
  }

  callTree(query: CallTreeQuery): WeighedTree | null {
    const key = JSON.stringify(query);
    const at = this.#callTrees.findIndex((kept) => kept.key === key);
    const [kept] = at < 0 ? [{key, made: weighedTree(this, query)}] : this.#callTrees.splice(at, 1);
    this.#callTrees.unshift(kept);
    this.#callTrees.length = Math.min(this.#callTrees.length, KEPT_TREES);
    return kept.made;
  }

  owners({table, source: id, row}: Things, of: 'thread' | 'goroutine'): Owners | null {
    const source = this.source(id);
    return source && roots(this, {table, source, row}, of);
  }

  attribution(source: SessionSource): Attribution {
    return remembered(this.#attributions, source.id, () => attribution(this, source));
  }

  growthOfSamples(source: SessionSource): Int32Array {
    return remembered(this.#growthOfSamples, source.id, () => growthOfSamples(this, source));
  }

  goroutineRows({trace}: SessionSource): GoroutineRows {
    return (ofTrace(trace).goroutineRows ??= goroutineRows(trace));
  }

  logs({trace}: SessionSource): Logs {
    return (ofTrace(trace).logs ??= logs(trace));
  }

  sampleRows(source: SessionSource, event: number, filter: Filter): SampleRows {
    const key = JSON.stringify([source.id, event, filter]);
    if (this.#sampleRows?.key !== key) this.#sampleRows = {key, rows: sampleRows(this, source, event, filter)};
    return this.#sampleRows.rows;
  }

  eventSamples(source: SessionSource, event: number, weight: 'period' | 'samples', filter: Filter): EventSamples {
    const key = JSON.stringify([source.id, event, weight, filter]);
    const samples = this.#eventSamples.get(key) ?? eventSamples(this, source, event, weight, filter);
    this.#eventSamples.delete(key);
    this.#eventSamples.set(key, samples);
    for (const oldest of this.#eventSamples.keys()) if (this.#eventSamples.size > EVENT_SAMPLES_KEPT) this.#eventSamples.delete(oldest);
    return samples;
  }

  stackSeries(source: SessionSource, goroutines: Int32Array, among: Int32Array | null): StackSeries {
    return stackSeries(this, source, goroutines, among);
  }

  stacksHeld(source: SessionSource, filter: Filter): StackSeries {
    const key = JSON.stringify([source.id, filter]);
    if (this.#stacksHeld?.key !== key) this.#stacksHeld = {key, series: stacksHeld(this, source, filter)};
    return this.#stacksHeld.series;
  }

  eventStacks(source: SessionSource): EventStacks {
    return (ofTrace(source.trace).eventStacks ??= eventStacks(source.trace, isGoTrace(source)));
  }

  offCpu({trace}: SessionSource): OffCpu | null {
    const tables = ofTrace(trace);
    if (tables.offCpu === undefined) tables.offCpu = offCpu(trace);
    return tables.offCpu;
  }

  probes({trace}: SessionSource): Probes {
    return (ofTrace(trace).probes ??= probes(trace));
  }

  probedGoroutines(source: SessionSource): ProbedGoroutines | null {
    const tables = ofTrace(source.trace);
    if (tables.probedGoroutines === undefined) tables.probedGoroutines = probedGoroutines(source.trace, this.probes(source));
    return tables.probedGoroutines;
  }

  probedChanges(source: SessionSource): ProbedChanges {
    return (ofTrace(source.trace).probedChanges ??= probedChanges(source.trace, this.chains(source), this.probes(source)));
  }

  causes(source: SessionSource): Causes {
    return remembered(this.#causes, source.id, () => causes(this, source));
  }

  countable(group: AxisGroup): readonly Countable[] {
    return remembered(this.#countable, group.reference, () => countable(this, group));
  }

  countedChanges({source, by}: Countable): CountedChanges {
    return remembered(this.#countedChanges, `${source} ${by}`, () => countedChanges(this, {source, by}));
  }

  nearestEvent(source: SessionSource, goroutine: number, timeNs: number): NearestEvent {
    const atNs = timeNs - (this.axis.shiftsNs.get(source.id) ?? 0);
    return nearestEvent(this.eventStacks(source), goroutine, atNs, atNs);
  }

  growingFunction(source: SessionSource, stack: number): GrowingFunction {
    return growingFunction(source.trace, this.chains(source), this.labels(source), stack);
  }

  fit(source: SessionSource): Fit | null {
    return remembered(this.#fits, source.id, () => fit(this, source));
  }

  filtered(source: SessionSource, filter: Filter): Filtered {
    const key = JSON.stringify(filter);
    const bySource = this.#filtered.get(key) ?? new Map<number, Filtered>();
    this.#filtered.delete(key);
    this.#filtered.set(key, bySource);
    for (const oldest of this.#filtered.keys()) if (this.#filtered.size > FILTERS_KEPT) this.#filtered.delete(oldest);
    return remembered(bySource, source.id, () => filtered(this, source, filter));
  }

  traceProcess(source: SessionSource): Whose | null {
    return remembered(this.#traceProcesses, source.id, () => traceProcess(this, source));
  }

  processOf(source: SessionSource): number | null {
    return remembered(this.#processes, source.id, () => processOf(this, source));
  }

  aligned(source: number, choice: AlignmentChoice): Session {
    return new OpenSession(this.#named, new Map([...this.#choices, [source, choice]]), this.symbols);
  }
}

function remembered<K, T>(kept: Map<K, T>, key: K, make: () => T): T {
  let value = kept.get(key);
  if (value === undefined) kept.set(key, (value = make()));
  return value;
}

/** The open sources -> their summary. Cost: linear in samples and stack changes. */
import {StackChangeKind} from '../../model/tables.ts';
import {absoluteNs, sampleCount, text, type Trace} from '../../model/trace.ts';
import {groupOf} from '../axis/shape.ts';
import type {TreeWeight} from '../call-tree/shape.ts';
import {ChainClass, type Chains} from '../chains/shape.ts';
import {defineDerivation, isGoTrace, type Session, type SessionSource} from '../derivation.ts';
import type {EventSummary, SourceSummary, SummaryAnswer, SummaryQuestion} from './shape.ts';

export const summary = defineDerivation({
  id: 'summary',
  answer(session, _: SummaryQuestion): SummaryAnswer {
    const {groups, reference} = session.axis;
    return {sources: session.sources.map((source) => sourceSummary(session, source)), groups, reference};
  },
});

function sourceSummary(session: Session, source: SessionSource): SourceSummary {
  const {trace} = source;
  const {stackChanges} = trace;
  const isTimed = !Number.isNaN(trace.startNs);
  const changes = (kind: number) => stackChanges.kind.reduce((count, value) => count + (value === kind ? 1 : 0), 0);
  return {
    id: source.id,
    name: source.name,
    format: trace.format,
    version: trace.version,
    clock: trace.clock,
    alignment: session.axis.alignments.get(source.id) ?? {how: 'none', why: 'no-times'},
    group: groupOf(session.axis, source.id)?.reference ?? -1,
    threads: trace.threads.length,
    goroutines: trace.goroutines.length,
    growths: changes(StackChangeKind.Growth),
    shrinks: changes(StackChangeKind.Shrink),
    hasStackSizes: trace.hasStackSizes,
    axisWeights: axisWeights(session, source),
    events: eventSummaries(session, source),
    startNs: isTimed ? absoluteNs(trace, Math.floor(trace.startNs)) : null,
    endNs: isTimed ? absoluteNs(trace, Math.floor(trace.endNs)) : null,
    traceProcess: session.traceProcess(source),
    cpus: cpusOf(trace),
    headers: Object.fromEntries(Object.entries(trace.headers).slice(0, MOST_HEADERS).map(([key, value]) => [key, value.length > LONGEST_HEADER ? `${value.slice(0, LONGEST_HEADER)} …` : value])),
    notKept: trace.notKept,
    faults: trace.faults,
  };
}

/** A header comes from the file: it may be of any length. */
const MOST_HEADERS = 60;
const LONGEST_HEADER = 400;

const cpusOfTrace = new WeakMap<Trace, number>();

/** Asked again whenever a source comes or goes: counted once. */
function cpusOf(trace: Trace): number {
  let cpus = cpusOfTrace.get(trace);
  if (cpus === undefined) cpusOfTrace.set(trace, (cpus = countCpus(trace)));
  return cpus;
}

function countCpus({samples}: Trace): number {
  const seen = new Set<number>();
  let last = -1;
  for (let i = 0; i < samples.length; i++) {
    const cpu = samples.cpu[i];
    if (cpu < 0 || cpu === last) continue;
    seen.add(cpu);
    last = cpu;
  }
  return seen.size;
}

/** Probes do not tell how long copying took. */
const WEIGHTS = {trace: ['growths', 'copiedBytes', 'copyNs'], probes: ['growths', 'copiedBytes'], states: ['runningNs', 'runnableNs', 'waitingNs', 'syscallNs'], switches: ['offCpuNs']} as const;

function axisWeights(session: Session, source: SessionSource): TreeWeight[] {
  const group = groupOf(session.axis, source.id);
  const counted = group && session.countable(group)[0];
  const hasStates = [source.id, ...(group?.members ?? [])].some((id) => isGoTrace(session.openSource(id)));
  const hasSleep = [source.id, ...(group?.members ?? [])].some((id) => session.offCpu(session.openSource(id))?.preempted.includes(0));
  return [...(counted ? WEIGHTS[counted.by] : []), ...(hasStates ? WEIGHTS.states : []), ...(hasSleep ? WEIGHTS.switches : [])];
}

/** perf's own clocks, with the settings and modifiers that perf may print behind them: their period is CPU time in nanoseconds. */
const CPU_CLOCK = /^(?:cpu-clock|task-clock)(?:\/[^/]*\/)?:?[a-zA-Z]*$/;

const eventsOfChains = new WeakMap<Chains, readonly EventSummary[]>();

function eventSummaries(session: Session, source: SessionSource): readonly EventSummary[] {
  const chains = session.chains(source);
  let summaries = eventsOfChains.get(chains);
  if (!summaries) eventsOfChains.set(chains, (summaries = readEvents(source.trace, chains)));
  return summaries;
}

function readEvents(trace: Trace, {class: classes, named}: Chains): EventSummary[] {
  const {events, samples} = trace;
  const sums = Array.from({length: events.length}, () => ({samples: 0, growthSamples: 0, hasPeriod: false, hasStacks: false, hasNames: false}));
  for (let i = 0; i < samples.length; i++) {
    const of = sums[samples.event[i]];
    const count = sampleCount(trace, i);
    const stack = samples.stack[i];
    of.samples += count;
    if (!Number.isNaN(samples.period[i])) of.hasPeriod = true;
    if (stack < 0) continue;
    // A leaf alone is where the CPU was, not how it came there.
    if (trace.stacks.parent[stack] >= 0) of.hasStacks = true;
    if (named[stack] === 1) of.hasNames = true;
    if (classes[stack] === ChainClass.Growth) of.growthSamples += count;
  }
  return sums.map((of, event) => {
    const name = text(trace, events.name[event]) ?? '';
    return {event, name, ...of, unit: CPU_CLOCK.test(name) ? 'cpu-ns' : 'event'};
  });
}

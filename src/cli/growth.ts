/** `morestack growth FILE…`: stacks growing and shrinking, one JSON line each, in order of time. */
import {isGoid} from '../base/goroutine-name.ts';
import {ChainClass, chainClassNames} from '../derive/chains/shape.ts';
import type {Session, SessionSource} from '../derive/derivation.ts';
import {oldBytes, usedBytes} from '../derive/growth/probes.ts';
import {ProbeOn} from '../derive/growth/probe-shape.ts';
import {StackFrom, stackFromNames} from '../derive/growth/shape.ts';
import {StackChangeKind} from '../model/tables.ts';
import {absoluteNs, text, type Trace} from '../model/trace.ts';
import {choice, choiceOptions, choiceUsage, type Choice} from './choice.ts';
import {readArguments, WrongUse, type Command} from './command.ts';
import {json, type Json} from './json.ts';
import {loadSession} from './load.ts';
import {stackPrinter} from './stack-names.ts';

/** What a line is made of when its turn comes: there may be millions, so the text is made late. */
interface Line {
  /** Order of lines: time on the reference's clock where that is known, else the source's own. */
  readonly orderNs: bigint;
  readonly text: () => string;
}

export const growth: Command = {
  name: 'growth',
  usage: `growth FILE… [--source trace|probe|sample] [--offset NS] ${choiceUsage}`,
  summary: 'one JSON line a growth, shrink, preemption or overflow, in order of time',
  async run(args, output) {
    const {files, values} = readArguments(args, {source: {type: 'string'}, offset: {type: 'string'}, ...choiceOptions}, {least: 1});
    const only = values.source;
    if (only !== undefined && only !== 'trace' && only !== 'probe' && only !== 'sample') throw new WrongUse(`--source is trace, probe or sample, not “${only}”`);
    const {session, exitCode} = await loadSession(files, values.offset);
    const chosen = choice(session, values);
    const lines: Line[] = [];
    for (const source of session.sources) {
      if (only === undefined || only === 'trace') for (const line of changeLines(session, source, chosen)) lines.push(line);
      if (only === undefined || only === 'probe') for (const line of probeLines(session, source, chosen)) lines.push(line);
      if (only === undefined || only === 'sample') for (const line of sampleLines(session, source, chosen)) lines.push(line);
    }
    lines.sort((a, b) => (a.orderNs < b.orderNs ? -1 : a.orderNs > b.orderNs ? 1 : 0));
    for (const line of lines) {
      const wait = output.line(line.text());
      if (wait) await wait;
    }
    return exitCode;
  },
};

/** Changes of stack sizes that a trace recorded. */
function* changeLines(session: Session, source: SessionSource, chosen: Choice): Generator<Line> {
  const {trace} = source;
  const {stackChanges: changes, goroutines, threads} = trace;
  // Of goroutines that only probes tell of, these are the probes themselves: they have lines of their own.
  if (changes.length === 0 || source.probed) return;
  const causes = session.causes(source);
  const names = namesBySource(session);
  const isChosen = chosen.change(source);
  for (let i = 0; i < changes.length; i++) {
    if (!isChosen(i)) continue;
    const kind = changes.kind[i];
    if (kind !== StackChangeKind.Growth && kind !== StackChangeKind.Shrink) continue;
    const goroutine = changes.goroutine[i];
    const timeNs = absoluteNs(trace, changes.timeNs[i]);
    yield {
      orderNs: timeNs,
      text: () =>
        json({
          timeNs,
          kind: kind === StackChangeKind.Growth ? 'growth' : 'shrink',
          source: 'trace',
          goroutine: goroutine < 0 ? null : goroutines.id[goroutine],
          tid: changes.thread[i] < 0 ? null : threads.tid[changes.thread[i]],
          oldBytes: changes.oldBytes[i],
          newBytes: changes.newBytes[i],
          usedBytes: null,
          durationNs: changes.durationNs[i],
          startFunction: goroutine < 0 ? null : text(trace, goroutines.startFunction[goroutine]),
          stack: causes.from[i] === StackFrom.None ? null : names(causes.source[i], causes.stack[i]),
          stackFrom: stackFromNames[causes.from[i] as StackFrom],
          stackDistanceNs: causes.distanceNs[i],
        }),
    };
  }
}

/** Changes and preemptions that probes caught. What tells neither growth nor shrink has no kind. */
function* probeLines(session: Session, source: SessionSource, chosen: Choice): Generator<Line> {
  const probes = session.probes(source);
  const changes = session.probedChanges(source);
  const probeOf = new Map(Array.from(probes.sample, (sample, probe) => [sample, probe]));
  const kindOf = new Map<number, GrowthKind | null>(Array.from(changes.sample, (sample, i) => [sample, changes.kind[i] === StackChangeKind.Growth ? 'growth' : 'shrink']));
  for (const sample of changes.untold) kindOf.set(sample, null);
  for (let i = 0; i < probes.length; i++) if (probes.on[i] === ProbeOn.Gopreempt) kindOf.set(probes.sample[i], 'preemption');
  const lineOf = sampleLine(session, source);
  const isChosen = chosen.sample(source);
  for (const [sample, kind] of [...kindOf].sort(([a], [b]) => a - b)) {
    if (!isChosen(sample)) continue;
    const probe = probeOf.get(sample)!;
    yield lineOf(sample, {
      kind, source: 'probe', goid: probes.goid[probe],
      // A shrink is mostly done to another goroutine than the one that runs there.
      isOfRunning: kind !== 'shrink' && kind !== null,
      oldBytes: oldBytes(probes, probe), newBytes: probes.newBytes[probe], usedBytes: usedBytes(probes, probe),
    });
  }
}

/** Samples whose chain shows growth, shrinking, preemption or overflow. Of a probe the chain shows where it stands, and not what follows. */
function* sampleLines(session: Session, source: SessionSource, chosen: Choice): Generator<Line> {
  const {samples} = source.trace;
  const classes = session.chains(source).class;
  const {ofEvent} = session.probes(source);
  const lineOf = sampleLine(session, source);
  const isChosen = chosen.sample(source);
  for (let i = 0; i < samples.length; i++) {
    if (!isChosen(i) || samples.stack[i] < 0 || ofEvent[samples.event[i]] !== ProbeOn.None) continue;
    const chain = classes[samples.stack[i]];
    if (chain === ChainClass.None || chain === ChainClass.Entry) continue;
    yield lineOf(i, {kind: chainClassNames[chain as ChainClass], source: 'sample', goid: Number.NaN, isOfRunning: true, oldBytes: null, newBytes: null, usedBytes: null});
  }
}

type GrowthKind = 'growth' | 'shrink' | 'preemption';

/** What is known of a sample beside what every sample has. */
interface SampleOfGrowth {
  readonly kind: string | null;
  readonly source: 'probe' | 'sample';
  /** NaN not known. */
  readonly goid: number;
  /** Whether it is of the goroutine that runs there. */
  readonly isOfRunning: boolean;
  readonly oldBytes: number | null;
  readonly newBytes: number | null;
  readonly usedBytes: number | null;
}

function sampleLine(session: Session, source: SessionSource): (sample: number, told: SampleOfGrowth) => Line {
  const {trace} = source;
  const {samples, threads} = trace;
  const attributed = session.attribution(source);
  const to = session.source(attributed.to);
  const offsetNs = clockOffset(session, source, to);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const names = namesBySource(session);
  const rowOfGoid = new Map<number, number>();
  if (to) for (let g = 0; g < to.trace.goroutines.length; g++) rowOfGoid.set(to.trace.goroutines.id[g], g);
  return (i, told) => {
    const stack = samples.stack[i];
    const restored = source.callers?.of(i) ?? [];
    const goroutine = !to ? -1 : Number.isNaN(told.goid) ? (told.isOfRunning ? attributed.goroutine[i] : -1) : (rowOfGoid.get(told.goid) ?? -1);
    const timeNs = Number.isNaN(samples.timeNs[i]) ? null : absoluteNs(trace, samples.timeNs[i]);
    const tid = samples.thread[i] < 0 ? -1 : threads.tid[samples.thread[i]];
    const near = stack < 0 && told.source === 'probe' && goroutine >= 0 && to ? session.nearestEvent(to, goroutine, samples.timeNs[i] + shiftNs) : null;
    return {
      orderNs: (timeNs ?? 0n) + offsetNs,
      text: () =>
        json({
          timeNs,
          kind: told.kind,
          source: told.source,
          goroutine: goroutine >= 0 && to ? goid(to.trace.goroutines.id[goroutine]) : told.goid,
          tid: tid === -1 ? null : tid,
          oldBytes: told.oldBytes,
          newBytes: told.newBytes,
          usedBytes: told.usedBytes,
          durationNs: null,
          startFunction: goroutine < 0 || !to ? null : text(to.trace, to.trace.goroutines.startFunction[goroutine]),
          ...(to && near && near.stack >= 0
            ? {stack: names(to.id, near.stack), stackFrom: 'event', stackDistanceNs: near.distanceNs}
            : {stack: stack < 0 ? null : names(source.id, stack), stackFrom: stack < 0 ? null : 'sample', stackDistanceNs: stack < 0 ? null : 0}),
          ...(restored.length > 0 ? {restoredCallers: restored.map(({name}) => name)} : {}),
        }),
    };
  };
}

/** Number of a goroutine; null: only its g is known. */
function goid(id: number): number | null {
  return isGoid(id) ? id : null;
}

/** What is added to the source's own clock to get that of the trace it is joined to. */
function clockOffset({axis}: Session, source: SessionSource, to: SessionSource | null): bigint {
  const alignment = axis.alignments.get(source.id);
  return to && alignment?.how === 'by-hand' ? alignment.offsetNs : 0n;
}

function namesBySource(session: Session): (source: number, stack: number) => Json {
  const printers = new Map<number, (stack: number) => string[]>();
  const printerOf = (trace: Trace) => stackPrinter(trace, (frame) => text(trace, trace.frames.name[frame]) ?? '[unknown]');
  return (id, stack) => {
    let printer = printers.get(id);
    if (!printer) printers.set(id, (printer = printerOf(session.openSource(id).trace)));
    return printer(stack);
  };
}

/** `morestack growth FILE…`: stacks growing and shrinking, one JSON line each, in order of time. */
import {ChainClass, chainClassNames} from '../derive/chains/shape.ts';
import type {Session, SessionSource} from '../derive/derivation.ts';
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
  usage: `growth FILE… [--source trace|sample] [--offset NS] ${choiceUsage}`,
  summary: 'one JSON line a growth, shrink, preemption or overflow, in order of time',
  async run(args, output) {
    const {files, values} = readArguments(args, {source: {type: 'string'}, offset: {type: 'string'}, ...choiceOptions}, {least: 1});
    const only = values.source;
    if (only !== undefined && only !== 'trace' && only !== 'sample') throw new WrongUse(`--source is trace or sample, not “${only}”`);
    const {session, exitCode} = await loadSession(files, values.offset);
    const chosen = choice(session, values);
    const lines: Line[] = [];
    for (const source of session.sources) {
      if (only !== 'sample') for (const line of changeLines(session, source, chosen)) lines.push(line);
      if (only !== 'trace') for (const line of sampleLines(session, source, chosen)) lines.push(line);
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
  if (changes.length === 0) return;
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
          durationNs: changes.durationNs[i],
          startFunction: goroutine < 0 ? null : text(trace, goroutines.startFunction[goroutine]),
          stack: causes.from[i] === StackFrom.None ? null : names(causes.source[i], causes.stack[i]),
          stackFrom: stackFromNames[causes.from[i] as StackFrom],
          stackDistanceNs: causes.distanceNs[i],
        }),
    };
  }
}

/** Samples whose chain shows growth, shrinking, preemption or overflow, and probes that caught a change. */
function* sampleLines(session: Session, source: SessionSource, chosen: Choice): Generator<Line> {
  const {trace} = source;
  const {samples, threads} = trace;
  const classes = session.chains(source).class;
  const attributed = session.attribution(source);
  const to = session.source(attributed.to);
  const offsetNs = clockOffset(session, source, to);
  const names = namesBySource(session);
  const probed = session.probedChanges(source);
  const probeOfSample = new Map(Array.from(probed.sample, (sample, probe) => [sample, probe]));
  const isChosen = chosen.sample(source);
  for (let i = 0; i < samples.length; i++) {
    if (!isChosen(i)) continue;
    const stack = samples.stack[i];
    const probe = probeOfSample.get(i) ?? -1;
    const chain = stack < 0 ? ChainClass.None : classes[stack];
    if (probe < 0 && (chain === ChainClass.None || chain === ChainClass.Entry)) continue;
    const goroutine = to ? attributed.goroutine[i] : -1;
    const timeNs = Number.isNaN(samples.timeNs[i]) ? null : absoluteNs(trace, samples.timeNs[i]);
    const thread = samples.thread[i];
    const tid = thread < 0 ? -1 : threads.tid[thread];
    yield {
      orderNs: (timeNs ?? 0n) + offsetNs,
      text: () =>
        json({
          timeNs,
          kind: probe < 0 ? chainClassNames[chain as ChainClass] : probed.kind[probe] === StackChangeKind.Growth ? 'growth' : 'shrink',
          source: 'sample',
          goroutine: goroutine >= 0 && to ? to.trace.goroutines.id[goroutine] : probe < 0 ? null : probed.goroutineId[probe],
          tid: tid === -1 ? null : tid,
          oldBytes: probe < 0 ? null : probed.oldBytes[probe],
          newBytes: probe < 0 ? null : probed.newBytes[probe],
          durationNs: null,
          startFunction: goroutine < 0 || !to ? null : text(to.trace, to.trace.goroutines.startFunction[goroutine]),
          stack: stack < 0 ? null : names(source.id, stack),
          stackFrom: stack < 0 ? null : 'sample',
          stackDistanceNs: stack < 0 ? null : 0,
        }),
    };
  }
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

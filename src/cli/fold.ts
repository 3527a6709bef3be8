/** `morestack fold FILE…`: samples as folded stacks, by the conventions of the stackcollapse tools. */
import {sampleCount, sampleWeight, text, type Trace} from '../model/trace.ts';
import {asRecorded} from '../derive/call-tree/shape.ts';
import {RESTORED} from '../derive/stack-file/shape.ts';
import type {Session, SessionSource} from '../derive/derivation.ts';
import {choice, choiceOptions, choiceUsage, type Choice} from './choice.ts';
import {readArguments, WrongUse, type Command} from './command.ts';
import {loadSession} from './load.ts';
import {stackPrinter} from './stack-names.ts';

const WEIGHTS = ['samples', 'period', 'offCpuNs'] as const;

export const fold: Command = {
  name: 'fold',
  usage: `fold FILE… [--event E] [--weight period|offCpuNs] [--offset NS] ${choiceUsage}`,
  summary: 'folded stacks: comm;root;…;leaf N',
  async run(args, output) {
    const {files, values} = readArguments(args, {event: {type: 'string'}, weight: {type: 'string'}, offset: {type: 'string'}, ...choiceOptions}, {least: 1});
    const weight = WEIGHTS.find((known) => known === (values.weight ?? 'samples'));
    if (!weight) throw new WrongUse(`--weight is one of ${WEIGHTS.join(', ')}, not “${values.weight}”`);
    const {session, exitCode} = await loadSession(files, values.offset);
    const traces = session.sources.map(({trace}) => trace);
    if (weight === 'offCpuNs' && values.event !== undefined) throw new WrongUse('--weight offCpuNs is of no event');
    const event = weight === 'offCpuNs' ? null : chosenEvent(traces, values.event);
    const chosen = choice(session, values);
    const folded = new Map<string, number>();
    for (const source of session.sources) {
      const add = adder(folded, source);
      if (weight === 'offCpuNs') foldSleep(session, source, chosen, add);
      else foldSamples(source, chosen, event, weight === 'period' ? sampleWeight : sampleCount, add);
    }
    const encoder = new TextEncoder();
    const lines = [...folded].map(([stack, count]) => ({stack: encoder.encode(stack), line: `${stack} ${wholeNumber(count)}`}));
    lines.sort((a, b) => compareBytes(a.stack, b.stack));
    for (const {line} of lines) {
      const wait = output.line(line);
      if (wait) await wait;
    }
    return exitCode;
  },
};

/** The event to fold: the one asked for, or the only one there is. */
function chosenEvent(traces: readonly Trace[], asked: string | undefined): string | null {
  const names = new Set<string>();
  for (const trace of traces) for (const event of trace.samples.event) names.add(text(trace, trace.events.name[event]) ?? '');
  if (asked !== undefined && names.has(asked)) return asked;
  const list = [...names].map((name) => `“${name}”`).join(', ');
  if (asked !== undefined) throw new WrongUse(`no event “${asked}”; there ${names.size === 1 ? 'is' : 'are'} ${list || 'none'}`);
  if (names.size > 1) throw new WrongUse(`the samples are of ${names.size} events; choose one with --event: ${list}`);
  return [...names][0] ?? null;
}

/** Adds a weight to the line of a stack; `comm` and `stack` are rows, -1 none. */
type Add = (comm: number, stack: number, weight: number) => void;

function adder(folded: Map<string, number>, {trace}: SessionSource): Add {
  const {frames} = trace;
  const stackNames = stackPrinter(trace, (frame) => {
    const name = text(trace, frames.name[frame]);
    return `${(name ?? namelessFrame(text(trace, frames.dso[frame]))).replaceAll(';', ':')}${frames.restored[frame] === 1 ? RESTORED : ''}`;
  }, true);
  const stackTexts: string[] = [];
  return (commRow, stack, weight) => {
    const comm = text(trace, commRow)?.replaceAll(' ', '_').replaceAll(';', ':');
    const names = stack < 0 ? '' : (stackTexts[stack] ??= stackNames(stack).join(';'));
    const key = [comm, names].filter(Boolean).join(';') || '[unknown]';
    folded.set(key, (folded.get(key) ?? 0) + weight);
  };
}

function foldSamples(source: SessionSource, chosen: Choice, event: string | null, weight: (trace: Trace, row: number) => number, add: Add): void {
  const {trace} = source;
  const {samples} = trace;
  const isChosen = chosen.sample(source);
  for (let i = 0; i < samples.length; i++) {
    if (!isChosen(i) || text(trace, trace.events.name[samples.event[i]]) !== event) continue;
    add(samples.comm[i], samples.stack[i], weight(trace, i));
  }
}

/** How long threads slept, by the stack that went to sleep. A switch record has no stack, and is of a whole thread. */
function foldSleep(session: Session, source: SessionSource, chosen: Choice, add: Add): void {
  if (!chosen.rangeOf(source)) return;
  const tree = session.callTree({source: source.id, event: -1, ...asRecorded, weight: 'offCpuNs', range: chosen.range, filter: chosen.filter});
  if (!tree || tree.things.source !== source.id) return;
  const {samples, switches, threads} = source.trace;
  const {table, row, stack, weight, length} = tree.things;
  for (let i = 0; i < length; i++) add(table === 'samples' ? samples.comm[row[i]] : threads.name[switches.thread[row[i]]], stack[i], weight[i]);
}

function namelessFrame(dso: string | null): string {
  if (dso === null || dso === '[unknown]') return '[unknown]';
  return `[${dso.split('/').at(-1)}]`;
}

/** Sums may pass 2^53; they are printed as whole numbers all the same. */
function wholeNumber(count: number): string {
  return Number.isSafeInteger(count) ? String(count) : String(BigInt(Math.round(count)));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

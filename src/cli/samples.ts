/** `morestack samples FILE…`: every sample of every file, one JSON line each, in the order of the files. */
import {isGoid} from '../base/goroutine-name.ts';
import type {Session, SessionSource} from '../derive/derivation.ts';
import {attributionNames} from '../derive/join/shape.ts';
import {StackEnd} from '../model/tables.ts';
import {argumentText, sampleArgumentsOf} from '../model/arguments.ts';
import {absoluteNs, sampleWeight, text, type Trace} from '../model/trace.ts';
import {choice, choiceOptions, choiceUsage, type Choice} from './choice.ts';
import {readArguments, type Command} from './command.ts';
import {json} from './json.ts';
import {loadSession} from './load.ts';
import type {Output} from './output.ts';
import {inlinedFrames, stackPrinter} from './stack-names.ts';

export const samples: Command = {
  name: 'samples',
  usage: `samples FILE… [--offset NS] ${choiceUsage}`,
  summary: 'one JSON line a sample: time, thread, event, weight, goroutine, stack',
  async run(args, output) {
    const {files, values} = readArguments(args, {offset: {type: 'string'}, ...choiceOptions}, {least: 1});
    const {session, exitCode} = await loadSession(files, values.offset);
    const chosen = choice(session, values);
    for (const source of session.sources) await writeSamples(session, source, chosen, output);
    return exitCode;
  },
};

async function writeSamples(session: Session, source: SessionSource, chosen: Choice, output: Output): Promise<void> {
  const {trace} = source;
  const {samples: rows, threads, processes, events} = trace;
  const {goroutine, how, to} = session.attribution(source);
  const goroutines = session.source(to)?.trace.goroutines;
  const stackNames = stackPrinter(trace, (frame) => JSON.stringify(text(trace, trace.frames.name[frame]) ?? '[unknown]'));
  const inlinedOf = inlinedFrames(trace);
  const {end: chainEnd} = session.chains(source);
  const file = JSON.stringify(source.name);
  const eventNames = Array.from(events.name, (name) => JSON.stringify(text(trace, name) || null));
  const usedBytes = session.probedGoroutines(source)?.usedBytes;
  const hasArguments = trace.sampleArguments.length > 0;
  const isChosen = chosen.sample(source);
  for (let i = 0; i < rows.length; i++) {
    if (!isChosen(i)) continue;
    const thread = rows.thread[i];
    const timeNs = rows.timeNs[i];
    const stack = rows.stack[i];
    const inlined = inlinedOf(stack);
    const restored = source.callers?.of(i) ?? [];
    const unwoundEnd = trace.sampleStackEnd?.[i] ?? StackEnd.Unknown;
    const end = unwoundEnd !== StackEnd.Unknown ? unwoundEnd : stack < 0 ? StackEnd.Unknown : chainEnd[stack];
    const fields = [
      `"file":${file}`,
      `"timeNs":${Number.isNaN(timeNs) ? 'null' : absoluteNs(trace, timeNs)}`,
      `"pid":${known(thread < 0 ? -1 : processes.pid[threads.process[thread]])}`,
      `"tid":${known(thread < 0 ? -1 : threads.tid[thread])}`,
      `"cpu":${known(rows.cpu[i])}`,
      `"comm":${JSON.stringify(text(trace, rows.comm[i]))}`,
      `"event":${eventNames[rows.event[i]]}`,
      `"weight":${json(sampleWeight(trace, i))}`,
      `"period":${json(rows.period[i])}`,
      `"goroutine":${goroutine[i] < 0 || !goroutines || !isGoid(goroutines.id[goroutine[i]]) ? 'null' : goroutines.id[goroutine[i]]}`,
      `"attribution":${JSON.stringify(attributionNames[how[i] as keyof typeof attributionNames & number])}`,
      `"stack":${stack < 0 ? 'null' : `[${stackNames(stack).join(',')}]`}`,
      ...(restored.length > 0 ? [`"restoredCallers":[${restored.map(({name}) => JSON.stringify(name)).join(',')}]`] : []),
      ...(inlined.length > 0 ? [`"inlined":[${inlined.join(',')}]`] : []),
      ...(hasArguments ? argumentFields(trace, i) : []),
      ...(usedBytes && !Number.isNaN(usedBytes[i]) ? [`"usedBytes":${usedBytes[i]}`] : []),
      `"stackEnd":${STACK_ENDS[end as StackEnd]}`,
    ];
    const wait = output.line(`{${fields.join(',')}}`);
    if (wait) await wait;
  }
}

/** Numbers as numbers, those that perf prints in hexadecimal as text. */
function argumentFields(trace: Trace, sample: number): string[] {
  const found = sampleArgumentsOf(trace, sample);
  if (found.length === 0) return [];
  return [`"arguments":{${found.map((argument) => `${JSON.stringify(argument.key)}:${typeof argument.value === 'bigint' && !argument.isHex ? argument.value : JSON.stringify(argumentText(argument))}`).join(',')}}`];
}

/** As they are printed. */
const STACK_ENDS: Readonly<Record<StackEnd, string>> = {
  [StackEnd.Unknown]: 'null', [StackEnd.Root]: '"root"', [StackEnd.Switch]: '"switch"', [StackEnd.EndOfDump]: '"end-of-dump"', [StackEnd.DepthLimit]: '"depth-limit"', [StackEnd.Lost]: '"lost"',
};

function known(number: number): string {
  return number === -1 ? 'null' : String(number);
}

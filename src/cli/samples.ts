/** `morestack samples FILE…`: every sample of every file, one JSON line each, in the order of the files. */
import type {Session, SessionSource} from '../derive/derivation.ts';
import {attributionNames} from '../derive/join/shape.ts';
import {absoluteNs, sampleWeight, text} from '../model/trace.ts';
import {choice, choiceOptions, choiceUsage, type Choice} from './choice.ts';
import {readArguments, type Command} from './command.ts';
import {json} from './json.ts';
import {loadSession} from './load.ts';
import type {Output} from './output.ts';
import {stackPrinter} from './stack-names.ts';

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
  const file = JSON.stringify(source.name);
  const eventNames = Array.from(events.name, (name) => JSON.stringify(text(trace, name) || null));
  const isChosen = chosen.sample(source);
  for (let i = 0; i < rows.length; i++) {
    if (!isChosen(i)) continue;
    const thread = rows.thread[i];
    const timeNs = rows.timeNs[i];
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
      `"goroutine":${goroutine[i] < 0 || !goroutines ? 'null' : goroutines.id[goroutine[i]]}`,
      `"attribution":${JSON.stringify(attributionNames[how[i] as keyof typeof attributionNames & number])}`,
      `"stack":${rows.stack[i] < 0 ? 'null' : `[${stackNames(rows.stack[i]).join(',')}]`}`,
    ];
    const wait = output.line(`{${fields.join(',')}}`);
    if (wait) await wait;
  }
}

function known(number: number): string {
  return number === -1 ? 'null' : String(number);
}

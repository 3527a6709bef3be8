/** Whether one trace begins another: what is left of a source that was cut must be the beginning of what the whole says. */
import {absoluteNs, text, type Trace} from '../model/trace.ts';
import {stackText} from './trace-summary.ts';

/** The first of the `rows` first samples that is not the same in both, as a sentence; null when there is none. */
export function prefixDifference(part: Trace, whole: Trace, rows: number): string | null {
  for (let row = 0; row < rows; row++) {
    const [found, expected] = [sampleText(part, row), sampleText(whole, row)];
    if (found !== expected) return `sample ${row} is\n${found}\nnot\n${expected}`;
  }
  return null;
}

const texts = new WeakMap<Trace, {samples: string[]; stacks: Map<number, string>}>();

/** All that a trace says of a sample. Made once. */
function sampleText(trace: Trace, row: number): string {
  let known = texts.get(trace);
  if (!known) texts.set(trace, (known = {samples: argumentTexts(trace), stacks: new Map()}));
  const {samples, threads, processes} = trace;
  const stack = samples.stack[row];
  if (!known.stacks.has(stack)) known.stacks.set(stack, stackText(trace, stack));
  const thread = samples.thread[row];
  return [
    Number.isNaN(samples.timeNs[row]) ? 'no time' : absoluteNs(trace, samples.timeNs[row]),
    thread < 0 ? 'no thread' : `${processes.pid[threads.process[thread]]}/${threads.tid[thread]}`,
    text(trace, samples.comm[row]),
    samples.cpu[row],
    samples.period[row],
    trace.sampleCount?.[row],
    text(trace, trace.events.name[samples.event[row]]),
    known.stacks.get(stack),
    known.samples[row],
  ].join(' | ');
}

/** The arguments of every sample, `key=value` each. */
function argumentTexts(trace: Trace): string[] {
  const {row, key, bits, kind, text: value, length} = trace.sampleArguments;
  const all = Array.from({length: trace.samples.length}, () => '');
  for (let i = 0; i < length; i++) all[row[i]] += ` ${text(trace, key[i])}=${text(trace, value[i]) ?? bits[i]}/${kind[i]}`;
  return all;
}

/**
 * Every perf.data of the corpus: read to the last byte, counted as is known of it, and the same samples as the text of the same number says.
 */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {memorySource} from '../../src/base/bytes/source.ts';
import {openFile} from '../../src/formats/open.ts';
import {integrity} from '../../src/model/integrity.ts';
import {absoluteNs, text, type Trace} from '../../src/model/trace.ts';
import {corpusFiles, corpusPath, corpusText, describeCorpus} from './corpus.ts';

const FOLDERS = ['perf', 'go-trace/paired', ...['cgo', 'chains', 'clock', 'cpusample', 'go121', 'go123', 'http', 'overflow', 'rec'].map((name) => `stackgrow/${name}`)];

/** Texts that say all that is compared here: thread, time, event, of the recording whose number they bear. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  '01-go-fp': ['01-go-default.txt.gz', '01-go-header.txt.gz', '01-go-period.txt.gz', '01-go-ns-pid.txt.gz'],
  '02-go-stripped-fp': ['02-go-stripped.txt.gz'],
  '03-go-monotonic': ['03-go-monotonic-ns.txt.gz'],
  '04-threads-fp': ['04-threads.txt.gz', '04-threads-pid.txt.gz'],
  '07-cpp-fp': ['07-cpp-fp.txt.gz'],
  '08-nostack': ['08-nostack.txt'],
  '09-tracepoints': ['09-tracepoints.txt', '09-tracepoints-pid.txt'],
  '10-tracepoints-g': ['10-tracepoints-g.txt', '10-tracepoints-g-ns.txt'],
  '14-zstd': ['14-zstd.txt.gz'],
  '15-cgroup-ns': ['15-cgroup-ns.txt.gz'],
  '16-pipe': ['16-pipe.txt.gz'],
  '20-buildid-mmap': ['20-buildid-mmap.txt.gz'],
  '22-aio': ['22-aio.txt.gz'],
  '26-uprobe-plus-cpu': ['26-uprobe-plus-cpu.txt.gz'],
  '27-frames-lost-fp': ['27-frames-lost-fp.txt'],
  '29-uprobe-copystack-nog': ['29-uprobe-copystack.txt'],
  '32-two-clocks-no-g': ['32-two-clocks.txt'],
  '42-go125-fp': ['42-go125-fp.txt.gz'],
};

/** Recordings of tracepoints and probes with a text that prints their fields. */
const TRACEPOINTS = [
  ['perf/09-tracepoints.data', 'perf/text/09-tracepoints.txt'],
  ['perf/10-tracepoints-g.data', 'perf/text/10-tracepoints-g-ns.txt'],
  ['perf/26-uprobe-plus-cpu.data', 'perf/text/26-uprobe-plus-cpu.txt.gz'],
  ['perf/27-frames-lost-fp.data', 'perf/text/27-frames-lost-fp.txt'],
  ['perf/29-uprobe-copystack-nog.data', 'perf/text/29-uprobe-copystack.txt'],
  ...['cgo', 'http', 'rec'].map((name) => [`stackgrow/${name}/tp-mono.perf.data`, `stackgrow/${name}/tp-mono.perf.txt`] as const),
  ...['http', 'rec'].map((name) => [`stackgrow/${name}/execute-mono.perf.data`, `stackgrow/${name}/execute-mono.perf.txt.gz`] as const),
] as const;

interface Expected {
  readonly samples: number;
  readonly by_event: Readonly<Record<string, number>>;
  readonly sum_period: Readonly<Record<string, number>>;
  readonly tids: number;
  readonly first_ns: number;
  readonly last_ns: number;
}

async function traceOf(path: string): Promise<Trace> {
  const opened = await openFile(memorySource(path, readFileSync(corpusPath(path))), {breathe: () => Promise.resolve()});
  if (opened.is !== 'capture') throw new Error(`${path} could not be read`);
  return opened.trace;
}

describeCorpus('perf.data', () => {
  const files = FOLDERS.flatMap((folder) => corpusFiles(folder).filter((name) => name.endsWith('.data')).map((name) => `${folder}/${name}`));
  const expected = Object.entries(JSON.parse(corpusText('perf/expected.json')) as Record<string, Expected>);

  test('there are sixty-nine recordings, and what is known of twenty-five', () => {
    expect(files).toHaveLength(69);
    expect(expected).toHaveLength(25);
  });

  test.each(files)('no byte of %s is left over', async (path) => {
    const trace = await traceOf(path);
    expect(trace.faults.filter(({code}) => code !== 'perf-data/lost' && code !== 'perf-data/end-of-dump')).toEqual([]);
    expect(integrity(trace)).toEqual([]);
    expect(trace.samples.length).toBeGreaterThan(0);
  });

  test.each(expected)('samples, events, periods, threads and times are exact: %s', async (name, known) => {
    const trace = await traceOf(`perf/${name}`);
    const {samples, threads} = trace;
    const counts: Record<string, number> = {};
    const periods: Record<string, number> = {};
    for (let row = 0; row < samples.length; row++) {
      const event = text(trace, trace.events.name[samples.event[row]])!;
      counts[event] = (counts[event] ?? 0) + 1;
      periods[event] = (periods[event] ?? 0) + samples.period[row];
    }
    expect(samples.length).toBe(known.samples);
    expect(counts).toEqual(known.by_event);
    expect(periods).toEqual(known.sum_period);
    expect(new Set(Array.from(samples.thread, (row) => threads.tid[row])).size).toBe(known.tids);
    const times = [samples.timeNs.reduce((least, time) => Math.min(least, time), Infinity), samples.timeNs.reduce((most, time) => Math.max(most, time), -Infinity)];
    expect(times.map((time) => absoluteNs(trace, time))).toEqual([BigInt(known.first_ns), BigInt(known.last_ns)]);
  });

  test.each(Object.entries(TEXTS).flatMap(([data, texts]) => texts.map((name) => [data, name] as const)))('%s holds the samples of %s', async (data, name) => {
    const [raw, printed] = [await traceOf(`perf/${data}.data`), await traceOf(`perf/text/${name}`)];
    expect(samplesOf(raw, printed)).toEqual(samplesOf(printed, printed));
  });

  test.each(TRACEPOINTS)('the fields of tracepoints and probes in %s are those that %s prints, of the same kinds', async (data, name) => {
    const [raw, printed] = [await traceOf(data), await traceOf(name)];
    expect(raw.sampleArguments.length).toBeGreaterThan(0);
    expect(argumentsOf(raw, printed.resolutionNs)).toEqual(argumentsOf(printed, printed.resolutionNs));
  });
});

/**
 * Thread, comm, time, event, period and object files of the chain of every sample, sorted; only what `like` tells of its event, and times
 * as finely as it does. perf's text drops the stacks of probes where it is asked for pids, and has no periods of tracepoints.
 */
function samplesOf(trace: Trace, like: Trace): string[] {
  const {samples, threads, processes} = trace;
  const eventOf = (of: Trace, row: number) => text(of, of.events.name[of.samples.event[row]])!;
  const pid = like.samples.thread.some((thread) => like.processes.pid[like.threads.process[thread]] !== -1);
  const withPeriod = new Set(Array.from(like.samples.period, (value, row) => (Number.isNaN(value) ? '' : eventOf(like, row))));
  const withStack = new Set(Array.from(like.samples.stack, (stack, row) => (stack < 0 ? '' : eventOf(like, row))));
  return Array.from({length: samples.length}, (_, row) => {
    const thread = samples.thread[row];
    const event = eventOf(trace, row);
    return [
      text(trace, samples.comm[row])!.trim(),
      pid ? processes.pid[threads.process[thread]] : '',
      threads.tid[thread],
      absoluteNs(trace, samples.timeNs[row]) / BigInt(like.resolutionNs),
      event,
      withPeriod.has(event) ? samples.period[row] : '',
      withStack.has(event) ? objectFiles(trace, samples.stack[row]) : '',
    ].join(' | ');
  }).toSorted();
}

/** Thread, time, event and arguments of every sample, sorted. */
function argumentsOf(trace: Trace, resolutionNs: number): string[] {
  const {row, key, bits, kind, text: texts, length} = trace.sampleArguments;
  const all = Array.from({length: trace.samples.length}, () => '');
  for (let i = 0; i < length; i++) all[row[i]] += ` ${text(trace, key[i])}=${text(trace, texts[i]) ?? bits[i]} (${kind[i]})`;
  return all.map((of, sample) => `${trace.threads.tid[trace.samples.thread[sample]]} ${absoluteNs(trace, trace.samples.timeNs[sample]) / BigInt(resolutionNs)}${of}`).toSorted();
}

/** Object files of a chain's frames, leaf first, without their folders: what was packed keeps the one in which it was recorded. */
function objectFiles(trace: Trace, stack: number): string {
  const names: string[] = [];
  for (let row = stack; row >= 0; row = trace.stacks.parent[row]) names.push((text(trace, trace.frames.dso[trace.stacks.frame[row]]) ?? '[unknown]').replace(/^.*\//, ''));
  return names.join(' ');
}

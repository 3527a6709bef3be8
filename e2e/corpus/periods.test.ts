/** Each perf text of the corpus against the perf.data of the same number: the same periods of the same events, as often as each. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {memorySource} from '../../src/base/bytes/source.ts';
import {openFile} from '../../src/formats/open.ts';
import {text, type Trace} from '../../src/model/trace.ts';
import {corpusFiles, corpusPath, corpusText, describeCorpus} from './corpus.ts';

/** The end of this text is missing. */
const CUT = 'perf/text/25-uprobe-go-stack.txt.gz';

/** Of tracepoints and probes perf prints none; nor of others, where others were asked for. */
const WITHOUT_PERIODS = new Set([
  ...['01-go-min.txt.gz', '04-threads-only-pid.txt.gz', '09-tracepoints-pid.txt', '09-tracepoints-trace-only.txt', '09-tracepoints.txt', '10-tracepoints-g-ns.txt', '10-tracepoints-g.txt'].map((name) => `perf/text/${name}`),
  ...['27-frames-lost-fp.txt', '28-frames-dwarf.txt', '29-uprobe-copystack.txt'].map((name) => `perf/text/${name}`), 'stackgrow/chains/shrink-go119.perf.txt', 'stackgrow/chains/shrink-go123.perf.txt',
]);

async function traceOf(path: string): Promise<Trace> {
  const opened = await openFile(memorySource(path, readFileSync(corpusPath(path))), {breathe: () => Promise.resolve()});
  if (opened.is !== 'capture') throw new Error(`${path} could not be read`);
  return opened.trace;
}

/** The recording that a text was printed from. */
function recordingOf(path: string): string {
  const number = /^perf\/text\/(\d\d-)/.exec(path)?.[1];
  if (number === undefined) return path.replace(/\.perf(?:\.header)?\.txt(?:\.gz)?$/, '.perf.data');
  return `perf/${corpusFiles('perf').find((name) => name.startsWith(number) && name.endsWith('.data'))}`;
}

describeCorpus('periods', () => {
  const texts = Object.keys(JSON.parse(corpusText('perf/expected-text.json')) as object);

  test.each(texts)('%s', async (path) => {
    const [printed, raw] = [await traceOf(path), await traceOf(recordingOf(path))];
    const [of, known] = [periodsOf(printed, printed), periodsOf(raw, printed)];
    expect(of.size > 0).toBe(!WITHOUT_PERIODS.has(path));
    if (path === CUT) expect([...of].filter(([which, count]) => count > (known.get(which) ?? 0))).toEqual([]);
    else expect(of).toEqual(known);
  });
});

/** How often each event has each period, of events whose periods `like` has; of all where it names no event. */
function periodsOf(trace: Trace, like: Trace): Map<string, number> {
  const {samples} = trace;
  const eventOf = (of: Trace, row: number) => text(of, of.events.name[of.samples.event[row]]) ?? '';
  const events = new Set(Array.from(like.samples.period, (period, row) => (Number.isNaN(period) ? null : eventOf(like, row))));
  const counts = new Map<string, number>();
  for (let row = 0; row < samples.length; row++) {
    const event = events.has('') ? '' : eventOf(trace, row);
    if (!events.has(event)) continue;
    const which = `${event} ${samples.period[row]}`;
    counts.set(which, (counts.get(which) ?? 0) + 1);
  }
  return counts;
}

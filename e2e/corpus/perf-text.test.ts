/** `morestack samples` and `inspect` against what is known of each perf text: samples, events, threads, first and last time. */
import {expect, test} from 'vitest';
import {eachLine, exactJson, morestack} from '../cli/morestack.ts';
import {corpusPath, corpusText, describeCorpus} from './corpus.ts';

interface Expected {
  readonly samples: number;
  /** Absent where the text has no thread numbers. */
  readonly tids?: number;
  readonly byEvent?: Readonly<Record<string, number>>;
  /** Absent where the text has no times, or none of a clock. */
  readonly firstNs?: number;
  readonly lastNs?: number;
}

describeCorpus('perf texts', () => {
  const expected = Object.entries(JSON.parse(corpusText('perf/expected-text.json')) as Record<string, Expected>);

  test('there are eighty texts', () => {
    expect(expected).toHaveLength(80);
  });

  test('no text has a fault worse than odd', async () => {
    const {stdout, stderr, exitCode} = await morestack('inspect', '--json', ...expected.map(([path]) => corpusPath(path)));
    expect(exitCode, stderr).toBe(0);
    const inspections = exactJson(stdout) as {name: string; format: string | null; faults: {code: string; severity: string}[]}[];
    expect(inspections.filter(({format}) => format !== 'perf-script').map(({name}) => name)).toEqual([]);
    expect(inspections.filter(({faults}) => faults.some(({severity}) => severity !== 'odd')).map(({name, faults}) => ({name, faults}))).toEqual([]);
  });

  test.each(expected)('the samples are exact: %s', async (path, {samples, tids, byEvent, firstNs, lastNs}) => {
    const seen = {samples: 0, tids: new Set<unknown>(), byEvent: {} as Record<string, number>, firstNs: Infinity, lastNs: -Infinity};
    const {exitCode, stderr} = await eachLine(['samples', corpusPath(path)], (line) => {
      const {tid, event, timeNs} = JSON.parse(line) as {tid: number | null; event: string | null; timeNs: number | null};
      seen.samples++;
      if (tid !== null) seen.tids.add(tid);
      if (event !== null) seen.byEvent[event] = (seen.byEvent[event] ?? 0) + 1;
      seen.firstNs = Math.min(seen.firstNs, timeNs ?? Infinity);
      seen.lastNs = Math.max(seen.lastNs, timeNs ?? -Infinity);
    });
    expect(exitCode, stderr).toBe(0);
    expect(seen.samples).toBe(samples);
    if (byEvent) expect(seen.byEvent).toEqual(byEvent);
    if (tids !== undefined) expect(seen.tids.size).toBe(tids);
    if (firstNs !== undefined) expect({firstNs: seen.firstNs, lastNs: seen.lastNs}).toEqual({firstNs, lastNs});
  });
});

/** Samples joined to the trace of the same run: growth samples to growths, and root functions to start functions. */
import {expect, test} from 'vitest';
import {fileSource} from '../../src/cli/files.ts';
import type {RecordedSource, Session} from '../../src/derive/derivation.ts';
import {session} from '../../src/derive/session.ts';
import {openFile} from '../../src/formats/open.ts';
import {text} from '../../src/model/trace.ts';
import {eachLine} from '../cli/morestack.ts';
import {corpusPath, describeCorpus} from './corpus.ts';

/** Perf text and trace of one run, perf on CLOCK_MONOTONIC. */
interface Pair {
  readonly text: string;
  readonly trace: string;
}

const withGrowth: readonly Pair[] = [
  {text: 'go-trace/paired/go127-allocfree-mono.perf-script-header.txt.gz', trace: 'go-trace/paired/go127-allocfree-mono.trace'},
  {text: 'stackgrow/go123/rec-allocfree.perf.header.txt.gz', trace: 'stackgrow/go123/rec-allocfree.trace.out'},
];
const withoutGrowth: readonly Pair[] = [
  {text: 'go-trace/paired/go127-mono.perf-script-header.txt.gz', trace: 'go-trace/paired/go127-mono.trace'},
  {text: 'stackgrow/go123/http-fp.perf.header.txt.gz', trace: 'stackgrow/go123/http-fp.trace.out'},
  {text: 'stackgrow/go123/rec-fp.perf.header.txt.gz', trace: 'stackgrow/go123/rec-fp.trace.out'},
  {text: 'stackgrow/go123/cgo-fp.perf.txt.gz', trace: 'stackgrow/go123/cgo-fp.trace.out'},
];

interface Interval {
  readonly startNs: number;
  readonly endNs: number;
}

describeCorpus('samples joined to the trace of their run', () => {
  test('at least 99 % of the copystack samples belong to a goroutine that grows within 100 µs of them on that thread', async () => {
    let [all, near] = [0, 0];
    for (const pair of withGrowth) {
      const files = [corpusPath(pair.text), corpusPath(pair.trace)];
      const changes = new Map<string, Interval[]>();
      await lines(['growth', '--source', 'trace', ...files], ({goroutine, tid, timeNs, durationNs}) => {
        const key = place(goroutine, tid);
        changes.set(key, [...(changes.get(key) ?? []), {startNs: Number(timeNs), endNs: Number(timeNs) + Number(durationNs)}]);
      });
      let [samples, matched] = [0, 0];
      await lines(['samples', ...files], ({file, stack, goroutine, tid, timeNs, attribution}) => {
        if (file !== corpusPath(pair.text) || attribution === 'outside-trace' || !(stack as string[] | null)?.includes('runtime.copystack')) return;
        samples++;
        const intervals = changes.get(place(goroutine, tid)) ?? [];
        if (intervals.some(({startNs, endNs}) => Number(timeNs) >= startNs - 100_000 && Number(timeNs) <= endNs + 100_000)) matched++;
      });
      process.stdout.write(`${pair.trace}: ${matched} of ${samples} copystack samples lie at a growth of their goroutine\n`);
      all += samples;
      near += matched;
    }
    expect(all).toBeGreaterThan(0);
    expect(near / all).toBeGreaterThanOrEqual(0.99);
  });

  test.each(withoutGrowth)('call chains begin in the start function of their goroutine, and no longer when the clocks are apart: $trace', async ({text: perfText, trace}) => {
    const sources = [await source(0, perfText), await source(1, trace)];
    const sessions = [0n, 40_000_000n, -25_000_000n].map((offsetNs) => session(sources, new Map([[0, {how: 'by-hand', offsetNs}]])));
    const [right, ...wrong] = sessions.map(roots);
    process.stdout.write(`${trace}: ${right.matching} of ${right.whole} whole chains begin in the start function (${percent(right)}; with wrong clocks ${wrong.map(percent).join(', ')}), of ${right.all} samples with a goroutine\n`);
    expect(right.whole).toBeGreaterThan(200);
    expect(right.matching / right.whole).toBeGreaterThanOrEqual(0.97);
    for (const {matching, whole} of wrong) expect(matching / whole).toBeLessThan(0.8);
    // The product's own judgement, which the user is shown: it warns below 0.7.
    const fit = sessions[0].fit(sessions[0].openSource(0))!;
    expect(fit.matching / fit.compared).toBeGreaterThanOrEqual(0.84);
  });

  test('of all samples that have a goroutine, 84 % begin in its start function: a server and a program of many goroutines', async () => {
    let [all, matching] = [0, 0];
    for (const {text: perfText, trace} of withoutGrowth.slice(0, 2)) {
      const joined = session([await source(0, perfText), await source(1, trace)], new Map());
      expect(joined.axis.alignments.get(0)).toEqual({how: 'same-clock', clock: 'monotonic'});
      const of = roots(joined);
      all += of.all;
      matching += of.matching;
    }
    expect(matching / all).toBeGreaterThanOrEqual(0.84);
  });
});

/**
 * How many samples' call chains begin in the start function of the goroutine that they are said to belong to. Chains that are known
 * not to reach it (cut at 127 frames, ended by a stack switch) are no evidence; compiler wrappers, which a trace leaves out, may lie
 * between, so that the first of the three outermost functions counts that the trace knows as a start function.
 */
function roots(joined: Session): {all: number; whole: number; matching: number} {
  const [{trace}, to] = joined.sources;
  const {samples, stacks, frames} = trace;
  const {goroutine} = joined.attribution(joined.sources[0]);
  const starts = Array.from(to.trace.goroutines.startFunction, (name) => text(to.trace, name));
  const known = new Set(starts);
  const count = {all: 0, whole: 0, matching: 0};
  for (let i = 0; i < samples.length; i++) {
    const start = goroutine[i] < 0 ? null : starts[goroutine[i]];
    if (start === null || samples.stack[i] < 0) continue;
    const path: string[] = [];
    for (let at = samples.stack[i]; at >= 0; at = stacks.parent[at]) path.push((text(trace, frames.name[stacks.frame[at]]) ?? '').replace(/\.abi0$/, ''));
    const outermost = path.reverse().slice(0, 4);
    count.all++;
    if (outermost.shift() !== 'runtime.goexit') continue;
    count.whole++;
    if (outermost.find((name) => known.has(name)) === start) count.matching++;
  }
  return count;
}

async function source(id: number, path: string): Promise<RecordedSource> {
  const opened = await openFile(fileSource(corpusPath(path)), {breathe: () => Promise.resolve()});
  if (opened.is !== 'capture') throw new Error(`${path} could not be read`);
  return {id, name: path, trace: opened.trace};
}

async function lines(args: readonly string[], onLine: (line: Record<string, unknown>) => void): Promise<void> {
  const {exitCode, stderr} = await eachLine(args, (line) => onLine(JSON.parse(line) as Record<string, unknown>));
  expect(exitCode, stderr).toBe(0);
}

function place(goroutine: unknown, tid: unknown): string {
  return JSON.stringify([goroutine, tid]);
}

function percent({matching, whole}: {matching: number; whole: number}): string {
  return `${((100 * matching) / whole).toFixed(1)} %`;
}

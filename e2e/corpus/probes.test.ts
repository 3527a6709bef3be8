/** Recordings with probes on the runtime: a growth or shrink for each call of copystack that perf printed, with what its line says. */
import {expect, test} from 'vitest';
import {eachLine} from '../cli/morestack.ts';
import {corpusPath, corpusText, describeCorpus} from './corpus.ts';

interface ProbeLine {
  readonly timeNs: number;
  readonly kind: string | null;
  readonly tid: number;
  readonly goroutine: number | null;
  readonly oldBytes: number | null;
  readonly newBytes: number;
  readonly usedBytes: number | null;
}

const recordings = [
  'perf/text/29-uprobe-copystack.txt', 'perf/text/26-uprobe-plus-cpu.txt.gz',
  'stackgrow/rec/uregs-uprobe-mono.perf.txt.gz', 'stackgrow/http/uregs-uprobe-mono.perf.txt.gz', 'stackgrow/rec/uprobe-fp-mono.perf.txt.gz', 'stackgrow/rec/sp-exact-mono.perf.txt.gz',
  'stackgrow/overflow/small-uprobe.perf.txt', 'stackgrow/go123/rec-allocfree-uprobe.perf.txt',
];

describeCorpus('probes', () => {
  test.each(recordings)('growths and shrinks equal the probe’s lines one by one: %s', async (path) => {
    const found: ProbeLine[] = [];
    const {exitCode, stderr} = await eachLine(['growth', '--source', 'probe', corpusPath(path)], (line) => found.push(JSON.parse(line) as ProbeLine));
    expect([0, 1], stderr).toContain(exitCode);
    const expected = linesOf(corpusText(path));
    expect(expected.length).toBeGreaterThan(9);
    const changes = found.filter(({kind}) => kind !== 'preemption');
    expect(changes.map(({timeNs, tid, goroutine, oldBytes, newBytes, usedBytes}) => ({timeNs, tid, goroutine, oldBytes, newBytes, usedBytes}))).toEqual(expected);
    for (const {kind, oldBytes, newBytes} of changes) if (oldBytes !== null) expect(kind).toBe(newBytes < oldBytes ? 'shrink' : 'growth');
    process.stdout.write(`${path}: ${changes.length} changes, of which ${changes.filter(({kind}) => kind === null).length} may be either\n`);
  });
});

describeCorpus('registers', () => {
  test.each(['stackgrow/rec/uregs-uprobe-mono', 'stackgrow/http/uregs-uprobe-mono', 'stackgrow/rec/sp-exact-mono'])('a sample’s goroutine by its registers is the one that the Go trace of the same run has there: %s', async (recording) => {
    const alone = await samplesOf(`${recording}.perf.txt.gz`);
    const joined = (await samplesOf(`${recording}.perf.txt.gz`, `${recording}.trace.out`)).filter(({file}) => file.endsWith('.txt.gz'));
    expect(joined).toHaveLength(alone.length);
    const isOfCpu = alone.map(({event, goroutine}) => event.startsWith('cpu-clock') && goroutine !== null);
    const same = alone.filter(({goroutine}, i) => isOfCpu[i] && goroutine === joined[i].goroutine).length;
    const all = isOfCpu.filter(Boolean).length;
    process.stdout.write(`${recording}: ${same} of ${all} samples are of the goroutine that the trace says; bytes in use are known of ${alone.filter(({usedBytes}) => usedBytes !== undefined).length}\n`);
    expect(all).toBeGreaterThan(15);
    expect(same / all).toBeGreaterThan(0.98);
  });
});

interface SampleLine {
  readonly file: string;
  readonly event: string;
  readonly goroutine: number | null;
  readonly usedBytes?: number;
}

async function samplesOf(...paths: readonly string[]): Promise<SampleLine[]> {
  const lines: SampleLine[] = [];
  const {stderr} = await eachLine(['samples', ...paths.map(corpusPath)], (line) => lines.push(JSON.parse(line) as SampleLine));
  expect(lines.length, stderr).toBeGreaterThan(0);
  return lines;
}

/** What each line of a probe on copystack says, read by other code than the product's. */
function linesOf(text: string): Omit<ProbeLine, 'kind'>[] {
  return [...text.matchAll(/^ *\S+ +(?:\d+\/)?(\d+) \[\d+\] +(\d+)\.(\d+): +\S+:(?:copystack|gocopy): \(\w+\)(.*)$/gm)].map(([, tid, seconds, fraction, rest]) => {
    const number = (key: string) => {
      const value = new RegExp(` ${key}=(\\w+)`).exec(rest)?.[1];
      return value === undefined ? null : Number(value);
    };
    const [lo, hi, sp] = [number('lo'), number('hi'), number('gsp')];
    return {
      timeNs: Number(seconds) * 1e9 + Number(fraction.padEnd(9, '0')), tid: Number(tid), goroutine: number('goid'),
      oldBytes: lo === null || hi === null ? null : hi - lo, newBytes: number('newsize')!, usedBytes: hi === null || sp === null ? null : hi - sp,
    };
  });
}

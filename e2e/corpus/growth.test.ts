/** Growth in traces against kernel probes on runtime.copystack of the same run, and against itself: each step begins where the last one ended. */
import {expect, test} from 'vitest';
import {eachLine, exactJson, morestack, type Change} from '../cli/morestack.ts';
import {corpusFiles, corpusPath, corpusText, describeCorpus} from './corpus.ts';

async function changesOf(trace: string): Promise<Change[]> {
  const changes: Change[] = [];
  const {exitCode, stderr} = await eachLine(['growth', '--source', 'trace', corpusPath(trace)], (line) => changes.push(JSON.parse(line) as Change));
  expect(exitCode, stderr).toBe(0);
  return changes;
}

describeCorpus('growth', () => {
  const recording = 'stackgrow/go123/rec-allocfree-uprobe';

  test('at least 99 % of the copystack probes within the trace are a change of that goroutine to that size within 200 µs, one to one', async () => {
    const trace = `${recording}.trace.out`;
    const [{startNs, endNs}] = exactJson((await morestack('inspect', '--json', corpusPath(trace))).stdout) as {startNs: number; endNs: number}[];
    const probes = probesIn(corpusText(`${recording}.perf.txt`)).filter(({timeNs}) => timeNs >= startNs && timeNs <= endNs);
    const free = new Set(await changesOf(trace));
    let matched = 0;
    for (const probe of probes) {
      const candidates = [...free].filter((change) => change.goroutine === probe.goroutine && change.newBytes === probe.newBytes && Math.abs(change.timeNs - probe.timeNs) <= 200_000);
      if (candidates.length === 0) continue;
      const nearest = candidates.reduce((a, b) => (Math.abs(b.timeNs - probe.timeNs) < Math.abs(a.timeNs - probe.timeNs) ? b : a));
      free.delete(nearest);
      matched++;
    }
    process.stdout.write(`copystack probes: ${matched} of ${probes.length} are a change in the trace\n`);
    expect(probes.length).toBeGreaterThan(700);
    expect(matched / probes.length).toBeGreaterThanOrEqual(0.99);
  });

  const ladders = ['go-trace', 'go-trace/small', 'go-trace/paired', 'stackgrow/go123']
    .flatMap((folder) => corpusFiles(folder).filter((name) => /allocfree.*\.trace(?:\.out)?$/.test(name)).map((name) => `${folder}/${name}`));

  test('ladders of eight traces are looked at', () => {
    expect(ladders.length).toBeGreaterThanOrEqual(8);
  });

  test.each(ladders)('a step begins at the size that its goroutine last had: %s', async (trace) => {
    const changes = await changesOf(trace);
    const sizes = new Map<number, number>();
    let steps = 0;
    let broken = 0;
    for (const {goroutine, oldBytes, newBytes} of changes) {
      const known = sizes.get(goroutine);
      if (known !== undefined) steps++;
      if (known !== undefined && known !== oldBytes) broken++;
      sizes.set(goroutine, newBytes);
    }
    process.stdout.write(`${trace}: ${broken} of ${steps} steps begin at another size (${changes.length} changes)\n`);
    expect(steps).toBeGreaterThan(0);
    expect(broken / steps).toBeLessThanOrEqual(0.003);
  });
});

/** The kernel's account: lines of a probe that prints goroutine and new size. Read here by other code than the product's. */
function probesIn(text: string): {timeNs: number; goroutine: number; newBytes: number}[] {
  return [...text.matchAll(/^.* (\d+)\.(\d{9}): +\S+:copystack: .*newsize=(\d+) .*goid=(\d+)/gm)].map(([, seconds, nanoseconds, newBytes, goroutine]) => ({
    timeNs: Number(seconds) * 1e9 + Number(nanoseconds),
    goroutine: Number(goroutine),
    newBytes: Number(newBytes),
  }));
}

/** The service that benches and pictures are made of: what was made is what is read, and its trace is one that Go could have written. */
import {expect, test} from 'vitest';
import {writeFoldedTree} from '../../bench/folded-tree.mjs';
import {writeGoService} from '../../bench/go-service.mjs';
import {exactJson, jsonLines, morestack, temporaryFile} from './morestack.ts';

const SIZE = {events: 60_000, goroutines: 400, samples: 12_000};

function madeService(seed: number) {
  const tracePath = temporaryFile('trace.out', '');
  const perfPath = temporaryFile('perf.txt', '');
  return {tracePath, perfPath, counts: writeGoService({tracePath, perfPath, ...SIZE, seed})};
}

test.each([1, 2, 3])('goroutines, growths, shrinks and samples are read as many as were made, without a fault: seed %i', async (seed) => {
  const {tracePath, perfPath, counts} = madeService(seed);
  const [trace, perf] = exactJson((await morestack('inspect', '--json', tracePath, perfPath)).stdout) as Record<string, unknown>[];
  expect(trace).toMatchObject({format: 'go-trace', clock: 'monotonic', goroutines: counts.goroutines, growths: counts.growths, shrinks: counts.shrinks, faults: []});
  expect(perf).toMatchObject({clock: 'monotonic', processes: 2, samples: {'cpu-clock:ppp': counts.samples}, faults: []});
  expect(counts.goroutines).toBe(SIZE.goroutines);
  expect(counts.shrinks).toBeGreaterThan(0);
  expect(Math.abs(counts.samples! / SIZE.samples - 1)).toBeLessThan(0.3);
});

test('the strict decoder takes every event, in an order that Go could have gone through', async () => {
  const {tracePath, counts} = madeService(1);
  const {exitCode, stdout, stderr} = await morestack('events', tracePath);
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.includes(' Sync '));
  expect(lines).toHaveLength(counts.events);
});

test('every sample of the service is attributed, and those of growth lie in a growth', async () => {
  const {tracePath, perfPath, counts} = madeService(1);
  const samples = jsonLines((await morestack('samples', perfPath, tracePath)).stdout);
  const by = (attribution: string) => samples.filter((sample) => sample['attribution'] === attribution).length;
  expect(by('goroutine') + by('scheduler')).toBe(counts.samples! - counts.otherSamples!);
  expect(by('thread-not-in-trace')).toBe(counts.otherSamples);
  const lines = jsonLines((await morestack('growth', perfPath, tracePath)).stdout);
  expect(lines.filter(({source, kind}) => source === 'sample' && kind === 'growth')).toHaveLength(counts.growthSamples!);
  expect(counts.growthSamples).toBeGreaterThan(0);
  expect(lines.some(({source, stackFrom}) => source === 'trace' && stackFrom === 'sample')).toBe(true);
});

test('the same seed makes the same counts, another one others', () => {
  expect(madeService(4).counts).toEqual(madeService(4).counts);
  expect(madeService(5).counts).not.toEqual(madeService(4).counts);
});

test('a folded tree has as many nodes as were asked for', async () => {
  const path = temporaryFile('tree.folded', '');
  const {nodes, lines} = writeFoldedTree(path, {nodes: 5000});
  const {stdout} = await morestack('fold', path);
  const prefixes = new Set<string>();
  for (const line of stdout.trim().split('\n')) {
    const names = line.slice(0, line.lastIndexOf(' ')).split(';');
    for (let depth = 1; depth <= names.length; depth++) prefixes.add(names.slice(0, depth).join(';'));
  }
  expect(prefixes.size).toBe(nodes);
  expect(stdout.trim().split('\n').length).toBeLessThanOrEqual(lines);
});

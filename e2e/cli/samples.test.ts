/** `morestack samples` and `inspect`: every field of every sample, exact times, null for what the input lacks. */
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {monotonicHeader, perfText, seconds} from './captures.ts';
import {exactJson, jsonLines, morestack, temporaryFile} from './morestack.ts';

const app = '(/srv/app/app)';

test('a sample is one line with every field, its stack from the root to the leaf without offsets', async () => {
  const file = temporaryFile('perf.txt', 'my app 41/42 [003] 5.000000001: 250 cpu-clock:ppp: \n\t          401000 main.leaf+0x1f (/srv/app/app)\n\t          402000 main.main+0x1 (/srv/app/app)\n\n');
  const {stdout, exitCode} = await morestack('samples', file);
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout)).toEqual([{
    file, timeNs: 5_000_000_001, pid: 41, tid: 42, cpu: 3, comm: 'my app', event: 'cpu-clock:ppp', weight: 250, period: 250,
    goroutine: null, attribution: null, stack: ['main.main', 'main.leaf'], stackEnd: 'lost',
  }]);
});

test('what the text lacks is null: pid, cpu, period, stack', async () => {
  const {stdout} = await morestack('samples', temporaryFile('perf.txt', 'app 42 5.000001: cpu-clock: \n\napp 42 5.000002: cpu-clock: \n\n'));
  expect(jsonLines(stdout)[0]).toMatchObject({timeNs: 5_000_001_000, pid: null, tid: 42, cpu: null, period: null, weight: 1, stack: null});
});

test('a frame without a symbol is [unknown], and no frame is made up above or below', async () => {
  const {stdout} = await morestack('samples', temporaryFile('perf.txt', perfText([{frames: ['[unknown] (/usr/lib/libc.so.6)', `runtime.morestack.abi0+0x1 ${app}`]}])));
  expect(jsonLines(stdout)[0]['stack']).toEqual(['runtime.morestack.abi0', '[unknown]']);
});

test('a sample says why its chain ends where it does, and which of its calls were inlined', async () => {
  const end = async (...frames: string[]) => jsonLines((await morestack('samples', temporaryFile('perf.txt', perfText([{frames}])))).stdout)[0];
  expect(await end(`main.f+0x1 ${app}`, `runtime.goexit.abi0+0x1 ${app}`)).toMatchObject({stackEnd: 'root'});
  expect(await end(`main.f+0x1 ${app}`, `runtime.goexit.abi0+0x1 ${app}`)).not.toHaveProperty('inlined');
  expect(await end(`runtime.newstack+0x1 ${app}`, `runtime.morestack.abi0+0x1 ${app}`)).toMatchObject({stackEnd: 'switch'});
  expect(await end(...Array.from({length: 127}, (_, i) => `main.f${i % 2}+0x1 ${app}`))).toMatchObject({stackEnd: 'depth-limit'});
  expect(await end(`main.f+0x1 ${app}`, `[unknown] ${app}`)).toMatchObject({stackEnd: null});
  expect(await end(`main.h (inlined)`, `main.g (inlined)`, `main.f+0x1 ${app}`, `runtime.goexit.abi0+0x1 ${app}`)).toMatchObject({stack: ['runtime.goexit.abi0', 'main.f', 'main.g', 'main.h'], inlined: [2, 3], stackEnd: 'root'});
});

test('samples come in the order of the file, files in the order of the arguments', async () => {
  const first = temporaryFile('first.txt', perfText([{time: '9.000000000'}, {time: '8.000000000'}]));
  const second = temporaryFile('second.txt', perfText([{time: '1.000000000'}]));
  const {stdout} = await morestack('samples', first, second);
  expect(jsonLines(stdout).map(({file, timeNs}) => [file, timeNs])).toEqual([[first, 9e9], [first, 8e9], [second, 1e9]]);
});

test('times beyond 2^53 are printed exactly, as JSON numbers', async () => {
  const times = [9_007_199_254_740_993n, 9_007_199_254_740_995n, 9_123_456_789_012_345_677n];
  const file = temporaryFile('perf.txt', monotonicHeader + perfText(times.slice(0, 2).map((timeNs) => ({time: seconds(timeNs)}))));
  const far = temporaryFile('far.txt', perfText([{time: seconds(times[2])}]));
  const {stdout} = await morestack('samples', file, far);
  expect(stdout.split('\n').filter(Boolean).map((line) => /"timeNs":(\d+),/.exec(line)?.[1])).toEqual(times.map(String));
  const inspected = await morestack('inspect', '--json', file);
  expect(exactJson(inspected.stdout)).toMatchObject([{clock: 'monotonic', startNs: times[0], endNs: times[1]}]);
});

test('inspect counts samples by event and threads, and names the clock', async () => {
  const file = temporaryFile('perf.txt', perfText([{tid: 1, event: 'cpu-clock'}, {tid: 2, event: 'page-faults'}, {tid: 2, event: 'cpu-clock'}].map((sample) => ({...sample, frames: [`main.f+0x1 ${app}`]}))));
  const {stdout, exitCode} = await morestack('inspect', '--json', file);
  expect(exitCode).toBe(0);
  expect(exactJson(stdout)).toMatchObject([{
    name: file, format: 'perf-script', clock: 'not-stated', threads: 2, goroutines: null, samples: {'cpu-clock': 2, 'page-faults': 1}, growths: null, shrinks: null, faults: [],
  }]);
});

test('a line that is not understood is a fault with its line, and the samples around it are kept', async () => {
  const whole = perfText([{frames: [`main.f+0x1 ${app}`]}, {frames: [`main.f+0x1 ${app}`]}]);
  const file = temporaryFile('perf.txt', whole.replace('\n\n', '\n\nnot of this format at all\n\n'));
  const [inspection] = exactJson((await morestack('inspect', '--json', file)).stdout) as {samples: unknown; faults: {severity: string; first: {line: number}}[]}[];
  expect(inspection.samples).toEqual({'cpu-clock': 2});
  expect(inspection.faults).toHaveLength(1);
  expect(inspection.faults[0]).toMatchObject({severity: 'skipped', first: {line: 4}});
});


test('gzip is opened, and counts as what lies inside', async () => {
  const file = temporaryFile('perf.txt.gz', gzipSync(perfText([{}])));
  expect(jsonLines((await morestack('samples', file)).stdout)).toHaveLength(1);
});

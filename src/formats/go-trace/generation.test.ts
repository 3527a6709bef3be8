/** The tables of a generation: what is read of them, what is wrong with them and where, and where the bytes of a batch belong. */
import {describe, expect, test} from 'vitest';
import {streamOf} from '../../testing/bytes.ts';
import {varintBytes, wireBytes} from '../../testing/go-trace-wire.ts';
import {BatchReader} from './batches.ts';
import {Generation} from './generation.ts';

/** The one generation of a file, closed at its end. */
async function generationOf(text: string, version = 22): Promise<Generation> {
  const reader = new BatchReader(streamOf(wireBytes(`trace go 1.${version}\n${text}`)));
  await reader.header();
  let generation: Generation | null = null;
  for (let read = await reader.next(); read.kind !== 'end'; read = await reader.next()) {
    if (!('data' in read)) throw new Error(read.kind);
    (generation ??= new Generation(read, version)).add(read);
  }
  generation!.close(reader.byte);
  return generation!;
}

const FREQUENCY = 'batch gen=1 m=none time=5\nFrequency freq=15625000';
const problems = ({problems: all}: Generation) => all.map(({code, message, byte}) => `${code} at ${byte}: ${message}`);
const bytesOf = (numbers: readonly number[]) => `bytes ${numbers.map((byte) => byte.toString(16)).join(' ')}`;

test('strings are the bytes as they stand, by their numbers, and number 0 is the empty one', async () => {
  const generation = await generationOf(`${FREQUENCY}\nbatch gen=1 m=none time=0\nStrings\nString id=7 "größer"\n${bytesOf([5, 8, 2, 0xff, 0xfe])}\nString id=9 ""`);
  expect([...generation.strings].map(([id, bytes]) => [id, [...bytes]])).toEqual([[0, []], [7, [...new TextEncoder().encode('größer')]], [8, [0xff, 0xfe]], [9, []]]);
  expect(generation.problems).toEqual([]);
});

test('stacks are numbers of strings and lines, leaf first', async () => {
  const generation = await generationOf(`${FREQUENCY}\nbatch gen=1 m=none time=0\nStacks\nStack id=3\nframe pc=0xffffffffff func=1 file=2 line=10\nframe pc=2 func=3 file=2 line=20\nStack id=4
    batch gen=1 m=none time=0\nStrings\nString id=1 "a"\nString id=2 "b"\nString id=3 "c"`);
  expect([...generation.stacks]).toEqual([[3, {functions: [1, 3], files: [2, 2], lines: [10, 20]}], [4, {functions: [], files: [], lines: []}]]);
  expect(generation.problems).toEqual([]);
});

test('a CPU sample of goroutine 0 is of none', async () => {
  const generation = await generationOf(`${FREQUENCY}\nbatch gen=1 m=none time=0\nCPUSamples\nCPUSample time=9 m=4 p=1 g=6 stack=2\nCPUSample time=8 m=4 p=none g=0 stack=0`);
  expect(generation.cpuSamples).toEqual([{ticks: 9, m: 4, p: 1, g: 6, stack: 2}, {ticks: 8, m: 4, p: -1, g: -1, stack: 0}]);
});

test('batches of one thread stay in the order of the file, threads in the order of their first', async () => {
  const batch = (m: number, time: number) => `batch gen=1 m=${m} time=${time}\nProcStop dt=1`;
  const generation = await generationOf([FREQUENCY, batch(9, 30), batch(2, 10), batch(9, 20)].join('\n'));
  expect([...generation.batches].map(([m, batches]) => [m, batches.map(({time}) => time)])).toEqual([[9, [30, 20]], [2, [10]]]);
  expect(generation.minTicks).toBe(5);
});

test('batches of an experiment are counted, not read', async () => {
  const generation = await generationOf(`${FREQUENCY}\nexperiment 1 gen=1 m=none time=9\nbytes 1 2 3\nexperiment 1 gen=1 m=none time=9\nbytes 6`);
  expect([generation.experimentBytes, generation.batches.size, generation.isEmpty]).toEqual([4, 0, true]);
});

describe('the clock', () => {
  test('before Go 1.25 the frequency has a batch of its own', async () => {
    const generation = await generationOf('batch gen=1 m=none time=7\nFrequency freq=1000000000');
    expect([generation.nsPerTick, generation.clockReading, problems(generation)]).toEqual([1, null, []]);
  });

  test('since Go 1.25 one batch holds the frequency and a reading of three clocks, in ticks after its time', async () => {
    const generation = await generationOf('batch gen=1 m=none time=100\nSync\nFrequency freq=15625000\nClockSnapshot dt=5 mono=18446744073709551615 sec=1740755049 nsec=123', 25);
    expect(generation.nsPerTick).toBe(64);
    expect(generation.clockReading).toEqual({ticks: 105, monotonicNs: (1n << 64n) - 1n, wallNs: 1_740_755_049_000_000_123n});
    expect(generation.problems).toEqual([]);
  });

  test('a frequency that is missing is told, and the usual one taken', async () => {
    const generation = await generationOf('batch gen=1 m=1 time=7\nProcStop dt=1');
    expect(generation.nsPerTick).toBe(64);
    expect(problems(generation)).toEqual(['go-trace/frequency at 32: Generation 1 does not state the frequency of its clock; 15625000 ticks a second are assumed']);
  });

  test.each([
    ['batch gen=1 m=none time=1\nFrequency freq=0', 22, 'No usable frequency in the sync batch of generation 1'],
    [`${FREQUENCY}\n${FREQUENCY}`, 22, 'A second frequency in the sync batch of generation 1'],
    ['batch gen=1 m=none time=1\nSync\nFrequency freq=5\nProcStop dt=1', 25, 'Unknown event 11 in the sync batch of generation 1'],
    ['batch gen=1 m=none time=1\nSync\nFrequency freq=5\nbytes 33 1 1', 25, 'A clock snapshot that breaks off in the sync batch of generation 1'],
    ['batch gen=1 m=none time=1\nSync\nFrequency freq=5', 25, 'Generation 1 has no clock snapshot'],
  ])('%j is told', async (text, version, message) => {
    expect((await generationOf(text, version)).problems.map((problem) => problem.message)).toContain(message);
  });
});

describe('a table that is not as it should be', () => {
  const table = (kind: string, rows: string) => generationOf(`${FREQUENCY}\nbatch gen=1 m=none time=0\n${kind}\n${rows}`);
  const good = 'String id=1 "a"';

  test.each([
    ['Strings', `${good}\nStack id=9`, 'Expected a string'],
    ['Strings', `${good}\nbytes 5 2`, 'A string breaks off'],
    ['Strings', `${good}\nbytes 5 2 9 41`, 'A string breaks off'],
    ['Strings', `${good}\n${bytesOf([5, 2, ...varintBytes(1025n)])}`, 'A string of 1025 bytes, of at most 1024'],
    ['Strings', `${good}\n${bytesOf([5, 2, ...varintBytes((1n << 64n) - 1n)])}`, 'A string of -1 bytes, of at most 1024'],
    ['Strings', `${good}\nString id=1 "b"`, 'Two strings of number 1'],
    ['Stacks', 'String id=1 "a"', 'Expected a stack'],
    ['Stacks', 'Stack id=1\nStack id=1', 'Two stacks of number 1'],
    ['Stacks', 'bytes 3 1 1 4 4', 'A stack breaks off'],
    ['Stacks', `${bytesOf([3, 1, ...varintBytes(129n)])}`, 'A stack of 129 frames, of at most 128'],
    ['CPUSamples', 'Stacks', 'Expected a CPU sample'],
    ['CPUSamples', 'bytes 7 1 1', 'A CPU sample breaks off'],
  ])('%s: %j', async (kind, rows, message) => {
    const generation = await table(kind, rows);
    expect(generation.problems.map((problem) => [problem.code, problem.message])).toEqual([['go-trace/table', `${message}; the rest of this table is left out`]]);
  });

  test('is told at the byte of the first bad row, and the rows before it are kept', async () => {
    const generation = await table('Strings', `${good}\nString id=1 "again"\nString id=3 "lost"`);
    expect([...generation.strings.keys()]).toEqual([0, 1]);
    expect(generation.problems[0].byte).toBe(wireBytes(`trace go 1.22\n${FREQUENCY}\nbatch gen=1 m=none time=0\nStrings\n${good}`).length);
  });

  test('a string that a stack names but nothing holds is told once a generation', async () => {
    const generation = await generationOf(`${FREQUENCY}\nbatch gen=1 m=none time=0\nStacks\nStack id=1\nframe pc=1 func=8 file=9 line=1\nStack id=2\nframe pc=1 func=8 file=9 line=1`);
    expect(generation.problems.map(({code, message}) => `${code}: ${message}`)).toEqual(['go-trace/tables-missing: Stack 1 of generation 1 names string 8, which the generation does not hold']);
  });
});

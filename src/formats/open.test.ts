/** From a file to a trace: what the caller hears on the way, and what becomes of damage. */
import {expect, test} from 'vitest';
import {memorySource} from '../base/bytes/source.ts';
import {integrity} from '../model/integrity.ts';
import {text, type Trace} from '../model/trace.ts';
import {bytesOf, gzipped, opened} from '../testing/bytes.ts';
import {openFile, type OpenWatch} from './open.ts';

const record = 'app 7/7 [000] 5.000001: 1 cycles: \n\t          401000 main.run+0x10 (/srv/app/app)\n\n';
const patient: OpenWatch = {breathe: () => Promise.resolve()};

test('the bytes read are told as stored, and all of them in the end', async () => {
  const packed = await gzipped(record.repeat(500));
  const told: number[] = [];
  await openFile(memorySource('a', packed, 100), {...patient, onBytes: (bytes) => told.push(bytes)});
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(packed.length);
});

test('a snapshot on the way is a sound trace that the rest does not change', async () => {
  const snapshots: {trace: Trace; samples: number}[] = [];
  const recorded = record.repeat(40_000);
  const whole = await openFile(memorySource('a', bytesOf(recorded)), {
    ...patient,
    onPartial: (snapshot) => {
      const partial = snapshot();
      snapshots.push({trace: partial, samples: partial.samples.length});
    },
  });
  expect(whole.is === 'capture' && whole.trace.samples.length).toBe(40_000);
  expect(snapshots.length).toBeGreaterThan(1);
  expect(snapshots[0].samples).toBeLessThan(40_000);
  for (const {trace: partial, samples} of snapshots) {
    expect(partial.samples.length).toBe(samples);
    expect(integrity(partial)).toEqual([]);
  }
});

test('who refuses to wait any longer stops the work', async () => {
  const cancelled = new Error('cancelled');
  await expect(openFile(memorySource('a', bytesOf(record)), {breathe: () => Promise.reject(cancelled)})).rejects.toBe(cancelled);
});

test('a read that fails is passed on, and is no fault of the file', async () => {
  const source = {name: 'a', sizeBytes: null, open: () => ({read: () => Promise.reject(new Error('the disk is gone'))})};
  await expect(openFile(source, patient)).rejects.toThrow('the disk is gone');
});

test('a damaged container is a fault of the trace, which holds all before the damage', async () => {
  const recorded = Array.from({length: 3000}, (_, i) => record.replace('5.000001', `5.${String(i * 37 % 1_000_000).padStart(6, '0')}`)).join('');
  const packed = await gzipped(recorded);
  const {trace, faults} = await opened(packed.subarray(0, packed.length >> 1));
  expect(trace!.samples.length).toBeGreaterThan(500);
  expect(faults[0]).toMatchObject({code: 'gzip/damaged', severity: 'fatal', count: 1});
  expect(integrity(trace!)).toEqual([]);
});

test('a file that is of no format gives no trace, and a fault that says why', async () => {
  expect(await opened('hello')).toMatchObject({trace: null, faults: [{code: 'input/unknown', severity: 'fatal'}]});
});

const kallsyms = 'ffffffff81000000 T _text\nffffffff81000040 t do_one\n';

test('a file of symbols gives these, from a file, a stream, and unpacked', async () => {
  const packed = await gzipped(kallsyms);
  const plain = memorySource('kallsyms', bytesOf(kallsyms), 7);
  for (const source of [plain, {name: 'kallsyms', sizeBytes: null, open: () => plain.open()}, memorySource('kallsyms.gz', packed, 7), {name: 'kallsyms.gz', sizeBytes: null, open: () => memorySource('', packed, 7).open()}]) {
    expect(await openFile(source, patient)).toMatchObject({is: 'symbols', symbols: {kind: 'kallsyms', functions: {length: 2}}});
  }
});

test('a file of symbols that names nothing says why', async () => {
  expect(await openFile(memorySource('kallsyms', bytesOf('0000000000000000 T _text\n')), patient)).toMatchObject({is: 'unreadable', faults: [{code: 'symbols/hidden'}]});
});

test('names that perf printed as compilers mangle them are those that it prints else, and functions that then are one are one', async () => {
  const recording = (names: readonly string[]) => [0, 1, 2, 3, 3].map((leaf, i) =>
    `app 7/7 [000] 5.00000${i}: 1 cycles: \n\t          401000 ${names[leaf]}+0x10 (/srv/app/app)\n\t          402000 ${names[4]}+0x4 (/srv/app/app)\n\n`).join('');
  const mangled = await opened(recording(['_ZNK2ns3BoxIlLi3EEpmEi', '_ZNK2ns3BoxIlLi3EEpmEi.cold', '_RNvMs_C1rNtB4_1C2go', 'main.run', '_ZN1l5inner4spin17h8ef7f26ba5edd083E']));
  const readable = await opened(recording(['ns::Box<long, 3>::operator->*', 'ns::Box<long, 3>::operator->*', '<r::C>::go', 'main.run', 'l::inner::spin']));
  expect(integrity(mangled.trace!)).toEqual([]);
  expect(stacksOf(mangled.trace!)).toEqual(stacksOf(readable.trace!));
  expect([mangled.trace!.frames.length, mangled.trace!.stacks.length]).toEqual([4, 4]);
});

test('names in folded stacks are read so too', async () => {
  const {trace} = await opened('main;_ZN2ns3runEv;_Z1fi 3\nmain;_ZN2ns3runEv 4\n');
  expect(stacksOf(trace!)).toEqual([['main', 'ns::run', 'f'], ['main', 'ns::run']]);
  expect(integrity(trace!)).toEqual([]);
});

/** The names in the chain of each sample, root first. */
function stacksOf(trace: Trace): (string | null)[][] {
  return Array.from(trace.samples.stack, (leaf) => {
    const names: (string | null)[] = [];
    for (let stack = leaf; stack >= 0; stack = trace.stacks.parent[stack]) names.unshift(text(trace, trace.frames.name[trace.stacks.frame[stack]]));
    return names;
  });
}

/** From a file to a trace: what the caller hears on the way, and what becomes of damage. */
import {expect, test} from 'vitest';
import {memorySource} from '../base/bytes/source.ts';
import {integrity} from '../model/integrity.ts';
import type {Trace} from '../model/trace.ts';
import {bytesOf, gzipped, opened} from '../testing/bytes.ts';
import {openTrace, type OpenWatch} from './open.ts';

const record = 'app 7/7 [000] 5.000001: 1 cycles: \n\t          401000 main.run+0x10 (/srv/app/app)\n\n';
const patient: OpenWatch = {breathe: () => Promise.resolve()};

test('the bytes read are told as stored, and all of them in the end', async () => {
  const packed = await gzipped(record.repeat(500));
  const told: number[] = [];
  await openTrace(memorySource('a', packed, 100), {...patient, onBytes: (bytes) => told.push(bytes)});
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(packed.length);
});

test('a snapshot on the way is a sound trace that the rest does not change', async () => {
  const snapshots: {trace: Trace; samples: number}[] = [];
  const text = record.repeat(40_000);
  const {trace} = await openTrace(memorySource('a', bytesOf(text)), {
    ...patient,
    onPartial: (snapshot) => {
      const partial = snapshot();
      snapshots.push({trace: partial, samples: partial.samples.length});
    },
  });
  expect(trace?.samples.length).toBe(40_000);
  expect(snapshots.length).toBeGreaterThan(1);
  expect(snapshots[0].samples).toBeLessThan(40_000);
  for (const {trace: partial, samples} of snapshots) {
    expect(partial.samples.length).toBe(samples);
    expect(integrity(partial)).toEqual([]);
  }
});

test('who refuses to wait any longer stops the work', async () => {
  const cancelled = new Error('cancelled');
  await expect(openTrace(memorySource('a', bytesOf(record)), {breathe: () => Promise.reject(cancelled)})).rejects.toBe(cancelled);
});

test('a read that fails is passed on, and is no fault of the file', async () => {
  const source = {name: 'a', sizeBytes: null, open: () => ({read: () => Promise.reject(new Error('the disk is gone'))})};
  await expect(openTrace(source, patient)).rejects.toThrow('the disk is gone');
});

test('a damaged container is a fault of the trace, which holds all before the damage', async () => {
  const text = Array.from({length: 3000}, (_, i) => record.replace('5.000001', `5.${String(i * 37 % 1_000_000).padStart(6, '0')}`)).join('');
  const packed = await gzipped(text);
  const {trace, faults} = await opened(packed.subarray(0, packed.length >> 1));
  expect(trace!.samples.length).toBeGreaterThan(500);
  expect(faults[0]).toMatchObject({code: 'gzip/damaged', severity: 'fatal', count: 1});
  expect(integrity(trace!)).toEqual([]);
});

test('a file that is of no format gives no trace, and a fault that says why', async () => {
  expect(await opened('hello')).toMatchObject({trace: null, faults: [{code: 'input/unknown', severity: 'fatal'}]});
});

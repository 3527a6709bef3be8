/** The whole parser as its caller sees it: what it tells while it works, and what becomes of odd files. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {memorySource} from '../../base/bytes/source.ts';
import {TraceBuilder} from '../../model/builder.ts';
import {integrity} from '../../model/integrity.ts';
import type {Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {wireBytes} from '../../testing/go-trace-wire.ts';
import {traceDifference} from '../../testing/trace-difference.ts';
import {goTrace} from './format.ts';
import {parse} from './parse.ts';

/** `count` events of one generation: a metric each, so that a Trace shows how far it is. */
const generation = (number: number, count: number) => `batch gen=${number} m=none time=${number * 100_000}
  Frequency freq=15625000
  batch gen=${number} m=1 time=${number * 100_000}
  ProcStatus dt=0 p=0 pstatus=Running
  ${Array.from({length: count}, () => 'HeapAlloc dt=1 heapalloc_value=5').join('\n')}`;

describe('while it works', () => {
  /** 60000 bytes are what a batch can hold of these. */
  const bytes = wireBytes(`trace go 1.22\n${generation(1, 15_000)}\n${generation(2, 15_000)}\n${generation(3, 15_000)}`);

  /** Reads piece by piece; what the snapshots hold, and how many bytes had been handed out at each. */
  async function watched(content = bytes): Promise<{snapshots: {trace: Trace; bytesRead: number}[]; finished: Trace}> {
    const build = new TraceBuilder(goTrace.id);
    const snapshots: {trace: Trace; bytesRead: number}[] = [];
    const stream = memorySource('', content, 1000).open();
    let bytesRead = 0;
    const counting = {
      read: async () => {
        const piece = await stream.read();
        bytesRead += piece?.length ?? 0;
        return piece;
      },
    };
    await parse(counting, build, {
      breathe: () => Promise.resolve(),
      partial: () => snapshots.push({trace: build.snapshot(), bytesRead}),
    });
    return {snapshots, finished: build.finish()};
  }

  test('what the first generation holds is shown before the rest is read', async () => {
    const {snapshots, finished} = await watched();
    const shown = snapshots.find(({trace}) => trace.counters.length >= 15_000);
    expect(shown!.bytesRead).toBeLessThan(bytes.length * 0.75);
    expect(shown!.trace.counters.length).toBeLessThan(30_000);
    expect(finished.counters.length).toBe(45_000);
  });

  test('a first generation of few events is shown as soon as the second begins', async () => {
    const {snapshots} = await watched(wireBytes(`trace go 1.22\n${generation(1, 3)}\n${generation(2, 15_000)}`));
    expect(snapshots[0].trace.counters.length).toBe(3);
    expect(snapshots[0].bytesRead).toBeLessThan(2000);
  });

  test('what is shown is a sound trace, and the beginning of the whole', async () => {
    const {snapshots, finished} = await watched();
    for (const {trace} of snapshots) {
      expect(integrity(trace)).toEqual([]);
      const {length} = trace.counters;
      expect(trace.counters.timeNs).toEqual(finished.counters.timeNs.slice(0, length));
    }
  });

  test('a snapshot changes nothing in what comes out', async () => {
    const {finished} = await watched();
    const {trace} = await opened(bytes);
    expect(traceDifference(trace!, finished)).toBe(null);
  });

  test('a caller that cancels is obeyed at the next breath', async () => {
    const build = new TraceBuilder(goTrace.id);
    const cancelled = new Error('cancelled');
    const reading = parse(memorySource('', bytes).open(), build, {partial: () => {}, breathe: () => Promise.reject(cancelled)});
    await expect(reading).rejects.toBe(cancelled);
    expect(build.counters.length).toBeLessThan(45_000);
  });
});

const codes = async (bytes: Uint8Array) => (await opened(bytes)).faults.map(({code, severity}) => `${severity} ${code}`);
const encoder = new TextEncoder();

describe('odd files', () => {
  test('a header alone is what a program that died leaves behind: a trace without events', async () => {
    const {trace} = await opened(encoder.encode('go 1.26 trace\0\0\0'));
    expect([trace!.version, trace!.goroutines.length, trace!.startNs]).toEqual(['go 1.26', 0, Number.NaN]);
    expect(await codes(encoder.encode('go 1.26 trace\0\0\0'))).toEqual(['odd go-trace/empty']);
  });

  test.each([22, 23, 25, 26])('go 1.%i is known', async (version) => {
    expect(await codes(encoder.encode(`go 1.${version} trace\0\0\0`))).toEqual(['odd go-trace/empty']);
  });

  test('a version to come is read as the last one known, and told', async () => {
    const text = readFileSync(new URL('fixtures/wire/go126-end-of-generation.wire.txt', import.meta.url), 'utf8').split('== events')[0];
    const now = await opened(wireBytes(text));
    const toCome = await opened(wireBytes(text.replace('go 1.26', 'go 1.31')));
    expect(toCome.faults.map(({code, severity}) => `${severity} ${code}`)).toEqual(['odd go-trace/version']);
    expect(traceDifference({...toCome.trace!, version: 'go 1.26', faults: []}, now.trace!)).toBe(null);
  });

  test('the older format of Go 1.21 is not claimed', () => {
    expect(goTrace.sniff(encoder.encode('go 1.21 trace\0\0\0'), true)).toBe('no');
    expect(goTrace.sniff(encoder.encode('go 1.22 trace\0\0'), false)).toBe('need-more');
  });

  test.each([
    ['a string that no table holds', 'GoBlock dt=1 reason_string=7 stack=0', 'skipped go-trace/missing-id'],
    ['a stack that no table holds', 'GoBlock dt=1 reason_string=0 stack=7', 'skipped go-trace/missing-id'],
    ['an event that does not fit', 'GoSyscallEnd dt=1', 'skipped go-trace/order'],
    ['an event that nothing lets go on', 'GoUnblock dt=1 g=8 g_seq=4 stack=0', 'skipped go-trace/stuck'],
    ['a byte that is no event', 'bytes c8', 'skipped go-trace/batch'],
  ])('%s is told by its own code', async (_, line, code) => {
    const bytes = wireBytes(`trace go 1.22
      batch gen=1 m=none time=1
        Frequency freq=15625000
      batch gen=1 m=1 time=1
        ProcStatus dt=1 p=0 pstatus=Running
        GoStatus dt=1 g=1 m=1 gstatus=Running
        ${line}`);
    expect(await codes(bytes)).toEqual([code]);
  });

  test('a generation that is missing between two is told, and both are read', async () => {
    const {trace, faults} = await opened(wireBytes(`trace go 1.22\n${generation(1, 3)}\n${generation(3, 4)}`));
    expect(trace!.counters.length).toBe(7);
    expect(faults.map(({code}) => code)).toEqual(['go-trace/generation']);
  });
});

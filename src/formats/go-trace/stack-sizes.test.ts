/** Stack sizes: the ladders of the recorded program, whose depths are known, and each rule by a few events. */
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {integrity} from '../../model/integrity.ts';
import {opened} from '../../testing/bytes.ts';
import {wireBytes} from '../../testing/go-trace-wire.ts';

const KIB = 1024;
const kindNames = Object.keys(StackChangeKind);

/** Changes of a trace, as `goroutine kind old -> new` in bytes; -1 where it is not known whose. */
function changes({stackChanges, goroutines}: Trace): string[] {
  return Array.from({length: stackChanges.length}, (_, row) => {
    const goroutine = stackChanges.goroutine[row];
    return `${goroutine < 0 ? -1 : goroutines.id[goroutine]} ${kindNames[stackChanges.kind[row]]} ${stackChanges.oldBytes[row]} -> ${stackChanges.newBytes[row]}`;
  });
}

describe.each(['go123-stacks', 'go126-stacks', 'go127-stacks'])('%s', (name) => {
  const bytes = readFileSync(new URL(`fixtures/${name}.trace`, import.meta.url));

  /** The sizes that each goroutine of main.stacks grows to, in KiB, the deepest last. */
  const growthsOf = ({stackChanges, goroutines, ...trace}: Trace, start: string) => {
    const ladders = new Map<number, number[]>();
    for (let row = 0; row < stackChanges.length; row++) {
      const goroutine = stackChanges.goroutine[row];
      if (stackChanges.kind[row] !== StackChangeKind.Growth || text(trace, goroutines.startFunction[goroutine]) !== start) continue;
      ladders.set(goroutine, [...(ladders.get(goroutine) ?? []), stackChanges.newBytes[row] / KIB]);
    }
    return [...ladders.values()].toSorted((a, b) => a.length - b.length);
  };

  test('recursions of 64, 128, 256 and 512 calls double their stacks to 16, 32, 64 and 128 KiB, those of 40 calls to 8', async () => {
    const trace = (await opened(bytes)).trace!;
    expect(growthsOf(trace, 'main.stacks.func1')).toEqual([[4, 8, 16], [4, 8, 16, 32], [4, 8, 16, 32, 64], [4, 8, 16, 32, 64, 128]]);
    expect(growthsOf(trace, 'main.stacks.func2')).toEqual([[4, 8], [4, 8], [4, 8]]);
  });

  test('every change begins at the size that the goroutine had', async () => {
    const {stackChanges} = (await opened(bytes)).trace!;
    const last = new Map<number, number>();
    for (let row = 0; row < stackChanges.length; row++) {
      const goroutine = stackChanges.goroutine[row];
      const known = last.get(goroutine);
      if (goroutine < 0) continue;
      if (known !== undefined && stackChanges.kind[row] !== StackChangeKind.Initial) expect(stackChanges.oldBytes[row]).toBe(known);
      last.set(goroutine, stackChanges.newBytes[row]);
    }
    expect(last.size).toBeGreaterThan(7);
  });

  test('a shrink halves, and belongs to a goroutine that waits, not to the collector that does it', async () => {
    const trace = (await opened(bytes)).trace!;
    const {stackChanges, goroutines} = trace;
    const shrinks = Array.from({length: stackChanges.length}, (_, row) => row).filter((row) => stackChanges.kind[row] === StackChangeKind.Shrink);
    expect(shrinks.length).toBeGreaterThan(10);
    for (const row of shrinks) {
      expect(stackChanges.newBytes[row] * 2).toBe(stackChanges.oldBytes[row]);
      expect(text(trace, goroutines.startFunction[stackChanges.goroutine[row]])).not.toBe('runtime.gcBgMarkWorker');
    }
  });

  test('a copy takes time', async () => {
    const {stackChanges} = (await opened(bytes)).trace!;
    for (let row = 0; row < stackChanges.length; row++) {
      const copies = stackChanges.kind[row] === StackChangeKind.Growth || stackChanges.kind[row] === StackChangeKind.Shrink;
      if (copies) expect(stackChanges.durationNs[row]).toBeGreaterThan(0);
      else expect(stackChanges.durationNs[row]).toBeNaN();
    }
  });
});

/** Goroutine 1 runs on thread 1, 2 on thread 2 (and is a collector if it says so), 3 waits. */
async function traceOf(events: string): Promise<{trace: Trace; codes: string[]}> {
  const {trace, faults} = await opened(wireBytes(`trace go 1.23
    batch gen=1 m=2 time=10
      ProcStatus dt=0 p=1 pstatus=Running
      GoStatus dt=0 g=2 m=2 gstatus=Running
    batch gen=1 m=1 time=11
      ProcStatus dt=0 p=0 pstatus=Running
      GoStatus dt=0 g=1 m=1 gstatus=Running
      GoStatus dt=0 g=3 m=none gstatus=Waiting
      ${events}
    batch gen=1 m=none time=0
      Frequency freq=15625000
    batch gen=1 m=none time=0
      Strings
      String id=1 "GC (dedicated)"`));
  expect(integrity(trace!)).toEqual([]);
  return {trace: trace!, codes: faults.map(({code, severity}) => `${severity} ${code}`)};
}

/** The same events on thread 2, later. */
const onThread2 = (events: string) => `batch gen=1 m=2 time=500\n${events}`;

describe('one after another on a thread', () => {
  test('a new stack and an older, smaller one that is given back are a growth of the goroutine there, as long as lies between them', async () => {
    const {trace, codes} = await traceOf('GoroutineStack dt=1 id=8 order=12\nGoroutineStackAlloc dt=10 id=16 order=14\nGoroutineStackFree dt=5 id=8');
    expect(changes(trace)).toEqual(['1 Growth 2048 -> 8192']);
    expect([trace.stackChanges.timeNs[0] + Number(trace.originNs), trace.stackChanges.durationNs[0], trace.threads.tid[trace.stackChanges.thread[0]]]).toEqual([22 * 64, 5 * 64, 1]);
    expect(codes).toEqual([]);
  });

  test('what comes in between of other kinds does not matter', async () => {
    const {trace} = await traceOf('GoroutineStack dt=1 id=8 order=12\nGoroutineStackAlloc dt=1 id=16 order=13\nSpanAlloc dt=1 id=3 npages_value=1 kindclass=1\nHeapAlloc dt=1 heapalloc_value=1\nGoroutineStackFree dt=1 id=8');
    expect(changes(trace)).toEqual(['1 Growth 2048 -> 4096']);
  });

  test('what another thread does in between does not matter', async () => {
    const {trace} = await traceOf('GoroutineStack dt=1 id=8 order=12\nGoroutineStackAlloc dt=1 id=16 order=13\nGoroutineStackFree dt=900 id=8\nbatch gen=1 m=2 time=500\nGoroutineStackAlloc dt=0 id=24 order=15\nGoroutineStackFree dt=1 id=9');
    expect(changes(trace)).toContain('1 Growth 2048 -> 4096');
  });

  test('a new stack before a goroutine is made is its first one', async () => {
    const {trace} = await traceOf('GoroutineStackAlloc dt=1 id=16 order=13\nGoCreate dt=1 new_g=7 new_stack=0 stack=0');
    expect(changes(trace)).toEqual(['7 Initial NaN -> 4096']);
  });

  test('a goroutine made without one has a recycled stack, of which nothing is said', async () => {
    const {trace} = await traceOf('GoroutineStack dt=1 id=8 order=12\nGoCreate dt=1 new_g=7 new_stack=0 stack=0\nGoroutineStackAlloc dt=1 id=16 order=13\nGoroutineStackFree dt=1 id=8');
    expect(changes(trace)).toEqual(['1 Growth 2048 -> 4096']);
  });

  test('a stack that is given back alone ends, and is the last owner’s', async () => {
    const {trace} = await traceOf('GoroutineStackAlloc dt=1 id=16 order=13\nGoCreate dt=1 new_g=7 new_stack=0 stack=0\nGoroutineStackFree dt=1 id=16');
    expect(changes(trace)).toEqual(['7 Initial NaN -> 4096', '7 Freed 4096 -> NaN']);
  });

  test('a stack that was given back has neither size nor owner when its place is given back again', async () => {
    const {trace} = await traceOf('GoroutineStackAlloc dt=1 id=16 order=13\nGoCreate dt=1 new_g=7 new_stack=0 stack=0\nGoroutineStackFree dt=1 id=16\nGoroutineStackFree dt=1 id=16');
    expect(changes(trace)).toEqual(['7 Initial NaN -> 4096', '7 Freed 4096 -> NaN', '-1 Freed NaN -> NaN']);
  });

  test('a smaller stack is a shrink of whoever owned the old one, not of the goroutine that copies', async () => {
    const {trace} = await traceOf(`GoroutineStackAlloc dt=1 id=16 order=14\nGoCreate dt=1 new_g=7 new_stack=0 stack=0\n${onThread2('GoroutineStackAlloc dt=0 id=24 order=13\nGoroutineStackFree dt=3 id=16')}`);
    expect(changes(trace)).toEqual(['7 Initial NaN -> 8192', '7 Shrink 8192 -> 4096']);
  });

  test('a shrink of a stack that nobody is known to own is nobody’s', async () => {
    const {trace} = await traceOf('GoroutineStack dt=1 id=8 order=14\nGoroutineStackAlloc dt=1 id=24 order=13\nGoroutineStackFree dt=3 id=8');
    expect(changes(trace)).toEqual(['-1 Shrink 8192 -> 4096']);
  });

  // Goroutine 7 starts on stack 16, runs and ends there; the next one takes the stack without an event.
  const leftBehind = 'GoroutineStackAlloc dt=1 id=16 order=12\nGoCreate dt=1 new_g=7 new_stack=0 stack=0\nGoBlock dt=1 reason_string=0 stack=0\nGoStart dt=1 g=7 g_seq=1\nGoDestroy dt=1';
  const nextOne = 'GoUnblock dt=1 g=3 g_seq=1 stack=0\nGoStart dt=1 g=3 g_seq=2';

  test('a stack that a goroutine ended on is grown out of by the next one without a fault', async () => {
    const {trace, codes} = await traceOf(`${leftBehind}\n${nextOne}\nGoroutineStackAlloc dt=1 id=24 order=13\nGoroutineStackFree dt=1 id=16`);
    expect(changes(trace)).toEqual(['7 Initial NaN -> 2048', '3 Growth 2048 -> 4096']);
    expect(codes).toEqual([]);
  });

  test('a stack that a goroutine ended on is not its own any more when the collector shrinks it', async () => {
    const {trace} = await traceOf(`${leftBehind.replace('order=12', 'order=13')}\n${onThread2('GoroutineStackAlloc dt=0 id=24 order=12\nGoroutineStackFree dt=3 id=16')}`);
    expect(changes(trace)).toEqual(['7 Initial NaN -> 4096', '-1 Shrink 4096 -> 2048']);
  });

  test('a stack that is given back right after its goroutine ended was that goroutine’s', async () => {
    const {trace} = await traceOf(`${leftBehind}\nGoroutineStackFree dt=1 id=16`);
    expect(changes(trace)).toEqual(['7 Initial NaN -> 2048', '7 Freed 2048 -> NaN']);
  });

  test('a growth makes the owner known, so that a later shrink by another is its', async () => {
    const {trace} = await traceOf(`GoroutineStack dt=1 id=8 order=12\nGoroutineStackAlloc dt=1 id=16 order=14\nGoroutineStackFree dt=1 id=8\n${onThread2('GoroutineStackAlloc dt=0 id=24 order=13\nGoroutineStackFree dt=3 id=16')}`);
    expect(changes(trace)).toEqual(['1 Growth 2048 -> 8192', '1 Shrink 8192 -> 4096']);
  });
});

describe('what does not fit', () => {
  test('an old stack that no event told of gives a growth from an unknown size', async () => {
    const {trace, codes} = await traceOf('GoroutineStackAlloc dt=1 id=16 order=14\nGoroutineStackFree dt=1 id=8');
    expect(changes(trace)).toEqual(['1 Growth NaN -> 8192']);
    expect(codes).toEqual(['odd go-trace/stack-old-size']);
  });

  test('but not if the goroutine is known to have had a larger one, or collects garbage', async () => {
    const larger = await traceOf('GoroutineStack dt=1 id=8 order=12\nGoroutineStackAlloc dt=1 id=16 order=14\nGoroutineStackFree dt=1 id=8\nGoroutineStackAlloc dt=1 id=24 order=13\nGoroutineStackFree dt=1 id=99');
    expect(changes(larger.trace)).toEqual(['1 Growth 2048 -> 8192']);
    const collector = await traceOf('GoLabel dt=1 label_string=1\nGoroutineStackAlloc dt=1 id=24 order=13\nGoroutineStackFree dt=1 id=99');
    expect(changes(collector.trace)).toEqual([]);
    for (const {codes} of [larger, collector]) expect(codes).toEqual(['skipped go-trace/stack-unknown']);
  });

  test('a stack that is replaced by one of its size is no change', async () => {
    const {trace, codes} = await traceOf('GoroutineStack dt=1 id=8 order=14\nGoroutineStackAlloc dt=1 id=16 order=14\nGoroutineStackFree dt=1 id=8');
    expect([changes(trace), codes]).toEqual([[], ['odd go-trace/stack-sequence']]);
  });

  test('a goroutine that grows out of another’s stack is told, and believed', async () => {
    const {trace, codes} = await traceOf('GoroutineStackAlloc dt=1 id=16 order=13\nGoCreate dt=1 new_g=7 new_stack=0 stack=0\nGoroutineStackAlloc dt=1 id=24 order=14\nGoroutineStackFree dt=1 id=16');
    expect(changes(trace)).toEqual(['7 Initial NaN -> 4096', '1 Growth 4096 -> 8192']);
    expect(codes).toEqual(['odd go-trace/stack-sequence']);
  });

  test.each([0, 51, 1000])('order %i is no size', async (order) => {
    const {trace, codes} = await traceOf(`GoroutineStackAlloc dt=1 id=16 order=${order}\nGoCreate dt=1 new_g=7 new_stack=0 stack=0`);
    expect([changes(trace), codes]).toEqual([[], ['skipped go-trace/stack-order']]);
  });
});

test('without the experiment nothing is known of sizes; with it and no change, that there was none', async () => {
  const without = await traceOf('HeapAlloc dt=1 heapalloc_value=1');
  const silent = await traceOf('GoroutineStack dt=1 id=8 order=12');
  expect([without.trace.hasStackSizes, silent.trace.hasStackSizes]).toEqual([false, true]);
  expect([...changes(without.trace), ...changes(silent.trace)]).toEqual([]);
});

test('whatever a goroutine’s sizes are, they come out as growths and shrinks from each to the next', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 12, max: 20}), fc.array(fc.integer({min: 12, max: 20}), {maxLength: 12}), async (first, others) => {
      const orders = [first, ...others].filter((order, i, all) => i === 0 || order !== all[i - 1]);
      const steps = orders.slice(1).map((order, i) => `GoroutineStackAlloc dt=1 id=${100 + i + 1} order=${order}\nGoroutineStackFree dt=1 id=${100 + i}`);
      const {trace, codes} = await traceOf(`GoroutineStackAlloc dt=1 id=100 order=${first}\nGoCreate dt=1 new_g=7 new_stack=0 stack=0\nGoStop dt=1 reason_string=0 stack=0\nGoStart dt=1 g=7 g_seq=1\n${steps.join('\n')}`);
      const size = (order: number) => 2 ** (order - 1);
      expect(changes(trace)).toEqual([
        `7 Initial NaN -> ${size(first)}`,
        ...orders.slice(1).map((order, i) => `7 ${order > orders[i] ? 'Growth' : 'Shrink'} ${size(orders[i])} -> ${size(order)}`),
      ]);
      expect(codes).toEqual([]);
    }),
  );
});

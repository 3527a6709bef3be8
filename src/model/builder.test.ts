/** The builder: equal things get equal rows, and what it hands out keeps the promises of the model. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {padded} from '../testing/bytes.ts';
import {traceDifference} from '../testing/trace-difference.ts';
import {TraceBuilder} from './builder.ts';
import {integrity} from './integrity.ts';
import {ArgumentKind, StackChangeKind} from './tables.ts';
import {absoluteNs, buffersOf, sampleCount, sampleWeight, stringBytes, text} from './trace.ts';

function addSample(build: TraceBuilder, timeNs: number, period: number): number {
  const row = build.samples.add();
  const {rows} = build.samples;
  rows.timeNs[row] = timeNs;
  rows.period[row] = period;
  rows.event[row] = build.event(build.string('cycles'));
  rows.thread[row] = rows.comm[row] = rows.cpu[row] = rows.stack[row] = -1;
  build.saw(timeNs);
  return row;
}

test('a string has one row, whether it comes as text or as bytes, and can be read back', () => {
  fc.assert(fc.property(fc.array(fc.string({unit: 'binary', maxLength: 12}), {maxLength: 30}), (values) => {
    const build = new TraceBuilder('made');
    const rows = values.map((value) => build.string(value));
    const fromBytes = values.map((value) => {
      const {view, length} = padded(value);
      return build.stringOf(view, 0, length);
    });
    expect(fromBytes).toEqual(rows);
    const trace = build.finish();
    expect(rows.map((row) => text(trace, row))).toEqual(values);
    expect(trace.strings.length).toBe(new Set(['', ...values]).size);
  }));
});

test('a string larger than any before it is kept whole', () => {
  const build = new TraceBuilder('made');
  const long = '栈'.repeat(20_000);
  const row = build.string(long);
  const trace = build.finish();
  expect(text(trace, row)).toBe(long);
  expect(stringBytes(trace, row).length).toBe(60_000);
  expect(text(trace, -1)).toBe(null);
});

test('frames that differ in anything are two, others one', () => {
  const build = new TraceBuilder('made');
  const name = build.string('main');
  const variants: [number, number, number, number, number][] = [[name, -1, -1, -1, 0], [name, 0, -1, -1, 0], [name, -1, 0, -1, 0], [name, -1, -1, 7, 0], [name, -1, -1, -1, 1]];
  const rows = [...variants, ...variants].map((variant) => build.frame(...variant));
  expect(rows).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
});

test('a frame without a symbol has one row for each address and object, and keeps its address', () => {
  const build = new TraceBuilder('made');
  const dso = build.string('lib.so');
  const rows = [build.unresolvedFrame(0xffff_ffff_8100_0130n, -1), build.unresolvedFrame(0x10n, dso), build.unresolvedFrame(0x10n, -1), build.unresolvedFrame(0x10n, dso)];
  expect(rows).toEqual([0, 1, 2, 1]);
  const {unresolved, ...trace} = build.finish();
  expect([...unresolved.address]).toEqual([0xffff_ffff_8100_0130n, 0x10n, 0x10n]);
  expect(integrity({...trace, unresolved})).toEqual([]);
});

test('one tid in two processes is two threads, and the main thread names the process', () => {
  const build = new TraceBuilder('made');
  const [app, worker] = ['app', 'worker'].map((name) => build.string(name));
  const rows = [build.thread(1, 1, app), build.thread(1, 2, worker), build.thread(5, 2), build.thread(1, 2)];
  expect(rows).toEqual([0, 1, 2, 1]);
  const trace = build.finish();
  expect([...trace.threads.name]).toEqual([app, worker, -1]);
  expect([...trace.processes.name]).toEqual([app, -1]);
  expect([...trace.processes.pid]).toEqual([1, 5]);
});

test('a thread bears the name that came last', () => {
  const build = new TraceBuilder('made');
  const [before, after] = ['perf-exec', 'app'].map((name) => build.string(name));
  build.thread(1, 1, before);
  build.thread(1, 1, after);
  build.thread(1, 1);
  expect(build.finish().threads.name[0]).toBe(after);
});

test('a snapshot holds what there is so far, and the builder goes on as if it had not been taken', () => {
  const make = (snapshots: boolean) => {
    const build = new TraceBuilder('made');
    for (let i = 0; i < 3000; i++) {
      addSample(build, i, 1);
      build.stack(-1, build.frame(build.string(`f${i}`), -1, -1, -1));
      if (snapshots && i % 700 === 0) {
        const snapshot = build.snapshot();
        expect(snapshot.samples.length).toBe(i + 1);
        expect(integrity(snapshot)).toEqual([]);
        snapshot.samples.timeNs.fill(-5);
      }
    }
    return build.finish();
  };
  expect(traceDifference(make(false), make(true))).toBe(null);
});

test('the time range holds everything that was seen, and is absent when nothing was', () => {
  const build = new TraceBuilder('made');
  expect([build.snapshot().startNs, build.snapshot().endNs]).toEqual([Number.NaN, Number.NaN]);
  for (const time of [5, -3, 4]) build.saw(time);
  expect([build.snapshot().startNs, build.snapshot().endNs]).toEqual([-3, 5]);
});

test('stack changes come out in time order, equal times as they came', () => {
  const build = new TraceBuilder('made');
  for (const [i, timeNs] of [30, 10, 30, 20].entries()) {
    const row = build.stackChanges.add();
    Object.assign(build.stackChanges.rows.timeNs, {[row]: timeNs});
    build.stackChanges.rows.kind[row] = StackChangeKind.Growth;
    build.stackChanges.rows.newBytes[row] = i + 1;
  }
  const {stackChanges} = build.finish();
  expect([...stackChanges.timeNs]).toEqual([10, 20, 30, 30]);
  expect([...stackChanges.newBytes]).toEqual([2, 4, 1, 3]);
});

test('a sample weighs its period where it has one, else the samples it stands for', () => {
  const build = new TraceBuilder('made');
  for (const [row, period] of [7, Number.NaN].entries()) build.sampleCount(addSample(build, row, period), 12);
  const trace = build.finish();
  expect([sampleWeight(trace, 0), sampleWeight(trace, 1), sampleCount(trace, 0)]).toEqual([7, 12, 12]);
});

test('counts and goroutines of samples that are given out of turn are a bug of ours', () => {
  const build = new TraceBuilder('made');
  expect(() => build.sampleCount(1, 1)).toThrow('internal');
  expect(() => build.sampleGoroutine(3, 0)).toThrow('internal');
});

test('arguments keep all 64 bits', () => {
  const build = new TraceBuilder('made');
  build.sampleArgument(addSample(build, 0, 1), build.string('addr'), ArgumentKind.Hex, 0xffff_ffff_ffff_ffffn, -1);
  expect(build.finish().sampleArguments.bits[0]).toBe(0xffff_ffff_ffff_ffffn);
});

test('what is not kept is counted by name', () => {
  const build = new TraceBuilder('made');
  build.notKept('A');
  build.notKept('B', 5);
  build.notKept('A', 2);
  expect(build.finish().notKept).toEqual([{what: 'A', count: 3}, {what: 'B', count: 5}]);
});

test('an absolute time is exact where a double is not', () => {
  expect(absoluteNs({originNs: 1_795_360_156_000_000_000n}, 836_237_001)).toBe(1_795_360_156_836_237_001n);
});

test('a trace that is moved to another thread takes every column with it', () => {
  const build = new TraceBuilder('made');
  addSample(build, 0, 1);
  build.sampleCount(0, 1);
  const trace = build.finish();
  const before = structuredClone(trace);
  const moved = structuredClone(trace, {transfer: buffersOf(trace)});
  expect(traceDifference(before, moved)).toBe(null);
  expect(trace.samples.timeNs.length).toBe(0);
  expect(trace.stringBytes.length + (trace.sampleCount?.length ?? 0)).toBe(0);
});

test('a thread that is renumbered keeps its row, and is found by its new numbers only', () => {
  const build = new TraceBuilder('made');
  const row = build.thread(-1, 9, build.string('worker'));
  build.renumberThread(row, 7, 9);
  expect([build.threadRow(-1, 9), build.threadRow(7, 9), build.thread(7, 9)]).toEqual([-1, row, row]);
  const trace = build.finish();
  expect([trace.threads.length, trace.processes.pid[trace.threads.process[row]], integrity(trace)]).toEqual([1, 7, []]);
});

test('a thread is not renumbered to one that is there already', () => {
  const build = new TraceBuilder('made');
  const [lone, known] = [build.thread(-1, 9), build.thread(7, 9)];
  build.renumberThread(lone, 7, 9);
  expect([build.threadRow(-1, 9), build.threadRow(7, 9)]).toEqual([lone, known]);
});

test('times that are forgotten leave no trace of themselves', () => {
  const build = new TraceBuilder('made');
  build.clock = {known: 'stated', name: 'monotonic'};
  build.originNs = 5n;
  addSample(build, 10, 1);
  build.threadLife(build.thread(1, 2), 3, 4);
  build.forgetTimes();
  const trace = build.finish();
  expect([[...trace.samples.timeNs], [...trace.threads.startNs], trace.startNs, trace.endNs, trace.originNs, trace.clock.known, integrity(trace)]).toEqual([[Number.NaN], [Number.NaN], Number.NaN, Number.NaN, 0n, 'none', []]);
});

test('the builder gives strings back as text, and knows whether a frame names its file', () => {
  const build = new TraceBuilder('made');
  const name = build.string('程序');
  expect([build.textOf(name), build.eventName(build.event(name)), build.lacksDsos()]).toEqual(['程序', name, false]);
  build.frame(name, -1, -1, -1);
  expect(build.lacksDsos()).toBe(true);
  build.frame(name, name, -1, -1);
  expect(build.lacksDsos()).toBe(false);
});

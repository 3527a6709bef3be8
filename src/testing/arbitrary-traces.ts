/** Traces that fast-check makes up: samples with chains of every kind, and Go traces that a scheduler in small could have left behind. */
import fc from 'fast-check';
import {TraceBuilder} from '../model/builder.ts';
import {StackChangeKind, State} from '../model/tables.ts';
import type {Trace} from '../model/trace.ts';
import {MONOTONIC} from './trace-from-text.ts';

/** Functions that chains are made of: user code, and all that growth, preemption, shrinking and overflow show. */
const FUNCTIONS = [
  'main.main', 'main.f', 'main.g', 'runtime.goexit', 'runtime.morestack', 'runtime.morestack.abi0', 'runtime.newstack', 'runtime.copystack', 'runtime.stackalloc',
  'runtime.stackfree', 'runtime.gopreempt_m', 'runtime.shrinkstack', 'runtime.throw', 'runtime.badmorestackg0', 'malloc',
] as const;
/** perf cuts chains at 127 frames. */
const DEEP = 130;
const PID = 1;
/** Threads that arbitrary traces have in common. */
const TIDS = [7, 8, 9] as const;

/** A sample of `arbitrarySamples`. */
interface MadeSample {
  readonly timeNs: number;
  readonly chain: readonly string[];
  readonly isDeep: boolean;
  readonly tid: number;
  readonly event: string;
  readonly period: number;
}

const madeSample: fc.Arbitrary<MadeSample> = fc.record({
  timeNs: fc.integer({min: 0, max: 1000}),
  chain: fc.array(fc.constantFrom(...FUNCTIONS), {maxLength: 8}),
  isDeep: fc.boolean(),
  tid: fc.constantFrom(...TIDS),
  event: fc.constantFrom('cpu-clock', 'page-faults'),
  period: fc.integer({min: 1, max: 1000}),
});

/** Traces of samples as perf gives them, with times up to 1000 ns. */
export const arbitrarySamples: fc.Arbitrary<Trace> = fc.array(madeSample, {maxLength: 40}).map((samples) => {
  const build = new TraceBuilder('perf-script');
  build.clock = MONOTONIC;
  for (const {timeNs, chain, isDeep, tid, event, period} of samples) {
    const names = isDeep && chain.length % 4 === 1 ? [...Array.from({length: DEEP}, () => 'main.deep'), ...chain] : chain;
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = timeNs;
    rows.period[row] = period;
    rows.thread[row] = build.thread(PID, tid);
    rows.comm[row] = rows.cpu[row] = -1;
    rows.event[row] = build.event(build.string(event));
    rows.stack[row] = names.reduce((stack, name) => build.stack(stack, build.frame(build.string(name), -1, -1, -1)), -1);
    build.saw(timeNs);
  }
  return told(build.finish(), samples);
});

/** The trace, of which fast-check tells a failing one by what it was made of. */
function told(trace: Trace, madeOf: readonly unknown[]): Trace {
  return Object.assign(trace, {[fc.toStringMethod]: () => madeOf.map((part) => fc.stringify(part)).join('\n')});
}

const step = fc.record({
  waitNs: fc.integer({min: 1, max: 40}),
  goroutine: fc.nat({max: 3}),
  act: fc.constantFrom('run', 'sys', 'wait', 'ready', 'grow', 'shrink', 'end'),
  tid: fc.constantFrom(...TIDS),
});

const START_FUNCTIONS = ['main.main', 'main.f', 'main.f', 'main.g'] as const;
const LEAST_BYTES = 2048;

interface Life {
  readonly row: number;
  state: State | null;
  tid: number;
  sizeBytes: number;
  hasEnded: boolean;
}

/** Go traces with stack sizes: no thread has two goroutines at once, and a goroutine grows only while it runs. Steps that can't be are left out. */
export const arbitraryGoTrace: fc.Arbitrary<Trace> = fc.array(step, {minLength: 1, maxLength: 60}).map((steps) => {
  const build = new TraceBuilder('go-trace');
  build.clock = MONOTONIC;
  build.hasStackSizes = true;
  for (const tid of TIDS) build.thread(-1, tid);
  const lives = START_FUNCTIONS.map((start, i): Life => ({row: addGoroutine(build, i + 1, start), state: null, tid: -1, sizeBytes: LEAST_BYTES, hasEnded: false}));
  let nowNs = 0;
  build.saw(0);
  for (const {waitNs, goroutine, act, tid} of steps) {
    nowNs += waitNs;
    const life = lives[goroutine];
    if (life.hasEnded) continue;
    const isRunning = life.state === State.Running;
    const enter = (state: State, on: number) => {
      if (life.state === null) build.goroutines.rows.startNs[life.row] = nowNs;
      life.state = state;
      life.tid = on;
      addState(build, life, nowNs);
    };
    if (act === 'run' && !isRunning && lives.every((other) => other.tid !== tid || other === life)) enter(State.Running, tid);
    else if (act === 'sys' && isRunning) enter(State.Syscall, life.tid);
    else if (act === 'wait' && isRunning) enter(State.Waiting, -1);
    else if (act === 'ready' && (life.state === null || life.state === State.Waiting)) enter(State.Runnable, -1);
    else if (act === 'end' && isRunning) {
      build.goroutines.rows.endNs[life.row] = nowNs;
      addChange(build, life, nowNs, Number.NaN, life.sizeBytes, Number.NaN, StackChangeKind.Freed);
      life.hasEnded = true;
      life.tid = -1;
    } else if (act === 'grow' && isRunning) {
      addChange(build, life, nowNs, waitNs, life.sizeBytes, life.sizeBytes * 2, StackChangeKind.Growth);
      life.sizeBytes *= 2;
      nowNs += waitNs;
    } else if (act === 'shrink' && life.state !== null && life.sizeBytes > LEAST_BYTES) {
      addChange(build, life, nowNs, 1, life.sizeBytes, life.sizeBytes / 2, StackChangeKind.Shrink);
      life.sizeBytes /= 2;
    }
  }
  build.saw(nowNs + 1);
  return told(build.finish(), steps);
});

function addGoroutine(build: TraceBuilder, id: number, start: string): number {
  const row = build.goroutines.add();
  const {rows} = build.goroutines;
  rows.id[row] = id;
  rows.startFunction[row] = build.string(start);
  rows.creator[row] = rows.creatorStack[row] = -1;
  rows.startNs[row] = rows.endNs[row] = Number.NaN;
  return row;
}

function addState(build: TraceBuilder, {row: owner, state, tid}: Life, timeNs: number): void {
  const row = build.states.add();
  const {rows} = build.states;
  rows.owner[row] = owner;
  rows.startNs[row] = timeNs;
  rows.state[row] = state ?? State.Undetermined;
  rows.thread[row] = tid < 0 ? -1 : build.thread(-1, tid);
  rows.proc[row] = rows.reason[row] = rows.stack[row] = rows.by[row] = -1;
}

function addChange(build: TraceBuilder, {row: goroutine, tid}: Life, timeNs: number, durationNs: number, oldBytes: number, newBytes: number, kind: StackChangeKind): void {
  const row = build.stackChanges.add();
  const {rows} = build.stackChanges;
  rows.timeNs[row] = timeNs;
  rows.durationNs[row] = durationNs;
  rows.oldBytes[row] = oldBytes;
  rows.newBytes[row] = newBytes;
  rows.goroutine[row] = goroutine;
  rows.thread[row] = tid < 0 ? -1 : build.thread(-1, tid);
  rows.kind[row] = kind;
}

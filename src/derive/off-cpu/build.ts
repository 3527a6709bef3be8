/**
 * Switches of a source -> its threads' stretches off the CPU.
 *
 *   sched_switch prev_pid=7 next_pid=8   7 leaves with the stack of this sample, 8 comes
 *   PERF_RECORD_SWITCH OUT, IN           leaves, comes; OUT preempt: it could have run on
 *   a sample of 7                        7 runs: it came at the latest now. Not where records tell when it comes
 *
 * perf that watches one process alone sees sched_switch only when its threads leave: one that leaves twice came back between, and nothing
 * tells how long it was away. That is left out.
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {ArgumentKind, SwitchKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import type {OffCpu} from './shape.ts';

const Moment = {Leaves: 0, Preempted: 1, Ends: 2, Comes: 3, Seen: 4} as const;
type Moment = (typeof Moment)[keyof typeof Moment];

/** What is told of threads, in no order. */
class Moments {
  readonly thread: number[] = [];
  readonly timeNs: number[] = [];
  readonly what: Moment[] = [];
  readonly sample: number[] = [];
  readonly switchRow: number[] = [];

  add(thread: number, timeNs: number, what: Moment, sample = -1, switchRow = -1): void {
    if (thread < 0 || Number.isNaN(timeNs)) return;
    this.thread.push(thread);
    this.timeNs.push(timeNs);
    this.what.push(what);
    this.sample.push(sample);
    this.switchRow.push(switchRow);
  }
}

/** null: nothing tells. Cost: linear in samples and switches, and sorting them. */
export function offCpu(trace: Trace): OffCpu | null {
  const scheduled = schedSwitches(trace);
  const {switches, samples} = trace;
  if (!scheduled && switches.length === 0) return null;
  const moments = scheduled ?? new Moments();
  for (let i = 0; i < switches.length; i++) {
    const kind = switches.kind[i];
    moments.add(switches.thread[i], switches.timeNs[i], kind === SwitchKind.In ? Moment.Comes : kind === SwitchKind.Preempted ? Moment.Preempted : Moment.Leaves, -1, i);
  }
  const comes = new Uint8Array(trace.threads.length);
  const leaves = new Uint8Array(trace.threads.length);
  moments.thread.forEach((thread, i) => {
    if (moments.what[i] !== Moment.Comes) leaves[thread] = 1;
    else if (moments.switchRow[i] >= 0) comes[thread] = 1;
  });
  const isLeft = new Set(moments.sample);
  for (let i = 0; i < samples.length; i++) {
    const thread = samples.thread[i];
    if (thread >= 0 && leaves[thread] === 1 && !isLeft.has(i)) moments.add(thread, samples.timeNs[i], Moment.Seen, i);
  }
  return stretches(trace, moments, comes);
}

/** Samples of sched_switch; null: there are none. */
function schedSwitches(trace: Trace): Moments | null {
  const {sampleArguments: args, samples, events, threads} = trace;
  const isSwitch = Uint8Array.from(events.name, (name) => Number(/(?:^|:)sched_switch$/.test(text(trace, name) ?? '')));
  if (!isSwitch.includes(1)) return null;
  const threadOfTid = new Map(Array.from(threads.tid, (tid, row) => [tid, row]));
  const moments = new Moments();
  let at = 0;
  for (let i = 0; i < samples.length; i++) {
    while (at < args.length && args.row[at] < i) at++;
    if (isSwitch[samples.event[i]] === 0) continue;
    let [previous, next, what]: [number, number, Moment] = [samples.thread[i], -1, Moment.Leaves];
    for (let a = at; a < args.length && args.row[a] === i; a++) {
      const key = text(trace, args.key[a]);
      if (key === 'prev_pid') previous = threadOfTid.get(Number(args.bits[a])) ?? -1;
      else if (key === 'next_pid') next = Number(args.bits[a]) === 0 ? -1 : (threadOfTid.get(Number(args.bits[a])) ?? -1);
      else if (key === 'prev_state') what = leftAs(args.kind[a] === ArgumentKind.Text ? (text(trace, args.text[a]) ?? '') : Number(args.bits[a]));
    }
    // Process 0 is what a CPU runs when it has nothing to run.
    if (previous >= 0 && threads.tid[previous] !== 0) moments.add(previous, samples.timeNs[i], what, i);
    moments.add(next, samples.timeNs[i], Moment.Comes);
  }
  return moments;
}

/** A thread's state when it left, in the kernel's letters or bits: R can run on, X and Z are its end. */
function leftAs(state: string | number): Moment {
  if (typeof state === 'number') return (state & 0xff) === 0 ? Moment.Preempted : state & (0x10 | 0x20) ? Moment.Ends : Moment.Leaves;
  return state.startsWith('R') ? Moment.Preempted : /[XZ]/.test(state) ? Moment.Ends : Moment.Leaves;
}

/** perf writes a record of a switch just after the sample of it. */
const RECORD_AFTER_NS = 50_000;

function isSameSwitch({timeNs, sample, switchRow}: Moments, a: number, b: number): boolean {
  return sample[a] >= 0 && switchRow[b] >= 0 && timeNs[b] - timeNs[a] <= RECORD_AFTER_NS;
}

function stretches(trace: Trace, moments: Moments, comes: Uint8Array): OffCpu {
  const {threads} = trace;
  const order = ascendingOrder(Float64Array.from(moments.timeNs));
  const ofThread: number[][] = Array.from({length: threads.length}, () => []);
  for (const i of order) ofThread[moments.thread[i]].push(i);
  const found: {thread: number; fromNs: number; toNs: number; preempted: number; sample: number; switchRow: number}[] = [];
  const first = new Int32Array(threads.length + 1);
  const knownFromNs = new Float64Array(threads.length).fill(Number.NaN);
  const knownToNs = new Float64Array(threads.length).fill(Number.NaN);
  for (let thread = 0; thread < threads.length; thread++) {
    const own = ofThread[thread];
    /** Where it left last, and was not seen since; -1: it is on a CPU. */
    let left = -1;
    const close = (toNs: number) => {
      if (left >= 0 && moments.what[left] !== Moment.Ends && toNs > moments.timeNs[left]) {
        found.push({thread, fromNs: moments.timeNs[left], toNs, preempted: Number(moments.what[left] === Moment.Preempted), sample: moments.sample[left], switchRow: moments.switchRow[left]});
      }
      left = -1;
    };
    for (const i of own) {
      const what = moments.what[i];
      if (what === Moment.Comes || (what === Moment.Seen && comes[thread] === 0)) close(moments.timeNs[i]);
      else if (what !== Moment.Seen && !(left >= 0 && isSameSwitch(moments, left, i))) left = i;
    }
    if (own.length > 0) {
      const endNs = Number.isNaN(threads.endNs[thread]) ? trace.endNs : threads.endNs[thread];
      knownFromNs[thread] = moments.timeNs[own[0]];
      knownToNs[thread] = left >= 0 && moments.what[left] !== Moment.Ends ? Math.max(endNs, moments.timeNs[own[own.length - 1]]) : moments.timeNs[own[own.length - 1]];
      close(endNs);
    }
    first[thread + 1] = found.length;
  }
  return {
    length: found.length, first, knownFromNs, knownToNs,
    thread: Int32Array.from(found, (row) => row.thread),
    fromNs: Float64Array.from(found, (row) => row.fromNs),
    toNs: Float64Array.from(found, (row) => row.toNs),
    preempted: Uint8Array.from(found, (row) => row.preempted),
    sample: Int32Array.from(found, (row) => row.sample),
    switchRow: Int32Array.from(found, (row) => row.switchRow),
  };
}

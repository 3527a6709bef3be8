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
import {CameBack, type OffCpu, type SwitchedThread} from './shape.ts';

const Moment = {Leaves: 0, Preempted: 1, Ends: 2, Comes: 3, Seen: 4} as const;
type Moment = (typeof Moment)[keyof typeof Moment];

/** Different values, each once. */
class Rows<T> {
  readonly all: T[] = [];
  readonly #rows = new Map<string, number>();

  row(value: T): number {
    const key = JSON.stringify(value);
    let row = this.#rows.get(key);
    if (row === undefined) this.#rows.set(key, (row = this.all.push(value) - 1));
    return row;
  }
}

/** What is told of threads, in no order. */
class Moments {
  readonly thread: number[] = [];
  readonly timeNs: number[] = [];
  readonly what: Moment[] = [];
  readonly sample: number[] = [];
  readonly switchRow: number[] = [];
  /** Of a sample of sched_switch: the state that its thread leaves with, and the other thread of the two; -1: not told. */
  readonly state: number[] = [];
  readonly other: number[] = [];
  readonly states = new Rows<string>();
  readonly others = new Rows<SwitchedThread>();

  add(thread: number, timeNs: number, what: Moment, sample = -1, switchRow = -1, state = -1, other = -1): void {
    if (thread < 0 || Number.isNaN(timeNs)) return;
    this.thread.push(thread);
    this.timeNs.push(timeNs);
    this.what.push(what);
    this.sample.push(sample);
    this.switchRow.push(switchRow);
    this.state.push(state);
    this.other.push(other);
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
    let state = -1;
    let [left, came]: [SwitchedThread, SwitchedThread] = [{tid: previous < 0 ? Number.NaN : threads.tid[previous], comm: text(trace, samples.comm[i])}, {tid: Number.NaN, comm: null}];
    for (let a = at; a < args.length && args.row[a] === i; a++) {
      const key = text(trace, args.key[a]);
      const value = args.kind[a] === ArgumentKind.Text ? (text(trace, args.text[a]) ?? '') : Number(args.bits[a]);
      if (key === 'prev_pid') {
        previous = threadOfTid.get(Number(value)) ?? -1;
        left = {...left, tid: Number(value)};
      } else if (key === 'next_pid') {
        next = Number(value) === 0 ? -1 : (threadOfTid.get(Number(value)) ?? -1);
        came = {...came, tid: Number(value)};
      } else if (key === 'prev_comm') left = {...left, comm: String(value)};
      else if (key === 'next_comm') came = {...came, comm: String(value)};
      else if (key === 'prev_state') {
        const letters = typeof value === 'number' ? stateLetters(value) : value;
        state = moments.states.row(letters);
        what = leftAs(letters);
      }
    }
    // Process 0 is what a CPU runs when it has nothing to run.
    if (previous >= 0 && threads.tid[previous] !== 0) moments.add(previous, samples.timeNs[i], what, i, -1, state, Number.isNaN(came.tid) ? -1 : moments.others.row(came));
    moments.add(next, samples.timeNs[i], Moment.Comes, -1, -1, -1, Number.isNaN(left.tid) ? -1 : moments.others.row(left));
  }
  return moments;
}

/** The kernel's letter for each bit of a thread's state; none: R. Above them one says that it was preempted, `+`. */
const STATE_LETTERS = ['S', 'D', 'T', 't', 'X', 'Z', 'P', 'I'] as const;

function stateLetters(bits: number): string {
  const letters = STATE_LETTERS.filter((_, bit) => bits & (1 << bit)).join('|') || 'R';
  return bits & (1 << STATE_LETTERS.length) ? `${letters}+` : letters;
}

/** A thread's state when it left, in the kernel's letters: R can run on, X and Z are its end. */
function leftAs(state: string): Moment {
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
  const found: {thread: number; fromNs: number; toNs: number; left: number; back: CameBack; previous: number}[] = [];
  const first = new Int32Array(threads.length + 1);
  const restless: number[] = [];
  const leftLast = new Uint8Array(threads.length);
  const lastState = new Int32Array(threads.length).fill(-1);
  const lastNext = new Int32Array(threads.length).fill(-1);
  const knownFromNs = new Float64Array(threads.length).fill(Number.NaN);
  const knownToNs = new Float64Array(threads.length).fill(Number.NaN);
  for (let thread = 0; thread < threads.length; thread++) {
    const own = ofThread[thread];
    /** Where it left last, and was not seen since; -1: it is on a CPU. */
    let left = -1;
    let isRestless = 0;
    const close = (toNs: number, back: CameBack, previous: number) => {
      if (left >= 0 && moments.what[left] !== Moment.Ends && toNs > moments.timeNs[left]) {
        found.push({thread, fromNs: moments.timeNs[left], toNs, left, back, previous});
        restless.push(isRestless);
        isRestless = 0;
      }
      left = -1;
    };
    for (const i of own) {
      const what = moments.what[i];
      if (what === Moment.Comes || (what === Moment.Seen && comes[thread] === 0)) close(moments.timeNs[i], what === Moment.Comes ? CameBack.Switched : CameBack.Seen, moments.other[i]);
      else if (what !== Moment.Seen && !(left >= 0 && isSameSwitch(moments, left, i))) {
        if (left >= 0) isRestless = 1;
        left = i;
      }
    }
    if (own.length > 0) {
      const endNs = Number.isNaN(threads.endNs[thread]) ? trace.endNs : threads.endNs[thread];
      knownFromNs[thread] = moments.timeNs[own[0]];
      knownToNs[thread] = left >= 0 && moments.what[left] !== Moment.Ends ? Math.max(endNs, moments.timeNs[own[own.length - 1]]) : moments.timeNs[own[own.length - 1]];
      const last = left;
      const told = found.length;
      close(endNs, CameBack.Not, -1);
      if (last >= 0 && found.length === told) {
        leftLast[thread] = 1;
        lastState[thread] = moments.state[last];
        lastNext[thread] = moments.other[last];
      }
    }
    restless.push(isRestless);
    first[thread + 1] = found.length;
  }
  return {
    length: found.length, first, knownFromNs, knownToNs,
    thread: Int32Array.from(found, (row) => row.thread),
    fromNs: Float64Array.from(found, (row) => row.fromNs),
    toNs: Float64Array.from(found, (row) => row.toNs),
    preempted: Uint8Array.from(found, ({left}) => Number(moments.what[left] === Moment.Preempted)),
    sample: Int32Array.from(found, ({left}) => moments.sample[left]),
    switchRow: Int32Array.from(found, ({left}) => moments.switchRow[left]),
    back: Uint8Array.from(found, (row) => row.back),
    state: Int32Array.from(found, ({left}) => moments.state[left]),
    next: Int32Array.from(found, ({left}) => moments.other[left]),
    previous: Int32Array.from(found, (row) => row.previous),
    restless: Uint8Array.from(restless), leftLast, lastState, lastNext,
    states: moments.states.all, others: moments.others.all,
  };
}

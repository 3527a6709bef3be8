/** When threads were off the CPU, as `sched:sched_switch` samples and switch records tell. */

/** A thread as a switch names it. tid 0: the CPU had nothing to run. */
export interface SwitchedThread {
  readonly tid: number;
  /** null: not recorded. */
  readonly comm: string | null;
}

/** How a stretch off the CPU came to its end: a switch gave the thread a CPU; it was seen on one, so at the latest then; the recording, or the thread, ended before. */
export const CameBack = {Switched: 0, Seen: 1, Not: 2} as const;
export type CameBack = (typeof CameBack)[keyof typeof CameBack];

/** Stretches off the CPU, thread by thread, in time order within one. Times on the source's own clock. */
export interface OffCpu {
  readonly length: number;
  /** By thread row: first of its stretches; one more value than threads. */
  readonly first: Int32Array;
  readonly thread: Int32Array;
  readonly fromNs: Float64Array;
  /** When it was given a CPU again, or, where that is not recorded, seen on one. Not given one any more: its end, or the recording's. */
  readonly toNs: Float64Array;
  /** 1: it could have run on, but others did. 0: it went to sleep. */
  readonly preempted: Uint8Array;
  /** The sample of sched_switch that it left by, with its stack; -1: a switch record told it, which has none. */
  readonly sample: Int32Array;
  /** Row of SWITCHES that it left by, -1: a sample told it. */
  readonly switchRow: Int32Array;
  /** One of `CameBack`. */
  readonly back: Uint8Array;
  /** Its state when it left, in perf's letters (`S`, `D`, `R+`): row of `states`; -1: a switch record told it. */
  readonly state: Int32Array;
  readonly states: readonly string[];
  /** Who was given the CPU that it left, and who left the one that it was given: rows of `others`; -1: not told. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly others: readonly SwitchedThread[];
  /**
   * By stretch, and one more after the last of each thread: 1: between it and the one before the thread left the CPU and came back, when is not told. The
   * stretch before which it did is at its row + the row of its thread.
   */
  readonly restless: Uint8Array;
  /** By thread row: 1: it left the CPU at the last moment that it is told of, because it ended, or the recording did; with that state, and for whom (as `state` and `next`). */
  readonly leftLast: Uint8Array;
  readonly lastState: Int32Array;
  readonly lastNext: Int32Array;
  /** By thread row: first and last moment that it is known on or off a CPU; NaN: nothing is known. */
  readonly knownFromNs: Float64Array;
  readonly knownToNs: Float64Array;
}

/** A stretch of a thread on or off the CPU. */
export interface CpuStretch {
  readonly is: 'on' | 'asleep' | 'preempted';
  readonly fromNs: number;
  readonly toNs: number;
  /** It began before it is first told of; it had not ended when it is last told of. */
  readonly isBegun: boolean;
  readonly isOpen: boolean;
  /** Its end is when it was seen on a CPU again, or its begin, of one on the CPU: it came at the latest then. */
  readonly isSeen: boolean;
  /** On the CPU, but off it in between; when is not told. */
  readonly isBroken: boolean;
  /** Off the CPU, and after one on it: the state that the thread left with, in perf's letters. null: not told. */
  readonly state: string | null;
  /** Who had the CPU before it was on it and after; while it is off: who was given the CPU that it left, and who left the one that it came back to. null: not told. */
  readonly previous: SwitchedThread | null;
  readonly next: SwitchedThread | null;
  /** Sample with the stack that went to sleep; -1: none. */
  readonly sample: number;
}

/** How many stretches of a thread are told of, on and off the CPU, and each of them. A stretch on the CPU stands before, between and after those off it; it may be empty. */
export function cpuStretches(off: OffCpu, thread: number): {readonly length: number; at(index: number): CpuStretch} {
  const first = off.first[thread];
  const end = off.first[thread + 1];
  const other = (row: number) => (row < 0 ? null : off.others[row]);
  const stateNamed = (row: number) => (row < 0 ? null : off.states[row]);
  const stateOf = (row: number) => stateNamed(off.state[row]);
  return {
    length: Number.isNaN(off.knownFromNs[thread]) ? 0 : 2 * (end - first) + 1,
    at(index) {
      const after = first + (index >> 1);
      if (index % 2 === 1) {
        return {
          is: off.preempted[after] === 1 ? 'preempted' : 'asleep', fromNs: off.fromNs[after], toNs: off.toNs[after], isBegun: false,
          isOpen: off.back[after] === CameBack.Not, isSeen: off.back[after] === CameBack.Seen, isBroken: false, state: stateOf(after), next: other(off.next[after]), previous: other(off.previous[after]), sample: off.sample[after],
        };
      }
      const before = after - 1;
      const hasBefore = before >= first;
      const hasAfter = after < end;
      return {
        is: 'on', fromNs: hasBefore ? off.toNs[before] : off.knownFromNs[thread], toNs: hasAfter ? off.fromNs[after] : off.knownToNs[thread], isBegun: !hasBefore, isOpen: !hasAfter && off.leftLast[thread] === 0,
        isSeen: hasBefore && off.back[before] === CameBack.Seen, isBroken: off.restless[after + thread] === 1, state: hasAfter ? stateOf(after) : stateNamed(off.lastState[thread]),
        previous: hasBefore ? other(off.previous[before]) : null, next: other(hasAfter ? off.next[after] : off.lastNext[thread]), sample: -1,
      };
    },
  };
}

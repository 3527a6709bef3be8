/** When threads were off the CPU, as `sched:sched_switch` samples and switch records tell. */

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
  /** By thread row: first and last moment that it is known on or off a CPU; NaN: nothing is known. */
  readonly knownFromNs: Float64Array;
  readonly knownToNs: Float64Array;
}

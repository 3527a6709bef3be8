/** Perf samples joined to a Go trace: whose each sample is. */

/** When goroutines were Running or in Syscall on threads, grouped by thread, in time order within one. */
export interface Runs {
  /** By thread row: first run of the thread; one more value than threads. */
  readonly first: Int32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Row of goroutines. */
  readonly goroutine: Int32Array;
}

/** How a sample came to its goroutine, or why it has none. `NoTrace`: no Go trace is open. */
export const Attributed = {Goroutine: 0, Scheduler: 1, OutsideTrace: 2, ThreadNotInTrace: 3, NotAligned: 4, NoTrace: 5} as const;
export type Attributed = (typeof Attributed)[keyof typeof Attributed];

/** The words of `Attributed` in output; null for NoTrace. */
export const attributionNames = ['goroutine', 'scheduler', 'outside-trace', 'thread-not-in-trace', 'not-aligned', null] as const;

/** For every sample of a source: */
export interface Attribution {
  /** Id of the source whose goroutines are meant; -1 when there is none. */
  readonly to: number;
  /** Row of that source's goroutines, -1 none. */
  readonly goroutine: Int32Array;
  /** One of `Attributed`. */
  readonly how: Uint8Array;
}

/** How well a source fits the trace on its axis. */
export interface Fit {
  /** Threads of the source that are threads of the trace. */
  readonly sharedThreads: number;
  /** Samples with a goroutine whose call chain is whole: it begins at goexit. */
  readonly compared: number;
  /** Of these, samples that begin in the start function of their goroutine. */
  readonly matching: number;
}

/** Which samples and goroutines are looked at: what the user picked in any view narrows all of them. */

/** Each field narrows, `null` does not. Fields are joined by “and”. */
export interface Filter {
  /** pid as recorded. A Go trace is of the process that most samples attributed to its goroutines are of. */
  readonly process: number | null;
  /** tid: samples of the thread; goroutines that ran on it; stack changes done on it. */
  readonly thread: number | null;
  /** Name of the thread as recorded with the sample (perf: comm). For goroutines and stack changes: the threads that ever had it. */
  readonly comm: string | null;
  /** Goroutines started with this function, and samples attributed to them. */
  readonly startFunction: string | null;
  /** A function whose calls grew stacks: those growths, samples of them, and the goroutines that grew so. */
  readonly cause: string | null;
  /** One goroutine: source and row of its goroutines. */
  readonly goroutine: {readonly source: number; readonly goroutine: number} | null;
}

/** Narrows nothing. */
export const noFilter: Filter = {process: null, thread: null, comm: null, startFunction: null, cause: null, goroutine: null};

/** Whether anything is narrowed. */
export function isNarrowed(filter: Filter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** What of one source passes a filter: by row 1 or 0; `null`: all rows do. */
export interface Filtered {
  readonly samples: Uint8Array | null;
  readonly goroutines: Uint8Array | null;
  /** By what is told of the thread alone: it is of no goroutine. */
  readonly threads: Uint8Array | null;
  readonly stackChanges: Uint8Array | null;
}

/** Rows of a trace by what they belong to, so that one goroutine or thread is looked at without looking at the others. */

/** Rows grouped by owner: those of owner `g` are `rows[first[g]] … rows[first[g + 1] - 1]`, in time order. */
export interface Grouped {
  readonly first: Int32Array;
  readonly rows: Int32Array;
  /** On the source's own clock, beside `rows`. */
  readonly times: Float64Array;
}

/** The rows of a Go trace by row of goroutines: */
export interface GoroutineRows {
  /** Stack changes. */
  readonly changes: Grouped;
  /** Spans that are the goroutine's own: mark assists, regions, what it stopped the world for; by begin. */
  readonly spans: Grouped;
  /** Logs and labels. */
  readonly instants: Grouped;
  /** States of other goroutines that this one caused: those that it created or unblocked. */
  readonly caused: Grouped;
}

/** Sample rows of one owner and their times on the source's own clock, in time order. */
export interface SamplesOfOwner {
  readonly rows: Int32Array;
  readonly times: Float64Array;
}

/** The samples of one event that have a time, by whose they are. */
export interface SampleRows {
  /** Id of the source whose goroutines are meant; -1: none. */
  readonly to: number;
  ofGoroutine(goroutine: number): SamplesOfOwner;
  /** Threads of several processes may bear one number: their samples are together. */
  ofThread(tid: number): SamplesOfOwner;
}

/** Whose the samples are: processes, their threads, and the names that threads bore; each with its weight. */
import type {Filter} from '../filter/shape.ts';

/** The part of a filter that says whose samples are looked at. */
export type Whose = Pick<Filter, 'process' | 'thread' | 'comm'>;

/** Everybody's. */
export const everybody: Whose = {process: null, thread: null, comm: null};

export interface ProcessesQuestion {
  readonly source: number;
  /** Row of the source's events. */
  readonly event: number;
  readonly weight: 'samples' | 'period';
  /** Only samples in this part of the axis; null: all. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  /** Whose share is asked for besides. */
  readonly chosen: Whose;
  /** Keys of the rows whose parts are listed under them, see `keyOf`. */
  readonly open: readonly string[];
  /** Rows with this in their name or number, and what they are part of; empty: all. Ignores case. */
  readonly search: string;
  /** Window on the rows. */
  readonly first: number;
  readonly count: number;
}

/**
 * One row of the list. Level 0: a process; or, where pids were not recorded, all threads of one name. Level 1: a thread. Level 2: a name
 * that the thread bore, where it bore several.
 */
export interface ProcessRow {
  readonly level: 0 | 1 | 2;
  /** What choosing the row narrows to. */
  readonly whose: Whose;
  /** Of a process its main thread's, else the one most of its samples bear; empty: not recorded. */
  readonly name: string;
  readonly samples: number;
  readonly weight: number;
  /** Rows that can be listed under it. */
  readonly parts: number;
  readonly isOpen: boolean;
  /** The Go trace is of it. */
  readonly isOfTrace: boolean;
}

export interface ProcessesAnswer {
  /** Over all samples of the event in the range. */
  readonly samples: number;
  readonly weight: number;
  /** Rows of level 0 and of level 1, whatever is searched for. */
  readonly processes: number;
  readonly threads: number;
  /** Whether pids were recorded: else level 0 are names. */
  readonly hasPids: boolean;
  /** Of those chosen; `name` as in a row. */
  readonly chosen: {readonly samples: number; readonly weight: number; readonly name: string};
  /** How many rows are listed; `rows` is the window asked for. */
  readonly listed: number;
  readonly rows: readonly ProcessRow[];
}

/** A row's own name among all rows. */
export function keyOf({process, thread, comm}: Whose): string {
  return JSON.stringify([process, thread, comm]);
}

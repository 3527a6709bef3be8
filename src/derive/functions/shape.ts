/** The functions of a call tree: what each weighs itself and with all that it calls, over time, and who calls whom. */
import type {CallTreeQuery, CallTreeSums, FunctionRef} from '../call-tree/shape.ts';

/** What rows can be sorted by. */
export const functionColumns = ['name', 'self', 'total', 'count'] as const;
export type FunctionColumn = (typeof functionColumns)[number];

export interface FunctionsQuestion {
  /** Its `rootedBy` is left aside. */
  readonly query: CallTreeQuery;
  readonly sort: {readonly by: FunctionColumn; readonly descending: boolean};
  /** Only functions whose name holds this, letter for letter; empty: all. */
  readonly search: string;
  readonly ignoreCase: boolean;
  /** The part of the sorted rows that is seen. */
  readonly first: number;
  readonly count: number;
  /** How many parts of the range a row's `overTime` has. 0: none are asked for. */
  readonly bins: number;
  /** Also the callers and callees of this function; null: of none. */
  readonly of: FunctionRef | null;
}

/** A function, or what stands for frames that were not recorded (`name` null: see the kind). */
export interface FunctionRow {
  readonly name: string | null;
  /** One of `FrameKind`. A function in chains of growth has the kind that it has elsewhere. */
  readonly kind: number;
  /** Object as recorded; null: not recorded. */
  readonly dso: string | null;
  readonly self: number;
  /** Of all stacks that hold it; one that holds it several times counts once. */
  readonly total: number;
  /** Samples (growths, states) that the total is of. */
  readonly count: number;
  /** One of `Inlined`, of all its calls. */
  readonly inlined: number;
  /** What of the total is of stacks that hold it only because a probe told so: the rest is as recorded. */
  readonly restored: number;
}

/** Functions that call one, or are called by it, with what of its total came or went that way. */
export interface CallRow {
  /** null: nothing recorded calls it, or what the kind says. */
  readonly name: string | null;
  readonly kind: number;
  readonly weight: number;
  readonly count: number;
}

/**
 * The neighbours of one function in all its outermost calls, those that weigh most first, at most 200 each. Callers weigh together what the function
 * weighs; callees and its own weight do so too.
 */
export interface FunctionNeighbours {
  readonly row: FunctionRow;
  readonly callers: readonly CallRow[];
  readonly callees: readonly CallRow[];
}

export interface FunctionsAnswer {
  /** What was asked: weights are of this. */
  readonly query: CallTreeQuery;
  /** Sorted, from `first` on. Functions that weigh the same stand by name. */
  readonly rows: readonly FunctionRow[];
  readonly first: number;
  /** How many rows there are in all that the search lets through. */
  readonly rowCount: number;
  /** Of all stacks, whatever the search: `total` is the weight of the tree, and the sum of every function's own. */
  readonly whole: {readonly total: number; readonly count: number; readonly functions: number};
  readonly sums: CallTreeSums;
  /** `bins` values a row of `rows`: what the total weighs in each part of `fromNs` … `toNs`. Samples without a time are in none. */
  readonly overTime: Float64Array;
  readonly fromNs: number;
  readonly toNs: number;
  /** null: none was asked for, or no stack holds it. */
  readonly neighbours: FunctionNeighbours | null;
}

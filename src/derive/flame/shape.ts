/** The part of a call tree that can be seen: every frame at least half a pixel wide below a root, and what a search finds. */
import type {CallTreeQuery, CallTreeSums, FunctionRef} from '../call-tree/shape.ts';

/** A frame of a path from the root: its name, or its kind where it has none. */
export interface PathStep {
  readonly name: string | null;
  readonly kind: number;
}

/**
 * How the stacks are put together. `top-down`: from the root of each. `bottom-up`: from the leaf of each to its callers; what a frame of the first level
 * weighs is what the function weighs itself. `callers` and `callees` of one function make a sandwich: two questions, two pictures. Both begin with the
 * function (row 1, below the sum of all) and are as wide as its total; a function that calls itself counts once, from its outermost call. `time`: one
 * thread or goroutine, from left to right in time; samples that follow one another and begin alike are one frame as long as they do.
 * In all but `top-down` a stack that was cut off, or lost its caller, ends in the frame that says so.
 */
export type FlameForm =
  | {readonly kind: 'top-down' | 'bottom-up'}
  | {readonly kind: 'callers' | 'callees'; readonly of: FunctionRef}
  | {
      readonly kind: 'time';
      readonly per: 'thread' | 'goroutine';
      /** Row of the threads or goroutines as `FlameTime.lanes` gives it; null: the one that weighs most. */
      readonly row: number | null;
      /** The part of the axis across the picture; null: the query's range, or all. The path of the question is left aside. */
      readonly window: {readonly fromNs: number; readonly toNs: number} | null;
    };

/** A tree, where to look in it, how wide the screen is, and what is searched. */
export interface FlameQuestion {
  readonly query: CallTreeQuery;
  readonly form: FlameForm;
  /** The frame to show as widest, by the steps from the root to it; empty: the whole tree. As far as the tree has it. */
  readonly path: readonly PathStep[];
  readonly widthPx: number;
  /** Frames whose name holds this, letter for letter; empty: no search. */
  readonly search: string;
  readonly ignoreCase: boolean;
}

/** What a picture in the order of time shows. */
export interface FlameTime {
  readonly fromNs: number;
  readonly toNs: number;
  /** Lanes that have samples of the query, those that weigh most first, at most 200. `id`: of a goroutine its goid, of a thread its tid; `name`: with the id, as in a tree rooted by it. */
  readonly lanes: readonly {readonly row: number; readonly id: number; readonly name: string; readonly samples: number; readonly weight: number}[];
  /** Row of the lane that is shown; -1: there is none. */
  readonly row: number;
}

/**
 * Frames in preorder, bounded by the screen. The first rows are the path from the root to the frame shown widest, each as wide as the
 * screen. `x0`, `x1` are shares of the width; children stand side by side from the left of their parent, largest first. In the order of time they are
 * shares of the window, and there are gaps where there is no sample.
 */
export interface FlameAnswer {
  /** What was asked: the weights are of this. */
  readonly query: CallTreeQuery;
  readonly form: FlameForm;
  readonly length: number;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly x0: Float64Array;
  readonly x1: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** How many samples (growths, states) the total is of. */
  readonly count: Float64Array;
  /** Row of `names`, -1: see the kind. */
  readonly name: Int32Array;
  /** One of `FrameKind`. */
  readonly kind: Uint8Array;
  /** One of `KnownBy`: draw what is not recorded of the thing itself as such. */
  readonly knownBy: Uint8Array;
  /** Turns of a recursion folded into the frame, at most; 1: none. */
  readonly times: Int32Array;
  /** One of `Inlined`: whether the calls that the frame stands for were inlined into their callers. */
  readonly inlined: Uint8Array;
  /** 1: the search found it. */
  readonly match: Uint8Array;
  /** Children too narrow to be shown, and what they weigh together. */
  readonly hiddenChildren: Int32Array;
  readonly hiddenWeight: Float64Array;
  readonly names: readonly string[];
  /** By row of `names`: row of `packages`, of `dsos`; -1: has none, not recorded. A function found in several objects has the first. */
  readonly packageOfName: Int32Array;
  readonly dsoOfName: Int32Array;
  readonly packages: readonly string[];
  readonly dsos: readonly string[];
  /** How many of the first rows are the path; the last of them is shown widest. */
  readonly pathLength: number;
  readonly sums: CallTreeSums;
  /** Weight of the whole picture: the sum of all, of all growth chains, of the function in a sandwich, of the window in the order of time. */
  readonly treeWeight: number;
  /** What the search found in the tree: functions by name, frames that bear one, and the weight of all stacks that hold one. */
  readonly found: {readonly functions: number; readonly frames: number; readonly weight: number} | null;
  /** null unless the form is `time`. */
  readonly time: FlameTime | null;
}

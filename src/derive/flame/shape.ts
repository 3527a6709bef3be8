/** The part of a call tree that can be seen: every frame at least half a pixel wide below a root, and what a search finds. */
import type {CallTreeQuery, CallTreeSums} from '../call-tree/shape.ts';

/** A frame of a path from the root: its name, or its kind where it has none. */
export interface PathStep {
  readonly name: string | null;
  readonly kind: number;
}

/** A tree, where to look in it, how wide the screen is, and what is searched. */
export interface FlameQuestion {
  readonly query: CallTreeQuery;
  /** The frame to show as widest, by the steps from the root to it; empty: the whole tree. As far as the tree has it. */
  readonly path: readonly PathStep[];
  readonly widthPx: number;
  /** Frames whose name holds this, letter for letter; empty: no search. */
  readonly search: string;
  readonly ignoreCase: boolean;
}

/**
 * Frames in preorder, bounded by the screen. The first rows are the path from the root to the frame shown widest, each as wide as the
 * screen. `x0`, `x1` are shares of the width; children stand side by side from the left of their parent, largest first.
 */
export interface FlameAnswer {
  /** What was asked: the weights are of this. */
  readonly query: CallTreeQuery;
  readonly length: number;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly x0: Float64Array;
  readonly x1: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** Row of `names`, -1: see the kind. */
  readonly name: Int32Array;
  /** One of `FrameKind`. */
  readonly kind: Uint8Array;
  /** 1: the search found it. */
  readonly match: Uint8Array;
  /** Children too narrow to be shown, and what they weigh together. */
  readonly hiddenChildren: Int32Array;
  readonly hiddenWeight: Float64Array;
  readonly names: readonly string[];
  /** How many of the first rows are the path; the last of them is shown widest. */
  readonly pathLength: number;
  readonly sums: CallTreeSums;
  /** Weight of the whole tree: the sum of all, or of all growth chains. */
  readonly treeWeight: number;
  /** What the search found: functions by name, and the weight of all stacks that hold one. */
  readonly found: {readonly functions: number; readonly weight: number} | null;
}

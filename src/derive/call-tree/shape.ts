/** The tree of calls of some of a source's samples, with weights. */

import type {Filter} from '../filter/shape.ts';

/** Which samples, and what each weighs. */
export interface CallTreeQuery {
  readonly source: number;
  /** Row of the source's events. */
  readonly event: number;
  readonly weight: 'samples' | 'period';
  /** Only chains that grow a stack, or all. */
  readonly chains: 'all' | 'growth';
  /** Only samples in this part of the axis; null: all. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly filter: Filter;
}

/**
 * A tree in columns, in preorder: a node is followed by its subtree, children largest first. Row 0 is the root, the sum of all.
 * Holds: `parent[i] < i`, -1 at the root; `total[i]` = `self[i]` + totals of its children; a sample is in exactly one `self`.
 */
export interface CallTree {
  readonly length: number;
  readonly parent: Int32Array;
  /** One past the last row of its subtree. */
  readonly end: Int32Array;
  readonly depth: Int32Array;
  /** Row of `names`; -1: it has no name of its own, its kind says what it stands for. */
  readonly name: Int32Array;
  /** One of `FrameKind`. */
  readonly kind: Uint8Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly names: readonly string[];
}

/** Sums over the samples of a query, whatever `chains` says. */
export interface CallTreeSums {
  readonly samples: number;
  readonly weight: number;
  readonly growthSamples: number;
  readonly growthWeight: number;
}

/** The stacks that are in view as a file for other tools. */
import type {CallTreeQuery} from '../call-tree/shape.ts';

/**
 * `folded`: lines `comm;root;…;leaf N` by the conventions of the stackcollapse tools, sorted by their bytes; what `morestack fold` prints for the same
 * samples where the query changes no stack. What was not recorded leaves no frame there, what a probe restored one that ends in `_[restored]`. `pprof`: a profile.proto, not compressed (see `gzipped`), with a
 * frame for what was not recorded, `[caller not recorded]`.
 */
export type StackFileFormat = 'folded' | 'pprof';

/** Stands behind the name of a frame that was not recorded, but told by a probe. */
export const RESTORED = '_[restored]';

export interface StackFileQuestion {
  /** Filter, range, weight, chains and transforms are those of the file; what the tree is rooted by stands in place of the comm. */
  readonly query: CallTreeQuery;
  readonly format: StackFileFormat;
}

export interface StackFileAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

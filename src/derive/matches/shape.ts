/** Where on the axis the samples are whose stacks hold what is searched. */
import type {CallTreeQuery} from '../call-tree/shape.ts';

export interface MatchesQuestion {
  /** Samples (growths, states) of this; those that are left out by `chains` or a transform match nothing. */
  readonly query: CallTreeQuery;
  /** Part of the axis, and how many pixels show it. */
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
  /** What the name of a frame must hold, letter for letter; empty: nothing matches. */
  readonly search: string;
  readonly ignoreCase: boolean;
}

/** What lasts counts on every pixel that it touches. */
export interface MatchesAnswer {
  /** By pixel: how many of the query's samples there match. */
  readonly matching: Float64Array;
  /** In the whole query, wherever on the axis: samples that match, and what they weigh. */
  readonly found: {readonly samples: number; readonly weight: number};
}

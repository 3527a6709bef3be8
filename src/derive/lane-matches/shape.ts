/** Which lanes hold the samples (growths, states) whose stacks hold what is searched, and where on the axis. */
import type {CallTreeQuery} from '../call-tree/shape.ts';
import type {LanePlace} from '../moment/shape.ts';

export interface LaneMatchesQuestion {
  readonly query: CallTreeQuery;
  /** As in `MatchesQuestion`. */
  readonly search: string;
  readonly ignoreCase: boolean;
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
  /** The lanes on the screen. Those of goroutines, their groups, threads and events have matches. */
  readonly lanes: readonly {readonly key: string; readonly place: LanePlace}[];
}

export interface LaneMatchesAnswer {
  readonly keys: readonly string[];
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
  /** Planes of `widthPx` pixels, one a key: 1 where a match is. */
  readonly marks: Uint8Array;
  /** By key: how many samples that match are in the part asked. */
  readonly found: Float64Array;
}

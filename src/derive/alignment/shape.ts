/** How well a source fits the reference trace: as it stands now, or as it would if its times were used as they are. */
import type {Fit} from '../join/shape.ts';

/** Of one source. */
export interface AlignmentQuestion {
  readonly source: number;
}

/** null as a whole: the source is not open. */
export interface AlignmentAnswer {
  /** Under the alignment that holds now; null: its samples are attributed to no trace. */
  readonly now: Fit | null;
  /** What using the times as they are would give; null when it is aligned already, or there is no reference. */
  readonly asIs: AsIsProposal | null;
  /** Share of matching roots below which the clocks are probably not the same. */
  readonly warnBelow: number;
}

/** Either a fit, or why the times can't be used as they are. */
export type AsIsProposal =
  | {readonly refused: 'no-shared-thread' | 'ranges-apart'}
  | {readonly refused: null; readonly fit: Fit};

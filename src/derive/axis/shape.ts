/** How the clocks of the open sources relate, and the axis that follows from it. */

/** What the user chose for a source whose clock is not known to be the reference's. `offsetNs`: its time + offset = reference time. */
export type AlignmentChoice = {readonly how: 'by-hand'; readonly offsetNs: bigint} | {readonly how: 'as-is'};

/**
 * Where a source stands. `reference`: the axis is its clock. `same-clock`: it names the clock that the reference names.
 * `none`: it is not on the axis of the Go trace, and no sample of it is attributed to anything there.
 */
export type Alignment =
  | {readonly how: 'reference'}
  | {readonly how: 'same-clock'; readonly clock: string}
  | {readonly how: 'by-hand'; readonly offsetNs: bigint}
  | {readonly how: 'as-is'}
  | {readonly how: 'none'; readonly why: 'default-clock' | 'not-stated' | 'other-clock' | 'no-times'};

/** Sources on one axis. */
export interface AxisGroup {
  /** Id of the source whose clock it is. */
  readonly reference: number;
  /** Ids of all sources on it, the reference among them. */
  readonly members: readonly number[];
  /** Axis time zero, in nanoseconds of the reference's clock: the first moment of any member. */
  readonly originNs: bigint;
  /** Last moment of any member, since zero. */
  readonly endNs: number;
}

/** The axes of a session. Times on an axis are nanoseconds since its zero. */
export interface Axis {
  /** The reference trace's group first. Sources without times are in none. */
  readonly groups: readonly AxisGroup[];
  readonly alignments: ReadonlyMap<number, Alignment>;
  /** What is added to a time of a source (since its origin) to get axis time, by source id; only sources in a group. */
  readonly shiftsNs: ReadonlyMap<number, number>;
  /** Id of the Go trace that others are aligned to; null when no Go trace is open. */
  readonly reference: number | null;
}

/** The group that a source is in; null when it has no times. */
export function groupOf(axis: Axis, source: number): AxisGroup | null {
  return axis.groups.find(({members}) => members.includes(source)) ?? null;
}

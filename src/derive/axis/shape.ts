/** How the clocks of the open sources relate, and the axis that follows from it. */

/** What the user chose for a source whose clock is not known to be the reference's. `offsetNs`: its time + offset = reference time. */
export type AlignmentChoice = {readonly how: 'by-hand'; readonly offsetNs: bigint} | {readonly how: 'as-is'};

/**
 * Where a source stands. `reference`: the axis is its clock. `same-clock`: it names the clock that the reference names.
 * `none`: it is not on the axis of the Go trace, and no sample of it is attributed to anything there; `apart`: its clock is the same, but
 * it was recorded at quite another time; `too-far`: the offset chosen by hand would stretch the axis past what times are exact for.
 */
export type Alignment =
  | {readonly how: 'reference'}
  | {readonly how: 'same-clock'; readonly clock: string}
  | {readonly how: 'by-hand'; readonly offsetNs: bigint}
  | {readonly how: 'as-is'}
  | {readonly how: 'none'; readonly why: 'default-clock' | 'not-stated' | 'other-clock' | 'no-times' | 'apart' | 'too-far'};

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
  /** The finest clock of any member. */
  readonly resolutionNs: number;
  /** What time it was, as one member knows it: in order of time, at most `MOST_READINGS`. Empty: none of them does. */
  readonly wall: readonly WallReading[];
}

/** A moment of an axis and what time it was: nanoseconds since 1970-01-01 UTC. */
export interface WallReading {
  readonly timeNs: number;
  readonly wallNs: bigint;
}

export const MOST_READINGS = 256;

/**
 * What time it was at a time of the axis; `readings` must not be empty. Between two readings the clock is taken to run evenly, outside
 * of them as the axis does.
 */
export function wallAt(readings: readonly WallReading[], timeNs: number): bigint {
  const after = readings.findIndex((reading) => reading.timeNs > timeNs);
  const before = readings[after < 0 ? readings.length - 1 : Math.max(0, after - 1)];
  const next = after > 0 ? readings[after] : null;
  const pace = next ? Number(next.wallNs - before.wallNs) / (next.timeNs - before.timeNs) : 1;
  return before.wallNs + BigInt(Math.round((timeNs - before.timeNs) * pace));
}

/** The time of the axis at which it was `wallNs`; `readings` must not be empty. */
export function timeOfWall(readings: readonly WallReading[], wallNs: bigint): number {
  const after = readings.findIndex((reading) => reading.wallNs > wallNs);
  const before = readings[after < 0 ? readings.length - 1 : Math.max(0, after - 1)];
  const next = after > 0 ? readings[after] : null;
  const pace = next ? (next.timeNs - before.timeNs) / Number(next.wallNs - before.wallNs) : 1;
  return before.timeNs + Number(wallNs - before.wallNs) * pace;
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

/**
 * Puts sources on axes. Two sources share one when both name the same clock and were recorded at about the same time, or when the user
 * says how they relate; nothing is guessed. The Go trace opened first is the reference: what is aligned by hand is aligned to it.
 */
import type {RecordedSource} from '../derivation.ts';
import {MOST_READINGS, type Alignment, type AlignmentChoice, type Axis, type AxisGroup, type WallReading} from './shape.ts';

interface Member {
  readonly source: RecordedSource;
  /** What is added to its own absolute times to get the reference's. */
  readonly offsetNs: bigint;
}

/** The axes of the sources, aligned as `choices` say where their files do not. Cost: quadratic in sources, of which there are few. */
export function axis(sources: readonly RecordedSource[], choices: ReadonlyMap<number, AlignmentChoice>): Axis {
  const timed = sources.filter(({trace}) => !Number.isNaN(trace.startNs));
  const reference = timed.find(({trace}) => trace.goroutines.length > 0) ?? null;
  const alignments = new Map<number, Alignment>(sources.filter((source) => !timed.includes(source)).map(({id}) => [id, {how: 'none', why: 'no-times'}]));
  const groups: Member[][] = [];
  const inOrder = reference ? [reference, ...timed.filter((source) => source !== reference)] : timed;
  for (const source of inOrder) {
    const choice = source === reference || !reference ? undefined : choices.get(source.id);
    const isTooFar = choice?.how === 'by-hand' && lengthWith(groups[0], {source, offsetNs: choice.offsetNs}) > MOST_NS;
    if (choice && !isTooFar) {
      groups[0].push({source, offsetNs: choice.how === 'by-hand' ? choice.offsetNs : 0n});
      alignments.set(source.id, choice);
      continue;
    }
    const onClock = groups.filter(([first]) => statedClock(first.source) !== null && statedClock(first.source) === statedClock(source));
    const group = onClock.find((members) => isNear(members, source));
    if (group) group.push({source, offsetNs: 0n});
    else groups.push([{source, offsetNs: 0n}]);
    if (isTooFar && group !== groups[0]) alignments.set(source.id, {how: 'none', why: 'too-far'});
    else if (reference && source !== reference && group !== groups[0]) alignments.set(source.id, {how: 'none', why: onClock.includes(groups[0]) ? 'apart' : whyNot(source)});
    else alignments.set(source.id, group ? {how: 'same-clock', clock: statedClock(source) ?? ''} : {how: 'reference'});
  }
  const shiftsNs = new Map<number, number>();
  return {groups: groups.map((members) => axisGroup(members, shiftsNs)), alignments, shiftsNs, reference: reference?.id ?? null};
}

/** 104 days: longer, and a Float64 does not hold each nanosecond. */
const MOST_NS = 2n ** 53n;

/** How long the axis of these would be with one more on it. */
function lengthWith(members: readonly Member[], member: Member): bigint {
  const times = [...members, member].map(({source, offsetNs}) => timesOf(source, offsetNs));
  return -least(times.map(([, to]) => -to)) - least(times.map(([from]) => from));
}

/** Recordings further apart than this, and than their lengths many times over, would be specks at the ends of an empty axis. */
const NEAR_NS = 1_000_000_000n;
const NEAR_LENGTHS = 4n;

/** Whether a source was recorded at about the time of the others, which are on its clock. */
function isNear(members: readonly Member[], source: RecordedSource): boolean {
  const times = members.map((member) => timesOf(member.source, member.offsetNs));
  const start = least(times.map(([from]) => from));
  const end = -least(times.map(([, to]) => -to));
  const [from, to] = timesOf(source, 0n);
  const gapNs = from > end ? from - end : start - to;
  const lengthsNs = end - start + (to - from);
  return gapNs <= NEAR_NS || gapNs <= NEAR_LENGTHS * lengthsNs;
}

/** First and last moment on the clock of the group. */
function timesOf({trace}: RecordedSource, offsetNs: bigint): [fromNs: bigint, toNs: bigint] {
  const originNs = trace.originNs + offsetNs;
  return [originNs + BigInt(Math.floor(trace.startNs)), originNs + BigInt(Math.floor(trace.endNs))];
}

function least(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}

function statedClock({trace}: RecordedSource): string | null {
  return trace.clock.known === 'stated' ? trace.clock.name : null;
}

function whyNot({trace}: RecordedSource): 'default-clock' | 'not-stated' | 'other-clock' {
  if (trace.clock.known === 'default') return 'default-clock';
  return trace.clock.known === 'stated' ? 'other-clock' : 'not-stated';
}

function axisGroup(members: readonly Member[], shiftsNs: Map<number, number>): AxisGroup {
  const originNs = least(members.map(({source, offsetNs}) => timesOf(source, offsetNs)[0]));
  let endNs = 0;
  for (const {source, offsetNs} of members) {
    const shift = Number(source.trace.originNs + offsetNs - originNs);
    shiftsNs.set(source.id, shift);
    endNs = Math.max(endNs, source.trace.endNs + shift);
  }
  const resolutionNs = Math.min(...members.map(({source: {trace}}) => trace.resolutionNs));
  return {reference: members[0].source.id, members: members.map(({source}) => source.id), originNs, endNs, resolutionNs, wall: wallReadings(members, shiftsNs)};
}

/** Of the first member that knows what time it was: the reference before others, so that two clocks are never mixed. */
function wallReadings(members: readonly Member[], shiftsNs: ReadonlyMap<number, number>): WallReading[] {
  for (const {source: {id, trace}} of members) {
    const found = trace.clockReadings.flatMap(({timeNs, wallNs}) => (wallNs === null ? [] : [{timeNs: timeNs + shiftsNs.get(id)!, wallNs}]));
    if (found.length === 0) continue;
    found.sort((a, b) => a.timeNs - b.timeNs);
    // Where the clock was set back, one time of day would stand for two moments: the readings till it has caught up are left out.
    const ascending: WallReading[] = [];
    for (const reading of found) if (ascending.length === 0 || (reading.timeNs > ascending.at(-1)!.timeNs && reading.wallNs > ascending.at(-1)!.wallNs)) ascending.push(reading);
    const step = Math.ceil(ascending.length / MOST_READINGS);
    return ascending.filter((_, i) => i % step === 0);
  }
  return [];
}

/**
 * Puts sources on axes. Two sources share one when both name the same clock, or when the user says how they relate; nothing is
 * guessed. The Go trace opened first is the reference: what is aligned by hand is aligned to it.
 */
import type {SessionSource} from '../derivation.ts';
import {MOST_READINGS, type Alignment, type AlignmentChoice, type Axis, type AxisGroup, type WallReading} from './shape.ts';

interface Member {
  readonly source: SessionSource;
  /** What is added to its own absolute times to get the reference's. */
  readonly offsetNs: bigint;
}

/** The axes of the sources, aligned as `choices` say where their files do not. Cost: quadratic in sources, of which there are few. */
export function axis(sources: readonly SessionSource[], choices: ReadonlyMap<number, AlignmentChoice>): Axis {
  const timed = sources.filter(({trace}) => !Number.isNaN(trace.startNs));
  const reference = timed.find(({trace}) => trace.goroutines.length > 0) ?? null;
  const alignments = new Map<number, Alignment>(sources.filter((source) => !timed.includes(source)).map(({id}) => [id, {how: 'none', why: 'no-times'}]));
  const groups: Member[][] = [];
  const inOrder = reference ? [reference, ...timed.filter((source) => source !== reference)] : timed;
  for (const source of inOrder) {
    const choice = source === reference || !reference ? undefined : choices.get(source.id);
    if (choice) {
      groups[0].push({source, offsetNs: choice.how === 'by-hand' ? choice.offsetNs : 0n});
      alignments.set(source.id, choice);
      continue;
    }
    const group = groups.find(([first]) => statedClock(first.source) !== null && statedClock(first.source) === statedClock(source));
    if (group) group.push({source, offsetNs: 0n});
    else groups.push([{source, offsetNs: 0n}]);
    if (reference && source !== reference && group !== groups[0]) alignments.set(source.id, {how: 'none', why: whyNot(source)});
    else alignments.set(source.id, group ? {how: 'same-clock', clock: statedClock(source) ?? ''} : {how: 'reference'});
  }
  const shiftsNs = new Map<number, number>();
  return {groups: groups.map((members) => axisGroup(members, shiftsNs)), alignments, shiftsNs, reference: reference?.id ?? null};
}

function statedClock({trace}: SessionSource): string | null {
  return trace.clock.known === 'stated' ? trace.clock.name : null;
}

function whyNot({trace}: SessionSource): 'default-clock' | 'not-stated' | 'other-clock' {
  if (trace.clock.known === 'default') return 'default-clock';
  return trace.clock.known === 'stated' ? 'other-clock' : 'not-stated';
}

function axisGroup(members: readonly Member[], shiftsNs: Map<number, number>): AxisGroup {
  const starts = members.map(({source: {trace}, offsetNs}) => trace.originNs + offsetNs + BigInt(Math.floor(trace.startNs)));
  const originNs = starts.reduce((least, start) => (start < least ? start : least));
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

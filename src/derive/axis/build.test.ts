/** Which sources share an axis, and that nothing but their clocks or the user's word puts them there. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {absoluteNs, type Clock, type Trace} from '../../model/trace.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {axis} from './build.ts';
import {groupOf, MOST_READINGS, timeOfWall, wallAt, type AlignmentChoice, type Axis} from './shape.ts';

const DEFAULT: Clock = {known: 'default', name: 'perf'};
const NOT_STATED: Clock = {known: 'not-stated', name: null};
const REALTIME: Clock = {known: 'stated', name: 'realtime'};

const goTrace = (originNs = 0n, clock?: Clock) => goTraceFromText(`
       0us     20us
  G1   run M7  wait
`, {originNs, ...(clock ? {clock} : {})});
const perf = (clock?: Clock, originNs = 0n) => traceFromText('5us 15us', {originNs, ...(clock ? {clock} : {})});
const withoutTimes = (): Trace => ({...traceFromText('0us'), startNs: Number.NaN, endNs: Number.NaN, clock: {known: 'none', name: null}});

const axisOf = (traces: readonly Trace[], choices: Readonly<Record<number, AlignmentChoice>> = {}) =>
  axis(traces.map((trace, i) => ({id: i + 1, name: '', trace})), new Map(Object.entries(choices).map(([id, choice]) => [Number(id), choice])));
const members = ({groups}: Axis) => groups.map((group) => group.members);

test('a source that states the clock of the Go trace is on its axis with offset 0', () => {
  const found = axisOf([perf(), goTrace()]);
  expect(members(found)).toEqual([[2, 1]]);
  expect(found.reference).toBe(2);
  expect(found.alignments).toEqual(new Map([[2, {how: 'reference'}], [1, {how: 'same-clock', clock: 'monotonic'}]]));
  expect(found.shiftsNs).toEqual(new Map([[2, 0], [1, 0]]));
});

test('axis zero is the first moment of any member, and its end the last', () => {
  const found = axisOf([goTrace(1_000_000n), perf(undefined, 990_000n)]);
  expect(found.groups).toEqual([{reference: 1, members: [1, 2], originNs: 995_000n, endNs: 25_000, resolutionNs: 1, wall: []}]);
  expect(found.shiftsNs).toEqual(new Map([[1, 5000], [2, -5000]]));
});

test.each([
  ['perf’s default clock', DEFAULT, 'default-clock'],
  ['a clock that is not stated', NOT_STATED, 'not-stated'],
  ['another stated clock', REALTIME, 'other-clock'],
] as const)('%s gets an axis of its own, with the reason', (_, clock, why) => {
  const found = axisOf([goTrace(), perf(clock)]);
  expect(members(found)).toEqual([[1], [2]]);
  expect(found.alignments.get(2)).toEqual({how: 'none', why});
});

test('two clocks that are not stated are not the same clock', () => {
  expect(members(axisOf([perf(NOT_STATED), perf(NOT_STATED)]))).toEqual([[1], [2]]);
  expect(members(axisOf([perf(DEFAULT), perf(DEFAULT)]))).toEqual([[1], [2]]);
});

test('two perf texts on one stated clock share an axis without a Go trace, and the first is its reference', () => {
  const found = axisOf([perf(), perf()]);
  expect(members(found)).toEqual([[1, 2]]);
  expect(found.reference).toBeNull();
  expect([...found.alignments.values()]).toEqual([{how: 'reference'}, {how: 'same-clock', clock: 'monotonic'}]);
});

test('two texts on a clock that the Go trace does not have share an axis, and neither claims the clock of the trace', () => {
  const found = axisOf([goTrace(), perf(REALTIME), perf(REALTIME)]);
  expect(members(found)).toEqual([[1], [2, 3]]);
  expect([found.alignments.get(2), found.alignments.get(3)]).toEqual([{how: 'none', why: 'other-clock'}, {how: 'none', why: 'other-clock'}]);
});

test('a source without times is on no axis', () => {
  const found = axisOf([goTrace(), withoutTimes()]);
  expect(members(found)).toEqual([[1]]);
  expect(found.alignments.get(2)).toEqual({how: 'none', why: 'no-times'});
  expect(groupOf(found, 2)).toBeNull();
  expect(found.shiftsNs.has(2)).toBe(false);
});

test('a recording of another day on the same clock does not stretch the axis, and says why it has its own', () => {
  const later = 3_600_000_000_000n;
  const found = axisOf([goTrace(), perf(undefined, later), perf(undefined, later + 5000n), perf()]);
  expect(members(found)).toEqual([[1, 4], [2, 3]]);
  expect([found.alignments.get(2), found.alignments.get(4)]).toEqual([{how: 'none', why: 'apart'}, {how: 'same-clock', clock: 'monotonic'}]);
  expect(found.groups.map(({endNs}) => endNs)).toEqual([20_000, 15_000]);
  // The user may say otherwise.
  expect(members(axisOf([goTrace(), perf(undefined, later)], {2: {how: 'as-is'}}))).toEqual([[1, 2]]);
});

test('an offset that no Float64 could hold to the nanosecond is not applied, and that is said', () => {
  const shifted = (offsetNs: bigint) => axisOf([goTrace(), perf(DEFAULT)], {2: {how: 'by-hand', offsetNs}});
  for (const offsetNs of [2n ** 53n, -(2n ** 53n), 36n ** 16n]) {
    expect(shifted(offsetNs).alignments.get(2)).toEqual({how: 'none', why: 'too-far'});
    expect(members(shifted(offsetNs))).toEqual([[1], [2]]);
  }
  expect(members(shifted(2n ** 53n - 100_000n))).toEqual([[1, 2]]);
});

test('recordings that follow each other within a second share the axis of their clock', () => {
  expect(members(axisOf([goTrace(), perf(undefined, 900_000_000n)]))).toEqual([[1, 2]]);
  expect(members(axisOf([perf(), perf(undefined, 3_000_000_000n)]))).toEqual([[1], [2]]);
});

test('an offset by hand is exact beyond 2^53', () => {
  const offsetNs = 2n ** 60n + 1n;
  const found = axisOf([goTrace(2n ** 60n), perf(DEFAULT)], {2: {how: 'by-hand', offsetNs}});
  expect(members(found)).toEqual([[1, 2]]);
  expect(found.shiftsNs).toEqual(new Map([[1, 0], [2, 1]]));
  expect(found.alignments.get(2)).toEqual({how: 'by-hand', offsetNs});
});

test('as it is means offset 0, whatever clock is stated', () => {
  const found = axisOf([goTrace(), perf(REALTIME, 3n)], {2: {how: 'as-is'}});
  expect(members(found)).toEqual([[1, 2]]);
  expect(found.shiftsNs.get(2)! - found.shiftsNs.get(1)!).toBe(3);
});

test('a choice says nothing where no Go trace is open, and nothing of the reference itself', () => {
  expect(members(axisOf([perf(DEFAULT), perf()], {1: {how: 'as-is'}}))).toEqual([[1], [2]]);
  expect(axisOf([goTrace()], {1: {how: 'by-hand', offsetNs: 5n}}).alignments.get(1)).toEqual({how: 'reference'});
});

test('a second Go trace on another clock has its own axis till it is aligned', () => {
  const other = goTrace(0n, NOT_STATED);
  expect(members(axisOf([goTrace(), other]))).toEqual([[1], [2]]);
  expect(members(axisOf([goTrace(), other], {2: {how: 'as-is'}}))).toEqual([[1, 2]]);
});

test('a source that comes or goes moves no other source against those on its axis', () => {
  const source = fc.record({originNs: fc.bigInt(0n, 2n ** 62n), clock: fc.constantFrom(undefined, DEFAULT, NOT_STATED, REALTIME)});
  fc.assert(fc.property(fc.array(source, {minLength: 2, maxLength: 5}), fc.nat(), fc.bigInt(-(2n ** 40n), 2n ** 40n), (made, gone, offsetNs) => {
    // All within a day of one another: further apart a shift is no whole Float64.
    const traces = made.map(({originNs, clock}) => perf(clock, 2n ** 62n + (originNs % 10n ** 13n)));
    const sources = [{id: 0, name: '', trace: goTrace(2n ** 62n)}, ...traces.map((trace, i) => ({id: i + 1, name: '', trace}))];
    const choices = new Map<number, AlignmentChoice>([[1, {how: 'by-hand', offsetNs}]]);
    const absolute = (found: Axis) => new Map(found.groups.flatMap((group) => group.members.map((id) => [id, group.originNs + BigInt(found.shiftsNs.get(id)!)] as const)));
    const all = absolute(axis(sources, choices));
    const removed = 1 + (gone % traces.length);
    const rest = absolute(axis(sources.filter(({id}) => id !== removed), choices));
    expect(rest).toEqual(new Map([...all].filter(([id]) => id !== removed)));
  }));
});

test('every moment of every member lies between zero and the end of its axis', () => {
  fc.assert(fc.property(fc.array(fc.bigInt(0n, 10n ** 9n), {minLength: 1, maxLength: 4}), (origins) => {
    const traces = origins.map((originNs) => perf(undefined, originNs));
    const found = axisOf(traces);
    const [group] = found.groups;
    const moments = traces.flatMap((trace, i) => [trace.startNs, trace.endNs].map((timeNs) => ({timeNs, shiftNs: found.shiftsNs.get(i + 1)!, exact: absoluteNs(trace, timeNs)})));
    for (const {timeNs, shiftNs, exact} of moments) expect(group.originNs + BigInt(timeNs + shiftNs)).toBe(exact);
    expect(Math.min(...moments.map(({timeNs, shiftNs}) => timeNs + shiftNs))).toBe(0);
    expect(Math.max(...moments.map(({timeNs, shiftNs}) => timeNs + shiftNs))).toBe(group.endNs);
  }));
});

const withReadings = (trace: Trace, ...clockReadings: (readonly [timeNs: number, wallNs: bigint])[]): Trace => ({
  ...trace, clockReadings: clockReadings.map(([timeNs, wallNs]) => ({timeNs, monotonicNs: null, wallNs})),
});

test('what time it was is known of the reference before others, on the axis', () => {
  const withWall = withReadings(goTrace(1_000_000n), [1000, 77_000n]);
  expect(axisOf([withWall, withReadings(perf(undefined, 990_000n), [0, 5n])]).groups[0].wall).toEqual([{timeNs: 6000, wallNs: 77_000n}]);
  expect(axisOf([goTrace(), withReadings(perf(), [10, 5n])]).groups[0].wall).toEqual([{timeNs: 10, wallNs: 5n}]);
  expect(axisOf([goTrace(), perf()]).groups[0].wall).toEqual([]);
});

test('a wall clock that was set back is not read until it has caught up', () => {
  const set = withReadings(goTrace(), [0, 100n], [10, 110n], [20, 60n], [30, 105n], [40, 115n]);
  expect(axisOf([set]).groups[0].wall.map(({timeNs}) => timeNs)).toEqual([0, 10, 40]);
});

test('an axis has few readings however long the recording, and its finest clock', () => {
  const long = withReadings(goTrace(), ...Array.from({length: 5000}, (_, i) => [i * 10, BigInt(i * 10)] as const));
  expect(axisOf([long]).groups[0].wall.length).toBeLessThanOrEqual(MOST_READINGS);
  expect(axisOf([{...goTrace(), resolutionNs: 64}, {...perf(), resolutionNs: 1000}]).groups[0].resolutionNs).toBe(64);
});

test('a wall time goes there and back to within a nanosecond, and later times are later', () => {
  const steps = fc.array(fc.record({timeNs: fc.integer({min: 1, max: 10 ** 9}), slewNs: fc.integer({min: -100, max: 100})}), {minLength: 1, maxLength: 8});
  fc.assert(fc.property(steps, fc.integer({min: 0, max: 10 ** 10}), fc.integer({min: 0, max: 10 ** 10}), (made, a, b) => {
    let timeNs = 0;
    let wallNs = 1_700_000_000_000_000_000n;
    const readings = made.map((step) => {
      timeNs += step.timeNs + 1000;
      wallNs += BigInt(step.timeNs + 1000 + step.slewNs);
      return {timeNs, wallNs};
    });
    expect(Math.abs(timeOfWall(readings, wallAt(readings, a)) - a)).toBeLessThanOrEqual(2);
    if (a < b) expect(wallAt(readings, a) <= wallAt(readings, b)).toBe(true);
    for (const reading of readings) expect(wallAt(readings, reading.timeNs)).toBe(reading.wallNs);
  }));
});

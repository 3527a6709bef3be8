/** How times are written on each clock, and what is written when a clock is not known. */
import {expect, test} from 'vitest';
import {Figures} from '../base/figures.ts';
import type {AxisGroup} from '../derive/axis/shape.ts';
import {timeText} from './use-time-text.ts';

const figures = new Figures('en', 'Asia/Shanghai');
const WALL_NS = 1_795_360_156_836_237_123n;
const group: AxisGroup = {reference: 1, members: [1], originNs: 3_030_694_698_070n, endNs: 9e9, resolutionNs: 1, wall: [{timeNs: 1000, wallNs: WALL_NS}]};

test('since zero, as the clock showed it, and as a time of the day there', () => {
  expect(timeText(group, 'relative', figures).exact(1_234_567)).toBe('1.234567 ms');
  expect(timeText(group, 'absolute', figures).exact(1_234_567)).toBe('3,030,695,932,637 ns');
  expect(timeText(group, 'wall', figures).exact(1000)).toBe('23:09:16.836237123');
  expect(timeText(group, 'wall', figures).moment(1000)).toBe('23:09:16.836237');
});

test('a wall clock that is not known, or an axis that is not there, leaves times since zero', () => {
  expect(timeText({...group, wall: []}, 'wall', figures)).toMatchObject({mode: 'relative', clock: null});
  expect(timeText(null, 'absolute', figures)).toMatchObject({mode: 'relative', clock: null});
});

test('a label has the digits that its step needs', () => {
  const {clock} = timeText(group, 'absolute', figures);
  expect([1e9, 5e8, 1e6, 2e3, 1].map((stepNs) => clock!.label(3_030_694_698_070n, stepNs))).toEqual(['3,030 s', '3,030.6 s', '3,030.694 s', '3,030.694698 s', '3,030.694698070 s']);
  expect(timeText(group, 'wall', figures).clock!.label(WALL_NS, 60e9)).toBe('23:09:16');
  expect(clock!.toAxis(clock!.toClock(123_456))).toBe(123_456);
});

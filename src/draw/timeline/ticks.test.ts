/** Labels of the axis: round times, of the axis or of a clock beside it. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ticks, type TickClock} from './ticks.ts';

/** An axis and a window on it. */
const view = fc
  .record({endNs: fc.integer({min: 2000, max: 10 ** 13}), a: fc.double({min: 0, max: 1, noNaN: true}), b: fc.double({min: 0, max: 1, noNaN: true}), widthPx: fc.integer({min: 50, max: 3000})})
  .map(({endNs, a, b, widthPx}) => {
    const fromNs = Math.min(a, b) * (endNs - 1000);
    return {endNs, fromNs, toNs: Math.max(fromNs + 1000, Math.max(a, b) * endNs), widthPx};
  });

test('ticks ascend, lie in the window, and no two are labelled alike', () => {
  fc.assert(fc.property(view, fc.integer({min: 40, max: 200}), (window, spacingPx) => {
    const found = ticks(window, spacingPx);
    const slack = window.endNs * 1e-9;
    found.forEach(({timeNs}, i) => {
      expect(timeNs).toBeGreaterThanOrEqual(window.fromNs - slack);
      expect(timeNs).toBeLessThanOrEqual(window.toNs + slack);
      if (i > 0) expect(timeNs).toBeGreaterThan(found[i - 1].timeNs);
    });
    expect(new Set(found.map(({label}) => label)).size).toBe(found.length);
  }));
});

test('a label says the time of its tick', () => {
  const NS: Readonly<Record<string, number>> = {ns: 1, µs: 1e3, ms: 1e6, s: 1e9};
  fc.assert(fc.property(view, (window) => {
    for (const {timeNs, label} of ticks(window, 100)) {
      const [number, unit] = label.split(' ');
      expect(Math.abs(Number(number.replaceAll(',', '')) * NS[unit] - timeNs)).toBeLessThanOrEqual(Math.max(1, timeNs) * 1e-9);
    }
  }));
});

test.each([
  [0, 9000, 'ns'],
  [0, 9_000_000, 'µs'],
  [0, 9e9, 'ms'],
  [0, 90e9, 's'],
] as const)('from %d to %d ns labels are in %s', (fromNs, toNs, unit) => {
  for (const {label} of ticks({fromNs, toNs, widthPx: 800}, 100)) expect(label.split(' ')[1]).toBe(unit);
});

/** A clock that is ahead of the axis, and not quite as fast. */
const clockOf = (originNs: bigint, pace: number): TickClock => ({
  toClock: (timeNs) => originNs + BigInt(Math.round(timeNs * pace)),
  toAxis: (clockNs) => Number(clockNs - originNs) / pace,
  label: (clockNs, stepNs) => `${clockNs / BigInt(stepNs)} × ${stepNs}`,
});

test('ticks of a clock are round on the clock, ascend, and lie in the window', () => {
  fc.assert(fc.property(view, fc.bigInt(0n, 2n ** 61n), fc.double({min: 0.999, max: 1.001, noNaN: true}), (window, originNs, pace) => {
    const found = ticks(window, 110, clockOf(originNs, pace));
    expect(found.length).toBeLessThanOrEqual(window.widthPx / 110 + 1);
    found.forEach(({timeNs, label}, i) => {
      const [at, step] = label.split(' × ').map(BigInt);
      expect(Math.abs(Number(at * step - originNs) / pace - timeNs)).toBeLessThanOrEqual(1);
      expect(timeNs).toBeGreaterThanOrEqual(window.fromNs);
      expect(timeNs).toBeLessThanOrEqual(window.toNs);
      if (i > 0) expect(timeNs).toBeGreaterThan(found[i - 1].timeNs);
    });
  }));
});

test('above a second a clock steps as its face does', () => {
  const clock: TickClock = {...clockOf(0n, 1), label: (_, stepNs) => String(stepNs / 1e9)};
  const steps = [6, 40, 200, 3000, 40_000].map((seconds) => ticks({fromNs: 0, toNs: seconds * 1e9, widthPx: 800}, 110, clock)[0].label);
  expect(steps).toEqual(['1', '10', '30', '600', '7200']);
});

test('a window without room for two labels may have one or none, and does not hang', () => {
  expect(ticks({fromNs: 5, toNs: 5, widthPx: 10}, 110, clockOf(7n, 1)).length).toBeLessThanOrEqual(1);
});

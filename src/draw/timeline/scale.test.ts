/** Times and pixels, and what a hand does to a window: it never leaves the axis, and what is under the cursor stays there. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {moved, pixelOf, ticks, timeAt, zoomed} from './scale.ts';

/** An axis and a window on it. */
const view = fc
  .record({endNs: fc.integer({min: 2000, max: 10 ** 13}), a: fc.double({min: 0, max: 1, noNaN: true}), b: fc.double({min: 0, max: 1, noNaN: true}), widthPx: fc.integer({min: 50, max: 3000})})
  .map(({endNs, a, b, widthPx}) => {
    const fromNs = Math.min(a, b) * (endNs - 1000);
    return {endNs, fromNs, toNs: Math.max(fromNs + 1000, Math.max(a, b) * endNs), widthPx};
  });
const share = fc.double({min: 0, max: 1, noNaN: true});

test('a time has a pixel, and that pixel has the time', () => {
  fc.assert(fc.property(view, share, (window, at) => {
    const x = at * window.widthPx;
    expect(pixelOf(window, timeAt(window, x))).toBeCloseTo(x, 3);
    expect(timeAt(window, 0)).toBe(window.fromNs);
    expect(pixelOf(window, window.toNs)).toBeCloseTo(window.widthPx, 6);
  }));
});

test('zooming and moving never leave the axis', () => {
  fc.assert(fc.property(view, share, fc.double({min: 0.01, max: 100, noNaN: true}), fc.double({min: -2, max: 2, noNaN: true}), (window, at, factor, by) => {
    const {endNs} = window;
    const slack = endNs * 1e-12;
    for (const next of [zoomed(window, factor, timeAt(window, at * window.widthPx), endNs), moved(window, by * endNs, endNs)]) {
      expect(next.fromNs).toBeGreaterThanOrEqual(0);
      expect(next.toNs).toBeLessThanOrEqual(endNs + slack);
      expect(next.toNs).toBeGreaterThan(next.fromNs);
    }
  }));
});

test('zooming in keeps the time under the cursor under it', () => {
  fc.assert(fc.property(view, share, fc.double({min: 0.05, max: 1, noNaN: true}), (window, at, factor) => {
    const aboutNs = timeAt(window, at * window.widthPx);
    const next = {...zoomed(window, factor, aboutNs, window.endNs), widthPx: window.widthPx};
    expect(Math.abs(pixelOf(next, aboutNs) - at * window.widthPx)).toBeLessThan(0.5);
  }));
});

test('zooming goes no closer than a microsecond and no farther than the axis', () => {
  const window = {fromNs: 4000, toNs: 6000};
  expect(zoomed(window, 1e-9, 5000, 10_000)).toEqual({fromNs: 4500, toNs: 5500});
  expect(zoomed(window, 1e9, 5000, 10_000)).toEqual({fromNs: 0, toNs: 10_000});
});

test('zooming out and in again about the same time is where one was, as long as the axis is not left', () => {
  const window = {fromNs: 40_000, toNs: 60_000};
  expect(zoomed(zoomed(window, 2, 50_000, 100_000), 0.5, 50_000, 100_000)).toEqual(window);
});

test('moving keeps the length of the window, also against the end of the axis', () => {
  fc.assert(fc.property(view, fc.double({min: -2, max: 2, noNaN: true}), (window, by) => {
    const next = moved(window, by * window.endNs, window.endNs);
    const length = window.toNs - window.fromNs;
    expect(Math.abs(next.toNs - next.fromNs - length)).toBeLessThanOrEqual(window.endNs * 1e-12);
  }));
  expect(moved({fromNs: 10, toNs: 30}, 1000, 100)).toEqual({fromNs: 80, toNs: 100});
  expect(moved({fromNs: 10, toNs: 30}, -1000, 100)).toEqual({fromNs: 0, toNs: 20});
});

test('an axis of one moment shows that moment, zoomed and moved', () => {
  const moment = {fromNs: 0, toNs: 0};
  expect(zoomed(moment, 0.5, 0, 0)).toEqual({fromNs: 0, toNs: 1});
  expect(moved(moment, 5, 0)).toEqual(moment);
  expect(pixelOf({...moment, widthPx: 100}, 0)).toBe(0);
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

/** Times and pixels, and what a hand does to a window: it never leaves the axis, and what is under the cursor stays there. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {brought, fitted, leastWindowNs, moved, pinched, pixelOf, timeAt, zoomed} from './scale.ts';

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

test('two fingers keep the times under them, as long as the axis is not left', () => {
  const finger = fc.tuple(fc.double({min: 0, max: 0.4, noNaN: true}), fc.double({min: 0.6, max: 1, noNaN: true}));
  fc.assert(fc.property(view, finger, finger, (window, a, b) => {
    const endNs = window.endNs * 20;
    const inside = {...window, fromNs: window.fromNs + endNs / 2, toNs: window.toNs + endNs / 2};
    const px = ([left, right]: readonly [number, number]) => [left * window.widthPx, right * window.widthPx] as const;
    const next = {...pinched(inside, px(a), px(b), endNs, 0), widthPx: window.widthPx};
    for (const i of [0, 1]) expect(Math.abs(pixelOf(next, timeAt(inside, px(a)[i])) - px(b)[i])).toBeLessThan(0.5);
    // The same two fingers back are where they were.
    const back = pinched(next, px(b), px(a), endNs, 0);
    expect(Math.abs(back.fromNs - inside.fromNs)).toBeLessThan((inside.toNs - inside.fromNs) * 1e-3);
  }));
});

test('pan there and back is where one was, as long as the axis is not left', () => {
  fc.assert(fc.property(view, fc.double({min: -1, max: 1, noNaN: true}), (window, share) => {
    const endNs = window.endNs * 4;
    const inside = {fromNs: window.fromNs + window.endNs, toNs: window.toNs + window.endNs};
    const byNs = share * window.endNs;
    const back = moved(moved(inside, byNs, endNs), -byNs, endNs);
    expect(Math.abs(back.fromNs - inside.fromNs)).toBeLessThanOrEqual(endNs * 1e-12);
    expect(Math.abs(back.toNs - inside.toNs)).toBeLessThanOrEqual(endNs * 1e-12);
  }));
});

test('a time that is brought into the window is in it, and one that was in it moves nothing', () => {
  fc.assert(fc.property(view, share, (window, at) => {
    const timeNs = at * window.endNs;
    const next = brought(window, timeNs, window.endNs);
    expect(next.fromNs).toBeLessThanOrEqual(timeNs + 1e-3);
    expect(next.toNs).toBeGreaterThanOrEqual(timeNs - 1e-3);
    if (timeNs >= window.fromNs && timeNs <= window.toNs) expect(next).toBe(window);
  }));
});

test('what is fitted lies whole in the window, which is on the axis', () => {
  fc.assert(fc.property(view, (window) => {
    const next = fitted(window, window.endNs, 20);
    const slack = window.endNs * 1e-12;
    expect(next.fromNs).toBeGreaterThanOrEqual(0);
    expect(next.fromNs).toBeLessThanOrEqual(window.fromNs + slack);
    expect(next.toNs).toBeGreaterThanOrEqual(Math.min(window.toNs, window.endNs) - slack);
    expect(next.toNs).toBeLessThanOrEqual(window.endNs + slack + 1);
  }));
  expect(fitted({fromNs: 500, toNs: 500}, 1000, 20)).toEqual({fromNs: 490, toNs: 510});
});

test('the closest look is a few ticks of the clock', () => {
  expect([1, 64, 1000].map(leastWindowNs)).toEqual([20, 640, 10_000]);
  expect(zoomed({fromNs: 400, toNs: 600}, 1e-9, 500, 1000, 20)).toEqual({fromNs: 490, toNs: 510});
});

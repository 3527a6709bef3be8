/** Cards beside points: not over them, and not out of the window. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {beside} from './beside.ts';

test('a card that fits beside the point is off it and wholly in the window', () => {
  const made = fc.record({w: fc.integer({min: 320, max: 2560}), h: fc.integer({min: 400, max: 1440}), x: fc.double({min: 0, max: 1, noNaN: true}), y: fc.double({min: 0, max: 1, noNaN: true}), cw: fc.integer({min: 80, max: 440}), ch: fc.integer({min: 30, max: 500})});
  fc.assert(fc.property(made, ({w, h, x, y, cw, ch}) => {
    const point = {x: x * w, y: y * h};
    const at = beside(point, {widthPx: cw, heightPx: ch}, {widthPx: w, heightPx: h});
    const fitsSomewhere = Math.max(point.y, h - point.y) >= ch + 20 && cw <= w - 12;
    const fitsSideways = Math.max(point.x, w - point.x) >= cw + 20 && ch <= h - 12;
    if (!fitsSomewhere && !fitsSideways) return;
    expect(at.x).toBeGreaterThanOrEqual(0);
    expect(at.y).toBeGreaterThanOrEqual(0);
    expect(at.x + cw).toBeLessThanOrEqual(w);
    expect(at.y + ch).toBeLessThanOrEqual(h);
    const covers = point.x > at.x && point.x < at.x + cw && point.y > at.y && point.y < at.y + ch;
    expect(covers).toBe(false);
  }));
});

test('a card stands below to the right, in the corner above to the left', () => {
  const window = {widthPx: 1000, heightPx: 800};
  expect(beside({x: 100, y: 100}, {widthPx: 300, heightPx: 200}, window)).toEqual({x: 114, y: 114});
  expect(beside({x: 990, y: 790}, {widthPx: 300, heightPx: 200}, window)).toEqual({x: 676, y: 576});
});

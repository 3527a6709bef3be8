/** Where rows and the parts of a lane stand: nothing leaves its row, and larger stacks stand higher. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ROW_PX, rowSizes, type LaneRow, type LanesAnswer} from '../../derive/lanes/shape.ts';
import {laneParts, LEAST_ORDER, rowAt, sizeY} from './row-places.ts';

test.each(rowSizes)('in a %s lane the bar, the sizes and the ticks lie one below the other within the row', (size) => {
  const heightPx = ROW_PX[size].goroutine;
  const {barTop, barBottom, top, bottom, tickPx} = laneParts({kind: 'goroutine', heightPx});
  expect([0, barTop, barBottom, top, bottom, bottom + tickPx, heightPx]).toEqual([0, barTop, barBottom, top, bottom, bottom + tickPx, heightPx].toSorted((a, b) => a - b));
  expect(bottom - top).toBeGreaterThanOrEqual(6);
});

test('a larger stack stands higher, the largest at the top, and the smallest above the ground', () => {
  fc.assert(fc.property(fc.integer({min: 11, max: 29}), fc.integer({min: 11, max: 29}), fc.integer({min: 11, max: 29}), fc.constantFrom(...rowSizes), (a, b, most, size) => {
    const parts = laneParts({kind: 'goroutine', heightPx: ROW_PX[size].goroutine});
    const y = (order: number) => sizeY(parts, order, Math.max(a, b, most));
    if (a !== b) expect(y(a) < y(b)).toBe(a > b);
    expect(y(LEAST_ORDER)).toBeLessThan(parts.bottom);
    expect(y(Math.max(a, b, most))).toBeGreaterThanOrEqual(parts.top - 1e-9);
  }));
});

test('each pixel of the list is of the row that stands there, and none where no row is', () => {
  const heights = [22, 30, 76, 16];
  const rows = heights.map((heightPx, i) => ({key: String(i), heightPx, topPx: 100 + heights.slice(0, i).reduce((sum, px) => sum + px, 0)}) as LaneRow);
  const answer = {rows} as unknown as LanesAnswer;
  for (const row of rows) for (const px of [row.topPx, row.topPx + row.heightPx - 0.5]) expect(rowAt(answer, px)).toBe(row);
  expect(rowAt(answer, 99)).toBeNull();
  expect(rowAt(answer, 100 + 144)).toBeNull();
});

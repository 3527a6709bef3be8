/** Rows of a flame answer: hit, walked and chosen. Answers come from the derivation, so that both ends agree on what a row is. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {asRecorded} from '../../derive/call-tree/shape.ts';
import {flame} from '../../derive/flame/build.ts';
import type {FlameAnswer, PathStep} from '../../derive/flame/shape.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {noFilter} from '../../derive/filter/shape.ts';
import {depthOf, firstChild, flameLayout, pathTo, readableRows, ROW_PX, rowAt, sibling} from './rows.ts';

const flameOf = (trace: Trace, path: readonly PathStep[] = [], widthPx = 1000): FlameAnswer =>
  flame.answer(sessionOf([trace]), {query: {...asRecorded, source: 1, event: 0, weight: 'period', filter: noFilter, range: null}, form: {kind: 'top-down'}, path, widthPx, search: '', ignoreCase: false})!;

const answer = flameOf(traceFromText(`
  0ms        1ms        2ms
  main.main  main.main  main.idle
  main.read  main.pack
`, {weight: [50, 25, 25]}));
const nameOf = (row: number) => (row < 0 ? null : answer.name[row] < 0 ? 'all' : answer.names[answer.name[row]]);

test('the row under a point is the frame drawn there; beside and below the frames there is none', () => {
  const at = (x: number, depth: number) => nameOf(rowAt(answer, x, depth));
  expect([at(0, 0), at(0.5, 1), at(0.74, 2), at(0.75, 1)]).toEqual(['all', 'main.main', 'main.pack', 'main.idle']);
  expect([at(0.8, 2), at(0.1, 3), at(1, 0), at(-0.1, 0)]).toEqual([null, null, null, null]);
});

const layoutOf = (depths: number, isUpsideDown: boolean) => flameLayout({depths, firstDepth: 0, isUpsideDown, viewHeightPx: 500});

test('a row begins with its first pixel and ends before the next row’s, hanging and standing', () => {
  const hanging = layoutOf(3, false);
  expect([0, ROW_PX - 0.01, ROW_PX].map((y) => hanging.depthAt(y))).toEqual([0, 0, 1]);
  const standing = layoutOf(3, true);
  expect([500 - 0.01, 500 - ROW_PX, 500 - ROW_PX - 0.01].map((y) => standing.depthAt(y))).toEqual([0, 0, 1]);
});

test('a flame stands on the bottom of the view, and is as high as it must be', () => {
  expect(layoutOf(3, true).heightPx).toBe(500);
  expect(layoutOf(100, true).heightPx).toBe(100 * ROW_PX);
  expect(layoutOf(3, false).heightPx).toBe(3 * ROW_PX);
});

test('the depth at a row’s upper edge and at its last pixel is the row’s, either way up; rows that are not drawn lie outside', () => {
  fc.assert(fc.property(fc.integer({min: 1, max: 200}), fc.boolean(), fc.integer({min: 1, max: 900}), fc.nat(), fc.integer({min: 0, max: 3}), (depths, isUpsideDown, viewHeightPx, pick, skip) => {
    const firstDepth = Math.min(skip, depths - 1);
    const layout = flameLayout({depths, firstDepth, isUpsideDown, viewHeightPx});
    const depth = firstDepth + (pick % (depths - firstDepth));
    expect([layout.depthAt(layout.yOf(depth)), layout.depthAt(layout.yOf(depth) + ROW_PX - 1)]).toEqual([depth, depth]);
    expect(layout.yOf(depth)).toBeGreaterThanOrEqual(0);
    expect(layout.yOf(depth) + ROW_PX).toBeLessThanOrEqual(layout.heightPx);
    const above = layout.yOf(firstDepth - 1);
    expect(above + ROW_PX <= 0 || above >= layout.heightPx).toBe(true);
  }));
});

test('arrow keys lead to the first child, the neighbours and the parent, and nowhere where there is none', () => {
  const main = rowAt(answer, 0, 1);
  expect(nameOf(firstChild(answer, 0))).toBe('main.main');
  expect(nameOf(sibling(answer, main, 1))).toBe('main.idle');
  expect(nameOf(sibling(answer, sibling(answer, main, 1), -1))).toBe('main.main');
  expect([sibling(answer, main, -1), sibling(answer, 0, 1), sibling(answer, 0, -1), firstChild(answer, sibling(answer, main, 1))]).toEqual([-1, -1, -1, -1]);
  expect(depthOf(answer)).toBe(3);
});

test('the path to a row, asked for, shows that row widest', () => {
  fc.assert(fc.property(arbitrarySamples, fc.nat(), (trace, pick) => {
    const all = flameOf(trace);
    const row = pick % all.length;
    const zoomed = flameOf(trace, pathTo(all, row));
    const widest = zoomed.pathLength - 1;
    expect(zoomed.pathLength).toBe(all.depth[row] + 1);
    expect([zoomed.total[widest], zoomed.kind[widest], zoomed.names[zoomed.name[widest]]]).toEqual([all.total[row], all.kind[row], all.names[all.name[row]]]);
  }));
});

test('every frame is found by a point in its middle, and walking meets each child once', () => {
  fc.assert(fc.property(arbitrarySamples, (trace) => {
    const all = flameOf(trace);
    for (let row = 0; row < all.length; row++) {
      if (all.total[row] > 0) expect(rowAt(all, (all.x0[row] + all.x1[row]) / 2, all.depth[row])).toBe(row);
      const walked: number[] = [];
      for (let child = firstChild(all, row); child >= 0; child = sibling(all, child, 1)) walked.push(child);
      expect(walked).toEqual([...all.parent.keys()].filter((child) => all.parent[child] === row));
      for (const [i, child] of walked.entries()) expect(sibling(all, child, -1)).toBe(walked[i - 1] ?? -1);
    }
  }));
});

test('readable rows are closed under parents, at most as many as asked, wide enough, and the widest there are', () => {
  fc.assert(fc.property(arbitrarySamples, fc.integer({min: 1, max: 2000}), fc.integer({min: 0, max: 60}), fc.integer({min: 1, max: 40}), fc.array(fc.constant<PathStep>({name: 'main.main', kind: 0}), {maxLength: 1}), (trace, widthPx, leastPx, cap, path) => {
    const all = flameOf(trace, path, widthPx);
    const taken = readableRows(all, widthPx, leastPx, cap);
    const width = (row: number) => (all.x1[row] - all.x0[row]) * widthPx;
    const wide = [...all.parent.keys()].filter((row) => width(row) >= leastPx);
    expect(taken).toHaveLength(Math.min(cap, wide.length));
    expect(taken).toEqual(taken.toSorted((a, b) => a - b));
    const set = new Set(taken);
    for (const row of taken) {
      expect(width(row)).toBeGreaterThanOrEqual(leastPx);
      if (row > 0) expect(set.has(all.parent[row])).toBe(true);
    }
    const narrowest = Math.min(...taken.map(width));
    for (const row of wide) if (!set.has(row)) expect(width(row)).toBeLessThanOrEqual(narrowest);
  }));
});

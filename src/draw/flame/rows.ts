/** Questions about the rows of a flame answer: where a row lies, which row lies somewhere, who is whose neighbour. */
import type {FlameAnswer, PathStep} from '../../derive/flame/shape.ts';

export const ROW_PX = 19;

/** The row under a point of the graph, -1 none. `x` is a share of the width, `y` pixels from the top. */
export function rowAt({length, depth, x0, x1}: FlameAnswer, x: number, y: number): number {
  const wanted = Math.floor(y / ROW_PX);
  for (let row = 0; row < length; row++) if (depth[row] === wanted && x >= x0[row] && x < x1[row]) return row;
  return -1;
}

/** The deepest row's depth, and one. */
export function depthOf({length, depth}: FlameAnswer): number {
  let deepest = 0;
  for (let row = 0; row < length; row++) if (depth[row] > deepest) deepest = depth[row];
  return deepest + 1;
}

/** The first child shown of a row, -1 none. Rows are in preorder, so it is the next one. */
export function firstChild({length, parent}: FlameAnswer, row: number): number {
  return row + 1 < length && parent[row + 1] === row ? row + 1 : -1;
}

/** The next (1) or previous (-1) child of the same parent, -1 none. */
export function sibling({length, parent}: FlameAnswer, row: number, step: 1 | -1): number {
  for (let other = row + step; other > parent[row] && other < length; other += step) if (parent[other] === parent[row]) return other;
  return -1;
}

/** The way from the root to a row, for asking it to be shown widest. */
export function pathTo({parent, name, kind, names}: FlameAnswer, row: number): PathStep[] {
  const path: PathStep[] = [];
  for (let at = row; at > 0; at = parent[at]) path.push({name: name[at] < 0 ? null : names[name[at]], kind: kind[at]});
  return path.reverse();
}

/**
 * Rows wide enough to be read and not deeper than `deepest`, at most `cap`, the widest first, in preorder. A parent is never narrower than its child and stands before it, so the parent
 * of a row that is taken is taken too.
 */
export function readableRows({length, depth, x0, x1}: FlameAnswer, widthPx: number, leastPx: number, cap: number, deepest = Infinity): number[] {
  const widths = Float64Array.from({length}, (_, row) => (x1[row] - x0[row]) * widthPx);
  const wide: number[] = [];
  for (let row = 0; row < length; row++) if (widths[row] >= leastPx && depth[row] <= deepest) wide.push(row);
  if (wide.length <= cap) return wide;
  const threshold = Float64Array.from(wide, (row) => widths[row]).sort()[wide.length - cap];
  const wider = wide.filter((row) => widths[row] > threshold).length;
  let ties = cap - wider;
  return wide.filter((row) => widths[row] > threshold || (widths[row] === threshold && ties-- > 0));
}

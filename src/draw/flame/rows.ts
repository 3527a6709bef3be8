/** Questions about the rows of a flame answer: where a row lies, which row lies somewhere, who is whose neighbour. */
import type {FlameAnswer, PathStep} from '../../derive/flame/shape.ts';

export const ROW_PX = 19;

/**
 * Where the rows of a graph lie. An icicle hangs from the top; a flame stands on the bottom, of the view where that is higher than the graph:
 *
 *   icicle  all            flame   f   g
 *           main             main
 *           f   g            all
 */
export interface FlameLayout {
  readonly isUpsideDown: boolean;
  /** Rows above this depth are not drawn. */
  readonly firstDepth: number;
  readonly heightPx: number;
  /** Upper edge of a row. */
  yOf(depth: number): number;
  /** Depth at a height; may be one that no row has. */
  depthAt(y: number): number;
}

export interface FlameExtent {
  /** The deepest row's depth, and one. */
  readonly depths: number;
  /** The first depth that is drawn; rows above it lie outside. */
  readonly firstDepth: number;
  readonly isUpsideDown: boolean;
  readonly viewHeightPx: number;
}

export function flameLayout({depths, firstDepth, isUpsideDown, viewHeightPx}: FlameExtent): FlameLayout {
  const ownPx = Math.max(0, depths - firstDepth) * ROW_PX;
  if (!isUpsideDown) return {isUpsideDown, firstDepth, heightPx: ownPx, yOf: (depth) => (depth - firstDepth) * ROW_PX, depthAt: (y) => Math.floor(y / ROW_PX) + firstDepth};
  const heightPx = Math.max(ownPx, viewHeightPx);
  return {isUpsideDown, firstDepth, heightPx, yOf: (depth) => heightPx - (depth - firstDepth + 1) * ROW_PX, depthAt: (y) => Math.ceil((heightPx - y) / ROW_PX) - 1 + firstDepth};
}

/** The row at a depth and a share of the width, -1 none. */
export function rowAt({length, depth, x0, x1}: FlameAnswer, x: number, wanted: number): number {
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

/** Where rows stand: from the top of the list, and on the canvas, which shows a stretch of it under the axis. */
import type {LaneRow, LanesAnswer} from '../../derive/lanes/shape.ts';

/** Height of the axis above the rows. */
export const TICKS_PX = 22;

/** A row on the canvas. */
export interface PlacedRow {
  readonly row: LaneRow;
  /** Index in the answer. */
  readonly index: number;
  /** Of its top, on the canvas. */
  readonly y: number;
}

/** The row that holds a pixel of the list; null: none, or it is not in the answer. */
export function rowAt(answer: LanesAnswer, px: number): LaneRow | null {
  return answer.rows.find(({topPx, heightPx}) => px >= topPx && px < topPx + heightPx) ?? null;
}

/** Where the parts of a lane's row lie, from its top: the bar of states, the steps of sizes, the ticks of samples. */
export interface LaneParts {
  readonly barTop: number;
  readonly barBottom: number;
  readonly top: number;
  readonly bottom: number;
  readonly tickPx: number;
}

export function laneParts({kind, heightPx}: Pick<LaneRow, 'kind' | 'heightPx'>): LaneParts {
  if (kind === 'gc') return {barTop: 5, barBottom: heightPx - 6, top: heightPx, bottom: heightPx, tickPx: 0};
  if (kind === 'proc') return {barTop: 3, barBottom: heightPx - 4, top: heightPx, bottom: heightPx, tickPx: 0};
  const isCompact = heightPx < 22;
  const barTop = isCompact ? 2 : 3;
  const barBottom = barTop + (isCompact ? 3 : heightPx > 40 ? 6 : 4);
  // A thread has no sizes, so that its samples may stand higher.
  const tickPx = isCompact ? 2 : kind === 'thread' ? 7 : 4;
  return {barTop, barBottom, top: barBottom + (isCompact ? 1 : 3), bottom: heightPx - tickPx - 2, tickPx};
}

/** The smallest stack is 2 KiB; half of it is the ground that sizes stand on. */
export const LEAST_ORDER = 11;

/** Y of a stack size in a row, from its top, on a scale where each power of two is one step. `order`: its log2. */
export function sizeY({top, bottom}: Pick<LaneParts, 'top' | 'bottom'>, order: number, mostOrder: number): number {
  return levelY({top, bottom}, Math.max(order, LEAST_ORDER), mostOrder);
}

/** Y of bytes in use, on the same scale: what is less than half of the smallest stack lies on the ground. */
export function usedY(parts: Pick<LaneParts, 'top' | 'bottom'>, order: number, mostOrder: number): number {
  return levelY(parts, Math.max(order, LEAST_ORDER - 1), mostOrder);
}

function levelY({top, bottom}: Pick<LaneParts, 'top' | 'bottom'>, order: number, mostOrder: number): number {
  const most = Math.max(mostOrder, LEAST_ORDER + 3);
  return bottom - ((bottom - top) * (order - LEAST_ORDER + 1)) / (most - LEAST_ORDER + 1);
}

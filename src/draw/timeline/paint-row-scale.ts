/** What the heights in a row mean: faint lines at 2K 4K 8K …, and the largest value of an area. */
import type {LanesAnswer} from '../../derive/lanes/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {laneParts, LEAST_ORDER, sizeY, type PlacedRow} from './row-places.ts';

/** Lines closer than this are a grey field. */
const LEAST_PX = 5;
const LABEL_PX = 11;
/** A row of less height has no room for labels. */
const TALL_PX = 44;

const UNITS = ['', 'K', 'M', 'G'] as const;

/** `32K`: a size as a mark on a scale says it. */
export function shortSize(order: number): string {
  const unit = Math.floor(order / 10);
  return `${2 ** (order - unit * 10)}${UNITS[unit]}`;
}

export function paintScale(ctx: CanvasRenderingContext2D, {row, y}: PlacedRow, answer: LanesAnswer, {widthPx}: {readonly widthPx: number}, theme: CanvasTheme): void {
  if (row.kind !== 'goroutine' || answer.mostOrder === 0) return;
  const parts = laneParts(row);
  const stepPx = Math.abs(sizeY(parts, LEAST_ORDER, answer.mostOrder) - sizeY(parts, LEAST_ORDER + 1, answer.mostOrder));
  const every = Math.max(1, Math.ceil(LEAST_PX / stepPx));
  const everyLabel = Math.max(1, Math.ceil(LABEL_PX / stepPx));
  ctx.save();
  ctx.font = theme.font.replace(/^[\d.]+px/, '9.5px');
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (let order = LEAST_ORDER; order <= answer.mostOrder; order++) {
    const line = y + Math.round(sizeY(parts, order, answer.mostOrder));
    if ((order - LEAST_ORDER) % every === 0) {
      ctx.fillStyle = theme.line;
      ctx.globalAlpha = 0.6;
      ctx.fillRect(0, line, widthPx, 1);
      ctx.globalAlpha = 1;
    }
    if (row.heightPx >= TALL_PX && (order - LEAST_ORDER) % everyLabel === 0) {
      ctx.fillStyle = theme.ink2;
      ctx.fillText(shortSize(order), 3, line);
    }
  }
  ctx.restore();
}

/** Marks of a lane, each with a shape of its own: ▲ growth, ▼ shrink, ✕ overflow, ┬ preemption, ◆ what was logged. */
import {LaneMark, type LanesAnswer} from '../../derive/lanes/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {laneParts, LEAST_ORDER, sizeY, type PlacedRow} from './row-places.ts';

/** Marks closer than this become ticks instead of shapes. */
const APART_PX = 7;
const SHAPED = LaneMark.Growth | LaneMark.Shrink | LaneMark.Preemption | LaneMark.Overflow | LaneMark.Instant;

export function paintMarks(ctx: CanvasRenderingContext2D, {row, index, y}: PlacedRow, answer: LanesAnswer, from: Int32Array, ratio: number, theme: CanvasTheme): void {
  if (row.kind === 'group') {
    paintGrowthTicks(ctx, {row, index, y}, answer, from, ratio, theme);
    return;
  }
  const parts = laneParts(row);
  const at = index * answer.widthPx;
  const isCompact = row.heightPx < 22;
  let last = -1;
  const shown = {size: -Infinity, sample: -Infinity};
  for (let column = 0; column < from.length; column++) {
    if (from[column] < 0 || from[column] === last) continue;
    last = from[column];
    const marks = answer.marks[at + last];
    if ((marks & SHAPED) === 0) continue;
    const x = column / ratio + 0.5;
    if (marks & (LaneMark.Growth | LaneMark.Shrink)) {
      const order = answer.size[at + last];
      const level = y + (order > 0 ? sizeY(parts, order, answer.mostOrder) : sizeY(parts, LEAST_ORDER, answer.mostOrder));
      const isGrowth = (marks & LaneMark.Growth) !== 0;
      ctx.fillStyle = isGrowth ? theme['growth-text'] : theme.accent;
      if (x - shown.size >= APART_PX && !isCompact) {
        triangle(ctx, x, level, isGrowth ? -1 : 1);
        shown.size = x;
      } else ctx.fillRect(x - 0.5, level - 1, 1, 4);
    }
    if ((marks & (LaneMark.Overflow | LaneMark.Preemption | LaneMark.Instant)) === 0 || x - shown.sample < APART_PX) continue;
    shown.sample = x;
    if (marks & LaneMark.Overflow) cross(ctx, x, y + row.heightPx - 7, theme['growth-text']);
    else if (marks & LaneMark.Preemption) {
      ctx.fillStyle = theme.ink2;
      ctx.fillRect(x - 2.5, y + row.heightPx - 2 - parts.tickPx - 1, 5, 1);
    } else diamond(ctx, x, y + row.heightPx / 2, theme.accent);
  }
}

/** Of very many growths a tick each under the line. */
function paintGrowthTicks(ctx: CanvasRenderingContext2D, {row, index, y}: PlacedRow, answer: LanesAnswer, from: Int32Array, ratio: number, theme: CanvasTheme): void {
  const at = index * answer.widthPx;
  let last = -1;
  for (const bit of [LaneMark.Shrink, LaneMark.Growth]) {
    ctx.fillStyle = bit === LaneMark.Growth ? theme['growth-text'] : theme.accent;
    for (let column = 0; column < from.length; column++) {
      if (from[column] < 0 || from[column] === last) continue;
      last = from[column];
      if (answer.marks[at + last] & bit) ctx.fillRect(column / ratio, bit === LaneMark.Growth ? y + row.heightPx - 4 : y + 1, 1, 3);
    }
  }
}

function triangle(ctx: CanvasRenderingContext2D, x: number, y: number, up: -1 | 1): void {
  ctx.beginPath();
  ctx.moveTo(x, y + 3.5 * up);
  ctx.lineTo(x - 3.2, y - 2 * up);
  ctx.lineTo(x + 3.2, y - 2 * up);
  ctx.fill();
}

function cross(ctx: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (const side of [-3, 3]) {
    ctx.moveTo(x - side, y - 3);
    ctx.lineTo(x + side, y + 3);
  }
  ctx.stroke();
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  ctx.fillStyle = color;
  ctx.beginPath();
  for (const [dx, dy] of [[0, -4], [4, 0], [0, 4], [-4, 0]]) ctx.lineTo(x + dx, y + dy);
  ctx.fill();
}

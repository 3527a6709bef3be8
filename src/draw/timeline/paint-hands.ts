/**
 * Paints over the lanes what hands and keys put there, on a canvas of its own, so that a hand that moves has no lane painted anew:
 * the selected range, what is measured, where the pointer and the cursor stand.
 */
import type {CanvasTheme} from '../color/theme.ts';
import {pixelOf, type TimeWindow} from './scale.ts';

interface Part {
  readonly fromNs: number;
  readonly toNs: number;
}

export interface HandsView extends TimeWindow {
  readonly heightPx: number;
  /** Height of the labels of the axis, above the lanes. */
  readonly topPx: number;
}

/** What is marked, with what is written at it. Each null: nothing. */
export interface HandMarks {
  /** Text: its length, while it is dragged out. */
  readonly range: (Part & {readonly text: string | null}) | null;
  readonly measured: (Part & {readonly texts: readonly [from: string, length: string, to: string]}) | null;
  readonly pointer: {readonly timeNs: number; readonly text: string} | null;
  readonly cursor: {readonly timeNs: number; readonly text: string} | null;
}

const FLAG_PX = 16;

export function paintHands(ctx: CanvasRenderingContext2D, marks: HandMarks, view: HandsView, theme: CanvasTheme): void {
  ctx.clearRect(0, 0, view.widthPx, view.heightPx);
  ctx.font = theme.font;
  ctx.textBaseline = 'middle';
  if (marks.range) paintRange(ctx, marks.range, view, theme);
  if (marks.pointer) paintTime(ctx, marks.pointer, view, theme, false);
  if (marks.cursor) paintTime(ctx, marks.cursor, view, theme, true);
  if (marks.measured) paintMeasured(ctx, marks.measured, view, theme);
}

/** What lies outside of the selection steps back. */
function paintRange(ctx: CanvasRenderingContext2D, range: NonNullable<HandMarks['range']>, view: HandsView, theme: CanvasTheme): void {
  const {topPx, widthPx, heightPx} = view;
  const x0 = pixelOf(view, range.fromNs);
  const x1 = pixelOf(view, range.toNs);
  ctx.globalAlpha = 0.5;
  ctx.fillStyle = theme.background;
  if (x0 > 0) ctx.fillRect(0, topPx, Math.min(x0, widthPx), heightPx);
  if (x1 < widthPx) ctx.fillRect(Math.max(0, x1), topPx, widthPx, heightPx);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.accent;
  ctx.fillRect(Math.round(x0) - 1, topPx, 1, heightPx);
  ctx.fillRect(Math.round(x1), topPx, 1, heightPx);
  if (range.text !== null) flag(ctx, (x0 + x1) / 2, topPx + 4, range.text, view, theme.accent, theme.panel);
}

function paintTime(ctx: CanvasRenderingContext2D, {timeNs, text}: {readonly timeNs: number; readonly text: string}, view: HandsView, theme: CanvasTheme, isCursor: boolean): void {
  const x = pixelOf(view, timeNs);
  if (x < 0 || x > view.widthPx) return;
  ctx.fillStyle = isCursor ? theme.accent : theme.ink3;
  ctx.fillRect(Math.round(x), view.topPx, 1, view.heightPx - view.topPx);
  flag(ctx, x, (view.topPx - FLAG_PX) / 2, text, view, isCursor ? theme.accent : theme.ink2, theme.panel);
}

/** A ruler: both ends down through all lanes, an arrow from one to the other, its length in the middle and the times at the ends. */
function paintMeasured(ctx: CanvasRenderingContext2D, {fromNs, toNs, texts: [from, length, to]}: NonNullable<HandMarks['measured']>, view: HandsView, theme: CanvasTheme): void {
  const x0 = pixelOf(view, fromNs);
  const x1 = pixelOf(view, toNs);
  if (x1 < 0 || x0 > view.widthPx) return;
  const y = view.topPx + 12;
  ctx.globalAlpha = 0.08;
  ctx.fillStyle = theme.accent;
  ctx.fillRect(x0, view.topPx, x1 - x0, view.heightPx);
  ctx.globalAlpha = 1;
  for (const x of [x0, x1]) for (let top = view.topPx; top < view.heightPx; top += 6) ctx.fillRect(Math.round(x), top, 1, 3);
  ctx.fillRect(x0, y, x1 - x0, 1);
  const lengthPx = ctx.measureText(length).width + 12;
  const isWide = x1 - x0 > lengthPx + 24;
  flag(ctx, isWide ? (x0 + x1) / 2 : x1 + lengthPx / 2 + 8, y - FLAG_PX / 2, length, view, theme.accent, theme.panel);
  // The times stand outside of the ruler, so that they meet nothing but lanes.
  const timesY = y + FLAG_PX / 2 + 3;
  if (x0 >= 0) flag(ctx, x0 - ctx.measureText(from).width / 2 - 9, timesY, from, view, theme.panel, theme.ink, theme.accent);
  if (x1 <= view.widthPx) flag(ctx, x1 + ctx.measureText(to).width / 2 + 9, timesY, to, view, theme.panel, theme.ink, theme.accent);
}

/** A text on a plate, as near to `x` as the canvas allows. */
function flag(ctx: CanvasRenderingContext2D, x: number, y: number, text: string, view: TimeWindow, plate: string, ink: string, border: string | null = null): void {
  const width = ctx.measureText(text).width + 10;
  const left = Math.round(Math.max(0, Math.min(view.widthPx - width, x - width / 2)));
  ctx.fillStyle = border ?? plate;
  ctx.beginPath();
  ctx.roundRect(left, y, width, FLAG_PX, 4);
  ctx.fill();
  if (border !== null) {
    ctx.fillStyle = plate;
    ctx.beginPath();
    ctx.roundRect(left + 1, y + 1, width - 2, FLAG_PX - 2, 3);
    ctx.fill();
  }
  ctx.fillStyle = ink;
  ctx.textAlign = 'center';
  ctx.fillText(text, left + width / 2, y + FLAG_PX / 2 + 0.5);
}

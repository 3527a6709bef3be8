/**
 * Paints rows. An answer that is older than the view is stretched to it, so that a hand that pans sees something at once.
 *
 *   lane of a goroutine                            group of goroutines
 *     ▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬   state                        ╱▔▔╲__╱▔▔▔╲   bytes of all stacks together, and the largest
 *             ▲┌───▼──   stack size, log2            ' '' ' '  '   growths
 *     ────────┘      └   ▲ growth ▼ shrink
 *     · ·  · ··  · ·     samples
 */
import type {LaneMatchesAnswer} from '../../derive/lane-matches/shape.ts';
import type {LanesAnswer} from '../../derive/lanes/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {paintBoxes} from './paint-boxes.ts';
import {paintMarks} from './paint-marks.ts';
import {paintMatches} from './paint-matches.ts';
import {paintRowPixels, rowColors, type RowColors} from './paint-row-pixels.ts';
import {paintScale} from './paint-row-scale.ts';
import {paintTicks} from './paint-ticks.ts';
import type {Pixels} from './pixels.ts';
import {TICKS_PX, type PlacedRow} from './row-places.ts';
import {pixelOf, type TimeWindow} from './scale.ts';
import {ticks, type Tick, type TickClock} from './ticks.ts';

export interface LanesView extends TimeWindow {
  readonly heightPx: number;
  /** Pixels of the list scrolled away at the top. */
  readonly scrollPx: number;
  /** What the axis is labelled by; null: itself. */
  readonly clock: TickClock | null;
  /** Key of the row chosen; null: none. */
  readonly selected: string | null;
  /** Where what is searched was found; null: nothing is. */
  readonly matches: LaneMatchesAnswer | null;
}

export function paintLanes(ctx: CanvasRenderingContext2D, pixels: Pixels, answer: LanesAnswer | null, view: LanesView, theme: CanvasTheme): void {
  const {widthPx, heightPx} = view;
  ctx.clearRect(0, 0, widthPx, heightPx);
  const labelled = ticks(view, 110, view.clock);
  if (answer && answer.rows.length > 0) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, TICKS_PX, widthPx, heightPx - TICKS_PX);
    ctx.clip();
    paintRows(ctx, pixels, answer, view, labelled, theme);
    ctx.restore();
  }
  paintTicks(ctx, view, labelled, theme);
}

const colorsOfTheme = new WeakMap<CanvasTheme, RowColors>();

function paintRows(ctx: CanvasRenderingContext2D, pixels: Pixels, answer: LanesAnswer, view: LanesView, labelled: readonly Tick[], theme: CanvasTheme): void {
  const {widthPx, heightPx} = view;
  const placed = answer.rows.map((row, index): PlacedRow => ({row, index, y: TICKS_PX + row.topPx - view.scrollPx})).filter(({row, y}) => y < heightPx && y + row.heightPx > TICKS_PX);
  for (const {row, y} of placed) {
    const isHead = row.kind === 'group' || row.kind === 'section' || row.kind === 'process';
    if (row.key === view.selected || isHead) {
      ctx.fillStyle = row.key === view.selected ? theme.selection : theme.background;
      ctx.fillRect(0, y, widthPx, row.heightPx);
    }
  }
  const ratio = ctx.getTransform().a;
  const from = sourcePixels(answer, view, Math.round(widthPx * ratio));
  paintGcBands(ctx, answer, from, ratio, view, theme);
  ctx.fillStyle = theme.line;
  for (const {timeNs} of labelled) ctx.fillRect(Math.round(pixelOf(view, timeNs)), TICKS_PX, 1, heightPx - TICKS_PX);
  for (const {row, y} of placed) ctx.fillRect(0, y + row.heightPx - 1, widthPx, 1);
  for (const one of placed) paintScale(ctx, one, answer, view, theme);
  let colors = colorsOfTheme.get(theme);
  if (!colors) colorsOfTheme.set(theme, (colors = rowColors(theme)));
  const top = Math.round(TICKS_PX * ratio);
  pixels.begin(from.length, Math.max(1, Math.round(heightPx * ratio) - top));
  for (const one of placed) paintRowPixels(pixels, one, answer, from, {ratio, top, colors});
  pixels.end(ctx, top);
  paintBoxes(ctx, placed, answer, view, theme);
  for (const one of placed) paintMarks(ctx, one, answer, from, ratio, theme);
  if (view.matches) paintMatches(ctx, placed, view.matches, sourcePixels(view.matches, view, from.length), ratio, theme);
}

/** For each column of device pixels the pixel of the answer that shows its time, -1 none. */
function sourcePixels(answer: Pick<LanesAnswer, 'fromNs' | 'toNs' | 'widthPx'>, view: LanesView, columns: number): Int32Array {
  const scale = answer.widthPx / Math.max(1, answer.toNs - answer.fromNs);
  const stepNs = (view.toNs - view.fromNs) / columns;
  const from = new Int32Array(columns);
  for (let x = 0; x < columns; x++) {
    const pixel = Math.floor((view.fromNs + (x + 0.5) * stepNs - answer.fromNs) * scale);
    from[x] = pixel >= 0 && pixel < answer.widthPx ? pixel : -1;
  }
  return from;
}

/** Behind all rows. */
function paintGcBands(ctx: CanvasRenderingContext2D, {gc}: LanesAnswer, from: Int32Array, ratio: number, {heightPx}: LanesView, theme: CanvasTheme): void {
  ctx.fillStyle = theme.gc;
  ctx.globalAlpha = 0.38;
  const isGc = (x: number) => x < from.length && from[x] >= 0 && gc[from[x]] === 1;
  for (let x = 0; x < from.length; x++) {
    if (!isGc(x)) continue;
    const start = x;
    while (isGc(x + 1)) x++;
    ctx.fillRect(start / ratio, TICKS_PX, (x + 1 - start) / ratio, heightPx - TICKS_PX);
  }
  ctx.globalAlpha = 1;
}

/**
 * Paints lanes. An answer that is older than the view is stretched to it, so that a hand that pans sees something at once.
 *
 *   lane of a goroutine, LANE_PX high
 *     ▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬   state
 *             ▲┌───▼──   stack size, a step a power of two
 *     ────────┘      └   ▲ growth ▼ shrink
 *     · ·  · ··  · ·     samples
 */
import {LaneMark, type LanesAnswer} from '../../derive/lanes/shape.ts';
import {tokenOfState, type CanvasTheme} from '../color/theme.ts';
import {pixelOf, ticks, type TimeWindow} from './scale.ts';

export const LANE_PX = 30;
export const TICKS_PX = 22;
const STATE_PX = 4;
/** The smallest stack is 2 KiB. */
const LEAST_LOG2 = 11;
/** Marks closer than this become ticks instead of triangles. */
const TRIANGLE_PX = 7;

export interface LanesView extends TimeWindow {
  readonly heightPx: number;
  /** Pixels of lanes scrolled away at the top. */
  readonly scrollPx: number;
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  /** Lane with the keyboard, -1 none. */
  readonly selected: number;
}

export function paintLanes(ctx: CanvasRenderingContext2D, answer: LanesAnswer | null, view: LanesView, theme: CanvasTheme): void {
  const {widthPx, heightPx} = view;
  ctx.clearRect(0, 0, widthPx, heightPx);
  const labelled = ticks(view, 110);
  ctx.fillStyle = theme.line;
  for (const {timeNs} of labelled) ctx.fillRect(Math.round(pixelOf(view, timeNs)), TICKS_PX, 1, heightPx - TICKS_PX);
  if (answer && answer.lanes.length > 0) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, TICKS_PX, widthPx, heightPx - TICKS_PX);
    ctx.clip();
    const from = sourcePixels(answer, view);
    const most = answer.size.reduce((all, log2) => Math.max(all, log2), LEAST_LOG2 + 3);
    for (let i = 0; i < answer.lanes.length; i++) {
      const y = TICKS_PX + (answer.first + i) * LANE_PX - view.scrollPx;
      if (y > heightPx || y < TICKS_PX - LANE_PX) continue;
      if (answer.first + i === view.selected) {
        ctx.fillStyle = theme.selection;
        ctx.fillRect(0, y, widthPx, LANE_PX - 1);
      }
      ctx.fillStyle = theme.line;
      ctx.fillRect(0, y + LANE_PX - 1, widthPx, 1);
      paintLane(ctx, answer, i, from, y, most, theme);
    }
    ctx.restore();
  }
  paintTicks(ctx, view, labelled, theme);
  paintRange(ctx, view, theme);
}

/** For each pixel of the view the pixel of the answer that shows its time, -1 none. */
function sourcePixels(answer: LanesAnswer, view: LanesView): Int32Array {
  const scale = (answer.toNs - answer.fromNs) / answer.widthPx;
  return Int32Array.from({length: Math.ceil(view.widthPx)}, (_, x) => {
    const timeNs = view.fromNs + ((x + 0.5) * (view.toNs - view.fromNs)) / view.widthPx;
    const pixel = Math.floor((timeNs - answer.fromNs) / scale);
    return pixel >= 0 && pixel < answer.widthPx ? pixel : -1;
  });
}

function paintLane(ctx: CanvasRenderingContext2D, answer: LanesAnswer, lane: number, from: Int32Array, y: number, most: number, theme: CanvasTheme): void {
  const start = lane * answer.widthPx;
  const at = (plane: Uint8Array, x: number) => (from[x] < 0 ? 0 : plane[start + from[x]]);
  const stateOf = (x: number) => at(answer.state, x);
  eachRun(from.length, stateOf, (x0, x1, state) => {
    if (state === 0) return;
    ctx.fillStyle = theme[tokenOfState[state]];
    ctx.fillRect(x0, y + 3, x1 - x0, STATE_PX);
  });
  const top = y + 3 + STATE_PX + 3;
  const height = LANE_PX - STATE_PX - 12;
  const levelY = (log2: number) => top + height - (height * (log2 - LEAST_LOG2 + 1)) / (most - LEAST_LOG2 + 1);
  let lastLevel = 0;
  eachRun(from.length, (x) => at(answer.size, x), (x0, x1, log2) => {
    if (log2 > 0) {
      const level = levelY(Math.max(LEAST_LOG2, log2));
      ctx.globalAlpha = 0.14;
      ctx.fillStyle = theme.growth;
      ctx.fillRect(x0, level, x1 - x0, top + height - level);
      ctx.globalAlpha = 1;
      ctx.fillStyle = theme['growth-text'];
      ctx.fillRect(x0, level, x1 - x0, 1.5);
      if (lastLevel > 0) ctx.fillRect(x0, Math.min(level, levelY(Math.max(LEAST_LOG2, lastLevel))), 1, Math.abs(level - levelY(Math.max(LEAST_LOG2, lastLevel))) + 1);
    }
    lastLevel = log2;
  });
  paintMarks(ctx, (x) => at(answer.marks, x), from, (x) => (at(answer.size, x) > 0 ? levelY(Math.max(LEAST_LOG2, at(answer.size, x))) : top + height), y, theme);
}

function paintMarks(ctx: CanvasRenderingContext2D, marksAt: (x: number) => number, from: Int32Array, levelAt: (x: number) => number, y: number, theme: CanvasTheme): void {
  const bottom = y + LANE_PX - 5;
  let lastTriangle = -Infinity;
  let lastSource = -1;
  for (let x = 0; x < from.length; x++) {
    // When an older answer is stretched, a mark is not repeated.
    if (from[x] === lastSource) continue;
    lastSource = from[x];
    const marks = marksAt(x);
    if (marks === 0) continue;
    if (marks & LaneMark.Sample) {
      ctx.fillStyle = marks & LaneMark.GrowthSample ? theme.growth : marks & LaneMark.Overflow ? theme['growth-text'] : theme.ink3;
      ctx.fillRect(x, bottom, 1, marks & LaneMark.GrowthSample ? 4 : 3);
    }
    if (marks & (LaneMark.Growth | LaneMark.Shrink)) {
      const isGrowth = (marks & LaneMark.Growth) !== 0;
      ctx.fillStyle = isGrowth ? theme['growth-text'] : theme.accent;
      if (x - lastTriangle >= TRIANGLE_PX) {
        triangle(ctx, x + 0.5, levelAt(x), isGrowth ? -1 : 1);
        lastTriangle = x;
      } else ctx.fillRect(x, levelAt(x) - 1, 1, 4);
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

function eachRun(length: number, valueAt: (x: number) => number, onRun: (x0: number, x1: number, value: number) => void): void {
  let start = 0;
  let value = length > 0 ? valueAt(0) : 0;
  for (let x = 1; x <= length; x++) {
    const next = x < length ? valueAt(x) : -1;
    if (next === value) continue;
    onRun(start, x, value);
    start = x;
    value = next;
  }
}

function paintTicks(ctx: CanvasRenderingContext2D, view: LanesView, labelled: ReturnType<typeof ticks>, theme: CanvasTheme): void {
  ctx.fillStyle = theme.line;
  ctx.fillRect(0, TICKS_PX - 1, view.widthPx, 1);
  ctx.fillStyle = theme.ink2;
  ctx.font = theme.font;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  for (const {timeNs, label} of labelled) {
    const half = ctx.measureText(label).width / 2;
    ctx.fillText(label, Math.min(Math.max(pixelOf(view, timeNs), half + 2), view.widthPx - half - 2), TICKS_PX / 2);
  }
}

function paintRange(ctx: CanvasRenderingContext2D, view: LanesView, theme: CanvasTheme): void {
  if (!view.range) return;
  const x0 = pixelOf(view, view.range.fromNs);
  const x1 = pixelOf(view, view.range.toNs);
  ctx.globalAlpha = 0.5;
  ctx.fillStyle = theme.background;
  if (x0 > 0) ctx.fillRect(0, TICKS_PX, x0, view.heightPx);
  if (x1 < view.widthPx) ctx.fillRect(x1, TICKS_PX, view.widthPx - x1, view.heightPx);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.accent;
  ctx.fillRect(x0 - 0.5, TICKS_PX, 1, view.heightPx);
  ctx.fillRect(x1 - 0.5, TICKS_PX, 1, view.heightPx);
}

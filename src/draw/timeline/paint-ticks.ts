/** The axis above the lanes: times with their labels. */
import type {CanvasTheme} from '../color/theme.ts';
import {TICKS_PX} from './row-places.ts';
import {pixelOf, type TimeWindow} from './scale.ts';
import type {Tick} from './ticks.ts';

export function paintTicks(ctx: CanvasRenderingContext2D, view: TimeWindow, labelled: readonly Tick[], theme: CanvasTheme): void {
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

/**
 * Paints who caused what: from the lane of the one that acted to the lane of the one that it acted on, at the time of it.
 *
 *   G1  ───┬──────      ─────────
 *          │            ┄┤ G7 main.send     the other's lane is not on the screen: a stub with its name
 *   G5     ▼━━━━━━      ▼━━━━━━━
 */
import type {Link} from '../../derive/links/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {pixelOf} from './scale.ts';
import type {HandsView} from './paint-hands.ts';

/** Where a lane is on the canvas. */
export interface LaneSpan {
  readonly topPx: number;
  readonly bottomPx: number;
}

export interface LinksView extends HandsView {
  /** null: the lane of the goroutine is not on the screen. */
  spanOf(source: number, goroutine: number): LaneSpan | null;
  /** What a goroutine is called at a stub. */
  nameOf(goroutine: Link['from']): string;
  /** The goroutine that the links are of, and what is said where not all are shown; null: all are. */
  readonly of: {readonly source: number; readonly goroutine: number};
  readonly more: string | null;
}

const STUB_PX = 11;
const HEAD_PX = 4;
/** Names at stubs keep this far from each other. */
const GAP_PX = 10;

export function paintLinks(ctx: CanvasRenderingContext2D, links: readonly Link[], view: LinksView, theme: CanvasTheme): void {
  const own = view.spanOf(view.of.source, view.of.goroutine);
  if (!own) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, view.topPx, view.widthPx, view.heightPx - view.topPx);
  ctx.clip();
  ctx.font = theme.font;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1;
  // A name is written where none before it reaches to.
  let writtenTo = {above: -Infinity, below: -Infinity};
  for (const link of links) {
    const x = Math.round(pixelOf(view, link.timeNs)) + 0.5;
    if (x < 0 || x > view.widthPx) continue;
    const isIncoming = link.to.source === view.of.source && link.to.goroutine === view.of.goroutine;
    const other = isIncoming ? link.from : link.to;
    const span = view.spanOf(other.source, other.goroutine);
    ctx.setLineDash(link.kind === 'create' ? [3, 2] : []);
    if (span) {
      const otherIsAbove = span.topPx < own.topPx;
      const ownY = otherIsAbove ? own.topPx + 3 : own.bottomPx - 3;
      const otherY = otherIsAbove ? span.bottomPx - 3 : span.topPx + 3;
      arrow(ctx, x, isIncoming ? otherY : ownY, isIncoming ? ownY : otherY);
      continue;
    }
    // Who acts stands above, who is acted on below; under the axis there is no room above.
    const isAbove = isIncoming && own.topPx - STUB_PX >= view.topPx + 4;
    const side = isAbove ? 'above' : 'below';
    const ownY = isAbove ? own.topPx + 3 : own.bottomPx - 3;
    const farY = isAbove ? own.topPx - STUB_PX : own.bottomPx + STUB_PX;
    arrow(ctx, x, isIncoming ? farY : ownY, isIncoming ? ownY : farY);
    const text = view.nameOf(other);
    const width = ctx.measureText(text).width;
    const left = x + 5 + width > view.widthPx ? x - 5 - width : x + 5;
    if (left < writtenTo[side] + GAP_PX) continue;
    plate(ctx, text, left, farY, width, theme);
    writtenTo = {...writtenTo, [side]: left + width};
  }
  if (view.more !== null) {
    const width = ctx.measureText(view.more).width;
    plate(ctx, view.more, view.widthPx - width - 8, own.bottomPx - 8, width, theme);
  }
  ctx.restore();
}

function plate(ctx: CanvasRenderingContext2D, text: string, left: number, y: number, width: number, theme: CanvasTheme): void {
  ctx.globalAlpha = 0.85;
  ctx.fillStyle = theme.panel;
  ctx.fillRect(left - 2, y - 7, width + 4, 14);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.accent;
  ctx.fillText(text, left, y);
}

function arrow(ctx: CanvasRenderingContext2D, x: number, fromY: number, toY: number): void {
  const down = toY > fromY ? 1 : -1;
  ctx.beginPath();
  ctx.moveTo(x, fromY);
  ctx.lineTo(x, toY - HEAD_PX * down);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, toY);
  ctx.lineTo(x - HEAD_PX + 0.5, toY - (HEAD_PX + 2) * down);
  ctx.lineTo(x + HEAD_PX - 0.5, toY - (HEAD_PX + 2) * down);
  ctx.fill();
}

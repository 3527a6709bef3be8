/** Paints every frame of a flame answer on a canvas: the picture behind the readable frames, which the chart draws on top. */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {FrameColors} from '../color/frame-color.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {ROW_PX} from './rows.ts';

export interface FlameViewport {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels scrolled away at the top. */
  readonly scrollPx: number;
  /** Row with the keyboard, -1 none; row under the pointer, -1 none. */
  readonly selected: number;
  readonly hovered: number;
  readonly isSearching: boolean;
  /** By row: 1 where the name is written by someone else. May be shorter than the rows. */
  readonly fed: Uint8Array;
}

/** What is painted. */
export interface FlameFrames {
  readonly answer: FlameAnswer;
  readonly theme: CanvasTheme;
  nameOf(row: number): string;
}

/** From this width on a growth frame has its edge. */
const EDGE_FROM_PX = 6;
/** From this width on a frame has its name. */
const NAME_FROM_PX = 34;

export function paintFlame(ctx: CanvasRenderingContext2D, view: FlameViewport, {answer, theme, nameOf}: FlameFrames, colors: FrameColors): void {
  const {length, depth, x0, x1, kind, name, names, match} = answer;
  ctx.clearRect(0, 0, view.widthPx, view.heightPx);
  const firstDepth = Math.floor(view.scrollPx / ROW_PX);
  const lastDepth = Math.ceil((view.scrollPx + view.heightPx) / ROW_PX);
  for (let row = 0; row < length; row++) {
    if (depth[row] < firstDepth || depth[row] > lastDepth) continue;
    const x = x0[row] * view.widthPx;
    const width = x1[row] * view.widthPx - x;
    const y = depth[row] * ROW_PX - view.scrollPx;
    const frameKind = kind[row] as FrameKind;
    const isFound = !view.isSearching || match[row] === 1;
    ctx.fillStyle = colors.color(frameKind, name[row] < 0 ? '' : names[name[row]], isFound);
    // A gap of a pixel between frames, as long as something is left of the frame.
    const drawn = width > 3 ? width - 1 : Math.max(width, 0.5);
    ctx.fillRect(x, y, drawn, ROW_PX - 1);
    if (frameKind === FrameKind.Growth && width > EDGE_FROM_PX) {
      ctx.fillStyle = theme['growth-text'];
      ctx.fillRect(x, y, 2, ROW_PX - 1);
    } else if (isLost(frameKind) && width > 2) hatch(ctx, x, y, drawn, theme.ink3);
    if (view.isSearching && match[row] === 1) {
      ctx.fillStyle = theme.accent;
      ctx.fillRect(x, y + ROW_PX - 3, drawn, 2);
    }
    if (width >= NAME_FROM_PX && view.fed[row] !== 1) writeName(ctx, nameOf(row), x, y, width, frameKind === FrameKind.Growth ? theme['on-growth'] : theme.ink, theme.codeFont);
  }
  for (const [row, color] of [[view.hovered, theme.ink3], [view.selected, theme.accent]] as const) {
    if (row < 0 || row >= length) continue;
    ctx.strokeStyle = color;
    ctx.lineWidth = 2;
    const x = x0[row] * view.widthPx;
    ctx.strokeRect(x + 1, depth[row] * ROW_PX - view.scrollPx + 1, Math.max(1, (x1[row] - x0[row]) * view.widthPx - 3), ROW_PX - 3);
  }
}

/** The name from its beginning, as much as fits. All letters of the code font are equally wide. */
function writeName(ctx: CanvasRenderingContext2D, name: string, x: number, y: number, width: number, color: string, font: string): void {
  ctx.font = font;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = color;
  const letters = Math.floor((width - 8) / Math.max(1, ctx.measureText('0').width));
  ctx.fillText(name.length <= letters ? name : `${name.slice(0, Math.max(0, letters - 1))}…`, x + 4, y + ROW_PX / 2);
}

export function isLost(kind: FrameKind): boolean {
  return kind === FrameKind.LostCaller || kind === FrameKind.LostTwo || kind === FrameKind.Cut || kind === FrameKind.NoStack;
}

/** Diagonal lines: here something is missing. */
function hatch(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, color: string): void {
  const height = ROW_PX - 1;
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  ctx.beginPath();
  // Lines of one grid over the whole picture, so that neighbours and repaints agree.
  for (let at = Math.floor((x - height) / 6) * 6; at < x + width; at += 6) {
    ctx.moveTo(at, y + height);
    ctx.lineTo(at + height, y);
  }
  ctx.strokeStyle = color;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.restore();
}

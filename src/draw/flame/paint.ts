/**
 * Paints a flame answer on two canvases: behind the readable frames every frame ≥ 0.5 px with its name, before them the marks that must not
 * be covered: edges of growth, torn edges, what was found, the rows with the keyboard and the pointer.
 */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {KnownBy, type FunctionRef} from '../../derive/call-tree/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {ColoredFrame, FrameColors, FrameLook} from '../color/frame-color.ts';
import {fittedLabel, type FrameLabel} from './label.ts';
import {ROW_PX, type FlameLayout} from './rows.ts';

export interface FlameViewport {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels scrolled away at the top. */
  readonly scrollPx: number;
}

/** What is painted. */
export interface FlameFrames {
  readonly answer: FlameAnswer;
  readonly colors: FrameColors;
  readonly layout: FlameLayout;
  /** Deeper rows are callers of those above them: what the recorder cut off is torn on that side. */
  readonly deeperIsCaller: boolean;
  readonly isSearching: boolean;
  /** The function that is chosen elsewhere; null: none. */
  readonly chosen: FunctionRef | null;
  frameOf(row: number): ColoredFrame;
  labelOf(row: number): FrameLabel;
}

/** Rows that stand out by a frame around them, -1 none. */
export interface FlameMarks {
  readonly selected: number;
  readonly hovered: number;
}

/** From this width on a growth frame has its edge. */
export const EDGE_FROM_PX = 6;
/** From this width on a frame has its name. */
export const NAME_FROM_PX = 26;
/** Between the frame's edge and its name. */
export const NAME_PAD_PX = 4;
export const TOOTH_PX = 4;
/** Under a frame that is known from an event near by, around one that a probe restored. */
export const NEIGHBOUR_DASH = [2, 2];
export const RESTORED_DASH = [4, 3];

/** What the search says of a row; null: there is none. */
export function isRowFound({answer, isSearching}: Pick<FlameFrames, 'answer' | 'isSearching'>, row: number): boolean | null {
  return isSearching ? answer.match[row] === 1 : null;
}

const looks = new WeakMap<FlameFrames, Map<number, FrameLook>>();

/** How a row is drawn. Rows of one function look alike: each is looked up once (bench: click zoom). */
export function lookOf(frames: FlameFrames, row: number): FrameLook {
  const {name, kind, match, knownBy} = frames.answer;
  let known = looks.get(frames);
  if (!known) looks.set(frames, (known = new Map()));
  const isRestored = knownBy[row] === KnownBy.Restored;
  const key = (((name[row] + 1) * 32 + kind[row]) * 2 + match[row]) * 2 + Number(isRestored);
  let look = known.get(key);
  if (!look) known.set(key, (look = frames.colors.look(frames.frameOf(row), isRowFound(frames, row), isRestored)));
  return look;
}

/** `fed`, by row: 1 where the name is written by someone else. May be shorter than the rows. */
export function paintFrames(ctx: CanvasRenderingContext2D, view: FlameViewport, frames: FlameFrames, fed: Uint8Array): void {
  const {answer, labelOf} = frames;
  const {theme} = frames.colors;
  ctx.clearRect(0, 0, view.widthPx, view.heightPx);
  ctx.font = theme.codeFont;
  ctx.textBaseline = 'middle';
  const letterPx = Math.max(1, ctx.measureText('0').width);
  eachRow(view, frames, (row, x, y, width) => {
    const {fill, ink} = lookOf(frames, row);
    ctx.fillStyle = fill;
    const drawn = drawnWidth(width);
    ctx.fillRect(x, y, drawn, ROW_PX - 1);
    if (isLost(answer.kind[row]) && width > 2) hatch(ctx, x, y, drawn, theme.ink3);
    if (width < NAME_FROM_PX || fed[row] === 1) return;
    ctx.fillStyle = ink;
    ctx.fillText(fittedLabel(labelOf(row), lettersIn(width, letterPx)), x + NAME_PAD_PX, y + ROW_PX / 2);
  });
}

export function paintMarks(ctx: CanvasRenderingContext2D, view: FlameViewport, frames: FlameFrames, marks: FlameMarks): void {
  const {answer, colors: {theme}, layout} = frames;
  const {kind, knownBy} = answer;
  ctx.clearRect(0, 0, view.widthPx, view.heightPx);
  const isBelow = isTornBelow(frames);
  const isChosen = chosenRows(frames);
  eachRow(view, frames, (row, x, y, width) => {
    const drawn = drawnWidth(width);
    if (kind[row] === FrameKind.Growth && width > EDGE_FROM_PX) {
      ctx.fillStyle = theme['growth-text'];
      ctx.fillRect(x, y, 2, ROW_PX - 1);
    }
    if (kind[row] === FrameKind.Cut && width > TOOTH_PX * 2) tear(ctx, tearPoints(x, y, drawn, isBelow), theme.panel);
    if (knownBy[row] === KnownBy.Restored && width > EDGE_FROM_PX) {
      ctx.setLineDash(RESTORED_DASH);
      outline(ctx, x, y, drawn, theme.ink2, 1);
      ctx.setLineDash([]);
    }
    if (knownBy[row] === KnownBy.Neighbour && width > EDGE_FROM_PX) {
      // Not of the growth itself, but of an event near it.
      ctx.strokeStyle = theme.ink3;
      ctx.lineWidth = 1;
      ctx.setLineDash(NEIGHBOUR_DASH);
      ctx.beginPath();
      ctx.moveTo(x, y + ROW_PX - 1.5);
      ctx.lineTo(x + drawn, y + ROW_PX - 1.5);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    if (isChosen(row)) outline(ctx, x, y, drawn, theme.accent, 1);
    if (isRowFound(frames, row) === true) outline(ctx, x, y, drawn, theme.accent, 1);
  });
  for (const [row, color] of [[marks.hovered, theme.ink3], [marks.selected, theme.accent]] as const) {
    if (row < 0 || row >= answer.length || answer.depth[row] < layout.firstDepth) continue;
    const x = answer.x0[row] * view.widthPx;
    outline(ctx, x, layout.yOf(answer.depth[row]) - view.scrollPx, Math.max(3, drawnWidth(answer.x1[row] * view.widthPx - x)), color, 2);
  }
}

/** Tells the rows of the chosen function: in chains of growth, too. */
function chosenRows({answer, chosen}: FlameFrames): (row: number) => boolean {
  const own = chosen ? answer.names.indexOf(chosen.name) : -1;
  const {name, kind} = answer;
  return own < 0 ? () => false : (row) => name[row] === own && kind[row] !== FrameKind.Group;
}

/** Letters that fit into a frame. */
export function lettersIn(widthPx: number, letterPx: number): number {
  return Math.max(0, Math.floor((widthPx - 2 * NAME_PAD_PX) / letterPx));
}

/** What was not recorded. */
export function isLost(kind: number): boolean {
  return kind === FrameKind.LostCaller || kind === FrameKind.LostTwo || kind === FrameKind.Cut || kind === FrameKind.NoStack || kind === FrameKind.OtherStack;
}

/** The rows in view. The loop runs over every frame on each paint: nothing is allocated in it (bench: paint of 1M nodes). */
function eachRow(view: FlameViewport, {answer, layout}: FlameFrames, paint: (row: number, x: number, y: number, width: number) => void): void {
  const {length, depth, x0, x1} = answer;
  const [a, b] = [layout.depthAt(view.scrollPx), layout.depthAt(view.scrollPx + view.heightPx)];
  const [first, last] = [Math.max(layout.firstDepth, Math.min(a, b)), Math.max(a, b)];
  for (let row = 0; row < length; row++) {
    if (depth[row] < first || depth[row] > last) continue;
    const x = x0[row] * view.widthPx;
    paint(row, x, layout.yOf(depth[row]) - view.scrollPx, x1[row] * view.widthPx - x);
  }
}

/** A gap of a pixel between frames, as long as something is left of the frame. */
export function drawnWidth(width: number): number {
  return width > 3 ? width - 1 : Math.max(width, 0.5);
}

function outline(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, color: string, line: number): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = line;
  ctx.strokeRect(x + line / 2, y + line / 2, Math.max(0.5, width - line), ROW_PX - 1 - line);
}

/** Whether what the recorder cut off would lie below the frame that says so. */
export function isTornBelow({deeperIsCaller, layout}: FlameFrames): boolean {
  return deeperIsCaller !== layout.isUpsideDown;
}

/** Teeth cut into the frame at `x`, `y` from its upper or lower edge: corners of what is cut away. */
export function tearPoints(x: number, y: number, width: number, isBelow: boolean): [number, number][] {
  const [edge, into] = isBelow ? [y + ROW_PX - 1, -1] : [y, 1];
  const points: [number, number][] = [[x, edge - into]];
  for (let at = 0; at < width; at += TOOTH_PX * 2) {
    points.push([x + Math.min(at + TOOTH_PX, width), edge + into * TOOTH_PX], [x + Math.min(at + TOOTH_PX * 2, width), edge]);
  }
  return [...points, [x + width, edge - into]];
}

function tear(ctx: CanvasRenderingContext2D, points: readonly (readonly [number, number])[], color: string): void {
  ctx.fillStyle = color;
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  ctx.fill();
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

/** Named stretches of time: regions, tasks, what a proc runs, messages; each with its name as far as there is room. */
import {BOXES_ROOM_PX, LAYER_PX, type LanesAnswer} from '../../derive/lanes/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import type {PlacedRow} from './row-places.ts';
import {pixelOf, type TimeWindow} from './scale.ts';

const PAD_PX = 4;

export function paintBoxes(ctx: CanvasRenderingContext2D, placed: readonly PlacedRow[], answer: LanesAnswer, view: TimeWindow, theme: CanvasTheme): void {
  const {boxes} = answer;
  if (boxes.length === 0) return;
  const byIndex = new Map(placed.map((one) => [one.index, one]));
  ctx.save();
  ctx.font = theme.codeFont.replace(/^[\d.]+px/, '10.5px');
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const charPx = ctx.measureText('0').width;
  for (let i = 0; i < boxes.length; i++) {
    const one = byIndex.get(boxes.row[i]);
    if (!one) continue;
    const {row, y} = one;
    const x0 = Math.max(-1, pixelOf(view, boxes.fromNs[i]));
    const x1 = Math.min(view.widthPx + 1, pixelOf(view, boxes.toNs[i]));
    if (x1 < 0 || x0 > view.widthPx) continue;
    const isPlain = row.kind === 'proc' || row.kind === 'log';
    const top = isPlain ? y : y + BOXES_ROOM_PX / 2 + boxes.layer[i] * LAYER_PX;
    const height = isPlain ? row.heightPx - 1 : LAYER_PX - 1;
    if (!isPlain) {
      ctx.fillStyle = row.kind === 'task' && boxes.layer[i] === 0 ? theme.syscall : boxes.name[i] < 0 ? theme.ink3 : theme.runtime;
      ctx.globalAlpha = row.kind === 'task' && boxes.layer[i] === 0 ? 0.45 : 1;
      ctx.fillRect(x0, top, Math.max(1, x1 - x0 - 0.5), height);
      ctx.globalAlpha = 1;
    }
    const left = row.kind === 'log' ? x0 + 7 : Math.max(x0, 0) + PAD_PX;
    const chars = Math.floor((x1 - left - 2) / charPx);
    if (boxes.name[i] < 0 || chars < 2) continue;
    const name = boxes.names[boxes.name[i]];
    ctx.fillStyle = theme.ink;
    ctx.fillText(name.length <= chars ? name : `${name.slice(0, chars - 1)}…`, left, top + height / 2 + 0.5);
  }
  ctx.restore();
}

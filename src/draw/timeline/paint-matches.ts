/** What was searched: a line at the foot of the lanes that hold it, where they do. In groups it stands on the ticks of growths. */
import type {LaneMatchesAnswer} from '../../derive/lane-matches/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import type {PlacedRow} from './row-places.ts';

const LINE_PX = 3;
/** So that a single match is seen. */
const LEAST_PX = 4;
/** Above the ticks of a group. */
const TICKS_PX = 4;

/** `from`: for each column of device pixels the pixel of the matches that shows its time, -1 none. */
export function paintMatches(ctx: CanvasRenderingContext2D, placed: readonly PlacedRow[], {keys, marks, widthPx}: LaneMatchesAnswer, from: Int32Array, ratio: number, theme: CanvasTheme): void {
  const planeOf = new Map(keys.map((key, i) => [key, i * widthPx]));
  ctx.fillStyle = theme.accent;
  for (const {row, y} of placed) {
    const at = planeOf.get(row.key);
    if (at === undefined) continue;
    const top = y + row.heightPx - 1 - LINE_PX - (row.kind === 'group' ? TICKS_PX : 0);
    const isFound = (x: number) => x < from.length && from[x] >= 0 && marks[at + from[x]] === 1;
    for (let x = 0; x < from.length; x++) {
      if (!isFound(x)) continue;
      const start = x;
      while (isFound(x + 1)) x++;
      const width = Math.max(LEAST_PX, (x + 1 - start) / ratio);
      ctx.fillRect((start + x + 1) / ratio / 2 - width / 2, top, width, LINE_PX);
    }
  }
}

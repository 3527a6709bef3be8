/** The frames that can be read, as d3-flame-graph lays them: rows of an answer -> its elements, placed and named as the canvas behind them has them. */
import type {HierarchyRectangularNode} from 'd3-hierarchy';
import {select} from 'd3-selection';
import 'd3-transition';
import flamegraph, {type FlameChart as D3FlameGraph, type FlameDatum} from 'd3-flame-graph';
import {fittedLabel, wholeLabel} from './label.ts';
import {isLost, lettersIn, lookOf, type FlameFrames} from './paint.ts';
import {ROW_PX} from './rows.ts';

export class ReadableFrames {
  readonly #frames: HTMLElement;
  readonly #measure = document.createElement('canvas').getContext('2d');
  #chart: D3FlameGraph | null = null;
  #picture: FlameFrames | null = null;

  constructor(frames: HTMLElement) {
    this.#frames = frames;
    // The library zooms by itself on a click; it never hears of one.
    frames.addEventListener('click', stop, {capture: true});
  }

  /** `rows` are closed under parents and in preorder. */
  lay(picture: FlameFrames, rows: readonly number[], widthPx: number): void {
    this.#picture = picture;
    const {heightPx} = picture.layout;
    const data = fedTree(picture, rows);
    if (this.#chart) this.#chart.width(widthPx).height(heightPx).update(data);
    else {
      this.#chart = flamegraph()
        .width(widthPx).height(heightPx).cellHeight(ROW_PX).inverted(true).transitionDuration(0)
        // Its tooltip would show beside ours.
        .setLabelHandler(() => '')
        .setColorMapper(({data: {row}}) => this.#colorOf(row));
      this.#chart(select<HTMLElement, FlameDatum>(this.#frames).datum(data));
    }
    select(this.#frames).select('svg').attr('height', heightPx).attr('aria-hidden', 'true');
    this.#settle(picture, widthPx);
  }

  destroy(): void {
    this.#frames.removeEventListener('click', stop, {capture: true});
    this.#chart?.destroy();
  }

  /** The library moves frames and writes names in transitions, a quarter of a second long at least, and hangs all from the top. Here everything stands at once. */
  #settle(picture: FlameFrames, widthPx: number): void {
    const {layout, colors, labelOf} = picture;
    const ctx = this.#measure;
    if (ctx) ctx.font = colors.theme.codeFont;
    const letterPx = Math.max(1, ctx?.measureText('0').width ?? 0);
    select(this.#frames).selectAll<SVGGElement, HierarchyRectangularNode<FlameDatum>>('g').each(function ({x0, x1, depth, data: {row}}) {
      const width = (x1 - x0) * widthPx;
      const frame = select(this).interrupt().attr('transform', `translate(${x0 * widthPx},${layout.yOf(depth)})`);
      frame.select('rect').interrupt().attr('width', width);
      frame.select('div').interrupt().text(fittedLabel(labelOf(row), lettersIn(width, letterPx))).style('color', lookOf(picture, row).ink);
    });
  }

  /** Frames that stand for something missing are hatched by the canvas, which shows through. */
  #colorOf(row: number): string {
    const picture = this.#picture;
    if (!picture || isLost(picture.answer.kind[row])) return 'transparent';
    return lookOf(picture, row).fill;
  }
}

function stop(event: Event): void {
  if (event.type === 'click') event.stopPropagation();
}

/** The readable rows as the plain nested objects that the library takes; it writes on them. */
function fedTree({answer, labelOf}: FlameFrames, readable: readonly number[]): FlameDatum {
  type Building = Omit<FlameDatum, 'children'> & {children: Building[]};
  const made = new Map<number, Building>();
  let root: Building | null = null;
  const widest = answer.total[answer.pathLength - 1];
  // Of a faded frame the library takes the weight of its children: the deepest one that is fed must have its own.
  const lastOfPath = readable.findLast((row) => row < answer.pathLength) ?? 0;
  for (const row of readable) {
    const isAncestor = row < answer.pathLength - 1;
    // An ancestor is drawn as wide as the frame shown widest, so it is fed that frame's weight.
    const node: Building = {name: wholeLabel(labelOf(row)), value: isAncestor ? widest : answer.total[row], children: [], fade: isAncestor && row < lastOfPath, row};
    made.set(row, node);
    if (row === 0) root = node;
    else made.get(answer.parent[row])?.children.push(node);
  }
  return root ?? {name: '', value: 0, children: [], fade: false, row: 0};
}

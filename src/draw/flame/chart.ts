/**
 * The flame graph on the page. A canvas at the size of the viewport shows every frame with its name at once; in the next animation frame
 * d3-flame-graph lays the readable ones over it. Zoom, search and keyboard are ours: the library would see the fed frames only.
 *
 *   host (scrolls) ─┬ canvas  (sticky, all frames ≥ 0.5 px)
 *                   ├ frames  (svg of d3-flame-graph, at most CAP frames)
 *                   └ marks   (sticky canvas: edges, what was found, keyboard, pointer)
 */
import type {HierarchyRectangularNode} from 'd3-hierarchy';
import {select} from 'd3-selection';
import 'd3-transition';
import flamegraph, {type FlameChart as D3FlameGraph, type FlameDatum} from 'd3-flame-graph';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {sharpContext} from '../canvas.ts';
import {fittedLabel, wholeLabel} from './label.ts';
import {isLost, lettersIn, lookOf, paintFrames, paintMarks, type FlameFrames, type FlameViewport} from './paint.ts';
import {readableRows, ROW_PX} from './rows.ts';

/** More frames than this would hold the page for longer than a frame of animation may take. */
const CAP = 120;
/** Below this width the library hides the name; the canvas still writes it. */
const READABLE_PX = 36;

export interface FlamePicture extends FlameFrames {
  /** More is to come at once: the canvas alone is painted. */
  readonly isPassing: boolean;
}

export interface FlameHooks {
  /** Every frame is painted; the browser shows it with this frame of animation. */
  onPicture(answer: FlameAnswer): void;
  /** Nothing more will be painted for this picture. */
  onSettled(): void;
}

/** The elements of a graph; see above. */
export interface FlameElements {
  readonly host: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly frames: HTMLElement;
  readonly marks: HTMLCanvasElement;
}

const NONE = new Uint8Array(0);

export class FlameChart {
  readonly #elements: FlameElements;
  readonly #hooks: FlameHooks;
  #picture: FlamePicture | null = null;
  /** By row: 1 where the library writes the name. */
  #fed: Uint8Array = NONE;
  #chart: D3FlameGraph | null = null;
  #selected = -1;
  #hovered = -1;
  #feedAt = 0;
  #paintAt = 0;
  #marksAt = 0;

  constructor(elements: FlameElements, hooks: FlameHooks) {
    this.#elements = elements;
    this.#hooks = hooks;
    const {host, frames} = elements;
    host.addEventListener('scroll', this.#repaint, {passive: true});
    host.addEventListener('scrollend', this.#feed);
    // The library zooms by itself on a click; it never hears of one.
    frames.addEventListener('click', stop, {capture: true});
  }

  show(picture: FlamePicture): void {
    if (picture.answer !== this.#picture?.answer) this.#hovered = -1;
    this.#fed = NONE;
    cancelAnimationFrame(this.#feedAt);
    // Each step has a frame of its own, so that none holds up the page for long.
    this.#feedAt = requestAnimationFrame(() => {
      this.#elements.frames.style.visibility = 'hidden';
      this.#lay(picture);
      this.#paint();
      this.#hooks.onPicture(picture.answer);
      this.#feedAt = requestAnimationFrame(picture.isPassing ? this.#hooks.onSettled : this.#feed);
    });
  }

  select(row: number): void {
    this.#selected = row;
    this.#repaintMarks();
  }

  hover(row: number): void {
    if (row === this.#hovered) return;
    this.#hovered = row;
    this.#repaintMarks();
  }

  destroy(): void {
    for (const frame of [this.#feedAt, this.#paintAt, this.#marksAt]) cancelAnimationFrame(frame);
    const {host, frames} = this.#elements;
    host.removeEventListener('scroll', this.#repaint);
    host.removeEventListener('scrollend', this.#feed);
    frames.removeEventListener('click', stop, {capture: true});
    this.#chart?.destroy();
  }

  /** Takes a picture: makes room for it, and keeps what is in view as far from the root as it was. */
  #lay(picture: FlamePicture): void {
    const {host, frames} = this.#elements;
    const before = this.#picture?.layout;
    const pathBefore = this.#picture?.answer;
    const fromRoot = before?.isUpsideDown ? before.heightPx - host.clientHeight - host.scrollTop : host.scrollTop;
    const {isUpsideDown, heightPx} = picture.layout;
    this.#picture = picture;
    frames.style.height = `${heightPx}px`;
    host.scrollTop = isUpsideDown ? heightPx - host.clientHeight - fromRoot : fromRoot;
    if (!isSamePath(pathBefore, picture.answer)) this.#reveal(picture);
  }

  /** Scrolls so that the frame shown widest is seen, with some of what lies behind it. */
  #reveal({answer: {depth, pathLength}, layout}: FlamePicture): void {
    const {host} = this.#elements;
    const y = layout.yOf(depth[pathLength - 1]);
    const margin = Math.min(3 * ROW_PX, host.clientHeight / 3);
    if (y < host.scrollTop || y + margin > host.scrollTop + host.clientHeight) host.scrollTop = y - (layout.isUpsideDown ? host.clientHeight - 2 * margin : margin);
  }

  readonly #repaint = (): void => {
    cancelAnimationFrame(this.#paintAt);
    this.#paintAt = requestAnimationFrame(() => this.#paint());
  };

  readonly #repaintMarks = (): void => {
    cancelAnimationFrame(this.#marksAt);
    this.#marksAt = requestAnimationFrame(() => this.#paintMarks());
  };

  get #view(): FlameViewport {
    const {clientWidth: widthPx, clientHeight: heightPx, scrollTop: scrollPx} = this.#elements.host;
    return {widthPx, heightPx, scrollPx};
  }

  #paint(): void {
    if (!this.#picture) return;
    const view = this.#view;
    paintFrames(sharpContext(this.#elements.canvas, view.widthPx, view.heightPx), view, this.#picture, this.#fed);
    this.#paintMarks();
  }

  #paintMarks(): void {
    if (!this.#picture) return;
    const view = this.#view;
    paintMarks(sharpContext(this.#elements.marks, view.widthPx, view.heightPx), view, this.#picture, {selected: this.#selected, hovered: this.#hovered});
  }

  /** Lays the readable frames, down to the deepest one in view, over the canvas. Scrolled further the canvas goes ahead. */
  readonly #feed = (): void => {
    const picture = this.#picture;
    if (!picture || picture.isPassing || picture.answer.length === 0) return;
    const {frames} = this.#elements;
    const {widthPx, heightPx: viewPx, scrollPx} = this.#view;
    const {depthAt, heightPx} = picture.layout;
    const readable = readableRows(picture.answer, widthPx, READABLE_PX, CAP, Math.max(depthAt(scrollPx), depthAt(scrollPx + viewPx)));
    const data = fedTree(picture, readable);
    if (this.#chart) this.#chart.width(widthPx).height(heightPx).update(data);
    else {
      this.#chart = flamegraph()
        .width(widthPx).height(heightPx).cellHeight(ROW_PX).inverted(true).transitionDuration(0)
        // Its tooltip would show beside ours.
        .setLabelHandler(() => '')
        .setColorMapper(({data: {row}}) => this.#colorOf(row));
      this.#chart(select<HTMLElement, FlameDatum>(frames).datum(data));
    }
    select(frames).select('svg').attr('height', heightPx).attr('aria-hidden', 'true');
    this.#settle(picture, widthPx);
    this.#fed = new Uint8Array(picture.answer.length);
    for (const row of readable) this.#fed[row] = 1;
    frames.style.visibility = 'visible';
    this.#paint();
    this.#feedAt = requestAnimationFrame(this.#hooks.onSettled);
  };

  /** The library moves frames and writes names in transitions, a quarter of a second long at least, and hangs all from the top. Here everything stands at once. */
  #settle(picture: FlameFrames, widthPx: number): void {
    const {layout, colors, labelOf} = picture;
    const ctx = this.#elements.canvas.getContext('2d');
    if (ctx) ctx.font = colors.theme.codeFont;
    const letterPx = Math.max(1, ctx?.measureText('0').width ?? 0);
    select(this.#elements.frames).selectAll<SVGGElement, HierarchyRectangularNode<FlameDatum>>('g').each(function ({x0, x1, depth, data: {row}}) {
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

/** Whether two answers show the same frame widest, as far as names tell. */
function isSamePath(a: FlameAnswer | undefined, b: FlameAnswer): boolean {
  if (!a) return b.pathLength === 1;
  return a.pathLength === b.pathLength && a.names[a.name[a.pathLength - 1]] === b.names[b.name[b.pathLength - 1]];
}

function stop(event: Event): void {
  if (event.type === 'click') event.stopPropagation();
}

/** The readable rows as the plain nested objects that the library takes; it writes on them. */
function fedTree({answer, labelOf}: FlamePicture, readable: readonly number[]): FlameDatum {
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

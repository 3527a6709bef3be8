/**
 * The flame graph on the page. A canvas at the size of the viewport shows every frame with its name at once; in the next animation frame
 * d3-flame-graph lays the readable ones over it. Zoom, search and keyboard are ours: the library would see the fed frames only.
 *
 *   host (scrolls) ─┬ canvas  (sticky, all frames ≥ 0.5 px)
 *                   └ frames  (svg of d3-flame-graph, at most CAP frames)
 */
import type {HierarchyRectangularNode} from 'd3-hierarchy';
import {select} from 'd3-selection';
import 'd3-transition';
import flamegraph, {type FlameChart as D3FlameGraph, type FlameDatum} from 'd3-flame-graph';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import type {FrameKind} from '../../derive/labels/shape.ts';
import {sharpContext} from '../canvas.ts';
import {FrameColors} from '../color/frame-color.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {isLost, paintFlame} from './paint.ts';
import {depthOf, readableRows, ROW_PX} from './rows.ts';

/** More frames than this would hold the page for longer than a frame of animation may take. */
const CAP = 120;
/** Below this width no letter fits. */
const READABLE_PX = 22;

export interface FlamePicture {
  readonly answer: FlameAnswer;
  readonly theme: CanvasTheme;
  /** What a row is called. */
  nameOf(row: number): string;
  readonly isSearching: boolean;
  /** More is to come at once: the canvas alone is painted. */
  readonly isPassing: boolean;
}

export interface FlameHooks {
  /** Every frame is painted; the browser shows it with this frame of animation. */
  onPicture(answer: FlameAnswer): void;
  /** Nothing more will be painted for this picture. */
  onSettled(): void;
}

const NONE = new Uint8Array(0);

export class FlameChart {
  readonly #host: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #frames: HTMLElement;
  readonly #hooks: FlameHooks;
  #picture: FlamePicture | null = null;
  /** By row: 1 where the library writes the name. */
  #fed: Uint8Array = NONE;
  #colors: FrameColors | null = null;
  #chart: D3FlameGraph | null = null;
  #selected = -1;
  #hovered = -1;
  #feedAt = 0;
  #paintAt = 0;

  /** `canvas` and `frames` lie in `host`, which scrolls. */
  constructor(host: HTMLElement, canvas: HTMLCanvasElement, frames: HTMLElement, hooks: FlameHooks) {
    this.#host = host;
    this.#canvas = canvas;
    this.#frames = frames;
    this.#hooks = hooks;
    host.addEventListener('scroll', this.#repaint, {passive: true});
    host.addEventListener('scrollend', this.#feed);
    // The library zooms by itself on a click; it never hears of one.
    frames.addEventListener('click', stop, {capture: true});
  }

  show(picture: FlamePicture): void {
    if (picture.theme !== this.#picture?.theme) this.#colors = new FrameColors(picture.theme);
    if (picture.answer !== this.#picture?.answer) this.#hovered = -1;
    this.#picture = picture;
    this.#fed = NONE;
    cancelAnimationFrame(this.#feedAt);
    // Each step has a frame of its own, so that none holds up the page for long.
    this.#feedAt = requestAnimationFrame(() => {
      this.#frames.style.visibility = 'hidden';
      this.#paint();
      this.#hooks.onPicture(picture.answer);
      this.#feedAt = requestAnimationFrame(picture.isPassing ? this.#hooks.onSettled : this.#feed);
    });
  }

  select(row: number): void {
    this.#selected = row;
    this.#repaint();
  }

  hover(row: number): void {
    if (row === this.#hovered) return;
    this.#hovered = row;
    this.#repaint();
  }

  destroy(): void {
    cancelAnimationFrame(this.#feedAt);
    cancelAnimationFrame(this.#paintAt);
    this.#host.removeEventListener('scroll', this.#repaint);
    this.#host.removeEventListener('scrollend', this.#feed);
    this.#frames.removeEventListener('click', stop, {capture: true});
    this.#chart?.destroy();
  }

  readonly #repaint = (): void => {
    cancelAnimationFrame(this.#paintAt);
    this.#paintAt = requestAnimationFrame(() => this.#paint());
  };

  #paint(): void {
    if (!this.#picture || !this.#colors) return;
    const {isSearching} = this.#picture;
    const {clientWidth: widthPx, clientHeight: heightPx, scrollTop: scrollPx} = this.#host;
    const ctx = sharpContext(this.#canvas, widthPx, heightPx);
    paintFlame(ctx, {widthPx, heightPx, scrollPx, selected: this.#selected, hovered: this.#hovered, isSearching, fed: this.#fed}, this.#picture, this.#colors);
  }

  /** Lays the readable frames, down to the lowest one in view, over the canvas. Scrolled further down the canvas goes ahead. */
  readonly #feed = (): void => {
    const picture = this.#picture;
    if (!picture || picture.isPassing || picture.answer.length === 0) return;
    const {clientWidth: widthPx, clientHeight, scrollTop} = this.#host;
    const readable = readableRows(picture.answer, widthPx, READABLE_PX, CAP, Math.ceil((scrollTop + clientHeight) / ROW_PX));
    const data = fedTree(picture, readable);
    const heightPx = depthOf(picture.answer) * ROW_PX;
    this.#frames.style.height = `${heightPx}px`;
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
    this.#settle(widthPx);
    this.#fed = new Uint8Array(picture.answer.length);
    for (const row of readable) this.#fed[row] = 1;
    this.#frames.style.visibility = 'visible';
    this.#paint();
    this.#feedAt = requestAnimationFrame(this.#hooks.onSettled);
  };

  /** The library moves frames and writes names in transitions, a quarter of a second long at least. Here everything stands at once. */
  #settle(widthPx: number): void {
    select(this.#frames).selectAll<SVGGElement, HierarchyRectangularNode<FlameDatum>>('g').each(function ({x0, x1, depth, data}) {
      const frame = select(this).interrupt().attr('transform', `translate(${x0 * widthPx},${depth * ROW_PX})`);
      frame.select('rect').interrupt().attr('width', (x1 - x0) * widthPx);
      frame.select('div').interrupt().text(data.name);
    });
  }

  /** Frames that stand for something missing are hatched by the canvas, which shows through. */
  #colorOf(row: number): string {
    const {answer, isSearching} = this.#picture!;
    const kind = answer.kind[row] as FrameKind;
    if (isLost(kind)) return 'transparent';
    return this.#colors!.color(kind, answer.name[row] < 0 ? '' : answer.names[answer.name[row]], !isSearching || answer.match[row] === 1);
  }
}

function stop(event: Event): void {
  if (event.type === 'click') event.stopPropagation();
}

/** The readable rows as the plain nested objects that the library takes; it writes on them. */
function fedTree({answer, nameOf}: FlamePicture, readable: readonly number[]): FlameDatum {
  type Building = Omit<FlameDatum, 'children'> & {children: Building[]};
  const made = new Map<number, Building>();
  let root: Building | null = null;
  const widest = answer.total[answer.pathLength - 1];
  for (const row of readable) {
    const isAncestor = row < answer.pathLength - 1;
    // An ancestor is drawn as wide as the frame shown widest, so it is fed that frame's weight.
    const node: Building = {name: nameOf(row), value: isAncestor ? widest : answer.total[row], children: [], fade: isAncestor, row};
    made.set(row, node);
    if (row === 0) root = node;
    else made.get(answer.parent[row])?.children.push(node);
  }
  return root ?? {name: '', value: 0, children: [], fade: false, row: 0};
}

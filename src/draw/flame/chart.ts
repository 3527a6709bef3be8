/**
 * The flame graph on the page. A canvas at the size of the viewport shows every frame with its name at once; in the next animation frame
 * d3-flame-graph, which is loaded when the first picture stands, lays the readable ones over it. Zoom, search and keyboard are ours: the library would see the fed frames only.
 *
 *   host (scrolls) ─┬ canvas  (sticky, all frames ≥ 0.5 px)
 *                   ├ frames  (svg of d3-flame-graph, at most CAP frames)
 *                   └ marks   (sticky canvas: edges, what was found, keyboard, pointer)
 */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {sharpContext} from '../canvas.ts';
import {paintQueue} from '../paint-queue.ts';
import {paintFrames, paintMarks, type FlameFrames, type FlameViewport} from './paint.ts';
import type {ReadableFrames} from './readable-frames.ts';
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
  #readable: ReadableFrames | null = null;
  #isDestroyed = false;
  #selected = -1;
  #hovered = -1;
  #settleAt = 0;
  #paintAt = 0;
  #marksAt = 0;

  constructor(elements: FlameElements, hooks: FlameHooks) {
    this.#elements = elements;
    this.#hooks = hooks;
    const {host} = elements;
    host.addEventListener('scroll', this.#repaint, {passive: true});
    host.addEventListener('scrollend', this.#feed);
  }

  show(picture: FlamePicture): void {
    if (picture.answer !== this.#picture?.answer) this.#hovered = -1;
    this.#fed = NONE;
    cancelAnimationFrame(this.#settleAt);
    // The readable frames come in a frame of their own, so that none holds up the page for long.
    paintQueue.paintAhead(this, () => {
      this.#elements.frames.style.visibility = 'hidden';
      this.#lay(picture);
      this.#paint();
      this.#hooks.onPicture(picture.answer);
      if (picture.isPassing) this.#settle();
      else paintQueue.paint(this, this.#feed);
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
    paintQueue.drop(this);
    for (const frame of [this.#settleAt, this.#paintAt, this.#marksAt]) cancelAnimationFrame(frame);
    const {host} = this.#elements;
    host.removeEventListener('scroll', this.#repaint);
    host.removeEventListener('scrollend', this.#feed);
    this.#isDestroyed = true;
    this.#readable?.destroy();
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
    if (!this.#readable) {
      void this.#load();
      return;
    }
    const {widthPx, heightPx, scrollPx} = this.#view;
    const {depthAt} = picture.layout;
    const rows = readableRows(picture.answer, widthPx, READABLE_PX, CAP, Math.max(depthAt(scrollPx), depthAt(scrollPx + heightPx)));
    this.#readable.lay(picture, rows, widthPx);
    this.#fed = new Uint8Array(picture.answer.length);
    for (const row of rows) this.#fed[row] = 1;
    this.#elements.frames.style.visibility = 'visible';
    this.#paint();
    this.#settle();
  };

  #settle(): void {
    this.#settleAt = requestAnimationFrame(this.#hooks.onSettled);
  }

  /** Without the library, when it does not come, the canvas alone is the picture: it has all names. */
  async #load(): Promise<void> {
    const Readable = await loadLibrary();
    if (this.#isDestroyed) return;
    if (!Readable) this.#hooks.onSettled();
    else {
      this.#readable ??= new Readable(this.#elements.frames);
      this.#feed();
    }
  }
}

function loadLibrary(): Promise<typeof ReadableFrames | null> {
  return import('./readable-frames.ts').then((loaded) => loaded.ReadableFrames, () => null);
}

/** Whether two answers show the same frame widest, as far as names tell. */
function isSamePath(a: FlameAnswer | undefined, b: FlameAnswer): boolean {
  if (!a) return b.pathLength === 1;
  return a.pathLength === b.pathLength && a.names[a.name[a.pathLength - 1]] === b.names[b.name[b.pathLength - 1]];
}

/** A canvas that is as sharp as the screen. */

/** Sizes the canvas to CSS pixels at the screen's resolution and gives its context, scaled so that one unit is one CSS pixel. */
export function sharpContext(canvas: HTMLCanvasElement, widthPx: number, heightPx: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(widthPx * ratio);
  const height = Math.round(heightPx * ratio);
  // Setting a size clears the canvas and takes time, even when it is the same.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${widthPx}px`;
  canvas.style.height = `${heightPx}px`;
  const ctx = canvas.getContext('2d', {willReadFrequently: true});
  if (!ctx) throw new Error('internal: this browser gives no 2d canvas');
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  return ctx;
}

/** A size from which browsers think of the GPU. */
const LARGE_PX = 512;

/** The first canvas of a page waits until the browser's drawing process listens (0.1 s where the GPU is emulated): better before there is something to see. */
export function prepareCanvas(): void {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = LARGE_PX;
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
}

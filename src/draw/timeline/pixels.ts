/** Rows painted as pixels, not as shapes: what it costs depends on the screen alone, however many states and steps there are. */
import {rgb} from 'd3-color';

/** Bits of a colour as the screen's memory holds them (little endian). `alpha` from 0 to 1. */
export function bitsOf(color: string, alpha = 1): number {
  const {r, g, b} = rgb(color);
  return ((Math.round(alpha * 255) << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

/** A picture of `width` × `height` device pixels that is drawn over what a canvas shows. Kept from frame to frame. */
export class Pixels {
  readonly #canvas = document.createElement('canvas');
  #image = new ImageData(1, 1);
  #bits = new Uint32Array(1);

  // Fields of its own: to ask an ImageData for its size costs, and it is asked for every column.
  #width = 1;
  #height = 1;

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** Empty, in this size. */
  begin(width: number, height: number): void {
    if (width !== this.width || height !== this.height) {
      this.#image = new ImageData(width, height);
      this.#bits = new Uint32Array(this.#image.data.buffer);
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#width = width;
      this.#height = height;
    } else this.#bits.fill(0);
  }

  /** Draws it at device pixel (0, y) of the canvas. */
  end(ctx: CanvasRenderingContext2D, y: number): void {
    const own = this.#canvas.getContext('2d', {willReadFrequently: true});
    if (!own) throw new Error('internal: this browser gives no 2d canvas');
    own.putImageData(this.#image, 0, 0);
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.#canvas, 0, y);
    ctx.restore();
  }

  /** A bar across: `bitsAt` gives each column's colour, 0 none. */
  bar(y0: number, y1: number, bitsAt: (x: number) => number): void {
    const top = Math.max(0, y0);
    const bottom = Math.min(this.height, y1);
    if (top >= bottom) return;
    const {width} = this;
    const first = top * width;
    for (let x = 0; x < width; x++) {
      const bits = bitsAt(x);
      if (bits !== 0) this.#bits[first + x] = bits;
    }
    for (let y = top + 1; y < bottom; y++) this.#bits.copyWithin(y * width, first, first + width);
  }

  /** A column of pixels. */
  fill(x: number, y0: number, y1: number, bits: number): void {
    const bottom = Math.min(this.height, y1);
    if (x < 0 || x >= this.width) return;
    for (let y = Math.max(0, y0); y < bottom; y++) this.#bits[y * this.width + x] = bits;
  }

  /**
   * What lies under a line of steps, and the line. `levels`: y of each column, -1 none. `area` 0: the line alone; `line` 0: the area alone.
   */
  steps(levels: Int32Array, bottom: number, area: number, line: number, thick: number): void {
    let before = -1;
    for (let x = 0; x < levels.length; x++) {
      const level = levels[x];
      if (level < 0) {
        before = -1;
        continue;
      }
      if (area !== 0) this.fill(x, level, bottom, area);
      if (line !== 0) {
        this.fill(x, level, level + thick, line);
        if (before >= 0 && before !== level) this.fill(x, Math.min(level, before), Math.max(level, before) + thick, line);
      }
      before = level;
    }
  }
}

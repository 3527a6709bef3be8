/** Named stretches of the rows in view -> columns. What is narrower than a pixel is put together, so that there are no more boxes than pixels. */
import type {Stretch} from './layers.ts';
import type {Boxes} from './shape.ts';

/** Boxes under so many pixels have no room for a name, and their names are not sent. */
const NAMED_PX = 14;

export class BoxMaker {
  readonly #row: number[] = [];
  readonly #layer: number[] = [];
  readonly #fromNs: number[] = [];
  readonly #toNs: number[] = [];
  readonly #name: number[] = [];
  readonly #names: string[] = [];
  readonly #indexOf = new Map<string, number>();
  readonly #window: {readonly fromNs: number; readonly toNs: number};
  readonly #pixelNs: number;

  constructor(window: {readonly fromNs: number; readonly toNs: number; readonly widthPx: number}) {
    this.#window = window;
    this.#pixelNs = (window.toNs - window.fromNs) / window.widthPx;
  }

  /** Adds what lies in the window of one layer of a row: stretches on the axis, in time order, none overlapping another. `least`: those under so many pixels are left out. */
  add(row: number, layer: number, stretches: Iterable<Stretch & {readonly name: string}>, leastPx = 0): void {
    const {fromNs, toNs} = this.#window;
    let open = false;
    for (const stretch of stretches) {
      if (stretch.toNs < fromNs) continue;
      if (stretch.fromNs > toNs) break;
      const lengthNs = stretch.toNs - stretch.fromNs;
      if (lengthNs < leastPx * this.#pixelNs) continue;
      const last = this.#row.length - 1;
      if (lengthNs < this.#pixelNs) {
        if (open && stretch.toNs - this.#fromNs[last] < this.#pixelNs) {
          this.#toNs[last] = stretch.toNs;
          this.#name[last] = -1;
          continue;
        }
        open = true;
      } else open = false;
      this.#row.push(row);
      this.#layer.push(layer);
      this.#fromNs.push(stretch.fromNs);
      this.#toNs.push(stretch.toNs);
      this.#name.push(open ? -1 : this.#nameOf(stretch.name));
    }
  }

  /** Moments with a text beside each, as long as there is room for it before the next. */
  addMoments(row: number, moments: readonly {readonly timeNs: number; readonly name: string}[]): void {
    for (const [i, {timeNs, name}] of moments.entries()) {
      if (timeNs < this.#window.fromNs || timeNs > this.#window.toNs) continue;
      const room = (moments[i + 1]?.timeNs ?? Infinity) - timeNs;
      if (room < NAMED_PX * this.#pixelNs) continue;
      this.#row.push(row);
      this.#layer.push(0);
      this.#fromNs.push(timeNs);
      this.#toNs.push(Math.min(timeNs + room, this.#window.toNs));
      this.#name.push(this.#nameOf(name));
    }
  }

  #nameOf(name: string): number {
    let index = this.#indexOf.get(name);
    if (index === undefined) {
      index = this.#names.length;
      this.#indexOf.set(name, index);
      this.#names.push(name);
    }
    return index;
  }

  finish(): Boxes {
    return {
      length: this.#row.length, row: Int32Array.from(this.#row), layer: Int32Array.from(this.#layer), fromNs: Float64Array.from(this.#fromNs), toNs: Float64Array.from(this.#toNs),
      name: Int32Array.from(this.#name), names: this.#names,
    };
  }
}

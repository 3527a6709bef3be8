/** States over time -> one state a pixel: the one that takes most of it. */
import {State} from '../../model/tables.ts';

/** Length of a table by state. */
export const STATE_COUNT = Object.keys(State).length;

/** Fills the pixels that states cover, each with the state that takes most of it; among equals with the first. States come in time order. */
export class StatePainter {
  readonly #plane: Uint8Array;
  /** How much of the pixel each state takes so far. */
  readonly #shares = new Float64Array(STATE_COUNT);
  #pixel = -1;
  /** Where the last state ended: rounding may let the next begin a hair before it, in a pixel that is done. */
  #reached = 0;
  #mostShare = 0;

  constructor(plane: Uint8Array) {
    this.#plane = plane;
  }

  add(state: State, x0: number, x1: number): void {
    const from = Math.max(this.#reached, x0);
    const to = Math.min(this.#plane.length, x1);
    if (to <= from) return;
    this.#reached = to;
    const firstPixel = Math.floor(from);
    const lastPixel = Math.min(this.#plane.length - 1, Math.ceil(to) - 1);
    this.#share(firstPixel, state, Math.min(to, firstPixel + 1) - from);
    if (lastPixel > firstPixel) {
      this.#plane.fill(state, firstPixel + 1, lastPixel);
      this.#share(lastPixel, state, to - lastPixel);
    }
  }

  #share(pixel: number, state: State, share: number): void {
    if (pixel !== this.#pixel) {
      this.#pixel = pixel;
      this.#shares.fill(0);
      this.#mostShare = 0;
    }
    const together = (this.#shares[state] += share);
    if (together <= this.#mostShare) return;
    this.#mostShare = together;
    this.#plane[pixel] = state;
  }
}

/**
 * Frames of animation that all pictures share: each is painted at most once a frame, in the order in which they asked. Where those before
 * it took long, a picture waits for the next frame and is among the first there: no frame holds up the page for all of them.
 */

/** Once so much of a frame has gone by, no other picture is begun in it. */
const ENOUGH_MS = 8;

export class PaintQueue {
  readonly #waiting = new Map<object, () => void>();
  readonly #request: (run: () => void) => void;
  readonly #nowMs: () => number;
  readonly #post: (run: () => void) => void;
  #isAsked = false;

  /** Frames, time and tasks: those of the page where none are given. */
  constructor(request: (run: () => void) => void = (run) => requestAnimationFrame(run), nowMs: () => number = () => performance.now(), post: (run: () => void) => void = (run) => setTimeout(run)) {
    this.#request = request;
    this.#nowMs = nowMs;
    this.#post = post;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Paints in a frame that comes; of one owner what it asked for last, at the place in line of what it asked for before. */
  paint(owner: object, paint: () => void): void {
    this.#waiting.set(owner, paint);
    this.#ask();
  }

  /**
   * Paints now, where nobody waits: the frame that comes shows it all the same, and has that much less to do. Else in line, as `paint`, or in
   * a task of its own if that comes before its frame, as while the browser is at the frame before.
   */
  paintAhead(owner: object, paint: () => void): void {
    if (this.isEmpty) {
      paint();
      return;
    }
    this.paint(owner, paint);
    this.#post(() => {
      if (this.#waiting.get(owner) !== paint) return;
      this.#waiting.delete(owner);
      paint();
    });
  }

  /** What the owner waits for is not painted. */
  drop(owner: object): void {
    this.#waiting.delete(owner);
  }

  #ask(): void {
    if (this.#isAsked || this.isEmpty) return;
    this.#isAsked = true;
    this.#request(() => {
      this.#isAsked = false;
      try {
        this.#paintSome();
      } finally {
        this.#ask();
      }
    });
  }

  #paintSome(): void {
    const fromMs = this.#nowMs();
    // Those that wait now: what they ask for while they paint is of the next frame.
    const line = [...this.#waiting];
    for (const [owner, paint] of line) {
      if (!this.#waiting.delete(owner)) continue;
      paint();
      if (this.#nowMs() - fromMs >= ENOUGH_MS) return;
    }
  }
}

/** The one of the page. */
export const paintQueue = new PaintQueue();

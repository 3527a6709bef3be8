/**
 * The threads of a generation in a binary heap by the time of their next event. Ties must fall as they do in Go's reader, so its
 * sift rules are kept to the letter: a child is swapped up only if it is strictly earlier, down to the earlier child.
 * (internal/trace/batchcursor.go of Go 1.27.3)
 */
import type {Cursor} from './cursor.ts';

export class Frontier {
  readonly heap: Cursor[] = [];

  insert(cursor: Cursor): void {
    this.heap.push(cursor);
    this.#siftUp(this.heap.length - 1);
  }

  /** Puts the cursor at `i` in its place after its time has changed. */
  update(i: number): void {
    if (this.#siftUp(i) === i) this.#siftDown(i);
  }

  /** Takes the cursor at `i` out. */
  remove(i: number): void {
    const {heap} = this;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      this.#swap(parent, i);
      i = parent;
    }
    this.#swap(0, heap.length - 1);
    heap.pop();
    this.#siftDown(0);
  }

  /** Sorts by time. A sorted heap is still a heap. Go sorts unstably; the order of equal times is the same for few cursors. */
  sort(): void {
    this.heap.sort((a, b) => a.timeNs - b.timeNs);
  }

  #siftUp(i: number): number {
    const {heap} = this;
    while (i > 0 && heap[(i - 1) >> 1].timeNs > heap[i].timeNs) {
      this.#swap((i - 1) >> 1, i);
      i = (i - 1) >> 1;
    }
    return i;
  }

  #siftDown(i: number): void {
    const {heap} = this;
    for (;;) {
      let least = i;
      for (let child = 2 * i + 1; child <= 2 * i + 2 && child < heap.length; child++) {
        if (heap[child].timeNs < heap[least].timeNs) least = child;
      }
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }

  #swap(a: number, b: number): void {
    const {heap} = this;
    const cursor = heap[a];
    heap[a] = heap[b];
    heap[b] = cursor;
  }
}

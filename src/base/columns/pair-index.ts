/**
 * Gives equal pairs of whole numbers the same small number, in the order of their first coming. Made for trees: `a` is a number
 * given out before (or -1), `b` what comes below it. Most nodes have one child, so the last `b` asked for below each `a` is kept
 * beside it and found without hashing; such nodes also lie side by side in memory.
 */
import {GrowableTable, type Table} from './table.ts';

const PAIR = {a: Int32Array, b: Int32Array} as const;

/** By `a + 1`: the last pair below it, and its `b`. */
const LAST = {id: Int32Array, b: Int32Array} as const;

/** Pairs of whole numbers -> small whole numbers, in the order they are first seen. */
export class PairIndex {
  readonly #pairs = new GrowableTable(PAIR, 1024);
  readonly #last = new GrowableTable(LAST, 1024);
  #slots = new Int32Array(0);

  // Here, and not where the field stands: see GrowableTable.
  constructor() {
    this.#rehash(1 << 13);
    this.#addLast();
  }

  get length(): number {
    return this.#pairs.length;
  }

  /** The number of the pair (a, b); a new one (equal to the old `length`) if there was none. `a` is -1 or below `length`, `b` not negative. */
  intern(a: number, b: number): number {
    const last = this.#last.rows;
    if (last.b[a + 1] === b) return last.id[a + 1];
    const id = this.#find(a, b);
    const {rows} = this.#last;
    rows.id[a + 1] = id;
    rows.b[a + 1] = b;
    return id;
  }

  /** The number of a path down from -1: the first `depth` of `below`, the last of them first; -1 when there is none. */
  internPath(below: Int32Array, depth: number): number {
    let id = -1;
    for (let i = depth - 1; i >= 0; i--) {
      const last = this.#last.rows;
      const b = below[i];
      id = last.b[id + 1] === b ? last.id[id + 1] : this.intern(id, b);
    }
    return id;
  }

  /** All pairs so far, by number. The index can go on. */
  copy(): Table<typeof PAIR> {
    return this.#pairs.copy();
  }

  finish(): Table<typeof PAIR> {
    return this.#pairs.finish();
  }

  #find(a: number, b: number): number {
    const {rows} = this.#pairs;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mix(a, b) & mask;
    for (;;) {
      const id = slots[slot];
      if (id < 0) return this.#insert(a, b, slot);
      if (rows.a[id] === a && rows.b[id] === b) return id;
      slot = (slot + 1) & mask;
    }
  }

  #insert(a: number, b: number, slot: number): number {
    const id = this.#pairs.add();
    const {rows} = this.#pairs;
    rows.a[id] = a;
    rows.b[id] = b;
    this.#addLast();
    this.#slots[slot] = id;
    if (this.#pairs.length * 2 > this.#slots.length) this.#rehash(this.#slots.length * 4);
    return id;
  }

  #addLast(): void {
    const row = this.#last.add();
    this.#last.rows.id[row] = this.#last.rows.b[row] = -1;
  }

  #rehash(size: number): void {
    const slots = new Int32Array(size).fill(-1);
    const mask = slots.length - 1;
    const {a, b} = this.#pairs.rows;
    for (let id = 0; id < this.#pairs.length; id++) {
      let slot = mix(a[id], b[id]) & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

function mix(a: number, b: number): number {
  const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

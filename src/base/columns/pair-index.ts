/** Gives equal pairs of whole numbers the same small number, in the order of their first coming. */
import {GrowableTable, type Table} from './table.ts';

const PAIR = {a: Int32Array, b: Int32Array} as const;

export class PairIndex {
  readonly #pairs = new GrowableTable(PAIR, 1024);
  #slots = new Int32Array(4096).fill(-1);

  get length(): number {
    return this.#pairs.length;
  }

  /** The number of the pair (a, b); a new one (equal to the old `length`) if there was none. */
  intern(a: number, b: number): number {
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

  /** All pairs so far, by number. The index can go on. */
  copy(): Table<typeof PAIR> {
    return this.#pairs.copy();
  }

  finish(): Table<typeof PAIR> {
    return this.#pairs.finish();
  }

  #insert(a: number, b: number, slot: number): number {
    const id = this.#pairs.add();
    const {rows} = this.#pairs;
    rows.a[id] = a;
    rows.b[id] = b;
    this.#slots[slot] = id;
    if (this.#pairs.length * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
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

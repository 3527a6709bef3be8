/**
 * Gives equal addresses the same small number, in the order of their first coming. An address is two halves of 32 bits, and a `tag`
 * tells apart those that are equal and mean different things. Open addressing; no bigint, no string.
 */
import {GrowableTable} from './table.ts';

const ADDRESS = {low: Uint32Array, high: Uint32Array, tag: Int32Array} as const;

/** Addresses with a tag -> small whole numbers. Cost: one hash. */
export class AddressIndex {
  readonly #entries = new GrowableTable(ADDRESS, 64);
  #slots = new Int32Array(256).fill(-1);

  get length(): number {
    return this.#entries.length;
  }

  /** The number of the address; a new one (equal to the old `length`) if there was none. */
  intern(low: number, high: number, tag: number): number {
    const {rows} = this.#entries;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mix(low, high, tag) & mask;
    for (;;) {
      const id = slots[slot];
      if (id < 0) return this.#insert(low, high, tag, slot);
      if (rows.low[id] === low && rows.high[id] === high && rows.tag[id] === tag) return id;
      slot = (slot + 1) & mask;
    }
  }

  #insert(low: number, high: number, tag: number, slot: number): number {
    const id = this.#entries.add();
    const {rows} = this.#entries;
    rows.low[id] = low;
    rows.high[id] = high;
    rows.tag[id] = tag;
    this.#slots[slot] = id;
    if (this.#entries.length * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    const {low, high, tag} = this.#entries.rows;
    for (let id = 0; id < this.#entries.length; id++) {
      let slot = mix(low[id], high[id], tag[id]) & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

function mix(low: number, high: number, tag: number): number {
  const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(tag, 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}

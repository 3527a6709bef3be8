/**
 * Gives equal byte strings the same small number. An entry is bytes plus a `tag`, a number that tells apart entries of
 * equal bytes (the same symbol in two DSOs). Open addressing over an arena in which entries start at multiples of four,
 * so that comparing goes by words. No string is made.
 */
import {GrowableTable, type Table} from '../columns/table.ts';
import {hashBytes, PADDING, sameBytes} from './words.ts';

const ENTRY = {startByte: Uint32Array, sizeBytes: Uint32Array, hash: Int32Array, tag: Int32Array} as const;

/** Byte strings -> small whole numbers, equal for equal bytes, in the order they are first seen. Cost: one hash of the bytes. */
export class ByteInterner {
  readonly #entries = new GrowableTable(ENTRY, 1024);
  #slots = new Int32Array(0);
  #arena = new Uint8Array(0);
  #arenaView = new DataView(this.#arena.buffer);
  #used = 0;

  // Here, and not where the fields stand: see GrowableTable.
  constructor() {
    this.#rehash(4096);
    this.#reserve(1 << 16);
  }

  get length(): number {
    return this.#entries.length;
  }

  /**
   * The number of the entry of these bytes and this tag; a new one (equal to the old `length`) if there was none.
   * `view` must have `PADDING` readable bytes after the range.
   */
  intern(view: DataView, start: number, length: number, tag = 0): number {
    return this.internHashed(view, start, length, tag, hashBytes(view, start, length, tag));
  }

  /** The same, for a caller that made a hash of its own on the way. One interner must see one way of hashing only. */
  internHashed(view: DataView, start: number, length: number, tag: number, hash: number): number {
    const {rows} = this.#entries;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.#slots[slot];
      if (id < 0) return this.#insert(view, start, length, tag, hash, slot);
      if (
        rows.hash[id] === hash && rows.sizeBytes[id] === length && rows.tag[id] === tag &&
        sameBytes(view, start, this.#arenaView, rows.startByte[id], length)
      ) return id;
      slot = (slot + 1) & mask;
    }
  }

  /** The bytes of an entry; a view that holds until the next `intern`. */
  bytesOf(id: number): Uint8Array {
    const start = this.#entries.rows.startByte[id];
    return this.#arena.subarray(start, start + this.#entries.rows.sizeBytes[id]);
  }

  /** Start and size of every entry in `bytes`, by number. The interner can go on. */
  copy(): {bytes: Uint8Array; entries: Table<typeof ENTRY>} {
    return {bytes: this.#arena.slice(0, this.#used), entries: this.#entries.copy()};
  }

  #insert(view: DataView, start: number, length: number, tag: number, hash: number, slot: number): number {
    this.#reserve(length);
    this.#arena.set(new Uint8Array(view.buffer, view.byteOffset + start, length), this.#used);
    const id = this.#entries.add();
    const {rows} = this.#entries;
    rows.startByte[id] = this.#used;
    rows.sizeBytes[id] = length;
    rows.hash[id] = hash;
    rows.tag[id] = tag;
    this.#used += (length + 3) & ~3;
    this.#slots[slot] = id;
    if (this.#entries.length * 2 > this.#slots.length) this.#rehash(this.#slots.length * 2);
    return id;
  }

  #reserve(length: number): void {
    const needed = this.#used + length + PADDING;
    if (needed <= this.#arena.length) return;
    const arena = new Uint8Array(Math.max(needed, this.#arena.length * 2));
    arena.set(this.#arena);
    this.#arena = arena;
    this.#arenaView = new DataView(arena.buffer);
  }

  #rehash(size: number): void {
    const slots = new Int32Array(size).fill(-1);
    const mask = slots.length - 1;
    const {hash} = this.#entries.rows;
    for (let id = 0; id < this.#entries.length; id++) {
      let slot = hash[id] & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

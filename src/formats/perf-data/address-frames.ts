/**
 * Addresses -> frames, remembered. Most addresses of call chains come again and again: they are found by their halves, without a bigint or
 * a string. A slot is four words side by side, so that looking one up touches one line of the cache. Forgotten when mappings change.
 */
const EMPTY = -1;
const FIRST_ROOM = 64;
/** Words of a slot: low half, high half, frame, nothing. */
const WORDS = 4;

export class AddressFrames {
  #slots = new Int32Array(FIRST_ROOM * WORDS).fill(EMPTY);
  #length = 0;
  #version = -1;

  /** Forgets everything unless `version` is that of the last time. */
  of(version: number): this {
    if (version === this.#version) return this;
    this.#version = version;
    if (this.#length > 0) {
      if (this.#slots.length > FIRST_ROOM * WORDS) this.#slots = new Int32Array(FIRST_ROOM * WORDS);
      this.#slots.fill(EMPTY);
    }
    this.#length = 0;
    return this;
  }

  /** The frame of an address; -1 when it is not known. */
  get(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = first(low, high) & mask; ; at = (at + WORDS) & mask) {
      const frame = slots[at + 2];
      if (frame === EMPTY || (slots[at] === (low | 0) && slots[at + 1] === (high | 0))) return frame;
    }
  }

  /** Remembers the frame of an address that was not known. */
  set(low: number, high: number, frame: number): void {
    if (++this.#length * 2 * WORDS > this.#slots.length) this.#grow();
    put(this.#slots, low, high, frame);
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2).fill(EMPTY);
    for (let at = 0; at < old.length; at += WORDS) if (old[at + 2] !== EMPTY) put(slots, old[at], old[at + 1], old[at + 2]);
    this.#slots = slots;
  }
}

function put(slots: Int32Array, low: number, high: number, frame: number): void {
  const mask = slots.length - 1;
  let at = first(low, high) & mask;
  while (slots[at + 2] !== EMPTY) at = (at + WORDS) & mask;
  slots[at] = low;
  slots[at + 1] = high;
  slots[at + 2] = frame;
}

/** The word where the search for an address begins, before it is cut to the size of the table. */
function first(low: number, high: number): number {
  const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) << 2;
}

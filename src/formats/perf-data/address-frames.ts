/**
 * Addresses -> frames, remembered. Most addresses of call chains come again and again: they are found by their halves, without a bigint or
 * a string. Forgotten when mappings change.
 */
const EMPTY = -1;
const FIRST_ROOM = 64;

export class AddressFrames {
  #low = new Uint32Array(FIRST_ROOM);
  #high = new Uint32Array(FIRST_ROOM);
  #frame = new Int32Array(FIRST_ROOM).fill(EMPTY);
  #length = 0;
  #version = -1;

  /** Forgets everything unless `version` is that of the last time. */
  of(version: number): this {
    if (version === this.#version) return this;
    this.#version = version;
    if (this.#length > 0) {
      if (this.#frame.length > FIRST_ROOM) this.#make(FIRST_ROOM);
      else this.#frame.fill(EMPTY);
    }
    this.#length = 0;
    return this;
  }

  /** The frame of an address; -1 when it is not known. */
  get(low: number, high: number): number {
    const mask = this.#frame.length - 1;
    let slot = mix(low, high) & mask;
    for (;;) {
      const frame = this.#frame[slot];
      if (frame === EMPTY || (this.#low[slot] === low && this.#high[slot] === high)) return frame;
      slot = (slot + 1) & mask;
    }
  }

  /** Remembers the frame of an address that was not known. */
  set(low: number, high: number, frame: number): void {
    if (++this.#length * 2 > this.#frame.length) this.#grow();
    this.#put(low, high, frame);
  }

  #put(low: number, high: number, frame: number): void {
    const mask = this.#frame.length - 1;
    let slot = mix(low, high) & mask;
    while (this.#frame[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#frame[slot] = frame;
  }

  #grow(): void {
    const [low, high, frame] = [this.#low, this.#high, this.#frame];
    this.#make(frame.length * 4);
    for (let i = 0; i < frame.length; i++) if (frame[i] !== EMPTY) this.#put(low[i], high[i], frame[i]);
  }

  #make(room: number): void {
    this.#low = new Uint32Array(room);
    this.#high = new Uint32Array(room);
    this.#frame = new Int32Array(room).fill(EMPTY);
  }
}

function mix(low: number, high: number): number {
  const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

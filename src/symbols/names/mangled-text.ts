/** A mangled name that is read from its start to its end, with what may be spent on it: names come from files that anybody may have made. */

/** Thrown where a name is none of those that are known, or too much would have to be done to tell. */
export class NotReadable extends Error {}

const NOT_READABLE = new NotReadable('not a name that is known');

export function notReadable(): never {
  throw NOT_READABLE;
}

/** Longest name that is looked at; real ones are far below. */
export const LONGEST = 1 << 15;
/** How deep one thing may lie in another. LLVM and Rust's compiler stay below half of it. */
const DEEPEST = 300;
/** Steps that a name may cost, some and so many a byte of it. The names of LLVM and of Rust's compiler need less than a fourth. */
const STEPS = 4096;
const STEPS_A_BYTE = 64;

export class MangledText {
  readonly text: string;
  at = 0;
  #stepsLeft: number;
  #depth = 0;

  constructor(text: string) {
    if (text.length > LONGEST) notReadable();
    this.text = text;
    this.#stepsLeft = STEPS + STEPS_A_BYTE * text.length;
  }

  /** One step, of `size` characters or parts. */
  step(size = 1): void {
    this.#stepsLeft -= size;
    if (this.#stepsLeft < 0) notReadable();
  }

  /** What `read` gives, one deeper. */
  inside<T>(read: () => T): T {
    this.step();
    if (++this.#depth > DEEPEST) notReadable();
    const result = read();
    this.#depth--;
    return result;
  }

  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Goes over `text` where it comes next. */
  skip(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  need(text: string): void {
    if (!this.skip(text)) notReadable();
  }

  next(): string {
    const char = this.peek();
    if (char === '') notReadable();
    this.at++;
    return char;
  }

  get isDigit(): boolean {
    return DIGIT.test(this.peek());
  }

  /** Digits to a number. */
  number(): number {
    const from = this.at;
    while (this.isDigit) this.at++;
    if (this.at === from || this.at - from > 9) notReadable();
    return Number(this.text.slice(from, this.at));
  }

  take(length: number): string {
    if (this.at + length > this.text.length) notReadable();
    this.at += length;
    return this.text.slice(this.at - length, this.at);
  }
}

const DIGIT = /^\d$/;

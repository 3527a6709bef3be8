/** What call chains say of stack growth (rules: docs/architecture.md, "Growth in a call chain"). */

/**
 * What a chain shows. Preemption uses the same entry as growth but grows nothing. `Entry`: morestack alone, on its way in or out, so
 * that what it was for cannot be seen; it counts for nothing.
 */
export const ChainClass = {None: 0, Growth: 1, Shrink: 2, Preemption: 3, Overflow: 4, Entry: 5} as const;
export type ChainClass = (typeof ChainClass)[keyof typeof ChainClass];

/** The words of `ChainClass`. */
export const chainClassNames = ['none', 'growth', 'shrink', 'preemption', 'overflow', 'entry'] as const;

/** For every stack row of a trace (a stack is the chain from its root to that row): */
export interface Chains {
  /** One of `ChainClass`. */
  readonly class: Uint8Array;
  /** Bits of `ChainMark` of all frames in the chain. */
  readonly marks: Uint8Array;
  /** 1: the chain holds a function of a program by its name. Without, as of a stripped program, it does not tell what it shows. */
  readonly named: Uint8Array;
  /** One of `StackEnd`: how the recorded chain ends toward the root, as far as its outermost frame and its depth tell. */
  readonly end: Uint8Array;
  /** 1: the chain, or one below it, was unwound from a copy of the stack. */
  readonly copied: Uint8Array;
}

/** Frames that a chain holds. */
export const ChainMark = {More: 1, New: 2, Shrink: 4, Copy: 8, Alloc: 16, Free: 32} as const;

/** Numbers that are the same for the same seed, for inputs that are always the same. */

/** Numbers in [0, 1) (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from 0, below `n`. */
export function below(random, n) {
  return Math.floor(random() * n);
}

/** Small numbers often, large ones seldom: few call chains are hot. */
export function often(random, n) {
  return Math.floor(n * random() ** 3);
}

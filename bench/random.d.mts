/** Numbers in [0, 1), the same for the same seed. */
export function randomNumbers(seed: number): () => number;

/** A whole number from 0, below `n`. */
export function below(random: () => number, n: number): number;

/** Binary search in sorted columns. */

type Sorted = {readonly length: number; readonly [index: number]: number};

/** First index in `[from, to)` whose value is not below `value`; `to` when there is none. The range must be sorted upwards. */
export function lowerBound(sorted: Sorted, value: number, from = 0, to = sorted.length): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** First index in `[from, to)` whose value is above `value`; `to` when there is none. The range must be sorted upwards. */
export function upperBound(sorted: Sorted, value: number, from = 0, to = sorted.length): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle] <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

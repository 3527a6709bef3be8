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

/** As `upperBound`, looked for from `near` on, an index in `[from, to]`: cheap where the answer lies near, as for values that come nearly in order. */
export function upperBoundNear(sorted: Sorted, value: number, near: number, from: number, to: number): number {
  let low = from;
  let high = to;
  if (near < to && sorted[near] <= value) {
    // Upwards in ever longer steps till one goes too far.
    low = near + 1;
    for (let step = 1; low + step < high; step *= 2) {
      if (sorted[low + step - 1] > value) high = low + step;
      else low += step;
    }
  } else {
    high = near;
    for (let step = 1; high - step >= low; step *= 2) {
      if (sorted[high - step] <= value) low = high - step + 1;
      else high -= step;
    }
  }
  return upperBound(sorted, value, low, high);
}

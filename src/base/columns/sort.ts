/** Sorting of columns. */
import type {Schema, Table} from './table.ts';

type AnyColumn = Float64Array | Int32Array | Uint32Array | Uint8Array | BigUint64Array;

/** A bucket of more values than this is sorted by comparing; the rest by insertion. */
const SMALL_BUCKET = 24;

/**
 * The rows of `values` in ascending order of value; equal ones keep their order. All must be finite. Linear for values that are spread evenly, as
 * times are: they are dealt into as many buckets as there are values, and each bucket is sorted on its own.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const count = values.length;
  const order = new Uint32Array(count);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < count; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  const perBucket = (count - 1) / (high - low);
  // Infinite where all are equal, or so near that their difference has no inverse: then all go into one bucket.
  const scale = Number.isFinite(perBucket) ? perBucket : 0;
  const ends = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) ends[Math.floor((values[i] - low) * scale) + 1]++;
  for (let b = 1; b <= count; b++) ends[b] += ends[b - 1];
  const next = ends.slice(0, count);
  for (let i = 0; i < count; i++) order[next[Math.floor((values[i] - low) * scale)]++] = i;
  for (let b = 0; b < count; b++) {
    const start = ends[b];
    const end = ends[b + 1];
    if (end - start > SMALL_BUCKET) order.subarray(start, end).sort((x, y) => values[x] - values[y] || x - y);
    else if (end - start > 1) insertionSort(order, start, end, values);
  }
  return order;
}

/** The table with its rows in the order of `column`, upwards; equal ones keep their order. The same table when it is so already. */
export function sortedBy<S extends Schema>(column: keyof S & string, table: Table<S>): Table<S> {
  const keys = table[column] as unknown as Float64Array;
  if (keys.every((key, row) => row === 0 || key >= keys[row - 1])) return table;
  const order = ascendingOrder(keys);
  const moved = Object.entries(table as unknown as Readonly<Record<string, AnyColumn>>)
    .filter(([name]) => name !== 'length')
    .map(([name, values]) => {
      const into = values.slice() as Float64Array;
      for (let i = 0; i < order.length; i++) into[i] = (values as Float64Array)[order[i]];
      return [name, into];
    });
  return {...Object.fromEntries(moved), length: table.length} as Table<S>;
}

function insertionSort(order: Uint32Array, start: number, end: number, values: Float64Array): void {
  for (let i = start + 1; i < end; i++) {
    const row = order[i];
    let at = i;
    while (at > start && values[order[at - 1]] > values[row]) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = row;
  }
}

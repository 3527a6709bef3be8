/** Rows found by a text, in the order asked for. */
import type {GrowthColumn, GrowthRow} from './shape.ts';

/** What is searched in: the name, and of a goroutine `G842`. */
export function isFound(row: GrowthRow, lowerCase: string): boolean {
  return (row.name ?? '').toLowerCase().includes(lowerCase) || (!Number.isNaN(row.goroutineId) && `g${row.goroutineId}`.includes(lowerCase));
}

/** What is not known comes last, whatever the direction. Equal rows: more growths, more weight, the lower goid first. */
export function order(by: GrowthColumn, descending: boolean): (a: GrowthRow, b: GrowthRow) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const x = a[by];
    const y = b[by];
    if (typeof x === 'number' && typeof y === 'number') {
      if (Number.isNaN(x) || Number.isNaN(y)) {
        const unknown = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
        if (unknown !== 0) return unknown;
      } else if (x !== y) return sign * (x - y);
    } else if (x !== y) {
      if (x === null || y === null) return x === null ? 1 : -1;
      return sign * (x < y ? -1 : 1);
    }
    return b.growths - a.growths || b.growthWeight - a.growthWeight || a.goroutineId - b.goroutineId || 0;
  };
}

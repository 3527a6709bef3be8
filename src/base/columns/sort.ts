/** Sorting tables of columns. */
import type {Schema, Table} from './table.ts';

type AnyColumn = Float64Array | Int32Array | Uint32Array | Uint8Array | BigUint64Array;

/** The table with its rows in the order of `column`, upwards; equal ones keep their order. The same table when it is so already. */
export function sortedBy<S extends Schema>(column: keyof S & string, table: Table<S>): Table<S> {
  const keys = table[column] as unknown as Float64Array;
  if (keys.every((key, row) => row === 0 || key >= keys[row - 1])) return table;
  const order = Uint32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
  const moved = Object.entries(table as unknown as Readonly<Record<string, AnyColumn>>)
    .filter(([name]) => name !== 'length')
    .map(([name, values]) => {
      const into = values.slice() as Float64Array;
      for (let i = 0; i < order.length; i++) into[i] = (values as Float64Array)[order[i]];
      return [name, into];
    });
  return {...Object.fromEntries(moved), length: table.length} as Table<S>;
}

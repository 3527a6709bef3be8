/** Tables that grow keep what they were given, and finished ones hold nothing else. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {GrowableTable} from './table.ts';

const SCHEMA = {time: Float64Array, row: Int32Array, kind: Uint8Array, bits: BigUint64Array} as const;

function filled(rows: number, capacity?: number): GrowableTable<typeof SCHEMA> {
  const table = new GrowableTable(SCHEMA, capacity);
  for (let i = 0; i < rows; i++) {
    const row = table.add();
    table.rows.time[row] = i / 2;
    table.rows.row[row] = -i;
    table.rows.kind[row] = i;
    table.rows.bits[row] = BigInt(i) << 40n;
  }
  return table;
}

const expectedRows = (rows: number) => ({
  time: Array.from({length: rows}, (_, i) => i / 2),
  row: Array.from({length: rows}, (_, i) => 0 - i),
  kind: Array.from({length: rows}, (_, i) => i % 256),
  bits: Array.from({length: rows}, (_, i) => BigInt(i) << 40n),
});

test('every value is still there after any number of growths, in copy and finished table', () => {
  fc.assert(fc.property(fc.nat(700), fc.integer({min: 1, max: 90}), (rows, capacity) => {
    const table = filled(rows, capacity);
    for (const {length, time, row, kind, bits} of [table.copy(), table.finish()]) {
      expect(length).toBe(rows);
      expect({time: [...time], row: [...row], kind: [...kind], bits: [...bits]}).toEqual(expectedRows(rows));
    }
  }));
});

test('a copy does not change when the table goes on', () => {
  const table = filled(3);
  const copy = table.copy();
  table.rows.row[0] = 99;
  filled(1);
  expect([...copy.row]).toEqual([0, -1, -2]);
});

test('a new row is all zeros, also in a table that grew', () => {
  const table = filled(64);
  const row = table.add();
  expect([table.rows.time[row], table.rows.row[row], table.rows.kind[row], table.rows.bits[row]]).toEqual([0, 0, 0, 0n]);
});

test('a finished table keeps at most an eighth more memory than its rows need', () => {
  fc.assert(fc.property(fc.nat(3000), (rows) => {
    const {time} = filled(rows).finish();
    expect(time.buffer.byteLength).toBeLessThanOrEqual(rows * 8 * 1.125);
  }));
});

test('a row takes the bytes of its columns', () => {
  expect(filled(0).bytesPerRow).toBe(8 + 4 + 1 + 8);
});

test('columns that were replaced are given back at once where the platform can, and none that is still of use', () => {
  const prototype = ArrayBuffer.prototype as {transfer?: (this: ArrayBuffer, sizeBytes: number) => ArrayBuffer};
  const {transfer} = prototype;
  let given = 0;
  prototype.transfer = function (this: ArrayBuffer) {
    given++;
    return structuredClone(this, {transfer: [this]});
  };
  try {
    const table = filled(70, 4);
    const replaced = table.rows.time;
    while (table.rows.time === replaced) table.add();
    expect([replaced.length, given % 4, given > 8]).toEqual([0, 0, true]);
    const last = table.rows.row;
    const {length, row} = table.finish();
    expect([last.length, length, row.length, [...row.subarray(0, 70)]]).toEqual([0, length, length, expectedRows(70).row]);
  } finally {
    if (transfer) prototype.transfer = transfer;
    else delete prototype.transfer;
  }
});

/** CSV: read back it is what was written, and no cell is a formula. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {csvOf} from './csv.ts';

/** Reads RFC 4180: the oracle. */
function read(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  for (let match = cells.exec(text); match && cells.lastIndex <= text.length; match = cells.exec(text)) {
    const [, cell, end] = match;
    rows[rows.length - 1].push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') rows.push([]);
    if (end === '' || cells.lastIndex === text.length) break;
  }
  return rows.filter((row) => row.length > 0);
}

const textOf = async (rows: Parameters<typeof csvOf>[0]) => new TextDecoder('utf-8', {ignoreBOM: true}).decode(await csvOf(rows).arrayBuffer());

test('what is not known is empty, and text with commas, quotes and lines is quoted', async () => {
  expect(await textOf([['a', 'b', 'c'], ['x,y', 'say "hi"\n', NaN], [null, 1.5, 0]])).toBe('\ufeffa,b,c\r\n"x,y","say ""hi""\n",\r\n,1.5,0\r\n');
});

test('cells come back as they were, but for the mark before what a spreadsheet would run', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.string(), {minLength: 2, maxLength: 4}), {minLength: 1, maxLength: 5}), async (rows) => {
    const back = read((await textOf(rows)).slice(1));
    expect(back).toEqual(rows.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))));
  }));
});

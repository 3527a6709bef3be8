/** Every figure of the function table and of what it says of a chosen function is that of `morestack functions` and `morestack samples`. */
import type {Locator} from '@playwright/test';
import {Figures} from '../../src/base/figures.ts';
import {shortName} from '../../src/base/short-name.ts';
import {below, randomNumbers} from '../../bench/random.mjs';
import {expect, test, type App} from '../pages/app.ts';
import {captures} from '../pages/captures.ts';
import {FunctionFigures} from '../pages/function-figures.ts';

const figures = new Figures('en');
/** Parts that a sparkline has. */
const PARTS = 36;
const CHOSEN = 5;

interface Row {
  /** As recorded, or what stands for frames without a name. */
  readonly name: string;
  readonly self: string;
  readonly total: string;
  readonly count: string;
  readonly overTime: string;
}

/** Code without a symbol is called by its file, which lines of samples do not name. */
const isSymbol = (name: string) => !name.startsWith('[');

/** The rows that are on the screen. */
async function rowsOf(app: App): Promise<Row[]> {
  return app.panel.locator('tbody tr[aria-rowindex]').evaluateAll((all) => all.map((row) => {
    const cells = [...row.querySelectorAll('td')].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim());
    return {name: row.querySelector('th')!.title.split('\n')[0], self: cells[0], total: cells[1], count: cells[2], overTime: row.querySelector('[role=img]')?.getAttribute('aria-label') ?? ''};
  }));
}

for (const [i, example] of ['recursion', 'http'].entries()) {
  for (const part of [null, {from: 0.3, to: 0.8}]) {
    test(`rows, sums, callers, callees and the course over time are what the lines say: ${example}, ${part ? 'a brushed range' : 'all of it'}`, async ({app, page}) => {
      const expected = new FunctionFigures(captures(example), part);
      await app.visit();
      await app.pick(captures(example));
      if (part) await app.brush(part);
      await app.click(app.tab('Functions'));
      const written = new Map(expected.functions.flatMap(({name, self, total, count}) => (name === null ? [] : [[name, {
        name, self: figures.duration(self), total: `${figures.duration(total)} ${figures.share(total / expected.whole.total)}`, count: figures.count(count), overTime: course(expected, name).label,
      }] as const])));
      const all = (await rowsOf(app)).filter(({name}) => written.has(name));
      expect(all.map(({overTime: _, ...row}) => row)).toEqual(all.map(({name}) => {
        const {overTime: _, ...row} = written.get(name)!;
        return row;
      }));
      const rows = all.filter(({name}) => isSymbol(name));
      expect(rows.length).toBeGreaterThan(8);
      expect(rows).toEqual(rows.map(({name}) => written.get(name)));
      const sums = app.panel.locator('tfoot td');
      await expect(sums).toHaveText([figures.duration(expected.whole.total), figures.duration(expected.whole.total), figures.count(expected.whole.count), '']);
      await expect(app.panel.locator('tfoot th')).toHaveText(`All ${figures.count(written.size)}`);

      const random = randomNumbers(i + 1);
      const left = rows.map(({name}) => name);
      for (let k = 0; k < CHOSEN; k++) {
        const [name] = left.splice(below(random, left.length), 1);
        await app.panel.getByRole('textbox', {name: 'Find in this table'}).fill(name);
        await app.atRest();
        const row = app.panel.locator('tbody tr[aria-rowindex]').filter({has: page.locator(`th[title^="${name}\\a "], th[title="${name}"]`)});
        await app.click(row);
        await expect(row.getByRole('img')).toHaveAccessibleDescription(course(expected, name).description);
        const details = app.page.getByRole('region', {name: shortName(name), exact: true});
        for (const [heading, side] of [['Callers', 'before'], ['Calls', 'after']] as const) {
          const own = expected.functions.find((line) => line.name === name)!;
          const lines = [...expected.neighbours(name, side)].map(([other, weight]) => `${other} ${figures.duration(weight)} · ${figures.share(weight / own.total)}`);
          expect((await neighboursOf(details.getByRole('heading', {name: heading, exact: true}))).filter(isSymbol).toSorted(), `${side} ${name}`).toEqual(lines.toSorted());
        }
        await app.click(row);
      }
    });
  }
}

/** Functions that are listed under a heading; what stands for frames without a name is no button. */
async function neighboursOf(heading: Locator): Promise<string[]> {
  return heading.locator('xpath=following-sibling::ul/li[button]').evaluateAll((all) => all.map((item) => `${item.querySelector('button')!.title} ${(item.querySelector('span') as HTMLElement).innerText}`));
}

/** The course over time in the words of the page. */
function course(of: FunctionFigures, name: string): {label: string; description: string} {
  const {values, edgeNs} = of.overTime(name, PARTS);
  const most = values.indexOf(Math.max(...values));
  const some = values.filter((value) => value > 0).length;
  return {
    label: `most ${figures.duration(values[most])}, ${figures.moment(edgeNs(most))} to ${figures.moment(edgeNs(most + 1))}; some in ${some} of ${PARTS} parts`,
    description: `Part by part: ${values.map((value) => figures.duration(value)).join(', ')}`,
  };
}

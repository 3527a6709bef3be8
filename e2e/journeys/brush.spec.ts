/** A brushed range filters every view; what is shown of it is what the command line lists in it. */
import {expect, test} from '../pages/app.ts';
import {capture, captures, inspections, morestackLines, type GrowthLine, type SampleLine} from '../pages/captures.ts';

/** Ends of the axis: all files of the example are on one. */
function axis(): {startNs: number; lengthNs: number} {
  const ranges = inspections(...captures('recursion'));
  const startNs = Math.min(...ranges.map((range) => range.startNs));
  return {startNs, lengthNs: Math.max(...ranges.map(({endNs}) => endNs)) - startNs};
}

test('a range brushed by the keyboard filters headline, table and flame graph alike', async ({app}) => {
  const {startNs, lengthNs} = axis();
  await app.visit();
  await app.pick(captures('recursion'));
  // Each press moves a hundredth of the axis: 30 % to 80 % are left.
  await app.handle('Start').focus();
  for (let i = 0; i < 3; i++) await app.press('PageUp');
  await app.handle('End').focus();
  for (let i = 0; i < 2; i++) await app.press('PageDown');
  const isIn = ({timeNs}: {readonly timeNs: number}) => timeNs - startNs >= 0.3 * lengthNs && timeNs - startNs <= 0.8 * lengthNs;
  const changes = morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures('recursion')).filter(isIn);
  const samples = morestackLines<SampleLine>('samples', capture('recursion', 'perf.txt.gz')).filter(isIn);
  const growths = changes.filter(({kind}) => kind === 'growth').length.toLocaleString('en');
  expect((await app.growthTotals()).growths).toBe(growths);
  await expect(app.headline).toContainText(`${growths} growths`);
  await expect(app.headline).toContainText('in the selected range');
  await expect(app.page.getByText(new RegExp(`of ${samples.length} samples grow a stack`))).toBeVisible();
  await expect(app.status).toContainText('selected');

  await app.handle('Start').focus();
  await app.press('Escape');
  await expect(app.headline).not.toContainText('in the selected range');
});

test('a range dragged with the mouse is the part of the axis under it, and lanes keep only who lived in it', async ({app}) => {
  await app.visit();
  await app.pick(captures('churn'));
  const all = await app.growthTotals();
  const box = await app.page.locator('.overview').boundingBox();
  if (!box) throw new Error('no overview');
  await app.page.mouse.move(box.x + box.width * 0.25, box.y + 20);
  await app.page.mouse.down();
  await app.page.mouse.move(box.x + box.width * 0.5, box.y + 25, {steps: 5});
  await app.page.mouse.up();
  await app.atRest();
  const max = Number(await app.handle('End').getAttribute('aria-valuemax'));
  expect(Number(await app.handle('Start').getAttribute('aria-valuenow')) / max).toBeCloseTo(0.25, 2);
  expect(Number(await app.handle('End').getAttribute('aria-valuenow')) / max).toBeCloseTo(0.5, 2);
  const brushed = await app.growthTotals();
  const number = (text: string) => Number(text.replaceAll(',', ''));
  expect(number(brushed.growths)).toBeGreaterThan(0);
  expect(number(brushed.growths)).toBeLessThan(number(all.growths) / 2);
  await app.click(app.page.getByRole('button', {name: 'Zoom to selection'}));
  await app.click(app.page.getByRole('button', {name: 'Clear selection'}));
  expect(await app.growthTotals()).toEqual(all);
});

test('dragging one end of the selection leaves the other where it is', async ({app}) => {
  await app.visit();
  await app.pick(captures('churn'));
  await app.handle('Start').focus();
  await app.press('PageUp');
  await app.press('PageUp');
  const now = async (end: 'Start' | 'End') => Number(await app.handle(end).getAttribute('aria-valuenow'));
  const start = await now('Start');
  const box = await app.handle('End').boundingBox();
  const strip = await app.page.locator('.overview').boundingBox();
  if (!box || !strip) throw new Error('no overview');
  await app.page.mouse.move(box.x + box.width / 2, box.y + 20);
  await app.page.mouse.down();
  await app.page.mouse.move(strip.x + strip.width * 0.6, box.y + 20, {steps: 4});
  await app.page.mouse.up();
  await app.atRest();
  const max = Number(await app.handle('End').getAttribute('aria-valuemax'));
  expect(await now('Start')).toBe(start);
  expect((await now('End')) / max).toBeCloseTo(0.6, 2);
});

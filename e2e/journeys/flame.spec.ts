/** The flame graph: search, zoom, growth chains alone, what perf lost. */
import {expect, test} from '../pages/app.ts';
import {capture, captures, morestackLines, type SampleLine} from '../pages/captures.ts';

test.beforeEach(async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
});

test('a search tells how many functions it found and what share of the weight runs in them', async ({app}) => {
  const samples = morestackLines<SampleLine>('samples', capture('recursion', 'perf.txt.gz'));
  const all = samples.reduce((sum, {weight}) => sum + weight, 0);
  const found = samples.filter(({stack}) => stack?.some((name) => name.includes('copystack')) ?? false).reduce((sum, {weight}) => sum + weight, 0);
  await app.page.getByRole('searchbox').fill('copystack');
  await app.atRest();
  await expect(app.page.getByText(`functions found: 1 · ${Number((found / 1e6).toPrecision(3))} ms · ${Number(((found / all) * 100).toPrecision(3))} %`)).toBeVisible();
  await app.page.getByRole('searchbox').fill('no such function');
  await app.atRest();
  await expect(app.page.getByText('No function has this in its name')).toBeVisible();
});

test('growth chains alone leave only what lies under morestack, below what perf lost', async ({app}) => {
  await app.click(app.page.getByRole('button', {name: 'Growth chains only'}));
  const labels = await app.flame.locator('.d3-flame-graph-label').allTextContents();
  const own = labels.filter((label) => label !== '' && !label.startsWith('▲'));
  expect(own.map((label) => label.split(' · ')[0]).toSorted()).toEqual(['all', 'caller not recorded by frame pointers']);
  expect(labels.filter((label) => label.startsWith('▲ runtime.newstack'))).toHaveLength(1);
});

test('a click shows a frame as wide as the graph, and a click on its ancestor brings the rest back', async ({app}) => {
  const width = async (name: string) => Number(await app.flame.locator(`g[name="${name}"]`).first().getAttribute('width'));
  const before = await width('▲ runtime.newstack');
  const box = await app.flame.locator('g[name="▲ runtime.newstack"] rect').first().boundingBox();
  if (!box) throw new Error('no newstack in the flame graph');
  await app.page.mouse.click(box.x + 5, box.y + 5);
  await app.atRest();
  const zoomed = await width('▲ runtime.newstack');
  expect(zoomed).toBeGreaterThan(before * 1.5);
  expect(zoomed).toBeCloseTo(await app.flame.evaluate((element) => element.clientWidth), 0);
  await app.click(app.flamePath.getByRole('button', {name: 'all', exact: true}));
  expect(await width('▲ runtime.newstack')).toBeCloseTo(before, 3);
});

test('weights can be CPU time or samples', async ({app}) => {
  const samples = morestackLines<SampleLine>('samples', capture('recursion', 'perf.txt.gz'));
  await expect(app.flame.locator('.d3-flame-graph-label').first()).toHaveText(`all · ${Number((samples.reduce((sum, {weight}) => sum + weight, 0) / 1e6).toPrecision(3))} ms`);
  await app.click(app.page.getByRole('radio', {name: 'samples'}));
  await expect(app.flame.locator('.d3-flame-graph-label').first()).toHaveText(`all · ${samples.length} samples`);
});

/** The page for every eye and ear: axe finds nothing, in both themes, in both languages, empty and full. */
import AxeBuilder from '@axe-core/playwright';
import {expect, test, type App} from '../pages/app.ts';
import {capture} from '../pages/captures.ts';

async function axeFindsNothing({page}: App): Promise<void> {
  const {violations} = await new AxeBuilder({page}).analyze();
  expect(violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' ')}`)).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({colorScheme});
    test('axe finds nothing on the start page, on every tab of an open session, and on faults', async ({app}) => {
      await app.visit();
      await expect(app.page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      await axeFindsNothing(app);
      await app.tryExample('HTTP service');
      await app.click(app.lanes.getByRole('treeitem', {name: /^G\d+/}).first());
      for (const tab of ['Growth', 'Goroutine', 'Sources', 'Faults']) {
        await app.click(app.tab(tab));
        await axeFindsNothing(app);
      }
      await app.pick({name: 'letter.txt', mimeType: '', buffer: Buffer.from('Dear engineer,\n')});
      await axeFindsNothing(app);
    });
  });
}

test('the theme can be chosen against the system’s and is kept', async ({app}) => {
  await app.visit();
  const background = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await app.choose('Theme', 'Dark');
  expect(await background()).not.toBe(light);
  await app.page.reload();
  await app.atRest();
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the page speaks Chinese when asked to, in every part', async ({app}) => {
  await app.visit();
  await app.pick(capture('recursion', 'trace.out.gz'));
  await app.choose('Language', '简体中文');
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(app.page.getByRole('tab', {name: '数据源'})).toBeVisible();
  await axeFindsNothing(app);
});

test('below 1100 px the panes stand one under the other', async ({app}) => {
  await app.page.setViewportSize({width: 900, height: 1000});
  await app.visit();
  await app.tryExample('Churn');
  const flame = await app.flame.boundingBox();
  const panel = await app.panel.boundingBox();
  expect((panel?.y ?? 0) - (flame?.y ?? 0)).toBeGreaterThan(100);
  await axeFindsNothing(app);
});

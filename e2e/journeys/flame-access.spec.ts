/** Every picture of stacks for every eye and ear: axe finds nothing, in both themes and languages; and how each stands for a trace alone. */
import AxeBuilder from '@axe-core/playwright';
import {expect, test, type App} from '../pages/app.ts';
import {capture, captures} from '../pages/captures.ts';

async function axeFindsNothing({page}: App): Promise<void> {
  const {violations} = await new AxeBuilder({page}).include('.flame').include('[role=tabpanel]').include('[role=menu]').analyze();
  expect(violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' ')}`)).toEqual([]);
}

const COLORINGS = ['package', 'dso', 'search', 'kind'];

for (const [colorScheme, locale] of [['light', 'en-US'], ['dark', 'zh-CN']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({colorScheme, locale});
    test('axe finds nothing in any picture, colouring, menu or the function table', async ({app, page}) => {
      test.slow();
      await app.visit();
      await app.pick(captures('recursion'));
      await app.click(page.locator('#tab-functions'));
      await app.panel.getByRole('grid').focus();
      await app.press('Space');
      const pictures = page.getByRole('radiogroup').first().getByRole('radio');
      for (let i = 0; i < 4; i++) {
        await app.click(pictures.nth(i));
        await axeFindsNothing(app);
      }
      await app.click(pictures.first());
      for (const value of COLORINGS) {
        await page.locator('.flame-legend select').selectOption(value);
        await app.atRest();
        await axeFindsNothing(app);
      }
      await page.getByRole('searchbox').fill('newstack');
      await app.atRest();
      await axeFindsNothing(app);
      // By its name as recorded: what the picture is called is in the language.
      await page.locator('.flame-graph .frame[name="▲ runtime.newstack"] rect').first().click({button: 'right'});
      await expect(page.getByRole('menu')).toBeVisible();
      await axeFindsNothing(app);
    });
  });
}

test('a trace alone shows its growths and its time in states, and says which weights it cannot tell and why', async ({app, page}) => {
  await app.visit();
  await app.pick(capture('http', 'trace.out.gz'));
  await expect(page.getByRole('radio', {name: 'growths'})).toHaveAttribute('aria-checked', 'true');
  await expect(app.rootFrame).toContainText(/^all · [\d,]+ growths$/);
  const samples = page.getByRole('radio', {name: 'samples', exact: true});
  await expect(samples).toHaveAttribute('aria-disabled', 'true');
  await expect(samples).toHaveAttribute('title', /perf script/);
  await app.click(page.getByRole('button', {name: /^more/}));
  await app.click(page.getByRole('menuitemradio', {name: 'waiting time'}));
  await expect(app.rootFrame).toContainText(/^all · [\d.]+ m?s$/);
  await page.getByRole('button', {name: /^waiting time/}).focus();
  await app.press('Enter');
  await app.press('s');
  await app.press('Enter');
  await expect(page.getByRole('button', {name: /^syscall time/})).toBeVisible();
});

test('in the order of time a frame’s time becomes the window, by pointer and by key, and Escape shows all again', async ({app, page}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await app.click(page.getByRole('radio', {name: 'Over time'}));
  const all = page.getByRole('button', {name: 'Show all time'});
  await expect(all).toHaveCount(0);
  const timeline = page.getByRole('application', {name: 'Over time'});
  const box = await timeline.boundingBox();
  if (!box) throw new Error('no picture');
  await page.mouse.click(box.x + box.width / 2, box.y + 30);
  await app.atRest();
  await expect(all).toBeVisible();
  await timeline.focus();
  await app.press('Escape');
  await expect(all).toHaveCount(0);
  await app.press('ArrowDown');
  await app.press('ArrowDown');
  await app.press('Enter');
  await expect(all).toBeVisible();
  await page.goBack();
  await app.atRest();
  await expect(all).toHaveCount(0);
});

test('a finger that stays opens the menu of a frame, and shows nothing widest', async ({app, page}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  const box = await app.frame('▲ runtime.newstack').boundingBox();
  if (!box) throw new Error('no frame');
  const at = {clientX: box.x + 20, clientY: box.y + 5, pointerType: 'touch', pointerId: 7, bubbles: true};
  await app.flame.dispatchEvent('pointerdown', at);
  await expect(page.getByRole('menu')).toBeVisible();
  await app.flame.dispatchEvent('pointerup', at);
  await app.flame.dispatchEvent('click', at);
  await expect(app.flamePath).toHaveCount(0);
});

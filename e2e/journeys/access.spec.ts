/** The page for every eye and ear: axe finds nothing, in both themes, in both languages, empty and full. */
import {expect, test} from '../pages/app.ts';
import {axeFindsNothing} from '../pages/axe.ts';
import {capture} from '../pages/captures.ts';

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

for (const locale of ['en-US', 'zh-CN'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({locale, colorScheme});
      test(`axe finds nothing with the palette, the keys, a menu, closed panes and one pane alone open: ${locale}, ${colorScheme}`, async ({app, page}) => {
        await app.visit();
        await app.pick(capture('churn', 'trace.out.gz'));
        await app.press('Control+k');
        await page.keyboard.type('main');
        await app.atRest();
        await axeFindsNothing(app);
        await app.press('Escape');
        await app.press('?');
        await axeFindsNothing(app);
        await app.press('Escape');
        await app.click(page.locator('.bar button[aria-haspopup=menu]').last());
        await axeFindsNothing(app);
        await app.press('Escape');
        await app.click(page.locator('[data-pane=details] .pane-tools button').last());
        await axeFindsNothing(app);
        await page.setViewportSize({width: 320, height: 640});
        await app.atRest();
        await axeFindsNothing(app);
      });
    });
  }
}

test('the first Tab offers ways past the bar, and one of them leads to the flame graph', async ({app, page}) => {
  await app.visit('/#open=examples/churn/captures/perf.txt.gz');
  await app.press('Tab');
  await expect(page.getByRole('button', {name: 'Go to Time line'})).toBeFocused();
  await expect(page.getByRole('button', {name: 'Go to Time line'})).toBeInViewport();
  await app.press('Tab');
  await app.press('Enter');
  await expect(app.flame).toBeFocused();
});

test('what happens elsewhere is told: a file that was read, another range', async ({app, page}) => {
  await app.visit();
  await app.pick(capture('churn', 'trace.out.gz'));
  await expect(page.getByRole('log')).toContainText('trace.out.gz read');
  await app.handle('End').focus();
  await app.press('PageDown');
  await expect(page.getByRole('log')).toContainText(/^0\.000 ms to .* selected/);
});

test.describe('where the system’s own colours are forced', () => {
  test.use({contextOptions: {forcedColors: 'active'}});
  test('the canvases draw in them, and growth is told by the colour of what is highlighted', async ({app, page}) => {
    await app.visit();
    await app.tryExample('Churn');
    const colours = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('span'));
      probe.style.setProperty('forced-color-adjust', 'none');
      const rgbOf = (name: string) => {
        probe.style.color = name;
        return getComputedStyle(probe).color.match(/\d+/g)?.slice(0, 3).join(' ');
      };
      const counts = new Map<string, number>();
      for (const canvas of document.querySelectorAll('canvas')) {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] === 255) counts.set(`${pixels[i]} ${pixels[i + 1]} ${pixels[i + 2]}`, (counts.get(`${pixels[i]} ${pixels[i + 1]} ${pixels[i + 2]}`) ?? 0) + 1);
      }
      return {highlight: counts.get(rgbOf('Highlight') ?? '') ?? 0, ownPink: counts.get('214 51 108') ?? 0};
    });
    expect(colours.highlight).toBeGreaterThan(1000);
    expect(colours.ownPink).toBe(0);
  });
});

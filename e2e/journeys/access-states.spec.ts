/** axe finds nothing in any state of the page that pictures are taken of, in both themes and both languages. Each state is reached once. */
import {expect, test} from '../pages/app.ts';
import {axeFindsNothing} from '../pages/axe.ts';
import {statesOfPage} from '../shots/states.ts';


test.describe.configure({timeout: 240_000});

for (const [state, reach] of Object.entries(statesOfPage)) {
  test(`axe finds nothing, light and dark, in English and in Chinese: ${state}`, async ({app, page}) => {
    await app.visit();
    await reach(app);
    for (const lang of ['en', 'zh-CN']) {
      if (lang === 'zh-CN') {
        await page.getByRole('button', {name: 'Language'}).click();
        await page.getByRole('menuitemradio', {name: '简体中文'}).click();
      }
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({colorScheme});
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        // A file that never comes whole keeps the page from rest.
        if (state !== 'loading') await app.atRest();
        await axeFindsNothing(app);
      }
    }
    await expect(page.getByRole('progressbar')).toHaveCount(state === 'loading' ? 1 : 0);
  });
}

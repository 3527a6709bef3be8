/** Everything a mouse can do the keyboard can. */
import {expect, test} from '../pages/app.ts';

test('from the first Tab to a goroutine’s story and a zoomed frame without a mouse', async ({app, page}) => {
  await app.visit();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  for (let i = 0; i < 12 && !(await focused()).startsWith('Recursion'); i++) await page.keyboard.press('Tab');
  expect(await focused()).toMatch(/^Recursion/);
  await app.press('Enter');
  await expect(app.sources).toHaveCount(2);

  await app.lanes.focus();
  const chosen = app.lanes.getByRole('treeitem', {selected: true});
  for (let i = 0; i < 9 && !/growth/.test((await chosen.count()) > 0 ? await chosen.innerText() : ''); i++) await app.press('ArrowDown');
  await expect(chosen).toHaveAttribute('aria-expanded', 'false');
  await app.press('ArrowRight');
  await expect(chosen).toHaveAttribute('aria-expanded', 'true');
  await app.press('ArrowRight');
  const goroutine = /G(\d+)/.exec(await chosen.innerText())?.[1];
  await app.press('Enter');
  await expect(app.tab('Goroutine')).toHaveAttribute('aria-selected', 'true');
  await expect(app.panel.getByRole('heading', {level: 3})).toContainText(`Goroutine ${goroutine}`);

  await app.press('+');
  await expect(app.lanes).toBeFocused();
  await app.press('0');

  await app.flame.focus();
  await app.press('ArrowDown');
  await app.press('ArrowDown');
  const spoken = page.locator('.flame [aria-live=polite]');
  await expect(spoken).toContainText(/: \d.*%/);
  const frame = (await spoken.innerText()).split(':')[0];
  await app.press('Enter');
  await expect(app.flamePath).toBeVisible();
  await expect(app.flame.locator('.d3-flame-graph-label', {hasText: frame}).first()).toBeAttached();
  await app.press('Escape');
  await expect(app.flamePath).toHaveCount(0);

  await app.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('newstack');
  await app.atRest();
  await expect(page.getByText('functions found: 1')).toBeVisible();

  await app.tab('Goroutine').focus();
  await app.press('ArrowRight');
  await expect(app.tab('Patterns')).toHaveAttribute('aria-selected', 'true');
  await expect(app.tab('Patterns')).toBeFocused();
});

test('the growth table sorts by any column, and a start function keeps only its lanes', async ({app}) => {
  await app.visit();
  await app.tryExample('Recursion');
  await app.panel.getByRole('button', {name: 'Shrinks'}).focus();
  await app.press('Enter');
  const shrinks = (await app.panel.locator('tbody tr td:nth-child(4)').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
  expect(shrinks).toEqual(shrinks.toSorted((a, b) => b - a));
  await app.press('Enter');
  expect((await app.panel.locator('tbody tr td:nth-child(4)').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')))).toEqual(shrinks.toSorted((a, b) => a - b));
  await app.click(app.panel.getByRole('row', {name: /main\.evaluator/}));
  await expect(app.lanes.getByRole('treeitem', {name: /^(?!G\d+ main\.evaluator|Heap|GC)/})).toHaveText([/^▾\s*main\.evaluator/]);
});

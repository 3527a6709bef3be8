/** The command palette and the sheet of keys: everything can be done and found without the pointer, and with it. */
import {expect, test} from '../pages/app.ts';
import {capture} from '../pages/captures.ts';

test('Ctrl+K opens the palette, typing finds, Enter does, and the focus is back where it was', async ({app, page}) => {
  await app.visit();
  await app.pick(capture('churn', 'trace.out.gz'));
  await app.lanes.focus();
  await app.press('Control+k');
  await expect(app.palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('show fau');
  await expect(app.palette.getByRole('option').first()).toHaveText('Show Faults');
  await app.press('Enter');
  await expect(app.palette).toHaveCount(0);
  await expect(app.tab('Faults')).toHaveAttribute('aria-selected', 'true');
  await expect(app.lanes).toBeFocused();
});

test('a goroutine is found by G and its number, and its story opens by a click', async ({app, page}) => {
  await app.visit();
  await app.pick(capture('churn', 'trace.out.gz'));
  const lane = await app.lanes.getByRole('treeitem', {name: /^G\d+/}).first().innerText();
  const id = /G(\d+)/.exec(lane)?.[1];
  await app.click(page.getByRole('button', {name: 'Commands and places'}));
  await page.keyboard.type(`G${id}`);
  await app.click(app.palette.getByRole('option', {name: new RegExp(`^G${id}\\b`)}).first());
  await expect(app.panel.getByRole('heading').first()).toContainText(`Goroutine ${id}`);
});

test('a function that is chosen is searched', async ({app, page}) => {
  await app.visit();
  await app.pick(capture('churn', 'perf.txt.gz'));
  await app.press('Control+k');
  await page.keyboard.type('morestack');
  await app.click(app.palette.getByRole('group', {name: 'Functions'}).getByRole('option').first());
  await expect(page.getByRole('searchbox')).toHaveValue(/runtime\.morestack/);
});

test('arrows go through the choices and round, Escape and a click beside it close it', async ({app, page}) => {
  await app.visit();
  await app.press('Control+k');
  const selected = () => app.palette.getByRole('option', {selected: true}).innerText();
  const first = await selected();
  await app.press('ArrowDown');
  expect(await selected()).not.toBe(first);
  await app.press('ArrowUp');
  await app.press('ArrowUp');
  expect(await selected()).not.toBe(first);
  await app.press('ArrowDown');
  expect(await selected()).toBe(first);
  await app.press('Escape');
  await expect(app.palette).toHaveCount(0);
  await app.press('Control+k');
  await page.mouse.click(20, 700);
  await expect(app.palette).toHaveCount(0);
});

test('examples open from the palette, on the bare page too, and what nothing fits is said', async ({app, page}) => {
  await app.visit();
  await app.press('Control+k');
  await page.keyboard.type('qqqq');
  await expect(app.palette.getByRole('status')).toHaveText('Nothing fits that');
  await app.press('Control+a');
  await page.keyboard.type('overflow');
  await app.press('Enter');
  await expect(app.sources).toHaveCount(2);
});

test('the sheet of keys lists every command that has a key, with that key, and closes', async ({app, page}) => {
  await app.visit();
  await app.tryExample('Churn');
  await app.press('?');
  const sheet = page.getByRole('dialog', {name: 'Keys and gestures'});
  await expect(sheet).toContainText('Ctrl K');
  await expect(sheet).toContainText('Search functions');
  await app.press('Escape');
  await expect(sheet).toHaveCount(0);
  await app.click(page.getByRole('button', {name: 'Keys and gestures'}));
  await app.click(sheet.getByRole('button', {name: 'Close'}));
  await expect(sheet).toHaveCount(0);
});

test('a menu opens with the arrow, chooses with Enter, and leaves with Escape', async ({app, page}) => {
  await app.visit();
  const button = page.getByRole('button', {name: 'Theme'});
  await button.focus();
  await app.press('ArrowDown');
  await expect(page.getByRole('menuitemradio', {name: 'System'})).toBeFocused();
  await app.press('ArrowDown');
  await app.press('ArrowDown');
  await app.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(button).toBeFocused();
  await app.press('Enter');
  await app.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(button).toBeFocused();
});

/** Panes: moved, closed, opened and given the page, by pointer and by key; and where the page is narrow, one under the other or one at a time. */
import type {Locator} from '@playwright/test';
import {expect, test, type App} from '../pages/app.ts';

const border = ({page}: App, pane: string) => page.getByRole('separator', {name: `Size of ${pane}`});
const pane = ({page}: App, name: string) => page.locator(`[data-pane=${name}]`);
const boxOf = async (locator: Locator) => (await locator.boundingBox()) ?? {x: 0, y: 0, width: 0, height: 0};

async function drag({page}: App, from: Locator, byX: number, byY: number): Promise<void> {
  const box = await boxOf(from);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + byX / 2, y + byY / 2);
  await page.mouse.move(x + byX, y + byY);
  await page.mouse.up();
}

test('a border is dragged and moved by arrows, put back by a double click, and stays where it was left', async ({app, page}) => {
  await app.visit();
  await app.tryExample('Churn');
  const first = await boxOf(pane(app, 'timeline'));
  await drag(app, border(app, 'Time line'), 0, 80);
  await app.atRest();
  expect((await boxOf(pane(app, 'timeline'))).height).toBeCloseTo(first.height + 80, -1);
  await border(app, 'Flame graph').focus();
  const before = await boxOf(pane(app, 'flame'));
  await app.press('ArrowLeft');
  await app.press('Shift+ArrowLeft');
  const moved = await boxOf(pane(app, 'flame'));
  expect(before.width - moved.width).toBeCloseTo(0.12 * 1600, -1);
  await expect(border(app, 'Flame graph')).toHaveAttribute('aria-valuenow', '42');
  await app.press('End');
  await expect(border(app, 'Flame graph')).toHaveAttribute('aria-valuenow', '85');

  await page.reload();
  await app.atRest();
  await expect(border(app, 'Flame graph')).toHaveAttribute('aria-valuenow', '85');
  await border(app, 'Time line').dblclick();
  await app.atRest();
  expect((await boxOf(pane(app, 'timeline'))).height).toBeCloseTo(first.height, -1);
});

test('a pane is closed by a button, by Enter on its border and by dragging it shut, and opens again from its strip', async ({app, page}) => {
  await app.visit();
  await app.tryExample('Churn');
  const strip = (name: string) => page.getByRole('button', {name, exact: true});
  await app.click(page.getByRole('button', {name: 'Close Details'}));
  await expect(app.panel).toBeHidden();
  await expect(strip('Details')).toBeFocused();
  await app.press('Enter');
  await expect(app.panel).toBeVisible();

  await border(app, 'Time line').focus();
  await app.press('Enter');
  await expect(app.lanes).toBeHidden();
  await app.click(strip('Time line'));
  await expect(app.lanes).toBeVisible();

  await drag(app, border(app, 'Flame graph'), -2000, 0);
  await app.atRest();
  await expect(app.flame).toBeHidden();
  await app.click(strip('Flame graph'));
  await expect(app.flame).toBeVisible();
});

test('the last open pane can’t be closed', async ({app, page}) => {
  await app.visit();
  await app.tryExample('Churn');
  await app.click(page.getByRole('button', {name: 'Close Details'}));
  await app.click(page.getByRole('button', {name: 'Close Time line'}));
  await expect(app.flame).toBeVisible();
  await expect(page.getByRole('button', {name: 'Close Flame graph'})).toHaveCount(0);
});

test('z gives the page to the pane with the focus and back; its button does, too', async ({app, page}) => {
  await app.visit();
  await app.tryExample('Churn');
  await app.press('2');
  await expect(app.flame).toBeFocused();
  await app.press('z');
  await expect(app.lanes).toBeHidden();
  await expect(app.panel).toBeHidden();
  expect((await boxOf(app.flame)).width).toBeGreaterThan(1500);
  await app.press('z');
  await expect(app.lanes).toBeVisible();
  await app.click(page.getByRole('button', {name: 'Give Details the page'}));
  await expect(app.flame).toBeHidden();
  await app.click(page.getByRole('button', {name: 'Show all panes'}));
  await expect(app.flame).toBeVisible();
});

test('numbers and F6 go to panes, and open one that is closed', async ({app, page}) => {
  await app.visit();
  await app.tryExample('Churn');
  const inPane = (name: string) => page.evaluate((wanted) => document.querySelector(`[data-pane=${wanted}]`)?.contains(document.activeElement) ?? false, name);
  await app.press('3');
  await expect.poll(() => inPane('details')).toBe(true);
  await app.press('F6');
  await expect.poll(() => inPane('timeline')).toBe(true);
  await app.press('F6');
  await expect.poll(() => inPane('flame')).toBe(true);
  await app.click(page.getByRole('button', {name: 'Close Details'}));
  await app.press('3');
  await expect(app.panel).toBeVisible();
  await expect.poll(() => inPane('details')).toBe(true);
});

test('below 1100 px panes stand one under the other; below 700 px one is shown at a time; at 320 px nothing needs sideways scrolling', async ({app, page}) => {
  await page.setViewportSize({width: 900, height: 1000});
  await app.visit();
  await app.tryExample('HTTP service');
  const [timeline, flame, details] = [await boxOf(pane(app, 'timeline')), await boxOf(pane(app, 'flame')), await boxOf(pane(app, 'details'))];
  expect(flame.y).toBeGreaterThanOrEqual(timeline.y + timeline.height);
  expect(details.y).toBeGreaterThanOrEqual(flame.y + flame.height);

  for (const width of [640, 320]) {
    await page.setViewportSize({width, height: 640});
    await app.atRest();
    await app.click(page.getByRole('tab', {name: 'Time line'}));
    await expect(app.lanes).toBeVisible();
    await expect(app.flame).toBeHidden();
    await app.press('ArrowRight');
    await expect(page.getByRole('tab', {name: 'Flame graph'})).toBeFocused();
    await expect(app.flame).toBeVisible();
    await expect(app.lanes).toBeHidden();
    await app.press('ArrowRight');
    await expect(app.panel.first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

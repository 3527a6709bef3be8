/** Everything that can be done with a frame, by pointer and by key; figures are those of the command line. */
import {readFileSync} from 'node:fs';
import type {Download} from '@playwright/test';
import {expect, test, type App} from '../pages/app.ts';
import {capture, captures, morestackLines, type SampleLine} from '../pages/captures.ts';

const samples = () => morestackLines<SampleLine>('samples', capture('recursion', 'perf.txt.gz'));
const sum = (of: readonly SampleLine[]) => of.reduce((total, {weight}) => total + weight, 0);
const holds = (name: string) => ({stack}: SampleLine) => stack?.includes(name) ?? false;
const ms = (ns: number) => `${Number((ns / 1e6).toPrecision(3))} ms`;
const menuItem = (app: App, name: string) => app.page.getByRole('menuitem', {name, exact: true});

/** From the sum of all over what was cut off to the growth chains. */
async function walkToNewstack(app: App): Promise<void> {
  await app.flame.focus();
  for (const key of ['Home', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowDown']) await app.press(key);
  await expect(app.spokenFrame).toContainText('▲ runtime.newstack:');
}

test.beforeEach(async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
});

test('the menu of a frame opens by right click, by Ctrl-click and by Shift+F10, and Escape leaves the frame where it was', async ({app, page}) => {
  const items = async () => {
    await expect(page.getByRole('menu')).toBeVisible();
    const texts = await page.getByRole('menuitem').allInnerTexts();
    await app.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    return texts;
  };
  await app.frame('▲ runtime.newstack').click({button: 'right'});
  const byPointer = await items();
  expect(byPointer.length).toBeGreaterThan(6);
  await expect(app.flame).toBeFocused();
  await app.frame('▲ runtime.newstack').click({modifiers: ['Control']});
  expect(await items()).toEqual(byPointer);
  await walkToNewstack(app);
  await app.press('Shift+F10');
  expect(await items()).toEqual(byPointer);
});

test('with one function only, and without it, are the two halves of all; Back undoes each', async ({app, page}) => {
  const all = samples();
  await expect(app.rootFrame).toHaveText(`all · ${ms(sum(all))}`);
  await app.frame('▲ runtime.newstack').click({button: 'right'});
  await app.click(menuItem(app, 'Only stacks with this function'));
  await expect(app.rootFrame).toHaveText(`all · ${ms(sum(all.filter(holds('runtime.newstack'))))}`);
  await page.goBack();
  await app.atRest();
  await expect(app.rootFrame).toHaveText(`all · ${ms(sum(all))}`);
  await walkToNewstack(app);
  await app.press('h');
  await expect(app.rootFrame).toHaveText(`all · ${ms(sum(all.filter((sample) => !holds('runtime.newstack')(sample))))}`);
  await app.click(page.getByRole('button', {name: 'Remove: without runtime.newstack'}));
  await expect(app.rootFrame).toHaveText(`all · ${ms(sum(all))}`);
});

test('merging a function and collapsing recursion leave the weight as it was', async ({app, page}) => {
  const all = `all · ${ms(sum(samples()))}`;
  await walkToNewstack(app);
  await app.press('m');
  await expect(app.frame('▲ runtime.newstack')).toHaveCount(0);
  await expect(app.rootFrame).toHaveText(all);
  await app.frame('▲ runtime.morestack').click({button: 'right'});
  await app.click(menuItem(app, 'Collapse recursion'));
  await expect(app.rootFrame).toHaveText(all);
  await expect(app.flame.locator('.frame[name^="↻"]').first()).toBeAttached();
  await expect(page.getByRole('button', {name: /^Remove: /})).toHaveCount(2);
});

test('the card of a frame says the same for the pointer and for the keyboard', async ({app, page}) => {
  const card = page.locator('.tooltip');
  await app.frame('▲ runtime.newstack').hover();
  await expect(card).toContainText('of its parent');
  const pointed = await card.innerText();
  await page.mouse.move(0, 0);
  await expect(card).toHaveCount(0);
  await walkToNewstack(app);
  expect(await card.innerText()).toBe(pointed);
  const grown = samples().filter((sample) => holds('runtime.newstack')(sample) && !['runtime.gopreempt_m', 'runtime.goschedImpl', 'runtime.preemptPark'].some((name) => holds(name)(sample)));
  expect(pointed).toContain(ms(sum(grown)));
  expect(pointed).toContain(`${grown.length} samples`);
});

test('the name and the stack of a frame are copied by menu and by key', async ({app, page, context}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await app.frame('▲ runtime.newstack').click({button: 'right'});
  await app.click(menuItem(app, 'Copy name'));
  expect(await copied()).toBe('runtime.newstack');
  await walkToNewstack(app);
  await app.press('C');
  expect((await copied()).split('\n').slice(0, 2)).toEqual(['runtime.newstack', 'runtime.morestack.abi0']);
});

test('upside down the root stands at the bottom, and Arrow Up leads away from it', async ({app, page}) => {
  const top = async (name: string) => (await app.frame(name).boundingBox())?.y ?? NaN;
  expect(await top('▲ runtime.newstack')).toBeGreaterThan(await top('▲ runtime.morestack'));
  await app.click(page.getByRole('button', {name: /^View/}));
  await app.click(page.getByRole('menuitemradio', {name: 'Flame: root at the bottom'}));
  expect(await top('▲ runtime.newstack')).toBeLessThan(await top('▲ runtime.morestack'));
  await app.flame.focus();
  await app.press('ArrowUp');
  await app.press('ArrowUp');
  await expect(app.spokenFrame).not.toContainText('all ·');
  await app.press('ArrowDown');
  await expect(app.spokenFrame).toContainText('all ·');
});

test('the legend steps kinds back, or all others, by pointer and by key', async ({app, page}) => {
  const entry = (name: string) => page.getByRole('list', {name: 'What the colours mean'}).getByRole('button', {name});
  const fill = () => app.frame('▲ runtime.newstack').getAttribute('fill');
  const before = await fill();
  await app.click(entry('growth'));
  await expect(entry('growth')).toHaveAttribute('aria-pressed', 'false');
  expect(await fill()).not.toBe(before);
  await page.keyboard.press('Enter');
  await app.atRest();
  expect(await fill()).toBe(before);
  await entry('growth').click({modifiers: ['Alt']});
  await app.atRest();
  await expect(entry('Go code')).toHaveAttribute('aria-pressed', 'false');
  expect(await fill()).toBe(before);
  await entry('growth').focus();
  await app.press('Alt+Enter');
  await expect(entry('Go code')).toHaveAttribute('aria-pressed', 'true');
});

test('by package, object file and search the legend lists what is there, and growth keeps its colour but by search', async ({app, page}) => {
  const legend = page.getByRole('list', {name: 'What the colours mean'});
  const fill = () => app.frame('▲ runtime.newstack').getAttribute('fill');
  const growth = await fill();
  const choose = async (value: string) => {
    await page.getByLabel('Colours', {exact: true}).selectOption(value);
    await app.atRest();
  };
  await choose('package');
  await expect(legend.getByRole('button', {name: 'main', exact: true})).toBeVisible();
  expect(await fill()).toBe(growth);
  await choose('dso');
  await expect(legend.getByRole('button', {name: /kernel/})).toBeVisible();
  expect(await fill()).toBe(growth);
  await page.getByRole('searchbox', {name: 'Search functions'}).fill('newstack');
  await choose('search');
  await expect(legend.getByRole('button', {name: 'found'})).toBeVisible();
  expect(await fill()).not.toBe(growth);
});

const bytesOf = async (download: Download) => readFileSync(await download.path());

test('the picture is kept as SVG and as PNG, with what it is of', async ({app, page}) => {
  const save = async (item: string) => {
    await app.click(page.getByRole('button', {name: /^Export/}));
    const [file] = await Promise.all([page.waitForEvent('download'), menuItem(app, item).click()]);
    return file;
  };
  const svg = await save('SVG: lines and text');
  expect(svg.suggestedFilename()).toMatch(/^perf.*cpu-time\.svg$/);
  const text = (await bytesOf(svg)).toString();
  expect(text).toContain(`all · ${ms(sum(samples()))}`);
  const problems = await page.evaluate((content) => new DOMParser().parseFromString(content, 'image/svg+xml').querySelectorAll('parsererror').length, text);
  expect(problems).toBe(0);
  const png = await save('PNG: image');
  expect((await bytesOf(png)).subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
});

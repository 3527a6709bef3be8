/** The function table, the search from match to match, and files of the stacks: figures are those of the command line. */
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import type {Download} from '@playwright/test';
import {expect, test, type App} from '../pages/app.ts';
import {capture, captures, morestackLines, morestackText, type SampleLine} from '../pages/captures.ts';

const samples = () => morestackLines<SampleLine>('samples', capture('recursion', 'perf.txt.gz'));
const sum = (of: readonly SampleLine[]) => of.reduce((total, {weight}) => total + weight, 0);
const holds = (name: string) => ({stack}: SampleLine) => stack?.includes(name) ?? false;
const ms = (ns: number) => `${Number((ns / 1e6).toPrecision(3))} ms`;
const bytesOf = async (download: Download) => readFileSync(await download.path());

/** Names of the rows on the page, from the top. */
const names = (app: App) => app.panel.locator('tbody th').evaluateAll((heads) => heads.map((head) => head.getAttribute('title')?.split('\n')[0] ?? ''));

test.beforeEach(async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await app.click(app.tab('Functions'));
});

test('a function weighs itself and with all it calls what the samples say, and all functions what all samples do', async ({app}) => {
  const search = app.panel.getByRole('textbox', {name: 'Find in this table'});
  await search.fill('runtime.newstack');
  await app.atRest();
  const own = samples().filter(({stack}) => stack?.at(-1) === 'runtime.newstack');
  const row = app.panel.locator('tbody tr').first();
  await expect(row.locator('td').nth(0)).toContainText(sum(own) === 0 ? '0 ns' : ms(sum(own)));
  await expect(row.locator('td').nth(1)).toContainText(ms(sum(samples().filter(holds('runtime.newstack')))));
  await expect(app.panel.locator('tfoot td').first()).toHaveText(ms(sum(samples())));
});

test('heads sort, by pointer and by key', async ({app}) => {
  const bySelf = await names(app);
  await app.click(app.panel.getByRole('button', {name: 'Function', exact: true}));
  const byName = await names(app);
  expect(byName).not.toEqual(bySelf);
  const named = byName.filter((name) => !/not recorded|cut off/.test(name));
  expect(named).toEqual(named.toSorted((a, b) => (a < b ? -1 : 1)));
  await app.panel.getByRole('button', {name: 'Self'}).focus();
  await app.press('Enter');
  expect(await names(app)).toEqual(bySelf);
});

test('a chosen function tells its callers and callees, which weigh together what it weighs; a click goes on to one', async ({app}) => {
  await app.panel.getByRole('textbox', {name: 'Find in this table'}).fill('runtime.newstack');
  await app.atRest();
  await app.panel.locator('tbody tr').first().click();
  await app.atRest();
  const details = app.page.getByRole('region', {name: 'runtime.newstack'});
  await expect(details.getByRole('heading', {name: 'Callers'})).toBeVisible();
  await app.click(details.getByRole('button', {name: 'runtime.copystack'}));
  await expect(app.page.getByRole('region', {name: 'runtime.copystack'})).toBeVisible();
  await app.click(app.page.getByRole('button', {name: 'Close', exact: true}));
  await expect(app.page.getByRole('region', {name: 'runtime.copystack'})).toHaveCount(0);
});

test('by keys: arrows go from row to row, Space chooses, Enter makes the sandwich, Back undoes it', async ({app, page}) => {
  await app.panel.getByRole('grid').focus();
  await app.press('ArrowDown');
  await app.press('ArrowDown');
  await app.press('Space');
  await expect(app.panel.locator('tr[aria-selected=true]')).toHaveCount(1);
  await app.press('Enter');
  await expect(page.getByRole('radio', {name: 'Sandwich'})).toHaveAttribute('aria-checked', 'true');
  await expect(page.getByRole('application', {name: /^Callers of/})).toBeVisible();
  await expect(page.getByRole('application', {name: /^What .* calls/})).toBeVisible();
  await page.goBack();
  await app.atRest();
  await expect(page.getByRole('radio', {name: 'Flame graph'})).toHaveAttribute('aria-checked', 'true');
});

test('from a frame’s menu to its row in the table, and to its time on the lanes', async ({app, page}) => {
  await app.click(app.tab('Growth'));
  await app.frame('▲ runtime.newstack').click({button: 'right'});
  await app.click(page.getByRole('menuitem', {name: 'Show in the function table'}));
  await expect(app.tab('Functions')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', {name: 'runtime.newstack'})).toBeVisible();
  await app.frame('▲ runtime.newstack').click({button: 'right'});
  await app.click(page.getByRole('menuitem', {name: 'Select its time on the lanes'}));
  await expect(app.handle('Start')).toBeVisible();
  await expect(app.rootFrame).not.toHaveText(`all · ${ms(sum(samples()))}`);
});

test('Enter and Shift+Enter in the search go from match to match, as the buttons and n and N do', async ({app, page}) => {
  const field = page.getByRole('searchbox', {name: 'Search functions'});
  await field.fill('copystack');
  await app.atRest();
  const at = () => page.getByText(/^match \d+ of \d+$/).innerText();
  await field.press('Enter');
  await app.atRest();
  expect(await at()).toMatch(/^match 1 of/);
  await expect(app.flamePath).toContainText('runtime.copystack');
  await app.click(page.getByRole('button', {name: 'Next match'}));
  const second = await at();
  expect(second).toMatch(/^match 2 of/);
  await field.press('Shift+Enter');
  await app.atRest();
  expect(await at()).toMatch(/^match 1 of/);
  await app.flame.focus();
  await app.press('n');
  expect(await at()).toBe(second);
  await app.press('N');
  expect(await at()).toMatch(/^match 1 of/);
});

test('a search heeds case only when told to', async ({app, page}) => {
  await page.getByRole('searchbox', {name: 'Search functions'}).fill('COPYSTACK');
  await app.atRest();
  await expect(page.getByText(/^functions found: 1/)).toBeVisible();
  await app.click(page.getByRole('button', {name: 'Match case'}));
  await expect(page.getByText('No function has this in its name')).toBeVisible();
});

test('the stacks in view are saved folded as the command line folds them, and as pprof; the table as CSV', async ({app, page}) => {
  const save = async (item: string) => {
    await app.click(page.getByRole('button', {name: /^Export/}));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', {name: item}).click()]);
    return bytesOf(file);
  };
  await app.click(page.getByRole('radio', {name: 'samples'}));
  const lines = (text: string) => text.trimEnd().split('\n').toSorted();
  expect(lines((await save('Folded stacks')).toString())).toEqual(lines(morestackText('fold', capture('recursion', 'perf.txt.gz'))));
  expect(gunzipSync(await save('pprof (.pb.gz)')).length).toBeGreaterThan(1000);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save Functions as CSV'}).click()]);
  const [head, ...rows] = (await bytesOf(file)).toString().replace('\ufeff', '').trimEnd().split('\r\n');
  expect(head).toBe('function,kind,object,self,total,count,restored');
  expect(rows.reduce((total, row) => total + Number(row.split(',').at(-4)), 0)).toBe(samples().length);
});

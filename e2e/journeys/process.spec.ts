/** A capture of the whole system: the trace's process is looked at beforehand, others can be chosen, and what narrows is seen and removed. */
import AxeBuilder from '@axe-core/playwright';
import {expect, test, type App} from '../pages/app.ts';
import {capture, systemWidePerfText} from '../pages/captures.ts';

const perf = (hasPids: boolean) => ({name: 'perf.txt', mimeType: '', buffer: systemWidePerfText('churn', hasPids)});

async function openPair(app: App, hasPids = true): Promise<void> {
  await app.visit();
  await app.pick([perf(hasPids)]);
  await app.pick(capture('churn', 'trace.out.gz'));
}

const filters = ({page}: App) => page.getByRole('region', {name: 'Narrowed to'});
const button = ({page}: App) => page.locator('.process-button');
const list = ({page}: App) => page.getByRole('dialog', {name: 'Choose process, thread or comm'});

test('the process of the trace is looked at beforehand, the page says so, and all can be shown', async ({app}) => {
  await openPair(app);
  await expect(filters(app)).toContainText(/process churn \(\d+\).*chosen beforehand: the Go trace is of it/);
  await expect(button(app)).toHaveText(/churn \(pid \d+\) · 7\d(\.\d+)? % of samples/);
  await app.click(filters(app).getByRole('button', {name: 'Show all'}));
  await expect(filters(app)).toHaveCount(0);
  await expect(button(app)).toContainText('2 processes');
});

test('without pids the name of the trace’s threads stands for its process, and all of the trace is shown', async ({app}) => {
  await openPair(app, false);
  await expect(filters(app)).toContainText('comm churn');
  const growths = await app.headline.innerText();
  await app.click(filters(app).getByRole('button', {name: 'No longer only comm churn'}));
  await expect(filters(app)).toHaveCount(0);
  // The growths are the trace's, whoever else was sampled.
  const count = (text: string) => /[\d,]+ growths/.exec(text)?.[0];
  expect(count(await app.headline.innerText())).toBe(count(growths));
  await app.click(button(app));
  await expect(list(app)).toContainText('This text names no pids');
});

test('without a trace nothing is chosen beforehand', async ({app}) => {
  await app.visit();
  await app.pick([perf(true)]);
  await expect(filters(app)).toHaveCount(0);
  await expect(button(app)).toContainText('2 processes');
});

test('by pointer: a process, a thread of it, and all again', async ({app}) => {
  await openPair(app);
  await app.click(button(app));
  const rows = list(app).getByRole('treeitem');
  await expect(rows).toHaveText([/All 2 processes.*100 %/, /churn.*Go trace/, /postgres \(pid 4000000\)/]);
  await app.click(rows.nth(2).locator('.process-turn'));
  await expect(rows).toHaveCount(5);
  await app.click(rows.nth(3));
  await expect(list(app)).toHaveCount(0);
  await expect(filters(app)).toContainText(/process 4000000.*thread 400000[01]/);
  await expect(filters(app)).not.toContainText('beforehand');
  await app.click(filters(app).getByRole('button', {name: /No longer only thread/}));
  await expect(filters(app)).toContainText('process postgres (4000000)');
  await app.click(filters(app).getByRole('button', {name: /No longer only process/}));
  await expect(filters(app)).toHaveCount(0);
});

test('by key: p opens, typing searches, arrows move and open, Enter chooses, Escape leaves, Shift+Backspace shows all', async ({app}) => {
  await openPair(app);
  await app.press('p');
  await expect(list(app).getByRole('combobox')).toBeFocused();
  await app.press('Escape');
  await expect(list(app)).toHaveCount(0);
  await expect(button(app)).toBeFocused();
  await app.press('p');
  await app.press('End');
  await app.press('ArrowRight');
  await expect(list(app).getByRole('treeitem')).toHaveCount(5);
  await app.press('ArrowLeft');
  await expect(list(app).getByRole('treeitem')).toHaveCount(3);
  await app.page.keyboard.type('POSTG');
  await app.atRest();
  await expect(list(app).getByRole('treeitem').first()).toContainText('postgres');
  await app.press('Enter');
  await expect(button(app)).toHaveText(/postgres \(pid 4000000\)/);
  await app.press('Shift+Backspace');
  await expect(filters(app)).toHaveCount(0);
  await expect(button(app)).toContainText('2 processes');
});

test('the choice is in the address: Back takes it back, and who wanted all gets all again', async ({app}) => {
  await openPair(app);
  await app.click(filters(app).getByRole('button', {name: 'Show all'}));
  await app.page.goBack();
  await app.atRest();
  await expect(filters(app)).toContainText('chosen beforehand');
  await app.page.goForward();
  await app.atRest();
  await expect(filters(app)).toHaveCount(0);
  await app.page.reload();
  await app.atRest();
  await app.pick([perf(true)]);
  await app.pick(capture('churn', 'trace.out.gz'));
  await expect(filters(app)).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({colorScheme});
    test('axe finds nothing on what opens from the start page and from the bar', async ({app}) => {
      const axeFindsNothing = async () => {
        const {violations} = await new AxeBuilder({page: app.page}).analyze();
        expect(violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' ')}`)).toEqual([]);
      };
      await app.visit();
      for (const summary of await app.page.locator('details summary').all()) await summary.click();
      await axeFindsNothing();
      await app.pick([perf(true)]);
      await app.pick(capture('churn', 'trace.out.gz'));
      await app.press('p');
      await app.press('End');
      await app.press('ArrowRight');
      await axeFindsNothing();
      await app.press('Escape');
      await app.click(app.page.locator('.clock-button'));
      await axeFindsNothing();
    });
  });
}

/** Patterns: what is named is proven by the changes that the command line lists, and leads to an instance. Faults: by file and code. */
import AxeBuilder from '@axe-core/playwright';
import {Figures} from '../../src/base/figures.ts';
import {expect, test, type App} from '../pages/app.ts';
import {capture, captures, morestackLines, type GrowthLine} from '../pages/captures.ts';

const figures = new Figures('en');
const changesOf = (example: string) => morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures(example));
const axeFindsNothing = async ({page}: App) => {
  const {violations} = await new AxeBuilder({page}).include('.details').include('.headline').analyze();
  expect(violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' ')}`)).toEqual([]);
};

test('churn: every goroutine of main.serve climbs the same ladder, at the cost that its growths add up to', async ({app}) => {
  const growths = changesOf('churn').filter(({kind, startFunction}) => kind === 'growth' && startFunction === 'main.serve');
  const goroutines = new Set(growths.map(({goroutine}) => goroutine)).size;
  await app.visit();
  await app.pick(captures('churn'));
  await app.click(app.page.getByRole('button', {name: /^Churn regrowth/}));
  await expect(app.tab('Patterns')).toHaveAttribute('aria-selected', 'true');
  const card = app.panel.getByRole('listitem').filter({hasText: 'Churn regrowth'}).first();
  await expect(card).toContainText(`${figures.count(goroutines)} goroutines started as main.serve`);
  await expect(card).toContainText(`${figures.count(growths.length)} growths on this ladder`);
  await expect(card).toContainText(`${figures.duration(growths.reduce((all, {durationNs}) => all + (durationNs ?? 0), 0))} of copying`);
  await expect(card).toContainText(`≤ ${figures.bytes(growths.reduce((all, {oldBytes}) => all + (oldBytes ?? 0), 0))} copied`);
  await expect(card.locator('.pattern-ladder')).toHaveText('2 KiB4 KiB8 KiB16 KiB32 KiB');
  await expect(card).toContainText('Let goroutines live on');
  await expect(card).toContainText('At least 10 goroutines');
  await axeFindsNothing(app);
  const fragment = app.fragment;
  await card.getByRole('button', {name: /^Show G/}).focus();
  await app.press('Enter');
  await expect(app.panel.getByRole('heading', {level: 3})).toContainText('main.serve');
  await expect.poll(() => app.fragment).not.toBe(fragment);
});

test('oscillation: the shrinks that a later growth undid are counted, one by one', async ({app}) => {
  const changes = changesOf('recursion').filter(({startFunction}) => startFunction === 'main.checker');
  const grows = (line: GrowthLine, to: number) => line.kind === 'growth' && (line.newBytes ?? 0) >= to;
  const undone = changes.filter((shrink, i) => shrink.kind === 'shrink' && [changes.slice(0, i), changes.slice(i + 1)].every((side) => side.some((line) => line.goroutine === shrink.goroutine && grows(line, shrink.oldBytes ?? Infinity))));
  await app.visit();
  await app.pick(captures('recursion'));
  await app.click(app.page.getByRole('button', {name: /^GC oscillation/}));
  const card = app.panel.getByRole('listitem').filter({hasText: 'GC oscillation'}).filter({hasText: 'main.checker'}).first();
  await expect(card).toContainText(`${figures.count(undone.length)} shrinks undone`);
  await expect(card).toContainText('GODEBUG=gcshrinkstackoff=1');
  await app.click(card.getByRole('button', {name: 'Show only these goroutines'}));
  await expect(app.headline).toContainText('all started as main.checker');
});

test('where nothing is proven, what is looked for is said; where no sizes are, that', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await app.click(app.tab('Patterns'));
  await app.handle('End').focus();
  // The first hundredth of the recording holds a few first steps.
  for (let i = 0; i < 9; i++) await app.press('PageDown');
  for (let i = 0; i < 9; i++) await app.press('ArrowLeft');
  await expect(app.panel).toContainText('The events in view prove no pattern.');
  await expect(app.panel).toContainText('A goroutine grew to a size, a shrink took it, and a later growth reached it again.');
  await axeFindsNothing(app);
  await app.visit();
  await app.pick(capture('recursion', 'perf.txt.gz'));
  await app.click(app.tab('Patterns'));
  await expect(app.panel).toContainText('no open file tells of them');
});

test('faults are listed by file and code with a title, narrowed by severity and text, and copied', async ({app, page}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.visit();
  const record = (time: number) => `app 7 [000] ${time}.000000: 1 cpu-clock: \n\t          401000 main.main+0x10 (/app)\n\n`;
  const text = `${record(1)}\t  what is this\nand this is no record\n${record(2)}${record(3).trimEnd()}`;
  await app.pick([{name: 'odd.txt', mimeType: '', buffer: Buffer.from(text)}, {name: 'letter.txt', mimeType: '', buffer: Buffer.from('Dear engineer,\n\u0000\u0007<b>x</b>\n')}]);
  await app.click(page.locator('.headline').getByRole('button', {name: /faults?$/}));
  const files = app.panel.getByRole('region');
  await expect(files).toHaveCount(2);
  await expect(files.filter({hasText: 'letter.txt'})).toContainText('A file of no known kind');
  await expect(files.filter({hasText: 'odd.txt'})).toContainText('A line that is no record');
  await axeFindsNothing(app);
  await app.click(app.panel.getByRole('radio', {name: 'left out'}));
  await expect(files).toHaveCount(1);
  await app.press('ArrowLeft');
  await expect(files).not.toContainText(['A line that is no record']);
  await app.press('ArrowRight');
  await expect(files).toContainText(['A line that is no record']);
  await app.panel.getByRole('textbox', {name: 'Find in these faults'}).fill('and this is no');
  await expect(app.panel.locator('.fault')).toHaveCount(1);
  await app.panel.locator('.fault summary').focus();
  await app.press('Enter');
  await expect(app.panel.locator('.fault pre').first()).toHaveText('and this is no record');
  await app.click(app.panel.getByRole('button', {name: 'Copy all'}));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('odd.txt: skipped, 1 × perf-script/line\n  line 5, byte');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({colorScheme});
    test('axe finds nothing on any grouping of the growth table, nor on what is missing', async ({app}) => {
      await app.visit();
      await app.pick(captures('overflow'));
      for (const grouping of ['Causing function', 'Goroutine', 'Start function']) {
        await app.click(app.panel.getByRole('radio', {name: grouping}));
        await axeFindsNothing(app);
      }
      await app.click(app.panel.getByRole('row', {name: /lookup/}).first());
      await axeFindsNothing(app);
      await app.visit();
      await app.pick(capture('overflow', 'perf.txt.gz'));
      await app.page.locator('.headline-missing summary').click();
      await axeFindsNothing(app);
    });
  });
}

/** What a capture cannot tell is called not known: never none, never 0, and no pane is left empty without a word. */
import {gunzipSync} from 'node:zlib';
import {readFileSync} from 'node:fs';
import {expect, test} from '../pages/app.ts';
import {capture, captures, headlessPerfText} from '../pages/captures.ts';

const text = (name: string, lines: string) => ({name, mimeType: 'text/plain', buffer: Buffer.from(lines)});
const perfText = () => gunzipSync(readFileSync(capture('recursion', 'perf.txt.gz'))).toString('utf8');

test('beyond the end of the trace growths are not known, though samples show them', async ({app}) => {
  await app.visit();
  // The overflow ends the trace long before perf stops.
  await app.pick(captures('overflow'));
  await expect(app.panel.locator('tbody tr', {hasText: 'not known'}).locator('td[data-column=growths]')).toHaveText('–');
  await app.handle('Start').focus();
  for (let i = 0; i < 5; i++) await app.press('PageUp');
  await expect(app.headline).toContainText('of CPU time goes to growing stacks.');
  await expect(app.headline).not.toContainText('No stack grew');
  await expect(app.headline).toContainText('how often stacks grew here is not in trace.out.gz');
  const {goroutines, growths, shrinks, copied, copyTime} = await app.growthTotals();
  expect({goroutines, growths, shrinks, copied, copyTime}).toEqual({goroutines: '–', growths: '–', shrinks: '–', copied: '–', copyTime: '–'});
  await expect(app.panel).toContainText('trace.out.gz does not tell of the selected range.');
});

test('samples of another clock are nobody’s, and the table has the share that the headline has', async ({app}) => {
  await app.visit();
  await app.pick([capture('recursion', 'trace.out.gz')]);
  await app.pick({name: 'headless.txt', mimeType: 'text/plain', buffer: headlessPerfText('recursion')});
  const share = /^[\d.]+ %/.exec(await app.headline.innerText())![0];
  expect((await app.growthTotals()).samples).toBe(share);
  await expect(app.panel.locator('tbody tr', {hasText: 'not known'}).locator('td[data-column=growthWeight]')).toHaveText(share);
});

test('samples without call chains, or without names in them, do not say that none grows a stack', async ({app}) => {
  await app.visit();
  const leaves = perfText().replaceAll(/^(\t.*\n)(?:\t.*\n)+/gm, '$1');
  await app.pick(text('leaves.txt', leaves));
  const share = app.page.locator('.flame-share');
  await expect(app.headline).toContainText('These samples have no call chains');
  await expect(share).toHaveText('');
  await expect(app.panel).toContainText('nothing tells who grew');
  await app.click(app.sources.getByRole('button', {name: /^Remove/}));
  await app.pick(text('stripped.txt', perfText().replaceAll(/^(\t *[0-9a-f]+ )\S.*(\(\/.*)$/gm, '$1[unknown] $2')));
  await expect(app.headline).toContainText('The functions in these samples have no names');
  await expect(app.headline).not.toContainText('None of');
  await expect(share).toHaveText('');
  expect((await app.growthTotals()).samples).toBe('–');
});

test('probes that say nothing of a stack’s size do not say that no stack grew', async ({app}) => {
  await app.visit();
  await app.pick(text('probes.txt', 'app 41/42 [003] 5.000000001: probe_app:copystack: (47a2e0)\n\n'));
  await expect(app.headline).toContainText('How often stacks grew, whose and how far is not in these files.');
  await expect(app.headline).not.toContainText('No stack grew');
});

test('where no file could be read every pane says so, and leads to why', async ({app}) => {
  await app.visit();
  await app.pick({name: 'trace.out', mimeType: 'application/octet-stream', buffer: Buffer.from('go 1.21 trace\0\0\0')});
  for (const pane of ['timeline', 'flame']) await expect(app.page.locator(`[data-pane=${pane}]`)).toContainText('None of the files could be read.');
  for (const tab of ['Growth', 'Functions', 'Goroutine', 'Patterns', 'Sources']) {
    await app.click(app.tab(tab));
    await expect(app.panel).toContainText('None of the files could be read.');
  }
  await app.click(app.panel.getByRole('button', {name: 'Show what could not be read'}));
  await expect(app.panel).toContainText('input/go-trace-v1');
});

test('changes of the stacks that leave none say so, and not that there are no samples', async ({app, page}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await page.goto(`${page.url()}&x=f0main.gone`);
  await app.atRest();
  await expect(page.locator('.flame')).toContainText('The changes of the stacks leave none in view.');
  await app.click(page.getByRole('button', {name: 'Remove: only main.gone'}));
  await expect(app.rootFrame).toContainText('all');
});

test('growth chains alone and time in states are never shown as one', async ({app, page}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  const alone = page.getByRole('button', {name: 'Growth chains only'});
  await app.click(alone);
  await app.click(page.getByRole('button', {name: /^more/}));
  await app.click(page.getByRole('menuitemradio', {name: 'waiting time'}));
  await expect(alone).toHaveAttribute('aria-pressed', 'false');
  await app.click(app.headline.getByRole('button', {name: /%$/}));
  await expect(alone).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('radio', {name: 'CPU time'})).toBeChecked();
});

test('files of the same name can be told apart wherever they are named', async ({app}) => {
  await app.visit();
  await app.pick([capture('recursion', 'trace.out.gz')]);
  await app.pick([capture('churn', 'trace.out.gz')]);
  await expect(app.sources).toHaveText([/^trace\.out\.gz *trace format/, /trace\.out\.gz \(2\)/]);
  await expect(app.page.getByLabel('Time axis', {exact: true}).locator('option')).toHaveText(['trace.out.gz', 'trace.out.gz (2)']);
});

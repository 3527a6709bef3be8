/** Sources go as exactly as they came; files that are none say so; reading can be given up. */
import {expect, test} from '../pages/app.ts';
import {capture, captures} from '../pages/captures.ts';

test('a removed trace takes its goroutines and growths with it, and nothing else', async ({app}) => {
  await app.visit();
  await app.pick(capture('recursion', 'perf.txt.gz'));
  const alone = {headline: await app.headline.innerText(), table: await app.panel.innerText(), lanes: await app.lanes.innerText()};
  await app.pick(capture('recursion', 'trace.out.gz'));
  expect(await app.headline.innerText()).not.toBe(alone.headline);
  await app.click(app.page.getByRole('button', {name: 'Remove trace.out.gz'}));
  await expect(app.sources).toHaveCount(1);
  expect({headline: await app.headline.innerText(), table: await app.panel.innerText(), lanes: await app.lanes.innerText()}).toEqual(alone);
});

test('with the last source gone the page is as it was before the first', async ({app}) => {
  await app.visit();
  await app.pick(capture('churn', 'perf.txt.gz'));
  await app.click(app.page.getByRole('button', {name: 'Remove perf.txt.gz'}));
  await expect(app.page.getByRole('heading', {level: 1})).toHaveText('Who grows Go stacks, how far, and what it costs');
});

test('a raw perf.data is named, with the command that makes it readable', async ({app}) => {
  await app.visit();
  await app.pick({name: 'perf.data', mimeType: '', buffer: Buffer.from('PERFILE2'.padEnd(200, '\0'))});
  await expect(app.sources).toContainText('not readable');
  await app.click(app.tab('Faults'));
  await expect(app.panel).toContainText('perf script --header --ns -i perf.data > perf.txt');
});

test('a file of no known kind says what was looked for and what was seen, and leaves what is open as it is', async ({app}) => {
  await app.visit();
  await app.pick(captures('churn'));
  const before = await app.headline.innerText();
  await app.pick([{name: 'letter.txt', mimeType: '', buffer: Buffer.from('Dear engineer,\n')}, {name: 'empty.txt', mimeType: '', buffer: Buffer.alloc(0)}]);
  await expect(app.sources).toHaveCount(4);
  await app.click(app.tab('Faults'));
  await expect(app.panel).toContainText('Looked for: perf script text');
  await expect(app.panel).toContainText('text that begins “Dear engineer,”');
  await expect(app.panel).toContainText('The file is empty: 0 bytes.');
  expect(await app.headline.innerText()).toBe(before);
});

test('reading shows its bytes and can be cancelled: the bytes stop coming', async ({app, server}) => {
  await app.page.goto(`${app.url}/#open=half/perf.txt`);
  const chip = app.sources.first();
  await expect(chip.getByRole('progressbar')).toBeVisible();
  await expect(chip).toContainText(/\d KiB of \d/);
  await chip.getByRole('button', {name: 'Cancel reading perf.txt'}).click();
  await server.halfFileClosed;
  await app.atRest();
  await expect(app.page.getByRole('heading', {level: 1})).toBeVisible();
});

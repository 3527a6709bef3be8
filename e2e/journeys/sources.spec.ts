/** Sources go as exactly as they came; files that are none say so; reading can be given up. */
import {readFileSync} from 'node:fs';
import {gunzipSync, gzipSync} from 'node:zlib';
import {expect, test, type App} from '../pages/app.ts';
import {capture, captures, headlessPerfText} from '../pages/captures.ts';

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

test('a perf.data of the first version is named, with the command that makes it readable', async ({app}) => {
  await app.visit();
  await app.pick({name: 'perf.data', mimeType: '', buffer: Buffer.from('PERFFILE'.padEnd(200, '\0'))});
  await expect(app.sources).toContainText('not readable');
  await app.click(app.tab('Faults'));
  await expect(app.panel).toContainText('perf script -i perf.data > perf.txt');
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

test('a gzip file of several members is read whole', async ({app}) => {
  const text = gunzipSync(readFileSync(capture('churn', 'perf.txt.gz')));
  const middle = text.indexOf('\nchurn ', text.length >> 1) + 1;
  await app.visit();
  await app.pick([{name: 'joined.gz', mimeType: '', buffer: Buffer.concat([gzipSync(text.subarray(0, middle)), gzipSync(text.subarray(middle))])}]);
  const joined = await app.headline.innerText();
  await expect(app.status).toContainText('0 faults');
  await app.click(app.page.getByRole('button', {name: 'Remove joined.gz'}));
  await app.pick(capture('churn', 'perf.txt.gz'));
  expect(await app.headline.innerText()).toBe(joined);
});

test('a file that was opened by its address is known when it is picked', async ({app}) => {
  await app.visit();
  await app.tryExample('Churn');
  await app.pick(captures('churn'));
  await expect(app.sources).toHaveCount(2);
  await expect(app.page.getByText('It was not opened a second time.')).toHaveCount(2);
});

test('the bar says what each file is, how many faults it has, and how the clocks relate', async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
  await expect(app.sources.first()).toContainText(/cpu-clock.* · 419 samples · monotonic/);
  await expect(app.sources.nth(1)).toContainText('trace format go 1.26 · 35 goroutines · monotonic');
  await expect(clock(app)).toHaveText(/same clock · offset 0$/);
  await app.click(clock(app));
  await expect(app.page.getByRole('dialog', {name: 'How the clocks of the files relate'})).toContainText('both files name it');
  await app.press('Escape');
  await expect(clock(app)).toBeFocused();
  await app.pick([{name: 'cut.txt', mimeType: '', buffer: Buffer.concat([gunzipSync(readFileSync(capture('churn', 'perf.txt.gz'))), Buffer.from('\nchurn 1 nonsense\n\n')])}]);
  await expect(app.sources.nth(2)).toContainText(/\d fault/);
});

test('clocks that are not known to be one are aligned from the bar, by pointer and by key', async ({app}) => {
  await app.visit();
  await app.pick([{name: 'headless.txt', mimeType: '', buffer: headlessPerfText('recursion')}]);
  await app.pick(capture('recursion', 'trace.out.gz'));
  await expect(clock(app)).toContainText('not aligned');
  await app.click(clock(app));
  await app.click(app.page.getByRole('dialog').getByRole('button', {name: 'Use times as they are'}));
  await expect(clock(app)).toContainText('times used as they are');
  await app.page.getByRole('dialog').getByRole('textbox').fill('1200000');
  await app.press('Enter');
  await expect(clock(app)).toContainText('shifted by hand +1.2 ms');
});

test('a recording of another time on the same clock gets an axis of its own, and the page says so', async ({app}) => {
  const later = gunzipSync(readFileSync(capture('recursion', 'perf.txt.gz'))).toString('utf8').replaceAll(/^(recursion +\d+ )(\d+)\./gm, (_, thread: string, seconds: string) => `${thread}${Number(seconds) + 7200}.`);
  await app.visit();
  await app.pick(capture('recursion', 'trace.out.gz'));
  const length = await app.status.innerText();
  await app.pick([{name: 'later.txt', mimeType: '', buffer: Buffer.from(later)}]);
  await expect(clock(app)).toContainText('recorded at another time');
  expect((await app.status.innerText()).split(' recorded')[0]).toBe(length.split(' recorded')[0]);
});

test('the sources tab tells of the recording: its command, its length, its machine', async ({app}) => {
  await app.visit();
  await app.pick(capture('recursion', 'perf.txt.gz'));
  await app.click(app.tab('Sources'));
  await expect(app.panel).toContainText('perf record -N -k CLOCK_MONOTONIC -F 997 -g -o perf.data ./recursion');
  await expect(app.panel).toContainText('version 6.1');
  await expect(app.panel).toContainText('x86_64');
});

/** The chip that says how the clocks relate. */
function clock({page}: App) {
  return page.locator('.clock-button');
}

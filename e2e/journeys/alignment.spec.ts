/** Clocks that are not known to be the same: said, not guessed; aligned by hand or as they are. */
import {expect, test} from '../pages/app.ts';
import {capture, headlessPerfText} from '../pages/captures.ts';

const headless = {name: 'headless.txt', mimeType: 'text/plain', buffer: headlessPerfText('recursion')};

test.beforeEach(async ({app}) => {
  await app.visit();
  await app.pick(capture('recursion', 'trace.out.gz'));
  await app.pick(headless);
  await app.click(app.tab('Sources'));
});

test('a text without a header is not aligned, and its samples belong to no goroutine', async ({app}) => {
  await expect(app.sources.nth(1)).toContainText('not aligned');
  await expect(app.panel).toContainText('not stated: the text has no header');
  await expect(app.panel).toContainText('Its samples are attributed to no goroutine.');
  await app.click(app.tab('Growth'));
  // All that grow are in one row.
  const {samples} = await app.growthTotals();
  await expect(app.headline).toContainText(samples);
  await expect(app.panel.locator('tbody tr', {hasText: 'not known'}).locator('td[data-column=growthWeight]')).toHaveText(samples);
});

test('an offset by hand aligns it, a wrong one can be taken back', async ({app}) => {
  const form = app.panel.getByRole('textbox', {name: /^Offset in ns/});
  await form.fill('half a second');
  await app.click(app.panel.getByRole('button', {name: 'Apply'}));
  await expect(app.panel.getByRole('alert')).toContainText('A whole number of nanoseconds');
  await form.fill('0');
  await form.press('Enter');
  await app.atRest();
  await expect(app.panel).toContainText('shifted by hand: 0 ns');
  await app.click(app.tab('Growth'));
  expect((await app.growthTotals()).samples).toMatch(/^\d.* %$/);
  await app.click(app.tab('Sources'));
  await app.click(app.panel.getByRole('button', {name: 'As the files say'}));
  await expect(app.panel).toContainText('not aligned');
});

test('where times overlap they can be used as they are, with the share of samples that fit shown beside it', async ({app}) => {
  await expect(app.panel).toContainText(/\d[\d.]* % of whole call chains begin in the function their goroutine was started with/);
  await app.click(app.panel.getByRole('button', {name: 'Use times as they are'}));
  await expect(app.panel).toContainText('times used as they are, as you chose');
});

test('where the recordings do not overlap, using their times as they are is refused with the reason', async ({app}) => {
  const {buffer} = headless;
  const early = buffer.toString('utf8').replace(/^(\S.* )\d+(\.\d+: )/gm, (_, thread: string, fraction: string) => `${thread}1${fraction}`);
  await app.pick({name: 'early.txt', mimeType: 'text/plain', buffer: Buffer.from(early)});
  await expect(app.panel.getByRole('region', {name: 'early.txt'})).toContainText('the two recordings do not overlap in time');
});

/** The address holds the view: Back and Forward go through it, another page shows it, a reload with the same files restores it. */
import {expect, test} from '../pages/app.ts';
import {capture, captures, headlessPerfText} from '../pages/captures.ts';

test('Back and Forward go through tab, goroutine, brush and frame', async ({app, page}) => {
  await app.visit();
  await app.pick(captures('churn'));
  await app.handle('Start').focus();
  await app.press('PageUp');
  await expect.poll(() => app.fragment).toContain('&r=');
  const start = await app.handle('Start').getAttribute('aria-valuenow');
  await app.click(app.tab('Sources'));
  expect(app.fragment).toContain('&t=sources');
  await app.flame.focus();
  await app.press('ArrowDown');
  await app.press('ArrowDown');
  await app.press('Enter');
  await expect.poll(() => app.fragment).toContain('&p=');

  const back = async () => {
    await page.goBack();
    await app.atRest();
  };
  await back();
  expect(app.fragment).not.toContain('&p=');
  await expect(app.tab('Sources')).toHaveAttribute('aria-selected', 'true');
  await back();
  await expect(app.tab('Sources')).toHaveAttribute('aria-selected', 'false');
  await expect(app.handle('Start')).toHaveAttribute('aria-valuenow', start ?? '');
  await back();
  await expect(app.handle('Start')).toHaveAttribute('aria-valuenow', '0');
  await page.goForward();
  await app.atRest();
  await expect(app.handle('Start')).toHaveAttribute('aria-valuenow', start ?? '');
});

test('a reload with the same files dropped again, in another order, shows the same view; till then the page says which files', async ({app, page}) => {
  await app.visit();
  await app.pick(captures('churn'));
  await app.handle('End').focus();
  await app.press('PageDown');
  await app.click(app.lanes.getByRole('treeitem', {name: /^G\d+/}).first());
  await page.getByRole('searchbox').fill('morestack');
  await expect.poll(() => app.fragment).toContain('q=morestack');
  const before = {story: await app.panel.innerText(), end: await app.handle('End').getAttribute('aria-valuenow'), headline: await app.headline.innerText()};
  expect(page.url().length - app.url.length).toBeLessThan(1024);

  await page.reload();
  await app.atRest();
  await expect(page.getByText(/This link shows a view of perf\.txt\.gz \(.+\), trace\.out\.gz \(.+\)/)).toBeVisible();
  await app.pick(captures('churn').toReversed());
  await expect(page.getByText('This link shows a view of')).toHaveCount(0);
  await expect(app.panel).toHaveText(before.story, {useInnerText: true});
  await expect(app.handle('End')).toHaveAttribute('aria-valuenow', before.end ?? '');
  await expect(app.headline).toHaveText(before.headline, {useInnerText: true});
  await expect(page.getByRole('searchbox')).toHaveValue('morestack');
});

test('an example’s address opens it with its view on another page', async ({app, page}) => {
  await app.visit();
  await app.tryExample('Recursion');
  await app.click(app.tab('Sources'));
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await app.atRest();
  await expect(app.sources).toHaveCount(2);
  await expect(app.tab('Sources')).toHaveAttribute('aria-selected', 'true');
});

test('a link that is forgotten leaves the start page as it is', async ({app, page}) => {
  await app.visit('/#v1&f=xc.1.lost.out&t=faults');
  await expect(page.getByText('This link shows a view of lost.out')).toBeVisible();
  await app.click(page.getByRole('button', {name: 'Forget the link'}));
  await expect(page.getByText('lost.out')).toHaveCount(0);
  expect(app.fragment).toBe('');
});

for (const hash of ['#v1&r=%ff&w=1.2&g=zz&p=~~&i=;;&f=a.b;;', '#v1&t=<img src=x onerror=alert(1)>', '#%', `#v1&q=${'a'.repeat(5000)}`]) {
  test(`a hostile address harms nothing: ${hash.slice(0, 40)}`, async ({app}) => {
    await app.visit(`/${hash}`);
    await app.tryExample('Churn');
    await expect(app.headline).toContainText('growths');
  });
}

test('an alignment by hand is in the address: Back takes it back, and a reload with the same files has it again', async ({app, page}) => {
  const headless = {name: 'headless.txt', mimeType: 'text/plain', buffer: headlessPerfText('recursion')};
  await app.visit();
  await app.pick(capture('recursion', 'trace.out.gz'));
  await app.pick(headless);
  await app.click(app.tab('Sources'));
  await app.panel.getByRole('textbox', {name: /^Offset in ns/}).fill('1500');
  await app.click(app.panel.getByRole('button', {name: 'Apply'}));
  await expect(app.panel).toContainText('shifted by hand: 1500 ns');
  await page.goBack();
  await app.atRest();
  await expect(app.panel).toContainText('not aligned');
  await page.goForward();
  await app.atRest();
  await expect(app.panel).toContainText('shifted by hand: 1500 ns');
  await page.reload();
  await app.pick(headless);
  await app.pick(capture('recursion', 'trace.out.gz'));
  await expect(app.panel).toContainText('shifted by hand: 1500 ns');
});

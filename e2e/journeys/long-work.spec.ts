/** Long work: what is being computed is said once it takes two seconds, in the status line and in its pane; reading shows bytes and can be cancelled. */
import {expect, test} from '../pages/app.ts';

test('an answer that takes over two seconds says what is being computed; before that nothing flickers, and with the answer it is gone', async ({app, page}) => {
  await page.clock.install();
  await page.addInitScript(() => {
    // Questions for the flame graph wait at the worker's door as long as the test wants.
    const post = Worker.prototype.postMessage;
    const held: (() => void)[] = [];
    Object.assign(window, {holds: false, letGo: () => held.splice(0).forEach((go) => go())});
    Worker.prototype.postMessage = function (this: Worker, message: {kind: string; ask?: {derivation: string}}, ...rest: never[]) {
      const send = () => Reflect.apply(post, this, [message, ...rest]) as void;
      if (message.ask?.derivation === 'flame' && (window as unknown as {holds: boolean}).holds) held.push(send);
      else send();
    };
  });
  await app.visit();
  await app.tryExample('Churn');
  await expect(app.status).toContainText('worker idle');
  await page.evaluate(() => Object.assign(window, {holds: true}));
  await page.getByRole('button', {name: 'Growth chains only'}).click();
  await expect(app.status).toContainText('worker busy');
  const working = page.locator('.pane-work');
  await expect(working).toHaveCount(0);
  await page.clock.fastForward(2100);
  await expect(app.status).toContainText(/building the call tree of [\d,]+ samples …/);
  await expect(page.locator('[data-pane=flame]').locator(working)).toContainText('building the call tree');
  await page.evaluate(() => {
    Object.assign(window, {holds: false});
    (window as unknown as {letGo: () => void}).letGo();
  });
  await app.atRest();
  await expect(working).toHaveCount(0);
  await expect(app.status).toContainText('worker idle');
});

test('a file that is being read shows its bytes, and how much of them came, and can be cancelled', async ({app, page}) => {
  await page.goto(`${app.url}/#open=half/perf.txt`);
  await expect(app.status).toContainText(/reading perf\.txt: [\d.]+ KiB of [\d.]+ KiB/);
  await page.getByRole('button', {name: 'Cancel reading perf.txt'}).click();
  await app.atRest();
  await expect(page.getByRole('contentinfo')).toHaveCount(0);
});

/** After the first visit the page works without a network, at the root and below it; a new version takes over as a whole. */
import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Page} from '@playwright/test';
import {startMorestack} from '../cli/morestack.ts';
import {expect, test} from '../pages/app.ts';
import {capture, captures} from '../pages/captures.ts';
import {serveDist, SUB_PATH} from '../pages/static-server.ts';

test.use({serviceWorkers: 'allow'});

/** All of the shell is kept and this page is served from it. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, {once: true}));
  });
}

for (const path of ['/', SUB_PATH]) {
  test(`at ${path} the page opens files and an example that was opened before, without a network`, async ({app}) => {
    await app.visit(path);
    await isKept(app.page);
    await app.tryExample('Churn');
    const headline = await app.headline.innerText();
    await app.page.context().setOffline(true);
    await app.visit(path);
    await expect(app.page.locator('.start-example img:visible').first()).toHaveJSProperty('complete', true);
    await app.pick(captures('recursion'));
    await expect(app.sources).toHaveCount(2);
    await expect(app.flame).toHaveAttribute('data-complete', 'true');
    await app.visit(`${path}?again`);
    await app.tryExample('Churn');
    expect(await app.headline.innerText()).toBe(headline);
  });
}

test('the visit in which it is kept needs no network for what comes later in it', async ({app}) => {
  await app.visit();
  await isKept(app.page);
  await app.page.context().setOffline(true);
  await app.pick(captures('churn'));
  await expect(app.sources).toHaveCount(2);
  await expect(app.sources.first()).not.toContainText('failed');
});

test('a new version takes over on the next load, whole: every script of it is its own', async ({page}) => {
  const folder = mkdtempSync(join(tmpdir(), 'morestack-dist-'));
  cpSync(join(import.meta.dirname, '../../dist'), folder, {recursive: true});
  const server = await serveDist(folder);
  await page.goto(server.url);
  await isKept(page);
  const before = await scripts(page);
  publishAnother(folder);
  // The browser looks for a new version with each visit; the visit itself still gets the old one, whole.
  await page.reload();
  expect(await scripts(page)).toEqual(before);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const next = registration.installing ?? registration.waiting;
    if (next && next.state !== 'activated') await new Promise<void>((resolve) => next.addEventListener('statechange', () => next.state === 'activated' && resolve()));
  });
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', {level: 1})).toBeVisible();
  const after = await scripts(page);
  expect(after).not.toEqual(before);
  expect(after.every((name) => existsSync(join(folder, name)))).toBe(true);
  await server.close();
  rmSync(folder, {recursive: true});
});

/** The scripts that the page names. */
function scripts(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll('script[src]')].map((script) => script.getAttribute('src') ?? ''));
}

/** The same build as if one line of it had changed: the page's script has another hash, its list another version. */
function publishAnother(folder: string): void {
  const script = readdirSync(join(folder, 'assets')).find((name) => readFileSync(join(folder, 'index.html'), 'utf8').includes(name) && name.endsWith('.js'))!;
  const other = script.replace(/-[\w-]{8}\.js$/, '-otherone.js');
  renameSync(join(folder, 'assets', script), join(folder, 'assets', other));
  for (const name of ['index.html', 'service-worker.js']) {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll(script, other).replace(/"version":"[^"]*"/, '"version":"another"');
    writeFileSync(join(folder, name), text);
  }
}

test('what `morestack open` serves keeps nothing in the browser: its address is of one run', async ({page}) => {
  const child = startMorestack(['open', '--no-browser', capture('churn', 'perf.txt.gz')]);
  const url = await new Promise<string>((resolve) => child.stdout!.once('data', (line: Buffer) => resolve(line.toString().trim())));
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset['idle'] === 'true');
  await expect(page.getByRole('list', {name: 'Sources'}).getByRole('listitem')).toHaveCount(1);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  expect((await page.request.get(new URL('service-worker.js', url).href)).status()).toBe(404);
  child.kill('SIGINT');
});

test('the page can be installed: its manifest and icons are there', async ({app}) => {
  await app.visit(SUB_PATH);
  const href = await app.page.locator('link[rel=manifest]').evaluate((link) => (link as HTMLLinkElement).href);
  const manifest = (await (await app.page.request.get(href)).json()) as {icons: {src: string}[]; start_url: string};
  expect(new URL(manifest.start_url, href).href).toBe(`${app.url}${SUB_PATH}`);
  for (const {src} of manifest.icons) expect((await app.page.request.get(new URL(src, href).href)).status()).toBe(200);
});

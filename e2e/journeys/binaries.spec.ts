/** Binaries beside captures: the names that they know appear at once, a wrong one is refused, and the page says which are missing. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Locator} from '@playwright/test';
import {expect, test, type App, type FileInMemory} from '../pages/app.ts';
import {axeFindsNothing} from '../pages/axe.ts';
import {appBinary, copiedStacks, goAddresses, goBinary, OTHER_ID, OWN_ID, recording} from '../pages/binaries.ts';
import {corpusCaptures, morestackLines, type SampleLine} from '../pages/captures.ts';

/** What the command line says of files in memory. */
function samplesOf(...files: readonly FileInMemory[]): (SampleLine & {readonly inlined?: readonly number[]})[] {
  const folder = mkdtempSync(join(tmpdir(), 'morestack-binaries-'));
  try {
    for (const {name, buffer} of files) writeFileSync(join(folder, name), buffer);
    return morestackLines('samples', ...files.map(({name}) => join(folder, name)));
  } finally {
    rmSync(folder, {recursive: true});
  }
}

const chip = (app: App, name: string) => app.sources.filter({has: app.page.locator('strong', {hasText: new RegExp(`^${name.replace(/[()]/g, '\\$&')}$`)})});
const wanted = (app: App): Locator => app.panel.getByRole('table', {name: 'Object files of perf.data'}).locator('tbody tr');

test('after a perf.data its binary is dropped: names appear at once, and go with it', async ({app}) => {
  await app.visit();
  await app.drop([recording]);
  await expect(app.frame('[app]')).toBeVisible();
  await app.drop([appBinary(OWN_ID)]);
  await expect(chip(app, 'app')).toContainText('ELF · 23df3d73 · 8 frames in 1 file');
  for (const name of new Set(samplesOf(recording, appBinary(OWN_ID)).flatMap(({stack}) => stack ?? []))) await expect(app.frame(name)).toBeVisible();
  await expect(app.frame('[app]')).toHaveCount(0);
  await expect(app.page.getByRole('log')).toContainText('app: 8 frames in 1 file');
  await app.click(app.page.getByRole('button', {name: 'Remove app', exact: true}));
  await expect(app.frame('[app]')).toBeVisible();
  await expect(app.frame('main.grow')).toHaveCount(0);
});

test('a Go binary that was there before the text names its addresses, and marks what was inlined', async ({app}) => {
  await app.visit();
  await app.pick([goBinary]);
  await expect(app.headline).toContainText('Open a capture beside them');
  await app.pick([goAddresses]);
  const [sample] = samplesOf(goBinary, goAddresses);
  const {stack, inlined} = sample;
  expect(inlined?.length).toBeGreaterThan(0);
  for (const [place, name] of (stack ?? []).entries()) {
    await expect(app.frame(`${inlined?.includes(place) ? '↳ ' : ''}${name}`)).toBeVisible();
  }
  await expect(app.page.getByRole('list', {name: 'What the colours mean'})).toContainText('inlined');
  await app.frame('↳ main.one').hover();
  await expect(app.page.locator('.tooltip')).toContainText('inlined by the compiler into its caller');
  await app.click(app.tab('Functions'));
  await expect(app.panel.getByRole('row', {name: /main\.one/})).toContainText('inlined');
  await app.click(app.panel.getByRole('row', {name: /main\.one/}));
  await expect(app.panel.getByRole('region', {name: 'main.one'})).toContainText('example.com/places/main.go:54');
});

test('a binary of another build id is refused with both ids, and stays refused beside the right one', async ({app}) => {
  await app.visit();
  await app.pick([recording]);
  await app.pick([appBinary(OTHER_ID)]);
  await expect(chip(app, 'app')).toContainText('not used: another build id');
  await expect(app.frame('[app]')).toBeVisible();
  await app.click(app.tab('Sources'));
  const told = app.panel.getByRole('region', {name: 'app', exact: true});
  for (const id of [OWN_ID, OTHER_ID]) {
    await expect(told.getByText(/^Not used/)).toContainText(id);
    await expect(app.page.getByRole('log')).toContainText(id);
  }
  await app.pick([appBinary(OWN_ID)]);
  await expect(app.frame('main.grow')).toBeVisible();
  await expect(chip(app, 'app (2)')).toContainText('8 frames in 1 file');
  await expect(chip(app, 'app')).toContainText('not used: another build id');
});

test('the page says which binary is missing and what it would name; its button, by pointer and by key, takes the file', async ({app}) => {
  await app.page.addInitScript(() => Object.defineProperty(window, 'showOpenFilePicker', {value: undefined}));
  await app.visit();
  await app.pick([recording]);
  await expect(app.page.locator('.headline')).toContainText('100 % of samples have addresses that app would name');
  await app.click(app.page.locator('.headline').getByRole('button', {name: 'app', exact: true}));
  await expect(wanted(app)).toHaveCount(1);
  await expect(wanted(app)).toContainText(/app\s*23df3d73\s*20\s*missing/);
  const choose = wanted(app).getByRole('button', {name: 'Choose the file app'});
  for (const act of [() => choose.click(), () => choose.press('Enter')]) {
    const chooser = app.page.waitForEvent('filechooser');
    await act();
    await (await chooser).setFiles(appBinary(OWN_ID));
    await app.atRest();
    await expect(wanted(app)).toContainText('8 of 8 frames named by app');
    await expect(app.page.locator('.headline')).not.toContainText('would name');
    await app.click(app.page.getByRole('button', {name: 'Remove app', exact: true}));
    await expect(wanted(app)).toContainText('missing');
  }
});

test('copied stacks are unwound anew when their binary comes, as the command line unwinds them', async ({app}) => {
  const files = corpusCaptures('perf/44-go125-dwarf.data', 'perf/bin_gostack_go125');
  test.skip(files === null, 'the corpus of captures is not beside the checkout');
  const [recorded, binary] = files!;
  await app.visit();
  await app.pick(recorded);
  await expect(app.frame('runtime.goexit')).toHaveCount(0);
  await app.pick(binary);
  const ends = morestackLines<SampleLine & {readonly stackEnd: string | null}>('samples', recorded, binary);
  expect(ends.filter(({stackEnd, stack}) => stackEnd === 'root' && stack?.[0] === 'runtime.goexit.abi0').length).toBeGreaterThan(10);
  // The capture is read again: what was read of it stands till then.
  await expect(app.frame('runtime.goexit')).toBeVisible();
  expect(ends.some(({stackEnd}) => stackEnd === 'end-of-dump')).toBe(true);
  await expect(app.frame('cut off by the recorder toward the root')).toBeVisible();
});

for (const key of [null, 'Enter']) {
  test(`while stacks are unwound anew the status line says so, and how far it is; ${key ?? 'a press'} on “stop” leaves them as they are`, async ({app, server}) => {
    Object.assign(server.again, {content: copiedStacks(), holds: false});
    await app.visit('/#open=again/perf.data');
    await expect(app.status).toContainText('worker idle');
    server.again.holds = true;
    await app.page.locator('input[type=file]').first().setInputFiles([{...goBinary, name: 'app'}]);
    await expect(app.status).toContainText(/unwinding the stacks of perf\.data anew: [1-9]\.\d+ KiB of 13\.\d+ KiB/);
    await expect(app.status).not.toContainText('idle');
    const stop = app.status.getByRole('button', {name: 'stop: the stacks of perf.data stay as they are'});
    await (key === null ? stop.click() : stop.press(key));
    await app.atRest();
    await expect(app.status).toContainText('worker idle');
    await expect(app.status).not.toContainText('unwinding');
  });
}

test('a link of a view names the binary too, and holds when the files are opened again in another order', async ({app}) => {
  await app.visit();
  await app.pick([recording, appBinary(OWN_ID)]);
  await app.click(app.tab('Sources'));
  const {fragment} = app;
  expect(fragment).toMatch(/f=[^&]*perf\.data;[^&]*app/);
  await app.visit(`/#${fragment.replace(/^#/, '')}`);
  await app.page.reload();
  await app.atRest();
  await app.pick([appBinary(OWN_ID), recording]);
  await expect(app.tab('Sources')).toHaveAttribute('aria-selected', 'true');
  await expect(app.frame('main.grow')).toBeVisible();
  expect(app.fragment).toContain('t=sources');
});

for (const language of ['en', 'zh-CN'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`axe finds nothing where binaries are missing, refused and used (${language}, ${scheme})`, async ({app}) => {
      await app.page.emulateMedia({colorScheme: scheme});
      await app.visit();
      await app.pick([recording]);
      if (language === 'zh-CN') await app.choose('Language', '简体中文');
      await app.click(app.page.getByRole('tab', {name: language === 'en' ? /^Sources/ : /^数据源/}));
      await axeFindsNothing(app);
      await app.pick([appBinary(OTHER_ID)]);
      await axeFindsNothing(app);
      await app.pick([goBinary, goAddresses, appBinary(OWN_ID)]);
      await axeFindsNothing(app);
    });
  }
}

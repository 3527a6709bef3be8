/** Captures larger than what a page may hold: they open all the same, whole, because no more of a file lies in memory than is being read. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium, expect, test} from '@playwright/test';
import {writePerfData} from '../../bench/perf-data.mjs';
import {writePerfText} from '../../bench/perf-text.mjs';
import {rendererPeakMiB} from '../../bench/renderer-memory.mjs';
import {App} from '../pages/app.ts';
import {serveDist} from '../pages/static-server.ts';

const MOST_MIB = 1024;
const TO_READ_MS = 300_000;

/** Gives a made file to the built page, in a browser of its own, and checks what comes of it and how much memory that took. */
async function opened(make: (path: string) => {readonly samples: number}, check: (app: App, samples: number) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'morestack-big-'));
  const server = await serveDist();
  const {launchOptions, viewport, locale} = test.info().project.use;
  const profile = join(folder, 'profile');
  const context = await chromium.launchPersistentContext(profile, {...launchOptions, viewport: viewport ?? null, ...(locale === undefined ? {} : {locale}), serviceWorkers: 'block'});
  try {
    const path = join(folder, 'capture');
    const {samples} = make(path);
    const app = new App(await context.newPage(), server.url);
    await app.visit();
    await app.page.locator('input[data-picks=files]').setInputFiles(path);
    await check(app, samples);
    const peakMiB = rendererPeakMiB(profile);
    test.info().annotations.push({type: 'MiB of the renderer', description: peakMiB.toFixed(0)});
    console.log(`${test.info().title}: ${peakMiB.toFixed(0)} MiB`);
    expect(peakMiB).toBeGreaterThan(0);
    expect(peakMiB).toBeLessThan(MOST_MIB);
  } finally {
    await context.close();
    await server.close();
    rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  }
}

async function isWhole(app: App, samples: number): Promise<void> {
  await expect(app.flame).toHaveAttribute('data-complete', 'true', {timeout: TO_READ_MS});
  await expect(app.status).toContainText(`${samples.toLocaleString('en')} samples`);
  await expect(app.status).toContainText('0 faults');
}

/** Runs in the page: whether something of the file is painted, or all of it; null: neither yet. */
function paintedOrWhole(): 'painted' | 'whole' | null {
  const flame = document.querySelector<HTMLElement>('.flame-graph');
  if (flame?.dataset['complete'] === 'true') return 'whole';
  const canvas = flame?.querySelector('canvas');
  const small = new OffscreenCanvas(32, 32).getContext('2d');
  if (!canvas || canvas.width === 0 || !small) return null;
  small.drawImage(canvas, 0, 0, 32, 32);
  return small.getImageData(0, 0, 32, 32).data.some((value) => value > 0) ? 'painted' : null;
}

test('a perf text of more than 512 MiB, which is more than one string can hold, opens whole', async () => {
  await opened((path) => writePerfText(path, {bytes: 600e6}), isWhole);
});

test('a perf text of 2.2 GB opens whole, and there is a picture before all of it is read', async () => {
  await opened((path) => writePerfText(path, {bytes: 2.2e9}), async (app, samples) => {
    const first = await app.page.waitForFunction(paintedOrWhole, null, {timeout: TO_READ_MS});
    expect(await first.jsonValue()).toBe('painted');
    const read = Number(/([\d,]+) samples/.exec((await app.status.textContent()) ?? '')?.[1].replaceAll(',', ''));
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(samples);
    await isWhole(app, samples);
  });
});

test('a perf.data of 2 GB with copies of stacks opens whole', async () => {
  await opened((path) => writePerfData(path, {bytes: 2e9, dumpBytes: 8192}), isWhole);
});

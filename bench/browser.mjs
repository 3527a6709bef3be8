/**
 * Drives a page in Chromium as a person would: opens it, gives it a file, waits until the picture is complete. Measures how long that
 * took, the longest task that held up the page meanwhile, and the memory of the process that draws it. One driver for every page.
 */
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {chromium} from '@playwright/test';
import {chromiumPath} from '../.ci/chromium.mjs';
import {serveSpeedscope} from './peer-pages.mjs';
import {rendererPeakMiB} from './renderer-memory.mjs';

/** What the driver has to know of a page; functions run in it. */
const pages = {
  morestack: {
    input: 'input[type=file]',
    isReady: () => document.documentElement.dataset.idle === 'true',
    // The flame graph of all samples is drawn; the time line may still be on its way.
    isComplete: () => document.querySelector('[data-complete="true"]') !== null,
    canvas: '.flame-canvas',
    serve: serveMorestack,
  },
  speedscope: {
    input: 'input[type=file]',
    isReady: () => document.querySelector('input[type=file]') !== null,
    canvas: 'canvas',
    isComplete: () => document.querySelector('canvas') !== null && [...document.querySelectorAll('div')].some((div) => div.children.length < 4 && /^.{0,20}Left Heavy/.test(div.textContent)),
    serve: serveSpeedscope,
  },
};

const GIVE_UP_MS = 180_000;
/** How long a person who has just opened a page takes to drop a file on it, at the least. */
const A_HAND_MS = 1000;

/**
 * Measures `runs` loads of a file, each in a new browser. Times in ms, memory in MiB. `looksOn`: also at what is painted before the
 * picture is complete: `partsMs` when. `readMs`: when the session worker of Morestack had all of the file.
 */
export async function measureInBrowser(name, file, runs, program, looksOn = false) {
  const served = await pages[name].serve(program);
  try {
    const results = [];
    for (let run = 0; run < runs; run++) results.push(await oneLoad(pages[name], served.url, file, looksOn));
    return results;
  } finally {
    await served.stop();
  }
}

async function oneLoad({input, isReady, isComplete, canvas}, url, file, looksOn) {
  const profile = mkdtempSync(join(tmpdir(), 'morestack-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    viewport: {width: 1440, height: 900},
    args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.addInitScript({content: `(${watch.toString()})(${isComplete.toString()}, ${JSON.stringify(looksOn ? canvas : null)})`});
    // Twice: a browser that was just started is busy with itself, and whoever opens a capture has opened the page before.
    for (let visit = 0; visit < 2; visit++) {
      await page.goto('about:blank');
      await page.goto(url, {waitUntil: 'load'});
      await page.locator(input).first().waitFor({state: 'attached'});
      await page.waitForFunction(isReady);
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    }
    // Nobody has a file in hand when a page comes up.
    await page.waitForTimeout(A_HAND_MS);
    await page.locator(input).first().setInputFiles(file);
    await page.waitForFunction(() => window.measured.completeMs !== null, null, {timeout: GIVE_UP_MS});
    const {givenMs, readMs, completeMs, tasks, pictures} = await page.evaluate(() => window.measured);
    const firstPaintMs = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null);
    const during = tasks.filter(({startMs, durationMs}) => startMs + durationMs >= givenMs && startMs <= completeMs);
    return {firstPaintMs, readMs: readMs === null ? null : readMs - givenMs, pictureMs: completeMs - givenMs, longestTaskMs: Math.max(0, ...during.map(({durationMs}) => durationMs)), rendererMiB: rendererPeakMiB(profile), partsMs: pictures.map((atMs) => atMs - givenMs)};
  } finally {
    await context.close();
    rmSync(profile, {recursive: true, force: true, maxRetries: 5});
  }
}

/**
 * Runs in the page before its own scripts: notes when a file is given, and the first frame after which the picture is complete. With the
 * selector of a canvas also the frames before that in which something was painted on it.
 */
function watch(isComplete, canvas) {
  const measured = (window.measured = {givenMs: null, readMs: null, completeMs: null, tasks: [], pictures: []});
  const OriginalWorker = window.Worker;
  window.Worker = class extends OriginalWorker {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({data}) => {
        if (data?.kind === 'changed' && !data.partial) measured.readMs ??= performance.now();
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const {startTime, duration} of list.getEntries()) measured.tasks.push({startMs: startTime, durationMs: duration});
  }).observe({type: 'longtask', buffered: true});
  let isPainted = false;
  const {fillRect} = CanvasRenderingContext2D.prototype;
  // Asking for its pixels would hold up the page longer than painting it.
  if (canvas !== null) {
    CanvasRenderingContext2D.prototype.fillRect = function (...box) {
      isPainted ||= this.canvas === document.querySelector(canvas);
      fillRect.apply(this, box);
    };
  }
  const everyFrame = () => {
    if (isComplete()) {
      measured.completeMs = performance.now();
      return;
    }
    if (isPainted) measured.pictures.push(performance.now());
    isPainted = false;
    requestAnimationFrame(everyFrame);
  };
  document.addEventListener('change', (event) => {
    if (event.target.type !== 'file') return;
    measured.givenMs = performance.now();
    requestAnimationFrame(everyFrame);
  }, true);
}

async function serveMorestack(program) {
  const child = spawn(process.execPath, [program, 'open', '--no-browser'], {stdio: ['ignore', 'pipe', 'inherit']});
  const {value: url} = await createInterface({input: child.stdout})[Symbol.asyncIterator]().next();
  return {url, stop: () => child.kill('SIGINT')};
}

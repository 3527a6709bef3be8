/**
 * The figures that the explorer is held to, each in Chromium with software raster: how soon a picture of a million nodes is there, what
 * a frame costs while one pans over a million intervals, how long a task holds up the page, what a brush takes, what the page holds.
 */
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {chromium} from '@playwright/test';
import {chromiumPath} from '../.ci/chromium.mjs';
import {foldedTree, goService} from './inputs.mjs';
import {framesOf, startTracing} from './main-thread.mjs';
import {watchPage} from './watch-page.mjs';

const GIVE_UP_MS = 180_000;
const FRAME_MS = 1000 / 60;
/** At most, at 1600×900. Infinity: no limit, told for comparison. */
export const limits = {
  'tree of 1M nodes: ms from answer to canvas': 60,
  'click zoom: ms to canvas': 30,
  'click zoom: ms to labels': 80,
  'search: ms to canvas': 30,
  'search: ms to labels': 80,
  'pan: CPU ms a frame': 16,
  'an empty page: dropped frames': Infinity,
  'pan: dropped frames': 0,
  'wheel zoom: CPU ms a frame': 16,
  'wheel zoom: dropped frames': 0,
  'wheel zoom: ms behind': 100,
  'brush over 1M samples: ms to all views': 150,
  'ms of the longest task': 50,
  'page heap: MiB': 64,
};

/** What may be measured alone, each with files of its own. */
export const gestures = {
  flame: {files: () => [foldedTree(1_000_000).path], measure: flameGraph},
  lanes: {files: () => [goService({events: 1_125_000, goroutines: 2000, samples: 0}).trace], measure: timeLine},
  brush: {
    files: () => {
      const {perf, trace} = goService({events: 5_000_000, goroutines: 10_000, samples: 1_000_000});
      return [perf, trace];
    },
    measure: brush,
  },
};

/** Runs the named `gestures` at one size of the window. Gives lists of measured values by the names of `limits`. */
export async function explore(program, {width, height}, runs, names) {
  const figures = {};
  const note = (name, ...values) => (figures[name] ??= []).push(...values);
  await inPage(program, {width, height}, async (visit) => {
    for (const name of names) await gestures[name].measure(await visit(...gestures[name].files()), runs, note);
  });
  return figures;
}

async function flameGraph(session, runs, note) {
  const {page} = session;
  for (let run = 0; run < runs; run++) {
    const place = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.flame g rect')].map((rect) => rect.getBoundingClientRect());
      const wide = boxes.filter(({width, y, height}) => width > innerWidth * 0.06 && width < innerWidth * 0.3 && y + height < innerHeight - 60).sort((a, b) => b.y - a.y)[0];
      return wide && {x: wide.x + 12, y: wide.y + wide.height / 2};
    });
    if (!place) throw new Error('no frame to click on');
    const zoom = await session.during(() => page.mouse.click(place.x, place.y));
    const clickMs = zoom.inputs.find(({type}) => type === 'click').ms;
    noteFlame('click zoom', zoom, clickMs, note);
    await session.during(() => page.keyboard.press('Escape'));
    const search = await session.during(() => page.getByRole('searchbox').fill(['Decode', 'Serve', 'Flush', 'Node'][run % 4]));
    noteFlame('search', search, search.inputs.find(({type}) => type === 'input').ms, note);
    await session.during(() => page.getByRole('searchbox').fill(''));
  }
  note('ms of the longest task', await session.longestTask());
}

function noteFlame(name, {painted, changed, answered}, fromMs, note) {
  const canvasMs = painted.find(({place, ms}) => place === 'flame' && ms > fromMs)?.ms;
  const labelsMs = changed.findLast(({place, ms}) => place === 'flame' && ms > fromMs)?.ms;
  if (canvasMs !== undefined) note(`${name}: ms to canvas`, canvasMs - fromMs);
  if (labelsMs !== undefined) note(`${name}: ms to labels`, labelsMs - fromMs);
  for (const {ms} of answered.filter(({derivation}) => derivation === 'flame')) {
    const paintedMs = painted.find((paint) => paint.place === 'flame' && paint.ms > ms)?.ms;
    if (paintedMs !== undefined) note('tree of 1M nodes: ms from answer to canvas', paintedMs - ms);
  }
}

async function timeLine(session, runs, note) {
  const {page} = session;
  const box = await page.getByRole('tree', {name: 'Lanes'}).boundingBox();
  // The list may be as high as all lanes, and stand beside the canvas: somewhere on the first lanes.
  await page.mouse.move(page.viewportSize().width * 0.6, box.y + 80);
  const zoomed = async (delta) => {
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, delta);
    await page.keyboard.up('Control');
  };
  for (let i = 0; i < 4; i++) await session.during(() => zoomed(-80));
  note('an empty page: dropped frames', await droppedByAnEmptyPage(session));
  for (let run = 0; run < runs; run++) {
    for (const {name, turn} of [
      {name: 'pan', turn: (step) => page.mouse.wheel(step % 60 < 30 ? 24 : -24, 0)},
      {name: 'wheel zoom', turn: (step) => page.mouse.wheel(0, step % 60 < 30 ? -12 : 12)},
    ]) {
      if (name === 'wheel zoom') await page.keyboard.down('Control');
      // Twice: Chromium's trace of itself costs what must not be counted among dropped frames.
      const gesture = () => session.during(() => steps(page, turn));
      const tracing = await startTracing(session.browser);
      await gesture();
      note(`${name}: CPU ms a frame`, ...framesOf(await tracing.stop()));
      const seen = await gesture();
      if (name === 'wheel zoom') await page.keyboard.up('Control');
      const wheels = seen.inputs.filter(({type}) => type === 'wheel');
      note(`${name}: dropped frames`, droppedFrames(seen.frames, wheels[0].ms, wheels.at(-1).ms));
      if (name === 'wheel zoom') note('wheel zoom: ms behind', ...behind(seen, wheels));
    }
  }
  note('ms of the longest task', await session.longestTask());
}

/** A gesture of 120 steps, one a frame. */
async function steps(page, turn) {
  for (let step = 0; step < 120; step++) {
    await turn(step);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** What a page that does nothing drops under the same gesture: so many are the machine's, not ours. */
async function droppedByAnEmptyPage(session) {
  const page = await session.browser.newPage({viewport: session.page.viewportSize()});
  await page.setContent('<p>Nothing');
  const frames = await page.evaluate(() => {
    window.frameTimes = [];
    const everyFrame = (ms) => {
      window.frameTimes.push(ms);
      requestAnimationFrame(everyFrame);
    };
    requestAnimationFrame(everyFrame);
  }).then(() => steps(page, (step) => page.mouse.wheel(step % 60 < 30 ? 24 : -24, 0))).then(() => page.evaluate(() => window.frameTimes));
  await page.close();
  return droppedFrames(frames, frames[0], frames.at(-1));
}

/** Frames that a screen of 60 a second would have shown and the page did not make. */
function droppedFrames(frames, fromMs, toMs) {
  const during = frames.filter((ms) => ms >= fromMs && ms <= toMs);
  return during.slice(1).reduce((sum, ms, i) => sum + Math.max(0, Math.round((ms - during[i]) / FRAME_MS) - 1), 0);
}

/** By input, how long until lanes were there that had been asked for after it. */
function behind({asked, answered}, wheels) {
  const asks = asked.filter(({derivation}) => derivation === 'lanes');
  const answers = answered.filter(({derivation}) => derivation === 'lanes');
  return wheels.flatMap(({ms}) => {
    const ask = asks.find((each) => each.ms >= ms);
    const answer = ask && answers.find((each) => each.ms >= ask.ms);
    return answer ? [answer.ms - ms] : [];
  });
}

async function brush(session, runs, note) {
  const {page} = session;
  const handle = page.getByRole('slider').first();
  await handle.focus();
  for (let run = 0; run < 2 * runs; run++) {
    const seen = await session.during(() => page.keyboard.press(run % 20 < 10 ? 'PageUp' : 'PageDown'));
    const keyMs = seen.inputs.find(({type}) => type === 'keydown').ms;
    const last = Math.max(...[...seen.painted, ...seen.changed].map(({ms}) => ms));
    if (last > keyMs) note('brush over 1M samples: ms to all views', last - keyMs);
  }
  note('page heap: MiB', await session.heapMiB());
  note('ms of the longest task', await session.longestTask());
}

/** Serves the built page and gives `visit(...files)`: the page with these files open and at rest, in a browser of its own. */
async function inPage(program, viewport, work) {
  const child = spawn(process.execPath, [program, 'open', '--no-browser'], {stdio: ['ignore', 'pipe', 'inherit']});
  const {value: url} = await createInterface({input: child.stdout})[Symbol.asyncIterator]().next();
  let browser = null;
  try {
    await work(async (...files) => {
      await browser?.close();
      browser = await chromium.launch({executablePath: chromiumPath(), args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu']});
      const page = await browser.newPage({viewport});
      await page.addInitScript({content: `(${watchPage.toString()})()`});
      await page.goto(url, {waitUntil: 'load'});
      await page.waitForFunction(() => document.documentElement.dataset.idle === 'true');
      await page.locator('input[type=file]').first().setInputFiles(files);
      await atRest(page);
      return new WatchedPage(browser, page);
    });
  } finally {
    await browser?.close();
    child.kill('SIGINT');
  }
}

class WatchedPage {
  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
  }

  /** What was noted from before `act` until the page was at rest again. */
  async during(act) {
    const fromMs = await this.page.evaluate(() => performance.now());
    await act();
    await atRest(this.page);
    return this.page.evaluate((since) => {
      const after = (list) => list.filter(({ms}) => ms >= since);
      const {asked, answered, painted, changed, inputs, frames} = window.watched;
      return {asked: after(asked), answered: after(answered), painted: after(painted), changed: after(changed), inputs: after(inputs), frames: frames.filter((ms) => ms >= since)};
    }, fromMs);
  }

  longestTask() {
    return this.page.evaluate(() => Math.max(0, ...window.watched.longTasks.map(({durationMs}) => durationMs)));
  }

  /** What the page itself holds, its workers left out, after what can go is gone. */
  async heapMiB() {
    const devtools = await this.page.context().newCDPSession(this.page);
    await devtools.send('HeapProfiler.enable');
    await devtools.send('HeapProfiler.collectGarbage');
    const {usedSize, backingStorageSize = 0} = await devtools.send('Runtime.getHeapUsage');
    return (usedSize + backingStorageSize) / 2 ** 20;
  }
}

async function atRest(page) {
  // Two frames: what was just done has reached the page by then.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.waitForFunction(() => window.watched.idleMs !== null, null, {timeout: GIVE_UP_MS});
}

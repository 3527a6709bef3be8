/**
 * Zoom and search of one tree, in our page and in other viewers, by the same clock: from the input event to the first frame in which the
 * page changed, to the last before it rests, and the longest task between. The same frame is clicked on and the same words are searched.
 */
import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {chromium} from '@playwright/test';
import {chromiumPath} from '../.ci/chromium.mjs';
import {foldedTree} from './inputs.mjs';
import {centreOf, peers} from './peer-pages.mjs';
import {watchPage} from './watch-page.mjs';

const SIZE = {width: 1600, height: 900};
const REST_MS = 1000;
const GIVE_UP_MS = 60_000;
const VIEWER_MS = 90_000;
const WORDS = ['Decode', 'Serve', 'Flush', 'Node'];

const ours = {
  note: 'canvas, frames from half a pixel; names over it as SVG',
  open: async (page, path) => {
    await page.locator('input[type=file]').first().setInputFiles(path);
    // Its worker may compute while the page has nothing to paint.
    await page.waitForFunction(() => document.querySelector('[data-complete="true"]') !== null && document.documentElement.dataset.idle === 'true', null, {timeout: GIVE_UP_MS});
  },
  place: ({boxes}, spot) => centreOf(boxes, spot),
  boxes: '.flame g rect',
  // The rest of the page tells in words what was found, later.
  part: 'flame',
  zoom: (page, {x, y}) => page.mouse.click(x, y),
  zoomEvent: 'click',
  reset: (page) => page.keyboard.press('Escape'),
  search: (page) => page.getByRole('searchbox'),
};

/** Measures each viewer on a tree of so many nodes, ours first. Yields names and figures `{zoom, search}`, each `{firstMs, restMs, taskMs}` lists; or why it could not. */
export async function* measurePeers(program, nodes, runs, names = Object.keys(peers)) {
  const {path} = foldedTree(nodes);
  const spots = spotsOf(path);
  for (const name of ['morestack', ...names]) {
    const viewer = name === 'morestack' ? {...ours, serve: () => serveMorestack(program)} : peers[name];
    const served = await viewer.serve();
    const browser = await chromium.launch({executablePath: chromiumPath(), args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']});
    try {
      yield [name, {note: viewer.note, ...(await withinTime(oneViewer(browser, viewer, served.url, path, spots, runs)))}];
    } catch (error) {
      yield [name, {note: viewer.note, failed: error.message.split('\n')[0]}];
    } finally {
      await browser.close();
      await served.stop();
    }
  }
}

/** So that one viewer that cannot do it does not keep the others from being measured. */
async function withinTime(work) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`not done within ${VIEWER_MS / 1000} s`)), VIEWER_MS)));
  // What is left of it ends with its browser.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function oneViewer(browser, viewer, url, path, spots, runs) {
  const page = await browser.newPage({viewport: SIZE});
  page.setDefaultTimeout(GIVE_UP_MS);
  await page.addInitScript({content: `(${watchPage.toString()})()`});
  await page.goto(url, {waitUntil: 'load'});
  await atRest(page);
  await viewer.open(page, path);
  await atRest(page);
  const figures = {zoom: [], search: []};
  for (let run = 0; run < runs; run++) {
    const seen = await seenOn(page, viewer.boxes);
    const places = spots.map((spot) => viewer.place(seen, spot)).filter((at) => at && at.y < SIZE.height - 40).slice(0, 2);
    if (places.length === 0) throw new Error('no frame to click on');
    const place = places[run % places.length];
    await page.mouse.move(place.x, place.y);
    await atRest(page);
    figures.zoom.push(await during(page, viewer.part, viewer.zoomEvent, () => viewer.zoom(page, place)));
    await viewer.reset(page);
    await atRest(page);
  }
  await viewer.beforeSearch?.(page);
  await atRest(page);
  for (let run = 0; run < runs; run++) {
    figures.search.push(await during(page, viewer.part, 'input', () => viewer.search(page).fill(WORDS[run % WORDS.length])));
    await viewer.search(page).fill('');
    await atRest(page);
  }
  return figures;
}

/** What was seen, of that part of the page or of all, from the last event of that type that `act` made until the page rests. */
async function during(page, place, type, act) {
  const beforeMs = await page.evaluate(() => performance.now());
  await act();
  await atRest(page);
  const {fromMs, changes, tasks} = await page.evaluate(([since, eventType, where]) => {
    const {inputs, painted, changed, longTasks} = window.watched;
    const from = inputs.findLast((input) => input.type === eventType && input.ms >= since).ms;
    return {
      fromMs: from,
      changes: [...painted, ...changed].filter(({place}) => place === (where ?? place)).map(({ms}) => ms).filter((ms) => ms > from).sort((a, b) => a - b),
      tasks: longTasks.filter(({startMs, durationMs}) => startMs + durationMs > from).map(({durationMs}) => durationMs),
    };
  }, [beforeMs, type, place]);
  if (changes.length === 0) throw new Error(`nothing changed after ${type}`);
  return {firstMs: changes[0] - fromMs, restMs: changes.at(-1) - fromMs, taskMs: Math.max(0, ...tasks)};
}

/** Until nothing was painted, changed or computed for a second. */
async function atRest(page) {
  await page.evaluate((restMs) => new Promise((resolve) => {
    const look = () => {
      const {painted, changed, longTasks} = window.watched;
      const last = Math.max(painted.at(-1)?.ms ?? 0, changed.at(-1)?.ms ?? 0, ...longTasks.slice(-1).map(({startMs, durationMs}) => startMs + durationMs));
      if (performance.now() - last > restMs) resolve();
      else setTimeout(look, 100);
    };
    // Two frames: what was just done has reached the page by then.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(look, 100)));
  }), REST_MS);
}

function seenOn(page, boxes) {
  return page.evaluate((selector) => {
    const plain = ({x, y, width, height}) => ({x, y, width, height});
    const canvas = [...document.querySelectorAll('canvas')].map((each) => plain(each.getBoundingClientRect())).toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
    return {width: innerWidth, canvas, boxes: selector ? [...document.querySelectorAll(selector)].map((each) => plain(each.getBoundingClientRect())) : []};
  }, boxes);
}

/** Frames worth a click: 2 … 30 % of the tree, where a graph sorted by weight shows them; the heaviest of each depth. */
function spotsOf(path) {
  const root = {value: 0, children: new Map()};
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    const space = line.lastIndexOf(' ');
    const weight = Number(line.slice(space + 1));
    let node = root;
    node.value += weight;
    for (const name of line.slice(0, space).split(';')) {
      if (!node.children.has(name)) node.children.set(name, {value: 0, children: new Map()});
      node = node.children.get(name);
      node.value += weight;
    }
  }
  const spots = [];
  const [top] = root.children.values();
  let row = [{node: top, from: 0}];
  for (let depth = 0; depth < 12 && row.length > 0; depth++) {
    const found = row.map(({node, from}) => ({from: from / top.value, to: (from + node.value) / top.value, depth})).filter(({from, to}) => to - from > 0.02 && to - from < 0.3);
    if (found.length > 0) spots.push(found.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0]);
    row = row.flatMap(({node, from}) => {
      let at = from;
      return [...node.children.values()].toSorted((a, b) => b.value - a.value).map((child) => {
        at += child.value;
        return {node: child, from: at - child.value};
      });
    });
  }
  return spots;
}

async function serveMorestack(program) {
  const child = spawn(process.execPath, [program, 'open', '--no-browser'], {stdio: ['ignore', 'pipe', 'inherit']});
  const {value: url} = await createInterface({input: child.stdout})[Symbol.asyncIterator]().next();
  return {url, stop: () => child.kill('SIGINT')};
}

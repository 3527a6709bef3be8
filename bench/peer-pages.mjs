/**
 * The other viewers that ours is measured beside: how each is had from npm (at a fixed version, kept in .cache/bench/peers, never among
 * our own packages), served, given folded stacks, zoomed and searched. Components come in the least page that shows them.
 */
import {spawnSync} from 'node:child_process';
import {createReadStream, existsSync, mkdirSync, readFileSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join} from 'node:path';
import {folder} from './inputs.mjs';

const peersFolder = join(folder, 'peers');
const versions = {'speedscope': '1.25.0', 'd3': '7.9.0', 'd3-flame-graph': '5.0.0', '@pyroscope/flamegraph': '0.35.6', 'react': '18.3.1', 'react-dom': '18.3.1', 'flame-chart-js': '3.3.0'};

/** Looked at, and not able to do the same. */
export const leftOut = {
  'flame-chart-js 3.3.0': 'no search, and a click marks a frame without zooming to it',
};

/**
 * By name: the page, what it shows least, how it is brought to a flame graph sorted by weight, the frame to click on (`spot`: where it
 * must lie, in shares of the width), and what is done with the page. All of it after the file was given.
 */
export const peers = {
  speedscope: {
    note: 'WebGL, every frame',
    serve: () => serveFolder(join(installed(), 'speedscope/dist/release')),
    open: async (page, path) => {
      await page.locator('input[type=file]').first().setInputFiles(path);
      await page.waitForFunction(() => [...document.querySelectorAll('div')].some((div) => div.children.length < 4 && /^.{0,20}Left Heavy/.test(div.textContent)), null, {timeout: 60_000});
      await page.keyboard.press('2');
    },
    // Below the tool bar, the map of the whole and the scale lie the frames, 20 px each; the first is the root's.
    place: ({width}, {from, to, depth}) => ({x: ((from + to) / 2) * width, y: 143 + 20 * depth + 10}),
    zoom: (page, {x, y}) => page.mouse.dblclick(x, y),
    zoomEvent: 'dblclick',
    reset: (page) => page.keyboard.press('0'),
    beforeSearch: (page) => page.keyboard.press('Control+f'),
    search: (page) => page.locator('input:not([type=file])').last(),
  },
  'd3-flame-graph': {
    note: 'SVG, frames from half a pixel (all of them it cannot)',
    serve: () => servePage(['d3/dist/d3.min.js', 'd3-flame-graph/dist/d3-flamegraph.umd.min.js'], [], showInD3),
    open: openFolded,
    place: ({boxes}, spot) => centreOf(boxes, spot),
    boxes: 'g.frame rect',
    zoom: (page, {x, y}) => page.mouse.click(x, y),
    zoomEvent: 'click',
    reset: (page) => page.evaluate(() => window.resetZoom()),
    search: (page) => page.getByRole('searchbox'),
  },
  '@pyroscope/flamegraph': {
    note: 'canvas, frames from 5 px',
    serve: () => servePage(['react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js', '@pyroscope/flamegraph/dist/index.js'], ['@pyroscope/flamegraph/dist/index.css'], showInPyroscope),
    open: openFolded,
    // Rows of 22 px; the first is “total”, which the root of the file lies in.
    place: ({canvas}, {from, to, depth}) => ({x: canvas.x + ((from + to) / 2) * canvas.width, y: canvas.y + 22 * (depth + 1) + 11}),
    zoom: (page, {x, y}) => page.mouse.click(x, y),
    zoomEvent: 'click',
    reset: (page) => page.getByRole('button', {name: 'Reset View'}).click(),
    search: (page) => page.getByTestId('flamegraph-search'),
  },
};

/** The box that lies where the frame must: the lowest, where a chain of frames is equally wide. */
export function centreOf(boxes, {from, to}) {
  const widest = Math.max(...boxes.map(({width}) => width));
  const left = Math.min(...boxes.map(({x}) => x));
  const near = (a, b) => Math.abs(a - b) < 4;
  const box = boxes.filter(({x, width}) => near(x, left + from * widest) && near(width, (to - from) * widest)).toSorted((a, b) => b.y - a.y)[0];
  return box && {x: box.x + Math.min(12, box.width / 2), y: box.y + box.height / 2};
}

async function openFolded(page, path) {
  await page.locator('input[type=file]').setInputFiles(path);
  await page.waitForFunction(() => window.shown !== undefined, null, {timeout: 60_000});
  const shown = await page.evaluate(() => window.shown);
  if (shown !== true) throw new Error(shown);
}

/** node_modules of the peers, asked of npm when they are not there yet. */
function installed() {
  const modules = join(peersFolder, 'node_modules');
  const isThere = ([name, version]) => existsSync(join(modules, name, 'package.json')) && JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version === version;
  const wanted = Object.entries(versions);
  if (wanted.every(isThere)) return modules;
  mkdirSync(peersFolder, {recursive: true});
  const {status} = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--legacy-peer-deps', '--prefix', peersFolder, ...wanted.map((each) => each.join('@'))], {stdio: 'inherit'});
  if (status !== 0) throw new Error('the other viewers could not be had from npm');
  return modules;
}

/** Serves a folder with its index.html, or `index` instead of that. */
export async function serveFolder(root, index = null) {
  const types = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.woff2': 'font/woff2'};
  const server = createServer(({url}, response) => {
    const path = join(root, decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const isFile = existsSync(path) && statSync(path).isFile();
    if (!isFile && index !== null) return response.writeHead(200, {'Content-Type': 'text/html'}).end(index);
    const file = isFile ? path : join(root, 'index.html');
    response.writeHead(200, {'Content-Type': types[extname(file)] ?? 'application/octet-stream'});
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The release of speedscope. */
export function serveSpeedscope() {
  return peers.speedscope.serve();
}

/** A script made for a bundler looks for React by the names of its packages. */
const asPackages = '<script>Object.assign(window, {react: window.React, "react-dom": window.ReactDOM})</script>';

function servePage(scripts, styles, show) {
  return serveFolder(installed(), `<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style>
    ${styles.map((path) => `<link rel="stylesheet" href="/${path}">`).join('')}${scripts.map((path) => `<script src="/${path}"></script>${asPackages}`).join('')}
    <input type="file"><input type="search"><div id="graph"></div>
    <script>${treeOf.toString()}
      document.querySelector('input[type=file]').addEventListener('change', async ({target}) => {
        try {
          await (${show.toString()})(treeOf(await target.files[0].text()));
          window.shown = true;
        } catch (error) {
          window.shown = String(error);
        }
      });
    </script>`);
}

/** Runs in the page: folded stacks as nested objects, heaviest children first. */
function treeOf(text) {
  const root = {name: 'all', value: 0, children: [], byName: new Map()};
  const all = [root];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const space = text.lastIndexOf(' ', end);
    const weight = Number(text.slice(space + 1, end));
    let node = root;
    node.value += weight;
    for (const name of text.slice(at, space).split(';')) {
      let child = node.byName.get(name);
      if (!child) {
        child = {name, value: 0, children: [], byName: new Map()};
        node.byName.set(name, child);
        node.children.push(child);
        all.push(child);
      }
      child.value += weight;
      node = child;
    }
    at = end + 1;
  }
  for (const node of all) {
    delete node.byName;
    node.children.sort((a, b) => b.value - a.value);
  }
  return root.children.length === 1 ? root.children[0] : root;
}

/** Runs in the page. */
function showInD3(tree) {
  const chart = window.flamegraph.default().width(innerWidth).cellHeight(18).minFrameSize(0.5).inverted(true).sort(false).transitionDuration(0);
  window.d3.select('#graph').datum(tree).call(chart);
  window.resetZoom = () => chart.resetZoom();
  document.querySelector('input[type=search]').addEventListener('input', ({target}) => (target.value ? chart.search(target.value) : chart.clear()));
}

/** Runs in the page: a row a depth; of each node its distance from the one before, its total, its self and its name. */
function showInPyroscope(tree) {
  const names = ['total'];
  const numbers = new Map([['total', 0]]);
  const levels = [];
  let maxSelf = 0;
  const total = {name: 'total', value: tree.value, children: [tree]};
  for (let row = [{node: total, from: 0}]; row.length > 0; ) {
    const level = [];
    const next = [];
    let at = 0;
    for (const {node, from} of row) {
      if (!numbers.has(node.name)) numbers.set(node.name, names.push(node.name) - 1);
      let below = from;
      for (const child of node.children) {
        next.push({node: child, from: below});
        below += child.value;
      }
      const self = node.value - (below - from);
      maxSelf = Math.max(maxSelf, self);
      level.push(from - at, node.value, self, numbers.get(node.name));
      at = from + node.value;
    }
    levels.push(level);
    row = next;
  }
  const profile = {version: 1, flamebearer: {names, levels, numTicks: tree.value, maxSelf}, metadata: {format: 'single', units: 'samples', spyName: 'gospy', sampleRate: 100}};
  document.querySelector('input[type=search]').remove();
  const root = window.ReactDOM.createRoot(document.querySelector('#graph'));
  root.render(window.React.createElement(window.pyroscope.FlamegraphRenderer, {profile, onlyDisplay: 'flamegraph', showToolbar: true, colorMode: 'light'}));
}

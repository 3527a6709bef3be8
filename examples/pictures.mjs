/**
 * Draws the pictures of the start page from the captures themselves, light and dark: pictures/<id>-<theme>.svg.
 * Above, stack sizes over time: every growth and shrink as a stroke from the old size to the new one (log2), joined where the next
 * change of the same goroutine is known. Below, the CPU samples as a flame graph, root on top, growth chains in pink.
 * Needs the built command line (`npm run build`), which says what is in the captures. Run it after record.sh: npm run pictures
 */
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const [WIDTH, HEIGHT] = [320, 128];
/** Where the sizes stand, in pixels; left of them their scale. */
const SIZES = {left: 26, top: 6, width: WIDTH - 26, height: 66};
const FLAME = {top: 80, row: 8, rows: 6};
/** How many strokes on a pixel make it as dark as it gets, and the steps between. */
const DENSITIES = [1, 2, 5, 14];
const OPACITIES = [0.35, 0.55, 0.78, 1];

const themeCss = readFileSync(`${here}../src/app/theme.css`, 'utf8');
const tokens = {light: tokensOf(themeCss.split(':root[data-theme')[0]), dark: {...tokensOf(themeCss.split(':root[data-theme')[0]), ...tokensOf(themeCss.split(":root[data-theme='dark']")[1])}};

mkdirSync(`${here}pictures`, {recursive: true});
let bytes = 0;
for (const {id, files} of JSON.parse(readFileSync(`${here}examples.json`, 'utf8'))) {
  const paths = files.map(({path}) => `${here}${path}`);
  const strokes = densities(morestack('growth', '--source', 'trace', ...paths), inspected(paths));
  const frames = flame(morestack('samples', ...paths).filter(({stack}) => stack));
  for (const theme of ['light', 'dark']) {
    const svg = picture(strokes, frames, tokens[theme]);
    bytes += svg.length;
    writeFileSync(`${here}pictures/${id}-${theme}.svg`, svg);
  }
}
process.stdout.write(`pictures: ${bytes} bytes\n`);

function morestack(...args) {
  return execFileSync(process.execPath, [`${here}../dist-cli/morestack.js`, ...args], {maxBuffer: 1 << 29, encoding: 'utf8'}).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** From the first moment of any file to the last. */
function inspected(paths) {
  const found = JSON.parse(execFileSync(process.execPath, [`${here}../dist-cli/morestack.js`, 'inspect', '--json', ...paths], {encoding: 'utf8'}));
  return {fromNs: Math.min(...found.map(({startNs}) => startNs)), toNs: Math.max(...found.map(({endNs}) => endNs))};
}

/** How many strokes touch each pixel of SIZES, row by row; and the scale. */
function densities(lines, {fromNs, toNs}) {
  const changes = lines.filter(({kind, newBytes}) => (kind === 'growth' || kind === 'shrink') && newBytes !== null);
  const largest = Math.max(...changes.map(({oldBytes, newBytes}) => Math.max(oldBytes ?? 0, newBytes)));
  const x = (timeNs) => Math.min(SIZES.width - 1, Math.floor(((timeNs - fromNs) / (toNs - fromNs)) * SIZES.width));
  const y = (size) => Math.round((1 - Math.log2(size / 2048) / Math.log2(largest / 2048)) * (SIZES.height - 1));
  const count = new Uint32Array(SIZES.width * SIZES.height);
  const last = new Map();
  for (const {timeNs, goroutine, oldBytes, newBytes} of changes) {
    const before = last.get(goroutine);
    const old = oldBytes ?? before?.size ?? newBytes;
    if (before) for (let at = before.x; at < x(timeNs); at++) count[y(before.size) * SIZES.width + at]++;
    for (let at = Math.min(y(old), y(newBytes)); at <= Math.max(y(old), y(newBytes)); at++) count[at * SIZES.width + x(timeNs)]++;
    last.set(goroutine, {x: x(timeNs), size: newBytes});
  }
  return {count, largest};
}

/** The visible frames of the samples, widest children first: `{x, width, depth, kind}` in pixels. */
function flame(samples) {
  const root = {weight: 0, children: new Map()};
  for (const {weight, stack} of samples) {
    let node = root;
    node.weight += weight;
    let kind = 'go';
    for (const name of stack) {
      if (/^runtime\.(morestack|newstack|copystack)/.test(name)) kind = 'growth';
      else if (kind !== 'growth') kind = kindOf(name);
      let child = node.children.get(name);
      if (!child) node.children.set(name, (child = {weight: 0, kind, children: new Map()}));
      child.weight += weight;
      node = child;
    }
  }
  const frames = [];
  const place = (node, left, depth) => {
    let x = left;
    for (const child of [...node.children.values()].sort((a, b) => b.weight - a.weight)) {
      const width = (child.weight / root.weight) * WIDTH;
      if (width >= 1.2 && depth < FLAME.rows) {
        frames.push({x, width, depth, kind: child.kind});
        place(child, x, depth + 1);
      }
      x += width;
    }
  };
  // The outermost frames are runtime.goexit and the like: what the program does begins below.
  place(root, 0, 0);
  return frames;
}

function kindOf(name) {
  if (/^runtime\.gc|^runtime\.\(\*gcWork|^runtime\.scan|^runtime\.greyobject/.test(name)) return 'gc';
  if (name.startsWith('runtime.')) return 'runtime';
  return name.includes('.') ? 'go' : 'kernel';
}

function picture({count, largest}, frames, token) {
  const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">`];
  const rule = (y) => `<path fill="${token.line}" d="M${SIZES.left} ${y}h${SIZES.width}v1h-${SIZES.width}z"/>`;
  parts.push(rule(SIZES.top), rule(SIZES.top + SIZES.height));
  const scale = (y, text) => `<text x="${SIZES.left - 4}" y="${y}" text-anchor="end" font-family="system-ui,sans-serif" font-size="9" fill="${token.ink2}">${text}</text>`;
  parts.push(scale(SIZES.top + 7, sizeText(largest)), scale(SIZES.top + SIZES.height, '2K'));
  DENSITIES.forEach((least, level) => {
    const next = DENSITIES[level + 1] ?? Infinity;
    const path = runs(count, (value) => value >= least && value < next);
    if (path !== '') parts.push(`<path stroke="${token['growth-text']}" opacity="${OPACITIES[level]}" d="${path}"/>`);
  });
  for (const kind of ['go', 'runtime', 'gc', 'kernel', 'growth']) {
    const path = frames.filter((frame) => frame.kind === kind).map(({x, width, depth}) => rectangle(x, FLAME.top + depth * FLAME.row, Math.max(0.6, width - 0.5), FLAME.row - 1)).join('');
    if (path !== '') parts.push(`<path fill="${token[kind]}" d="${path}"/>`);
  }
  return `${parts.join('')}</svg>\n`;
}

/** The pixels for which `holds`, as upright strokes one pixel wide: most of what there is stands upright. */
function runs(count, holds) {
  let path = '';
  for (let x = 0; x < SIZES.width; x++) {
    for (let y = 0; y < SIZES.height; y++) {
      if (!holds(count[y * SIZES.width + x])) continue;
      const from = y;
      while (y < SIZES.height && holds(count[y * SIZES.width + x])) y++;
      path += `M${SIZES.left + x + 0.5} ${SIZES.top + from}v${y - from}`;
    }
  }
  return path;
}

function rectangle(x, y, width, height) {
  const [a, b, c, d] = [x, y, width, height].map((value) => String(Math.round(value * 10) / 10));
  return `M${a} ${b}h${c}v${d}h-${c}z`;
}

function sizeText(size) {
  return size >= 1 << 20 ? `${size / (1 << 20)}M` : `${size / 1024}K`;
}

/** Custom properties of a block of CSS, by name. */
function tokensOf(css) {
  return Object.fromEntries([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
}

/**
 * Measures what a visitor loads before anything can be seen, and what the parsers weigh, in the built dist; fails over budget.
 * The built files are read as what they are: imports are followed in the syntax tree, so no manifest can be out of date.
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, posix} from 'node:path';
import {gzipSync} from 'node:zlib';
import {parseAst} from 'vite';
import {root} from './commands.mjs';

const FIRST_LOAD_KB = 180;
const PARSERS_KB = 60;
const dist = join(root, 'dist');

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const scripts = [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path);
const firstLoad = new Set(['index.html', ...scripts.flatMap((path) => [...closure(path)])]);

/** A worker is a script that the page reaches by no import. */
const page = reachable(scripts.filter((path) => path.endsWith('.js')));
const others = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js')).map((name) => `assets/${name}`).filter((path) => !page.has(path));
const imported = new Set(others.flatMap((path) => [...imports(path).now, ...imports(path).later]));
const workers = others.filter((path) => !imported.has(path));
const atStart = new Set(workers.flatMap((path) => [...closure(path)]));
const parsers = new Set([...atStart].flatMap((path) => imports(path).later).flatMap((path) => [...closure(path)]).filter((path) => !atStart.has(path)));

const checks = [
  budget('first load', firstLoad, FIRST_LOAD_KB),
  budget('parsers', parsers, PARSERS_KB),
];
if (workers.length === 0 || parsers.size === 0) console.log('size: no worker, or no parser of its own chunk, was found in dist');
process.exitCode = checks.every(Boolean) && workers.length > 0 && parsers.size > 0 ? 0 : 1;

function budget(name, paths, limitKb) {
  const bytes = [...paths].map((path) => ({path, size: gzipSync(readFileSync(join(dist, path)), {level: 9}).length}));
  const kb = bytes.reduce((sum, {size}) => sum + size, 0) / 1000;
  console.log(`size: ${name} ${kb.toFixed(1)} kB gzip of ${limitKb}: ${bytes.map(({path, size}) => `${posix.basename(path)} ${(size / 1000).toFixed(1)}`).join(', ')}`);
  return kb <= limitKb;
}

/** A file and all that loads with it. */
function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const next of imports(path).now) closure(next, seen);
  return seen;
}

/** Files and all that they ever import. */
function reachable(paths) {
  const seen = new Set(paths);
  for (const path of seen) for (const next of [...imports(path).now, ...imports(path).later]) seen.add(next);
  return seen;
}

/** The built files that a script imports at once (`now`) and by import() (`later`). */
function imports(path) {
  const now = [];
  const later = [];
  if (!path.endsWith('.js')) return {now, later};
  const at = (source) => posix.join(dirname(path), source);
  visit(parseAst(readFileSync(join(dist, path), 'utf8')), (node) => {
    const source = node.source?.value ?? node.source?.quasis?.[0]?.value.cooked;
    if (typeof source !== 'string' || !existsSync(join(dist, at(source)))) return;
    if (node.type === 'ImportExpression') later.push(at(source));
    else if (/^(?:Import|Export\w*)Declaration$/.test(node.type)) now.push(at(source));
  });
  return {now, later};
}

function visit(node, onNode) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, onNode);
    return;
  }
  if (typeof node.type === 'string') onNode(node);
  for (const value of Object.values(node)) visit(value, onNode);
}

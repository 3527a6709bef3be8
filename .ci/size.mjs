/**
 * Measures what a visitor loads before anything can be seen, and what the parsers weigh, in the built dist; fails over budget.
 * Usage: node .ci/size.mjs [FOLDER]. The built files are read as what they are: imports are followed in the syntax tree, so no manifest can be out of date.
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, posix, resolve} from 'node:path';
import {gzipSync} from 'node:zlib';
import {parseAst} from 'vite';
import {root} from './commands.mjs';

const FIRST_LOAD_KB = 180;
const PARSERS_KB = 60;
const dist = resolve(root, process.argv[2] ?? 'dist');

const syntaxTrees = new Map();

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const scripts = [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path);
const firstLoad = new Set(['index.html', ...scripts.flatMap((path) => [...closure(path)])]);

/** What each worker loads only when a file needs it; the page never loads those of two workers for one file. */
const parsersOfWorkers = [...workers()].map((worker) => {
  const atStart = closure(worker);
  const later = [...atStart].flatMap((path) => imports(path).later).flatMap((path) => [...closure(path)]);
  return new Set(later.filter((path) => !atStart.has(path)));
});
const parsers = parsersOfWorkers.reduce((a, b) => (gzipKb(b) > gzipKb(a) ? b : a), new Set());

const isSmall = [budget('first load', firstLoad, FIRST_LOAD_KB), budget('parsers', parsers, PARSERS_KB)];
if (parsers.size === 0) console.log('size: no worker with parsers in chunks of their own was found');
process.exitCode = isSmall.every(Boolean) && parsers.size > 0 ? 0 : 1;

function budget(name, paths, limitKb) {
  console.log(`size: ${name} ${gzipKb(paths).toFixed(1)} kB gzip of ${limitKb}: ${[...paths].map((path) => `${posix.basename(path)} ${gzipKb([path]).toFixed(1)}`).join(', ')}`);
  return gzipKb(paths) <= limitKb;
}

function gzipKb(paths) {
  return [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path)), {level: 9}).length, 0) / 1000;
}

/** Scripts that a worker is made of: `new URL('name.js', import.meta.url)`, in the page or in another worker. */
function workers() {
  const found = new Set();
  for (const name of readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.js'))) {
    const path = `assets/${name}`;
    visit(syntaxTree(path), ({type, callee, arguments: given}) => {
      const target = type === 'NewExpression' && callee.name === 'URL' ? builtFile(path, given[0]) : null;
      if (target?.endsWith('.js')) found.add(target);
    });
  }
  return found;
}

/** A file and all that loads with it. */
function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const next of imports(path).now) closure(next, seen);
  return seen;
}

/** The built files that a script imports at once (`now`) and by import() (`later`). */
function imports(path) {
  const now = [];
  const later = [];
  if (path.endsWith('.js')) {
    visit(syntaxTree(path), ({type, source}) => {
      const target = source ? builtFile(path, source) : null;
      if (target && type === 'ImportExpression') later.push(target);
      else if (target) now.push(target);
    });
  }
  return {now, later};
}

/** The file that a string literal in a script names; null for anything else. */
function builtFile(path, literal) {
  const name = literal?.value ?? literal?.quasis?.[0]?.value.cooked;
  const file = typeof name === 'string' ? posix.join(dirname(path), name) : null;
  return file && existsSync(join(dist, file)) ? file : null;
}

function syntaxTree(path) {
  if (!syntaxTrees.has(path)) syntaxTrees.set(path, parseAst(readFileSync(join(dist, path), 'utf8')));
  return syntaxTrees.get(path);
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

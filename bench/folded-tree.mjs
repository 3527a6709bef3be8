/** Makes folded stacks whose call tree has a given number of nodes: each line goes on from somewhere in an earlier one. */
import {closeSync, openSync, writeSync} from 'node:fs';
import {functionName} from './perf-text.mjs';
import {below, often, randomNumbers} from './random.mjs';

const FUNCTIONS = 5000;
const DEEPEST = 90;

/** Gives the size of the file, and how many lines and nodes (the root left out) it has. */
export function writeFoldedTree(path, {nodes, seed = 1}) {
  const random = randomNumbers(seed);
  const names = [...new Set(Array.from({length: FUNCTIONS}, (_, i) => functionName(random, i).replaceAll(';', ':')))];
  const file = openSync(path, 'w');
  const root = {parent: null, depth: 0, name: 'shop', children: new Map()};
  const ends = [root];
  let [made, lines, bytes, held] = [1, 0, 0, ''];
  while (made < nodes) {
    let at = ends[often(random, ends.length)];
    for (let up = below(random, at.depth + 1); up > 0; up--) at = at.parent;
    for (let more = 1 + below(random, 16); more > 0 && made < nodes && at.depth < DEEPEST; more--) {
      const name = names[often(random, names.length)];
      let child = at.children.get(name);
      if (!child) {
        child = {parent: at, depth: at.depth + 1, name, children: new Map()};
        at.children.set(name, child);
        made++;
      }
      at = child;
    }
    ends.push(at);
    held += `${pathOf(at)} ${1 + often(random, 400)}\n`;
    lines++;
    if (held.length < 1 << 22) continue;
    bytes += writeSync(file, held);
    held = '';
  }
  bytes += writeSync(file, held);
  closeSync(file);
  return {bytes, lines, nodes: made};
}

function pathOf(node) {
  const names = [];
  for (let at = node; at; at = at.parent) names.push(at.name);
  return names.reverse().join(';');
}

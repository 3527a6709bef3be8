/** A place in a tree and a search -> the next frame that it finds. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {matchingRows} from '../../base/matching-rows.ts';
import type {CallTree} from '../call-tree/shape.ts';
import {defineDerivation} from '../derivation.ts';
import type {PathStep} from '../flame/shape.ts';
import type {NextMatchAnswer, NextMatchQuestion} from './shape.ts';

export const nextMatch = defineDerivation({
  id: 'nextMatch',
  answer(session, {query, search, ignoreCase, path, step}: NextMatchQuestion): NextMatchAnswer | null {
    const made = session.callTree(query);
    const matches = made && matchingRows(made.tree.names, search, ignoreCase);
    if (!made || !matches) return null;
    const {tree} = made;
    const found = rowsOf(tree, matches);
    if (found.length === 0) return null;
    const at = rowAt(tree, path);
    const index = step > 0 ? upperBound(found, at) : lowerBound(found, at) - 1;
    const wrapped = (index + found.length) % found.length;
    return {path: pathTo(tree, found[wrapped]), index: wrapped, frames: found.length};
  },
});

/** Rows of the tree with a name that matches, in order. */
function rowsOf({length, name}: CallTree, matches: Uint8Array): Int32Array {
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 1; row < length; row++) if (name[row] >= 0 && matches[name[row]] === 1) rows[count++] = row;
  return rows.subarray(0, count);
}

function stepOf({name, kind, names}: CallTree, row: number): PathStep {
  return {name: name[row] < 0 ? null : names[name[row]], kind: kind[row]};
}

/** The row that a path leads to, as far as the tree has it. */
function rowAt(tree: CallTree, path: readonly PathStep[]): number {
  let at = 0;
  for (const step of path) {
    let found = -1;
    for (let child = at + 1; child < tree.end[at] && found < 0; child = tree.end[child]) {
      const own = stepOf(tree, child);
      if (own.name === step.name && own.kind === step.kind) found = child;
    }
    if (found < 0) return at;
    at = found;
  }
  return at;
}

function pathTo(tree: CallTree, row: number): PathStep[] {
  const path: PathStep[] = [];
  for (let at = row; at > 0; at = tree.parent[at]) path.push(stepOf(tree, at));
  return path.reverse();
}

/** What a search found of a tree. */
import type {CallTree} from '../call-tree/shape.ts';
import type {FlameAnswer} from './shape.ts';

/** Sums over the whole tree: a stack with several frames that match counts once. */
export function foundIn(tree: CallTree, matches: Uint8Array): NonNullable<FlameAnswer['found']> {
  const {name, total, end} = tree;
  const functions = new Uint8Array(tree.names.length);
  let weight = 0;
  let frames = 0;
  let countedTo = 0;
  for (let i = 0; i < tree.length; i++) {
    if (name[i] < 0 || matches[name[i]] === 0) continue;
    functions[name[i]] = 1;
    frames++;
    if (i < countedTo) continue;
    weight += total[i];
    countedTo = end[i];
  }
  return {functions: functions.reduce((sum, isFound) => sum + isFound, 0), frames, weight};
}

/** The same of the stacks above some rows of a tree, these with them. `rows`: none below another. */
export function foundAbove(tree: CallTree, rows: Int32Array, matches: Uint8Array): NonNullable<FlameAnswer['found']> {
  const {name, total, parent} = tree;
  const functions = new Set<number>();
  const frames = new Set<number>();
  let weight = 0;
  for (const row of rows) {
    let isFound = false;
    for (let at = row; at > 0; at = parent[at]) {
      if (name[at] < 0 || matches[name[at]] === 0) continue;
      functions.add(name[at]);
      frames.add(at);
      isFound = true;
    }
    if (isFound) weight += total[row];
  }
  return {functions: functions.size, frames: frames.size, weight};
}

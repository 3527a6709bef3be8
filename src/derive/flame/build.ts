/** Call tree -> what a flame graph of a given width can show of it. */
import {GrowableTable} from '../../base/columns/table.ts';
import type {CallTree} from '../call-tree/shape.ts';
import {defineDerivation} from '../derivation.ts';
import type {FlameAnswer, FlameQuestion, PathStep} from './shape.ts';

const MIN_WIDTH_PX = 0.5;

const ROWS = {
  parent: Int32Array, depth: Int32Array, x0: Float64Array, x1: Float64Array, self: Float64Array, total: Float64Array, name: Int32Array,
  kind: Uint8Array, match: Uint8Array, hiddenChildren: Int32Array, hiddenWeight: Float64Array,
} as const;

export const flame = defineDerivation({
  id: 'flame',
  answer(session, question: FlameQuestion): FlameAnswer | null {
    const found = session.callTree(question.query);
    if (!found) return null;
    const {tree, sums} = found;
    const matches = search(tree, question.search, question.ignoreCase);
    return {query: question.query, ...visible(tree, question.path, question.widthPx, matches), sums, treeWeight: tree.total[0], found: matches && foundIn(tree, matches)};
  },
});

/** 1 for every row of `names` that holds the text; null without a text. */
function search(tree: CallTree, wanted: string, ignoreCase: boolean): Uint8Array | null {
  if (wanted === '') return null;
  const fold = (name: string) => (ignoreCase ? name.toLowerCase() : name);
  const folded = fold(wanted);
  return Uint8Array.from(tree.names, (name) => (fold(name).includes(folded) ? 1 : 0));
}

/** Sums over the whole tree: a stack with several matching frames counts once. */
function foundIn(tree: CallTree, matches: Uint8Array): {functions: number; weight: number} {
  const functions = new Set<number>();
  let weight = 0;
  let countedTo = 0;
  for (let i = 0; i < tree.length; i++) {
    if (tree.name[i] < 0 || matches[tree.name[i]] === 0) continue;
    functions.add(tree.name[i]);
    if (i < countedTo) continue;
    weight += tree.total[i];
    countedTo = tree.end[i];
  }
  return {functions: functions.size, weight};
}

function visible(tree: CallTree, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  const rows = new GrowableTable(ROWS, 1024);
  const names: string[] = [];
  const nameRow = new Map<number, number>();
  const rowOf = new Map<number, number>();
  const add = (node: number, x0: number, x1: number) => {
    const row = rows.add();
    const columns = rows.rows;
    const name = tree.name[node];
    let shownName = name < 0 ? -1 : nameRow.get(name);
    if (shownName === undefined) {
      shownName = names.push(tree.names[name]) - 1;
      nameRow.set(name, shownName);
    }
    columns.parent[row] = rowOf.get(tree.parent[node]) ?? -1;
    columns.depth[row] = tree.depth[node];
    columns.x0[row] = x0;
    columns.x1[row] = x1;
    columns.self[row] = tree.self[node];
    columns.total[row] = tree.total[node];
    columns.name[row] = shownName;
    columns.kind[row] = tree.kind[node];
    columns.match[row] = name >= 0 && matches ? matches[name] : 0;
    columns.hiddenChildren[row] = columns.hiddenWeight[row] = 0;
    rowOf.set(node, row);
    return row;
  };

  const steps = nodesOnPath(tree, path);
  for (const node of steps) add(node, 0, 1);
  const root = steps[steps.length - 1];
  const scale = tree.total[root] > 0 ? 1 / tree.total[root] : 0;
  /** Where the next child of each shown node begins. */
  const nextX: number[] = [];
  nextX[rowOf.get(root) ?? 0] = 0;
  for (let node = root + 1; node < tree.end[root]; ) {
    const parentRow = rowOf.get(tree.parent[node]) ?? 0;
    const width = tree.total[node] * scale;
    const x0 = nextX[parentRow];
    if (width * widthPx < MIN_WIDTH_PX) {
      rows.rows.hiddenChildren[parentRow]++;
      rows.rows.hiddenWeight[parentRow] += tree.total[node];
      node = tree.end[node];
      continue;
    }
    nextX[parentRow] = x0 + width;
    nextX[add(node, x0, x0 + width)] = x0;
    node++;
  }
  return {...rows.finish(), names, pathLength: steps.length};
}

/** The rows of a path, from the root as far as the tree has it. */
function nodesOnPath(tree: CallTree, path: readonly PathStep[]): number[] {
  const nodes = [0];
  for (const step of path) {
    const above = nodes[nodes.length - 1];
    let found = -1;
    for (let child = above + 1; child < tree.end[above]; child = tree.end[child]) {
      const name = tree.name[child] < 0 ? null : tree.names[tree.name[child]];
      if (name === step.name && tree.kind[child] === step.kind) {
        found = child;
        break;
      }
    }
    if (found < 0) break;
    nodes.push(found);
  }
  return nodes;
}

/** A tree from the root of each stack -> the rows that can be seen of it. */
import type {CallTree} from '../call-tree/shape.ts';
import type {PathStep} from './shape.ts';
import {isStep, MIN_WIDTH_PX, ShownRows} from './shown.ts';

/** Rows of the frames at least half a pixel wide below the end of the path, and of the path. Cost: linear in what is shown, and its hidden children. */
export function topDown(tree: CallTree, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  const shown = new ShownRows(tree, matches);
  const rowOf = new Map<number, number>();
  const add = (node: number, x0: number, x1: number) => {
    const row = shown.add(node, {parent: rowOf.get(tree.parent[node]) ?? -1, x0, x1, self: tree.self[node], total: tree.total[node], count: tree.count[node]});
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
      shown.hide(parentRow, tree.total[node]);
      node = tree.end[node];
      continue;
    }
    nextX[parentRow] = x0 + width;
    nextX[add(node, x0, x0 + width)] = x0;
    node++;
  }
  return {...shown.finish(), pathLength: steps.length};
}

/** The rows of a path, from the root as far as the tree has it. */
export function nodesOnPath(tree: CallTree, path: readonly PathStep[]): number[] {
  const nodes = [0];
  for (const step of path) {
    const above = nodes[nodes.length - 1];
    let found = -1;
    for (let child = above + 1; child < tree.end[above] && found < 0; child = tree.end[child]) if (isStep(tree, child, step)) found = child;
    if (found < 0) break;
    nodes.push(found);
  }
  return nodes;
}

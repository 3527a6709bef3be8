/** Changes of a tree, each nodes -> nodes, with where every node went. Self weights move as the transform says; none is made or lost but by focus and hide. */
import {FrameKind} from '../labels/shape.ts';
import {NodeTable, type Nodes} from './nodes.ts';
import {namesOf, type Transform} from './shape.ts';

/** Other nodes, and by old node the new one; -1: left out. */
export interface Changed {
  readonly nodes: Nodes;
  readonly to: Int32Array;
}

/** Cost: linear in the nodes; for collapsing, at most nodes × depth. */
export function transformed(nodes: Nodes, transform: Transform): Changed {
  switch (transform.kind) {
    case 'focus': return focused(nodes, namesOf(nodes.names, transform.function));
    case 'hide': return hidden(nodes, namesOf(nodes.names, transform.function));
    case 'merge': return merged(nodes, namesOf(nodes.names, transform.function));
    case 'collapse-recursion': return collapsed(nodes);
  }
}

function isIn(nodes: Nodes, wanted: Uint8Array, node: number): boolean {
  return nodes.name[node] >= 0 && wanted[nodes.name[node]] === 1;
}

/** Gives each old node, parents first, its place among new ones; then the self weights go where their nodes went. */
function moved(nodes: Nodes, place: (table: NodeTable, node: number, to: Int32Array) => number, keepsRoot = true): Changed {
  const table = new NodeTable(nodes.names);
  const to = new Int32Array(nodes.length);
  // What is the root's own holds no function.
  if (!keepsRoot) to[0] = -1;
  for (let i = 1; i < nodes.length; i++) to[i] = place(table, i, to);
  for (let i = 0; i < nodes.length; i++) {
    if (to[i] < 0 || nodes.count[i] === 0) continue;
    table.addSelf(to[i], nodes.self[i], nodes.count[i]);
  }
  for (let i = 1; i < nodes.length; i++) if (to[i] > 0) table.turn(to[i], nodes.times[i]);
  return {nodes: table.finish(), to};
}

/** What the tree is rooted by stays above the function. */
function focused(nodes: Nodes, wanted: Uint8Array): Changed {
  const inside = new Uint8Array(nodes.length);
  /** By old node: the new node that the function hangs under. */
  const top = new Int32Array(nodes.length);
  return moved(nodes, (table, i, to) => {
    const parent = nodes.parent[i];
    if (inside[parent] === 1) {
      inside[i] = 1;
      return table.like(to[parent], nodes, i);
    }
    top[i] = nodes.kind[i] === FrameKind.Group ? table.like(0, nodes, i) : top[parent];
    if (!isIn(nodes, wanted, i)) return -1;
    inside[i] = 1;
    return table.like(top[i], nodes, i);
  }, false);
}

function hidden(nodes: Nodes, wanted: Uint8Array): Changed {
  return moved(nodes, (table, i, to) => (to[nodes.parent[i]] < 0 || isIn(nodes, wanted, i) ? -1 : table.like(to[nodes.parent[i]], nodes, i)));
}

/** A function that nothing calls leaves its own weight to the root, as a stack that is not there any more. */
function merged(nodes: Nodes, wanted: Uint8Array): Changed {
  return moved(nodes, (table, i, to) => {
    const parent = to[nodes.parent[i]];
    return isIn(nodes, wanted, i) ? parent : table.like(parent, nodes, i);
  });
}

/**
 * Calls that repeat become one. A frame whose addition makes the end of its path twice the same goes back to the first of the two:
 *
 *   main f g f g f h     f g again: back to the first g, which now stands for 2 turns
 *   main f g ─ f ─ h     what follows a turn that is not whole stays below it
 */
function collapsed(nodes: Nodes): Changed {
  const turns = new Int32Array(nodes.length).fill(1);
  return moved(nodes, (table, i, to) => {
    const above = to[nodes.parent[i]];
    if (nodes.name[i] < 0 || nodes.kind[i] === FrameKind.Group) return table.like(above, nodes, i);
    const period = periodBefore(table, nodes, above, i);
    if (period === 0) return table.like(above, nodes, i);
    const {parent} = table.rows;
    let first = above;
    for (let step = 1; step < period; step++) first = parent[first];
    let last = nodes.parent[i];
    while (to[last] !== first) last = nodes.parent[last];
    turns[i] = turns[last] + 1;
    for (let at = first, step = 0; step < period; step++, at = parent[at]) table.turn(at, turns[i]);
    return first;
  });
}

/** After how many frames the path to `above`, with node `i` of the old ones at its end, repeats itself; the least number, 0: it does not. */
function periodBefore(table: NodeTable, nodes: Nodes, above: number, i: number): number {
  const {parent, name, kind, knownBy} = table.rows;
  const isLike = (a: number, b: number) => name[a] === name[b] && kind[a] === kind[b] && knownBy[a] === knownBy[b];
  let first = above;
  for (let period = 1; first > 0; period++, first = parent[first]) {
    if (name[first] !== nodes.name[i] || kind[first] !== nodes.kind[i] || knownBy[first] !== nodes.knownBy[i]) continue;
    let [a, b] = [above, parent[first]];
    let same = 1;
    for (; same < period && b > 0 && isLike(a, b); same++) [a, b] = [parent[a], parent[b]];
    if (same === period) return period;
  }
  return 0;
}

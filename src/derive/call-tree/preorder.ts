/** Brings the nodes of a tree into preorder, children largest first: the order in which a flame graph is drawn and cut. */
import {Call, type Nodes} from './nodes.ts';
import {Inlined, type CallTree} from './shape.ts';

/** A tree, and by node its row in it; -1: nothing is in the node, so that it has none. */
export interface Ordered {
  readonly tree: CallTree;
  readonly rowOf: Int32Array;
}

/** Sums totals and reorders. Cost: linear, and sorting the children of each node. */
export function preorder({length, parent, name, kind, self, count, knownBy, times, calls, names: {names, kindOfName, dsoOfName}}: Nodes): Ordered {
  const totals = self.slice();
  const counts = count.slice();
  for (let i = length - 1; i > 0; i--) {
    totals[parent[i]] += totals[i];
    counts[parent[i]] += counts[i];
  }

  const firstChild = new Int32Array(length + 1);
  for (let i = 1; i < length; i++) if (counts[i] > 0) firstChild[parent[i] + 1]++;
  for (let i = 1; i <= length; i++) firstChild[i] += firstChild[i - 1];
  const next = firstChild.slice();
  const children = new Int32Array(length);
  for (let i = 1; i < length; i++) if (counts[i] > 0) children[next[parent[i]]++] = i;
  const label = (i: number) => (name[i] < 0 ? '' : names[name[i]]);
  const largestFirst = (a: number, b: number) => totals[b] - totals[a] || (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : a - b);
  for (let i = 0; i < length; i++) {
    const from = firstChild[i];
    const count = firstChild[i + 1] - from;
    if (count < 2) continue;
    // Most nodes with more than one child have two: no array has to be made to sort them.
    if (count > 2) children.subarray(from, from + count).sort(largestFirst);
    else if (largestFirst(children[from], children[from + 1]) > 0) [children[from], children[from + 1]] = [children[from + 1], children[from]];
  }
  const rows = firstChild[length] + 1;
  const tree = {
    length: rows,
    parent: new Int32Array(rows),
    end: new Int32Array(rows),
    depth: new Int32Array(rows),
    name: new Int32Array(rows),
    kind: new Uint8Array(rows),
    self: new Float64Array(rows),
    total: new Float64Array(rows),
    count: new Float64Array(rows),
    knownBy: new Uint8Array(rows),
    times: new Int32Array(rows),
    inlined: new Uint8Array(rows),
    names, kindOfName, dsoOfName,
  };
  const rowOf = new Int32Array(length).fill(-1);
  const pending = new Int32Array(length);
  let row = 0;
  for (let waiting = 1; waiting > 0; ) {
    const node = pending[--waiting];
    rowOf[node] = row;
    const above = node === 0 ? -1 : rowOf[parent[node]];
    tree.parent[row] = above;
    tree.depth[row] = above < 0 ? 0 : tree.depth[above] + 1;
    tree.name[row] = name[node];
    tree.kind[row] = kind[node];
    tree.self[row] = self[node];
    tree.total[row] = totals[node];
    tree.count[row] = counts[node];
    tree.knownBy[row] = knownBy[node];
    tree.times[row] = times[node];
    tree.inlined[row] = calls[node] === Call.Inlined ? Inlined.All : calls[node] === (Call.Inlined | Call.Real) ? Inlined.Some : Inlined.None;
    for (let at = firstChild[node + 1] - 1; at >= firstChild[node]; at--) pending[waiting++] = children[at];
    row++;
  }
  for (let i = rows - 1; i >= 0; i--) {
    if (tree.end[i] === 0) tree.end[i] = i + 1;
    const above = tree.parent[i];
    if (above >= 0 && tree.end[above] === 0) tree.end[above] = tree.end[i];
  }
  return {tree, rowOf};
}

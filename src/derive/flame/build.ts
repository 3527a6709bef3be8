/** Call tree -> what a flame graph of a given width can show of it. */
import {GrowableTable} from '../../base/columns/table.ts';
import {packageOf} from '../../base/short-name.ts';
import {text, type Trace} from '../../model/trace.ts';
import type {CallTree} from '../call-tree/shape.ts';
import {defineDerivation} from '../derivation.ts';
import type {Labels} from '../labels/shape.ts';
import type {FlameAnswer, FlameQuestion, PathStep} from './shape.ts';

const MIN_WIDTH_PX = 0.5;

const ROWS = {
  parent: Int32Array, depth: Int32Array, x0: Float64Array, x1: Float64Array, self: Float64Array, total: Float64Array, count: Float64Array, name: Int32Array, neighbour: Uint8Array, times: Int32Array,
  kind: Uint8Array, match: Uint8Array, hiddenChildren: Int32Array, hiddenWeight: Float64Array,
} as const;

export const flame = defineDerivation({
  id: 'flame',
  answer(session, question: FlameQuestion): FlameAnswer | null {
    const found = session.callTree(question.query);
    const source = session.source(question.query.source);
    if (!found || !source || question.form.kind !== 'top-down') return null;
    const {tree, sums} = found;
    const matches = search(tree, question.search, question.ignoreCase);
    const shown = visible(tree, question.path, question.widthPx, matches);
    return {
      query: question.query, form: question.form, ...shown, ...placesOf(shown.names, session.labels(source), source.trace),
      sums, treeWeight: tree.total[0], found: matches && foundIn(tree, matches), time: null,
    };
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
function foundIn(tree: CallTree, matches: Uint8Array): {functions: number; frames: number; weight: number} {
  const functions = new Set<number>();
  let weight = 0;
  let frames = 0;
  let countedTo = 0;
  for (let i = 0; i < tree.length; i++) {
    if (tree.name[i] < 0 || matches[tree.name[i]] === 0) continue;
    functions.add(tree.name[i]);
    frames++;
    if (i < countedTo) continue;
    weight += tree.total[i];
    countedTo = tree.end[i];
  }
  return {functions: functions.size, frames, weight};
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
    columns.count[row] = tree.count[node];
    columns.neighbour[row] = tree.neighbour[node];
    columns.times[row] = tree.times[node];
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

/** Package and object of each name. */
function placesOf(names: readonly string[], labels: Labels, trace: Trace) {
  const packages = new Index();
  const dsos = new Index();
  const dsoOf = new Map(labels.names.map((name, row) => [name, text(trace, labels.dso[row])]));
  return {
    packageOfName: Int32Array.from(names, (name) => packages.of(packageOf(name))),
    dsoOfName: Int32Array.from(names, (name) => dsos.of(dsoOf.get(name) ?? '')),
    packages: packages.texts,
    dsos: dsos.texts,
  };
}

/** Gives equal texts one row; the empty text has none (-1). */
class Index {
  readonly texts: string[] = [];
  readonly #rows = new Map<string, number>();

  of(value: string): number {
    if (value === '') return -1;
    let row = this.#rows.get(value);
    if (row === undefined) this.#rows.set(value, (row = this.texts.push(value) - 1));
    return row;
  }
}

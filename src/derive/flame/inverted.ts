/**
 * A tree turned over, from frames toward the root. Made only as far as it can be seen: whole, it has as many rows as all stacks have frames. A node is a set of
 * ways up, each from the row of the tree where it began to the row that comes next; its children are these ways by what comes next.
 *
 *   main ─ f ─ g 3 ─ h 2          g 3 ─ f ─ main       two ways: from g, from h
 *                                 h 2 ─ g ─ f ─ main
 */
import type {CallTree} from '../call-tree/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import type {PathStep} from './shape.ts';
import {isStep, MIN_WIDTH_PX, ShownRows} from './shown.ts';

/** Ways up that are alike so far. `next[i]`: the row of the tree whose frame comes next; 0 or a row of the first level's names where the stack is at its end. */
interface Ways {
  /** A row of the tree whose frame it is, for its name and kind. */
  readonly row: number;
  readonly next: Int32Array;
  readonly weight: Float64Array;
  readonly count: Float64Array;
  readonly total: number;
}

/** From the leaf of each stack. What the tree is rooted by stays its first level. Cost: what is shown × the rows with a weight of their own, at most. */
export function bottomUp(tree: CallTree, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  const ownCount = tree.count.slice();
  for (let row = 1; row < tree.length; row++) ownCount[tree.parent[row]] -= tree.count[row];
  const own = new Int32Array(tree.length);
  let length = 0;
  for (let row = 0; row < tree.length; row++) if (ownCount[row] > 0) own[length++] = row;
  const next = own.slice(0, length);
  return inverted(tree, {row: 0, next, weight: Float64Array.from(next, (row) => tree.self[row]), count: Float64Array.from(next, (row) => ownCount[row])}, path, widthPx, matches);
}

/** From the outermost calls of a function up. */
export function callers(tree: CallTree, outermost: Int32Array, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  return inverted(tree, {row: 0, next: outermost, weight: Float64Array.from(outermost, (row) => tree.total[row]), count: Float64Array.from(outermost, (row) => tree.count[row])}, path, widthPx, matches);
}

function inverted(tree: CallTree, start: Omit<Ways, 'total'>, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  const shown = new ShownRows(tree, matches);
  const parting = new Parting(tree);
  const add = ({row, total, next, weight, count}: Ways, parent: number, x0: number, x1: number) => {
    let self = 0;
    let samples = 0;
    for (let i = 0; i < next.length; i++) {
      samples += count[i];
      if (parting.isEnd(next[i])) self += weight[i];
    }
    return shown.add(row, {parent, x0, x1, self, total, count: samples});
  };
  let top: Ways = {...start, total: start.weight.reduce((sum, weight) => sum + weight, 0)};
  let topRow = add(top, -1, 0, 1);
  for (const step of path) {
    const child = parting.children(top).find(({row}) => isStep(tree, row, step));
    if (!child) break;
    top = child;
    topRow = add(top, topRow, 0, 1);
  }
  const pathLength = topRow + 1;
  const scale = top.total > 0 ? 1 / top.total : 0;
  /** What is still to be shown, the next one last. */
  const pending: {readonly ways: Ways; readonly parent: number; readonly x0: number}[] = [];
  const below = (ways: Ways, row: number, from: number) => {
    const children: (typeof pending)[number][] = [];
    let x0 = from;
    for (const child of parting.children(ways)) {
      if (child.total * scale * widthPx < MIN_WIDTH_PX) shown.hide(row, child.total);
      else children.push({ways: child, parent: row, x0});
      x0 += child.total * scale;
    }
    pending.push(...children.reverse());
  };
  below(top, topRow, 0);
  for (let each = pending.pop(); each; each = pending.pop()) {
    const {ways, parent, x0} = each;
    below(ways, add(ways, parent, x0, x0 + ways.total * scale), x0);
  }
  return {...shown.finish(), pathLength};
}

/** Parts ways by the frame that comes next. */
class Parting {
  readonly #tree: CallTree;
  /** By row: the row of the first level that it is below; null: the tree is not rooted by anything. */
  readonly #groupOf: Int32Array | null;
  /** By what tells frames apart: which of the children it is, while `#turnOf` is of this turn. */
  readonly #childOf: Int32Array;
  readonly #turnOf: Int32Array;
  #turn = 0;

  constructor(tree: CallTree) {
    this.#tree = tree;
    this.#groupOf = groupsOf(tree);
    const codes = (tree.names.length + KINDS) * VARIANTS;
    this.#childOf = new Int32Array(codes);
    this.#turnOf = new Int32Array(codes);
  }

  /** Whether a stack is at its end there. */
  isEnd(row: number): boolean {
    return row === 0 || this.#tree.kind[row] === FrameKind.Group;
  }

  /** The ways by what comes next, those that weigh most first. Cost: linear in the ways. */
  children({row: of, next, weight, count}: Ways): Ways[] {
    const {parent, name, kind, neighbour, names} = this.#tree;
    // Below the root of all come the names it is rooted by; the ways do not move by that.
    const groupOf = of === 0 ? this.#groupOf : null;
    const turn = ++this.#turn;
    const turnOf = this.#turnOf;
    const childOf = this.#childOf;
    const child = new Int32Array(next.length).fill(-1);
    const rows: number[] = [];
    const sizes: number[] = [];
    const totals: number[] = [];
    for (let i = 0; i < next.length; i++) {
      const row = groupOf ? groupOf[next[i]] : next[i];
      if (row === 0 || (!groupOf && kind[row] === FrameKind.Group)) continue;
      const code = (name[row] < 0 ? names.length + kind[row] : name[row]) * VARIANTS + (kind[row] === FrameKind.Growth ? 1 : 0) + 2 * neighbour[row];
      if (turnOf[code] !== turn) {
        turnOf[code] = turn;
        childOf[code] = rows.length;
        rows.push(row);
        sizes.push(0);
        totals.push(0);
      }
      child[i] = childOf[code];
      sizes[child[i]]++;
      totals[child[i]] += weight[i];
    }
    const parts = rows.map((row, c) => ({row, total: totals[c], next: new Int32Array(sizes[c]), weight: new Float64Array(sizes[c]), count: new Float64Array(sizes[c]), length: 0}));
    for (let i = 0; i < next.length; i++) {
      if (child[i] < 0) continue;
      const part = parts[child[i]];
      part.next[part.length] = groupOf ? next[i] : parent[next[i]];
      part.weight[part.length] = weight[i];
      part.count[part.length++] = count[i];
    }
    const label = (row: number) => (name[row] < 0 ? '' : names[name[row]]);
    return parts.sort((a, b) => b.total - a.total || (label(a.row) < label(b.row) ? -1 : label(a.row) > label(b.row) ? 1 : a.row - b.row));
  }
}

const KINDS = Object.keys(FrameKind).length;
/** In a chain that grows or not; recorded or known from a neighbour. */
const VARIANTS = 4;

function groupsOf({length, parent, kind}: CallTree): Int32Array | null {
  if (length < 2 || kind[1] !== FrameKind.Group) return null;
  const groupOf = new Int32Array(length);
  for (let row = 1; row < length; row++) groupOf[row] = parent[row] === 0 ? row : groupOf[parent[row]];
  return groupOf;
}

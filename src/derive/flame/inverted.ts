/**
 * A tree turned over, from frames toward the root. Made only as far as it can be seen: whole, it has as many rows as all stacks have frames. A node is a set of
 * ways up, each from the row of the tree where it began to the row that comes next; its children are these ways by what comes next.
 *
 *   main ─ f ─ g 3 ─ h 2          g 3 ─ f ─ main       two ways: from g, from h
 *                                 h 2 ─ g ─ f ─ main
 */
import {inlinedOfBoth, KnownBy, type CallTree} from '../call-tree/shape.ts';
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
  /** Sums of weights and counts; `ended`: weight of those that are at their end. */
  readonly total: number;
  readonly samples: number;
  readonly ended: number;
  /** One of `Inlined`, of the calls that `row` stands for here. */
  readonly inlined: number;
}

/** All ways, and what parts them. `first`: the first level, once it was made: every picture begins with it. */
interface Start {
  readonly all: Ways;
  readonly parting: Parting;
  first: readonly Ways[] | null;
}

/** Where bottom-up begins, by tree. */
const leavesOf = new WeakMap<CallTree, Start>();

/** From the leaf of each stack. What the tree is rooted by stays its first level. Cost: what is shown × the rows with a weight of their own, at most. */
export function bottomUp(tree: CallTree, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  let start = leavesOf.get(tree);
  if (!start) leavesOf.set(tree, (start = leaves(tree)));
  return inverted(tree, start, path, widthPx, matches);
}

function leaves(tree: CallTree): Start {
  const {length, parent, count, self} = tree;
  const own = count.slice();
  for (let row = 1; row < length; row++) own[parent[row]] -= count[row];
  let rows = 0;
  for (let row = 0; row < length; row++) if (own[row] > 0) rows++;
  const next = new Int32Array(rows);
  rows = 0;
  for (let row = 0; row < length; row++) if (own[row] > 0) next[rows++] = row;
  return startAt(tree, next, self, own);
}

/** From the outermost calls of a function up. */
export function callers(tree: CallTree, outermost: Int32Array, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  return inverted(tree, startAt(tree, outermost, tree.total, tree.count), path, widthPx, matches);
}

/** Ways that begin at these rows, with weights and counts by row of the tree. */
function startAt(tree: CallTree, next: Int32Array, weights: Float64Array, counts: Float64Array): Start {
  const weight = new Float64Array(next.length);
  const count = new Float64Array(next.length);
  let total = 0;
  let samples = 0;
  let ended = 0;
  for (let i = 0; i < next.length; i++) {
    total += weight[i] = weights[next[i]];
    samples += count[i] = counts[next[i]];
    if (next[i] === 0) ended += weight[i];
  }
  return {all: {row: 0, next, weight, count, total, samples, ended, inlined: tree.inlined[0]}, parting: new Parting(tree), first: null};
}

function inverted(tree: CallTree, start: Start, path: readonly PathStep[], widthPx: number, matches: Uint8Array | null) {
  const shown = new ShownRows(tree, matches);
  const add = ({row, total, samples, ended, inlined}: Ways, parent: number, x0: number, x1: number) => shown.add(row, {parent, x0, x1, self: ended, total, count: samples, inlined});
  const childrenOf = (ways: Ways, least: number) => (ways === start.all ? (start.first ??= start.parting.children(ways, 0)) : start.parting.children(ways, least));
  let top = start.all;
  let topRow = add(top, -1, 0, 1);
  for (const step of path) {
    const child = childrenOf(top, 0).find(({row}) => isStep(tree, row, step));
    if (!child) break;
    top = child;
    topRow = add(top, topRow, 0, 1);
  }
  const pathLength = topRow + 1;
  const scale = top.total > 0 ? 1 / top.total : 0;
  // A hair less, so that what is wide enough by the test below has its ways.
  const least = (MIN_WIDTH_PX / (scale * widthPx)) * (1 - 1e-9);
  /** What is still to be shown, the next one last. */
  const pending: {readonly ways: Ways; readonly parent: number; readonly x0: number}[] = [];
  const below = (ways: Ways, row: number, from: number) => {
    const children: (typeof pending)[number][] = [];
    let x0 = from;
    for (const child of childrenOf(ways, least)) {
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

/** A child while its ways are counted, then gathered. */
interface Part extends Ways {
  readonly length: number;
}

/** Parts ways by the frame that comes next. */
class Parting {
  readonly #tree: CallTree;
  /** By row: the row of the first level that it is below; null: the tree is not rooted by anything. */
  readonly #groupOf: Int32Array | null;
  /** By row: what tells its frame from others, -1 where a stack is at its end. */
  readonly #code: Int32Array;
  /** By code: which of the children it is, while `#turnOf` is of this turn. */
  readonly #childOf: Int32Array;
  readonly #turnOf: Int32Array;
  #turn = 0;

  constructor(tree: CallTree) {
    const {length, name, kind, knownBy, names} = tree;
    this.#tree = tree;
    this.#groupOf = groupsOf(tree);
    this.#code = new Int32Array(length);
    for (let row = 0; row < length; row++) {
      const isEnd = row === 0 || kind[row] === FrameKind.Group;
      this.#code[row] = isEnd ? -1 : (name[row] < 0 ? names.length + kind[row] : name[row]) * VARIANTS + (kind[row] === FrameKind.Growth ? 1 : 0) + 2 * knownBy[row];
    }
    const codes = (names.length + KINDS) * VARIANTS;
    this.#childOf = new Int32Array(Math.max(codes, length));
    this.#turnOf = new Int32Array(Math.max(codes, length));
  }

  /** The ways by what comes next, those that weigh most first. Of those that weigh less than `least` only sums are made. Cost: linear in the ways. */
  children({row: of, next, weight, count}: Ways, least: number): Ways[] {
    const {parent, inlined} = this.#tree;
    const code = this.#code;
    // Below the root of all come the names it is rooted by; the ways do not move by that.
    const groupOf = of === 0 ? this.#groupOf : null;
    const turn = ++this.#turn;
    const turnOf = this.#turnOf;
    const childOf = this.#childOf;
    const child = new Int32Array(next.length);
    const rows: number[] = [];
    const sizes: number[] = [];
    const totals: number[] = [];
    const inlinedOf: number[] = [];
    for (let i = 0; i < next.length; i++) {
      const key = groupOf ? groupOf[next[i]] : code[next[i]];
      if (key < 0 || (groupOf && key === 0)) {
        child[i] = -1;
        continue;
      }
      if (turnOf[key] !== turn) {
        turnOf[key] = turn;
        childOf[key] = rows.length;
        rows.push(groupOf ? key : next[i]);
        sizes.push(0);
        totals.push(0);
        inlinedOf.push(inlined[rows[rows.length - 1]]);
      }
      const c = childOf[key];
      child[i] = c;
      sizes[c]++;
      if (!groupOf && inlined[next[i]] !== inlinedOf[c]) inlinedOf[c] = inlinedOfBoth(inlined[next[i]], inlinedOf[c]);
      totals[c] += weight[i];
    }
    const parts = rows.map((row, c): {-readonly [K in keyof Part]: Part[K]} => {
      const size = totals[c] < least ? 0 : sizes[c];
      return {row, total: totals[c], samples: 0, ended: 0, inlined: inlinedOf[c], next: new Int32Array(size), weight: new Float64Array(size), count: new Float64Array(size), length: 0};
    });
    for (let i = 0; i < next.length; i++) {
      if (child[i] < 0) continue;
      const part = parts[child[i]];
      if (part.next.length === 0) continue;
      const above = groupOf ? next[i] : parent[next[i]];
      part.next[part.length] = above;
      part.weight[part.length] = weight[i];
      part.count[part.length++] = count[i];
      part.samples += count[i];
      if (code[above] < 0) part.ended += weight[i];
    }
    const {name, names} = this.#tree;
    const label = (row: number) => (name[row] < 0 ? '' : names[name[row]]);
    return parts.sort((a, b) => b.total - a.total || (label(a.row) < label(b.row) ? -1 : label(a.row) > label(b.row) ? 1 : a.row - b.row));
  }
}

const KINDS = Object.keys(FrameKind).length;
/** In a chain that grows or not; how it is known. */
const VARIANTS = 2 * Object.keys(KnownBy).length;

function groupsOf({length, parent, kind}: CallTree): Int32Array | null {
  if (length < 2 || kind[1] !== FrameKind.Group) return null;
  const groupOf = new Int32Array(length);
  for (let row = 1; row < length; row++) groupOf[row] = parent[row] === 0 ? row : groupOf[parent[row]];
  return groupOf;
}

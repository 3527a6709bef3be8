/**
 * Samples of one thread or goroutine in the order of time -> boxes from left to right. A sample stands from its time to the next one's, but for no longer than
 * twice the usual distance between two: where there is none for longer, there is a gap. Growths and states have an end of their own.
 *
 *   main  main  main        main      ┌─ main ───────┐    ┌─ main ┐
 *   read  read  parse       parse     ├ read ┬ parse ┘    └ parse ┘
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {CallTree, Things, WeighedTree} from '../call-tree/shape.ts';
import type {Session} from '../derivation.ts';
import {FrameKind} from '../labels/shape.ts';
import type {FlameForm, FlameTime} from './shape.ts';
import {MIN_WIDTH_PX, ShownRows} from './shown.ts';

type TimeForm = Extract<FlameForm, {readonly kind: 'time'}>;
const MOST_LANES = 200;
/** A pause of more than so many usual distances is a gap. */
const GAP = 2;

/** Whose boxes there are, and those of one. `made`: a tree rooted by what the form says. Cost: linear in the things, and in the frames in which those of the lane differ. */
export function inTime(session: Session, {tree, things}: WeighedTree, form: TimeForm, window: {readonly fromNs: number; readonly toNs: number}, widthPx: number, matches: Uint8Array | null) {
  const laneOf = lanesOfRows(tree);
  const lanes = lanesBusiestFirst(session, tree, things, form.per);
  const lane = lanes.find(({row}) => row === form.row) ?? lanes[0];
  const shown = new ShownRows(tree, matches);
  const inLane = lane ? thingsOf(things, laneOf, lane.node, window) : new Int32Array(0);
  const boxes = new Boxes(tree, window, widthPx);
  const endsNs = ends(things, inLane);
  for (let i = 0; i < inLane.length; i++) boxes.add(things.node[inLane[i]], things.timeNs[inLane[i]], endsNs[i], things.weight[inLane[i]], things.count ? things.count[inLane[i]] : 1);
  boxes.showIn(shown);
  const time: FlameTime = {
    fromNs: window.fromNs, toNs: window.toNs, row: lane?.row ?? -1,
    lanes: lanes.slice(0, MOST_LANES).map(({row, id, name, samples, weight}) => ({row, id, name, samples, weight})),
  };
  return {...shown.finish(), pathLength: 1, time, weight: boxes.weight};
}

/** By row of the tree: the row of the first level that it is below. */
function lanesOfRows({length, parent}: CallTree): Int32Array {
  const laneOf = new Int32Array(length);
  for (let row = 1; row < length; row++) laneOf[row] = parent[row] === 0 ? row : laneOf[parent[row]];
  return laneOf;
}

/** What is of no known thread or goroutine is no lane. */
function lanesBusiestFirst(session: Session, tree: CallTree, things: Things, per: TimeForm['per']) {
  const source = session.source(things.source)!;
  const owner = per === 'thread' || things.table !== 'samples' ? source : session.source(session.attribution(source).to);
  const ids = owner && (per === 'thread' ? owner.trace.threads.tid : owner.trace.goroutines.id);
  const lanes = [];
  for (let node = 1; node < tree.length; node = tree.end[node]) {
    if (tree.name[node] < 0 || tree.kind[node] !== FrameKind.Group || !ids) continue;
    const row = tree.rowOfName[tree.name[node]];
    lanes.push({node, row, id: ids[row], name: tree.names[tree.name[node]], samples: tree.count[node], weight: tree.total[node]});
  }
  return lanes.sort((a, b) => b.weight - a.weight || a.id - b.id);
}

/** Rows of the things of a lane in the window, and the one before it, which may reach into it; in the order of time. */
function thingsOf({length, timeNs, node}: Things, laneOf: Int32Array, lane: number, {fromNs, toNs}: {readonly fromNs: number; readonly toNs: number}): Int32Array {
  const rows: number[] = [];
  let before = -1;
  for (let i = 0; i < length; i++) {
    if (node[i] < 0 || laneOf[node[i]] !== lane || !(timeNs[i] <= toNs)) continue;
    if (timeNs[i] >= fromNs) rows.push(i);
    else if (before < 0 || timeNs[i] > timeNs[before]) before = i;
  }
  if (before >= 0) rows.push(before);
  const order = ascendingOrder(Float64Array.from(rows, (row) => timeNs[row]));
  return Int32Array.from(order, (at) => rows[at]);
}

/** When each of some things ends; they are in the order of time. */
function ends({timeNs, durationNs}: Things, rows: Int32Array): Float64Array {
  if (durationNs) return Float64Array.from(rows, (row) => timeNs[row] + (Number.isNaN(durationNs[row]) ? 0 : durationNs[row]));
  const distances = Float64Array.from({length: Math.max(0, rows.length - 1)}, (_, i) => timeNs[rows[i + 1]] - timeNs[rows[i]]);
  const usual = distances.slice().sort()[Math.floor(distances.length / 2)] ?? usualOfAll(timeNs);
  return Float64Array.from(rows, (row, i) => (i < distances.length && distances[i] <= GAP * usual ? timeNs[rows[i + 1]] : timeNs[row] + usual));
}

/** Of a lane with one sample alone: how far those of all lanes lie apart. */
function usualOfAll(timeNs: Float64Array): number {
  let first = Infinity;
  let last = -Infinity;
  for (const time of timeNs) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return last > first ? (last - first) / (timeNs.length - 1) : 1;
}

interface Box {
  readonly node: number;
  readonly depth: number;
  readonly fromNs: number;
  toNs: number;
  self: number;
  total: number;
  count: number;
  hidden: number;
  hiddenWeight: number;
}

/** Boxes that are open at the moment, from the lane down; those that are closed and wide enough to be shown. */
class Boxes {
  readonly #tree: CallTree;
  readonly #window: {readonly fromNs: number; readonly toNs: number};
  readonly #leastNs: number;
  readonly #open: Box[] = [];
  readonly #closed: Box[] = [];
  readonly #root: Box;

  constructor(tree: CallTree, window: {readonly fromNs: number; readonly toNs: number}, widthPx: number) {
    this.#tree = tree;
    this.#window = window;
    this.#leastNs = ((window.toNs - window.fromNs) / widthPx) * MIN_WIDTH_PX;
    this.#root = box(0, 0, window.fromNs, window.toNs);
  }

  /** Adds a thing that begins no earlier than the one before. */
  add(node: number, fromNs: number, toNs: number, weight: number, count: number): void {
    const {parent, kind} = this.#tree;
    const begin = Math.max(fromNs, this.#window.fromNs);
    const end = Math.min(toNs, this.#window.toNs);
    if (end < begin) return;
    const path: number[] = [];
    for (let at = node; at > 0 && kind[at] !== FrameKind.Group; at = parent[at]) path.push(at);
    path.reverse();
    const isGap = this.#open.length > 0 && this.#open[0].toNs < begin;
    let same = 0;
    while (!isGap && same < this.#open.length && same < path.length && this.#open[same].node === path[same]) same++;
    this.#close(same, begin);
    for (let depth = same; depth < path.length; depth++) this.#open.push(box(path[depth], depth + 1, begin, end));
    for (const each of this.#open) {
      each.toNs = Math.max(each.toNs, end);
      each.total += weight;
      each.count += count;
    }
    (this.#open.at(-1) ?? this.#root).self += weight;
    this.#root.total += weight;
    this.#root.count += count;
  }

  /** Of all that was added and lies in the window. */
  get weight(): number {
    return this.#root.total;
  }

  showIn(shown: ShownRows): void {
    this.#close(0, Infinity);
    const {fromNs, toNs} = this.#window;
    const share = (ns: number) => (toNs > fromNs ? (ns - fromNs) / (toNs - fromNs) : 0);
    const above: number[] = [];
    this.#closed.push(this.#root);
    // Boxes are closed from the leaf to the root; in preorder they stand by begin, then by depth.
    this.#closed.sort((a, b) => a.fromNs - b.fromNs || a.depth - b.depth);
    for (const {node, depth, self, total, count, hidden, hiddenWeight, ...each} of this.#closed) {
      const row = shown.add(node, {parent: depth === 0 ? -1 : above[depth - 1], x0: share(each.fromNs), x1: share(each.toNs), self, total, count});
      shown.hide(row, hiddenWeight, hidden);
      above[depth] = row;
    }
  }

  /** Closes the boxes from a depth on. What lies on the pixels of its neighbours is counted in the box that it stands on. */
  #close(from: number, atNs: number): void {
    while (this.#open.length > from) {
      const last = this.#open.pop()!;
      last.toNs = Math.min(last.toNs, atNs);
      if (last.toNs - last.fromNs >= this.#leastNs && last.toNs > last.fromNs) this.#closed.push(last);
      else {
        const below = this.#open.at(-1) ?? this.#root;
        below.hidden++;
        below.hiddenWeight += last.total;
      }
    }
  }
}

function box(node: number, depth: number, fromNs: number, toNs: number): Box {
  return {node, depth, fromNs, toNs, self: 0, total: 0, count: 0, hidden: 0, hiddenWeight: 0};
}

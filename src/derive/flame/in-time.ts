/**
 * Samples of one thread or goroutine in the order of time -> boxes from left to right. A sample stands from its time to the next one's, but for no longer than
 * twice the usual distance between two: where there is none for longer, there is a gap. Growths and states have an end of their own.
 *
 *   main  main  main        main      ┌─ main ───────┐    ┌─ main ┐
 *   read  read  parse       parse     ├ read ┬ parse ┘    └ parse ┘
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {CallTree, Owners, Things, WeighedTree} from '../call-tree/shape.ts';
import type {Session} from '../derivation.ts';
import type {FlameForm, FlameTime} from './shape.ts';
import {MIN_WIDTH_PX, ShownRows} from './shown.ts';

interface Window {
  readonly fromNs: number;
  readonly toNs: number;
}

type TimeForm = Extract<FlameForm, {readonly kind: 'time'}>;
const MOST_LANES = 200;
/** A pause of more than so many usual distances is a gap. */
const GAP = 2;

/** Boxes of one lane, and which lanes there are. Cost: linear in the things, and in the frames in which those of the lane differ. */
export function inTime(session: Session, {tree, things}: WeighedTree, form: TimeForm, window: Window, widthPx: number, matches: Uint8Array | null) {
  const owners = ownersOf(session, things, form.per);
  const lanes = lanesHeaviestFirst(session, things, owners, form.per);
  const lane = lanes.find(({row}) => row === form.row) ?? lanes[0];
  const shown = new ShownRows(tree, matches);
  const inLane = lane ? thingsOf(things, owners.of, lane.owner, window) : new Int32Array(0);
  const boxes = new Boxes(tree, window, widthPx);
  const endsNs = ends(things, inLane);
  for (let i = 0; i < inLane.length; i++) boxes.add(things.node[inLane[i]], things.timeNs[inLane[i]], endsNs[i], things.weight[inLane[i]], things.count ? things.count[inLane[i]] : 1);
  boxes.showIn(shown);
  const time: FlameTime = {
    ...window, row: lane?.row ?? -1,
    lanes: lanes.slice(0, MOST_LANES).map(({row, id, name, samples, weight}) => ({row, id, name, samples, weight})),
  };
  return {...shown.finish(), pathLength: 1, time, weight: boxes.weight};
}

/** Made once for the things of a tree: panning asks for the same again and again. */
const knownOwners = new WeakMap<Things, {readonly per: TimeForm['per']; readonly owners: Owners}>();
const NOBODY: Owners = {of: new Int32Array(0), names: [], rows: []};

function ownersOf(session: Session, things: Things, per: TimeForm['per']): Owners {
  const known = knownOwners.get(things);
  if (known?.per === per) return known.owners;
  const owners = session.owners(things, per) ?? NOBODY;
  knownOwners.set(things, {per, owners});
  return owners;
}

/** What is of no known thread or goroutine is no lane. */
function lanesHeaviestFirst(session: Session, things: Things, {of, names, rows}: Owners, per: TimeForm['per']) {
  const source = session.source(things.source);
  const trace = (per === 'thread' || things.table !== 'samples' || !source ? source : session.source(session.attribution(source).to))?.trace;
  const ids = per === 'thread' ? trace?.threads.tid : trace?.goroutines.id;
  const lanes = rows.map((row, owner) => ({owner, row, id: ids?.[row] ?? -1, name: names[owner], samples: 0, weight: 0}));
  const {length, node, weight, count} = things;
  for (let i = 0; i < length; i++) {
    if (node[i] < 0 || of[i] < 0) continue;
    const lane = lanes[of[i]];
    lane.samples += count ? count[i] : 1;
    lane.weight += weight[i];
  }
  return lanes.filter(({samples}) => samples > 0).sort((a, b) => b.weight - a.weight || a.id - b.id);
}

/** Rows of the things of a lane in the window, and the one before it, which may reach into it; in the order of time. */
function thingsOf({length, timeNs, node}: Things, of: Int32Array, owner: number, {fromNs, toNs}: Window): Int32Array {
  const rows: number[] = [];
  let before = -1;
  for (let i = 0; i < length; i++) {
    if (of[i] !== owner || node[i] < 0 || !(timeNs[i] <= toNs)) continue;
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

/** A box that is wide enough to be shown. */
interface Box {
  readonly node: number;
  readonly depth: number;
  readonly fromNs: number;
  readonly toNs: number;
  readonly self: number;
  readonly total: number;
  readonly count: number;
  readonly hidden: number;
  readonly hiddenWeight: number;
}

/**
 * Boxes that are open at the moment, one a depth, the root at 0; those that were closed and are wide enough. What a box weighs goes to the one above when it is
 * closed, so that a sample touches only the frames in which it differs from the one before.
 */
class Boxes {
  readonly #tree: CallTree;
  readonly #window: Window;
  readonly #leastNs: number;
  readonly #closed: Box[] = [];
  /** By depth: */
  readonly #node: Int32Array;
  readonly #from: Float64Array;
  readonly #self: Float64Array;
  readonly #total: Float64Array;
  readonly #count: Float64Array;
  readonly #hidden: Int32Array;
  readonly #hiddenWeight: Float64Array;
  /** How many are open, the root with them. */
  #open = 1;
  /** When the last thing ended. */
  #endNs = -Infinity;
  #weight = 0;

  constructor(tree: CallTree, window: Window, widthPx: number) {
    this.#tree = tree;
    this.#window = window;
    this.#leastNs = ((window.toNs - window.fromNs) / widthPx) * MIN_WIDTH_PX;
    const depths = tree.depth.reduce((deepest, depth) => (depth > deepest ? depth : deepest), 0) + 1;
    this.#node = new Int32Array(depths);
    this.#hidden = new Int32Array(depths);
    [this.#from, this.#self, this.#total, this.#count, this.#hiddenWeight] = Array.from({length: 5}, () => new Float64Array(depths));
    this.#from[0] = window.fromNs;
  }

  /** Adds a thing that begins no earlier than the one before. */
  add(node: number, fromNs: number, toNs: number, weight: number, count: number): void {
    const {parent, depth} = this.#tree;
    const begin = Math.max(fromNs, this.#window.fromNs);
    const end = Math.min(toNs, this.#window.toNs);
    if (end < begin) return;
    if (this.#endNs < begin) this.#close(1, this.#endNs);
    // A row of the tree is one stack: from the first that is open, all above it are.
    let shared = node;
    while (depth[shared] >= this.#open || this.#node[depth[shared]] !== shared) shared = parent[shared];
    this.#close(depth[shared] + 1, begin);
    for (let at = node; at !== shared; at = parent[at]) this.#begin(depth[at], at, begin);
    this.#open = depth[node] + 1;
    this.#endNs = Math.max(this.#endNs, end);
    this.#self[depth[node]] += weight;
    this.#total[depth[node]] += weight;
    this.#count[depth[node]] += count;
    this.#weight += weight;
  }

  /** Of all that was added and lies in the window. */
  get weight(): number {
    return this.#weight;
  }

  showIn(shown: ShownRows): void {
    this.#close(1, this.#endNs);
    const {fromNs, toNs} = this.#window;
    this.#closed.push(this.#box(0, toNs));
    const share = (ns: number) => (toNs > fromNs ? (ns - fromNs) / (toNs - fromNs) : 0);
    const above: number[] = [];
    // Boxes are closed from the leaf to the root; in preorder they stand by begin, then by depth.
    this.#closed.sort((a, b) => a.fromNs - b.fromNs || a.depth - b.depth);
    for (const {node, depth, self, total, count, hidden, hiddenWeight, ...each} of this.#closed) {
      const row = shown.add(node, {parent: depth === 0 ? -1 : above[depth - 1], x0: share(each.fromNs), x1: share(each.toNs), self, total, count});
      shown.hide(row, hiddenWeight, hidden);
      above[depth] = row;
    }
  }

  #begin(depth: number, node: number, fromNs: number): void {
    this.#node[depth] = node;
    this.#from[depth] = fromNs;
    this.#self[depth] = this.#total[depth] = this.#count[depth] = this.#hidden[depth] = this.#hiddenWeight[depth] = 0;
  }

  /** Closes the boxes from a depth on. What lies on the pixels of its neighbours is counted in the box that it stands on. */
  #close(from: number, atNs: number): void {
    for (let depth = this.#open - 1; depth >= from; depth--) {
      const toNs = Math.min(atNs, this.#endNs);
      const lengthNs = toNs - this.#from[depth];
      this.#total[depth - 1] += this.#total[depth];
      this.#count[depth - 1] += this.#count[depth];
      if (lengthNs >= this.#leastNs && lengthNs > 0) this.#closed.push(this.#box(depth, toNs));
      else {
        this.#hidden[depth - 1]++;
        this.#hiddenWeight[depth - 1] += this.#total[depth];
      }
    }
    if (from < this.#open) this.#open = from;
  }

  #box(depth: number, toNs: number): Box {
    return {
      node: this.#node[depth], depth, fromNs: this.#from[depth], toNs, self: this.#self[depth], total: this.#total[depth],
      count: this.#count[depth], hidden: this.#hidden[depth], hiddenWeight: this.#hiddenWeight[depth],
    };
  }
}

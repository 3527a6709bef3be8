/**
 * Stacks of weighed things -> nodes of a tree. Stacks are already a tree of prefixes; frames of one function are one node whatever their line. What was
 * not recorded is a node of its own, never a root that looks recorded:
 *
 *   all                                   all
 *   ├ runtime.goexit …                    ├ ▨ caller not recorded          frame pointers end at morestack (Go ≥ 1.21)
 *   ├ ▨ truncated                         │  ├ runtime.morestack           growth …
 *   │  └ main.deep …                      │  └ runtime.morestack           … and preemption stay apart
 *   ├ ▨ other stack not copied    │                                   above morestack, in copies of stacks
 *   └ ▨ stack not recorded                └ main.f ─ ▨ 2 frames not recorded ─ runtime.morestack        (Go ≤ 1.20)
 *
 * What probes restored stands where it was lost, as nodes of their own.
 */
import {StackEnd} from '../../model/tables.ts';
import {ChainClass, ChainMark} from '../chains/shape.ts';
import type {Session} from '../derivation.ts';
import {FrameKind} from '../labels/shape.ts';
import type {Gathered} from './gathered.ts';
import {functionNames} from './names.ts';
import {Call, NodeTable, type Nodes} from './nodes.ts';
import {lostAbove} from './lost-above.ts';
import {KnownBy, type CallTreeQuery, type Owners} from './shape.ts';

const TOWER = ChainMark.More | ChainMark.New | ChainMark.Shrink;

/** `nodeOf`: makes by thing the node that it is the own weight of; -1: `chains` leaves it out. */
interface StackNodes {
  readonly nodes: Nodes;
  readonly nodeOf: () => Int32Array;
}

/** Cost: linear in things and in the stacks they have. */
export function stackNodes(session: Session, things: Gathered, roots: Owners | null, chains: CallTreeQuery['chains']): StackNodes {
  const names = functionNames(session, things.stackSources, roots?.names ?? []);
  const nodes = new NodeTable(names);
  const {of, order, first} = buckets(things, roots);
  const scratches = things.stackSources.map(({trace}) => new Scratch(trace.stacks.length));
  const hasInlined = things.stackSources.some(({trace}) => trace.frames.inlined.includes(1));
  const place = (bucket: number): Place => {
    const {root, part, knownBy} = of(bucket);
    return {nodes, top: roots === null ? 0 : nodes.group(root), part, labelOfFrame: names.ofFrame[part], knownBy, scratch: scratches[part], hasInlined};
  };
  if (!order) {
    // One bucket, as of most questions: by stack it is known which node is which, so that no thing has to be looked at before it is asked for.
    const only = place(0);
    const noStack = things.length > 0 ? addBucket(session, things, chains, only, null) : -1;
    const {part, scratch: {leafNode}} = only;
    return {nodes: nodes.finish(), nodeOf: lazyNodes(session, things, chains, {part, leafNode, noStack})};
  }
  const nodeOf = new Int32Array(things.length).fill(-1);
  for (let bucket = 0; bucket + 1 < first.length; bucket++) {
    if (first[bucket] === first[bucket + 1]) continue;
    const at = place(bucket);
    const own = order.subarray(first[bucket], first[bucket + 1]);
    const noStack = addBucket(session, things, chains, at, own);
    nodesOfThings(session, things, chains, {part: at.part, leafNode: at.scratch.leafNode, noStack}, own, nodeOf);
  }
  return {nodes: nodes.finish(), nodeOf: () => nodeOf};
}

/** What is left of a bucket when it is added: the nodes of the stacks of source `part`, and the one of things without a stack. */
interface Added {
  readonly part: number;
  readonly leafNode: Int32Array;
  readonly noStack: number;
}

/** Of the one bucket of all things. A function of its own, so that nothing else is held as long as the tree. */
function lazyNodes(session: Session, things: Gathered, chains: CallTreeQuery['chains'], added: Added): () => Int32Array {
  return () => nodesOfThings(session, things, chains, added, null, new Int32Array(things.length).fill(-1));
}

/** Writes the node of each thing of a bucket. */
function nodesOfThings(session: Session, things: Gathered, chains: CallTreeQuery['chains'], {part, leafNode, noStack}: Added, order: Int32Array | null, nodeOf: Int32Array): Int32Array {
  const {class: classes} = session.chains(things.stackSources[part]);
  const isAll = chains === 'all' || things.table !== 'samples';
  const {stack: stacks} = things;
  const length = order ? order.length : things.length;
  for (let at = 0; at < length; at++) {
    const i = order ? order[at] : at;
    const stack = stacks[i];
    const grows = stack >= 0 && classes[stack] === ChainClass.Growth;
    if (!isAll && !grows) continue;
    nodeOf[i] = stack < 0 || (chains === 'growth-work' && !grows) ? noStack : leafNode[stack];
  }
  return nodeOf;
}

/** Things that hang under one node, have stacks of one source, and are known alike. */
interface Buckets {
  of(bucket: number): {readonly root: number; readonly part: number; readonly knownBy: KnownBy};
  /** Things by bucket: those of bucket b are `order[first[b] … first[b + 1] - 1]`; null: as they stand. */
  readonly order: Int32Array | null;
  readonly first: Int32Array;
}

function buckets({length, stackSources, stackSource, neighbour}: Gathered, roots: Owners | null): Buckets {
  const parts = stackSources.length;
  if (!roots && !stackSource && !neighbour) return {of: () => ({root: -1, part: 0, knownBy: KnownBy.Record}), order: null, first: Int32Array.of(0, length)};
  const count = ((roots?.names.length ?? 0) + 1) * parts * 2;
  const bucketOf = (i: number) => (((roots ? roots.of[i] : -1) + 1) * parts + (stackSource ? stackSource[i] : 0)) * 2 + (neighbour ? neighbour[i] : 0);
  const first = new Int32Array(count + 1);
  for (let i = 0; i < length; i++) first[bucketOf(i) + 1]++;
  for (let b = 0; b < count; b++) first[b + 1] += first[b];
  const next = first.slice();
  const order = new Int32Array(length);
  for (let i = 0; i < length; i++) order[next[bucketOf(i)]++] = i;
  return {of: (bucket) => ({root: Math.floor(bucket / (parts * 2)) - 1, part: Math.floor(bucket / 2) % parts, knownBy: bucket % 2 === 1 ? KnownBy.Neighbour : KnownBy.Record}), order, first};
}

interface Place {
  readonly nodes: NodeTable;
  readonly top: number;
  readonly part: number;
  readonly labelOfFrame: Int32Array;
  /** Of what is recorded in its stacks. */
  readonly knownBy: KnownBy;
  readonly scratch: Scratch;
  /** Whether any source tells of inlined calls. */
  readonly hasInlined: boolean;
}

/** What is known of the stacks of one source while a bucket is added; made once for all of them, since there may be as many as goroutines. */
class Scratch {
  readonly weights: Float64Array;
  readonly counts: Float64Array;
  /** By stack: number of the last turn that met it. */
  readonly met: Int32Array;
  /** By stack: its node, where `met` is of this turn. */
  readonly node: Int32Array;
  /** By stack with a weight of this bucket: its node. */
  readonly leafNode: Int32Array;
  turn = 0;

  constructor(stacks: number) {
    this.weights = new Float64Array(stacks);
    this.counts = new Float64Array(stacks);
    this.met = new Int32Array(stacks);
    this.node = new Int32Array(stacks);
    this.leafNode = new Int32Array(stacks);
  }
}

/** Stacks of a bucket by class: within one class a stack row is one node. */
const GROWS = 2;
const CUT = 1;
const CLASSES = 4;
/** More than one stack of so many: it is faster to look at all than to sort. */
const MANY = 16;

/** Gives the node of things without a stack, -1: there are none. Inner loops run over every sample and every stack: typed arrays only, no closure (bench: call tree). */
function addBucket(session: Session, things: Gathered, chains: CallTreeQuery['chains'], place: Place, order: Int32Array | null): number {
  const source = things.stackSources[place.part];
  const {class: classes, end: ends} = session.chains(source);
  const {nodes, scratch} = place;
  const {weights, counts, met} = scratch;
  // What counts growths grows, whatever its stack shows.
  const isAll = chains === 'all' || things.table !== 'samples';
  const {stack: stacks, weight, count} = things;
  const touched: number[] = [];
  const turn = ++scratch.turn;
  const length = order ? order.length : things.length;
  let noStack = -1;
  for (let at = 0; at < length; at++) {
    const i = order ? order[at] : at;
    const stack = stacks[i];
    const grows = stack >= 0 && classes[stack] === ChainClass.Growth;
    if (!isAll && !grows) continue;
    const stands = count ? count[i] : 1;
    if (stack < 0 || (chains === 'growth-work' && !grows)) {
      if (noStack < 0) noStack = nodes.nameless(place.top, FrameKind.NoStack, stack >= 0 ? place.knownBy : KnownBy.Record);
      nodes.addSelf(noStack, weight[i], stands);
      continue;
    }
    if (met[stack] !== turn) {
      met[stack] = turn;
      weights[stack] = counts[stack] = 0;
      touched.push(stack);
    }
    weights[stack] += weight[i];
    counts[stack] += stands;
  }
  const byClass: number[][] = Array.from({length: CLASSES}, () => []);
  for (const stack of touched) byClass[(classes[stack] === ChainClass.Growth ? GROWS : 0) + (isCutOff(ends[stack]) ? CUT : 0)].push(stack);
  byClass.forEach((leaves, kind) => addClass(session, things, chains, place, {leaves, isGrowth: kind >= GROWS, isCut: kind % 2 === CUT}));
  return noStack;
}

/** The recorder kept no more: not of so deep a stack, or not of its callers' part of it. */
function isCutOff(end: number): boolean {
  return end === StackEnd.DepthLimit || end === StackEnd.EndOfDump;
}

interface Class {
  readonly leaves: readonly number[];
  readonly isGrowth: boolean;
  readonly isCut: boolean;
}

function addClass(session: Session, things: Gathered, chains: CallTreeQuery['chains'], {nodes, top: root, part, labelOfFrame, knownBy, scratch, hasInlined}: Place, {leaves, isGrowth, isCut}: Class): void {
  if (leaves.length === 0) return;
  const source = things.stackSources[part];
  const {trace} = source;
  const ofChains = session.chains(source);
  const {marks} = ofChains;
  const {parent: parents, frame: frames} = trace.stacks;
  const {restored} = trace.frames;
  const isWork = chains === 'growth-work' && isGrowth;
  const isCallers = chains === 'growth-callers' && isGrowth;
  const top = isCut && !isWork ? nodes.nameless(root, FrameKind.Cut, knownBy) : root;
  const {weights, counts, met, node: added, leafNode} = scratch;
  const turn = ++scratch.turn;
  const needed = withCallers(leaves, parents, met, turn);
  for (let n = 0; n < needed.length; n++) {
    const stack = needed[n];
    const parent = parents[stack];
    let node = parent < 0 ? top : added[parent];
    const inTower = (marks[stack] & TOWER) !== 0;
    const isRestored = restored[frames[stack]] === 1;
    const isToldAbove = parent >= 0 && restored[frames[parent]] === 1;
    const atTowerStart = inTower && (parent < 0 || (marks[parent] & TOWER) === 0);
    if (isWork && atTowerStart) node = top;
    else if (isRestored ? parent < 0 && !isWork : atTowerStart && !isToldAbove && ((marks[stack] & ChainMark.More) !== 0 || (isCallers && parent < 0))) {
      node = nodes.nameless(node, lostAbove(trace.stacks, ofChains, stack), knownBy);
    }
    // Of growing, what is above it is left out, or what is below.
    const isLeftOut = (isWork && !inTower) || (isCallers && inTower);
    if (isLeftOut) {
      added[stack] = node;
      continue;
    }
    added[stack] = nodes.child(node, labelOfFrame[frames[stack]], inTower && isGrowth, isRestored ? KnownBy.Restored : knownBy);
    if (hasInlined) nodes.addCalls(added[stack], trace.frames.inlined[frames[stack]] === 1 ? Call.Inlined : Call.Real);
  }
  for (let l = 0; l < leaves.length; l++) {
    const leaf = leaves[l];
    leafNode[leaf] = added[leaf];
    nodes.addSelf(added[leaf], weights[leaf], counts[leaf]);
  }
}

/** The stacks and all that they begin with, parents first: in the order of their rows, which is that of memory. */
function withCallers(leaves: readonly number[], parents: Int32Array, met: Int32Array, turn: number): Int32Array {
  let count = 0;
  for (let l = 0; l < leaves.length; l++) {
    for (let at = leaves[l]; at >= 0 && met[at] !== turn; at = parents[at]) {
      met[at] = turn;
      count++;
    }
  }
  const needed = new Int32Array(count);
  let n = 0;
  if (count > parents.length / MANY) {
    for (let stack = 0; stack < parents.length; stack++) if (met[stack] === turn) needed[n++] = stack;
    return needed;
  }
  for (let l = 0; l < leaves.length; l++) {
    for (let at = leaves[l]; at >= 0 && met[at] === turn; at = parents[at]) {
      met[at] = -turn;
      needed[n++] = at;
    }
  }
  return needed.sort();
}

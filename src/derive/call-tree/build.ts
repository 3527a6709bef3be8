/**
 * Stacks -> call tree. Stacks are already a tree of prefixes, so weights are summed up it without looking at samples again. Frames of
 * one function are one node whatever their line. What was not recorded is a node of its own, never a root that looks recorded:
 *
 *   all                                   all
 *   ├ runtime.goexit …                    ├ ▨ caller not recorded          frame pointers end at morestack (Go ≥ 1.21)
 *   └ ▨ truncated                         │  ├ runtime.morestack           growth …
 *      └ main.deep …                      │  └ runtime.morestack           … and preemption stay apart
 *                                         └ main.f ─ ▨ 2 frames not recorded ─ runtime.morestack        (Go ≤ 1.20)
 */
import {PairIndex} from '../../base/columns/pair-index.ts';
import {GrowableTable} from '../../base/columns/table.ts';
import {text, type Trace} from '../../model/trace.ts';
import {ChainClass, ChainMark, type Chains} from '../chains/shape.ts';
import {FrameKind, type Labels} from '../labels/shape.ts';
import {preorder, type Nodes} from './preorder.ts';
import type {CallTree} from './shape.ts';
import type {Weighed} from './weigh.ts';

/** perf cuts a chain after 127 frames, the profiler inside the runtime after 64; both on the side of the root. */
const CUT_DEPTH: Readonly<Record<string, number>> = {'perf-script': 127, 'go-trace': 64};

/** Functions that nothing calls: a chain that begins with one is whole, however deep. */
const TRUE_ROOT = /^(?:runtime\.(?:goexit|rt0_go|mstart|morestack)(?:\.abi0)?|_start|clone3?|__clone3?|start_thread|ret_from_fork(?:_asm)?)$/;

const TOWER = ChainMark.More | ChainMark.New | ChainMark.Shrink;
/** Children of one node are told apart by name and by whether the chain that they are in grows a stack. */
const VARIANTS = 2;

/** Rows that have no name: `name` is -1 and the kind says what they are. */
const NAMELESS_KINDS = [FrameKind.LostCaller, FrameKind.LostTwo, FrameKind.Cut] as const;

/** The tree of weighed stacks. Cost: linear, at most four times. */
export function callTree(trace: Trace, chains: Chains, labels: Labels, {weights, counts, stackless, stacklessCount}: Weighed): CallTree {
  const nodes = new NodeTable(labels);
  nodes.addSelf(0, stackless, stacklessCount);
  for (const group of groups(trace, chains, weights)) addGroup(trace, chains, labels, group, counts, nodes);
  return preorder(nodes.finish(), labels.names);
}

/** Stacks that grow or not, cut or not: within one group a stack row is one node. */
interface Group {
  readonly isGrowth: boolean;
  readonly cut: boolean;
  readonly weights: Float64Array;
}

function groups(trace: Trace, chains: Chains, weights: Float64Array): Group[] {
  const {stacks} = trace;
  const isCut = cutStacks(trace);
  const found = new Map<number, Group>();
  for (let i = 0; i < stacks.length; i++) {
    if (weights[i] === 0) continue;
    const isGrowth = chains.class[i] === ChainClass.Growth;
    const key = Number(isGrowth) * 2 + isCut[i];
    let group = found.get(key);
    if (!group) found.set(key, (group = {isGrowth, cut: isCut[i] === 1, weights: new Float64Array(stacks.length)}));
    group.weights[i] = weights[i];
  }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
}

/** 1 for stacks as deep as the recorder goes whose outermost frame is not known to be a root. */
function cutStacks(trace: Trace): Uint8Array {
  const {stacks, format} = trace;
  const cutDepth = CUT_DEPTH[format] ?? Infinity;
  const depth = new Int32Array(stacks.length);
  const wholeRoot = new Uint8Array(stacks.length);
  const cut = new Uint8Array(stacks.length);
  for (let i = 0; i < stacks.length; i++) {
    const parent = stacks.parent[i];
    depth[i] = parent < 0 ? 1 : depth[parent] + 1;
    if (parent >= 0) wholeRoot[i] = wholeRoot[parent];
    else wholeRoot[i] = isTrueRoot(trace, i) ? 1 : 0;
    cut[i] = depth[i] >= cutDepth && wholeRoot[i] === 0 ? 1 : 0;
  }
  return cut;
}

function isTrueRoot(trace: Trace, stack: number): boolean {
  return TRUE_ROOT.test(text(trace, trace.frames.name[trace.stacks.frame[stack]]) ?? '');
}

/**
 * What is lost between `parent` and the morestack below it. Folded stacks begin with the name of the program: what hangs under that alone
 * is a root as recorded.
 */
function lostAbove(trace: Trace, parent: number): typeof FrameKind.LostCaller | typeof FrameKind.LostTwo {
  const isAtRoot = parent < 0 || (trace.stacks.parent[parent] < 0 && !isTrueRoot(trace, parent));
  return isAtRoot ? FrameKind.LostCaller : FrameKind.LostTwo;
}

/** Adds the stacks of a group. The inner loop runs over every stack of the trace: typed arrays only, no closure (bench: call tree). */
function addGroup(trace: Trace, {marks}: Chains, labels: Labels, group: Group, counts: Float64Array, nodes: NodeTable): void {
  const {weights, isGrowth} = group;
  const {length, parent: parents, frame: frames} = trace.stacks;
  const totals = weights.slice();
  for (let i = length - 1; i >= 0; i--) if (totals[i] !== 0 && parents[i] >= 0) totals[parents[i]] += totals[i];
  const nodeOf = new Int32Array(length);
  const top = group.cut ? nodes.nameless(0, FrameKind.Cut) : 0;
  for (let i = 0; i < length; i++) {
    if (totals[i] === 0) continue;
    const parent = parents[i];
    let node = parent < 0 ? top : nodeOf[parent];
    const inTower = (marks[i] & TOWER) !== 0;
    const atTowerStart = inTower && (parent < 0 || (marks[parent] & TOWER) === 0);
    if (atTowerStart && (marks[i] & ChainMark.More) !== 0) node = nodes.nameless(node, lostAbove(trace, parent));
    const label = labels.ofFrame[frames[i]];
    nodeOf[i] = inTower && isGrowth ? nodes.child(node, label, 1, FrameKind.Growth) : nodes.child(node, label, 0, labels.kind[label]);
    if (weights[i] !== 0) nodes.addSelf(nodeOf[i], weights[i], counts[i]);
  }
}

const NODE = {parent: Int32Array, name: Int32Array, kind: Uint8Array, self: Float64Array, count: Float64Array} as const;

class NodeTable {
  readonly #table = new GrowableTable(NODE, 1 << 14);
  readonly #index = new PairIndex();
  readonly #labels: Labels;

  constructor(labels: Labels) {
    this.#labels = labels;
    this.#add(-1, -1, FrameKind.Root);
  }

  /** The child of `node` with this name and variant. */
  child(node: number, label: number, variant: number, kind: number): number {
    // The pair index counts from 0 for the first pair; node 0 is the root, which is no pair.
    const found = this.#index.intern(node - 1, label * VARIANTS + variant) + 1;
    if (found === this.#table.length) this.#add(node, label, kind);
    return found;
  }

  /** The child of `node` that stands for something not recorded. */
  nameless(node: number, kind: (typeof NAMELESS_KINDS)[number]): number {
    const label = this.#labels.names.length + NAMELESS_KINDS.indexOf(kind);
    const found = this.#index.intern(node - 1, label * VARIANTS) + 1;
    if (found === this.#table.length) this.#add(node, -1, kind);
    return found;
  }

  addSelf(node: number, weight: number, count: number): void {
    this.#table.rows.count[node] += count;
    this.#table.rows.self[node] += weight;
  }

  finish(): Nodes {
    return this.#table.finish();
  }

  #add(parent: number, name: number, kind: number): void {
    const row = this.#table.add();
    const {rows} = this.#table;
    rows.parent[row] = parent;
    rows.name[row] = name;
    rows.kind[row] = kind;
  }
}

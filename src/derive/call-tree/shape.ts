/** The tree of calls of what a source recorded, with weights. */
import type {Filter} from '../filter/shape.ts';
import {FrameKind} from '../labels/shape.ts';

/**
 * What a tree weighs. Of the samples of an event: `period`, or their number. Of the trace on the event's axis: stack growths, each by the stack
 * that is known for it (each counts one, the bytes copied, the time of the copy); and time by state, by the stack that a goroutine stood at. Of
 * switches: time that threads slept, by the stack that went to sleep.
 */
export const treeWeights = ['period', 'samples', 'growths', 'copiedBytes', 'copyNs', 'runningNs', 'runnableNs', 'waitingNs', 'syscallNs', 'offCpuNs'] as const;
export type TreeWeight = (typeof treeWeights)[number];

/**
 * A first level of named nodes above the stacks. `creator`: the function that holds the `go` statement. What is of none of them hangs under a node
 * without a name (kind `Group`).
 */
export const treeRoots = ['nothing', 'process', 'thread', 'goroutine', 'startFunction', 'creator'] as const;
export type TreeRoots = (typeof treeRoots)[number];

/** A function as a row of a tree shows it: its name and kind. Kind `Growth`: the function, in growth chains or not. */
export interface FunctionRef {
  readonly name: string;
  /** One of `FrameKind`. */
  readonly kind: number;
}

/**
 * Changes of a tree, applied in order. `focus`: only stacks that hold the function, begun at its outermost call. `hide`: only stacks that do not hold
 * it: exactly what focus leaves out. `merge`: the function is left out of stacks, what it weighs itself is its caller's. `collapse-recursion`: calls
 * that repeat, of any period (f, f; f g, f g), become one; nothing changes its weight.
 */
export type Transform =
  | {readonly kind: 'focus' | 'hide' | 'merge'; readonly function: FunctionRef}
  | {readonly kind: 'collapse-recursion'};

/** What a query says that changes nothing: all stacks, whole, as they were recorded. */
export const asRecorded = {chains: 'all', rootedBy: 'nothing', transforms: []} as const;

/** Which samples (or growths, or states), what each weighs, and how their stacks are changed. */
export interface CallTreeQuery {
  readonly source: number;
  /** Row of the source's events; -1: none, for a source without samples. Then `period` and `samples` weigh nothing. */
  readonly event: number;
  readonly weight: TreeWeight;
  /**
   * `all` stacks, or only those that grow a goroutine's stack: whole (`growth`); what growing does, from morestack on, callers merged (`growth-work`);
   * or who grew, without what growing does, so that its leaves are the functions that grew (`growth-callers`).
   */
  readonly chains: 'all' | 'growth' | 'growth-work' | 'growth-callers';
  /** Only what is in this part of the axis; time in a state is cut at its ends. null: all. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly filter: Filter;
  readonly rootedBy: TreeRoots;
  readonly transforms: readonly Transform[];
}

/**
 * A tree in columns, in preorder: a node is followed by its subtree, children largest first. Row 0 is the root, the sum of all.
 * Holds: `parent[i] < i`, -1 at the root; `total[i]` = `self[i]` + totals of its children; a sample is in exactly one `self`.
 */
export interface CallTree {
  readonly length: number;
  readonly parent: Int32Array;
  /** One past the last row of its subtree. */
  readonly end: Int32Array;
  readonly depth: Int32Array;
  /** Row of `names`; -1: it has no name of its own, its kind says what it stands for. */
  readonly name: Int32Array;
  /** One of `FrameKind`. */
  readonly kind: Uint8Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** Names of functions, then those of what the tree is rooted by. */
  readonly names: readonly string[];
  /** By row of `names`: kind of the function; `Group` for what the tree is rooted by. */
  readonly kindOfName: Uint8Array;
  /** By row of `names`: the object of the function as recorded, null not recorded. */
  readonly dsoOfName: readonly (string | null)[];
  /** How many samples (growths, states) the total is of. */
  readonly count: Float64Array;
  /** One of `KnownBy`. Frames that are known otherwise are nodes of their own. */
  readonly knownBy: Uint8Array;
  /** How many turns of a recursion the frame stands for, at most; 1 where none was folded. */
  readonly times: Int32Array;
  /** One of `Inlined`: whether the calls that the frame stands for were inlined into what is above it. */
  readonly inlined: Uint8Array;
}

/**
 * `Record`: the frame is in the chain of the thing itself. `Neighbour`: in that of an event near the growth, not of the growth itself. `Restored`: not in the
 * chain, but told by a probe of the same growth.
 */
export const KnownBy = {Record: 0, Neighbour: 1, Restored: 2} as const;
export type KnownBy = (typeof KnownBy)[keyof typeof KnownBy];

/** Of several calls, how many were inlined by the compiler: none as far as is known, some of them, all. */
export const Inlined = {None: 0, Some: 1, All: 2} as const;
export type Inlined = (typeof Inlined)[keyof typeof Inlined];

/** Of calls of two kinds together. */
export function inlinedOfBoth(a: number, b: number): number {
  return a === b ? a : Inlined.Some;
}

/**
 * What a query weighs, a row each: samples of its event, growths, or states. Those that `chains` or a transform leaves out are rows too.
 */
export interface Things {
  readonly length: number;
  /** Of which table of which source they are rows. */
  readonly table: 'samples' | 'stackChanges' | 'states' | 'switches';
  readonly source: number;
  readonly row: Int32Array;
  /** Row of the stacks of the source with the id `stackSources[stackSource[i]]`, -1 none. */
  readonly stack: Int32Array;
  readonly stackSources: readonly number[];
  /** null: all are of the first. */
  readonly stackSource: Uint8Array | null;
  /** On the axis; NaN: not recorded. */
  readonly timeNs: Float64Array;
  /** null: they are moments. Cut to the range. */
  readonly durationNs: Float64Array | null;
  readonly weight: Float64Array;
  /** How many samples a row stands for; null: one each. */
  readonly count: Float64Array | null;
  /** Row of the tree that it is the own weight of; -1: it is left out. */
  readonly node: Int32Array;
}

/** By thing: which of some threads or goroutines it is of. */
export interface Owners {
  /** Row of `names` and `rows`; -1 not known. */
  readonly of: Int32Array;
  /** As a tree rooted by them names them: `app 1234`, `G12 main.worker`. */
  readonly names: readonly string[];
  /** Row of the threads, or of the goroutines. */
  readonly rows: readonly number[];
}

/** The tree of a query with what it is made of. */
export interface WeighedTree {
  readonly tree: CallTree;
  readonly things: Things;
  readonly sums: CallTreeSums;
}

/** By row of `names` of a tree: 1 where it is the function meant. */
export function namesOf({names, kindOfName}: Pick<CallTree, 'names' | 'kindOfName'>, {name, kind}: FunctionRef): Uint8Array {
  return Uint8Array.from(names, (own, row) => (own === name && (kind === kindOfName[row] || (kind === FrameKind.Growth && kindOfName[row] !== FrameKind.Group)) ? 1 : 0));
}

/** Rows of a tree that are of some names and not below another such: a function that calls itself, once. Cost: linear in the tree. */
export function outermostRows({length, name, end}: Pick<CallTree, 'length' | 'name' | 'end'>, wanted: Uint8Array): Int32Array {
  const rows: number[] = [];
  for (let row = 1; row < length; row++) {
    if (name[row] < 0 || wanted[name[row]] === 0) continue;
    rows.push(row);
    row = end[row] - 1;
  }
  return Int32Array.from(rows);
}

/** By row of a tree: 1 where its frame, or one above it, bears a wanted name. `wanted` null: none is. Cost: linear in the tree. */
export function rowsBelow({length, parent, name}: Pick<CallTree, 'length' | 'parent' | 'name'>, wanted: Uint8Array | null): Uint8Array {
  const holds = new Uint8Array(length);
  if (wanted) for (let row = 1; row < length; row++) holds[row] = holds[parent[row]] | (name[row] < 0 ? 0 : wanted[name[row]]);
  return holds;
}

/** Sums over the samples of a query (or its growths, or states), whatever `chains` and `transforms` say. */
export interface CallTreeSums {
  readonly samples: number;
  readonly weight: number;
  readonly growthSamples: number;
  readonly growthWeight: number;
}

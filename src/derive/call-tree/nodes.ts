/** Nodes of a tree while it is made: children are found by what tells them apart. */
import {PairIndex} from '../../base/columns/pair-index.ts';
import {GrowableTable, type Table} from '../../base/columns/table.ts';
import {FrameKind} from '../labels/shape.ts';
import type {NodeNames} from './names.ts';
import {KnownBy} from './shape.ts';

const NODE = {parent: Int32Array, name: Int32Array, kind: Uint8Array, knownBy: Uint8Array, times: Int32Array, calls: Uint8Array, self: Float64Array, count: Float64Array} as const;

/** Nodes in the order they were made: parents before children. Row 0 is the root. */
export interface Nodes extends Table<typeof NODE> {
  readonly names: NodeNames;
}

/** Bits of what calls a node stands for. Neither: nothing of inlined calls is known where its stacks are from. */
export const Call = {Real: 1, Inlined: 2} as const;

/** Children of one node are told apart by name (or kind, where they have none), by whether their chain grows a stack, and by how they are known. */
const VARIANTS = 2 * Object.keys(KnownBy).length;

export class NodeTable {
  readonly #table = new GrowableTable(NODE, 1 << 14);
  readonly #index = new PairIndex();
  readonly #names: NodeNames;

  constructor(names: NodeNames) {
    this.#names = names;
    this.#add(-1, -1, FrameKind.Root, KnownBy.Record);
  }

  /** The child of `node` that is this function, in a chain of growth or not. */
  child(node: number, name: number, isGrowth: boolean, knownBy: KnownBy): number {
    return this.#find(node, name, name, isGrowth ? FrameKind.Growth : this.#names.kindOfName[name], knownBy);
  }

  /** The child of the root for a row of what the tree is rooted by, -1 not known. */
  group(row: number): number {
    return row < 0 ? this.nameless(0, FrameKind.Group, KnownBy.Record) : this.child(0, this.#names.functions + row, false, KnownBy.Record);
  }

  /** The child of `node` that stands for something not recorded. */
  nameless(node: number, kind: FrameKind, knownBy: KnownBy): number {
    return this.#find(node, this.#names.names.length + kind, -1, kind, knownBy);
  }

  /** The child of `node` that is as the node `like` of other nodes of the same names. */
  like(node: number, nodes: Nodes, like: number): number {
    const name = nodes.name[like];
    const kind = nodes.kind[like] as FrameKind;
    const found = this.#find(node, name < 0 ? this.#names.names.length + kind : name, name, kind, nodes.knownBy[like] as KnownBy);
    this.addCalls(found, nodes.calls[like]);
    return found;
  }

  /** Says that a node stands for such calls too: bits of `Call`. */
  addCalls(node: number, calls: number): void {
    this.#table.rows.calls[node] |= calls;
  }

  addSelf(node: number, weight: number, count: number): void {
    const {self, count: counts} = this.#table.rows;
    self[node] += weight;
    counts[node] += count;
  }

  /** Says that a node stands for so many turns, or more. */
  turn(node: number, times: number): void {
    const {times: most} = this.#table.rows;
    if (times > most[node]) most[node] = times;
  }

  /** The columns; take them afresh after a node was added. */
  get rows(): Omit<Table<typeof NODE>, 'length'> {
    return this.#table.rows;
  }

  finish(): Nodes {
    return {...this.#table.finish(), names: this.#names};
  }

  #find(node: number, key: number, name: number, kind: number, knownBy: KnownBy): number {
    // The pair index counts from 0 for the first pair; node 0 is the root, which is no pair.
    const found = this.#index.intern(node - 1, key * VARIANTS + (kind === FrameKind.Growth ? 1 : 0) + 2 * knownBy) + 1;
    if (found === this.#table.length) this.#add(node, name, kind, knownBy);
    return found;
  }

  #add(parent: number, name: number, kind: number, knownBy: KnownBy): void {
    const row = this.#table.add();
    const {rows} = this.#table;
    rows.parent[row] = parent;
    rows.name[row] = name;
    rows.kind[row] = kind;
    rows.knownBy[row] = knownBy;
    rows.times[row] = 1;
  }
}

/** Rows of an answer while they are made, whatever the form. */
import {GrowableTable} from '../../base/columns/table.ts';
import {packageOf} from '../../base/short-name.ts';
import type {CallTree} from '../call-tree/shape.ts';
import type {PathStep} from './shape.ts';

/** Frames narrower than this are counted, not shown. */
export const MIN_WIDTH_PX = 0.5;

const ROWS = {
  parent: Int32Array, depth: Int32Array, x0: Float64Array, x1: Float64Array, self: Float64Array, total: Float64Array, count: Float64Array, name: Int32Array,
  kind: Uint8Array, knownBy: Uint8Array, times: Int32Array, inlined: Uint8Array, match: Uint8Array, hiddenChildren: Int32Array, hiddenWeight: Float64Array,
} as const;

/** What a row says of its frame that the tree's row does not. */
export interface Shown {
  /** Row of the answer, -1 for the first. */
  readonly parent: number;
  readonly x0: number;
  readonly x1: number;
  readonly self: number;
  readonly total: number;
  readonly count: number;
  /** Of the calls that it stands for, where they are others than those of the tree's row. */
  readonly inlined?: number;
}

export class ShownRows {
  readonly #rows = new GrowableTable(ROWS, 1024);
  readonly #tree: CallTree;
  readonly #matches: Uint8Array | null;
  readonly #names: string[] = [];
  readonly #nameRow = new Map<number, number>();
  readonly #dsos: (string | null)[] = [];

  /** `matches`: 1 for every row of the tree's names that the search found. */
  constructor(tree: CallTree, matches: Uint8Array | null) {
    this.#tree = tree;
    this.#matches = matches;
  }

  /** Adds a row that is the frame of row `node` of the tree. */
  add(node: number, {parent, x0, x1, self, total, count, inlined}: Shown): number {
    const {name, kind, knownBy, times, inlined: inlinedOfNode} = this.#tree;
    const row = this.#rows.add();
    const {rows} = this.#rows;
    rows.parent[row] = parent;
    rows.depth[row] = parent < 0 ? 0 : rows.depth[parent] + 1;
    rows.x0[row] = x0;
    rows.x1[row] = x1;
    rows.self[row] = self;
    rows.total[row] = total;
    rows.count[row] = count;
    rows.name[row] = this.#shownName(name[node]);
    rows.kind[row] = kind[node];
    rows.knownBy[row] = knownBy[node];
    rows.times[row] = times[node];
    rows.inlined[row] = inlined ?? inlinedOfNode[node];
    rows.match[row] = name[node] >= 0 && this.#matches ? this.#matches[name[node]] : 0;
    return row;
  }

  /** Frames below `row` are too narrow to be shown. */
  hide(row: number, weight: number, frames = 1): void {
    this.#rows.rows.hiddenChildren[row] += frames;
    this.#rows.rows.hiddenWeight[row] += weight;
  }

  finish() {
    const packages = new Texts();
    const dsos = new Texts();
    return {
      ...this.#rows.finish(),
      names: this.#names,
      packageOfName: Int32Array.from(this.#names, (name) => packages.row(packageOf(name))),
      dsoOfName: Int32Array.from(this.#dsos, (dso) => dsos.row(dso ?? '')),
      packages: packages.all,
      dsos: dsos.all,
    };
  }

  #shownName(name: number): number {
    if (name < 0) return -1;
    let row = this.#nameRow.get(name);
    if (row === undefined) {
      row = this.#names.push(this.#tree.names[name]) - 1;
      this.#dsos.push(this.#tree.dsoOfName[name]);
      this.#nameRow.set(name, row);
    }
    return row;
  }
}

/** Gives equal texts one row; the empty text has none (-1). */
class Texts {
  readonly all: string[] = [];
  readonly #rows = new Map<string, number>();

  row(value: string): number {
    if (value === '') return -1;
    let row = this.#rows.get(value);
    if (row === undefined) this.#rows.set(value, (row = this.all.push(value) - 1));
    return row;
  }
}

/** Whether a row of the tree is the step of a path. */
export function isStep({name, kind, names}: CallTree, row: number, step: PathStep): boolean {
  return kind[row] === step.kind && (name[row] < 0 ? null : names[name[row]]) === step.name;
}

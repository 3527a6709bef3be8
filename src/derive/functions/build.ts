/** Call tree -> table of its functions. */
import {matchingRows} from '../../base/matching-rows.ts';
import {inlinedOfBoth, KnownBy, namesOf, outermostRows, type CallTree, type FunctionRef} from '../call-tree/shape.ts';
import {defineDerivation, type Session} from '../derivation.ts';
import {FrameKind} from '../labels/shape.ts';
import {overTime} from './over-time.ts';
import type {CallRow, FunctionColumn, FunctionNeighbours, FunctionRow, FunctionsAnswer, FunctionsQuestion} from './shape.ts';

const MOST_CALLS = 200;

export const functions = defineDerivation({
  id: 'functions',
  answer(session, {query, sort, search, ignoreCase, first, count, bins, of}: FunctionsQuestion): FunctionsAnswer | null {
    const made = session.callTree({...query, rootedBy: 'nothing'});
    if (!made) return null;
    const {tree, things, sums} = made;
    const table = tableOf(tree);
    const matches = matchingRows(tree.names, search, ignoreCase);
    const found = matches ? table.entries.filter((entry) => entry < tree.names.length && matches[entry] === 1) : table.entries;
    const sorted = sortedEntries(tree, table, found, sort.by, sort.descending);
    const window = sorted.slice(first, first + count);
    const range = query.range ?? axisOf(session, things.source);
    return {
      query, sums, first, rowCount: sorted.length, ...range,
      rows: Array.from(window, (entry) => functionRow(tree, table, entry)),
      whole: {total: tree.total[0], count: tree.count[0], functions: table.entries.filter((entry) => entry < tree.names.length).length},
      overTime: overTime(tree, things, window, bins, range),
      neighbours: of && neighboursOf(tree, table, of),
    };
  },
});

/** Sums by entry: a row of the tree's names, or beyond them a kind of frame without a name. */
interface Table {
  /** Entries that the tree has. */
  readonly entries: Int32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly count: Float64Array;
  readonly inlined: Uint8Array;
  readonly restored: Float64Array;
}

const KINDS = Object.keys(FrameKind).length;
const known = new WeakMap<CallTree, Table>();

/** Made once a tree; linear in it. */
function tableOf(tree: CallTree): Table {
  const kept = known.get(tree);
  if (kept) return kept;
  const entries = tree.names.length + KINDS;
  const self = new Float64Array(entries);
  const total = new Float64Array(entries);
  const count = new Float64Array(entries);
  const inlined = new Uint8Array(entries);
  const restored = new Float64Array(entries);
  /** By entry: one past the last row that is below a row of its own that was counted. */
  const countedTo = new Int32Array(entries);
  for (let row = 1; row < tree.length; row++) {
    const entry = tree.name[row] < 0 ? tree.names.length + tree.kind[row] : tree.name[row];
    self[entry] += tree.self[row];
    inlined[entry] = countedTo[entry] === 0 ? tree.inlined[row] : inlinedOfBoth(inlined[entry], tree.inlined[row]);
    if (row < countedTo[entry]) continue;
    total[entry] += tree.total[row];
    if (tree.knownBy[row] === KnownBy.Restored) restored[entry] += tree.total[row];
    count[entry] += tree.count[row];
    countedTo[entry] = tree.end[row];
  }
  // A stack that transforms left nothing of.
  const root = tree.names.length + FrameKind.Root;
  self[root] = total[root] = tree.self[0];
  if (tree.self[0] > 0) countedTo[root] = 1;
  const table = {entries: Int32Array.from(countedTo.keys()).filter((entry) => countedTo[entry] > 0), self, total, count, inlined, restored};
  known.set(tree, table);
  return table;
}

function functionRow(tree: CallTree, {self, total, count, inlined, restored}: Table, entry: number): FunctionRow {
  const isNamed = entry < tree.names.length;
  return {
    name: isNamed ? tree.names[entry] : null, kind: isNamed ? tree.kindOfName[entry] : entry - tree.names.length, dso: isNamed ? tree.dsoOfName[entry] : null,
    self: self[entry], total: total[entry], count: count[entry], inlined: inlined[entry], restored: restored[entry],
  };
}

/** By the column, then by total, then by name. */
function sortedEntries(tree: CallTree, table: Table, entries: Int32Array, by: FunctionColumn, descending: boolean): Int32Array {
  const sign = descending ? -1 : 1;
  const name = (entry: number) => tree.names[entry] ?? '';
  const byName = (a: number, b: number) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : a - b);
  if (by === 'name') return entries.slice().sort((a, b) => sign * byName(a, b));
  const values = table[by];
  return entries.slice().sort((a, b) => sign * (values[a] - values[b]) || table.total[b] - table.total[a] || byName(a, b));
}

function neighboursOf(tree: CallTree, table: Table, of: FunctionRef): FunctionNeighbours | null {
  const wanted = namesOf(tree, of);
  const calls = outermostRows(tree, wanted);
  if (calls.length === 0) return null;
  const callers = new Calls(tree);
  const callees = new Calls(tree);
  for (const row of calls) {
    callers.add(tree.parent[row], tree.total[row], tree.count[row]);
    for (let child = row + 1; child < tree.end[row]; child = tree.end[child]) callees.add(child, tree.total[child], tree.count[child]);
  }
  return {row: functionRow(tree, table, wanted.indexOf(1)), callers: callers.rows(), callees: callees.rows()};
}

/** Sums by function. */
class Calls {
  readonly #tree: CallTree;
  readonly #sums = new Map<number, {-readonly [K in keyof CallRow]: CallRow[K]}>();

  constructor(tree: CallTree) {
    this.#tree = tree;
  }

  add(row: number, weight: number, count: number): void {
    const {name, kind, names, kindOfName} = this.#tree;
    const key = name[row] < 0 ? names.length + kind[row] : name[row];
    let sum = this.#sums.get(key);
    if (!sum) this.#sums.set(key, (sum = name[row] < 0 ? {name: null, kind: kind[row], weight: 0, count: 0} : {name: names[name[row]], kind: kindOfName[name[row]], weight: 0, count: 0}));
    sum.weight += weight;
    sum.count += count;
  }

  rows(): CallRow[] {
    return [...this.#sums.values()].sort((a, b) => b.weight - a.weight || ((a.name ?? '') < (b.name ?? '') ? -1 : 1)).slice(0, MOST_CALLS);
  }
}

/** All of the axis that a source is on; without times nothing. */
function axisOf(session: Session, source: number): {readonly fromNs: number; readonly toNs: number} {
  const group = session.axis.groups.find(({members}) => members.includes(source));
  return {fromNs: 0, toNs: group?.endNs ?? 0};
}

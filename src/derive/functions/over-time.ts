/** What functions weigh in each part of a range: for the few rows that are seen. */
import type {CallTree, Things} from '../call-tree/shape.ts';

/** So many functions are looked for at once, a bit each. */
const AT_ONCE = 31;

/**
 * `bins` values an entry: weights of the stacks that hold it. `entries`: rows of the tree's names; beyond them its kinds of frames without a name.
 * What lasts is spread over the parts that it lasts in. Cost: linear in tree and things, once for every 31 entries.
 */
export function overTime(tree: CallTree, things: Things, entries: Int32Array, bins: number, {fromNs, toNs}: {readonly fromNs: number; readonly toNs: number}): Float64Array {
  const result = new Float64Array(entries.length * bins);
  if (bins === 0 || !(toNs > fromNs)) return result;
  for (let from = 0; from < entries.length; from += AT_ONCE) addEntries(tree, things, entries.subarray(from, from + AT_ONCE), bins, fromNs, toNs, result.subarray(from * bins));
  return result;
}

function addEntries(tree: CallTree, things: Things, entries: Int32Array, bins: number, fromNs: number, toNs: number, into: Float64Array): void {
  const {length, parent, name, kind, names} = tree;
  const bitOf = new Int32Array(names.length + 32);
  entries.forEach((entry, bit) => {
    bitOf[entry] = 1 << bit;
  });
  /** By row: a bit for every entry that its stack holds. */
  const held = new Int32Array(length);
  for (let row = 1; row < length; row++) held[row] = held[parent[row]] | bitOf[name[row] < 0 ? names.length + kind[row] : name[row]];
  const {node, timeNs, durationNs, weight} = things;
  const binsPerNs = bins / (toNs - fromNs);
  for (let i = 0; i < things.length; i++) {
    if (node[i] < 0 || held[node[i]] === 0 || Number.isNaN(timeNs[i])) continue;
    const begin = (timeNs[i] - fromNs) * binsPerNs;
    const end = durationNs && durationNs[i] > 0 ? begin + durationNs[i] * binsPerNs : begin;
    const first = Math.min(bins - 1, Math.max(0, Math.floor(begin)));
    const last = Math.min(bins - 1, Math.max(first, Math.ceil(end) - 1));
    for (let bin = first; bin <= last; bin++) {
      const share = end > begin ? Math.max(0, Math.min(end, bin + 1) - Math.max(begin, bin)) / (end - begin) : 1;
      for (let bits = held[node[i]]; bits !== 0; bits &= bits - 1) into[(31 - Math.clz32(bits & -bits)) * bins + bin] += weight[i] * share;
    }
  }
}

/**
 * Stack changes that a uprobe on runtime.copystack caught, as perf prints them:
 *
 *   app 7 [000] 2.5: probe_app:copystack: (44cd80) gp=0xc0000081c0 newsize=4096 lo=0xc000042000 hi=0xc000042800 gsp=0xc000042080 goid=17
 *
 * `newsize` makes an event such a probe. `lo` and `hi` are the ends of the old stack; without them the chain may say whether it grows.
 * `gsp` is the goroutine's stack pointer: from there to `hi` the old stack is in use.
 */
import {ArgumentKind, StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {ChainMark, type Chains} from '../chains/shape.ts';
import type {ProbedChanges} from './shape.ts';

const KEYS = ['newsize', 'lo', 'hi', 'gsp', 'goid'] as const;
type Key = (typeof KEYS)[number];

/** The changes in file order. Cost: linear in the arguments of samples. */
export function probedChanges(trace: Trace, chains: Chains): ProbedChanges {
  const {sampleArguments: args, samples} = trace;
  /** By row of strings; undefined: not looked at yet. */
  const keyOf = new Map<number, Key | null>();
  const found: {sample: number; values: Partial<Record<Key, number>>}[] = [];
  for (let i = 0; i < args.length; i++) {
    let key = keyOf.get(args.key[i]);
    if (key === undefined) {
      key = KEYS.find((known) => known === text(trace, args.key[i])) ?? null;
      keyOf.set(args.key[i], key);
    }
    if (key === null || args.kind[i] === ArgumentKind.Text) continue;
    if (found.at(-1)?.sample !== args.row[i]) found.push({sample: args.row[i], values: {}});
    found[found.length - 1].values[key] = Number(args.bits[i]);
  }
  const caught = found.filter(({values}) => values.newsize !== undefined).map(({sample, values: {newsize = Number.NaN, lo, hi, gsp, goid = Number.NaN}}) => {
    const oldBytes = lo !== undefined && hi !== undefined && hi > lo ? hi - lo : Number.NaN;
    const used = gsp !== undefined && hi !== undefined ? hi - gsp : Number.NaN;
    // A stack pointer outside of the stack tells nothing.
    const usedBytes = used >= 0 && used <= oldBytes ? used : Number.NaN;
    return {sample, oldBytes, usedBytes, newBytes: newsize, goid, kind: kindOf(oldBytes, newsize, samples.stack[sample] < 0 ? 0 : chains.marks[samples.stack[sample]])};
  });
  const changes = caught.filter(({kind}) => kind !== null);
  return {
    length: changes.length,
    sample: Int32Array.from(changes, ({sample}) => sample),
    kind: Uint8Array.from(changes, ({kind}) => kind ?? 0),
    oldBytes: Float64Array.from(changes, ({oldBytes}) => oldBytes),
    newBytes: Float64Array.from(changes, ({newBytes}) => newBytes),
    usedBytes: Float64Array.from(changes, ({usedBytes}) => usedBytes),
    goroutineId: Float64Array.from(changes, ({goid}) => goid),
    untold: caught.length - changes.length,
  };
}

/** null: neither the sizes nor the chain tell. */
function kindOf(oldBytes: number, newBytes: number, marks: number): StackChangeKind | null {
  if (!Number.isNaN(oldBytes)) return newBytes < oldBytes ? StackChangeKind.Shrink : StackChangeKind.Growth;
  if (marks & ChainMark.Shrink) return StackChangeKind.Shrink;
  return marks & (ChainMark.More | ChainMark.New) ? StackChangeKind.Growth : null;
}

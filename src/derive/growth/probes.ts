/**
 * Stack changes that a uprobe on runtime.copystack caught, as perf prints them:
 *
 *   app 7 [000] 2.5: probe_app:copystack: (44cd80) gp=0xc0000081c0 newsize=4096 lo=0xc000042000 hi=0xc000042800 goid=17
 *
 * `newsize` makes an event such a probe. `lo` and `hi` are the ends of the old stack; without them the chain says whether it shrinks.
 */
import {ArgumentKind, StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {ChainClass, type Chains} from '../chains/shape.ts';
import type {ProbedChanges} from './shape.ts';

const KEYS = ['newsize', 'lo', 'hi', 'goid'] as const;
type Key = (typeof KEYS)[number];

/** The changes in file order. Cost: linear in the arguments of samples. */
export function probedChanges(trace: Trace, chains: Chains): ProbedChanges {
  const {sampleArguments: args, samples} = trace;
  const keyOf = new Map<number, Key>();
  const found: {sample: number; values: Partial<Record<Key, number>>}[] = [];
  for (let i = 0; i < args.length; i++) {
    let key = keyOf.get(args.key[i]);
    if (key === undefined) {
      key = KEYS.find((known) => known === text(trace, args.key[i]));
      if (key === undefined) continue;
      keyOf.set(args.key[i], key);
    }
    if (args.kind[i] === ArgumentKind.Text) continue;
    if (found.at(-1)?.sample !== args.row[i]) found.push({sample: args.row[i], values: {}});
    found[found.length - 1].values[key] = Number(args.bits[i]);
  }
  const changes = found.filter(({values}) => values.newsize !== undefined);
  const result = {
    length: changes.length,
    sample: Int32Array.from(changes, ({sample}) => sample),
    kind: new Uint8Array(changes.length),
    oldBytes: Float64Array.from(changes, ({values: {lo, hi}}) => (lo !== undefined && hi !== undefined && hi > lo ? hi - lo : Number.NaN)),
    newBytes: Float64Array.from(changes, ({values}) => values.newsize ?? Number.NaN),
    goroutineId: Float64Array.from(changes, ({values}) => values.goid ?? Number.NaN),
  };
  changes.forEach(({sample}, i) => {
    const stack = samples.stack[sample];
    const isShrink = Number.isNaN(result.oldBytes[i]) ? stack >= 0 && chains.class[stack] === ChainClass.Shrink : result.newBytes[i] < result.oldBytes[i];
    result.kind[i] = isShrink ? StackChangeKind.Shrink : StackChangeKind.Growth;
  });
  return result;
}

/**
 * The two callers that chains lose at morestack, restored from a probe on it: `caller` is where in f the room was needed, `callerOfCaller` where
 * f was called. They belong to all that its thread does in the same growth: the probes and samples till it enters morestack again.
 *
 *   morestack g=A caller caller2    sample: newstack ← morestack      copystack gp=A      morestack …
 *   └────────────────────────── callers of all of these ───────────────────────────┘
 *
 * Their names are those that open binaries know; else they are addresses.
 */
import {StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {locator} from '../../symbols/place.ts';
import {fileAddress, type Reading} from '../../symbols/reading.ts';
import {mappedReadings} from '../../symbols/resolve/mapped.ts';
import {recordedUnder, type SymbolFile} from '../../symbols/resolve/match.ts';
import {ChainClass, type Chains} from '../chains/shape.ts';
import {ProbeOn, type Probes} from './probe-shape.ts';
import type {ProbedChanges, RestoredCaller, RestoredCallers} from './shape.ts';

/** Behind these the thread does something else than what it entered morestack for. */
const LEAVES: ReadonlySet<number> = new Set([ProbeOn.Shrinkstack, ProbeOn.Execute, ProbeOn.Gopreempt]);

/** Whether two probes may be of one goroutine; what one of them does not tell says nothing against it. */
function mayBeOfOne(gp: number, other: number): boolean {
  return gp === other || !(gp > 0 && other > 0);
}

/** Cost: linear in the samples where a probe on morestack tells callers; null: none does. */
export function restoredCallers(trace: Trace, chains: Chains, probes: Probes, changes: ProbedChanges, files: readonly SymbolFile[]): RestoredCallers | null {
  if (!probes.on.includes(ProbeOn.Morestack) || probes.caller.every((address) => Number.isNaN(address))) return null;
  const {samples} = trace;
  const ofSample = new Int32Array(samples.length).fill(-1);
  const kindOf = new Map(Array.from(changes.sample, (sample, i) => [sample, changes.kind[i]]));
  const entered = new Map<number, number>();
  const isGrowing = (stack: number) => stack >= 0 && chains.class[stack] === ChainClass.Growth;
  let p = 0;
  for (let i = 0; i < samples.length; i++) {
    const probe = p < probes.length && probes.sample[p] === i ? p++ : -1;
    const thread = samples.thread[i];
    if (probe >= 0 && probes.on[probe] === ProbeOn.Morestack) {
      entered.set(thread, probe);
      continue;
    }
    const entry = entered.get(thread) ?? -1;
    if (entry < 0) continue;
    if (probe >= 0 && LEAVES.has(probes.on[probe])) entered.delete(thread);
    else if (probe < 0 ? isGrowing(samples.stack[i]) : kindOf.get(i) === StackChangeKind.Growth && mayBeOfOne(probes.gp[entry], probes.gp[probe])) ofSample[i] = entry;
  }
  const placeOf = placer(trace, files);
  const known = new Map<number, RestoredCaller>();
  const named = (address: number) => {
    let found = known.get(address);
    if (!found) {
      known.set(address, (found = placeOf(address) ?? {name: `0x${address.toString(16)}`, namedBy: null, dso: null, file: null, line: -1}));
    }
    return found;
  };
  const ofEntry = (entry: number) => (entry < 0 ? [] : [probes.callerOfCaller[entry], probes.caller[entry]].filter((address) => address > 0).map(named));
  for (const entry of ofSample) ofEntry(entry);
  const ofFiles = new Map<string, number>();
  for (const {namedBy} of known.values()) if (namedBy !== null) ofFiles.set(namedBy, (ofFiles.get(namedBy) ?? 0) + 1);
  return {
    named: ofFiles,
    of: (sample) => ofEntry(ofSample[sample]),
    growingFunction: (sample) => {
      const caller = ofSample[sample] < 0 || !(probes.caller[ofSample[sample]] > 0) ? null : named(probes.caller[ofSample[sample]]);
      return caller === null || caller.namedBy === null ? null : caller.name;
    },
  };
}

/** Where a caller's address is by any open binary that has code there. It is a return address: the call is just before it. */
function placer(trace: Trace, files: readonly SymbolFile[]): (address: number) => RestoredCaller | null {
  const dsos = [...new Set([...trace.frames.dso, ...trace.mappings.dso, ...trace.buildIds.dso])];
  // Text without files says nothing against a binary.
  const namesNone = trace.buildIds.length === 0 && !dsos.some((dso) => text(trace, dso)?.startsWith('/'));
  const binaries = files.filter(({symbols}) => symbols.kind === 'elf').flatMap((file) => {
    const under = recordedUnder(trace, dsos, file);
    if (under.length === 0 && !namesNone) return [];
    const {name, symbols} = file;
    const readings: readonly Reading[] = symbols.movable ? under.flatMap((dso) => mappedReadings(trace, dso, symbols)) : [{as: 'address'}];
    return [{name, dso: under.length > 0 ? text(trace, under[0]) : name, symbols, readings, at: locator(symbols)}];
  });
  return (address) => {
    for (const {name, dso, symbols, readings, at} of binaries) {
      for (const reading of readings) {
        const own = fileAddress(symbols, reading, address - 1 - Number(symbols.base));
        const [place] = Number.isNaN(own) ? [] : at(own);
        if (place) return {name: place.name, namedBy: name, dso, file: place.file, line: place.line};
      }
    }
    return null;
  };
}

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
import type {Symbols} from '../../symbols/shape.ts';
import {ChainClass, type Chains} from '../chains/shape.ts';
import type {SymbolFile} from '../../symbols/resolve/match.ts';
import {ProbeOn, type Probes} from './probe-shape.ts';
import type {ProbedChanges, RestoredCaller, RestoredCallers} from './shape.ts';

/** Cost: linear in the samples where a probe on morestack tells callers; null: none does. */
export function restoredCallers(trace: Trace, chains: Chains, probes: Probes, changes: ProbedChanges, files: readonly SymbolFile[]): RestoredCallers | null {
  if (!probes.on.includes(ProbeOn.Morestack) || probes.caller.every((address) => Number.isNaN(address))) return null;
  const {samples} = trace;
  const ofSample = new Int32Array(samples.length).fill(-1);
  const kindOf = new Map(Array.from(changes.sample, (sample, i) => [sample, changes.kind[i]]));
  const entered = new Map<number, number>();
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
    if (probe >= 0 && (probes.on[probe] === ProbeOn.Shrinkstack || probes.on[probe] === ProbeOn.Execute || probes.on[probe] === ProbeOn.Gopreempt)) entered.delete(thread);
    else if (probe < 0 ? samples.stack[i] >= 0 && chains.class[samples.stack[i]] === ChainClass.Growth : kindOf.get(i) === StackChangeKind.Growth && !(probes.gp[entry] !== probes.gp[probe] && probes.gp[probe] > 0 && probes.gp[entry] > 0)) ofSample[i] = entry;
  }
  const placeOf = placer(trace, files);
  const known = new Map<number, RestoredCaller>();
  const named = (address: number) => {
    let found = known.get(address);
    if (!found) {
      const place = placeOf(address);
      known.set(address, (found = place ?? {name: `0x${address.toString(16)}`, namedBy: null, dso: null, file: null, line: -1}));
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
  const lookups = files.filter((file) => file.symbols.kind === 'elf' && isOf(trace, file)).map(({name, symbols}) => ({name, dso: dsoOf(trace, name), at: locator(symbols), inFile: inFile(trace, name, symbols)}));
  return (address) => {
    for (const {name, dso, at, inFile: addressIn} of lookups) {
      const own = addressIn(address - 1);
      const [place] = Number.isNaN(own) ? [] : at(own);
      if (place) return {name: place.name, namedBy: name, dso, file: place.file, line: place.line};
    }
    return null;
  };
}

/** The object file as the recording names it, else the file's own name. */
function dsoOf(trace: Trace, name: string): string {
  for (const dso of new Set([...trace.frames.dso, ...trace.mappings.dso])) {
    const recorded = text(trace, dso);
    if (recorded !== null && baseName(recorded) === baseName(name)) return recorded;
  }
  return name;
}

/** Whether a file is one that the recording saw: by build id where the recording has that of the name, else by name. Nothing is said against it where no file is named. */
function isOf(trace: Trace, {name, symbols}: SymbolFile): boolean {
  const {buildIds, frames, mappings} = trace;
  const isNamedSo = (dso: number) => baseName(text(trace, dso) ?? '') === baseName(name);
  let isOther = false;
  for (let i = 0; i < buildIds.length; i++) {
    if (text(trace, buildIds.buildId[i]) === symbols.buildId) return true;
    isOther ||= isNamedSo(buildIds.dso[i]);
  }
  if (isOther) return false;
  const dsos = [...new Set([...frames.dso, ...mappings.dso])].filter((dso) => (text(trace, dso) ?? '').startsWith('/'));
  return dsos.length === 0 || dsos.some(isNamedSo);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** An address in memory as the file has it; NaN: it is not of this file. */
function inFile({mappings, strings, stringBytes}: Trace, name: string, symbols: Symbols): (address: number) => number {
  const {segments} = symbols;
  const isCode = (address: number) => {
    for (let i = 0; i < segments.length; i++) if (segments.executable[i] === 1 && address >= segments.address[i] && address < segments.address[i] + segments.memoryBytes[i]) return address;
    return Number.NaN;
  };
  const base = Number(symbols.base);
  if (!symbols.movable) return (address) => isCode(address - base);
  return (address) => {
    for (let i = 0; i < mappings.length; i++) {
      const dso = text({strings, stringBytes}, mappings.dso[i]);
      const offset = address - Number(mappings.startAddress[i]);
      if (dso === null || baseName(dso) !== baseName(name) || offset < 0 || offset >= Number(mappings.sizeBytes[i])) continue;
      const inFileOffset = offset + Number(mappings.fileOffset[i]);
      for (let s = 0; s < segments.length; s++) {
        if (inFileOffset >= segments.fileOffset[s] && inFileOffset < segments.fileOffset[s] + segments.fileBytes[s]) return isCode(segments.address[s] + inFileOffset - segments.fileOffset[s]);
      }
    }
    return Number.NaN;
  };
}

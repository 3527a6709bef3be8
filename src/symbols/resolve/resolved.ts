/**
 * A trace with the names that files of symbols know. The tables stay what they are, save strings, frames, stacks, what is without a name, and the
 * columns that point to stacks: a frame without a name becomes one frame, or several where calls were inlined.
 */
import {PairIndex} from '../../base/columns/pair-index.ts';
import {GrowableTable} from '../../base/columns/table.ts';
import {text, type Trace} from '../../model/trace.ts';
import {readableName} from '../names/readable-name.ts';
import type {Place} from '../shape.ts';
import {compacted, type NewStacks} from './compacted.ts';
import {addressesFrom, CHAINS, fitted, LOOKUPS, lookedUp, type Addresses, type Fitted} from './lookups.ts';
import {mappedReadings} from './mapped.ts';
import {match, recordedBuildIds, wanted, type SymbolFile, type Wanted} from './match.ts';
import {MoreFrames, MoreStrings} from './frame-table.ts';
import {isEntry, KERNEL, kernelFrames, Role, stackRoles} from './roles.ts';
import {unresolvedByDso} from './unresolved.ts';

export type {SymbolFile} from './match.ts';

/** What became of the addresses in one object file of a trace. */
export interface DsoAccount {
  /** As the capture names it; '' where it names none. */
  readonly dso: string;
  readonly wanted: Wanted;
  /** The build id that the capture recorded; null: none. */
  readonly buildId: string | null;
  /** Frames without a name, as the capture has them, and samples with one of them in their stack. */
  readonly frames: number;
  readonly samples: number;
  /** The same after what could be named was named. */
  readonly framesLeft: number;
  readonly samplesLeft: number;
  readonly state:
    | {readonly is: 'missing'}
    | {readonly is: 'matched'; readonly by: 'build-id' | 'name' | 'kernel' | 'pid'; readonly files: readonly string[]}
    /** Of the right name, but another build id (null: it has none). */
    | {readonly is: 'refused'; readonly file: string; readonly wanted: string; readonly found: string | null}
    /** Of the right name, and the capture recorded no build id, but only `fits` of `of` addresses are where its code can stand. */
    | {readonly is: 'does-not-fit'; readonly file: string; readonly fits: number; readonly of: number};
}

export interface Resolved {
  /** The trace itself where nothing was named. It shares the columns that are the same. */
  readonly trace: Trace;
  /** One for each object file with addresses without a name, most samples first. */
  readonly dsos: readonly DsoAccount[];
}

/** Gives the names of functions as people write them (`_ZN2ns3fooEv` → `ns::foo`). `readableName` unless said. */
export type Demangle = (name: string) => string;

/**
 * The trace with the names that `files` know. Of several files that fit to one object file, those with most to say are asked first. Cost: linear in
 * stacks, samples and addresses.
 */
export function resolved(trace: Trace, files: readonly SymbolFile[], demangle: Demangle = readableName): Resolved {
  const unresolved = unresolvedByDso(trace);
  const buildIds = recordedBuildIds(trace);
  const roles = stackRoles(trace);
  const addresses = addressesByDso(trace, roles);
  const states = new Map<number, DsoAccount['state']>();
  const plans: {dso: number; addresses: Addresses; files: readonly Fitted[]}[] = [];
  for (const [dso, {pids}] of unresolved) {
    const own = addresses.get(dso);
    if (!own) continue;
    const found = match(nameOf(trace, dso, own), buildIds.get(dso) ?? null, pids, files);
    if (found.is !== 'matched') {
      states.set(dso, found);
      continue;
    }
    const mapped = mappedReadings(trace, dso, found.files[0].symbols);
    const fits = found.files.map(({name, symbols}) => ({name, ...fitted(trace, own, symbols, mapped)})).sort((a, b) => worth(b) - worth(a));
    const good = found.by === 'name' ? fits.filter(({isOther}) => !isOther) : fits;
    if (good.length === 0) states.set(dso, {is: 'does-not-fit', file: fits[0].name, fits: fits[0].fits, of: fits[0].of});
    else {
      // Of two binaries of one name the better one alone; a binary and its debug file, of one build id, together.
      const used = found.by === 'build-id' ? good : good.slice(0, 1);
      states.set(dso, {is: 'matched', by: found.by, files: used.map(({name}) => name)});
      plans.push({dso, addresses: own, files: used});
    }
  }
  const named = plans.length === 0 ? trace : withNames(trace, roles, plans, demangle);
  // Rows of strings stay what they are when more come, so a file is known by the same row.
  const left = named === trace ? unresolved : unresolvedByDso(named);
  const dsos = [...unresolved].map(([dso, {frames, samples}]): DsoAccount => ({
    dso: text(trace, dso) ?? '',
    wanted: wanted(nameOf(trace, dso, addresses.get(dso))),
    buildId: buildIds.get(dso) ?? null,
    frames, samples,
    framesLeft: left.get(dso)?.frames ?? 0,
    samplesLeft: left.get(dso)?.samples ?? 0,
    state: states.get(dso) ?? {is: 'missing'},
  }));
  return {trace: named, dsos: dsos.sort((a, b) => b.samples - a.samples || b.frames - a.frames)};
}

/** Name of an object file; of one that is not recorded, the kernel's where the addresses are. */
function nameOf(trace: Trace, dso: number, own: Addresses | undefined): string {
  const name = text(trace, dso) ?? '';
  const isKernel = own !== undefined && own.rows.length > 0 && own.rows.every((row) => trace.unresolved.address[row] >= KERNEL);
  return isKernel && (name === '' || name === '[unknown]') ? '[kernel.kallsyms]' : name;
}

function addressesByDso(trace: Trace, stackRole: Uint8Array): Map<number, Addresses> {
  const {stacks, unresolved, frames} = trace;
  const ofFrame = new Uint8Array(frames.length);
  for (let stack = 0; stack < stacks.length; stack++) ofFrame[stacks.frame[stack]] |= stackRole[stack];
  const roles = Uint8Array.from(unresolved.frame, (frame) => ofFrame[frame]);
  const rows = new Map<number, number[]>();
  for (let row = 0; row < unresolved.length; row++) {
    const dso = frames.dso[unresolved.frame[row]];
    const own = rows.get(dso);
    if (own) own.push(row);
    else rows.set(dso, [row]);
  }
  const numbers = new Map<bigint, Float64Array>();
  const from = (base: bigint) => {
    let known = numbers.get(base);
    if (!known) numbers.set(base, (known = addressesFrom(unresolved.address, base)));
    return known;
  };
  return new Map([...rows].map(([dso, own]) => [dso, {rows: own, roles, from}]));
}

/** Go's tables tell most (lines, inlined calls); then who names more functions. */
function worth({symbols, fits}: Fitted): number {
  return fits * 2 ** 32 + (symbols.go ? 2 ** 31 : 0) + symbols.functions.length;
}

function withNames(trace: Trace, roles: Uint8Array, plans: readonly {dso: number; addresses: Addresses; files: readonly Fitted[]}[], demangle: Demangle): Trace {
  const strings = new MoreStrings(trace);
  const frames = new MoreFrames(trace);
  const lookups = new GrowableTable(LOOKUPS, 1024);
  const chains = new GrowableTable(CHAINS, 1024);
  const names = new Map<string, string>();
  const nameOfPlace = (name: string) => {
    let readable = names.get(name);
    if (readable === undefined) names.set(name, (readable = demangle(name)));
    return readable;
  };
  for (const {dso, addresses, files} of plans) {
    const frameOf = ({name, file, line, inlined}: Place) =>
      frames.row(strings.row(nameOfPlace(name)), dso, file === null ? -1 : strings.row(file), line, inlined ? 1 : 0);
    lookedUp(trace, addresses, files, frameOf, lookups, chains);
  }
  const stacks = newStacks(trace, roles, lookups, chains.finish().frame);
  return compacted(trace, stacks, frames.finish(), strings.finish());
}

function newStacks(trace: Trace, roles: Uint8Array, lookups: GrowableTable<typeof LOOKUPS>, chains: Int32Array): NewStacks {
  const {parent, frame, length} = trace.stacks;
  // Where in `chains` the frames of an old one begin, and how many they are (0: it stays what it is), in either role: frame * 4 + role * 2.
  const became = new Int32Array(trace.frames.length * 4);
  for (let i = 0; i < lookups.length; i++) {
    const at = trace.unresolved.frame[lookups.rows.row[i]] * 4 + (lookups.rows.role[i] === Role.Exact ? 0 : 2);
    became[at] = lookups.rows.first[i];
    became[at + 1] = lookups.rows.count[i];
  }
  const isKernel = kernelFrames(trace);
  const made = new PairIndex();
  const exact = new Int32Array(length);
  const caller = new Int32Array(length);
  for (let stack = 0; stack < length; stack++) {
    const below = parent[stack];
    const under = below < 0 ? -1 : isEntry(isKernel, frame, stack, below) ? exact[below] : caller[below];
    if ((roles[stack] & Role.Exact) !== 0) exact[stack] = extended(under, frame[stack], 0);
    if ((roles[stack] & Role.Caller) !== 0) caller[stack] = extended(under, frame[stack], 2);
  }
  const {a, b} = made.finish();
  return {parent: a, frame: b, of: exact};

  function extended(under: number, old: number, role: number): number {
    const first = became[old * 4 + role];
    const end = first + became[old * 4 + role + 1];
    if (end === first) return made.intern(under, old);
    let top = under;
    for (let i = first; i < end; i++) top = made.intern(top, chains[i]);
    return top;
  }
}

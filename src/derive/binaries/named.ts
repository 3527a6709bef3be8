/**
 * Traces with the names that open files of symbols know. The trace as it was parsed is kept by who opened it: when a file comes or goes, what
 * it concerns is named anew from that, and the others stay the same traces, with all that was computed of them.
 */
import {text, type Trace} from '../../model/trace.ts';
import {match, recordedBuildIds, type SymbolFile} from '../../symbols/resolve/match.ts';
import {resolved, type DsoAccount, type Resolved} from '../../symbols/resolve/resolved.ts';
import {unresolvedByDso} from '../../symbols/resolve/unresolved.ts';

export interface Named {
  /** The parsed trace itself where nothing was named. */
  readonly trace: Trace;
  /** What became of the addresses without names in each object file, most samples first. Made when it is first asked for. */
  dsos(): readonly DsoAccount[];
}

interface Kept {
  readonly files: readonly SymbolFile[];
  readonly named: Named;
}

const kept = new WeakMap<Trace, Kept>();

/** Cost: that of `resolved`, where a file concerns the trace, once for the same files. */
export function named(parsed: Trace, files: readonly SymbolFile[]): Named {
  const concerning = parsed.unresolved.length === 0 ? [] : files.filter((file) => concerns(parsed, file));
  const before = kept.get(parsed);
  if (before && sameFiles(before.files, concerning)) return before.named;
  const made = concerning.length === 0 ? asParsed(parsed) : givenNames(resolved(parsed, concerning));
  kept.set(parsed, {files: concerning, named: made});
  return made;
}

function asParsed(trace: Trace): Named {
  let dsos: readonly DsoAccount[] | null = null;
  return {trace, dsos: () => (dsos ??= trace.unresolved.length === 0 ? [] : resolved(trace, []).dsos)};
}

function givenNames({trace, dsos}: Resolved): Named {
  return {trace, dsos: () => dsos};
}

const wantedOfTrace = new WeakMap<Trace, readonly Wanted[]>();

interface Wanted {
  readonly dso: string;
  readonly buildId: string | null;
  readonly pids: ReadonlySet<number>;
}

/** Whether an object file of the trace is this one, or is said to be. Kernels may stand under no name: each is looked at. */
function concerns(trace: Trace, file: SymbolFile): boolean {
  if (file.symbols.kind === 'kallsyms') return true;
  let wanted = wantedOfTrace.get(trace);
  if (!wanted) {
    const buildIds = recordedBuildIds(trace);
    wanted = Array.from(unresolvedByDso(trace), ([dso, {pids}]) => ({dso: text(trace, dso) ?? '', buildId: buildIds.get(dso) ?? null, pids}));
    wantedOfTrace.set(trace, wanted);
  }
  return wanted.some(({dso, buildId, pids}) => match(dso, buildId, pids, [file]).is !== 'missing');
}

function sameFiles(a: readonly SymbolFile[], b: readonly SymbolFile[]): boolean {
  return a.length === b.length && a.every(({name, symbols}, i) => name === b[i].name && symbols === b[i].symbols);
}

/**
 * Which of the opened files of symbols serves which object file of a trace. The build id decides where the capture recorded one; else the name. A
 * file of the right name and another build id is refused: its names would be wrong without a sign of it.
 */
import {text, type Trace} from '../../model/trace.ts';
import type {Symbols} from '../shape.ts';
import {isKernelName} from './roles.ts';

/** An opened file of symbols, under the name that it was dropped by. */
export interface SymbolFile {
  readonly name: string;
  readonly symbols: Symbols;
}

/** What would name the addresses of an object file: that binary, the kernel's symbols, a map of code made at run time, or nothing that can be dropped. */
export type Wanted = 'binary' | 'kallsyms' | 'perf-map' | 'nothing';

/** What became of one object file. `matched` before its addresses were looked at; see `resolved`. */
export type Match =
  | {readonly is: 'matched'; readonly by: 'build-id' | 'name' | 'kernel' | 'pid'; readonly files: readonly SymbolFile[]}
  | {readonly is: 'refused'; readonly file: string; readonly wanted: string; readonly found: string | null}
  | {readonly is: 'missing'};

/** Build ids that the capture recorded, by row of the file's name. */
export function recordedBuildIds(trace: Trace): ReadonlyMap<number, string> {
  const {dso, buildId, length} = trace.buildIds;
  return new Map(Array.from({length}, (_, row) => [dso[row], (text(trace, buildId[row]) ?? '').toLowerCase()] as const).filter(([, id]) => id !== ''));
}

/** What an object file of this name is. */
export function wanted(dso: string): Wanted {
  if (isKernelName(dso)) return 'kallsyms';
  if (dso === '//anon' || /(?:^|\/)perf-\d+\.map$/.test(dso)) return 'perf-map';
  return dso === '' || dso.startsWith('[') || NO_FILE.test(dso) ? 'nothing' : 'binary';
}

/** Memory that bears a name but is no file. */
const NO_FILE = /^(?:anon_inode|\/dev\/zero|\/memfd:|\/SYSV|inode)/;

/** `pids`: the processes whose samples have addresses in it. */
export function match(dso: string, buildId: string | null, pids: ReadonlySet<number>, files: readonly SymbolFile[]): Match {
  const want = wanted(dso);
  if (want === 'nothing') return {is: 'missing'};
  const byId = buildId === null ? [] : files.filter(({symbols}) => symbols.buildId !== null && isSame(symbols.buildId, buildId));
  if (byId.length > 0) return {is: 'matched', by: 'build-id', files: byId};
  if (want === 'kallsyms') return found('kernel', files.filter(({symbols}) => symbols.kind === 'kallsyms'));
  if (want === 'perf-map') return found('pid', files.filter(({symbols}) => symbols.kind === 'perf-map' && isMapOf(symbols.pid, dso, pids)));
  const named = files.filter(({name, symbols}) => symbols.kind === 'elf' && baseName(name) === baseName(dso));
  if (named.length === 0) return {is: 'missing'};
  return buildId === null ? {is: 'matched', by: 'name', files: named} : {is: 'refused', file: named[0].name, wanted: buildId, found: named[0].symbols.buildId};
}

/** Under which of these names (rows of strings) the capture has a binary. */
export function recordedUnder(trace: Trace, dsos: Iterable<number>, binary: SymbolFile): number[] {
  const buildIds = recordedBuildIds(trace);
  return [...new Set(dsos)].filter((dso) => match(text(trace, dso) ?? '', buildIds.get(dso) ?? null, NO_PIDS, [binary]).is === 'matched');
}

const NO_PIDS: ReadonlySet<number> = new Set();

function found(by: 'kernel' | 'pid', files: readonly SymbolFile[]): Match {
  return files.length > 0 ? {is: 'matched', by, files} : {is: 'missing'};
}

/** perf fills ids that are shorter than 20 bytes up with zeros. */
function isSame(id: string, recorded: string): boolean {
  const [short, long] = id.length < recorded.length ? [id, recorded] : [recorded, id];
  return long.startsWith(short) && /^0*$/.test(long.slice(short.length));
}

function isMapOf(pid: number | null, dso: string, pids: ReadonlySet<number>): boolean {
  const named = /perf-(\d+)\.map$/.exec(dso)?.[1];
  if (named !== undefined) return pid === null || pid === Number(named);
  // Memory without a name is one name for all processes.
  return pids.size === 1 && (pid === null || pids.has(pid));
}

/** The last part of a path, without what perf, packers, and those who keep two files of one name apart (`app (2)`) add. */
function baseName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/ \((?:deleted|\d+)\)$/, '').replace(/\.gz$/, '');
}

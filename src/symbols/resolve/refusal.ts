/** Why a file that bears the name of an object file does not serve it, whatever else was opened. */
import {match, type SymbolFile} from './match.ts';
import type {DsoAccount} from './resolved.ts';

/** `wanted`, `found`: build ids; null: the file has none. Of `of` addresses only `fits` are where its code can stand. */
export type Refusal =
  | {readonly is: 'refused'; readonly wanted: string; readonly found: string | null}
  | {readonly is: 'does-not-fit'; readonly fits: number; readonly of: number};

/** null: it serves it, or is another file altogether. */
export function refusal({dso, buildId, state}: DsoAccount, file: SymbolFile): Refusal | null {
  if (state.is === 'does-not-fit' && state.file === file.name) return {is: state.is, fits: state.fits, of: state.of};
  const alone = match(dso, buildId, NOBODY, [file]);
  return alone.is === 'refused' ? {is: alone.is, wanted: alone.wanted, found: alone.found} : null;
}

/** Pids matter to perf maps, which have no build id. */
const NOBODY: ReadonlySet<number> = new Set();

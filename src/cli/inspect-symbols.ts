/** What `morestack inspect` says of files of symbols, and of the binaries that a capture wants. */
import type {DsoAccount} from '../symbols/resolve/resolved.ts';
import type {Symbols} from '../symbols/shape.ts';
import {grouped} from './grouped.ts';
import type {Json} from './json.ts';

/** A binary, kallsyms or a perf map, for `--json`. */
export interface SymbolsInspection {
  readonly [key: string]: Json;
  readonly name: string;
  readonly format: Symbols['kind'];
  readonly version: string | null;
  readonly bytes: number;
  readonly buildId: string | null;
  readonly machine: string | null;
  readonly functions: number;
  readonly isGo: boolean;
  readonly isDebugFile: boolean;
  readonly pid: number | null;
  readonly faults: readonly Json[];
}

export function symbolsInspection(name: string, bytes: number, {kind, buildId, machine, functions, go, isDebugFile, pid}: Symbols): SymbolsInspection {
  return {
    name, format: kind, version: go?.version ?? null, bytes, buildId, machine, functions: Math.max(functions.length, go?.functionCount ?? 0),
    isGo: go !== null, isDebugFile, pid, faults: [],
  };
}

const FORMAT_WORDS: Readonly<Record<Symbols['kind'], string>> = {elf: 'ELF binary', kallsyms: 'kallsyms', 'perf-map': 'perf map'};

export function readableSymbols({name, format, version, bytes, buildId, machine, functions, isGo, isDebugFile, pid}: SymbolsInspection): string {
  const lines = [
    name,
    `  symbols     ${isDebugFile ? 'ELF debug file' : FORMAT_WORDS[format]}${machine === null ? '' : ` ${machine}`}${pid === null ? '' : ` of process ${pid}`}, ${grouped(bytes)} bytes`,
    ...(format === 'elf' ? [`  build id    ${buildId ?? 'none'}`] : []),
    `  functions   ${grouped(functions)}${isGo ? `, Go ${version?.replace(/^go/, '') ?? '(version not known)'}` : ''}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Binaries that a capture has addresses without names of, for `--json`. */
export function wantedJson({dso, wanted, buildId, frames, samples, framesLeft, samplesLeft, state}: DsoAccount): {readonly [key: string]: Json} {
  const isFile = wanted !== 'nothing';
  return {name: dso, wanted: isFile ? wanted : null, buildId, frames, samples, framesLeft, samplesLeft, ...(isFile || state.is === 'matched' ? {state: state.is, ...details(state)} : {state: 'not-a-file'})};
}

function details(state: DsoAccount['state']): {readonly [key: string]: Json} {
  switch (state.is) {
    case 'missing': return {};
    case 'matched': return {by: state.by, files: state.files};
    case 'refused': return {file: state.file, found: state.found};
    case 'does-not-fit': return {file: state.file, fits: state.fits, of: state.of};
  }
}

/** The same as lines: what is wanted, how many samples it would name, what became of it. */
export function readableWanted(dsos: readonly DsoAccount[]): string[] {
  return dsos.map(({dso, wanted, buildId, samples, framesLeft, frames, state}) => {
    const name = `${dso === '' ? '(no file recorded)' : dso}${buildId === null ? '' : ` ${buildId}`}`;
    return `  addresses   ${name}: ${grouped(samples)} samples, ${wanted === 'nothing' && state.is === 'missing' ? 'memory that is no file' : stateText(state, frames, framesLeft)}`;
  });
}

function stateText(state: DsoAccount['state'], frames: number, framesLeft: number): string {
  switch (state.is) {
    case 'missing': return 'missing';
    case 'matched': return `${grouped(frames - framesLeft)} of ${grouped(frames)} frames named by ${state.files.join(', ')}`;
    case 'refused': return `${state.file} refused: ${state.found === null ? 'it has no build id' : `its build id is ${state.found}`}`;
    case 'does-not-fit': return `${state.file} refused: only ${state.fits} of ${state.of} addresses fit`;
  }
}

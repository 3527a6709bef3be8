/** Which of the opened files of symbols lies where in a process, and what of it tells the way through a stack. */
import {isReturnSite} from '../elf/return-sites.ts';
import {fileAddress} from '../reading.ts';
import {match, type SymbolFile} from '../resolve/match.ts';
import type {Symbols} from '../shape.ts';
import {CallFrames} from './cfi/frames.ts';
import {GoFrames} from './go-frames.ts';
import {knowsFrames, type MappedCode} from './shape.ts';

/** A file of symbols, with what it knows of frames. */
export interface Binary {
  readonly symbols: Symbols;
  readonly go: GoFrames | null;
  readonly callFrames: CallFrames | null;
}

/** A binary as it lies in memory. */
export interface LoadedBinary extends Binary {
  /** How far above its own addresses it lies. */
  readonly moved: number;
}

const NO_PIDS: ReadonlySet<number> = new Set();

export class Binaries {
  readonly #files: readonly SymbolFile[];
  readonly #binaries = new Map<Symbols, Binary>();
  readonly #loaded = new WeakMap<MappedCode, LoadedBinary | null>();

  constructor(files: readonly SymbolFile[]) {
    this.#files = files;
  }

  /** What lies in a mapping; null: no file that was opened. */
  of(mapped: MappedCode): LoadedBinary | null {
    let loaded = this.#loaded.get(mapped);
    if (loaded === undefined) this.#loaded.set(mapped, (loaded = this.#find(mapped)));
    return loaded;
  }

  #find({dso, buildId, fileOffset, start}: MappedCode): LoadedBinary | null {
    if (fileOffset === null) return null;
    const found = match(dso, buildId, NO_PIDS, this.#files);
    if (found.is !== 'matched') return null;
    // A debug file has the names, the binary itself the way through the stack.
    const file = found.files.find(({symbols}) => knowsFrames(symbols));
    const own = file ? fileAddress(file.symbols, {as: 'offset'}, fileOffset) : Number.NaN;
    return file && !Number.isNaN(own) ? {...this.#binary(file.symbols), moved: start - own} : null;
  }

  #binary(symbols: Symbols): Binary {
    let binary = this.#binaries.get(symbols);
    if (!binary) this.#binaries.set(symbols, (binary = {symbols, go: GoFrames.of(symbols), callFrames: CallFrames.of(symbols)}));
    return binary;
  }
}

/** Whether a call can return to `address` of a loaded binary. */
export function canReturnTo({symbols, moved}: LoadedBinary, address: number): boolean {
  return symbols.returnSites.length === 0 || isReturnSite(symbols.returnSites, address - moved);
}

/** Which binaries (kallsyms, perf maps) are open and what they name; and which are wanted by the captures. */
import type {Machine, Symbols} from '../../symbols/shape.ts';

/** Nothing is asked: the answer is about the whole session. */
export type BinariesQuestion = Readonly<Record<string, never>>;

/** A file of symbols that is open. */
export interface OpenBinary {
  readonly id: number;
  readonly name: string;
  readonly kind: Symbols['kind'];
  /** GNU build id; null: it has none. */
  readonly buildId: string | null;
  readonly machine: Machine | null;
  /** Names without code, to be opened beside the binary or instead of it. */
  readonly isDebugFile: boolean;
  readonly functions: number;
  /** `go1.25.1`; null: not a Go binary, or not known. */
  readonly goVersion: string | null;
  readonly isGo: boolean;
  /** Frames of captures that it gave names to, alone or with its debug file, and in how many captures. */
  readonly frames: number;
  readonly captures: number;
  /** Object files of the same name that it is not; then it names nothing of them. */
  readonly refusals: readonly Refusal[];
}

/** Why a file does not serve an object file of its name: another build id (`found` null: it has none), or its code does not fit to the addresses. */
export type Refusal =
  | {readonly is: 'refused'; readonly capture: string; readonly dso: string; readonly wanted: string; readonly found: string | null}
  | {readonly is: 'does-not-fit'; readonly capture: string; readonly dso: string; readonly fits: number; readonly of: number};

/** An object file that a capture has addresses without names of. */
export interface WantedBinary {
  /** As the capture names it; empty: it names none. */
  readonly dso: string;
  /** What would name it; `nothing`: memory that is no file. */
  readonly wanted: 'binary' | 'kallsyms' | 'perf-map' | 'nothing';
  readonly buildId: string | null;
  /** Frames without a name as the capture was read, and samples with one of them in their stack. */
  readonly frames: number;
  readonly samples: number;
  /** The same now. */
  readonly framesLeft: number;
  readonly samplesLeft: number;
  readonly state:
    | {readonly is: 'missing'}
    | {readonly is: 'matched'; readonly by: 'build-id' | 'name' | 'kernel' | 'pid'; readonly files: readonly string[]}
    | {readonly is: 'refused'; readonly file: string; readonly wanted: string; readonly found: string | null}
    | {readonly is: 'does-not-fit'; readonly file: string; readonly fits: number; readonly of: number};
}

export interface CaptureBinaries {
  readonly id: number;
  readonly name: string;
  /** All its samples. */
  readonly samples: number;
  /** Those with most samples first, at most `MOST_WANTED`. */
  readonly wanted: readonly WantedBinary[];
  /** How many more there are. */
  readonly more: number;
}

export interface BinariesAnswer {
  readonly open: readonly OpenBinary[];
  /** Captures that had addresses without names. */
  readonly captures: readonly CaptureBinaries[];
}

/** Whether a file would name something here that nothing names yet. */
export function isMissing({wanted, state, samplesLeft}: WantedBinary): boolean {
  return wanted !== 'nothing' && state.is !== 'matched' && samplesLeft > 0;
}

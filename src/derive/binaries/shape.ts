/** Which binaries (kallsyms, perf maps) are open and what they name; and which are wanted by the captures. */
import type {Refusal} from '../../symbols/resolve/refusal.ts';
import type {DsoAccount} from '../../symbols/resolve/resolved.ts';
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
  /** Frames of captures that it gave names to, alone or with its debug file, callers that probes told among them, and in how many captures. */
  readonly frames: number;
  readonly captures: number;
  /** Object files of the same name that it is not; then it names nothing of them. */
  readonly refusals: readonly RefusedBy[];
}

/** Why a file does not serve an object file of its name, whatever else was opened. */
export type RefusedBy = Refusal & {
  /** Name of the capture. */
  readonly capture: string;
  readonly dso: string;
};

/** An object file that a capture has addresses without names of; see `DsoAccount`. */
export type WantedBinary = DsoAccount;

export interface CaptureBinaries {
  readonly id: number;
  readonly name: string;
  /** All its samples. */
  readonly samples: number;
  /** Those with most samples first, at most 100. */
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

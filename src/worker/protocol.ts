/**
 * Every message between the page, the session worker and the workers that parse. Both ends switch over `kind`, exhaustively.
 *
 *   page ──ToSession──► session worker ──ToParser──► one parse worker a file ──ToPartReader──► another one, for a part
 *        ◄─FromSession─                ◄─FromParser─                         ◄─FromPartReader─  of a large one
 */
import type {Fault, FaultGroup} from '../base/fault.ts';
import type {AlignmentChoice} from '../derive/axis/shape.ts';
import type {AnswerOf, DerivationId, QuestionOf} from '../derive/registry.ts';
import type {SummaryAnswer} from '../derive/summary/shape.ts';
import type {FilePart, PartRead} from '../formats/format.ts';
import type {Trace} from '../model/trace.ts';
import type {SymbolFile} from '../symbols/resolve/match.ts';
import type {Symbols} from '../symbols/shape.ts';

/** A file to open: dropped or picked, or at an address of the same origin. */
export type FileToOpen = {readonly name: string; readonly blob: Blob} | {readonly name: string; readonly url: string};

/** A question with the name of the derivation that answers it. */
export type Ask = {[Id in DerivationId]: {readonly derivation: Id; readonly question: QuestionOf<Id>}}[DerivationId];

/** What the page tells the session worker. */
export type ToSession =
  /** `source`: number that the page gives the file. `evenIfOpen`: open it although one that looks the same is open. */
  | {readonly kind: 'open'; readonly source: number; readonly file: FileToOpen; readonly evenIfOpen: boolean}
  /** Looks at the beginnings of files, in order: which of them could be opened? */
  | {readonly kind: 'look'; readonly id: number; readonly files: readonly Blob[]}
  /** Stops reading a file, or takes out one that was read. */
  | {readonly kind: 'remove'; readonly source: number}
  /** Stops reading a file again; it stays as it is until binaries change the next time. */
  | {readonly kind: 'stop-again'; readonly source: number}
  /** null: as the sources themselves say. */
  | {readonly kind: 'align'; readonly source: number; readonly choice: AlignmentChoice | null}
  | {readonly kind: 'ask'; readonly id: number; readonly ask: Ask};

/** What the page needs to know of a format for its file picker. */
export interface FormatInfo {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
}

export interface SessionChanged {
  readonly kind: 'changed';
  readonly revision: number;
  readonly source: number;
  /** The source is still being read. */
  readonly partial: boolean;
  /** Of the tables of all open files. */
  readonly heldBytes: number;
  /** Of what is open now: all that the page asks it asks about this. */
  readonly summary: SummaryAnswer;
}

/** What the session worker tells the page. */
export type FromSession =
  | {readonly kind: 'ready'; readonly formats: readonly FormatInfo[]}
  /** Bytes of the file read so far, as stored; `ofBytes` null when its size is not known. */
  | {readonly kind: 'progress'; readonly source: number; readonly bytes: number; readonly ofBytes: number | null}
  /** A file that was read is read again, because binaries came or went by which its stacks are unwound; null: no longer. */
  | {readonly kind: 'again'; readonly source: number; readonly read: {readonly bytes: number; readonly ofBytes: number | null} | null}
  /** What the file looks like: equal for files that look the same. Comes before anything of the file is read. */
  | {readonly kind: 'identified'; readonly source: number; readonly mark: string}
  /** What is open or how it is aligned changed: answers of before may no longer hold. */
  | SessionChanged
  /** For each file that was to be looked at, whether its beginning is that of a capture or of symbols. */
  | {readonly kind: 'looked'; readonly id: number; readonly readable: readonly boolean[]}
  /** Nothing of the file could be read. */
  | {readonly kind: 'unreadable'; readonly source: number; readonly faults: readonly FaultGroup[]}
  /** The file looks the same as one that is open, and was not opened. */
  | {readonly kind: 'same-as'; readonly source: number; readonly open: number}
  | {readonly kind: 'answer'; readonly id: number; readonly revision: number; readonly answer: AnswerOf<DerivationId>}
  /** A bug of ours: `ask` when a question failed, `source` when a file did. */
  | {readonly kind: 'failed'; readonly ask: number | null; readonly source: number | null; readonly fault: Fault};

/** What a worker that reads a file is told. */
export type ToParser =
  /** `second`: the way to another such worker, which reads a part of the file; null: this one reads alone. */
  | {readonly kind: 'parse'; readonly file: FileToOpen; readonly second: MessagePort | null}
  /** Binaries that are open, by which stacks that the file holds copies of are unwound. They are copied, so only who wants them gets them. */
  | {readonly kind: 'binaries'; readonly binaries: readonly SymbolFile[]}
  /** Read for another such worker, which asks by this port. */
  | {readonly kind: 'second'; readonly port: MessagePort}
  /** The second reader broke. */
  | {readonly kind: 'second-broke'};

/** What the worker that reads a file asks of the one that reads a part of it: these bytes. */
export interface ToPartReader {
  readonly part: FilePart;
  readonly blob: Blob;
}

/** What the reader of a part tells the worker that it reads it for; null: it could not be read apart. */
export type FromPartReader = {readonly kind: 'progress'; readonly bytes: number} | {readonly kind: 'part'; readonly read: PartRead | null};

/** What the worker that reads a file tells the session worker. Fails with `input/not-readable` and `internal/parse`. */
export type FromParser =
  /** The file holds copies of stacks. Answered by `binaries`. */
  | {readonly kind: 'wants-binaries'}
  | {readonly kind: 'progress'; readonly bytes: number; readonly ofBytes: number | null}
  /** The second reader has done its part, or is of no use. */
  | {readonly kind: 'alone'}
  /** A copy of what was read so far. */
  | {readonly kind: 'partial'; readonly trace: Trace}
  /** `mark`: what the bytes of an address look like, as the fingerprint of a file; null for a file. */
  | {readonly kind: 'done'; readonly trace: Trace; readonly mark: string | null}
  /** It is a binary, kallsyms or a perf map. */
  | {readonly kind: 'symbols'; readonly symbols: Symbols; readonly mark: string | null}
  | {readonly kind: 'unreadable'; readonly faults: readonly FaultGroup[]}
  | {readonly kind: 'failed'; readonly fault: Fault};

/** A thrown error as a fault: a bug of ours, or a file or address that could not be read. */
export function thrown(code: string, error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return {severity: 'fatal', code, message, ...(stack === undefined ? {} : {excerpt: stack})};
}

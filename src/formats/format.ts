/**
 * The contract of an input format. A format is one folder: `format.ts` (data and a sniff, light enough to be loaded with the
 * page's worker) and `parse.ts` (its own chunk, loaded when a file needs it), plus one line in `registry.ts`.
 */
import type {ByteStream} from '../base/bytes/source.ts';
import type {TraceBuilder} from '../model/builder.ts';
import type {Trace} from '../model/trace.ts';
import type {SymbolFile} from '../symbols/resolve/match.ts';

/** Whether a file is of a format, judged by its first bytes alone. `need-more`: cannot tell yet. */
export type Verdict = 'yes' | 'no' | 'need-more';

export interface Format {
  /** Stable name, used in messages, fault codes and file formats of ours. */
  readonly id: string;
  /** What a person calls it. */
  readonly label: string;
  /** Usual extensions, for the file picker only: detection never looks at the name. */
  readonly extensions: readonly string[];
  /** Never throws. `complete`: `head` is the whole file. */
  sniff(head: Uint8Array, complete: boolean): Verdict;
  load(): Promise<Parser>;
}

/** A file to parse: read in order, and, where it needed no unpacking, anywhere. */
export interface ParseInput extends ByteStream {
  /** Absent for a packed file or a stream. What is read here does not count as progress. */
  readonly anywhere?: {readonly sizeBytes: number; readAt(start: number, sizeBytes: number): Promise<Uint8Array>};
  /** Another reader, for a part of the file; absent: there is none, or it would not be worth it. */
  readonly second?: SecondReader;
  /** Binaries by which copied stacks are unwound, asked for where a file has such; absent: none, and frame pointers alone tell the callers. */
  binaries?(): Promise<readonly SymbolFile[]>;
}

/** A part of a file that is read apart from what is before it. */
export interface FilePart {
  /** Id of the format whose parser asked for it. */
  readonly format: string;
  readonly start: number;
  readonly end: number;
  /** What the parser must know of what is before the part; its own words, plain data. */
  readonly told: object;
}

/** What was read of a part: a trace of its own, and what the parser has to know to go on behind it; its own words, plain data. */
export interface PartRead {
  readonly trace: Trace;
  readonly left: object;
}

/** Bytes of a file from `start` to before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Reads one part of a file while its parser reads another. */
export interface SecondReader {
  /** About which bytes it should read, when the parser has read up to `byte`; null: it does not begin yet. */
  wants(byte: number): Stretch | null;
  /** Begins at once. null: it could not be read apart, or not at all. Does not reject. */
  read(part: FilePart): Promise<PartRead | null>;
  /** What was begun is of no use. */
  stop(): void;
}

export interface Parser {
  /**
   * Reads all of `input` into `build`. Faults go to `build.faults`; a fatal one means that nothing after it was read.
   * Everything good around a fault is kept. Rejects only for a bug of ours, or when `watch` does.
   */
  parse(input: ParseInput, build: TraceBuilder, watch: ParseWatch): Promise<void>;
  /**
   * Reads the bytes of a part into `build`; what it resolves to goes into `PartRead.left`, null where the part means something else without
   * what is before it. Only of formats that ask for parts.
   */
  parsePart?(input: ByteStream, part: FilePart, build: TraceBuilder): Promise<object | null>;
  /**
   * The events as the format's own tool prints them, a line each, without a model in between. Strict: it stops at the first
   * event that does not fit and gives its fault. Only formats that have such a tool have it.
   */
  transcript?(input: ByteStream, write: (lines: string) => void | Promise<void>): Promise<TranscriptEnd>;
}

/** How a transcript ended: `null` at the end of the file, else why it stopped. */
export type TranscriptEnd = {readonly message: string; readonly byte: number} | null;

/** What a parser tells its caller while it works. */
export interface ParseWatch {
  /** To be awaited every few milliseconds of work, so that others get their turn; rejects when the caller cancelled. */
  breathe(): Promise<void>;
  /** The builder holds something worth showing. May be called often; the caller decides whether it takes a snapshot. */
  partial(): void;
}

/** A watch for callers that wait for the end. */
export const unwatched: ParseWatch = {breathe: () => Promise.resolve(), partial: () => {}};

/** Checks a format's shape where it is defined and keeps its literal id. */
export function defineFormat<const F extends Format>(format: F): F {
  return format;
}

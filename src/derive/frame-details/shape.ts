/** All that is known of one function: where its code lies, and what each of its lines weighs. */
import type {CallTreeQuery, FunctionRef} from '../call-tree/shape.ts';

export interface FrameDetailsQuestion {
  readonly query: CallTreeQuery;
  readonly of: FunctionRef;
}

/** A place in the code of the function: a line that calls something or was about to run, or an address without a symbol. */
export interface CodePlace {
  readonly dso: string | null;
  /** null, -1: not recorded. */
  readonly file: string | null;
  readonly line: number;
  /** Only of frames without a symbol, as the source prints it. */
  readonly address: bigint | null;
  /** What stacks weigh that end here, and all that pass it; one that passes it several times counts once. */
  readonly self: number;
  readonly total: number;
}

/** null: no stack of the query holds it. */
export interface FrameDetailsAnswer {
  readonly query: CallTreeQuery;
  /** As recorded, in full. */
  readonly name: string;
  /** As people read it; see `shortName`. */
  readonly shortName: string;
  /** Empty: it has none. */
  readonly package: string;
  readonly kind: number;
  /** Objects that it is found in, as recorded. */
  readonly dsos: readonly string[];
  /** First and last time of a stack with it on the axis; NaN: none has a time. */
  readonly firstNs: number;
  readonly lastNs: number;
  readonly self: number;
  readonly total: number;
  readonly count: number;
  /** Those that weigh most first, at most 500. */
  readonly places: readonly CodePlace[];
  readonly morePlaces: number;
}

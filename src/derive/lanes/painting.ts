/** A row to be painted and what with, and what is told of it then. */
import type {AxisGroup} from '../axis/shape.ts';
import type {Session} from '../derivation.ts';
import type {SampleRows} from '../rows/shape.ts';
import type {BoxMaker} from './boxes.ts';
import type {TraceWindow} from './counters.ts';
import type {LanesQuestion} from './shape.ts';

export interface Painting {
  readonly session: Session;
  readonly group: AxisGroup;
  readonly question: LanesQuestion;
  readonly window: TraceWindow;
  readonly samples: SampleRows | null;
  readonly boxes: BoxMaker;
  /** Place among the rows of the answer. */
  readonly index: number;
  readonly state: Uint8Array;
  readonly size: Uint8Array;
  readonly used: Uint8Array;
  readonly marks: Uint8Array;
  readonly values: readonly Float32Array[];
}

export interface Painted {
  readonly mostValue: number;
}

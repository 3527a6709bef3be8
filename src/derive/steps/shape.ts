/** From one event of a lane to the next, or to the one before. */
import type {Filter} from '../filter/shape.ts';
import type {StackChangeName} from '../growth/shape.ts';
import type {LanePlace} from '../moment/shape.ts';

/** Where one stands among the events of a lane. Events of one time have an order, too: by `rank`, then by `index`. */
export interface StepPlace {
  /** On the axis. */
  readonly timeNs: number;
  /** null: on a time and on no event. */
  readonly rank: number | null;
  readonly index: number;
}

/** Which lane, from where, in which direction. */
export interface StepsQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  readonly place: LanePlace;
  readonly from: StepPlace;
  readonly direction: 'next' | 'previous';
  /** Only growths of a stack; where no sizes were recorded, samples that show growth. */
  readonly onlyGrowths: boolean;
  /** Source and event whose samples are events, too; null: none. */
  readonly event: {readonly source: number; readonly event: number} | null;
  /** Part of the axis that is not left; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly filter: Filter;
}

/** What an event is. Sizes in bytes, NaN: not known. */
export type StepWhat =
  | {readonly what: 'born' | 'end'}
  /** `state`: a `State`. `goroutine`: goid, where the lane is a thread's, or of a group; NaN: the lane's own. */
  | {readonly what: 'state'; readonly state: number; readonly reason: string | null; readonly goroutine: number}
  | {readonly what: 'change'; readonly kind: StackChangeName; readonly oldBytes: number; readonly newBytes: number; readonly durationNs: number; readonly goroutine: number}
  /** A span begins or ends, or something was logged. */
  | {readonly what: 'span' | 'spanEnd' | 'instant'; readonly name: string}
  /** `shows`: what its chain shows of growth; null: nothing. */
  | {readonly what: 'sample'; readonly name: string; readonly shows: string | null};

export type StepEvent = StepPlace & StepWhat;

/** null: there is none in that direction. */
export interface StepsAnswer {
  readonly found: StepEvent | null;
}

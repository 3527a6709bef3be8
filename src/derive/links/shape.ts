/** Who caused what: arrows between the lanes of goroutines, for one goroutine. */
import type {GoroutineName} from '../moment/shape.ts';

/** Which goroutine, which part of the axis, and how many arrows the screen bears. */
export interface LinksQuestion {
  /** Reference of the axis group. */
  readonly group: number;
  readonly source: number;
  /** Row of the source's goroutines. */
  readonly goroutine: number;
  readonly fromNs: number;
  readonly toNs: number;
  readonly most: number;
}

/** From the goroutine that acted to the one that it acted on. */
export interface Link {
  readonly kind: 'create' | 'unblock';
  /** On the axis. */
  readonly timeNs: number;
  readonly from: GoroutineName;
  readonly to: GoroutineName;
}

/** By time. `more`: links in the window that are not listed: of those that unblock, those after the shortest waits. */
export interface LinksAnswer {
  readonly links: readonly Link[];
  readonly more: number;
}

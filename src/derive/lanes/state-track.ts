/**
 * The states of one lane -> its pixels. Of a lane with very many states a grid is kept: how long each state lasted in each of many short
 * buckets. A look from afar reads the grid, a look from near the few states in view; so no look costs more than the screen.
 *
 *   states   R W RRR W R WW R R RRRRR W W R …      thousands to a pixel
 *   grid     |R 60 W 40|R 90 W 10|R 20 W 80|…      a few buckets to a pixel
 */
import {upperBound} from '../../base/columns/search.ts';
import type {State} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {STATE_COUNT, StatePainter} from './state-painter.ts';

/** States of one owner in time order: rows `first … end - 1`. */
export interface StateTrack {
  readonly first: number;
  readonly end: number;
  readonly startNs: Float64Array;
  state(row: number): number;
  endNs(row: number): number;
}

/** On the trace's own time. */
export interface TrackWindow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
}

/** A lane with fewer states is read as it is. */
const LEAST_STATES = 1 << 14;
const STATES_PER_BUCKET = 16;
/** A pixel of fewer buckets would show where the grid's lines lie. */
const LEAST_BUCKETS_PER_PIXEL = 4;

/** Fills `plane` with the state that takes most of each pixel. `name` tells the lanes of a trace apart. */
export function paintTrack(trace: Trace, name: string, track: StateTrack, window: TrackWindow, plane: Uint8Array): void {
  const painter = new StatePainter(plane);
  const scale = window.widthPx / Math.max(1, window.toNs - window.fromNs);
  const x = (timeNs: number) => (timeNs - window.fromNs) * scale;
  if (track.end - track.first >= LEAST_STATES) {
    const grid = gridOf(trace, name, track);
    if (grid.bucketNs * scale * LEAST_BUCKETS_PER_PIXEL <= 1) {
      paintGrid(grid, window, x, painter);
      return;
    }
  }
  const start = Math.max(track.first, upperBound(track.startNs, window.fromNs, track.first, track.end) - 1);
  for (let i = start; i < track.end && track.startNs[i] < window.toNs; i++) painter.add(track.state(i) as State, x(track.startNs[i]), x(track.endNs(i)));
}

/** `lastedNs[bucket * STATE_COUNT + state]`: how long the state lasted in the bucket. */
interface Grid {
  readonly startNs: number;
  readonly bucketNs: number;
  readonly lastedNs: Float32Array;
}

const gridsOfTrace = new WeakMap<Trace, Map<string, Grid>>();

function gridOf(trace: Trace, name: string, track: StateTrack): Grid {
  let grids = gridsOfTrace.get(trace);
  if (!grids) gridsOfTrace.set(trace, (grids = new Map()));
  let grid = grids.get(name);
  if (!grid) grids.set(name, (grid = newGrid(track)));
  return grid;
}

function newGrid(track: StateTrack): Grid {
  const startNs = track.startNs[track.first];
  const endNs = track.endNs(track.end - 1);
  const buckets = Math.ceil((track.end - track.first) / STATES_PER_BUCKET);
  const bucketNs = Math.max(1, (endNs - startNs) / buckets);
  const lastedNs = new Float32Array((buckets + 1) * STATE_COUNT);
  for (let i = track.first; i < track.end; i++) {
    const state = track.state(i);
    const until = track.endNs(i) - startNs;
    for (let at = track.startNs[i] - startNs; at < until; ) {
      const bucket = Math.floor(at / bucketNs);
      // Rounding may give the end of the bucket that `at` is the beginning of the next of.
      const to = Math.min(until, Math.max((bucket + 1) * bucketNs, at + 1e-3));
      lastedNs[bucket * STATE_COUNT + state] += to - at;
      at = to;
    }
  }
  return {startNs, bucketNs, lastedNs};
}

/** Within a bucket the states stand side by side, as long as they lasted. */
function paintGrid({startNs, bucketNs, lastedNs}: Grid, window: TrackWindow, x: (timeNs: number) => number, painter: StatePainter): void {
  const last = Math.min(lastedNs.length / STATE_COUNT - 1, Math.floor((window.toNs - startNs) / bucketNs));
  for (let bucket = Math.max(0, Math.floor((window.fromNs - startNs) / bucketNs)); bucket <= last; bucket++) {
    let at = startNs + bucket * bucketNs;
    for (let state = 0; state < STATE_COUNT; state++) {
      const lasted = lastedNs[bucket * STATE_COUNT + state];
      if (lasted === 0) continue;
      painter.add(state as State, x(at), x(at + lasted));
      at += lasted;
    }
  }
}

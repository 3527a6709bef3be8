/** Lanes with more states than pixels: from afar they show what reading every state shows. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {State} from '../../model/tables.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {paintTrack, type StateTrack} from './state-track.ts';

const trace = goTraceFromText('    0us\nG1  run M7');

/** Two states that take turns, `count` of them; how long each lasts is up to `lasts`. */
function turns(count: number, lasts: (row: number) => number): StateTrack {
  const startNs = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) startNs[i + 1] = startNs[i] + lasts(i);
  return {first: 0, end: count, startNs, state: (row) => (row % 2 === 0 ? State.Running : State.Waiting), endNs: (row) => startNs[row + 1]};
}

/** How long each pixel is in each of the two states, by adding up every state. */
function sharesOf(track: StateTrack, fromNs: number, toNs: number, widthPx: number): {running: Float64Array; waiting: Float64Array} {
  const shares = {running: new Float64Array(widthPx), waiting: new Float64Array(widthPx)};
  const pixelNs = (toNs - fromNs) / widthPx;
  for (let i = track.first; i < track.end; i++) {
    const start = track.startNs[i];
    const end = track.endNs(i);
    if (end <= fromNs || start >= toNs) continue;
    const shown = shares[track.state(i) === State.Running ? 'running' : 'waiting'];
    for (let pixel = Math.max(0, Math.floor((start - fromNs) / pixelNs)); pixel < widthPx && fromNs + pixel * pixelNs < end; pixel++) {
      shown[pixel] += Math.max(0, Math.min(end, fromNs + (pixel + 1) * pixelNs) - Math.max(start, fromNs + pixel * pixelNs));
    }
  }
  return shares;
}

test('from any distance a pixel shows the state that takes clearly most of it', () => {
  const count = 40_000;
  // Busy and idle stretches of a few hundred states each.
  const track = turns(count, (row) => 100 + (Math.floor(row / 300) % 3) * (row % 2) * 900 + (row % 7) * 10);
  const endNs = track.endNs(count - 1);
  fc.assert(
    fc.property(fc.integer({min: 20, max: 1500}), fc.double({min: 0, max: 0.9, noNaN: true}), fc.double({min: 0.001, max: 1, noNaN: true}), (widthPx, from, length) => {
      const fromNs = from * endNs;
      const toNs = Math.min(endNs, fromNs + length * endNs);
      const plane = new Uint8Array(widthPx);
      paintTrack(trace, 'test', track, {fromNs, toNs, widthPx}, plane);
      const {running, waiting} = sharesOf(track, fromNs, toNs, widthPx);
      const pixelNs = (toNs - fromNs) / widthPx;
      // Within a bucket the order of states is not kept, and a pixel may cut one at each end.
      const isClear = (pixel: number) => Math.abs(running[pixel] - waiting[pixel]) >= 0.6 * pixelNs;
      const isRight = (state: number, pixel: number) => !isClear(pixel) || state === (running[pixel] > waiting[pixel] ? State.Running : State.Waiting);
      expect([...plane.keys()].filter((pixel) => !isRight(plane[pixel], pixel))).toEqual([]);
    }),
    // The example: rounding makes a bucket begin a hair before the end of the one before it.
    {numRuns: 60, endOnFailure: true, examples: [[28, 2.3599266170650353e-11, 0.9999999999999997]]},
  );
});

test('before its first state and after its last a lane is empty, from afar too', () => {
  const track = turns(20_000, () => 50);
  const plane = new Uint8Array(300);
  paintTrack(trace, 'ends', track, {fromNs: -1_000_000, toNs: 2_000_000, widthPx: 300}, plane);
  expect(plane.findIndex((state) => state !== 0)).toBe(100);
  expect(plane.findLastIndex((state) => state !== 0)).toBe(199);
});

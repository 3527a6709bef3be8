/** When a thread was on a CPU, asleep, or waiting for a CPU -> the pixels of its lane, in the states that Go has words for: Running, Waiting, Runnable. */
import {State} from '../../model/tables.ts';
import type {SessionSource} from '../derivation.ts';
import type {OffCpu} from '../off-cpu/shape.ts';
import type {TraceWindow} from './counters.ts';
import {paintTrack} from './state-track.ts';

/** The stretches off the CPU, and those on it between them, by thread. Where a thread was on it and off in turns of which not all are told, there is none. */
interface Stretches {
  readonly first: Int32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  readonly state: Uint8Array;
}

const stretchesOf = new WeakMap<OffCpu, Stretches>();

function stretches(off: OffCpu): Stretches {
  let made = stretchesOf.get(off);
  if (!made) stretchesOf.set(off, (made = newStretches(off)));
  return made;
}

function newStretches({first: firstOff, fromNs, toNs, preempted, restless, knownFromNs, knownToNs, length}: OffCpu): Stretches {
  const threads = knownFromNs.length;
  const most = length * 2 + threads;
  const first = new Int32Array(threads + 1);
  const [startNs, endNs, state] = [new Float64Array(most), new Float64Array(most), new Uint8Array(most)];
  let at = 0;
  const add = (from: number, to: number, what: State) => {
    if (!(to > from)) return;
    startNs[at] = from;
    endNs[at] = to;
    state[at++] = what;
  };
  for (let thread = 0; thread < threads; thread++) {
    let onFromNs = knownFromNs[thread];
    for (let i = firstOff[thread]; i < firstOff[thread + 1]; i++) {
      if (restless[i + thread] === 0) add(onFromNs, fromNs[i], State.Running);
      add(fromNs[i], toNs[i], preempted[i] === 1 ? State.Runnable : State.Waiting);
      onFromNs = toNs[i];
    }
    if (restless[firstOff[thread + 1] + thread] === 0) add(onFromNs, knownToNs[thread], State.Running);
    first[thread + 1] = at;
  }
  return {first, startNs: startNs.subarray(0, at), endNs: endNs.subarray(0, at), state: state.subarray(0, at)};
}

/**
 * Paints over what a Go trace says, which does not see what the kernel does with the program's threads: only where a thread is on a CPU its
 * word is kept. `window` is on the source's own clock.
 */
export function paintOnOffCpu({trace}: SessionSource, off: OffCpu, thread: number, window: TraceWindow, plane: Uint8Array): void {
  const {first, startNs, endNs, state} = stretches(off);
  if (first[thread] === first[thread + 1]) return;
  const own = new Uint8Array(plane.length);
  paintTrack(trace, `T${thread}`, {first: first[thread], end: first[thread + 1], startNs, state: (i) => state[i], endNs: (i) => endNs[i]}, window, own);
  for (let pixel = 0; pixel < plane.length; pixel++) {
    const isKnown = own[pixel] !== State.Undetermined;
    if (isKnown && (own[pixel] !== State.Running || plane[pixel] === State.Undetermined)) plane[pixel] = own[pixel];
  }
}

/** States of one goroutine within a range -> time in each, who ended its waits, and how long it was able to run and did not. */
import {State} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {kin} from './kin.ts';
import type {GoroutineAnswer, Waker} from './shape.ts';

const MOST_WAKERS = 12;

/** Part of the source's own time. */
interface Part {
  readonly fromNs: number;
  readonly toNs: number;
}

/** `mostAtNs` is on the source's own clock. Cost: linear in the states of the goroutine. */
export function life(trace: Trace, goroutine: number, {fromNs, toNs}: Part): Pick<GoroutineAnswer, 'livedNs' | 'states' | 'latency' | 'wakers' | 'moreWakers'> {
  const {states, goroutines} = trace;
  const last = goroutines.firstState[goroutine] + goroutines.stateCount[goroutine] - 1;
  const endNs = Number.isNaN(goroutines.endNs[goroutine]) ? trace.endNs : goroutines.endNs[goroutine];
  const sums = new Map<number, {ns: number; times: number}>();
  const wakers = new Map<number, {wakes: number; waitedNs: number}>();
  const latency = {times: 0, sumNs: 0, mostNs: Number.NaN, mostAtNs: Number.NaN};
  let livedNs = 0;
  for (let i = goroutines.firstState[goroutine]; i <= last; i++) {
    const start = states.startNs[i];
    const end = i < last ? states.startNs[i + 1] : endNs;
    if (start > toNs || end < fromNs) continue;
    const ns = Math.max(0, Math.min(end, toNs) - Math.max(start, fromNs));
    const state = states.state[i];
    const sum = sums.get(state) ?? {ns: 0, times: 0};
    sum.ns += ns;
    sum.times++;
    sums.set(state, sum);
    livedNs += ns;
    if (state === State.Runnable) {
      latency.times++;
      latency.sumNs += ns;
      if (!(latency.mostNs >= ns)) {
        latency.mostNs = ns;
        latency.mostAtNs = Math.max(start, fromNs);
      }
    }
    // Who is named in the state after a wait ended it.
    if (state !== State.Waiting || i === last || end > toNs) continue;
    const by = states.by[i + 1];
    const waker = wakers.get(by) ?? {wakes: 0, waitedNs: 0};
    waker.wakes++;
    waker.waitedNs += ns;
    wakers.set(by, waker);
  }
  const all = [...wakers].map(([by, waker]): Waker => ({by: by < 0 ? null : kin(trace, by), ...waker})).sort((a, b) => b.waitedNs - a.waitedNs || b.wakes - a.wakes);
  return {
    livedNs,
    states: [...sums].map(([state, sum]) => ({state, ...sum})).sort((a, b) => b.ns - a.ns || a.state - b.state),
    latency,
    wakers: all.slice(0, MOST_WAKERS),
    moreWakers: Math.max(0, all.length - MOST_WAKERS),
  };
}

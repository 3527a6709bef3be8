/**
 * Whose a g is while a probe does not tell it itself. The runtime gives a g to another goroutine after its own ended, and runs that one first:
 *
 *   execute gp=A goid=7   morestack g=A: 7   …            until the next execute of A
 *   copystack gp=A goid=7   morestack g=A: 7   copystack gp=A goid=7        the same before and after
 *   copystack gp=A goid=7   morestack g=A: ?   copystack gp=A goid=9        not known
 */
import {ProbeOn} from './probe-shape.ts';

/** By probe: the number of its goroutine, NaN not known. Cost: linear. */
export function goidsOf(on: Uint8Array, gp: Float64Array, goid: Float64Array): Float64Array {
  const result = goid.slice();
  /** By g: its goroutine, and whether it was executed since. */
  const last = new Map<number, {goid: number; isSure: boolean}>();
  const before = new Float64Array(goid.length).fill(Number.NaN);
  for (let i = 0; i < goid.length; i++) {
    const known = last.get(gp[i]);
    if (!Number.isNaN(goid[i])) last.set(gp[i], {goid: goid[i], isSure: on[i] === ProbeOn.Execute || (known?.isSure === true && known.goid === goid[i])});
    else if (on[i] === ProbeOn.Execute) last.delete(gp[i]);
    else if (known?.isSure) result[i] = known.goid;
    else before[i] = known?.goid ?? Number.NaN;
  }
  const next = new Map<number, number>();
  for (let i = goid.length - 1; i >= 0; i--) {
    if (!Number.isNaN(goid[i])) next.set(gp[i], goid[i]);
    else if (Number.isNaN(result[i]) && next.get(gp[i]) === before[i]) result[i] = before[i];
  }
  return result;
}

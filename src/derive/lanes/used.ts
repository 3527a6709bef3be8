/** How much of each goroutine's stack was in use, where registers or probes of any source on the axis tell -> the pixels of its lane. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {groupOf} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {TraceWindow} from './counters.ts';
import {remembered} from './remembered.ts';
import {USED_STEPS} from './shape.ts';

/** By goroutine, in time order within one. Times on the axis. */
interface UsedBytes {
  readonly first: Int32Array;
  readonly timeNs: Float64Array;
  readonly bytes: Float64Array;
}

const usedOfSession = new WeakMap<Session, Map<string, UsedBytes>>();

function usedBytes(session: Session, source: SessionSource): UsedBytes {
  return remembered(usedOfSession, session, String(source.id), () => {
    const found: {goroutine: number; timeNs: number; bytes: number}[] = [];
    for (const id of groupOf(session.axis, source.id)?.members ?? []) {
      const other = session.openSource(id);
      const probed = session.probedGoroutines(other);
      if (probed) collect(session, source, other, probed, found);
    }
    const order = ascendingOrder(Float64Array.from(found, ({timeNs}) => timeNs));
    const first = new Int32Array(source.trace.goroutines.length + 1);
    for (const {goroutine} of found) first[goroutine + 1]++;
    for (let g = 1; g < first.length; g++) first[g] += first[g - 1];
    const next = first.slice();
    const made = {first, timeNs: new Float64Array(found.length), bytes: new Float64Array(found.length)};
    for (const i of order) {
      const at = next[found[i].goroutine]++;
      made.timeNs[at] = found[i].timeNs;
      made.bytes[at] = found[i].bytes;
    }
    return made;
  });
}

function collect(session: Session, source: SessionSource, other: SessionSource, {ids, ofSample, usedBytes: bytes}: {readonly ids: Float64Array; readonly ofSample: Int32Array; readonly usedBytes: Float64Array}, found: {goroutine: number; timeNs: number; bytes: number}[]): void {
  if (other.id !== source.id && session.attribution(other).to !== source.id) return;
  const rowOfId = new Map(Array.from(source.trace.goroutines.id, (id, row) => [id, row]));
  const rowOf = Int32Array.from(ids, (id) => rowOfId.get(id) ?? -1);
  const {timeNs} = other.trace.samples;
  const shiftNs = session.axis.shiftsNs.get(other.id) ?? 0;
  for (let i = 0; i < bytes.length; i++) {
    const goroutine = ofSample[i] < 0 ? -1 : rowOf[ofSample[i]];
    if (goroutine >= 0 && !Number.isNaN(bytes[i]) && !Number.isNaN(timeNs[i])) found.push({goroutine, timeNs: timeNs[i] + shiftNs, bytes: bytes[i]});
  }
}

/** Each value holds till the next, or till the stack changes. `changesNs`: when it does, on the axis. Within a pixel the largest is shown. */
export function paintUsed(session: Session, source: SessionSource, goroutine: number, changesNs: Float64Array, {fromNs, toNs, widthPx}: TraceWindow, plane: Uint8Array): void {
  const {first, timeNs, bytes} = usedBytes(session, source);
  const [begin, end] = [first[goroutine], first[goroutine + 1]];
  const scale = widthPx / Math.max(1, toNs - fromNs);
  for (let i = Math.max(begin, upperBound(timeNs, fromNs, begin, end) - 1); i < end && timeNs[i] < toNs; i++) {
    const change = lowerBound(changesNs, timeNs[i]);
    const next = i + 1 < end ? timeNs[i + 1] : timeNs[i];
    const until = Math.min(next, change < changesNs.length ? changesNs[change] : next);
    const x0 = Math.floor((timeNs[i] - fromNs) * scale);
    const x1 = Math.max(x0 + 1, Math.ceil((until - fromNs) * scale));
    const value = Math.min(255, Math.max(1, Math.round(Math.log2(Math.max(2, bytes[i])) * USED_STEPS)));
    for (let x = Math.max(0, x0); x < Math.min(widthPx, x1); x++) if (plane[x] < value) plane[x] = value;
  }
}

/** Garbage collections and stopped worlds of an axis -> pixels that they touch. */
import {SpanKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import type {AxisGroup} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {GcState} from './shape.ts';

interface Window {
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
}

/** 1 in every pixel that a garbage collection touches. */
export function paintGc(session: Session, group: AxisGroup, filter: Filter, window: Window, plane: Uint8Array): Uint8Array {
  eachSpan(session, group, filter, SpanKind.Gc, window, (from, to) => plane.fill(1, from, to));
  return plane;
}

/** A `GcState` in every pixel; where the world stops that is what is shown, however short. */
export function paintGcRow(session: Session, group: AxisGroup, filter: Filter, window: Window, plane: Uint8Array): void {
  eachSpan(session, group, filter, SpanKind.Gc, window, (from, to) => plane.fill(GcState.Gc, from, to));
  eachSpan(session, group, filter, SpanKind.StopTheWorld, window, (from, to) => plane.fill(GcState.StopTheWorld, from, to));
}

/** Whether what is of a whole trace passes: it is not known to be of another process. */
function isOfProcess(session: Session, source: SessionSource, {process}: Filter): boolean {
  return process === null || (session.processOf(source) ?? process) === process;
}

const rowsOfTrace = new WeakMap<Trace, Map<SpanKind, Int32Array>>();

/** Most spans are of other kinds: they are looked at once. */
function rowsOfKind(trace: Trace, kind: SpanKind): Int32Array {
  const known = rowsOfTrace.get(trace) ?? new Map<SpanKind, Int32Array>();
  rowsOfTrace.set(trace, known);
  let rows = known.get(kind);
  if (!rows) known.set(kind, (rows = Int32Array.from(trace.spans.kind.keys()).filter((row) => trace.spans.kind[row] === kind)));
  return rows;
}

function eachSpan(session: Session, group: AxisGroup, filter: Filter, kind: SpanKind, {fromNs, toNs, widthPx}: Window, onPixels: (from: number, to: number) => void): void {
  const scale = widthPx / Math.max(1, toNs - fromNs);
  for (const id of group.members) {
    const source = session.openSource(id);
    if (!isOfProcess(session, source, filter)) continue;
    const {spans} = source.trace;
    const shiftNs = session.axis.shiftsNs.get(id) ?? 0;
    for (const i of rowsOfKind(source.trace, kind)) {
      const startNs = spans.startNs[i] + shiftNs;
      const endNs = Number.isNaN(spans.endNs[i]) ? source.trace.endNs + shiftNs : spans.endNs[i] + shiftNs;
      if (endNs < fromNs || startNs >= toNs) continue;
      const first = Math.floor((startNs - fromNs) * scale);
      onPixels(Math.max(0, first), Math.min(widthPx, Math.max(Math.ceil((endNs - fromNs) * scale), first + 1)));
    }
  }
}

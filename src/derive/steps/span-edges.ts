/** Spans -> where they begin and end, in order of time. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {SpanKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';

export interface SpanEdges {
  /** On the source's own clock. */
  readonly times: Float64Array;
  /** Rows of spans, beside `times`. */
  readonly rows: Int32Array;
  /** 1: it ends here, 0: it begins. */
  readonly isEnd: Uint8Array;
}

const ofTrace = new WeakMap<Trace, SpanEdges>();

/** Collections and stopped worlds. Made once per trace. */
export function programEdges(trace: Trace): SpanEdges {
  let edges = ofTrace.get(trace);
  if (!edges) ofTrace.set(trace, (edges = edgesOf(trace, (row) => trace.spans.kind[row] === SpanKind.Gc || trace.spans.kind[row] === SpanKind.StopTheWorld)));
  return edges;
}

/** A task, by its row of spans, and all regions in it. Cost: linear in the spans. */
export function taskEdges(trace: Trace, span: number): SpanEdges {
  const {task, kind} = trace.spans;
  return edgesOf(trace, (row) => row === span || (kind[row] === SpanKind.Region && task[span] > 0 && task[row] === task[span]));
}

function edgesOf({spans}: Trace, isMeant: (row: number) => boolean): SpanEdges {
  const times: number[] = [];
  const rows: number[] = [];
  const isEnd: number[] = [];
  for (let row = 0; row < spans.length; row++) {
    if (!isMeant(row)) continue;
    times.push(spans.startNs[row]);
    rows.push(row);
    isEnd.push(0);
    if (Number.isNaN(spans.endNs[row])) continue;
    times.push(spans.endNs[row]);
    rows.push(row);
    isEnd.push(1);
  }
  const order = ascendingOrder(Float64Array.from(times));
  return {times: Float64Array.from(order, (i) => times[i]), rows: Int32Array.from(order, (i) => rows[i]), isEnd: Uint8Array.from(order, (i) => isEnd[i])};
}

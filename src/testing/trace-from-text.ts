/**
 * Traces for tests, drawn instead of built: a column is a sample, its first row the time, then its stack with the root on top.
 *
 *   0ms    1ms    2ms          A column is as wide as the space down to the next time, so names may hold spaces and a
 *   main   main   main         stack may end where others go on. A column without frames is a sample without a stack.
 *   read   read   parse
 *          copy                  `f (inlined)`: the call of f was inlined into the frame above it.
 */
import {TraceBuilder} from '../model/builder.ts';
import type {Clock, Trace} from '../model/trace.ts';

/** What the drawing does not say; one value for all samples, or one a sample. */
export interface DrawnSamples {
  /** Thread, in process 1; 1 unless given. */
  readonly tid?: number | readonly number[];
  /** Event; `cpu-clock` unless given. */
  readonly event?: string | readonly string[];
  /** Period; NaN (not recorded, each weighs 1) unless given. */
  readonly weight?: number | readonly number[];
  /** Id of the format that it is said to be of; `drawn` unless given. */
  readonly format?: string;
  /** CLOCK_MONOTONIC, as stated by the source, unless given. */
  readonly clock?: Clock;
  /** Time zero of the drawing on that clock; 0 unless given. */
  readonly originNs?: bigint;
  /** How finely times are cut off; 1 unless given. */
  readonly resolutionNs?: number;
}

const NANOSECONDS: Readonly<Record<string, number>> = {ns: 1, us: 1e3, ms: 1e6, s: 1e9};
const PID = 1;
const INLINED = / \(inlined\)$/;

/** The clock of a drawing that does not say another. */
export const MONOTONIC: Clock = {known: 'stated', name: 'monotonic'};

/** The drawn samples as a Trace. Throws when the drawing makes no sense. */
export function traceFromText(drawing: string, {tid = 1, event = 'cpu-clock', weight = Number.NaN, ...source}: DrawnSamples = {}): Trace {
  const build = new TraceBuilder(source.format ?? 'drawn');
  build.clock = source.clock ?? MONOTONIC;
  build.originNs = source.originNs ?? 0n;
  build.resolutionNs = source.resolutionNs ?? 1;
  const lines = drawing.split('\n').filter((line) => line.trim() !== '');
  const columns = [...(lines.shift() ?? '').matchAll(/\S+/g)];
  columns.forEach(({0: time, index: from}, sample) => {
    const to = columns[sample + 1]?.index;
    const cells = lines.map((line) => line.slice(from, to).trim());
    let stack = -1;
    for (const [depth, cell] of cells.entries()) {
      if (cell === '') continue;
      if (depth > 0 && cells[depth - 1] === '') throw new Error(`“${cell}” in column ${time} hangs in the air`);
      stack = build.stack(stack, build.frame(build.string(cell.replace(INLINED, '')), -1, -1, -1, INLINED.test(cell) ? 1 : 0));
    }
    const timeNs = nanoseconds(time);
    const comm = build.string('app');
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = timeNs;
    rows.period[row] = valueOf(weight, sample);
    rows.thread[row] = build.thread(PID, valueOf(tid, sample), comm);
    rows.comm[row] = comm;
    rows.cpu[row] = -1;
    rows.event[row] = build.event(build.string(valueOf(event, sample)));
    rows.stack[row] = stack;
    build.saw(timeNs);
  });
  const first = columns[0]?.index ?? 0;
  const stray = lines.find((line) => line.slice(0, first).trim() !== '');
  if (stray !== undefined) throw new Error(`“${stray.trim()}” begins before the first column`);
  return build.finish();
}

/** `1.5us` in nanoseconds. */
export function nanoseconds(time: string): number {
  const parts = /^(\d+(?:\.\d+)?)(ns|us|ms|s)$/.exec(time);
  if (!parts) throw new Error(`“${time}” is no time such as 0ms, 1.5us or 20ns`);
  return Math.round(Number(parts[1]) * NANOSECONDS[parts[2]]);
}

function valueOf<T extends number | string>(given: T | readonly T[], sample: number): T {
  if (typeof given !== 'object') return given;
  if (sample >= given.length) throw new Error(`${given.length} values for more samples`);
  return given[sample];
}

/**
 * One Trace: everything that one source said, in typed columns. Nothing of another source is ever in it, so a source can be
 * removed exactly. It holds plain data only and can be moved from one worker to another. `TraceBuilder` makes it; nobody
 * changes it afterwards.
 */
import {utf8} from '../base/bytes/text.ts';
import type {Table} from '../base/columns/table.ts';
import type {FaultGroup} from '../base/fault.ts';
import type * as t from './tables.ts';

/**
 * Which clock the times are of, and how that is known.
 * `stated`: the source names it. `default`: it has a header, and the header names none, so it is perf's own clock.
 * `not-stated`: nothing in the source tells. `none`: the source has no times.
 */
export interface Clock {
  readonly known: 'stated' | 'default' | 'not-stated' | 'none';
  /** `monotonic`, `realtime`, `monotonic_raw`, `boottime`, `tai`, `perf`; null unless known. */
  readonly name: string | null;
}

/** One moment read on several clocks at once. */
export interface ClockReading {
  readonly timeNs: number;
  readonly monotonicNs: bigint | null;
  /** Nanoseconds since 1970-01-01 UTC. */
  readonly wallNs: bigint | null;
}

/** Something the source holds that the tables do not, counted by name: `PERF_RECORD_MMAP2`, `HeapObjectAlloc`, … */
export interface NotKept {
  readonly what: string;
  readonly count: number;
}

/** Facts about the recording that its header states, by the header's own words (`cmdline`, `hostname`, …). */
export type Headers = Readonly<Record<string, string>>;

/** What one source said, in columns; see tables.ts for each column. Read only. */
export interface Trace {
  /** Id of the format it was read from. */
  readonly format: string;
  /** Version as the source states it (`go 1.26`, perf's `6.1.187`); null when it states none. */
  readonly version: string | null;
  readonly clock: Clock;
  readonly clockReadings: readonly ClockReading[];
  readonly headers: Headers;
  /** Time zero of every time column, in nanoseconds of the source's own clock. */
  readonly originNs: bigint;
  /** How finely times were recorded: a time stands for the `resolutionNs` nanoseconds that begin with it. */
  readonly resolutionNs: number;
  /** First and last moment that the source tells of, since the origin; NaN when it has no times. */
  readonly startNs: number;
  readonly endNs: number;
  /** Whether stack sizes were recorded at all. False: no change of size is known, which is not the same as none. */
  readonly hasStackSizes: boolean;

  readonly strings: Table<typeof t.STRINGS>;
  readonly stringBytes: Uint8Array;
  readonly frames: t.FrameTable;
  readonly stacks: t.StackTable;
  readonly processes: Table<typeof t.PROCESSES>;
  readonly threads: Table<typeof t.THREADS>;
  readonly goroutines: t.GoroutineTable;
  readonly procs: Table<typeof t.PROCS>;
  readonly events: Table<typeof t.EVENTS>;
  readonly samples: t.SampleTable;
  /** Goroutine of each sample, where the source itself says it (row of goroutines, -1 none); null where it says nothing of goroutines. */
  readonly sampleGoroutine: Int32Array | null;
  /** How many samples a row stands for; null: one each. */
  readonly sampleCount: Float64Array | null;
  /** How each sample's chain ends (`StackEnd`), where the source was unwound here; null: it recorded chains as they are. */
  readonly sampleStackEnd: Uint8Array | null;
  readonly sampleArguments: t.ArgumentTable;
  readonly registers: Table<typeof t.REGISTERS>;
  readonly states: t.StateTable;
  readonly spans: Table<typeof t.SPANS>;
  readonly instants: Table<typeof t.INSTANTS>;
  readonly instantArguments: t.ArgumentTable;
  readonly counters: Table<typeof t.COUNTERS>;
  readonly stackChanges: t.StackChangeTable;
  readonly switches: Table<typeof t.SWITCHES>;
  readonly losses: Table<typeof t.LOSSES>;
  readonly mappings: Table<typeof t.MAPPINGS>;
  readonly buildIds: Table<typeof t.BUILD_IDS>;
  readonly unresolved: Table<typeof t.UNRESOLVED>;
  readonly notKept: readonly NotKept[];
  readonly faults: readonly FaultGroup[];
}

const decoded = new WeakMap<Trace['strings'], string[]>();

/** String `row` of a trace as text; null for -1. Decoded once. */
export function text(trace: Pick<Trace, 'strings' | 'stringBytes'>, row: number): string | null {
  if (row < 0) return null;
  let cache = decoded.get(trace.strings);
  if (!cache) decoded.set(trace.strings, (cache = []));
  return (cache[row] ??= utf8(stringBytes(trace, row)));
}

/** The bytes of string `row`; a view, not a copy. */
export function stringBytes(trace: Pick<Trace, 'strings' | 'stringBytes'>, row: number): Uint8Array {
  const start = trace.strings.startByte[row];
  return trace.stringBytes.subarray(start, start + trace.strings.sizeBytes[row]);
}

/** What sample `row` weighs: its period, else the number of samples it stands for. Units are those of its event. */
export function sampleWeight(trace: Trace, row: number): number {
  const period = trace.samples.period[row];
  return Number.isNaN(period) ? sampleCount(trace, row) : period;
}

/** How many samples row `row` stands for. */
export function sampleCount(trace: Trace, row: number): number {
  return trace.sampleCount ? trace.sampleCount[row] : 1;
}

/** A time of the trace in nanoseconds of its own clock, exact. `timeNs` must be a number that is not NaN. */
export function absoluteNs(trace: Pick<Trace, 'originNs'>, timeNs: number): bigint {
  return trace.originNs + BigInt(timeNs);
}

/** Every buffer that a trace owns, for moving it to another worker. */
export function buffersOf(trace: Trace): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(trace) as unknown[]) {
    if (ArrayBuffer.isView(value)) buffers.add(value.buffer as ArrayBuffer);
    else if (value !== null && typeof value === 'object' && 'length' in value && !Array.isArray(value)) {
      for (const column of Object.values(value) as unknown[]) if (ArrayBuffer.isView(column)) buffers.add(column.buffer as ArrayBuffer);
    }
  }
  return [...buffers];
}

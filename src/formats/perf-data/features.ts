/**
 * What the header says of a recording beside its events: the machine, the command line, names of events, clocks, build ids, formats of
 * tracepoints. In a file these are sections behind the data, in a pipe records (HEADER_FEATURE); what they hold is the same.
 * https://github.com/torvalds/linux/blob/v6.1/tools/perf/Documentation/perf.data-file-format.txt
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {BUILD_ID_BYTES, type BuildIds} from './build-ids.ts';
import {Cursor} from './cursor.ts';

/** Bits of the header's set of features. */
export const Feature = {
  TracingData: 1, BuildId: 2, Hostname: 3, OsRelease: 4, Version: 5, Arch: 6, NrCpus: 7, CpuDesc: 8, CpuId: 9, TotalMem: 10, Cmdline: 11,
  EventDesc: 12, Auxtrace: 18, SampleTime: 21, ClockId: 23, DirFormat: 24, Compressed: 27, ClockData: 29,
} as const;

/** Bits that are perf's; from 128 on they are simpleperf's. */
export const FEATURE_BITS = 256;
export const FIRST_SIMPLEPERF_FEATURE = 128;

/** More arguments, events, ids or build ids than a header can mean. */
const MOST_ENTRIES = 1 << 20;

/** Strings that are only shown, by the words that `perf script --header` has for them. */
const TEXTS: Readonly<Record<number, string>> = {
  [Feature.Hostname]: 'hostname', [Feature.OsRelease]: 'os release', [Feature.Version]: 'perf version', [Feature.Arch]: 'arch',
  [Feature.CpuDesc]: 'cpudesc', [Feature.CpuId]: 'cpuid',
};

/** What features tell that others need. */
export interface Facts {
  /** Names of events by their ids, and in the order of the events. */
  readonly names: {readonly name: string; readonly ids: readonly number[]}[];
  /** The moment at which the clock of the times and the time of day were read together. */
  clockData: {readonly clockId: number; readonly clockNs: bigint; readonly wallNs: bigint} | null;
  isDirectory: boolean;
  hasAuxtrace: boolean;
  isSimpleperf: boolean;
}

export function noFacts(): Facts {
  return {names: [], clockData: null, isDirectory: false, hasAuxtrace: false, isSimpleperf: false};
}

/** Reads one feature; false when it ends before it should. What is not of use is left out. */
export function readFeature(feature: number, bytes: Uint8Array, little: boolean, facts: Facts, build: TraceBuilder, buildIds: BuildIds): boolean {
  const of = new Cursor(bytes, little);
  const {headers} = build;
  if (feature in TEXTS) headers[TEXTS[feature]] = of.headerString().trim();
  if (feature >= FIRST_SIMPLEPERF_FEATURE) facts.isSimpleperf = true;
  switch (feature) {
    case Feature.Version: build.version = headers['perf version']; break;
    case Feature.NrCpus: headers['nrcpus avail'] = String(of.u32()); headers['nrcpus online'] = String(of.u32()); break;
    case Feature.TotalMem: headers['total memory'] = `${of.u64()} kB`; break;
    case Feature.Cmdline: headers['cmdline'] = listOf(of, () => of.headerString()).join(' '); break;
    case Feature.EventDesc: facts.names.push(...eventNames(of)); break;
    case Feature.ClockData: facts.clockData = clockData(of); break;
    case Feature.Compressed: headers['compressed'] = compressed(of); break;
    case Feature.BuildId: while (of.left >= BUILD_ID_BYTES && buildIds.read(of)); break;
    case Feature.DirFormat: facts.isDirectory = true; break;
    case Feature.Auxtrace: facts.hasAuxtrace = true; break;
    default: break;
  }
  return !of.overrun;
}

function listOf<T>(of: Cursor, each: () => T): T[] {
  const count = of.u32();
  const list: T[] = [];
  for (let i = 0; i < Math.min(count, MOST_ENTRIES) && !of.overrun; i++) list.push(each());
  return list;
}

/** EVENT_DESC: how many events, the size of an attr, then for each: attr, number of ids, name, ids. */
function eventNames(of: Cursor): Facts['names'] {
  const count = of.u32();
  const attrBytes = of.u32();
  const names: Facts['names'] = [];
  for (let i = 0; i < Math.min(count, MOST_ENTRIES) && !of.overrun; i++) {
    of.take(attrBytes);
    const idCount = of.u32();
    const name = of.headerString();
    const ids: number[] = [];
    for (let j = 0; j < Math.min(idCount, MOST_ENTRIES) && !of.overrun; j++) ids.push(of.size());
    if (!of.overrun) names.push({name, ids});
  }
  return names;
}

function clockData(of: Cursor): Facts['clockData'] {
  of.u32();
  const clockId = of.u32() | 0;
  const wallNs = of.u64();
  const clockNs = of.u64();
  return of.overrun ? null : {clockId, clockNs, wallNs};
}

/** As `perf script --header` says it. */
function compressed(of: Cursor): string {
  of.u32();
  const type = of.u32();
  const level = of.u32();
  const ratio = of.u32();
  return `${type === 1 ? 'Zstd' : 'Unknown'}, level = ${level}, ratio = ${ratio}`;
}

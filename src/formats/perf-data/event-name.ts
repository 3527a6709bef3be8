/**
 * What `perf script` calls an event whose name is not recorded (old files, cut files): after its attr, with the modifiers that were asked
 * for (`cycles:u`). As tools/perf/util/evsel.c of Linux 6.1 does.
 */
import {EventType, type EventAttributes} from './attributes.ts';

const HARDWARE = [
  'cycles', 'instructions', 'cache-references', 'cache-misses', 'branches', 'branch-misses', 'bus-cycles', 'stalled-cycles-frontend',
  'stalled-cycles-backend', 'ref-cycles',
];
const SOFTWARE = [
  'cpu-clock', 'task-clock', 'page-faults', 'context-switches', 'cpu-migrations', 'minor-faults', 'major-faults', 'alignment-faults',
  'emulation-faults', 'dummy',
];
const CACHES = ['L1-dcache', 'L1-icache', 'LLC', 'dTLB', 'iTLB', 'branch', 'node'];
const CACHE_OPERATIONS = ['load', 'store', 'prefetch'];
const CACHE_RESULTS: readonly (readonly string[])[] = [['loads', 'stores', 'prefetches'], ['load-misses', 'store-misses', 'prefetch-misses']];

/** `tracepoint`: the name of tracepoint `config` by the recorded formats, null where there are none. */
export function nameOf(attributes: EventAttributes, tracepoint: string | null): string {
  const {type, config} = attributes;
  switch (type) {
    case EventType.Hardware: return (HARDWARE[Number(config & 0xffn)] ?? 'unknown-hardware') + modifiers(attributes);
    case EventType.Software: return (SOFTWARE[Number(config)] ?? 'unknown-software') + modifiers(attributes);
    case EventType.Tracepoint: return tracepoint ?? 'unknown tracepoint';
    case EventType.HwCache: return cacheName(config) + modifiers(attributes);
    case EventType.Raw: return `raw 0x${config.toString(16)}${modifiers(attributes)}`;
    case EventType.Breakpoint: return breakpointName(attributes) + modifiers(attributes);
    default: return `unknown attr type: ${type}`;
  }
}

function cacheName(config: bigint): string {
  const cache = CACHES[Number(config & 0xffn)];
  const operation = Number((config >> 8n) & 0xffn);
  const name = CACHE_RESULTS[Number((config >> 16n) & 0xffn)]?.[operation];
  return cache !== undefined && name !== undefined && operation < CACHE_OPERATIONS.length ? `${cache}-${name}` : 'unknown-ext-hardware-cache';
}

function breakpointName({breakpoint: {type, address}}: EventAttributes): string {
  return `mem:0x${address.toString(16)}:${type & 1 ? 'r' : ''}${type & 2 ? 'w' : ''}${type & 4 ? 'x' : ''}`;
}

/** `:` and the letters of what was asked for, where anything was. */
function modifiers(of: EventAttributes): string {
  let letters = '';
  const narrowed = of.excludeKernel || of.excludeUser || of.excludeHypervisor;
  if (narrowed) letters += (of.excludeKernel ? '' : 'k') + (of.excludeUser ? '' : 'u') + (of.excludeHypervisor ? '' : 'h');
  letters += 'p'.repeat(of.preciseIp);
  if (of.excludeHost || of.excludeGuest === (narrowed || of.preciseIp > 0)) letters += (of.excludeHost ? '' : 'H') + (of.excludeGuest ? '' : 'G');
  return letters === '' ? '' : `:${letters}`;
}

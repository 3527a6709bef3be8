/**
 * How the addresses that a capture holds of one file are to be read. perf script prints a frame of a call chain as an offset into the file (6.1),
 * as the file's own address, or as it lay in memory, and does not say which. The code tells: every caller's address stands right behind a call.
 */
import {isReturnSite} from './elf/return-sites.ts';
import {functionRow} from './place.ts';
import type {Symbols} from './shape.ts';

/** `moved`: as in memory; a part of memory from `from` to `to` lies `by` bytes above where the file says. */
export type Reading =
  | {readonly as: 'offset'}
  | {readonly as: 'address'}
  | {readonly as: 'moved'; readonly parts: readonly {readonly from: number; readonly to: number; readonly by: number}[]};

/** Addresses of one file as they stand in a capture; `isCaller[i]` 1: address `i` is where a call returns to. */
export interface FoundAddresses {
  readonly addresses: Float64Array;
  readonly isCaller: Uint8Array;
}

/** A reading and how well it fits: of `of` addresses that were looked at, `fits` are where code can stand. */
export interface Fit {
  readonly reading: Reading;
  readonly fits: number;
  readonly of: number;
}

/** That many addresses are looked at. */
const LOOKED_AT = 2000;
const PAGE = 4096;
/** To find by the code alone where a file lay, it takes so many callers in one place, and nearly all of them must fit. */
const CALLERS_NEEDED = 4;
const CALLERS_TRIED = 64;
const NEARLY_ALL = 0.9;

/** The file's own address of an address read so; NaN: not in the file. */
export function fileAddress({segments}: Symbols, reading: Reading, address: number): number {
  if (reading.as === 'address') return address;
  if (reading.as === 'moved') {
    const part = reading.parts.find(({from, to}) => address >= from && address <= to);
    return part ? address - part.by : Number.NaN;
  }
  let found = Number.NaN;
  for (let i = 0; i < segments.length; i++) {
    const into = address - segments.fileOffset[i];
    // What is mapped is whole pages, so the same offset may lie in two segments: code is what is run.
    if (into >= 0 && into < Math.max(segments.fileBytes[i], segments.memoryBytes[i]) && (Number.isNaN(found) || segments.executable[i] === 1)) {
      found = segments.address[i] + into;
    }
  }
  return found;
}

/**
 * The reading, of those given, that fits best; of equals the first. `moves`: how far above its own addresses the file may have lain (from a
 * capture's mappings). Cost: linear in the addresses looked at, 2,000 at most.
 */
export function bestFit(symbols: Symbols, found: FoundAddresses, readings: readonly Reading[]): Fit {
  const {addresses, isCaller} = found;
  const step = Math.max(1, Math.floor(addresses.length / LOOKED_AT));
  let best: Fit = {reading: readings[0], fits: -1, of: 0};
  for (const reading of readings) {
    let fits = 0;
    let of = 0;
    for (let i = 0; i < addresses.length; i += step) {
      of++;
      if (canBe(symbols, fileAddress(symbols, reading, addresses[i]), isCaller[i] === 1)) fits++;
    }
    if (fits > best.fits) best = {reading, fits, of};
  }
  return best;
}

/** The readings that addresses of perf script's text may have, in the order of what is likely. */
export function printedReadings(symbols: Symbols, found: FoundAddresses, mapped: readonly Reading[]): Reading[] {
  const readings: Reading[] = [{as: 'offset'}, {as: 'address'}, ...mapped];
  const solved = symbols.movable && mapped.length === 0 ? solvedMoves(symbols, found) : null;
  return solved ? [...readings, solved] : readings;
}

/** By the code alone: where in memory the file must have lain for callers to stand behind calls; null where that cannot be told. */
function solvedMoves(symbols: Symbols, {addresses, isCaller}: FoundAddresses): Reading | null {
  const code = codeOf(symbols);
  if (!code || symbols.returnSites.length === 0) return null;
  const order = [...addresses.keys()].sort((a, b) => addresses[a] - addresses[b]);
  const parts: {from: number; to: number; by: number}[] = [];
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    // What lies further apart than the code is long is of two processes.
    while (end < order.length && addresses[order[end]] - addresses[order[first]] < code.to - code.from) end++;
    const rows = order.slice(first, end);
    const by = moveOf(symbols, code, rows.map((row) => addresses[row]), rows.filter((row) => isCaller[row] === 1).map((row) => addresses[row]));
    if (by !== null) parts.push({from: addresses[rows[0]], to: addresses[rows[rows.length - 1]], by});
    first = end;
  }
  return parts.length > 0 ? {as: 'moved', parts} : null;
}

function moveOf(symbols: Symbols, code: {from: number; to: number}, sorted: readonly number[], callers: readonly number[]): number | null {
  if (callers.length < CALLERS_NEEDED) return null;
  const step = Math.max(1, Math.floor(callers.length / CALLERS_TRIED));
  const tried = callers.filter((_, i) => i % step === 0);
  const lowest = Math.ceil((sorted[sorted.length - 1] - code.to) / PAGE) * PAGE;
  const highest = Math.floor((sorted[0] - code.from) / PAGE) * PAGE;
  let found: number | null = null;
  for (let by = lowest; by <= highest; by += PAGE) {
    let misses = 0;
    const bearable = Math.floor(tried.length * (1 - NEARLY_ALL));
    for (let i = 0; i < tried.length && misses <= bearable; i++) if (!canBe(symbols, tried[i] - by, true)) misses++;
    if (misses > bearable) continue;
    // Two places where it could have lain are none.
    if (found !== null) return null;
    found = by;
  }
  return found;
}

/** Whether code can be at an address; of a caller: behind a call. */
function canBe(symbols: Symbols, address: number, isCaller: boolean): boolean {
  if (Number.isNaN(address)) return false;
  // Unwinders that step back into the call print one less.
  if (isCaller && symbols.returnSites.length > 0) return isReturnSite(symbols.returnSites, address) || isReturnSite(symbols.returnSites, address + 1);
  const code = codeOf(symbols);
  return code ? address >= code.from && address < code.to : functionRow(symbols, address) >= 0;
}

/** From the first to the last address of code; null: a file without segments. */
function codeOf({segments}: Symbols): {from: number; to: number} | null {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < segments.length; i++) {
    if (segments.executable[i] === 0) continue;
    from = Math.min(from, segments.address[i]);
    to = Math.max(to, segments.address[i] + segments.memoryBytes[i]);
  }
  return from < to ? {from, to} : null;
}

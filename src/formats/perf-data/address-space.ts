/**
 * What lay where in a process, or in the kernel, at the moment: ranges that do not overlap, in order. A new mapping takes the place of
 * what it covers.
 *
 * An address is a double here: of user space as it is, of kernel space counted down from 2^64, so below zero. Both are exact.
 */
import {upperBound} from '../../base/columns/search.ts';

/** One mapping. Immutable: processes share them after a fork. */
export interface Mapping {
  readonly start: number;
  /** The first address behind it. */
  readonly end: number;
  /** Where in the file `start` lies; unused unless `inFile`. */
  readonly fileOffset: number;
  /** What perf calls the object file, and its row of strings. */
  readonly name: string;
  readonly dso: number;
  /** Addresses in it are places of a file; else they only mean something in memory. */
  readonly inFile: boolean;
  /** Row of strings: the one function that all of it is (BPF programs, trampolines of the kernel); -1. */
  readonly symbol: number;
}

export class AddressSpace {
  #starts: number[] = [];
  #mappings: Mapping[] = [];
  /** Counts changes: what was found of an address holds while this stays. */
  version = 0;

  /** The mapping that holds `address`; null when there is none. */
  find(address: number): Mapping | null {
    const at = upperBound(this.#starts, address) - 1;
    return at >= 0 && address < this.#mappings[at].end ? this.#mappings[at] : null;
  }

  /** Maps; what was there before and is not covered stays. */
  map(mapping: Mapping): void {
    if (!(mapping.start < mapping.end)) return;
    const [from, parts] = this.#cutOut(mapping.start, mapping.end);
    parts.push(mapping);
    parts.sort((a, b) => a.start - b.start);
    this.#replace(from, parts);
  }

  /** Takes away what lies in `start … end`. */
  unmap(start: number, end: number): void {
    if (!(start < end)) return;
    const [from, parts] = this.#cutOut(start, end);
    this.#replace(from, parts);
  }

  /** Takes over all that another space holds. */
  copyFrom(other: AddressSpace): void {
    this.#starts = other.#starts.slice();
    this.#mappings = other.#mappings.slice();
    this.version++;
  }

  /** The row of the first mapping that reaches into `start … end`, and what is left of it and those after it. They are taken out. */
  #cutOut(start: number, end: number): [number, Mapping[]] {
    let from = Math.max(0, upperBound(this.#starts, start) - 1);
    if (from < this.#mappings.length && this.#mappings[from].end <= start) from++;
    let to = from;
    while (to < this.#mappings.length && this.#mappings[to].start < end) to++;
    const parts: Mapping[] = [];
    for (const old of this.#mappings.slice(from, to)) {
      if (old.start < start) parts.push({...old, end: start});
      if (old.end > end) parts.push({...old, start: end, fileOffset: old.fileOffset + (end - old.start)});
    }
    this.#mappings.splice(from, to - from);
    this.#starts.splice(from, to - from);
    return [from, parts];
  }

  #replace(from: number, parts: readonly Mapping[]): void {
    this.#mappings.splice(from, 0, ...parts);
    this.#starts.splice(from, 0, ...parts.map(({start}) => start));
    this.version++;
  }
}

/** The address whose halves are these, as ranges count it. */
export function addressOf(low: number, high: number): number {
  return (high | 0) * 2 ** 32 + low;
}

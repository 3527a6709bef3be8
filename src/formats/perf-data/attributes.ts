/**
 * `struct perf_event_attr`: what was to be recorded of one event. It grew over the years, 64 bytes at first and 136 now; what an older one
 * lacks is 0, what a newer one adds is not read.
 */
import {Cursor} from './cursor.ts';

/** `attr.sample_type`: what each sample holds. The order of the bits is not the order of the fields; see sample.ts. */
export const SampleField = {
  Ip: 1 << 0, Tid: 1 << 1, Time: 1 << 2, Addr: 1 << 3, Read: 1 << 4, Callchain: 1 << 5, Id: 1 << 6, Cpu: 1 << 7, Period: 1 << 8, StreamId: 1 << 9,
  Raw: 1 << 10, BranchStack: 1 << 11, RegsUser: 1 << 12, StackUser: 1 << 13, Weight: 1 << 14, DataSrc: 1 << 15, Identifier: 1 << 16,
  Transaction: 1 << 17, RegsIntr: 1 << 18, PhysAddr: 1 << 19, Aux: 1 << 20, Cgroup: 1 << 21, DataPageSize: 1 << 22, CodePageSize: 1 << 23,
  WeightStruct: 1 << 24,
} as const;

/** All that are known; a sample with another one ends in bytes that are not understood. */
export const KNOWN_SAMPLE_FIELDS = (1 << 25) - 1;

/** `attr.type`. */
export const EventType = {Hardware: 0, Software: 1, Tracepoint: 2, HwCache: 3, Raw: 4, Breakpoint: 5} as const;

/** Bits of the flags word, counted from the first field of the struct. */
const FLAG = {
  excludeUser: 4, excludeKernel: 5, excludeHypervisor: 6, freq: 10, preciseIp: 15, sampleIdAll: 18, excludeHost: 19, excludeGuest: 20, useClockid: 25,
} as const;

/** The smallest that was ever written, and more than the largest that could be meant. */
export const LEAST_ATTR_BYTES = 64;
export const MOST_ATTR_BYTES = 4096;

/** One event as it was asked for. Numbers of 64 bits that are only compared or printed stay bigint. */
export interface EventAttributes {
  readonly type: number;
  readonly config: bigint;
  /** `sample_period`, or `sample_freq` where `isFrequency`. */
  readonly samplePeriod: number;
  readonly isFrequency: boolean;
  /** Bits of `SampleField`; `hasUnknownFields` where a bit is set that is not known. */
  readonly sampleType: number;
  readonly hasUnknownFields: boolean;
  readonly readFormat: number;
  readonly branchSampleType: number;
  readonly regsUser: bigint;
  readonly regsIntr: bigint;
  readonly sampleIdAll: boolean;
  readonly excludeUser: boolean;
  readonly excludeKernel: boolean;
  readonly excludeHypervisor: boolean;
  readonly excludeHost: boolean;
  readonly excludeGuest: boolean;
  readonly preciseIp: number;
  readonly breakpoint: {readonly type: number; readonly address: bigint; readonly length: bigint};
  /** Number of the clock that times are of; -1: perf's own. */
  readonly clockId: number;
  /** The size that the struct says of itself. */
  readonly sizeBytes: number;
}

/** Reads an attr of `bytes`, which may hold less or more than is known of. */
export function eventAttributes(bytes: Uint8Array, little: boolean): EventAttributes {
  const of = new Cursor(bytes, little);
  const type = of.u32();
  // Written as 0 by the very first versions.
  const sizeBytes = of.u32() || LEAST_ATTR_BYTES;
  const known = new Cursor(bytes.subarray(0, Math.min(bytes.length, sizeBytes)), little);
  known.at = of.at;
  const config = known.u64();
  const samplePeriod = known.size();
  const sampleType = known.u64();
  const readFormat = known.size();
  const flags = known.u64();
  known.u32();
  const breakpointType = known.u32();
  const config1 = known.u64();
  const config2 = known.u64();
  const branchSampleType = known.u64();
  const regsUser = known.u64();
  known.u32();
  const clockId = known.u32();
  const regsIntr = known.u64();
  const flag = (bit: number) => (flags >> BigInt(little ? bit : 63 - bit)) & 1n;
  const isOn = (bit: number) => flag(bit) === 1n;
  return {
    type, config, samplePeriod,
    isFrequency: isOn(FLAG.freq),
    sampleType: Number(sampleType & BigInt(KNOWN_SAMPLE_FIELDS)),
    hasUnknownFields: sampleType >> 25n !== 0n,
    readFormat,
    branchSampleType: Number(branchSampleType & 0xff_ffffn),
    regsUser, regsIntr,
    sampleIdAll: isOn(FLAG.sampleIdAll),
    excludeUser: isOn(FLAG.excludeUser),
    excludeKernel: isOn(FLAG.excludeKernel),
    excludeHypervisor: isOn(FLAG.excludeHypervisor),
    excludeHost: isOn(FLAG.excludeHost),
    excludeGuest: isOn(FLAG.excludeGuest),
    // Two bits; where the struct is laid out from the top, the first of them is the higher one.
    preciseIp: Number(little ? flag(FLAG.preciseIp) | (flag(FLAG.preciseIp + 1) << 1n) : (flag(FLAG.preciseIp) << 1n) | flag(FLAG.preciseIp + 1)),
    breakpoint: {type: breakpointType, address: config1, length: config2},
    clockId: isOn(FLAG.useClockid) ? clockId | 0 : -1,
    sizeBytes,
  };
}

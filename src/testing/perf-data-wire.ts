/**
 * perf.data as perf would write it, for tests: events with whatever fields, records, features; as a file or for a pipe, in either byte
 * order. Nothing here is shared with the reader.
 */

/** Bits of `sample_type` by perf's words, in the order in which samples hold the fields. */
export const SAMPLE_BITS = {
  IDENTIFIER: 16, IP: 0, TID: 1, TIME: 2, ADDR: 3, ID: 6, STREAM_ID: 9, CPU: 7, PERIOD: 8, READ: 4, CALLCHAIN: 5, RAW: 10, BRANCH_STACK: 11,
  REGS_USER: 12, STACK_USER: 13, WEIGHT: 14, DATA_SRC: 15, TRANSACTION: 17, REGS_INTR: 18, PHYS_ADDR: 19, CGROUP: 21, DATA_PAGE_SIZE: 22,
  CODE_PAGE_SIZE: 23, AUX: 20,
} as const;
export type SampleField = keyof typeof SAMPLE_BITS;

export interface WireEvent {
  readonly type: number;
  readonly config: bigint;
  readonly fields: readonly SampleField[];
  readonly ids: readonly bigint[];
  /** Bits of `read_format`. */
  readonly readFormat: number;
  readonly branchSampleType: bigint;
  readonly regsUser: bigint;
  readonly regsIntr: bigint;
  readonly samplePeriod: bigint;
  readonly sampleIdAll: boolean;
  /** -1: not asked for. */
  readonly clockId: number;
  /** How much of the struct is written: 64 … 136. */
  readonly attrBytes: number;
}

export const wireEvent: WireEvent = {
  type: 1, config: 0n, fields: ['IP', 'TID', 'TIME', 'PERIOD'], ids: [], readFormat: 0, branchSampleType: 0n, regsUser: 0n, regsIntr: 0n,
  samplePeriod: 1n, sampleIdAll: true, clockId: -1, attrBytes: 136,
};

/** What a sample says; fields that its event lacks are not written. */
export interface WireSample {
  readonly misc: number;
  readonly id: bigint;
  readonly ip: bigint;
  readonly pid: number;
  readonly tid: number;
  readonly time: bigint;
  readonly addr: bigint;
  readonly cpu: number;
  readonly period: bigint;
  /** Value and id of each event that was read. */
  readonly read: readonly (readonly [value: bigint, id: bigint])[];
  readonly chain: readonly bigint[];
  readonly raw: Uint8Array;
  /** From and to of each branch. */
  readonly branches: readonly (readonly [from: bigint, to: bigint])[];
  /** Null: no registers, as of a thread of the kernel. */
  readonly registers: readonly bigint[] | null;
  readonly stack: Uint8Array;
  readonly aux: Uint8Array;
}

export const wireSample: WireSample = {
  misc: 2, id: 0n, ip: 0n, pid: 1, tid: 1, time: 0n, addr: 0n, cpu: 0, period: 1n, read: [], chain: [], raw: new Uint8Array(4), branches: [],
  registers: null, stack: new Uint8Array(0), aux: new Uint8Array(0),
};

/** Grows by what is written, in one byte order. */
export class WireBytes {
  readonly little: boolean;
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  constructor(little: boolean) {
    this.little = little;
  }

  u16(value: number): this {
    const at = this.#room(2);
    this.#view.setUint16(at, value, this.little);
    return this;
  }

  u32(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value, this.little);
    return this;
  }

  u64(value: bigint): this {
    const at = this.#room(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, value), this.little);
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#room(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** Text with at least one NUL behind it, filled up to a multiple of eight bytes. */
  text(value: string): this {
    this.bytes(new TextEncoder().encode(`${value}\0`));
    return this.fill(8);
  }

  /** As many NULs as make the length a multiple. */
  fill(multiple: number): this {
    this.#room((multiple - (this.length % multiple)) % multiple);
    return this;
  }

  get all(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length);
  }

  #room(sizeBytes: number): number {
    const at = this.length;
    this.length += sizeBytes;
    if (this.length > this.#bytes.length) {
      const more = new Uint8Array(this.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
      this.#view = new DataView(more.buffer);
    }
    return at;
  }
}

/** Writes records of one byte order. */
export class WireRecords {
  readonly little: boolean;

  constructor(little: boolean) {
    this.little = little;
  }

  record(type: number, misc: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
    return new WireBytes(this.little).u32(type).u16(misc).u16(body.length + 8).bytes(body).all;
  }

  body(): WireBytes {
    return new WireBytes(this.little);
  }

  /** The trailer of a record that is not a sample. */
  trailer({fields, sampleIdAll}: WireEvent, pid: number, tid: number, time: bigint, cpu: number, id: bigint): Uint8Array {
    const of = this.body();
    if (!sampleIdAll) return of.all;
    if (fields.includes('TID')) of.u32(pid).u32(tid);
    if (fields.includes('TIME')) of.u64(time);
    if (fields.includes('ID')) of.u64(id);
    if (fields.includes('STREAM_ID')) of.u64(id);
    if (fields.includes('CPU')) of.u32(cpu).u32(0);
    if (fields.includes('IDENTIFIER')) of.u64(id);
    return of.all;
  }

  mmap(pid: number, address: bigint, sizeBytes: bigint, fileOffset: bigint, name: string, trailer: Uint8Array = new Uint8Array(0), misc = 2): Uint8Array {
    return this.record(1, misc, this.body().u32(pid).u32(pid).u64(address).u64(sizeBytes).u64(fileOffset).text(name).bytes(trailer).all);
  }

  comm(pid: number, tid: number, name: string, trailer: Uint8Array, isExec = false): Uint8Array {
    return this.record(3, isExec ? 1 << 13 : 0, this.body().u32(pid).u32(tid).text(name).bytes(trailer).all);
  }

  fork(pid: number, parentPid: number, tid: number, parentTid: number, time: bigint, trailer: Uint8Array, type: 4 | 7 = 7): Uint8Array {
    return this.record(type, 0, this.body().u32(pid).u32(parentPid).u32(tid).u32(parentTid).u64(time).bytes(trailer).all);
  }

  finishedRound(): Uint8Array {
    return this.record(68, 0, new Uint8Array(0));
  }

  sample(event: WireEvent, of: WireSample): Uint8Array {
    const to = this.body();
    for (const field of Object.keys(SAMPLE_BITS) as SampleField[]) if (event.fields.includes(field)) this.#field(to, field, event, of);
    return this.record(9, of.misc, to.all);
  }

  #field(to: WireBytes, field: SampleField, event: WireEvent, of: WireSample): void {
    switch (field) {
      case 'IDENTIFIER':
      case 'ID':
      case 'STREAM_ID': return void to.u64(of.id);
      case 'IP': return void to.u64(of.ip);
      case 'TID': return void to.u32(of.pid).u32(of.tid);
      case 'TIME': return void to.u64(of.time);
      case 'ADDR': return void to.u64(of.addr);
      case 'CPU': return void to.u32(of.cpu).u32(0);
      case 'PERIOD': return void to.u64(of.period);
      case 'READ': return this.#read(to, event, of);
      case 'CALLCHAIN':
        to.u64(BigInt(of.chain.length));
        for (const address of of.chain) to.u64(address);
        return;
      case 'RAW': return void to.u32(of.raw.length).bytes(of.raw);
      case 'BRANCH_STACK':
        to.u64(BigInt(of.branches.length));
        if (event.branchSampleType & (1n << 17n)) to.u64(7n);
        for (const [from, target] of of.branches) to.u64(from).u64(target).u64(0n);
        return;
      case 'REGS_USER':
        to.u64(of.registers ? 2n : 0n);
        for (const value of of.registers ?? []) to.u64(value);
        return;
      case 'STACK_USER':
        to.u64(BigInt(of.stack.length));
        if (of.stack.length > 0) to.bytes(of.stack).u64(BigInt(of.stack.length));
        return;
      case 'REGS_INTR': return void to.u64(0n);
      case 'AUX': return void to.u64(BigInt(of.aux.length)).bytes(of.aux);
      case 'WEIGHT':
      case 'DATA_SRC':
      case 'TRANSACTION':
      case 'PHYS_ADDR':
      case 'CGROUP':
      case 'DATA_PAGE_SIZE':
      case 'CODE_PAGE_SIZE': return void to.u64(0x1122_3344_5566n);
    }
  }

  #read(to: WireBytes, {readFormat}: WireEvent, {read}: WireSample): void {
    const times = () => {
      for (const bit of [1, 2]) if (readFormat & bit) to.u64(99n);
    };
    const value = ([count, id]: readonly [bigint, bigint]) => {
      to.u64(count);
      if (!(readFormat & 8)) times();
      if (readFormat & 4) to.u64(id);
      if (readFormat & 16) to.u64(0n);
    };
    if (readFormat & 8) {
      to.u64(BigInt(read.length));
      times();
    }
    read.forEach(value);
  }

  attr(event: WireEvent): Uint8Array {
    let flags = 0n;
    const set = (bit: number) => (flags |= 1n << BigInt(this.little ? bit : 63 - bit));
    // Guests are left out, as perf does unless it is told.
    set(20);
    if (event.sampleIdAll) set(18);
    if (event.clockId >= 0) set(25);
    const sampleType = event.fields.reduce((bits, field) => bits | (1n << BigInt(SAMPLE_BITS[field])), 0n);
    const all = this.body().u32(event.type).u32(event.attrBytes).u64(event.config).u64(event.samplePeriod).u64(sampleType).u64(BigInt(event.readFormat)).u64(flags)
      .u32(0).u32(0).u64(0n).u64(0n).u64(event.branchSampleType).u64(event.regsUser).u32(0).u32(Math.max(0, event.clockId)).u64(event.regsIntr)
      .u32(0).u16(0).u16(0).u32(0).u32(0).u64(0n).u64(0n).all;
    return all.subarray(0, event.attrBytes);
  }
}

/** A perf.data of these events, records and features (by bit). */
export function perfDataFile(little: boolean, events: readonly WireEvent[], records: readonly Uint8Array[], features: Readonly<Record<number, Uint8Array>> = {}): Uint8Array<ArrayBuffer> {
  const write = new WireRecords(little);
  const entryBytes = events[0].attrBytes + 16;
  const attrsAt = 104;
  let idsAt = attrsAt + entryBytes * events.length;
  const dataAt = idsAt + events.reduce((sum, {ids}) => sum + 8 * ids.length, 0);
  const dataBytes = records.reduce((sum, {length}) => sum + length, 0);
  const bits = Object.keys(features).map(Number);
  const file = new WireBytes(little);
  file.bytes(magic(little)).u64(104n).u64(BigInt(entryBytes));
  file.u64(BigInt(attrsAt)).u64(BigInt(entryBytes * events.length)).u64(BigInt(dataAt)).u64(BigInt(dataBytes)).u64(0n).u64(0n);
  for (let word = 0; word < 4; word++) file.u64(bits.filter((bit) => bit >> 6 === word).reduce((all, bit) => all | (1n << BigInt(bit & 63)), 0n));
  for (const event of events) {
    file.bytes(write.attr(event)).u64(BigInt(idsAt)).u64(BigInt(8 * event.ids.length));
    idsAt += 8 * event.ids.length;
  }
  for (const {ids} of events) for (const id of ids) file.u64(id);
  for (const record of records) file.bytes(record);
  let at = file.length + 16 * bits.length;
  for (const bit of bits) {
    file.u64(BigInt(at)).u64(BigInt(features[bit].length));
    at += features[bit].length;
  }
  for (const bit of bits) file.bytes(features[bit]);
  return file.all;
}

/** The same as it goes through a pipe. */
export function perfDataPipe(little: boolean, events: readonly WireEvent[], records: readonly Uint8Array[], features: Readonly<Record<number, Uint8Array>> = {}): Uint8Array<ArrayBuffer> {
  const write = new WireRecords(little);
  const pipe = new WireBytes(little).bytes(magic(little)).u64(16n);
  for (const event of events) {
    const body = write.body().bytes(write.attr(event));
    for (const id of event.ids) body.u64(id);
    pipe.bytes(write.record(64, 0, body.all));
  }
  for (const [bit, bytes] of Object.entries(features)) pipe.bytes(write.record(80, 0, write.body().u64(BigInt(bit)).bytes(bytes).all));
  for (const record of records) pipe.bytes(record);
  return pipe.all;
}

function magic(little: boolean): Uint8Array {
  const text = new TextEncoder().encode('PERFILE2');
  return little ? text : text.toReversed();
}

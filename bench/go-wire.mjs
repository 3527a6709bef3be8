/**
 * Writes a Go execution trace of millions of events, `go 1.26`, without holding it: batches go to the file as they fill. Shares no
 * code with the reader that it tries. (Go's internal/trace/tracev2/events.go has the numbers.)
 */
import {closeSync, openSync, writeSync} from 'node:fs';

/** Numbers of the events that are written here. */
export const Ev = {
  ProcsChange: 9, ProcStart: 10, ProcStop: 11, ProcStatus: 13, GoCreate: 14, GoStart: 16, GoDestroy: 17, GoStop: 19, GoBlock: 20, GoUnblock: 21,
  GoSyscallBegin: 22, GoSyscallEnd: 23, GoStatus: 25, STWBegin: 26, STWEnd: 27, GCBegin: 29, GCEnd: 30, HeapAlloc: 37, HeapGoal: 38, GoLabel: 39,
  UserTaskBegin: 40, UserTaskEnd: 41, UserRegionBegin: 42, UserRegionEnd: 43, UserLog: 44,
  GoroutineStack: 134, GoroutineStackAlloc: 135, GoroutineStackFree: 136,
};
export const TICK_NS = 64;
/** A thread that is none: what no thread in particular has written. */
export const NO_THREAD = -1;

const [BATCH, STACKS, STACK, STRINGS, STRING, FREQUENCY, EXPERIMENT, SYNC, CLOCK, END] = [1, 2, 3, 4, 5, 8, 49, 50, 51, 52];
const BATCH_BYTES = 65_000;
const encoder = new TextEncoder();

/** Bytes that grow by numbers of the wire. */
class Bytes {
  bytes = new Uint8Array(BATCH_BYTES + 1024);
  length = 0;

  byte(value) {
    this.bytes[this.length++] = value;
  }

  number(value, least = 1) {
    if (value === NO_THREAD) return this.all([255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    let written = 1;
    while (value >= 128 || written < least) {
      this.byte((value % 128) | 128);
      value = Math.floor(value / 128);
      written++;
    }
    this.byte(value);
  }

  all(bytes) {
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  get filled() {
    return this.bytes.subarray(0, this.length);
  }
}

/** A trace file that is being written, generation after generation. Strings and stacks have one number in all of them. */
export class GoTraceFile {
  #file;
  #written = 0;
  #generation = 0;
  #batches = new Map();
  #strings = new Map();
  #stacks = new Map();
  events = 0;

  constructor(path) {
    this.#file = openSync(path, 'w');
    this.#write(encoder.encode('go 1.26 trace\0\0\0'));
  }

  string(text) {
    return numbered(this.#strings, text);
  }

  /** `functions`: leaf first. */
  stack(functions) {
    const names = functions.join('\n');
    return numbered(this.#stacks, names);
  }

  begin(tick, wallNs) {
    this.#generation++;
    const sync = new Bytes();
    sync.byte(SYNC);
    sync.byte(FREQUENCY);
    sync.number(1e9 / TICK_NS);
    sync.byte(CLOCK);
    for (const value of [0, tick * TICK_NS, Math.floor(wallNs / 1e9), wallNs % 1e9]) sync.number(value);
    this.#batch([BATCH], NO_THREAD, tick, sync);
    if (this.#generation > 1) return;
    const experiment = new Bytes();
    for (const value of [1, 0xc000000000, 8192, 8, 2048]) experiment.number(value);
    this.#batch([EXPERIMENT, 1], NO_THREAD, tick, experiment);
  }

  /** An event of thread `m`; ticks of one thread go forward. */
  event(m, tick, type, a, b, c, d) {
    let batch = this.#batches.get(m);
    if (batch && batch.data.length > BATCH_BYTES - 64) {
      this.#batch([BATCH], m, batch.tick, batch.data);
      batch = undefined;
    }
    if (!batch) this.#batches.set(m, (batch = {tick, last: tick, data: new Bytes()}));
    if (tick < batch.last) throw new Error(`thread ${m} goes back from ${batch.last} to ${tick}`);
    const {data} = batch;
    data.byte(type);
    data.number(tick - batch.last);
    if (a !== undefined) data.number(a);
    if (b !== undefined) data.number(b);
    if (c !== undefined) data.number(c);
    if (d !== undefined) data.number(d);
    batch.last = tick;
    this.events++;
  }

  end() {
    for (const [m, {tick, data}] of this.#batches) this.#batch([BATCH], m, tick, data);
    this.#batches.clear();
    this.#table(STACKS, [...this.#stacks], (bytes, [names, id]) => {
      const functions = names.split('\n');
      bytes.byte(STACK);
      bytes.number(id);
      bytes.number(functions.length);
      for (const name of functions) {
        const at = this.string(name);
        for (const value of [0x400000 + at * 64, at, this.string(fileOf(name)), 10 + (at % 400)]) bytes.number(value);
      }
    });
    this.#table(STRINGS, [...this.#strings], (bytes, [text, id]) => {
      const encoded = encoder.encode(text);
      bytes.byte(STRING);
      bytes.number(id);
      bytes.number(encoded.length);
      bytes.all(encoded);
    });
    this.#write([END]);
  }

  /** Gives the size of the file. */
  close() {
    closeSync(this.#file);
    return this.#written;
  }

  #table(type, rows, write) {
    let bytes = null;
    for (const row of rows) {
      if (!bytes) (bytes = new Bytes()).byte(type);
      write(bytes, row);
      if (bytes.length < BATCH_BYTES - 8192) continue;
      this.#batch([BATCH], NO_THREAD, 0, bytes);
      bytes = null;
    }
    if (bytes) this.#batch([BATCH], NO_THREAD, 0, bytes);
  }

  #batch(type, m, tick, data) {
    const head = new Bytes();
    head.all(type);
    for (const value of [this.#generation, m, tick]) head.number(value);
    head.number(data.length, 10);
    this.#write(head.filled);
    this.#write(data.filled);
    this.#batches.delete(m);
  }

  #write(bytes) {
    this.#written += writeSync(this.#file, Uint8Array.from(bytes));
  }
}

function numbered(known, text) {
  let id = known.get(text);
  if (id === undefined) known.set(text, (id = known.size + 1));
  return id;
}

function fileOf(name) {
  const path = name.replace(/\.[^/]*$/, '');
  return `/src/${path}/${path.split('/').at(-1)}.go`;
}

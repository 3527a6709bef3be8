/**
 * One generation: the batches of about a second of the program, sorted by what they hold. Its string and stack numbers mean
 * nothing outside it. Tables are read here; timed events stay bytes until `cursor.ts` reads them.
 */
import type {Batch} from './batches.ts';
import {Ev} from './event-types.ts';
import {VarintReader} from './varint.ts';

/** A stack as the file has it: numbers of strings and lines, leaf first. */
export interface RawStack {
  readonly functions: readonly number[];
  readonly files: readonly number[];
  readonly lines: readonly number[];
}

/** A CPU sample of the generation; `g` and `p` -1: none. */
export interface RawCpuSample {
  readonly ticks: number;
  readonly m: number;
  readonly p: number;
  readonly g: number;
  readonly stack: number;
}

/** One moment on the trace clock (ticks), CLOCK_MONOTONIC and the wall clock (nanoseconds). */
export interface RawClockReading {
  readonly ticks: number;
  readonly monotonicNs: bigint;
  readonly wallNs: bigint;
}

/** Something in a generation that is not as the format says. Strict readers stop at the first. */
export interface GenerationProblem {
  readonly code: 'go-trace/table' | 'go-trace/tables-missing' | 'go-trace/frequency' | 'go-trace/no-clock-snapshot' | 'go-trace/generation';
  readonly message: string;
  readonly byte: number;
}

/** Most bytes of one string, and most frames of one stack (internal/trace/tracev2). */
const MAX_STRING_BYTES = 1024;
const MAX_FRAMES = 128;

/** Ticks per second of every platform but Windows: nanotime divided by 64. */
const USUAL_FREQUENCY = 15_625_000;

export class Generation {
  readonly number: number;
  readonly version: number;
  /** Timed batches by thread, threads in the order of their first batch. */
  readonly batches = new Map<number, Batch[]>();
  readonly strings = new Map<number, Uint8Array>([[0, new Uint8Array(0)]]);
  readonly stacks = new Map<number, RawStack>();
  readonly cpuSamples: RawCpuSample[] = [];
  readonly problems: GenerationProblem[] = [];
  /** Bytes of experiment batches, by experiment. */
  experimentBytes = 0;
  clockReading: RawClockReading | null = null;
  /** Smallest batch time, in ticks. */
  minTicks = 0;
  /** Ticks per second as the file states it; NaN when it does not. */
  frequency = Number.NaN;
  /** File offset of its first batch. */
  readonly byte: number;

  constructor(first: Batch, version: number) {
    this.number = first.generation;
    this.version = version;
    this.byte = first.byte;
  }

  /** Nanoseconds per tick, computed as Go does it. */
  get nsPerTick(): number {
    return 1 / ((Number.isNaN(this.frequency) ? USUAL_FREQUENCY : this.frequency) / 1e9);
  }

  get isEmpty(): boolean {
    return this.batches.size === 0 && this.cpuSamples.length === 0;
  }

  add(batch: Batch): void {
    if (this.minTicks === 0 || batch.time < this.minTicks) this.minTicks = batch.time;
    if (batch.kind === 'experiment') {
      this.experimentBytes += batch.data.length;
      return;
    }
    const first = batch.data[0];
    if (first === Ev.Strings) this.#table(batch, (reader) => this.#string(reader));
    else if (first === Ev.Stacks) this.#table(batch, (reader) => this.#stack(reader));
    else if (first === Ev.CPUSamples) this.#table(batch, (reader) => this.#cpuSample(reader));
    else if (this.version >= 25 ? first === Ev.Sync : first === Ev.Frequency) this.#sync(batch);
    else {
      const ofThread = this.batches.get(batch.m);
      if (ofThread) ofThread.push(batch);
      else this.batches.set(batch.m, [batch]);
    }
  }

  /** Checks what a complete generation must have. To be called once all its batches were added. */
  close(lastByte: number): void {
    if (Number.isNaN(this.frequency)) this.#problem('go-trace/frequency', `Generation ${this.number} does not state the frequency of its clock; 15625000 ticks a second are assumed`, lastByte);
    if (this.version >= 25 && !this.clockReading) this.#problem('go-trace/no-clock-snapshot', `Generation ${this.number} has no clock snapshot`, lastByte);
    for (const [id, stack] of this.stacks) {
      const missing = stack.functions.concat(stack.files).find((string) => !this.strings.has(string));
      if (missing === undefined) continue;
      this.#problem('go-trace/tables-missing', `Stack ${id} of generation ${this.number} names string ${missing}, which the generation does not hold`, lastByte);
      return;
    }
  }

  #problem(code: GenerationProblem['code'], message: string, byte: number): void {
    this.problems.push({code, message, byte});
  }

  /** Reads rows until the end of the batch; the first row that cannot be read ends it. */
  #table(batch: Batch, row: (reader: VarintReader) => string | null): void {
    const reader = new VarintReader(batch.data, 1);
    while (reader.at < reader.end) {
      const at = reader.at;
      const wrong = row(reader);
      if (wrong === null) continue;
      if (!batch.isCut) this.#problem('go-trace/table', `${wrong}; the rest of this table is left out`, batch.byte + at);
      return;
    }
  }

  #string(reader: VarintReader): string | null {
    if (reader.bytes[reader.at++] !== Ev.String) return 'Expected a string';
    const id = reader.next();
    const length = reader.next();
    if (Number.isNaN(id + length)) return 'A string breaks off';
    if (length < 0 || length > MAX_STRING_BYTES) return `A string of ${length} bytes, of at most ${MAX_STRING_BYTES}`;
    if (reader.at + length > reader.end) return 'A string breaks off';
    if (this.strings.has(id)) return `Two strings of number ${id}`;
    this.strings.set(id, reader.bytes.subarray(reader.at, reader.at + length));
    reader.at += length;
    return null;
  }

  #stack(reader: VarintReader): string | null {
    if (reader.bytes[reader.at++] !== Ev.Stack) return 'Expected a stack';
    const id = reader.next();
    const depth = reader.next();
    if (Number.isNaN(id + depth)) return 'A stack breaks off';
    if (depth < 0 || depth > MAX_FRAMES) return `A stack of ${depth} frames, of at most ${MAX_FRAMES}`;
    const functions: number[] = [];
    const files: number[] = [];
    const lines: number[] = [];
    for (let i = 0; i < depth; i++) {
      const pc = reader.next();
      functions.push(reader.next());
      files.push(reader.next());
      lines.push(reader.next());
      if (Number.isNaN(pc + functions[i] + files[i] + lines[i])) return 'A stack breaks off';
    }
    if (this.stacks.has(id)) return `Two stacks of number ${id}`;
    this.stacks.set(id, {functions, files, lines});
    return null;
  }

  #cpuSample(reader: VarintReader): string | null {
    if (reader.bytes[reader.at++] !== Ev.CPUSample) return 'Expected a CPU sample';
    const ticks = reader.next();
    const m = reader.next();
    const p = reader.next();
    const g = reader.next();
    const stack = reader.next();
    if (Number.isNaN(ticks + m + p + g + stack)) return 'A CPU sample breaks off';
    this.cpuSamples.push({ticks, m, p, g: g === 0 ? -1 : g, stack});
    return null;
  }

  #sync(batch: Batch): void {
    const reader = new VarintReader(batch.data, this.version >= 25 ? 1 : 0);
    let ticks = batch.time;
    while (reader.at < reader.end) {
      const at = reader.at;
      const wrong = (what: string) => this.#problem('go-trace/frequency', `${what} in the sync batch of generation ${this.number}`, batch.byte + at);
      const type = reader.bytes[reader.at++];
      if (type === Ev.Frequency) {
        const frequency = reader.next();
        if (!(frequency > 0)) return wrong('No usable frequency');
        if (!Number.isNaN(this.frequency)) wrong('A second frequency');
        else this.frequency = frequency;
      } else if (type === Ev.ClockSnapshot && this.version >= 25) {
        const difference = reader.next();
        const monotonic = exactNumber(reader);
        const seconds = exactNumber(reader);
        const nanoseconds = exactNumber(reader);
        if (Number.isNaN(difference) || monotonic === null || seconds === null || nanoseconds === null) return wrong('A clock snapshot that breaks off');
        ticks += difference;
        this.clockReading = {ticks, monotonicNs: monotonic, wallNs: seconds * 1_000_000_000n + nanoseconds};
      } else return wrong(`Unknown event ${type}`);
    }
  }
}

function exactNumber(reader: VarintReader): bigint | null {
  const value = reader.next();
  if (Number.isNaN(value)) return null;
  return reader.exact ?? BigInt.asUintN(64, BigInt(value));
}

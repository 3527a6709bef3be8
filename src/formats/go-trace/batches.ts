/**
 * The outermost layer of the file: a header, then batches.
 *
 *   go 1.26 trace\0\0\0
 *   01 gen m time size data[size]         events of one thread, or a table
 *   31 exp gen m time size data[size]     data of an experiment, opaque
 *   34                                    end of generation (Go 1.26)
 *
 * Strings and stacks stand at the end of their generation, so a batch is kept until its generation is complete.
 */
import {hexExcerpt, utf8} from '../../base/bytes/text.ts';
import type {ByteStream} from '../../base/bytes/source.ts';
import {Ev} from './event-types.ts';
import {VarintReader} from './varint.ts';

export interface Batch {
  readonly kind: 'events' | 'experiment';
  readonly generation: number;
  /** Thread that wrote it; -1: no thread in particular. */
  readonly m: number;
  /** Ticks of the trace clock at its start. */
  readonly time: number;
  readonly data: Uint8Array;
  /** Offset of `data` in the file. */
  readonly byte: number;
  /** `data` is only the beginning of it, which the reader of batches has told already. */
  readonly isCut: boolean;
}

/** A place that cannot be read. */
export interface BrokenPlace {
  readonly kind: 'broken';
  readonly message: string;
  readonly byte: number;
  readonly excerpt: string;
  /** What is there of a batch that breaks off. */
  readonly part: Batch | null;
  /** Bytes left out up to the next batch, which `next` reads; null: there is none. */
  readonly skippedBytes: number | null;
}

/** What `next` found: a batch, the lone end-of-generation byte, the end of the file, or why it cannot go on. */
export type BatchRead = Batch | BrokenPlace | {readonly kind: 'end-of-generation'} | {readonly kind: 'end'};

const HEADER_BYTES = 16;
const MAX_BATCH_BYTES = 65536;
/** Batch byte, experiment byte and four numbers of at most ten bytes. */
const MAX_BATCH_HEADER_BYTES = 42;
/** The runtime writes the size before it knows it: always ten bytes, most of them padding. */
const SIZE_BYTES = 10;
const SEARCH_BYTES = 2 * MAX_BATCH_BYTES;
/** By how many generations damage may mislead. */
const MAX_JUMP = 1000;

export class BatchReader {
  readonly #stream: ByteStream;
  readonly #mends: boolean;
  #buffer: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Offset in the file of `#buffer[0]`. */
  #firstByte = 0;
  #ended = false;
  /** Of the last batch; 0 before the first. */
  #generation = 0;

  /** `mends`: looks at what follows a batch before it believes its size, as Go's reader does not. */
  constructor(stream: ByteStream, mends = false) {
    this.#stream = stream;
    this.#mends = mends;
  }

  /** Offset in the file of what comes next. */
  get byte(): number {
    return this.#firstByte + this.#at;
  }

  /** Reads the file header: the NN of `go 1.NN trace`; null when it is none. */
  async header(): Promise<number | null> {
    await this.#fill(HEADER_BYTES);
    const version = /^go 1\.(\d{2}) trace\0\0\0$/.exec(utf8(this.#buffer.subarray(0, HEADER_BYTES)));
    if (!version) return null;
    this.#at = HEADER_BYTES;
    return Number(version[1]);
  }

  async next(): Promise<BatchRead> {
    await this.#fill(MAX_BATCH_HEADER_BYTES);
    const start = this.#at;
    if (start === this.#buffer.length) return {kind: 'end'};
    const type = this.#buffer[start];
    if (type === Ev.EndOfGeneration) {
      this.#at++;
      return {kind: 'end-of-generation'};
    }
    if (type !== Ev.EventBatch && type !== Ev.ExperimentalBatch) {
      return this.#broken(start, `Expected a batch (byte ${Ev.EventBatch} or ${Ev.ExperimentalBatch}), found byte ${type}`);
    }
    const numbers = new VarintReader(this.#buffer, start + (type === Ev.EventBatch ? 1 : 2));
    const generation = numbers.next();
    const m = numbers.next();
    const time = numbers.next();
    const size = numbers.next();
    if (Number.isNaN(generation + m + time + size)) {
      const cut = this.#buffer.length - start < MAX_BATCH_HEADER_BYTES;
      return this.#broken(start, cut ? 'The file ends inside the header of a batch' : 'The header of a batch holds a number of more than 64 bits');
    }
    if (this.#mends && !this.#isHeader(start)) return this.#broken(start, `A batch of generation ${generation}, of ${size} bytes, after one of generation ${this.#generation}`);
    this.#at = numbers.at;
    const tooLarge = size < 0 || size > MAX_BATCH_BYTES;
    await this.#fill(tooLarge ? 0 : size + MAX_BATCH_HEADER_BYTES);
    const data = this.#buffer.slice(this.#at, this.#at + (tooLarge ? 0 : size));
    const batch: Batch = {kind: type === Ev.EventBatch ? 'events' : 'experiment', generation, m, time, data, byte: this.byte, isCut: data.length < size};
    this.#generation = generation;
    if (tooLarge) return this.#broken(this.#at, `A batch says that it is ${size} bytes long; ${MAX_BATCH_BYTES} is the most there can be`, batch);
    if (batch.isCut) return this.#broken(this.#at, `The file ends inside a batch: ${data.length} of ${size} bytes are there`, batch);
    if (this.#mends && !this.#isFollowed(this.#at + size)) return this.#broken(this.#at, `A batch says that it is ${size} bytes long, but no batch follows it there`, batch);
    this.#at += size;
    return batch;
  }

  /** Tells of a place that cannot be read and goes to the next batch after it, if any. */
  async #broken(at: number, message: string, part: Batch | null = null): Promise<BrokenPlace> {
    const byte = this.#firstByte + at;
    const place = {kind: 'broken', message, byte, excerpt: hexExcerpt(this.#buffer, at, this.#buffer.length)} as const;
    this.#at = at;
    await this.#fill(SEARCH_BYTES);
    const near = this.#buffer.subarray(this.#at);
    const found = await this.#seek();
    const skippedBytes = this.byte - byte;
    // Where the next batch begins, this one ends, whatever it says of its size.
    const data = found && skippedBytes <= near.length ? near.slice(0, skippedBytes) : part?.data;
    return {...place, part: part && data ? {...part, data, isCut: true} : null, skippedBytes: found ? skippedBytes : null};
  }

  /** Goes on to what looks like the header of a batch; false, at the end, when there is none. */
  async #seek(): Promise<boolean> {
    for (;;) {
      const isLast = !(await this.#fill(SEARCH_BYTES));
      const end = this.#buffer.length - (isLast ? 0 : MAX_BATCH_HEADER_BYTES);
      while (++this.#at < end) if (this.#isHeader(this.#at, true)) return true;
      this.#at = end;
      if (isLast) return false;
    }
  }

  /** Whether at `at` the file ends, a generation ends or a batch begins. */
  #isFollowed(at: number): boolean {
    return at === this.#buffer.length || this.#buffer[at] === Ev.EndOfGeneration || this.#isHeader(at);
  }

  /**
   * Whether what stands at `at` can be the header of a batch: with a size written in the runtime's way, which is no accident, or (unless
   * `surely`) of this generation or the next.
   */
  #isHeader(at: number, surely = false): boolean {
    const type = this.#buffer[at];
    if (type !== Ev.EventBatch && type !== Ev.ExperimentalBatch) return false;
    const numbers = new VarintReader(this.#buffer, at + (type === Ev.EventBatch ? 1 : 2));
    const generation = numbers.next();
    const mAndTime = numbers.next() + numbers.next();
    const sizeAt = numbers.at;
    const size = numbers.next();
    if (Number.isNaN(mAndTime + size) || !(generation > 0)) return false;
    const jump = this.#generation === 0 ? 0 : generation - this.#generation;
    const fits = size >= 0 && size <= MAX_BATCH_BYTES;
    const isRuntimes = numbers.at - sizeAt === SIZE_BYTES;
    if (isRuntimes && fits) return Math.abs(jump) < MAX_JUMP;
    return !surely && (isRuntimes || fits) && jump >= 0 && jump <= 1;
  }

  /** Makes `wanted` bytes after `#at` available, or all there are; false when these are all. */
  async #fill(wanted: number): Promise<boolean> {
    if (this.#buffer.length - this.#at >= wanted) return true;
    if (this.#ended) return false;
    const pieces: Uint8Array[] = [this.#buffer.subarray(this.#at)];
    let length = pieces[0].length;
    while (length < wanted) {
      const piece = await this.#stream.read();
      if (!piece) {
        this.#ended = true;
        break;
      }
      pieces.push(piece.slice());
      length += piece.length;
    }
    const buffer = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      buffer.set(piece, at);
      at += piece.length;
    }
    this.#firstByte += this.#at;
    this.#buffer = buffer;
    this.#at = 0;
    return !this.#ended;
  }
}

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
}

/** What `next` found: a batch, the lone end-of-generation byte, the end of the file, or why it cannot go on. */
export type BatchRead =
  | Batch
  | {readonly kind: 'end-of-generation'}
  | {readonly kind: 'end'}
  | {readonly kind: 'broken'; readonly message: string; readonly byte: number; readonly excerpt: string};

const HEADER_BYTES = 16;
const MAX_BATCH_BYTES = 65536;
/** Batch byte, experiment byte and four numbers of at most ten bytes. */
const MAX_BATCH_HEADER_BYTES = 42;

export class BatchReader {
  readonly #stream: ByteStream;
  #buffer: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Offset in the file of `#buffer[0]`. */
  #firstByte = 0;
  #ended = false;

  constructor(stream: ByteStream) {
    this.#stream = stream;
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
    if (size < 0 || size > MAX_BATCH_BYTES) return this.#broken(start, `A batch says that it is ${size} bytes long; ${MAX_BATCH_BYTES} is the most there can be`);
    this.#at = numbers.at;
    await this.#fill(size);
    const byte = this.byte;
    const data = this.#buffer.slice(this.#at, this.#at + size);
    if (data.length < size) return this.#broken(this.#at, `The file ends inside a batch: ${data.length} of ${size} bytes are there`);
    this.#at += size;
    return {kind: type === Ev.EventBatch ? 'events' : 'experiment', generation, m, time, data, byte};
  }

  #broken(at: number, message: string): BatchRead {
    return {kind: 'broken', message, byte: this.#firstByte + at, excerpt: hexExcerpt(this.#buffer, at, this.#buffer.length)};
  }

  /** Makes `wanted` bytes after `#at` available, or all there are. */
  async #fill(wanted: number): Promise<void> {
    if (this.#buffer.length - this.#at >= wanted || this.#ended) return;
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
  }
}

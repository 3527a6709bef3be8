/**
 * Bytes in pieces -> whole records. The bytes are copied into slices, in which records lie whole and stay until nobody needs them: records
 * wait for others that are older (rounds.ts) without being copied again.
 *
 *   pieces   ….. ……… …. ………     slice n  [rec][rec][rec][re    slice n+1  [re|c][rec] …
 *                                                       └ its beginning moves on ┘
 */
import {isKnownRecord, isRecordType, PerfRecord, RECORD_HEADER_BYTES} from './record-type.ts';
import {u64} from './sample.ts';

/** Room of a slice; no record is larger than 64 KiB. */
const SLICE_BYTES = 2 << 20;
const LEAST_SLICE_BYTES = 1 << 18;
/** Slices that are kept for their next use. */
const KEPT_FREE = 4;
/** Where damage was found: how much must look like records for them to be believed, and how many of them. */
const TRUST_BYTES = 1 << 16;
const TRUST_RECORDS = 4;
/** What may follow on a record that says that more does; larger ones are skipped. */
const MAX_PAYLOAD_BYTES = 64 << 20;

/** Bytes that hold whole records. `held`: how many of them wait; who lets one go says so to `owner`. */
export class Slice {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly owner: RecordSplitter;
  held = 0;

  constructor(sizeBytes: number, owner: RecordSplitter) {
    this.bytes = new Uint8Array(sizeBytes);
    this.view = new DataView(this.bytes.buffer);
    this.owner = owner;
  }
}

/** Who takes the records. `byte` is where one begins in the file. */
export interface RecordSink {
  /** The record lies in `slice` and may be kept there by adding to `slice.held`. */
  record(slice: Slice, start: number, sizeBytes: number, byte: number): void;
  /** The bytes that follow on a HEADER_TRACING_DATA record. */
  payload(bytes: Uint8Array, byte: number): void;
  /** Bytes from `byte` on were no records; `found` says what stood there. */
  damage(byte: number, lengthBytes: number, found: string): void;
}

/** What follows on the record that was handed on last: skipped where `into` is null. */
interface Payload {
  readonly into: Uint8Array | null;
  readonly sizeBytes: number;
  readonly byte: number;
  taken: number;
}

export class RecordSplitter {
  readonly #sink: RecordSink;
  readonly #little: boolean;
  readonly #sliceBytes: number;
  #slice: Slice;
  readonly #free: Slice[] = [];
  readonly #busy = new Set<Slice>();
  /** Bytes of the slice that are filled, and those of them that were handed on. */
  #filled = 0;
  #done = 0;
  /** Where the slice's byte 0 stands in the file. */
  #sliceByte: number;
  #payload: Payload | null = null;
  /** Where damage began; -1: none is being passed over. */
  #damageByte = -1;
  #damageFound = '';

  /** `sizeHint`: how many bytes are to come, as far as that is known. */
  constructor(sink: RecordSink, little: boolean, firstByte: number, sizeHint: number) {
    this.#sink = sink;
    this.#little = little;
    this.#sliceByte = firstByte;
    this.#sliceBytes = Math.max(LEAST_SLICE_BYTES, Math.min(SLICE_BYTES, sizeHint));
    this.#slice = new Slice(this.#sliceBytes, this);
  }

  /** Bytes of slices whose records wait. */
  get heldBytes(): number {
    return this.#busy.size * this.#sliceBytes;
  }

  /** Takes bytes; hands on every record that is whole. */
  push(piece: Uint8Array): void {
    let at = 0;
    while (at < piece.length) {
      if (this.#payload) {
        const taken = this.#takePayload(piece, at, piece.length);
        this.#sliceByte += taken;
        at += taken;
        continue;
      }
      const taken = Math.min(piece.length - at, this.#slice.bytes.length - this.#filled);
      this.#slice.bytes.set(piece.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      this.#handOn(false);
      if (this.#filled === this.#slice.bytes.length) this.#nextSlice();
    }
  }

  /** No more bytes come. Gives how many are missing at least to what was begun (0: nothing was), and where that begins. */
  end(): {missingBytes: number; byte: number} {
    this.#handOn(true);
    while (this.#damageByte < 0 && !this.#payload && this.#findAfterEnd()) this.#handOn(true);
    if (this.#damageByte >= 0) this.#endDamage(this.#sliceByte + this.#filled);
    else if (this.#payload) return {missingBytes: this.#payload.sizeBytes - this.#payload.taken, byte: this.#payload.byte};
    const left = this.#filled - this.#done;
    const size = left < RECORD_HEADER_BYTES ? RECORD_HEADER_BYTES : this.#slice.view.getUint16(this.#done + 6, this.#little);
    return {missingBytes: left === 0 ? 0 : size - left, byte: this.#sliceByte + this.#done};
  }

  /** A record was let go of: its slice is used again when it was the last. */
  release(slice: Slice): void {
    if (--slice.held > 0 || slice === this.#slice) return;
    this.#busy.delete(slice);
    this.#keepFree(slice);
  }

  #handOn(ended: boolean): void {
    while (!this.#payload && this.#filled - this.#done >= RECORD_HEADER_BYTES) {
      if (this.#damageByte >= 0 && !this.#findRecords(ended)) return;
      const slice = this.#slice;
      const start = this.#done;
      const sizeBytes = slice.view.getUint16(start + 6, this.#little);
      const byte = this.#sliceByte + start;
      const type = slice.view.getUint32(start, this.#little);
      if (sizeBytes < RECORD_HEADER_BYTES || !isRecordType(type)) {
        this.#damageByte = byte;
        this.#damageFound = sizeBytes < RECORD_HEADER_BYTES ? `one that says it has ${sizeBytes}` : `one of type ${type}`;
        continue;
      }
      if (this.#filled - start < sizeBytes) return;
      this.#done += sizeBytes;
      this.#payload = this.#payloadOf(slice.view, start, sizeBytes, byte);
      this.#sink.record(slice, start, sizeBytes, byte);
      if (this.#payload) this.#done += this.#takePayload(slice.bytes, this.#done, this.#filled);
    }
  }

  /** The bytes that come after a record and are not counted in its size; see perf's `union perf_event`. */
  #payloadOf(view: DataView, start: number, recordBytes: number, byte: number): Payload | null {
    const type = view.getUint32(start, this.#little);
    if (type === PerfRecord.Auxtrace && recordBytes >= 16) return payload(null, u64(view, start + 8, this.#little), byte);
    if (type !== PerfRecord.HeaderTracingData || recordBytes < 12) return null;
    const sizeBytes = view.getUint32(start + 8, this.#little);
    return payload(sizeBytes > MAX_PAYLOAD_BYTES ? null : new Uint8Array(sizeBytes), sizeBytes, byte);
  }

  /** Takes what it can of the payload from `bytes`; gives how much that was. */
  #takePayload(bytes: Uint8Array, start: number, end: number): number {
    const of = this.#payload!;
    const taken = Math.min(end - start, of.sizeBytes - of.taken);
    of.into?.set(bytes.subarray(start, start + taken), of.taken);
    of.taken += taken;
    if (of.taken === of.sizeBytes) {
      this.#payload = null;
      if (of.into) this.#sink.payload(of.into, of.byte);
    }
    return taken;
  }

  /** Goes on to where records begin again; false when more bytes are needed to tell. */
  #findRecords(ended: boolean): boolean {
    while (this.#filled - this.#done >= RECORD_HEADER_BYTES && (ended || this.#filled - this.#done >= TRUST_BYTES)) {
      if (this.#areRecords(this.#done, ended)) {
        this.#endDamage(this.#sliceByte + this.#done);
        return true;
      }
      this.#done++;
    }
    return false;
  }

  /** The last record reaches past the end: goes on behind its header if others lie there, for then its size is wrong; false: it is cut. */
  #findAfterEnd(): boolean {
    for (let at = this.#done + RECORD_HEADER_BYTES; at + RECORD_HEADER_BYTES <= this.#filled; at++) {
      if (!this.#areRecords(at, true)) continue;
      this.#damageByte = this.#sliceByte + this.#done;
      this.#damageFound = `one of ${this.#slice.view.getUint16(this.#done + 6, this.#little)}, which reaches past the end`;
      this.#endDamage(this.#sliceByte + at);
      return true;
    }
    return false;
  }

  /** Whether a row of records begins at `at` that is long enough not to be chance. */
  #areRecords(at: number, ended: boolean): boolean {
    const {view} = this.#slice;
    for (let count = 0; count < TRUST_RECORDS; count++) {
      if (at === this.#filled) return ended && count > 0;
      if (this.#filled - at < RECORD_HEADER_BYTES) return false;
      const type = view.getUint32(at, this.#little);
      const sizeBytes = view.getUint16(at + 6, this.#little);
      if (!isKnownRecord(type) || sizeBytes < RECORD_HEADER_BYTES || (sizeBytes & 7) !== 0) return false;
      if (type === PerfRecord.Auxtrace && count > 0) return true;
      at += sizeBytes;
    }
    return true;
  }

  #endDamage(byte: number): void {
    this.#sink.damage(this.#damageByte, byte - this.#damageByte, this.#damageFound);
    this.#done = byte - this.#sliceByte;
    this.#damageByte = -1;
  }

  /** Goes on in a new slice, with the record that was begun. */
  #nextSlice(): void {
    const old = this.#slice;
    const next = this.#free.pop() ?? new Slice(this.#sliceBytes, this);
    next.bytes.set(old.bytes.subarray(this.#done, this.#filled));
    this.#slice = next;
    this.#sliceByte += this.#done;
    this.#filled -= this.#done;
    this.#done = 0;
    if (old.held > 0) this.#busy.add(old);
    else this.#keepFree(old);
  }

  #keepFree(slice: Slice): void {
    if (this.#free.length < KEPT_FREE) this.#free.push(slice);
  }
}

function payload(into: Uint8Array | null, sizeBytes: number, byte: number): Payload | null {
  return sizeBytes > 0 ? {into, sizeBytes, byte, taken: 0} : null;
}

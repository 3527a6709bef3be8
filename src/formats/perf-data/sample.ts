/**
 * One sample record -> where its fields lie. The fields stand in this order, each only where `sample_type` has its bit:
 *
 *   header │ IDENTIFIER IP TID TIME ADDR ID STREAM_ID CPU PERIOD │ READ CALLCHAIN RAW BRANCH_STACK REGS_USER STACK_USER │ WEIGHT DATA_SRC
 *          │ eight bytes each                                    │ sizes of their own                                   │ TRANSACTION …
 *
 * Hot: numbers only, no allocation. Addresses stay in the record and are read as two halves of 32 bits.
 * Order of fields: https://github.com/torvalds/linux/blob/v6.1/include/uapi/linux/perf_event.h#L927-L1004
 */
import {SampleField, type EventAttributes} from './attributes.ts';
import {RECORD_HEADER_BYTES} from './record-type.ts';

const READ_TOTAL_TIMES = [1, 2];
const READ_ID = 4;
const READ_GROUP = 8;
const READ_LOST = 16;

const BRANCH_CALL_STACK = 1 << 11;
const BRANCH_HW_INDEX = 1 << 17;
const BRANCH_COUNTERS = 1 << 19;
/** From, to, flags. */
export const BRANCH_ENTRY_BYTES = 24;

const WORD = 8;
const HALF = 2 ** 32;

/** Where the fields of an event's samples lie, as far as that is the same for all of them. Offsets are from the record's start; -1: not there. */
export interface SampleLayout {
  readonly id: number;
  readonly ip: number;
  readonly tid: number;
  readonly time: number;
  readonly addr: number;
  readonly cpu: number;
  readonly period: number;
  /** Where READ begins, or whatever is the first of those without a fixed size. */
  readonly rest: number;
}

export function sampleLayout({sampleType}: EventAttributes): SampleLayout {
  let at = RECORD_HEADER_BYTES;
  const next = (field: number): number => {
    if ((sampleType & field) === 0) return -1;
    at += WORD;
    return at - WORD;
  };
  const identifier = next(SampleField.Identifier);
  const ip = next(SampleField.Ip);
  const tid = next(SampleField.Tid);
  const time = next(SampleField.Time);
  const addr = next(SampleField.Addr);
  const id = next(SampleField.Id);
  next(SampleField.StreamId);
  const cpu = next(SampleField.Cpu);
  const period = next(SampleField.Period);
  return {id: identifier >= 0 ? identifier : id, ip, tid, time, addr, cpu, period, rest: at};
}

/** The parts of a sample that have sizes of their own, as places in its record; -1 or 0 where there are none. One is filled again and again. */
export class SampleParts {
  /** Values of READ: where the first lies, how many there are, bytes from one to the next; where its id lies in one, -1 none. */
  readAt = -1;
  readCount = 0;
  readStride = 0;
  readIdOffset = -1;
  /** The call chain: its first address, leaf first. */
  chainAt = -1;
  chainCount = 0;
  rawAt = -1;
  rawBytes = 0;
  /** The branch stack: its first entry, of 24 bytes (from, to, flags), newest first. */
  branchAt = -1;
  branchCount = 0;
  /** User registers: ABI (0: none, 1: of 32 bits, 2: of 64), the first of them. */
  regsAbi = 0;
  regsAt = -1;
  /** The copy of the user's stack from its pointer up: as many bytes as are of use. */
  stackAt = -1;
  stackBytes = 0;
  /** Bytes of the record that no field accounts for. Below 0: fields reach past its end. */
  leftOver = 0;
}

/** Reads the parts of samples of one event. */
export class SampleReader {
  readonly layout: SampleLayout;
  readonly #type: number;
  readonly #branch: number;
  readonly #registers: number;
  readonly #interruptRegisters: number;
  readonly #readHead: number;
  readonly #readEntry: number;
  readonly #readIdOffset: number;
  readonly #isGroup: boolean;

  constructor(attributes: EventAttributes) {
    this.layout = sampleLayout(attributes);
    this.#type = attributes.sampleType;
    this.#branch = attributes.branchSampleType;
    this.#registers = bitCount(attributes.regsUser);
    this.#interruptRegisters = bitCount(attributes.regsIntr);
    const {readFormat} = attributes;
    const times = READ_TOTAL_TIMES.reduce((sum, bit) => sum + ((readFormat & bit) !== 0 ? WORD : 0), 0);
    const hasId = (readFormat & READ_ID) !== 0;
    this.#isGroup = (readFormat & READ_GROUP) !== 0;
    this.#readHead = times;
    this.#readIdOffset = !hasId ? -1 : this.#isGroup ? WORD : WORD + times;
    this.#readEntry = WORD + (hasId ? WORD : 0) + ((readFormat & READ_LOST) !== 0 ? WORD : 0);
  }

  /** Whether the call chain of user code is to be taken from the branch stack, as the CPU recorded calls there. */
  get hasCallStackInBranches(): boolean {
    return (this.#type & SampleField.BranchStack) !== 0 && (this.#branch & BRANCH_CALL_STACK) !== 0;
  }

  /** Fills `parts` from the record in `start … end`. */
  read(view: DataView, start: number, end: number, little: boolean, parts: SampleParts): void {
    const type = this.#type;
    let at = start + this.layout.rest;
    parts.readAt = parts.chainAt = parts.rawAt = parts.branchAt = parts.regsAt = parts.stackAt = -1;
    parts.readCount = parts.chainCount = parts.rawBytes = parts.branchCount = parts.regsAbi = parts.stackBytes = 0;
    if ((type & SampleField.Read) !== 0) at = this.#readValues(view, at, end, little, parts);
    if ((type & SampleField.Callchain) !== 0) {
      const count = count64(view, at, end, little);
      at += WORD;
      parts.chainAt = at;
      parts.chainCount = Math.max(0, Math.min(count, (end - at) >>> 3));
      at += count * WORD;
    }
    if ((type & SampleField.Raw) !== 0) {
      const bytes = at + 4 <= end ? view.getUint32(at, little) : 0;
      parts.rawAt = at + 4;
      parts.rawBytes = Math.max(0, Math.min(bytes, end - at - 4));
      at += 4 + bytes;
    }
    if ((type & SampleField.BranchStack) !== 0) {
      const count = count64(view, at, end, little);
      at += WORD + ((this.#branch & BRANCH_HW_INDEX) !== 0 ? WORD : 0);
      parts.branchAt = at;
      parts.branchCount = Math.max(0, Math.min(count, Math.floor((end - at) / BRANCH_ENTRY_BYTES)));
      at += count * BRANCH_ENTRY_BYTES + ((this.#branch & BRANCH_COUNTERS) !== 0 ? count * WORD : 0);
    }
    if ((type & SampleField.RegsUser) !== 0) {
      const abi = count64(view, at, end, little);
      at += WORD;
      if (abi !== 0) {
        if (at + this.#registers * WORD <= end) {
          parts.regsAbi = abi;
          parts.regsAt = at;
        }
        at += this.#registers * WORD;
      }
    }
    if ((type & SampleField.StackUser) !== 0) {
      const room = count64(view, at, end, little);
      at += WORD;
      if (room !== 0) {
        parts.stackAt = at;
        at += room;
        parts.stackBytes = Math.max(0, Math.min(count64(view, at, end, little), room, end - parts.stackAt));
        at += WORD;
      }
    }
    if ((type & (SampleField.Weight | SampleField.WeightStruct)) !== 0) at += WORD;
    if ((type & SampleField.DataSrc) !== 0) at += WORD;
    if ((type & SampleField.Transaction) !== 0) at += WORD;
    if ((type & SampleField.RegsIntr) !== 0) {
      const abi = count64(view, at, end, little);
      at += WORD + (abi === 0 ? 0 : this.#interruptRegisters * WORD);
    }
    if ((type & SampleField.PhysAddr) !== 0) at += WORD;
    if ((type & SampleField.Cgroup) !== 0) at += WORD;
    if ((type & SampleField.DataPageSize) !== 0) at += WORD;
    if ((type & SampleField.CodePageSize) !== 0) at += WORD;
    if ((type & SampleField.Aux) !== 0) at += WORD + count64(view, at, end, little);
    parts.leftOver = end - at;
  }

  #readValues(view: DataView, at: number, end: number, little: boolean, parts: SampleParts): number {
    parts.readStride = this.#readEntry;
    parts.readIdOffset = this.#readIdOffset;
    if (!this.#isGroup) {
      parts.readAt = at;
      parts.readCount = at + this.#readEntry + this.#readHead <= end ? 1 : 0;
      return at + this.#readEntry + this.#readHead;
    }
    const count = count64(view, at, end, little);
    const first = at + WORD + this.#readHead;
    parts.readAt = first;
    parts.readCount = Math.max(0, Math.min(count, Math.floor((end - first) / this.#readEntry)));
    return first + count * this.#readEntry;
  }
}

/** A number of 64 bits as a double; 0 past the end. */
function count64(view: DataView, at: number, end: number, little: boolean): number {
  return at + WORD <= end ? u64(view, at, little) : 0;
}

/** A number of 64 bits as a double, exact below 2^53. */
export function u64(view: DataView, at: number, little: boolean): number {
  return little ? view.getUint32(at + 4, true) * HALF + view.getUint32(at, true) : view.getUint32(at, false) * HALF + view.getUint32(at + 4, false);
}

function bitCount(mask: bigint): number {
  let count = 0;
  for (let rest = mask; rest !== 0n; rest &= rest - 1n) count++;
  return count;
}

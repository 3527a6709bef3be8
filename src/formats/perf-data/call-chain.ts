/**
 * A sample's call chain -> a stack of the Trace. The chain is addresses, leaf first; numbers close to 2^64 stand between them and say whose
 * code follows: kernel, user, guest.
 *
 *   [kernel] a b c [user] d e f      a is the leaf, f the root
 *
 * Hot: a lookup a frame, no allocation (`npm run bench -- parse`).
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {AddressKind} from '../../model/tables.ts';
import {AddressFrames} from './address-frames.ts';
import {addressOf, AddressSpace} from './address-space.ts';
import type {RecordedProcess} from './processes.ts';
import {CpuMode} from './record-type.ts';
import {BRANCH_ENTRY_BYTES} from './sample.ts';

/** The low halves of the markers, whose high half is all ones: PERF_CONTEXT_… of linux/perf_event.h. */
const CONTEXT_MIN_LOW = 0x1_0000_0000 - 4095;
const ALL_ONES = 0xffff_ffff;
const CONTEXT: Readonly<Record<number, CpuMode>> = {
  [0x1_0000_0000 - 32]: CpuMode.Hypervisor,
  [0x1_0000_0000 - 128]: CpuMode.Kernel,
  [0x1_0000_0000 - 512]: CpuMode.User,
  [0x1_0000_0000 - 2048]: CpuMode.GuestKernel,
  [0x1_0000_0000 - 2176]: CpuMode.GuestKernel,
  [0x1_0000_0000 - 2560]: CpuMode.GuestUser,
};
/** What follows is not an address but a number: the user's part comes later, in a record of its own that bears the same one. */
const USER_DEFERRED_LOW = 0x1_0000_0000 - 640;

const HALF = 2 ** 32;

/** No chain is longer: records have 64 KiB, and two may be put together. */
const MAX_DEPTH = 1 << 14;

export class CallChain {
  readonly kernel = new AddressSpace();
  /** Frames so far, leaf first. */
  readonly frames = new Int32Array(MAX_DEPTH);
  depth = 0;
  /** How many frames stood before the marker of user code; -1: there was none. */
  userFrom = -1;
  /** The number that the user's part bears, which is still to come; null: it does not come later. */
  cookie: bigint | null = null;
  readonly #build: TraceBuilder;
  readonly #kernelFrames = new AddressFrames();
  readonly #otherFrames = new AddressFrames().of(0);
  #kernelDso = -1;

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  begin(): void {
    this.depth = 0;
    this.userFrom = -1;
    this.cookie = null;
  }

  /** Adds the addresses at `at`; false when a marker is not known, and then nothing of the chain is to be trusted. */
  add(view: DataView, at: number, count: number, little: boolean, mode: CpuMode, process: RecordedProcess): boolean {
    const end = at + count * 8;
    const low = at + (little ? 0 : 4);
    const toHigh = little ? 4 : -4;
    for (let place = low; place < end; place += 8) {
      const lowHalf = view.getUint32(place, little);
      const highHalf = view.getUint32(place + toHigh, little);
      if (highHalf === ALL_ONES && lowHalf >= CONTEXT_MIN_LOW) {
        if (lowHalf === USER_DEFERRED_LOW) {
          this.cookie = place + 8 < end ? view.getBigUint64(place + 8 - (little ? 0 : 4), little) : 0n;
          return true;
        }
        const next = CONTEXT[lowHalf];
        if (next === undefined) {
          this.depth = 0;
          return false;
        }
        mode = next;
        if (mode === CpuMode.User && this.userFrom < 0) this.userFrom = this.depth;
      } else this.address(lowHalf, highHalf, mode, process);
    }
    return true;
  }

  /** Takes the place of the user's part by what the CPU recorded of calls: entries of 24 bytes, the newest first, each from where to where. */
  takeCalls(view: DataView, at: number, count: number, little: boolean, process: RecordedProcess): void {
    this.depth = this.userFrom;
    const [low, high] = little ? [0, 4] : [4, 0];
    for (let i = -1; i < count; i++) {
      const place = i < 0 ? at + 8 : at + i * BRANCH_ENTRY_BYTES;
      this.address(view.getUint32(place + low, little), view.getUint32(place + high, little), CpuMode.User, process);
    }
  }

  /** Begins with frames that were found before. */
  beginWith(frames: Int32Array): void {
    this.begin();
    this.frames.set(frames);
    this.depth = frames.length;
  }

  /** Adds one address. */
  address(low: number, high: number, mode: CpuMode, process: RecordedProcess): void {
    if (this.depth === MAX_DEPTH) return;
    this.frames[this.depth++] = mode === CpuMode.Kernel ? this.#kernelFrame(low, high) : mode === CpuMode.User || mode === CpuMode.Unknown ? this.#userFrame(low, high, process) : this.#otherFrame(low, high);
  }

  /** Row of the stack of all frames that were added; -1 for none. */
  stack(): number {
    let stack = -1;
    for (let i = this.depth - 1; i >= 0; i--) stack = this.#build.stack(stack, this.frames[i]);
    return stack;
  }

  #userFrame(low: number, high: number, {space, frames}: RecordedProcess): number {
    const known = frames.of(space.version);
    const frame = known.get(low, high);
    if (frame >= 0) return frame;
    const address = addressOf(low, high);
    const mapping = space.find(address);
    const made =
      mapping?.inFile === true ? this.#inFile(address - mapping.start + mapping.fileOffset, mapping.dso)
      : this.#build.unresolvedFrameAt(low, high, mapping ? mapping.dso : -1, AddressKind.InMemory);
    known.set(low, high, made);
    return made;
  }

  /** Offsets that make no sense are cut to 64 bits, as the record has them. */
  #inFile(offset: number, dso: number): number {
    return this.#build.unresolvedFrameAt(offset >>> 0, Math.floor(offset / HALF) >>> 0, dso, AddressKind.FileOffset);
  }

  #kernelFrame(low: number, high: number): number {
    const known = this.#kernelFrames.of(this.kernel.version);
    const frame = known.get(low, high);
    if (frame >= 0) return frame;
    const mapping = this.kernel.find(addressOf(low, high));
    if (this.#kernelDso < 0) this.#kernelDso = this.#build.string('[kernel.kallsyms]');
    const made =
      mapping && mapping.symbol >= 0 ? this.#build.frame(mapping.symbol, mapping.dso, -1, -1)
      : this.#build.unresolvedFrameAt(low, high, mapping ? mapping.dso : this.#kernelDso, AddressKind.InMemory);
    known.set(low, high, made);
    return made;
  }

  /** Code of a guest or a hypervisor, of which nothing is known but where it was. */
  #otherFrame(low: number, high: number): number {
    const frame = this.#otherFrames.get(low, high);
    if (frame >= 0) return frame;
    const made = this.#build.unresolvedFrameAt(low, high, -1, AddressKind.InMemory);
    this.#otherFrames.set(low, high, made);
    return made;
  }
}

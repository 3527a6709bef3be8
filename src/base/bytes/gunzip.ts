/** Opens a gzip container in front of whatever it holds. */
import type {Fault} from '../fault.ts';
import type {ByteStream} from './source.ts';

/** True for the first bytes of a gzip member (RFC 1952: ID1, ID2, CM = deflate). */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * The decompressed bytes. Where the container is cut or damaged the stream ends after the last good bytes and `onFault`
 * hears `gzip/damaged`, fatal: the rest of the file is not to be had.
 *
 * A file may be several members one after another (joined files, bgzip, pigz). Browsers read the first one only and do not say where it
 * ends, so each gets a DecompressionStream of its own: where a header seems to begin, the four bytes before it must be the size of all
 * that came out of the member so far.
 */
export function gunzip(stream: ByteStream, onFault: (fault: Fault) => void): ByteStream {
  let member = new Member();
  /** Read, but not given to the member: what may be the beginning of the next header. */
  let held: Uint8Array = new Uint8Array(0);
  /** Where in `held` to look for the next header. */
  let lookFrom = MEMBER_BYTES;
  let byte = 0;
  let hasInput = true;
  let ended = false;

  /** Gives the member some more, or begins the next one. */
  const step = async () => {
    const piece = hasInput ? await stream.read() : null;
    hasInput = piece !== null;
    held = joined(held, piece);
    let at = hasInput ? headerIn(held, lookFrom) : -1;
    while (at >= 0) {
      await member.feed(held.subarray(0, at));
      const isBorder = await member.endsHere();
      held = held.slice(at);
      if (isBorder) {
        await member.end();
        byte += member.take(ready);
        member = new Member();
      }
      at = headerIn(held, isBorder ? MEMBER_BYTES : 1);
    }
    // The last bytes may be the beginning of a header that the next piece goes on with.
    const keep = hasInput ? headerBytesAtEnd(held) : 0;
    await member.feed(held.subarray(0, held.length - keep));
    held = held.slice(held.length - keep);
    lookFrom = 0;
    if (!hasInput) {
      await member.end();
      ended = true;
    }
  };

  const ready: Uint8Array[] = [];
  return {
    read: async () => {
      for (;;) {
        const next = ready.shift();
        if (next) return next;
        if (ended) return null;
        try {
          await step();
        } catch (error) {
          ended = true;
          byte += member.take(ready);
          onFault({
            severity: 'fatal',
            code: 'gzip/damaged',
            message: `The gzip container breaks off or is damaged after ${byte} decompressed bytes; what came before was read (${error instanceof Error ? error.message : String(error)}).`,
            at: {byte},
          });
          continue;
        }
        byte += member.take(ready);
      }
    },
  };
}

/** The least that a member is: header, an empty block, checksum and size. */
const MEMBER_BYTES = 20;
const HEADER_BYTES = 10;
/** What is given to a member at once: as much as may come out of it waits in memory. */
const FEED_BYTES = 1 << 15;

/** One member of the container, decompressed by the platform, which checks its checksum too. */
class Member {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #pumped: Promise<void>;
  #out: Uint8Array[] = [];
  #outBytes = 0;
  /** The last four bytes that it was given. */
  #last: Uint8Array = new Uint8Array(0);

  constructor() {
    const {readable, writable} = new DecompressionStream('gzip');
    this.#writer = writable.getWriter();
    this.#pumped = this.#pump(readable);
    // Both are awaited when the member ends; until then a failure waits.
    this.#pumped.catch(() => undefined);
    this.#writer.closed.catch(() => undefined);
  }

  async feed(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += FEED_BYTES) await this.#writer.write(bytes.slice(at, at + FEED_BYTES));
    this.#last = joined(this.#last, bytes.subarray(-4)).slice(-4);
  }

  /** Whether the last bytes are the size of what came out so far. */
  async endsHere(): Promise<boolean> {
    await taken();
    return this.#last.length === 4 && new DataView(this.#last.slice().buffer).getUint32(0, true) === this.#outBytes % 2 ** 32;
  }

  /** Rejects when the member is cut or damaged. What came out before is taken by then: a stream that fails forgets what nobody took. */
  async end(): Promise<void> {
    await taken();
    await Promise.all([this.#writer.close(), this.#pumped]);
  }

  /** Moves what came out to `ready`; gives its size. */
  take(ready: Uint8Array[]): number {
    const pieces = this.#out;
    this.#out = [];
    ready.push(...pieces);
    return pieces.reduce((sum, {length}) => sum + length, 0);
  }

  async #pump(readable: ReadableStream<Uint8Array>): Promise<void> {
    const reader = readable.getReader();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) return;
      this.#out.push(value);
      this.#outBytes += value.length;
    }
  }
}

/** What was written has been decompressed; the pump takes it before the next task. */
function taken(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Where a member's header may begin, from `from` on; -1 nowhere. Of 10^7 places that are none one passes. */
function headerIn(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x1f, from); at >= 0 && at + HEADER_BYTES <= bytes.length; at = bytes.indexOf(0x1f, at + 1)) {
    // RFC 1952: three flags are reserved, the compressor says 0, 2 or 4, the system is one of fourteen or not known.
    if (isGzip(bytes.subarray(at)) && (bytes[at + 3] & 0xe0) === 0 && [0, 2, 4].includes(bytes[at + 8]) && (bytes[at + 9] < 14 || bytes[at + 9] === 255)) return at;
  }
  return -1;
}

/** How many of the last bytes may be the beginning of a header that is not all there. */
function headerBytesAtEnd(bytes: Uint8Array): number {
  const at = bytes.indexOf(0x1f, Math.max(0, bytes.length - HEADER_BYTES + 1));
  return at < 0 ? 0 : bytes.length - at;
}

function joined(a: Uint8Array, b: Uint8Array | null): Uint8Array {
  if (!b || b.length === 0) return a;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

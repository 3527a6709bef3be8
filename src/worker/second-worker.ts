/** Reads a part of a file in a worker of its own, for the worker that reads the rest of it. That worker's end is its end. */
import type {FilePart, PartRead, SecondReader, Stretch} from '../formats/format.ts';
import type {FromPartReader, ToParser} from './protocol.ts';

/** How much of what is not read yet is left to the other reader, who has begun already and puts the parts together. */
const OTHER_SHARE = 0.52;
/** What the other one reads at the end of the file. */
const END_BYTES = 1 << 18;

export class SecondWorker implements SecondReader {
  /** Bytes of the part read so far that count. */
  bytes = 0;
  readonly #file: Blob;
  readonly #onBytes: () => void;
  readonly #mayBegin: () => boolean;
  #worker: Worker | null = null;

  /** `mayBegin`: asked until it is so. */
  constructor(file: Blob, onBytes: () => void, mayBegin: () => boolean) {
    this.#file = file;
    this.#onBytes = onBytes;
    this.#mayBegin = mayBegin;
  }

  wants(byte: number): Stretch | null {
    if (!this.#mayBegin()) return null;
    return {start: byte + Math.floor((this.#file.size - byte) * OTHER_SHARE), end: this.#file.size - END_BYTES};
  }

  read(part: FilePart): Promise<PartRead | null> {
    // The same script: a worker that names its own by a path of the source would be built into itself.
    const worker = (this.#worker = new Worker(self.location.href, {type: 'module', name: 'parse'}));
    worker.postMessage({kind: 'part', part, blob: this.#file.slice(part.start, part.end)} satisfies ToParser);
    return new Promise((resolve) => {
      const end = (read: PartRead | null) => {
        if (!read) this.bytes = 0;
        worker.terminate();
        resolve(read);
      };
      worker.addEventListener('message', ({data}: MessageEvent<FromPartReader>) => {
        if (data.kind === 'part') return end(data.read);
        this.bytes = data.bytes;
        this.#onBytes();
      });
      worker.addEventListener('error', () => end(null));
    });
  }

  stop(): void {
    this.#worker?.terminate();
    this.bytes = 0;
  }
}

/** The way to the worker that reads a part of a file, for the worker that reads the rest of it. Both are started and ended by the session worker. */
import type {FilePart, PartRead, SecondReader, Stretch} from '../formats/format.ts';
import type {FromPartReader, ToPartReader} from './protocol.ts';

/** How much of what is not read yet is left to the other reader, who has begun already and puts the parts together. */
const OTHER_SHARE = 0.52;
/** What the other one reads at the end of the file. */
const END_BYTES = 1 << 18;

export interface SecondWorkerHooks {
  /** More bytes of the part were read. */
  onBytes(): void;
  /** Asked until it is so. */
  mayBegin(): boolean;
  /** It has nothing more to do. */
  onEnd(): void;
}

export class SecondWorker implements SecondReader {
  /** Bytes of the part read so far that count. */
  bytes = 0;
  readonly #port: MessagePort;
  readonly #file: Blob;
  readonly #hooks: SecondWorkerHooks;
  #isEnded = false;
  #onRead: (read: PartRead | null) => void = () => {};

  constructor(port: MessagePort, file: Blob, hooks: SecondWorkerHooks) {
    this.#port = port;
    this.#file = file;
    this.#hooks = hooks;
    port.addEventListener('message', ({data}: MessageEvent<FromPartReader>) => this.#heard(data));
    port.start();
  }

  wants(byte: number): Stretch | null {
    if (this.#isEnded || !this.#hooks.mayBegin()) return null;
    return {start: byte + Math.floor((this.#file.size - byte) * OTHER_SHARE), end: this.#file.size - END_BYTES};
  }

  read(part: FilePart): Promise<PartRead | null> {
    if (this.#isEnded) return Promise.resolve(null);
    this.#port.postMessage({part, blob: this.#file.slice(part.start, part.end)} satisfies ToPartReader);
    return new Promise((resolve) => {
      this.#onRead = resolve;
    });
  }

  /** Also where its reader broke. */
  stop(): void {
    this.bytes = 0;
    this.#end(null);
  }

  #heard(message: FromPartReader): void {
    if (this.#isEnded) return;
    if (message.kind === 'part') {
      if (!message.read) this.bytes = 0;
      this.#end(message.read);
      return;
    }
    this.bytes = message.bytes;
    this.#hooks.onBytes();
  }

  #end(read: PartRead | null): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#port.close();
    this.#hooks.onEnd();
    this.#onRead(read);
  }
}

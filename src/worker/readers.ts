/**
 * The workers that read files: as many at a time as leave a core to the page, whose frames would wait for a core behind them otherwise. Reading
 * by turns takes no longer where there are no more cores. Of the files that wait the smallest is next: it is soonest done. One large file alone takes
 * that core, too, for a second worker: then its picture comes sooner.
 */
import {thrown, type FileToOpen, type FromParser, type ToParser} from './protocol.ts';

/** A file that is read, or waits to be. */
export interface Reader {
  /** Stops reading, or waiting; nothing is heard of it from then on. */
  end(): void;
}

/** What is heard of a file. */
export type OfFile = Exclude<FromParser, {readonly kind: 'alone'}>;

/** Hears of a file, and can answer who reads it. */
export type Heard = (message: OfFile, answer: (message: ToParser) => void) => void;

interface Job {
  readonly sizeBytes: number;
  readonly heard: Heard;
  readonly file: FileToOpen;
}

/** Who reads a file. */
interface Running {
  readonly worker: Worker;
  /** Reads a part of it. */
  second: Worker | null;
}

/** After the last file was read another worker stands by. */
const STAND_BY_MS = 1500;
/** A smaller file is read before a second worker is of use. */
const SPLIT_FROM_BYTES = 32 << 20;
/** Where the page and the browser share the cores with both: then the picture of a smaller file comes later, not sooner. */
const SPLIT_ON_FEW_CORES_FROM_BYTES = 256 << 20;
const FEW_CORES = 2;

export class Readers {
  readonly #cores: number;
  readonly #atOnce: number;
  readonly #running = new Map<Job, Running>();
  readonly #waiting: Job[] = [];
  /** Waits for the next file: a worker takes longer to start than a small file to read. */
  #spare: Worker | null = newWorker();

  /** `cores`: of the machine. */
  constructor(cores: number) {
    this.#cores = cores;
    this.#atOnce = Math.max(1, cores - 1);
  }

  /**
   * Reads a file by a worker of its own, and by a second one where there is a core for it. `heard` hears of the file until the message that is the
   * last, which ends the worker.
   */
  read(file: FileToOpen, heard: Heard): Reader {
    const job: Job = {sizeBytes: 'blob' in file ? file.blob.size : Infinity, heard, file};
    this.#waiting.push(job);
    this.#next();
    return {end: () => this.#end(job)};
  }

  #next(): void {
    while (this.#waiting.length > 0 && this.#running.size < this.#atOnce) {
      const job = this.#waiting.reduce((smallest, other) => (other.sizeBytes < smallest.sizeBytes ? other : smallest));
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      this.#start(job);
    }
    if (this.#waiting.length > 0) this.#spare ??= newWorker();
    else if (this.#running.size === 0) this.#standByLater();
  }

  /** What was read is on its way to the screen, and needs the cores. */
  #standByLater(): void {
    setTimeout(() => {
      if (this.#running.size === 0) this.#spare ??= newWorker();
    }, STAND_BY_MS);
  }

  #start(job: Job): void {
    const worker = this.#spare ?? newWorker();
    this.#spare = null;
    const running: Running = {worker, second: null};
    this.#running.set(job, running);
    const heard = (message: FromParser) => {
      // A message may be on its way when its worker is ended.
      if (this.#running.get(job) !== running) return;
      if (message.kind === 'alone') {
        endSecond(running);
        return;
      }
      if (isLast(message)) this.#end(job);
      job.heard(message, (answer) => worker.postMessage(answer));
    };
    worker.addEventListener('message', ({data}: MessageEvent<FromParser>) => heard(data));
    worker.addEventListener('error', (event) => heard({kind: 'failed', fault: thrown('internal/parse', event.message)}));
    const splitFromBytes = this.#cores > FEW_CORES ? SPLIT_FROM_BYTES : SPLIT_ON_FEW_CORES_FROM_BYTES;
    const second = this.#isAlone && 'blob' in job.file && job.sizeBytes >= splitFromBytes ? startSecond(running) : null;
    worker.postMessage({kind: 'parse', file: job.file, second} satisfies ToParser, second ? [second] : []);
  }

  /** One file is read, none waits, and there is a core that nobody reads with. */
  get #isAlone(): boolean {
    return this.#cores > 1 && this.#running.size === 1 && this.#waiting.length === 0;
  }

  #end(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    const running = this.#running.get(job);
    if (running) {
      running.worker.terminate();
      endSecond(running);
    }
    this.#running.delete(job);
    this.#next();
  }
}

/**
 * Starts a second worker for a file, and gives the way to it. Not the worker that reads the file starts it: what it needs to start would wait
 * until that has read its own part.
 */
function startSecond(running: Running): MessagePort {
  const {port1, port2} = new MessageChannel();
  const second = (running.second = newWorker());
  second.addEventListener('error', () => {
    endSecond(running);
    running.worker.postMessage({kind: 'second-broke'} satisfies ToParser);
  });
  second.postMessage({kind: 'second', port: port1} satisfies ToParser, [port1]);
  return port2;
}

function endSecond(running: Running): void {
  running.second?.terminate();
  running.second = null;
}

/** Whether nothing more is heard of the file. */
export function isLast({kind}: OfFile): boolean {
  return kind !== 'progress' && kind !== 'partial' && kind !== 'wants-binaries';
}

function newWorker(): Worker {
  return new Worker(new URL('./parse.ts', import.meta.url), {type: 'module', name: 'parse'});
}

/**
 * The workers that read files: as many at a time as leave a core to the page, whose frames would wait for a core behind them otherwise. Reading
 * by turns takes no longer where there are no more cores. Of the files that wait the smallest is next: it is soonest done. One file alone may take
 * that core, too, for a second worker: then its pictures come sooner.
 */
import {thrown, type FileToOpen, type FromParser, type ToParser} from './protocol.ts';

/** A file that is read, or waits to be. */
export interface Reader {
  /** Stops reading, or waiting; nothing is heard of it from then on. */
  end(): void;
}

/** Hears of a file, and can answer who reads it. */
export type Heard = (message: FromParser, answer: (message: ToParser) => void) => void;

interface Job {
  readonly sizeBytes: number;
  readonly heard: Heard;
  readonly file: FileToOpen;
}

export class Readers {
  readonly #cores: number;
  readonly #atOnce: number;
  readonly #running = new Map<Job, Worker>();
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
    if (this.#waiting.length > 0 || this.#running.size === 0) this.#spare ??= newWorker();
  }

  #start(job: Job): void {
    const worker = this.#spare ?? newWorker();
    this.#spare = null;
    this.#running.set(job, worker);
    const heard = (message: FromParser) => {
      // A message may be on its way when its worker is ended.
      if (this.#running.get(job) !== worker) return;
      if (isLast(message)) this.#end(job);
      job.heard(message, (answer) => worker.postMessage(answer));
    };
    worker.addEventListener('message', ({data}: MessageEvent<FromParser>) => heard(data));
    worker.addEventListener('error', (event) => heard({kind: 'failed', fault: thrown('internal/parse', event.message)}));
    const maySplit = this.#cores > 1 && this.#running.size === 1 && this.#waiting.length === 0;
    worker.postMessage({kind: 'parse', file: job.file, maySplit} satisfies ToParser);
  }

  #end(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#running.get(job)?.terminate();
    this.#running.delete(job);
    this.#next();
  }
}

/** Whether nothing more is heard of the file. */
export function isLast({kind}: FromParser): boolean {
  return kind !== 'progress' && kind !== 'partial' && kind !== 'wants-binaries';
}

function newWorker(): Worker {
  return new Worker(new URL('./parse.ts', import.meta.url), {type: 'module', name: 'parse'});
}

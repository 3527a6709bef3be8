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

interface Job {
  readonly sizeBytes: number;
  readonly message: (maySplit: boolean) => ToParser;
  readonly heard: (message: FromParser) => void;
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
   * Reads a file by a worker of its own. `message`: asked for when its turn comes, so that it holds the binaries that are open by then; `maySplit`:
   * there is a core for a second worker on the file. `heard` hears of the file until the message that is the last, which ends the worker.
   */
  read(file: FileToOpen, message: (maySplit: boolean) => ToParser, heard: (message: FromParser) => void): Reader {
    const job: Job = {sizeBytes: 'blob' in file ? file.blob.size : Infinity, message, heard};
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
      if (message.kind !== 'progress' && message.kind !== 'partial') this.#end(job);
      job.heard(message);
    };
    worker.addEventListener('message', ({data}: MessageEvent<FromParser>) => heard(data));
    worker.addEventListener('error', (event) => heard({kind: 'failed', fault: thrown('internal/parse', event.message)}));
    worker.postMessage(job.message(this.#cores > 1 && this.#running.size === 1 && this.#waiting.length === 0));
  }

  #end(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#running.get(job)?.terminate();
    this.#running.delete(job);
    this.#next();
  }
}

function newWorker(): Worker {
  return new Worker(new URL('./parse.ts', import.meta.url), {type: 'module', name: 'parse'});
}

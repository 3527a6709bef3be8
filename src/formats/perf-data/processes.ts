/**
 * Who is who as the recording goes on: names of threads, births and ends, and what is mapped in each process. A process takes over name and
 * mappings of the one it was forked from.
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {AddressFrames} from './address-frames.ts';
import {AddressSpace} from './address-space.ts';

/**
 * One thread. `row` of the Trace's threads is -1 until something happens in the thread: perf also tells the names of all that merely ran.
 * `comm`: row of strings.
 */
export interface RecordedThread {
  readonly pid: number;
  readonly tid: number;
  readonly process: RecordedProcess;
  row: number;
  comm: number;
  hasComm: boolean;
}

/** One process: what is mapped, and which frames addresses of it were found to be. */
export interface RecordedProcess {
  readonly pid: number;
  readonly space: AddressSpace;
  readonly frames: AddressFrames;
}

export class Processes {
  readonly #build: TraceBuilder;
  readonly #threads = new Map<number, RecordedThread>();
  readonly #processes = new Map<number, RecordedProcess>();

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  /** A thread; one that nothing was said of is called `:TID`, and the idle one `swapper`, as perf does. */
  thread(pid: number, tid: number): RecordedThread {
    const known = this.#threads.get(tid);
    if (known?.pid === pid) return known;
    const isIdle = pid === 0 && tid === 0;
    const comm = this.#build.string(isIdle ? 'swapper' : `:${tid}`);
    const thread: RecordedThread = {pid, tid, process: this.process(pid), row: -1, comm, hasComm: isIdle};
    this.#threads.set(tid, thread);
    return thread;
  }

  /** Row of the Trace's threads; made when it is asked for first. */
  row(thread: RecordedThread): number {
    if (thread.row < 0) thread.row = this.#build.thread(thread.pid, thread.tid, thread.comm);
    return thread.row;
  }

  process(pid: number): RecordedProcess {
    let process = this.#processes.get(pid);
    if (!process) this.#processes.set(pid, (process = {pid, space: new AddressSpace(), frames: new AddressFrames()}));
    return process;
  }

  /**
   * A thread got a name. Where that came with another program (an exec), mappings stay until others take their place: the kernel says the name
   * before it leaves the old program's registers behind, and samples in between stand where these say. So does perf.
   */
  named(pid: number, tid: number, name: string): void {
    this.#name(this.thread(pid, tid), this.#build.string(name));
  }

  /**
   * A thread or process was born, at NaN: before the recording. `inherits`: not so where perf made up the record, for it then tells the
   * mappings too.
   */
  forked(pid: number, parentPid: number, tid: number, parentTid: number, timeNs: number, inherits: boolean): void {
    this.#threads.delete(tid);
    const thread = this.thread(pid, tid);
    const parent = this.#threads.get(parentTid);
    if (parent?.hasComm === true && parent.pid === parentPid) this.#name(thread, parent.comm);
    if (!Number.isNaN(timeNs)) this.#build.threadLife(this.row(thread), timeNs, Number.NaN);
    if (pid !== parentPid && inherits) thread.process.space.copyFrom(this.process(parentPid).space);
  }

  exited(pid: number, tid: number, timeNs: number): void {
    if (!Number.isNaN(timeNs)) this.#build.threadLife(this.row(this.thread(pid, tid)), Number.NaN, timeNs);
  }

  #name(thread: RecordedThread, comm: number): void {
    thread.comm = comm;
    thread.hasComm = true;
    if (thread.row >= 0) this.#build.thread(thread.pid, thread.tid, comm);
  }
}

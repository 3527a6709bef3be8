/**
 * Records that are no samples (`--show-mmap-events`, `--show-task-events`, `--show-switch-events`, …), used where they mean something:
 *
 *   COMM       names of threads from then on          MMAP, MMAP2   which file lay where, and its build id
 *   FORK, EXIT births and ends of threads             SWITCH        when threads got a CPU and lost it
 *   LOST       how many samples perf lost             others        counted by name
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {SwitchKind} from '../../model/tables.ts';

/** What stands in front of the record's name, as far as it is printed. */
export interface RecordStart {
  /** NaN: no time, or that of a record that perf made up itself. */
  readonly timeNs: number;
  readonly pid: number;
  readonly tid: number;
  readonly cpu: number;
  /** Row of strings; -1 not known. */
  readonly comm: number;
}

const NAME = /(?:^|\s)(PERF_RECORD_[A-Z0-9_]+)/;
const MAPPING = /^ (-?\d+)\/-?\d+: \[(0x[0-9a-f]+|0)\((0x[0-9a-f]+|0)\) @ (0x[0-9a-f]+|0)(?: <([0-9a-f]+)>)?[^\]]*\]: \S+ (.*)$/;
const COMM = /^(?: exec)?: (.*):(-?\d+)\/(-?\d+)\s*$/;
const TASK = /^\((-?\d+):(-?\d+)\):\((-?\d+):(-?\d+)\)/;
const SWITCH = /^ (IN|OUT preempt|OUT)\b/;
const LOST = /^ lost (\d+)/;
const SWITCHES: Readonly<Record<string, SwitchKind>> = {IN: SwitchKind.In, OUT: SwitchKind.Out, 'OUT preempt': SwitchKind.Preempted};

/** What records told of threads, at the end of a part of the file. */
export interface KnownThreads {
  /** By tid; `name` as in a part: see `nameBefore`. */
  readonly threads: ReadonlyMap<number, {readonly pid: number; readonly name: number}>;
  readonly told: boolean;
  readonly asked: boolean;
}

/** In place of a row of strings: the name that a thread had before the part. */
const nameBefore = (tid: number) => -2 - tid;
const threadOf = (name: number) => -2 - name;

export class OtherRecords {
  readonly #build: TraceBuilder;
  /** What the records say of a thread: its process and its name. */
  readonly #threads = new Map<number, {pid: number; name: number}>();
  /** Of what came before this part of the file nothing is known. */
  readonly #isPart: boolean;
  /** Records told something of threads. */
  #told = false;
  /** It mattered what records tell of threads, or that they tell nothing. */
  #asked = false;

  constructor(build: TraceBuilder, isPart = false) {
    this.#build = build;
    this.#isPart = isPart;
  }

  /** Whether samples hang on what records before them told: then no part of the text can be read without what is before it. */
  get matters(): boolean {
    return this.#told && this.#asked;
  }

  /** The process of a thread, where a record told it; else -1. */
  processOf(tid: number): number {
    this.#asked = true;
    return this.#threads.get(tid)?.pid ?? -1;
  }

  /** The name that a thread has now (row of strings), where a record told it; else -1. */
  nameOf(tid: number): number {
    this.#asked = true;
    const name = this.#name(tid);
    return name < -1 ? -1 : name;
  }

  /** A thread without a process was seen: a record may tell which it is. */
  processless(): void {
    this.#asked = true;
  }

  /** What is known at the end of a part. */
  get known(): KnownThreads {
    return {threads: this.#threads, told: this.#told, asked: this.#asked};
  }

  /** Whether a part may follow of which that is known, as if it had been read behind what is known here. */
  mayFollow({told, asked}: KnownThreads): boolean {
    return !((this.#told || told) && (this.#asked || asked));
  }

  /** Goes on behind such a part. `string`: what its rows of strings are now. */
  follow({threads, told, asked}: KnownThreads, string: (row: number) => number): void {
    const names = [...threads.values()].map(({name}) => (name < -1 ? this.#name(threadOf(name)) : string(name)));
    [...threads].forEach(([tid, {pid}], i) => this.#threads.set(tid, {pid, name: names[i]}));
    this.#told ||= told;
    this.#asked ||= asked;
  }

  /** Row of strings, -1 none; in a part of a file a thread that was not told of has the name that it had before that. */
  #name(tid: number): number {
    return this.#threads.get(tid)?.name ?? (this.#isPart ? nameBefore(tid) : -1);
  }

  /** Forgets what was told of threads: another capture begins. */
  forget(): void {
    this.#threads.clear();
  }

  /** Reads a line that may be such a record; gives its name, or null when it is none. */
  read(line: string, start: RecordStart, at: {byte: number; line: number}): string | null {
    const found = NAME.exec(line);
    if (!found) return null;
    const name = found[1];
    const rest = line.slice(found.index + found[0].length);
    if (!this.#kept(name.slice('PERF_RECORD_'.length), rest, start)) this.#build.notKept(name);
    const lost = name.startsWith('PERF_RECORD_LOST') ? LOST.exec(rest) : null;
    if (lost) this.#lost(Number(lost[1]), start.timeNs, line, at);
    return name;
  }

  /** Puts what the record says into the tables; false when they have no place for it. */
  #kept(kind: string, rest: string, start: RecordStart): boolean {
    if (kind === 'MMAP' || kind === 'MMAP2') return this.#mapping(MAPPING.exec(rest));
    if (kind === 'COMM') return this.#comm(COMM.exec(rest));
    if (kind === 'FORK' || kind === 'EXIT') return this.#task(TASK.exec(rest), kind, start.timeNs);
    if (kind === 'SWITCH' || kind === 'SWITCH_CPU_WIDE') return this.#switch(SWITCH.exec(rest), start);
    // `-D` prints each sample as a record and then as text.
    return kind === 'SAMPLE' || kind.startsWith('LOST');
  }

  #comm(parts: RegExpExecArray | null): boolean {
    if (!parts) return false;
    const [pid, tid] = [Number(parts[2]), Number(parts[3])];
    const name = this.#build.string(parts[1]);
    this.#tell(pid, tid, name);
    this.#build.thread(pid, tid, name);
    return true;
  }

  #task(parts: RegExpExecArray | null, kind: 'FORK' | 'EXIT', timeNs: number): boolean {
    if (!parts) return false;
    const [pid, tid, , parentTid] = parts.slice(1).map(Number);
    // A new thread has the name of the one that made it, until it is given its own.
    this.#tell(pid, tid, this.#name(kind === 'FORK' ? parentTid : tid));
    const row = this.#build.thread(pid, tid);
    if (!Number.isNaN(timeNs)) this.#build.saw(timeNs);
    if (kind === 'FORK') this.#build.threadLife(row, timeNs, Number.NaN);
    else this.#build.threadLife(row, Number.NaN, timeNs);
    return true;
  }

  #tell(pid: number, tid: number, name: number): void {
    this.#told = true;
    if (pid < 0) this.#asked = true;
    if (!this.#threads.has(tid)) {
      // Until now it may have been seen by its own number alone.
      const row = this.#build.threadRow(-1, tid);
      if (row >= 0) this.#build.renumberThread(row, pid, tid);
    }
    this.#threads.set(tid, {pid, name});
  }

  #switch(parts: RegExpExecArray | null, {timeNs, pid, tid, cpu, comm}: RecordStart): boolean {
    if (!parts || Number.isNaN(timeNs)) return false;
    const {switches} = this.#build;
    const row = switches.add();
    switches.rows.timeNs[row] = timeNs;
    switches.rows.thread[row] = tid < 0 && pid < 0 ? -1 : this.#build.thread(pid, tid, comm);
    switches.rows.cpu[row] = cpu;
    switches.rows.kind[row] = SWITCHES[parts[1]];
    this.#build.saw(timeNs);
    return true;
  }

  #lost(count: number, timeNs: number, line: string, at: {byte: number; line: number}): void {
    const {faults, losses} = this.#build;
    faults.report('odd', 'perf-script/lost', () => ({
      message: `perf lost ${count} samples here: the kernel wrote faster than perf could read. Shares of samples are of those that were kept.`,
      at,
      excerpt: line.trim(),
    }));
    if (Number.isNaN(timeNs)) return;
    const row = losses.add();
    losses.rows.timeNs[row] = timeNs;
    losses.rows.count[row] = count;
    losses.rows.event[row] = -1;
    this.#build.saw(timeNs);
  }

  #mapping(parts: RegExpExecArray | null): boolean {
    if (!parts) return false;
    const [, pid, start, size, offset, buildId, file] = parts;
    const {mappings} = this.#build;
    const dso = this.#build.string(file.trim());
    const row = mappings.add();
    mappings.rows.process[row] = this.#build.process(Number(pid));
    mappings.rows.startAddress[row] = BigInt(start);
    mappings.rows.sizeBytes[row] = BigInt(size);
    mappings.rows.fileOffset[row] = BigInt(offset);
    mappings.rows.dso[row] = dso;
    if (buildId !== undefined) this.#build.buildId(dso, this.#build.string(buildId));
    return true;
  }
}

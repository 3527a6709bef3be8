/**
 * Which fields the text has, and what follows for the whole of it: numbers that are no threads, times that are of no clock, and, as
 * faults with the command that would help, what was not printed.
 */
import type {Fault} from '../../base/fault.ts';
import {movedDown, type AppendedRows} from '../../model/append.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import type {HeaderLine} from './header-line.ts';

/** Where something stood and what it was, for a fault. */
export type Shown = Required<Pick<Fault, 'at' | 'excerpt'>>;

/** What one event's samples have. */
interface OfEvent {
  samples: number;
  withRegisters: number;
  hasStack: boolean;
  readonly first: Shown;
}

/** What a part of a text leaves to whoever reads on behind it; rows are those of the part. */
export interface LeftByPrinted {
  readonly eventless: boolean;
  readonly ofEvent: ReadonlyMap<number, OfEvent>;
  readonly first: Shown | null;
  readonly hasIdPairs: boolean;
  readonly oneId: number | null;
  readonly comms: ReadonlySet<number>;
  readonly fromZero: boolean;
  readonly timed: number;
}

const NOWHERE: Shown = {at: {byte: 0}, excerpt: ''};
/** Names that perf itself has before it becomes the program. */
/** More comms do not tell more. */
const MAX_COMMS = 100;
const BEFORE_EXEC = new Set(['perf-exec', 'perf']);

export class Printed {
  eventless = false;
  readonly #build: TraceBuilder;
  readonly #ofEvent = new Map<number, OfEvent>();
  #first: Shown | null = null;
  /** What the sample before had: mostly the same. */
  #event = -1;
  #ofLast: OfEvent = {samples: 0, withRegisters: 0, hasStack: false, first: NOWHERE};
  #comm = -1;
  #hasIdPairs = false;
  /** The one number that all lone ids are; NaN: several; null: there was none. */
  #oneId: number | null = null;
  readonly #comms = new Set<number>();
  /** The first time of a sample is 0, so times are counted from there. */
  #fromZero = false;
  #timed = 0;
  #latestNs = Number.NEGATIVE_INFINITY;
  /** Samples that are not later than all before them. */
  #notLater = 0;

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  /** Notes a sample's header; null: it has none. */
  sample(header: HeaderLine | null, row: number, shown: () => Shown): void {
    this.#first ??= shown();
    const {event, comm, timeNs} = this.#build.samples.rows;
    if (event[row] !== this.#event) {
      this.#event = event[row];
      this.#ofLast = this.#ofEvent.get(this.#event) ?? {samples: 0, withRegisters: 0, hasStack: false, first: shown()};
      this.#ofEvent.set(this.#event, this.#ofLast);
    }
    this.#ofLast.samples++;
    if (!header || header.eventEnd === header.eventStart) {
      this.eventless = true;
      this.#missing('perf-script/no-event', 'The event is not printed (-F +event prints it), so samples of different events cannot be told apart.', shown);
    }
    if (!header?.timed) this.#missing('perf-script/no-time', 'The time is not printed (-F +time prints it), so this sample stands in no time line.', shown);
    if (!header?.hasIds) this.#missing('perf-script/no-thread', 'The thread is not printed (-F +pid,+tid,+ip,+sym,+dso,+symoff prints it), so this sample belongs to none.', shown);
    if (!header) return;
    if (header.loneId) this.#oneId = this.#oneId === null || this.#oneId === header.tid ? header.tid : Number.NaN;
    else this.#hasIdPairs = true;
    if (comm[row] !== this.#comm && this.#comms.size < MAX_COMMS && header.commEnd > header.commStart) this.#comms.add((this.#comm = comm[row]));
    if (!header.timed) return;
    if (this.#timed++ === 0) this.#fromZero = header.seconds === 0 && header.nanoseconds === 0;
    this.#at(timeNs[row]);
  }

  #at(timeNs: number): void {
    if (timeNs <= this.#latestNs) this.#notLater++;
    else this.#latestNs = timeNs;
  }

  get left(): LeftByPrinted {
    const {eventless} = this;
    return {
      eventless, ofEvent: this.#ofEvent, first: this.#first, hasIdPairs: this.#hasIdPairs, oneId: this.#oneId, comms: this.#comms, fromZero: this.#fromZero,
      timed: this.#timed,
    };
  }

  /** Goes on behind a part of the text, which was put behind what is here; `linesBefore` it. */
  follow(left: LeftByPrinted, {string, events, firstSample}: AppendedRows, linesBefore: number): void {
    this.eventless ||= left.eventless;
    this.#first ??= left.first && movedDown(left.first, linesBefore);
    for (const [row, of] of left.ofEvent) {
      const known = this.#ofEvent.get(events[row]);
      if (known) {
        known.samples += of.samples;
        known.withRegisters += of.withRegisters;
        known.hasStack ||= of.hasStack;
      } else this.#ofEvent.set(events[row], {...of, first: movedDown(of.first, linesBefore)});
    }
    this.#event = this.#comm = -1;
    this.#hasIdPairs ||= left.hasIdPairs;
    if (left.oneId !== null) this.#oneId = this.#oneId === null || this.#oneId === left.oneId ? left.oneId : Number.NaN;
    for (const comm of left.comms) if (this.#comms.size < MAX_COMMS) this.#comms.add(string(comm));
    if (this.#timed === 0) this.#fromZero = left.fromZero;
    this.#timed += left.timed;
    const {timeNs} = this.#build.samples.rows;
    for (let row = firstSample; row < this.#build.samples.length; row++) this.#at(timeNs[row]);
  }

  #missing(code: string, message: string, shown: () => Shown): void {
    this.#build.faults.report('odd', code, () => ({message, ...shown()}));
  }

  /** Notes that a sample has registers. */
  registers(row: number): void {
    this.#ofEvent.get(this.#build.samples.rows.event[row])!.withRegisters++;
  }

  /** Notes that the sample last noted has a stack. */
  stack(): void {
    this.#ofLast.hasStack = true;
  }

  /** Says of the whole text what only all of it tells. `isChained`: samples of an event end in an empty line, as they do where stacks are printed. */
  finish(isChained: (event: number) => boolean): void {
    if (this.#build.samples.length === 0) return;
    if (this.#timed === 0 && !this.#build.hasTimes) this.#build.clock = {known: 'none', name: null};
    this.#idsOfProcess();
    this.#relativeTimes();
    this.#registersMissing();
    this.#stacksMissing(isChained);
    this.#dsosMissing();
  }

  /** One number for all threads, whatever their comms, is that of the process. */
  #idsOfProcess(): void {
    const build = this.#build;
    const names = [...this.#comms].filter((comm) => !BEFORE_EXEC.has(build.textOf(comm)));
    const pid = this.#oneId;
    if (this.#hasIdPairs || pid === null || !(pid >= 0) || names.length < 2) return;
    const lone = build.threadRow(-1, pid);
    // A record may have told that it is a thread of another process.
    if (lone < 0 && build.threadRow(pid, pid) < 0) return;
    if (lone >= 0) {
      build.renumberThread(lone, pid, -1);
      build.namelessThread(lone);
    } else {
      const row = build.thread(pid, -1);
      build.samples.rows.thread.fill(row, 0, build.samples.length);
    }
    build.faults.report('odd', 'perf-script/pid-only', () => ({
      message: `Every sample has the number ${pid}, but their comms differ: it is the process' and the threads are not printed. -F +pid,+tid,+ip,+sym,+dso,+symoff prints both.`,
      ...this.#first!,
    }));
  }

  #relativeTimes(): void {
    if (!this.#fromZero) return;
    const build = this.#build;
    const areSteps = this.#timed > 2 && this.#notLater * 2 >= this.#timed - 1;
    if (areSteps) build.forgetTimes();
    else build.clock = {known: 'not-stated', name: null};
    build.faults.report('odd', 'perf-script/relative-times', () => ({
      message: areSteps
        ? 'The times are those since the sample before (--deltatime), which is no time line; they are left out. Print them without --deltatime.'
        : 'The times are counted from the first sample (--reltime), so this text cannot be put beside a trace by its clock. Print them without --reltime.',
      ...this.#first!,
    }));
  }

  #registersMissing(): void {
    if (this.#build.registers.length === 0) return;
    for (const [event, {samples, withRegisters, first}] of this.#ofEvent) {
      if (withRegisters === samples) continue;
      this.#build.faults.report('odd', 'perf-script/registers', () => ({
        message: `${samples - withRegisters} of ${samples} samples of ${this.#eventName(event)} have no registers of the user, which others here have. Record every event with --user-regs=sp,ip,bp,r14 and print them with -F +uregs; kernel threads have none.`,
        ...first,
      }));
    }
  }

  /** `-F +pid` silently leaves out the stacks of tracepoints and probes. */
  #stacksMissing(isChained: (event: number) => boolean): void {
    const noneHas = ![...this.#ofEvent.values()].some(({hasStack}) => hasStack);
    const without = [...this.#ofEvent]
      .filter(([event, {hasStack}]) => !hasStack && !isChained(event) && (noneHas || (this.#hasIdPairs && this.#eventName(event).includes(':'))));
    if (without.length === 0) return;
    this.#build.faults.report('odd', 'perf-script/no-stacks', () => ({
      message: `No sample of ${without.map(([event]) => this.#eventName(event)).join(', ')} has a stack. Where it was recorded with -g, \`perf script -F +pid,+ip,+sym,+dso,+symoff\` prints it; -F +pid alone leaves out those of tracepoints and probes.`,
      ...without[0][1].first,
    }));
  }

  #dsosMissing(): void {
    if (!this.#build.lacksDsos()) return;
    this.#build.faults.report('odd', 'perf-script/no-dso', () => ({
      message: 'No frame names its file (-F +dso prints it): code of the kernel, of libraries and of the program cannot be told apart by it, and no symbols can be found for addresses.',
      ...this.#first!,
    }));
  }

  #eventName(event: number): string {
    return this.#build.textOf(this.#build.eventName(event)) || 'the event';
  }
}

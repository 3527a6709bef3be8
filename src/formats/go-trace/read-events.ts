/**
 * The whole way from bytes to ordered events: batches -> generations -> a cursor a thread -> the scheduler's order -> the listener.
 *
 * Two manners. Strict stops at the first thing that is not as it should be, where Go's own reader stops. Lenient tells it, keeps
 * everything around it and goes on; it also keeps a generation that is cut off, whose strings and stacks are missing.
 */
import type {ByteStream} from '../../base/bytes/source.ts';
import {BatchReader} from './batches.ts';
import {Cursor} from './cursor.ts';
import {Ev, timedEvents} from './event-types.ts';
import {Frontier} from './frontier.ts';
import type {Generation} from './generation.ts';
import {GenerationReader} from './generation-reader.ts';
import {Ordering} from './order.ts';
import {OrderedEvent, SYNC} from './ordered-event.ts';
import {problemOf, type EventProblem} from './problem.ts';
import {makeFit} from './resync.ts';
import {Advance} from './turn.ts';

export interface EventListener {
  /** The file's header was read; all times are nanoseconds since `originNs`, which is known with the first generation. */
  start(version: number, originNs: number): void;
  /** A generation begins; its tables are complete (or as complete as the file is). */
  generation(generation: Generation): void;
  event(event: OrderedEvent): void;
  problem(problem: EventProblem): void;
  /** Awaited every few thousand events, and after every generation. */
  breathe(): Promise<void>;
}

const EVENTS_PER_BREATH = 1 << 14;

/** Reads all events of `input`. In strict manner gives the problem that stopped it. */
export async function readEvents(input: ByteStream, strict: boolean, listener: EventListener): Promise<EventProblem | null> {
  const batches = new BatchReader(input, !strict);
  const version = await batches.header();
  if (version === null) {
    const problem: EventProblem = {code: 'go-trace/header', severity: 'fatal', message: 'Expected the header “go 1.NN trace”', byte: 0};
    listener.problem(problem);
    return problem;
  }
  return new EventReader(batches, version, strict, listener).run();
}

/** Thrown to leave the loops in strict manner. */
class Stop extends Error {
  readonly problem: EventProblem;
  constructor(problem: EventProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

class EventReader {
  readonly #generations: GenerationReader;
  readonly #version: number;
  readonly #strict: boolean;
  readonly #listener: EventListener;
  readonly #order = new Ordering();
  readonly #frontier = new Frontier();
  readonly #own = new OrderedEvent();
  #originNs = Number.NaN;
  #lastNs = 0;
  #syncs = 0;
  #sinceBreath = 0;
  #generation: Generation | null = null;

  constructor(batches: BatchReader, version: number, strict: boolean, listener: EventListener) {
    this.#generations = new GenerationReader(batches, version, strict, (problem) => listener.problem(problem));
    this.#version = version;
    this.#strict = strict;
    this.#listener = listener;
  }

  async run(): Promise<EventProblem | null> {
    try {
      await this.#allGenerations();
      return null;
    } catch (error) {
      if (error instanceof Stop) return error.problem;
      throw error;
    }
  }

  async #allGenerations(): Promise<void> {
    for (;;) {
      const {generation, problem} = await this.#generations.next();
      const usable = generation && (!this.#strict || this.#soundAsGoSees(generation, problem));
      if (usable) await this.#events(generation);
      const stopsBy = problem ?? (usable || !generation ? null : problemOf(generation.problems[0]));
      if (this.#strict && stopsBy) {
        this.#sync(null);
        throw new Stop(stopsBy);
      }
      if (problem) this.#listener.problem(problem);
      if (!generation || problem?.severity === 'fatal') break;
    }
    if (!this.#generation) this.#empty();
    this.#sync(null);
  }

  /** A file without a generation. A program that dies leaves one behind: nothing is written before the first generation ends. */
  #empty(): void {
    this.#listener.start(this.#version, (this.#originNs = 0));
    const problem: EventProblem = {
      code: 'go-trace/empty',
      severity: 'odd',
      message: 'The trace holds no events. A program that crashes or exits without trace.Stop leaves such a file behind',
      byte: this.#generations.byte,
    };
    this.#listener.problem(problem);
    if (!this.#strict || this.#version >= 26) return;
    this.#sync(null);
    throw new Stop(problem);
  }

  /** Go 1.26 and later read a generation whole or not at all; before, one that ends early is taken for the last. */
  #soundAsGoSees(generation: Generation, problem: EventProblem | null): boolean {
    if (generation.problems.length > 0 || problem?.code === 'go-trace/generation') return false;
    return this.#version < 26 || !problem;
  }

  async #events(generation: Generation): Promise<void> {
    this.#generation = generation;
    const {nsPerTick} = generation;
    if (Number.isNaN(this.#originNs)) {
      this.#originNs = Math.trunc(generation.minTicks * nsPerTick);
      this.#lastNs = -this.#originNs;
      this.#listener.start(this.#version, this.#originNs);
    }
    for (const problem of generation.problems) this.#listener.problem(problemOf(problem));
    const {heap} = this.#frontier;
    for (const [m, batches] of generation.batches) {
      const cursor = new Cursor(m, batches, nsPerTick, this.#originNs);
      if (cursor.next(this.#decodeProblem)) this.#frontier.insert(cursor);
    }
    const samples = generation.cpuSamples
      .map((sample) => ({...sample, timeNs: Math.trunc(sample.ticks * nsPerTick) - this.#originNs}))
      .sort((a, b) => a.timeNs - b.timeNs);
    this.#listener.generation(generation);
    this.#sync(generation);
    let nextSample = 0;
    while (heap.length > 0 || nextSample < samples.length) {
      if (++this.#sinceBreath > EVENTS_PER_BREATH) {
        this.#sinceBreath = 0;
        await this.#listener.breathe();
      }
      const sample = samples[nextSample];
      if (sample && (heap.length === 0 || sample.timeNs < heap[0].timeNs)) {
        this.#cpuSample(sample, generation);
        nextSample++;
      } else if (!this.#take(0)) this.#takeAnother();
    }
    // What there is can be shown while the next generation is on its way.
    await this.#listener.breathe();
  }

  /** The earliest event has to wait: takes the first of the others that can go on, in order of time. */
  #takeAnother(): void {
    this.#frontier.sort();
    for (let i = 1; i < this.#frontier.heap.length; i++) if (this.#take(i)) return;
    const cursor = this.#frontier.heap[0];
    const message = `No thread can go on: ${timedEvents[cursor.type]?.name} of thread ${cursor.m} waits for an event that is not there`;
    this.#force({code: 'go-trace/stuck', severity: 'skipped', message, byte: cursor.byte});
  }

  /** Takes the next event of the cursor at `i`; false when it has to wait. */
  #take(i: number): boolean {
    const cursor = this.#frontier.heap[i];
    const advanced = this.#order.advance(cursor, this.#generation!);
    if (advanced === Advance.Wait) return false;
    if (advanced === Advance.Done) this.#taken(i);
    else this.#force({code: 'go-trace/order', severity: 'skipped', message: `An event that does not fit: ${this.#order.problem}`, byte: cursor.byte}, i);
    return true;
  }

  /** Makes the emulation fit the event at `i`, or leaves the event out. */
  #force(problem: EventProblem, i = 0): void {
    this.#listener.problem(problem);
    if (this.#strict) throw new Stop(problem);
    const cursor = this.#frontier.heap[i];
    this.#order.queue.clear();
    makeFit(this.#order.state, cursor, this.#generation!);
    if (this.#order.advance(cursor, this.#generation!) !== Advance.Done) this.#order.queue.clear();
    this.#taken(i);
  }

  #taken(i: number): void {
    const {queue} = this.#order;
    const cursor = this.#frontier.heap[i];
    if (cursor.next(this.#decodeProblem)) this.#frontier.update(i);
    else this.#frontier.remove(i);
    for (let n = 0; n < queue.length; n++) this.#give(queue.at(n));
    queue.clear();
  }

  readonly #decodeProblem = ({message, byte}: {message: string; byte: number}) => {
    const problem: EventProblem = {code: 'go-trace/batch', severity: 'skipped', message, byte};
    this.#listener.problem(problem);
    if (this.#strict) throw new Stop(problem);
  };

  #cpuSample(sample: Generation['cpuSamples'][number] & {timeNs: number}, generation: Generation): void {
    const event = this.#own;
    event.type = Ev.CPUSample;
    event.timeNs = sample.timeNs;
    event.m = sample.m;
    event.p = sample.p;
    event.g = sample.g;
    event.args[0] = sample.stack;
    event.generation = generation;
    event.byte = generation.byte;
    this.#give(event);
  }

  #sync(generation: Generation | null): void {
    const event = this.#own;
    event.type = SYNC;
    event.timeNs = generation ? Math.trunc(generation.minTicks * generation.nsPerTick) - this.#originNs : this.#lastNs;
    event.m = event.p = event.g = -1;
    event.args[0] = ++this.#syncs;
    event.generation = generation;
    this.#give(event);
  }

  /** Hands an event out. No two events have one time: order is all that the clock can promise. */
  #give(event: OrderedEvent): void {
    if (this.#strict) this.#checkIds(event);
    if (event.timeNs <= this.#lastNs) event.timeNs = this.#lastNs + 1;
    this.#lastNs = event.timeNs;
    this.#listener.event(event);
  }

  #checkIds({type, args, generation, byte}: OrderedEvent): void {
    const kind = timedEvents[type];
    if (!generation || (!kind && type !== Ev.CPUSample)) return;
    const stack = (kind?.stacks ?? [0]).map((i) => args[i]).find((id) => id !== 0 && !generation.stacks.has(id));
    const string = kind?.strings.map((i) => args[i]).find((id) => !generation.strings.has(id));
    if (stack === undefined && string === undefined) return;
    const what = stack === undefined ? `string ${string}` : `stack ${stack}`;
    const problem: EventProblem = {code: 'go-trace/missing-id', severity: 'skipped', message: `${kind?.name ?? 'CPUSample'} names ${what}, which its generation does not hold`, byte};
    this.#listener.problem(problem);
    throw new Stop(problem);
  }
}

/**
 * The attempt to take one event: the thread it stands on, what is bound to that thread, and the questions that the rules of
 * every kind of event ask about it. One object serves all events; `begin` turns it to the next.
 */
import type {Cursor} from './cursor.ts';
import type {Generation} from './generation.ts';
import {EventQueue, type OrderedEvent} from './ordered-event.ts';
import {GoStatus, Scheduler, succeeds, type Goroutine, type Sequenced, type Thread} from './scheduler.ts';

/** What a rule says: the event is in the queue, it has to wait for another thread, or it fits nowhere (see `Turn.problem`). */
export const Advance = {Done: 1, Wait: 0, Broken: -1} as const;
export type Advance = (typeof Advance)[keyof typeof Advance];

/** Which of thread, proc and goroutine an event needs. */
export type Need = 'must' | 'may' | 'must-not';

const NO_THREAD: Thread = {g: -1, p: -1};

export class Turn {
  readonly queue = new EventQueue();
  readonly state = new Scheduler();
  /** Why the last turn was Broken. */
  problem = '';
  cursor!: Cursor;
  generation!: Generation;
  /** The cursor's thread; what a rule binds to it holds from the next event on. */
  thread: Thread = NO_THREAD;
  /** What the event is shown on; differs from the cursor's thread where an event describes another one. */
  m = -1;
  p = -1;
  g = -1;

  /** Turns to the event that `cursor` holds. Hot: once for every try of every event. */
  begin(cursor: Cursor, generation: Generation): void {
    if (this.state.initialGeneration === 0) this.state.initialGeneration = generation.number;
    this.cursor = cursor;
    this.generation = generation;
    this.m = cursor.m;
    // A batch that belongs to no thread has no context, and binds nothing.
    this.thread = cursor.m === -1 ? {g: -1, p: -1} : this.state.thread(cursor.m);
    this.p = this.thread.p;
    this.g = this.thread.g;
  }

  /** Whether this is the first generation of the trace, whose status events tell of things not heard of before. */
  get initial(): boolean {
    return this.generation.number === this.state.initialGeneration;
  }

  /** Whether number `n` of this generation comes right after what `last` saw. */
  succeeds(n: number, last: Sequenced): boolean {
    return succeeds(this.generation.number, n, last);
  }

  /** A string that the emulation itself needs; null (and a problem) when the generation does not hold it. */
  string(id: number): Uint8Array | null {
    const name = this.generation.strings.get(id);
    if (!name) this.broken(`string ${id} is not in its generation`);
    return name ?? null;
  }

  /** The goroutine on this thread, for events of user code; null (and a problem) when there is none. */
  current(event: string): Goroutine | null {
    if (!this.needs('must', 'must', 'must')) return null;
    const goroutine = this.state.goroutines.get(this.g);
    if (!goroutine) this.broken(`${event} of goroutine ${this.g}, which does not exist`);
    return goroutine ?? null;
  }

  /** The same, and it runs. */
  running(event: string): Goroutine | null {
    const goroutine = this.current(event);
    if (goroutine && goroutine.status !== GoStatus.Running) {
      this.broken(`${event} of goroutine ${this.g}, which is not running`);
      return null;
    }
    return goroutine;
  }

  /** Whether thread, proc and goroutine are there (or not) as the event needs it. */
  needs(m: Need, p: Need, g: Need): boolean {
    return this.#need('thread', m, this.m) && this.#need('proc', p, this.p) && this.#need('goroutine', g, this.g);
  }

  #need(what: string, need: Need, id: number): boolean {
    if (need === 'must' && id === -1) this.problem = `expected a ${what} but didn't have one`;
    else if (need === 'must-not' && id !== -1) this.problem = `expected no ${what} but had one`;
    else return true;
    return false;
  }

  broken(problem: string): Advance {
    this.problem = problem;
    return Advance.Broken;
  }

  /** Takes the event as it is. */
  done(): Advance {
    this.push();
    return Advance.Done;
  }

  /** Takes the event if it stands on what it needs. */
  doneWith(m: Need, p: Need, g: Need): Advance {
    return this.needs(m, p, g) ? this.done() : Advance.Broken;
  }

  /** Puts the event into the queue; the caller may still change what it says. */
  push(): OrderedEvent {
    const event = this.queue.push();
    const {cursor} = this;
    event.type = cursor.type;
    event.timeNs = cursor.timeNs;
    event.m = this.m;
    event.p = this.p;
    event.g = this.g;
    // By hand: a `set` of four numbers costs more than all the rest here.
    const {args} = cursor;
    event.args[0] = args[0];
    event.args[1] = args[1];
    event.args[2] = args[2];
    event.args[3] = args[3];
    event.exact = cursor.exact;
    event.generation = this.generation;
    event.byte = cursor.byte;
    return event;
  }
}

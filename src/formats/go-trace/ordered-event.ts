/** An event in its final place in the order, with what the scheduler emulation found out about it. */
import {MAX_ARGUMENTS} from './event-types.ts';
import type {Generation} from './generation.ts';

/** `type` of the event that stands at the start of every generation and at the end of the trace. */
export const SYNC = 255;

/** One event. The object is reused for a later event: copy what is to be kept. */
export class OrderedEvent {
  type = 0;
  timeNs = 0;
  /** Thread, proc and goroutine at the moment before the event; -1 none. */
  m = -1;
  p = -1;
  g = -1;
  readonly args = new Float64Array(MAX_ARGUMENTS);
  exact: readonly (bigint | undefined)[] | null = null;
  /** State before it, of an event that changes one: a `GoState` or `ProcState`. */
  before = 0;
  /** Of UserTaskEnd: parent (-1 none) and name, which may come from an earlier generation. */
  parentTask = -1;
  taskName: Uint8Array = NO_NAME;
  /** Whose strings and stacks the arguments name; null at the end of the trace. */
  generation: Generation | null = null;
  byte = 0;
}

const NO_NAME = new Uint8Array(0);

/** A short queue of events that reuses its objects: one advance brings at most three. */
export class EventQueue {
  readonly #events = [new OrderedEvent(), new OrderedEvent(), new OrderedEvent()];
  #length = 0;

  push(): OrderedEvent {
    const event = this.#events[this.#length++];
    event.exact = null;
    event.taskName = NO_NAME;
    event.parentTask = -1;
    event.before = 0;
    return event;
  }

  get length(): number {
    return this.#length;
  }

  at(i: number): OrderedEvent {
    return this.#events[i];
  }

  clear(): void {
    this.#length = 0;
  }
}

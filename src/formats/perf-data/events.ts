/**
 * The events of a recording: what each was asked to record, and which of them a record belongs to. Records name their event by an id, of
 * which each event has one a CPU or thread; where only one event is recorded they may leave it out.
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {EventType, SampleField, type EventAttributes} from './attributes.ts';
import {nameOf} from './event-name.ts';
import {SampleReader, u64} from './sample.ts';

/** One event. `row` of the Trace's events is made when the first sample comes: -1 before. */
export interface RecordedEvent {
  readonly attributes: EventAttributes;
  readonly reader: SampleReader;
  readonly trailer: Trailer;
  readonly isTracepoint: boolean;
  /** As recorded; null: it is named after its attributes. */
  name: string | null;
  row: number;
  /** The last value that was read of each of its ids, where samples carry values. */
  readonly lastRead: Map<number, number>;
}

/** Where the fields of the trailer lie that other records have, in bytes before their end; 0: not there. */
export interface Trailer {
  readonly tid: number;
  readonly time: number;
  readonly cpu: number;
}

export class Events {
  readonly list: RecordedEvent[] = [];
  readonly #byId = new Map<number, RecordedEvent>();
  /** Where the id stands in samples, from the start, and in other records, from the end; 0: nowhere. */
  #idInSample = 0;
  #idFromEnd = 0;

  add(attributes: EventAttributes, ids: readonly number[]): RecordedEvent {
    const event: RecordedEvent = {
      attributes,
      reader: new SampleReader(attributes),
      trailer: trailerOf(attributes),
      isTracepoint: attributes.type === EventType.Tracepoint,
      name: null,
      row: -1,
      lastRead: new Map(),
    };
    this.list.push(event);
    for (const id of ids) this.#byId.set(id, event);
    if (this.list.length === 1) {
      this.#idInSample = Math.max(0, event.reader.layout.id);
      this.#idFromEnd = idFromEnd(attributes);
    }
    return event;
  }

  /** The event of an id; the first one for 0, which perf writes where it does not know. */
  ofId(id: number): RecordedEvent | null {
    return this.#byId.get(id) ?? (id === 0 || this.list.length === 1 ? (this.list[0] ?? null) : null);
  }

  /** The event that a sample is of; null when it names one that is not known. */
  ofSample(view: DataView, start: number, end: number, little: boolean): RecordedEvent | null {
    const at = this.#idInSample;
    if (this.list.length === 1 || at === 0 || start + at + 8 > end) return this.list[0] ?? null;
    return this.ofId(u64(view, start + at, little));
  }

  /** The event by whose attributes the trailer of another record is laid out. */
  ofRecord(view: DataView, start: number, end: number, little: boolean): RecordedEvent | null {
    const at = end - this.#idFromEnd;
    if (this.list.length === 1 || this.#idFromEnd === 0 || at < start + 8) return this.list[0] ?? null;
    return this.ofId(u64(view, at, little));
  }

  /** Row of an event in the Trace. `tracepoint`: how the tracepoint of a number is called. */
  row(event: RecordedEvent, build: TraceBuilder, tracepoint: (config: bigint) => string | null): number {
    if (event.row < 0) {
      event.name ??= nameOf(event.attributes, event.isTracepoint ? tracepoint(event.attributes.config) : null);
      event.row = build.event(build.string(event.name));
    }
    return event.row;
  }
}

/** The trailer's fields stand in this order: TID TIME ID STREAM_ID CPU IDENTIFIER. */
function trailerOf({sampleType, sampleIdAll}: EventAttributes): Trailer {
  if (!sampleIdAll) return {tid: 0, time: 0, cpu: 0};
  let fromEnd = 0;
  const place = (field: number): number => ((sampleType & field) === 0 ? 0 : (fromEnd += 8));
  place(SampleField.Identifier);
  const cpu = place(SampleField.Cpu);
  place(SampleField.StreamId);
  place(SampleField.Id);
  const time = place(SampleField.Time);
  const tid = place(SampleField.Tid);
  return {tid, time, cpu};
}

function idFromEnd({sampleType, sampleIdAll}: EventAttributes): number {
  if (!sampleIdAll) return 0;
  if ((sampleType & SampleField.Identifier) !== 0) return 8;
  if ((sampleType & SampleField.Id) === 0) return 0;
  return 8 + ((sampleType & SampleField.Cpu) === 0 ? 0 : 8) + ((sampleType & SampleField.StreamId) === 0 ? 0 : 8);
}

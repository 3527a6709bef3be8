/** Names of metrics and ranges, in the words of Go's own API (internal/trace/event.go of Go 1.27.3). */
import {utf8} from '../../base/bytes/text.ts';
import {Ev} from './event-types.ts';
import type {OrderedEvent} from './ordered-event.ts';

/** Name of the metric that an event reports. */
export function metricName(type: number): string {
  switch (type) {
    case Ev.ProcsChange: return '/sched/gomaxprocs:threads';
    case Ev.HeapAlloc: return '/memory/classes/heap/objects:bytes';
    case Ev.HeapGoal: return '/gc/heap/goal:bytes';
    default: throw new Error(`internal: event ${type} reports no metric`);
  }
}

/** Name of the range that an event begins, ends or confirms. */
export function rangeName(event: OrderedEvent): string {
  switch (event.type) {
    case Ev.STWBegin:
    case Ev.STWEnd: return `stop-the-world (${eventString(event, 0) ?? '?'})`;
    case Ev.GCBegin:
    case Ev.GCActive:
    case Ev.GCEnd: return 'GC concurrent mark phase';
    case Ev.GCSweepBegin:
    case Ev.GCSweepActive:
    case Ev.GCSweepEnd: return 'GC incremental sweep';
    case Ev.GCMarkAssistBegin:
    case Ev.GCMarkAssistActive:
    case Ev.GCMarkAssistEnd: return 'GC mark assist';
    default: throw new Error(`internal: event ${event.type} has no range`);
  }
}

/** The string that argument `i` names; null when its generation does not hold it. */
export function eventString(event: OrderedEvent, i: number): string | null {
  const bytes = event.generation?.strings.get(event.args[i]);
  return bytes ? utf8(bytes) : null;
}

/** Rows of the time line as questions about them name them. */
import type {Grouping, LaneRow} from '../../derive/lanes/shape.ts';
import type {LanePlace} from '../../derive/moment/shape.ts';

/** What a row is of; `groupBy`: how goroutines are grouped. */
export function placeOf({kind, source, row, id, name, counter}: LaneRow, groupBy: Grouping): LanePlace {
  // While its section is closed the first counter stands for it.
  if (counter) return {kind: 'counter', source, counter};
  switch (kind) {
    case 'goroutine':
    case 'regions': return {kind: 'goroutine', source, goroutine: row};
    case 'thread': return {kind: 'thread', id};
    case 'proc': return {kind: 'proc', source, proc: row};
    case 'group': return groupBy === 'none' ? {kind: 'other'} : {kind: 'group', by: groupBy, name};
    case 'gc': return {kind: 'gc'};
    case 'task': return {kind: 'task', source, span: row};
    case 'log': return {kind: 'log', source};
    case 'event': return {kind: 'event', source, event: row};
    case 'section':
    case 'counter':
    case 'process': return {kind: 'other'};
  }
}

/** Whether a row is the lane of a place. */
export function isPlace({kind, source, row, id, name, counter}: LaneRow, place: LanePlace): boolean {
  switch (place.kind) {
    case 'goroutine': return kind === 'goroutine' && source === place.source && row === place.goroutine;
    case 'thread': return kind === 'thread' && id === place.id;
    case 'proc': return kind === 'proc' && source === place.source && row === place.proc;
    case 'group': return kind === 'group' && name === place.name;
    case 'counter': return source === place.source && counter === place.counter;
    case 'gc': return kind === 'gc';
    case 'task': return kind === 'task' && source === place.source && row === place.span;
    case 'log': return kind === 'log' && source === place.source;
    case 'event': return kind === 'event' && source === place.source && row === place.event;
    case 'other': return false;
  }
}

/** Names of metrics and ranges: every kind that has one, in Go's words. That they are Go's, the recordings' oracles show. */
import {expect, test} from 'vitest';
import {Ev} from './event-types.ts';
import {Generation} from './generation.ts';
import {eventString, metricName, rangeName} from './names.ts';
import {OrderedEvent} from './ordered-event.ts';

function event(type: number, firstArgument: number): OrderedEvent {
  const generation = new Generation({kind: 'events', generation: 1, m: 1, time: 0, data: new Uint8Array(0), byte: 0, isCut: false}, 26);
  generation.strings.set(3, new TextEncoder().encode('GC mark termination'));
  const made = new OrderedEvent();
  made.type = type;
  made.args[0] = firstArgument;
  made.generation = generation;
  return made;
}

test('a stop-the-world is named after its kind, which its generation holds as a string', () => {
  expect(rangeName(event(Ev.STWBegin, 3))).toBe('stop-the-world (GC mark termination)');
  expect(rangeName(event(Ev.STWEnd, 3))).toBe('stop-the-world (GC mark termination)');
});

test('a stop-the-world whose kind was lost still has a name', () => {
  expect(rangeName(event(Ev.STWBegin, 4))).toBe('stop-the-world (?)');
});

test('a range has one name at its beginning, its end and in between', () => {
  const ranges = [
    [Ev.GCBegin, Ev.GCActive, Ev.GCEnd],
    [Ev.GCSweepBegin, Ev.GCSweepActive, Ev.GCSweepEnd],
    [Ev.GCMarkAssistBegin, Ev.GCMarkAssistActive, Ev.GCMarkAssistEnd],
  ];
  const names = ranges.map((types) => new Set(types.map((type) => rangeName(event(type, 0)))));
  expect(names.map((each) => each.size)).toEqual([1, 1, 1]);
  expect(new Set(names.flatMap((each) => [...each])).size).toBe(3);
});

test('the metrics have three names, and nothing else is a metric', () => {
  const metrics = [Ev.ProcsChange, Ev.HeapAlloc, Ev.HeapGoal];
  expect(new Set(metrics.map(metricName)).size).toBe(3);
  for (const type of Object.values(Ev)) if (!metrics.includes(type as 9)) expect(() => metricName(type)).toThrow('internal');
});

test('string 0 is the empty string, and one that the generation does not hold is null', () => {
  expect(eventString(event(Ev.GoBlock, 0), 0)).toBe('');
  expect(eventString(event(Ev.GoBlock, 9), 0)).toBe(null);
});

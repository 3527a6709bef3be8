/** What a session keeps: tables of one trace as long as the trace, tables between sources as long as their set and alignment. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Clock, Trace} from '../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../testing/arbitrary-traces.ts';
import {sessionOf} from '../testing/drawn-session.ts';
import {goTraceFromText} from '../testing/go-trace-from-text.ts';
import {traceFromText} from '../testing/trace-from-text.ts';
import {asRecorded} from './call-tree/shape.ts';
import {noFilter} from './filter/shape.ts';
import {flame} from './flame/build.ts';
import {goroutine} from './goroutine/build.ts';
import {growthTable} from './growth-table/build.ts';
import {lanes} from './lanes/build.ts';
import {rowSections} from './lanes/shape.ts';
import {overview} from './overview/build.ts';
import {derivations} from './registry.ts';
import {session} from './session.ts';

const NOT_STATED: Clock = {known: 'not-stated', name: null};
const goTrace = goTraceFromText('     0us     20us\nG1   run M7  wait');
const perf = traceFromText('5us\nmain.f', {tid: 7, clock: NOT_STATED});

test('tables of one trace are made once, whatever else is open', () => {
  const alone = sessionOf([goTrace]);
  const together = sessionOf([goTrace, perf]);
  for (const table of ['chains', 'labels', 'runs', 'eventStacks'] as const) expect(together[table](together.source(1)!)).toBe(alone[table](alone.source(1)!));
});

test('a session with another alignment leaves the first as it was', () => {
  const open = sessionOf([goTrace, perf]);
  const aligned = open.aligned(2, {how: 'as-is'});
  expect(aligned.attribution(aligned.source(2)!).goroutine[0]).toBe(0);
  expect(open.attribution(open.source(2)!).goroutine[0]).toBe(-1);
  expect(open.axis.groups).toHaveLength(2);
});

test('other choices hold on when one source is aligned', () => {
  const second = traceFromText('6us', {tid: 7, clock: NOT_STATED});
  const open = sessionOf([goTrace, perf, second], {3: {how: 'as-is'}});
  expect(open.aligned(2, {how: 'as-is'}).axis.groups[0].members).toEqual([1, 2, 3]);
});

test('a removed source leaves the others’ answers as if it had never been open', () => {
  const with3 = session([{id: 1, name: '', trace: goTrace}, {id: 3, name: '', trace: traceFromText('9us', {tid: 7})}, {id: 2, name: '', trace: perf}], new Map());
  const without = session([{id: 1, name: '', trace: goTrace}, {id: 2, name: '', trace: perf}], new Map());
  for (const id of [1, 2]) {
    expect(without.attribution(without.source(id)!)).toEqual(with3.attribution(with3.source(id)!));
    const query = {source: id, event: 0, ...asRecorded, weight: 'samples', filter: noFilter, range: null} as const;
    expect(without.callTree(query)).toEqual(with3.callTree(query));
  }
});

test('another query is another tree, also where it differs in one word', () => {
  const open = sessionOf([perf]);
  const query = {source: 1, event: 0, ...asRecorded, weight: 'samples', filter: noFilter, range: null} as const;
  const all = open.callTree(query);
  expect(open.callTree(query)).toBe(all);
  expect(open.callTree({...query, chains: 'growth'})!.tree.total[0]).toBe(0);
  expect(open.callTree(query)!.tree.total[0]).toBe(1);
});

test('a source that begins earlier moves the zero of the axis, and answers move with it and change in nothing else', () => {
  const moment = fc.integer({min: 0, max: 1500});
  const later = (trace: Trace): Trace => ({...trace, originNs: 10_000n});
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, moment, moment, fc.integer({min: 1, max: 9000}), (made, samples, a, b, earlierNs) => {
    const traces = [later(made), later(samples)];
    const before = sessionOf(traces);
    const after = sessionOf([...traces, traceFromText('0ns', {originNs: BigInt(10_000 - earlierNs), tid: 99})]);
    const byNs = after.axis.shiftsNs.get(1)! - before.axis.shiftsNs.get(1)!;
    const event = samples.events.length > 0 ? {source: 2, event: 0} : null;
    const range = {fromNs: Math.min(a, b), toNs: Math.max(a, b) + 1};
    const moved = {fromNs: range.fromNs + byNs, toNs: range.toNs + byNs};

    const rows = {sections: ['goroutines'], groupBy: 'startFunction', sort: 'copyNs', text: '', state: 0, reason: null, onlyGrowth: false, open: {'': true}, sizes: {}} as const;
    const laneQuestion = {group: 1, widthPx: 40, topPx: 0, heightPx: 9999, rows, find: null, event, filter: noFilter};
    const ofBefore = lanes.answer(before, {...laneQuestion, ...range, range})!;
    const ofAfter = lanes.answer(after, {...laneQuestion, ...moved, range: moved})!;
    expect(ofAfter.rows).toEqual(ofBefore.rows);
    for (const plane of ['marks', 'size', 'values'] as const) expect(ofAfter[plane]).toEqual(ofBefore[plane]);

    const tableQuestion = {group: 1, event, weight: 'period', by: 'startFunction', counted: null, search: '', sort: {by: 'growths', descending: true}, first: 0, count: 99, filter: noFilter} as const;
    const table = growthTable.answer(before, {...tableQuestion, range})!;
    expect(growthTable.answer(after, {...tableQuestion, range: moved})).toEqual({...table, largest: table.largest && {...table.largest, timeNs: table.largest.timeNs + byNs}});
    const query = {source: 2, event: 0, ...asRecorded, weight: 'period', filter: noFilter} as const;
    const flameQuestion = {form: {kind: 'top-down' as const}, path: [], widthPx: 500, search: 'stack', ignoreCase: false};
    expect({...flame.answer(after, {...flameQuestion, query: {...query, range: moved}}), query}).toEqual({...flame.answer(before, {...flameQuestion, query: {...query, range}}), query});

    const story = {source: 1, goroutine: 0, event, weight: 'period', counted: null, first: 0, count: 99} as const;
    const told = goroutine.answer(before, {...story, range})!;
    const latency = {...told.latency, mostAtNs: told.latency.mostAtNs + byNs};
    const sizes = {...told.sizes, timeNs: told.sizes.timeNs.map((timeNs) => timeNs + byNs)};
    const steps = told.steps.map((step) => ({...step, timeNs: step.timeNs + byNs}));
    expect(goroutine.answer(after, {...story, range: moved})).toEqual({...told, startNs: told.startNs + byNs, endNs: told.endNs + byNs, latency, sizes, steps});
    expect(after.causes(after.source(1)!)).toEqual(before.causes(before.source(1)!));

    // With a pixel a nanosecond a strip is moved by whole pixels.
    const strip = (of: typeof before) => overview.answer(of, {group: 1, widthPx: of.axis.groups[0].endNs, event, filter: noFilter, counted: null})!;
    if (before.axis.groups[0].endNs > 0) expect([...strip(after).copiedBytes.subarray(byNs)]).toEqual([...strip(before).copiedBytes]);
  }));
});

test('every derivation has an id of its own', () => {
  expect(new Set(derivations.map(({id}) => id)).size).toBe(derivations.length);
});

test('no answer holds a column of a trace: answers are moved to the page, and a moved column would be gone', () => {
  const open = sessionOf([goTrace, perf], {2: {how: 'as-is'}});
  const event = {source: 2, event: 0};
  const questions: Readonly<Record<(typeof derivations)[number]['id'], unknown>> = {
    summary: {},
    binaries: {},
    overview: {group: 1, widthPx: 10, event, filter: noFilter},
    lanes: {group: 1, fromNs: 0, toNs: 20_000, widthPx: 10, topPx: 0, heightPx: 999, rows: {sections: rowSections, groupBy: 'startFunction', sort: 'name', text: '', state: 0, reason: null, onlyGrowth: false, open: {'': true}, sizes: {}}, find: null, event, range: null, filter: noFilter},
    flame: {query: {...event, ...asRecorded, weight: 'samples', filter: noFilter, range: null}, form: {kind: 'top-down'}, path: [], widthPx: 10, search: 'f', ignoreCase: false},
    functions: {query: {...event, ...asRecorded, weight: 'samples', filter: noFilter, range: null}, sort: {by: 'total', descending: true}, search: '', ignoreCase: false, first: 0, count: 9, bins: 4, of: null},
    frameDetails: {query: {...event, ...asRecorded, weight: 'samples', filter: noFilter, range: null}, of: {name: 'main.f', kind: 0}},
    laneMatches: {query: {...event, ...asRecorded, weight: 'samples', filter: noFilter, range: null}, fromNs: 0, toNs: 20_000, widthPx: 10, search: 'f', ignoreCase: false, lanes: [{key: 'a', place: {kind: 'goroutine', source: 1, goroutine: 0}}, {key: 'b', place: {kind: 'thread', id: 7}}]},
    matches: {query: {...event, ...asRecorded, weight: 'samples', filter: noFilter, range: null}, fromNs: 0, toNs: 20_000, widthPx: 10, search: 'f', ignoreCase: false},
    stackFile: {query: {...event, ...asRecorded, weight: 'samples', filter: noFilter, range: null}, format: 'pprof'},
    nextMatch: {query: {...event, ...asRecorded, weight: 'samples', filter: noFilter, range: null}, search: 'f', ignoreCase: false, path: [], step: 1},
    growthTable: {group: 1, range: null, event, weight: 'samples', by: 'cause', counted: null, search: '', sort: {by: 'growths', descending: true}, first: 0, count: 9, filter: noFilter},
    goroutine: {source: 1, goroutine: 0, range: null, event, weight: 'samples', counted: null, first: 0, count: 9},
    alignment: {source: 2},
    moment: {group: 1, place: {kind: 'goroutine', source: 1, goroutine: 0}, timeNs: 5000, reachNs: 100, event, filter: noFilter},
    steps: {group: 1, place: {kind: 'goroutine', source: 1, goroutine: 0}, from: {timeNs: 0, rank: null, index: 0}, direction: 'next', onlyGrowths: false, event, range: null, filter: noFilter},
    patterns: {group: 1, range: null, filter: noFilter, counted: null},
    processes: {...event, weight: 'samples', range: null, chosen: noFilter, open: [], search: '', first: 0, count: 9},
    links: {group: 1, source: 1, goroutine: 0, fromNs: 0, toNs: 20_000, most: 9},
    find: {text: 'main', limit: 3},
  };
  const kept = new Set(open.sources.flatMap(({trace}) => buffersIn(trace)));
  for (const {source, tables} of open.sources.map((source) => ({source, tables: [open.chains(source), open.labels(source), open.attribution(source)]}))) {
    for (const buffer of buffersIn([source, tables])) kept.add(buffer);
  }
  for (const derivation of derivations) {
    // The table above pairs each derivation with a question of its own.
    const answer = (derivation as {answer(of: typeof open, question: unknown): unknown}).answer(open, questions[derivation.id]);
    expect(answer).not.toBeNull();
    for (const buffer of buffersIn(answer)) expect(kept.has(buffer)).toBe(false);
  }
});

function buffersIn(value: unknown): ArrayBufferLike[] {
  if (ArrayBuffer.isView(value)) return [value.buffer];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(buffersIn) : [];
}

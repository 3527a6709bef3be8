/** The growth table: rows of every grouping, whose sums are the sums of what is in range and passes the filter. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {noFilter} from '../filter/shape.ts';
import {StackChangeKind} from '../../model/tables.ts';
import type {Clock, Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {ChainClass} from '../chains/shape.ts';
import {growthTable} from './build.ts';
import {growthFigures, growthGroupings, isKnown, type GrowthRow, type GrowthSums, type GrowthTableAnswer, type GrowthTableQuestion} from './shape.ts';

const DEFAULT: Clock = {known: 'default', name: 'perf'};
const QUESTION: GrowthTableQuestion = {group: 1, range: null, event: null, weight: 'samples', by: 'startFunction', counted: null, search: '', sort: {by: 'growths', descending: true}, first: 0, count: 100, filter: noFilter};
const EVENT = {source: 2, event: 0};
const tableOf = (traces: readonly Trace[], question: Partial<GrowthTableQuestion> = {}): GrowthTableAnswer => growthTable.answer(sessionOf(traces), {...QUESTION, ...question})!;

/** Rows as `start function: goroutines growths/shrinks, largest, copied, copy time, growth weight`. */
const lines = ({rows}: GrowthTableAnswer) => rows.map((row) => `${row.name}: ${figures(row)}`);
const figures = (of: GrowthSums) => `${of.goroutines} ${of.growths}/${of.shrinks}, ${of.largestBytes}, ${of.copiedBytes}, ${of.copyNs}, ${of.growthWeight}`;

const goTrace = goTraceFromText(`
                0us     50us    100us
  G1 main.main  run M7          wait
  G2 main.work  run M8  wait
  G3 main.work          run M8  wait
  G4            wait
`, {changes: `
  1us G1 →2K
  10us+2us G1 2K→4K M7
  20us+3us G2 2K→8K M8
  60us+4us G3 2K→4K M8
  80us+1us G2 8K→4K
  85us+5us G4 ?→4K
  90us G2 4K→
`});

const growing = 'runtime.morestack\nruntime.newstack\nruntime.copystack';

test('goroutines of one start function are one row, with their changes summed', () => {
  expect(lines(tableOf([goTrace]))).toEqual([
    'main.work: 2 2/1, 8192, 4096, 7000, NaN',
    'main.main: 1 1/0, 4096, 2048, 2000, NaN',
    'null: 1 1/0, 4096, 2048, 5000, NaN',
  ]);
});

test('the total is of all rows, and its largest stack the largest of any', () => {
  const {total, stacks} = tableOf([goTrace]);
  expect(figures(total)).toBe('4 4/1, 8192, 8192, 14000, NaN');
  expect(stacks).toEqual({sample: 0, event: 0, none: 5});
});

test('a range counts the changes that begin in it, both ends included', () => {
  expect(lines(tableOf([goTrace], {range: {fromNs: 20_000, toNs: 60_000}}))).toEqual(['main.work: 2 2/0, 8192, 4096, 7000, NaN']);
});

test('a growth sample counts for the goroutine that runs on its thread, and for nobody’s row where none does', () => {
  const perf = traceFromText(`
    5us                15us               75us
    runtime.morestack  runtime.morestack  runtime.morestack
    runtime.newstack   runtime.newstack   runtime.newstack
  `, {tid: [7, 99, 8], weight: [3, 4, 5]});
  const answer = tableOf([goTrace, perf], {event: EVENT, weight: 'period'});
  expect(lines(answer).map((line) => [line.split(':')[0], line.split(' ').at(-1)])).toEqual([['main.work', '5'], ['null', '4'], ['main.main', '3']]);
  expect([answer.samples, answer.weight, answer.total.growthSamples, answer.total.growthWeight]).toEqual([3, 12, 3, 12]);
});

test('what preempts, shrinks or overflows is counted apart from growth', () => {
  const perf = traceFromText(`
    1us                  2us                  3us                4us                5us
    runtime.morestack    runtime.scanstack    runtime.morestack  runtime.morestack  main.main
    runtime.newstack     runtime.shrinkstack  runtime.newstack   runtime.newstack
    runtime.gopreempt_m                       runtime.throw      runtime.copystack
  `, {tid: 7});
  const {samples, preemptionSamples, shrinkSamples, overflowSamples, total} = tableOf([goTrace, perf], {event: EVENT});
  expect({samples, preemptionSamples, shrinkSamples, overflowSamples, growth: total.growthSamples}).toEqual({samples: 5, preemptionSamples: 1, shrinkSamples: 1, overflowSamples: 1, growth: 1});
});

test('samples of a source on another axis are all counted, whatever the range, and are nobody’s', () => {
  const perf = traceFromText(`5us\n${growing}`, {tid: 7, clock: DEFAULT});
  const answer = tableOf([goTrace, perf], {event: EVENT, range: {fromNs: 20_000, toNs: 60_000}});
  expect([answer.samples, answer.weight, answer.total.growthSamples, answer.areSamplesOnAxis]).toEqual([1, 1, 1, false]);
  expect(lines(answer)).toEqual(['main.work: 2 2/0, 8192, 4096, 7000, 0', 'null: 0 0/0, NaN, 0, 0, 1']);
});

test('where samples grow stacks and no change is counted, how many there were is not known; where neither is, there were none', () => {
  const after = traceFromText(`
    10us               200us
    runtime.morestack  runtime.morestack
    runtime.newstack   runtime.newstack
  `, {tid: [7, 99]});
  const whole = tableOf([goTrace, after], {event: EVENT});
  const known = (of: GrowthSums, {isTold}: GrowthTableAnswer) => growthFigures.filter((column) => isKnown(of, column, isTold));
  expect(known(whole.rows.find(({name}) => name === null)!, whole)).toContain('growths');
  const nobody = tableOf([goTraceFromText('             0us     50us\n  G1 main.x  run M7', {changes: '1us+1us G1 2K→4K'}), after], {event: EVENT});
  expect(nobody.rows.map((row) => [row.name, known(row, nobody)])).toEqual([
    ['main.x', ['goroutines', 'growths', 'shrinks', 'largestBytes', 'copiedBytes', 'copyNs', 'copiesPerSecond', 'growthWeight']],
    [null, ['growthWeight']],
  ]);
  const beyond = tableOf([goTrace, traceFromText('150us  200us\nf      f\ng      g', {tid: 7})], {event: EVENT, range: {fromNs: 120_000, toNs: 200_000}});
  expect([beyond.isTold, known(beyond.total, beyond)]).toEqual([false, ['growthWeight']]);
  const quiet = tableOf([goTrace], {range: {fromNs: 30_000, toNs: 40_000}});
  expect([quiet.isTold, quiet.total.growths, isKnown(quiet.total, 'growths', quiet.isTold)]).toEqual([true, 0, true]);
});

test('probes that tell neither growth nor shrink do not say that nothing grew', () => {
  const probes = traceFromText('10us\nruntime.copystack', {event: 'probe_app:copystack'});
  expect(tableOf([probes])).toMatchObject({isTold: false});
});

test('of samples without call chains it is not known which grow a stack', () => {
  const leaves = traceFromText('5us        6us\nmain.main  main.f', {tid: 7});
  const {total, samples} = tableOf([goTrace, leaves], {event: EVENT});
  expect([samples, total.growthSamples, total.growthWeight]).toEqual([2, Number.NaN, Number.NaN]);
});

test('without any times the samples alone are counted', () => {
  const folded = traceFromText(`5us\n${growing}`, {clock: {known: 'none', name: null}});
  folded.samples.timeNs.fill(Number.NaN);
  const answer = tableOf([folded], {group: null, event: {source: 1, event: 0}});
  expect([answer.source, answer.countedBy, answer.samples, answer.total.growthSamples]).toEqual([-1, null, 1, 1]);
});

test('growths are counted from one trace alone: the first with sizes', () => {
  const plain = goTraceFromText('             0us\n  G1 main.x  run M7');
  expect(tableOf([plain, goTrace])).toMatchObject({source: 2, countedBy: 'trace', total: {growths: 4}});
  expect(tableOf([goTrace, goTrace])).toMatchObject({source: 1, total: {growths: 4, copyNs: 14_000}});
});

test('without sizes growths are not known, which is not none; without samples their share is not known', () => {
  const plain = goTraceFromText('             0us     10us\n  G1 main.x  run M7  wait');
  const perf = traceFromText(`5us\n${growing}`, {tid: 7});
  const {total, countedBy} = tableOf([plain, perf], {event: EVENT});
  expect(countedBy).toBeNull();
  expect(figures(total)).toBe('1 NaN/NaN, NaN, NaN, NaN, 1');
});

test('without a Go trace there is one row, of samples alone', () => {
  const perf = traceFromText(`5us\n${growing}`);
  const answer = tableOf([perf], {event: {source: 1, event: 0}});
  expect(answer.source).toBe(-1);
  expect(lines(answer)).toEqual(['null: NaN NaN/NaN, NaN, NaN, NaN, 1']);
});

test('a window of rows is told from all, and the total is still of all', () => {
  const answer = tableOf([goTrace], {first: 1, count: 1});
  expect([lines(answer), answer.rowCount, answer.allRows, answer.total.growths]).toEqual([['main.main: 1 1/0, 4096, 2048, 2000, NaN'], 3, 3, 4]);
});

test('a search leaves rows out and the total as it is; a goroutine is found by its number too', () => {
  const found = (by: GrowthTableQuestion['by'], search: string) => {
    const {rows, rowCount, allRows, total} = tableOf([goTrace], {by, search});
    return [rows.map(({name, goroutineId}) => (Number.isNaN(goroutineId) ? name : `G${goroutineId}`)), rowCount, allRows, total.growths];
  };
  expect(found('startFunction', ' WORK')).toEqual([['main.work'], 1, 3, 4]);
  expect(found('goroutine', 'work')).toEqual([['G2', 'G3'], 2, 4, 4]);
  expect(found('goroutine', 'g4')).toEqual([['G4'], 1, 4, 4]);
});

test('by goroutine each has a row that names it, its source and its place there', () => {
  const {rows} = tableOf([goTrace], {by: 'goroutine', sort: {by: 'copyNs', descending: true}});
  expect(rows.map(({goroutineId, source, goroutine, name, growths, copyNs}) => ({goroutineId, source, goroutine, name, growths, copyNs}))).toEqual([
    {goroutineId: 4, source: 1, goroutine: 3, name: null, growths: 1, copyNs: 5000},
    {goroutineId: 3, source: 1, goroutine: 2, name: 'main.work', growths: 1, copyNs: 4000},
    {goroutineId: 2, source: 1, goroutine: 1, name: 'main.work', growths: 1, copyNs: 3000},
    {goroutineId: 1, source: 1, goroutine: 0, name: 'main.main', growths: 1, copyNs: 2000},
  ]);
});

test('the largest stack names its goroutine and its moment', () => {
  expect(tableOf([goTrace]).largest).toEqual({bytes: 8192, timeNs: 20_000, source: 1, goroutine: 1, goroutineId: 2});
  expect(tableOf([goTrace], {range: {fromNs: 0, toNs: 15_000}}).largest).toMatchObject({bytes: 4096, goroutineId: 1});
  expect(tableOf([goTrace], {range: {fromNs: 0, toNs: 5000}}).largest).toBeNull();
});

test('copies a second are growths and shrinks in the part of the range that the source tells of', () => {
  expect(tableOf([goTrace]).total.copiesPerSecond).toBeCloseTo(5 / 100e-6, 6);
  expect(tableOf([goTrace], {range: {fromNs: 50_000, toNs: 1e9}}).total.copiesPerSecond).toBeCloseTo(3 / 50e-6, 6);
});

test('a chosen source is counted instead of the best, and the choices are named', () => {
  expect(tableOf([goTrace, goTraceFromText('             0us\n  G9 main.x  run M7', {changes: '1us+1us G9 2K→4K'})], {counted: 2})).toMatchObject({source: 2, total: {growths: 1}, countable: [{source: 1, by: 'trace'}, {source: 2, by: 'trace'}]});
  expect(tableOf([goTrace], {counted: 77})).toMatchObject({source: 1, total: {growths: 4}});
});

test('a filter by start function leaves that function’s changes', () => {
  expect(lines(tableOf([goTrace], {filter: {...noFilter, startFunction: 'main.work'}}))).toEqual(['main.work: 2 2/1, 8192, 4096, 7000, NaN']);
});

test('there is no table of an axis that is not there', () => {
  expect(growthTable.answer(sessionOf([goTrace]), {...QUESTION, group: 9})).toBeNull();
});

test('each step is told by a sample, by an event, or by nothing', () => {
  const withEvents = goTraceFromText(`
                0us              50us
    G1 main.a   run M7 {main.a}
    G2 main.b   run M8
  `, {changes: '10us+2us G1 2K→4K\n20us+2us G1 4K→8K\n30us+2us G2 2K→4K'});
  const perf = traceFromText(`11us\n${growing}`, {tid: 7});
  expect(tableOf([withEvents, perf]).stacks).toEqual({sample: 1, event: 1, none: 1});
});

const sums = ['goroutines', 'growths', 'shrinks', 'copiedBytes', 'copyNs', 'growthSamples', 'growthWeight'] as const;
const cut = fc.integer({min: 0, max: 1500});

test('rows of every grouping add to the total, and the total is the sum of the events in range', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, cut, cut, fc.constantFrom(...growthGroupings), (trace, perf, a, b, by) => {
    const range = {fromNs: Math.min(a, b), toNs: Math.max(a, b)};
    const event = perf.events.length > 0 ? EVENT : null;
    const {rows, total} = tableOf([trace, perf], {range, event, weight: 'period', by});
    // One goroutine may be in several rows by cause.
    for (const column of sums) if (!Number.isNaN(total[column]) && !(by === 'cause' && column === 'goroutines')) expect(rows.reduce((sum, row) => sum + row[column], 0)).toBe(total[column]);
    expect(new Set(rows.map(({key}) => key)).size).toBe(rows.length);
    const {kind, timeNs, oldBytes, durationNs} = trace.stackChanges;
    const inRange = [...kind.keys()].filter((i) => timeNs[i] >= range.fromNs && timeNs[i] <= range.toNs);
    const growths = inRange.filter((i) => kind[i] === StackChangeKind.Growth);
    expect(total.growths).toBe(growths.length);
    expect(total.shrinks).toBe(inRange.filter((i) => kind[i] === StackChangeKind.Shrink).length);
    expect(total.copiedBytes).toBe(growths.reduce((sum, i) => sum + oldBytes[i], 0));
    expect(total.copyNs).toBe(growths.reduce((sum, i) => sum + durationNs[i], 0));
    if (!event) return;
    const session = sessionOf([trace, perf]);
    const classes = session.chains(session.source(2)!).class;
    const {samples} = perf;
    const grow = [...samples.stack.keys()].filter((i) => samples.event[i] === 0 && samples.timeNs[i] >= range.fromNs && samples.timeNs[i] <= range.toNs && classes[samples.stack[i]] === ChainClass.Growth);
    const {parent} = perf.stacks;
    if (grow.length === 0 && ![...samples.stack.keys()].some((i) => samples.event[i] === 0 && samples.stack[i] >= 0 && (parent[samples.stack[i]] >= 0 || classes[samples.stack[i]] === ChainClass.Growth))) {
      expect(total.growthSamples).toBeNaN();
      return;
    }
    expect(total.growthSamples).toBe(grow.length);
    expect(total.growthWeight).toBe(grow.reduce((sum, i) => sum + samples.period[i], 0));
  }));
});

test('a brush and what it leaves add to the whole', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, cut, (trace, perf, at) => {
    // Half a nanosecond lies between all times: nothing is on the boundary.
    const event = perf.events.length > 0 ? EVENT : null;
    const [whole, left, right] = [null, {fromNs: 0, toNs: at + 0.5}, {fromNs: at + 0.5, toNs: Infinity}].map((range) => tableOf([trace, perf], {range, event}));
    for (const column of ['growths', 'shrinks', 'copiedBytes', 'copyNs', 'growthSamples', 'growthWeight'] as const) {
      if (!Number.isNaN(whole.total[column])) expect(left.total[column] + right.total[column]).toBe(whole.total[column]);
    }
    for (const column of ['samples', 'weight', 'preemptionSamples', 'shrinkSamples', 'overflowSamples'] as const) expect(left[column] + right[column]).toBe(whole[column]);
  }));
});

test('rows are in the order asked for, and what is not known comes last in both directions', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, fc.constantFrom(...growthFigures), fc.boolean(), (trace, perf, by, descending) => {
    const {rows} = tableOf([trace, perf], {sort: {by, descending}, event: perf.events.length > 0 ? EVENT : null});
    const known = rows.map((row) => row[by]).filter((value) => !Number.isNaN(value));
    expect(rows.slice(0, known.length).map((row) => row[by])).toEqual(known);
    expect(known).toEqual(known.toSorted((a, b) => (descending ? b - a : a - b)));
  }));
});

test('start functions are sorted as texts, the unknown one last in both directions', () => {
  const names = (descending: boolean) => tableOf([goTrace], {sort: {by: 'name', descending}}).rows.map(({name}: GrowthRow) => name);
  expect(names(false)).toEqual(['main.main', 'main.work', null]);
  expect(names(true)).toEqual(['main.work', 'main.main', null]);
});

test('a row without sizes sorts last whether sizes are asked upwards or downwards', () => {
  const perf = traceFromText(`45us\n${growing}`, {tid: 99});
  const order = (descending: boolean) => tableOf([goTrace, perf], {event: EVENT, range: {fromNs: 0, toNs: 50_000}, sort: {by: 'largestBytes', descending}}).rows.map(({largestBytes}) => largestBytes);
  expect(order(false)).toEqual([4096, 8192, Number.NaN]);
  expect(order(true)).toEqual([8192, 4096, Number.NaN]);
});

test('all groupings have the same total', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (trace, perf) => {
    const [first, ...others] = growthGroupings.map((by) => tableOf([trace, perf], {by, event: perf.events.length > 0 ? EVENT : null}).total);
    for (const other of others) expect(other).toEqual(first);
  }));
});

test('the filters of all start functions, and what has none, add to the whole', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (trace, perf) => {
    const event = perf.events.length > 0 ? EVENT : null;
    const whole = tableOf([trace, perf], {event});
    const parts = ['main.main', 'main.f', 'main.g'].map((startFunction) => tableOf([trace, perf], {event, filter: {...noFilter, startFunction}}).total);
    const nobody = whole.rows.find(({name}) => name === null);
    for (const column of ['growths', 'shrinks', 'copiedBytes', 'copyNs', 'growthSamples'] as const) {
      if (!Number.isNaN(whole.total[column])) expect(parts.reduce((sum, part) => sum + part[column], nobody?.[column] ?? 0)).toBe(whole.total[column]);
    }
  }));
});

test('the filter of a causing function leaves the growths and growth samples of its rows, and no other', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (trace, perf) => {
    const event = perf.events.length > 0 ? EVENT : null;
    const {rows} = tableOf([trace, perf], {by: 'cause', event});
    for (const cause of new Set(rows.flatMap(({name}) => name ?? []))) {
      const own = rows.filter(({name}) => name === cause);
      const left = tableOf([trace, perf], {by: 'cause', event, filter: {...noFilter, cause}});
      expect(left.rows.toSorted((a, b) => a.from - b.from)).toEqual(own.toSorted((a, b) => a.from - b.from));
      if (event) expect(left.samples).toBe(left.total.growthSamples);
    }
  }), {numRuns: 300});
});

test('two windows that meet are the rows of one', () => {
  fc.assert(fc.property(arbitraryGoTrace, fc.nat(5), (trace, at) => {
    const part = (first: number, count: number) => tableOf([trace], {by: 'goroutine', first, count}).rows;
    expect([...part(0, at), ...part(at, 99)]).toEqual(part(0, 99));
  }));
});

/** Patterns are named where the events prove them, and on no less: made ladders, near misses, and all that a small scheduler can do. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {arbitraryGoTrace} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {noFilter} from '../filter/shape.ts';
import {patterns} from './build.ts';
import {CRITERIA, type Pattern, type PatternsQuestion} from './shape.ts';

const found = (trace: Trace, change: Partial<PatternsQuestion> = {}): readonly Pattern[] =>
  patterns.answer(sessionOf([trace]), {group: 1, range: null, filter: noFilter, counted: null, ...change})!.patterns;
const kinds = (trace: Trace, change: Partial<PatternsQuestion> = {}) => found(trace, change).map(({kind}) => kind);

/** A goroutine of a made recording: times in microseconds, sizes in KiB from its first stack on. */
interface Made {
  readonly birthUs: number;
  readonly endUs: number | null;
  readonly sizes: readonly number[];
  readonly start?: string;
}

/** Each lives from birth to end and climbs right after its birth, a microsecond a step, each copy as many nanoseconds as it has KiB. */
function recording(made: readonly Made[]): Trace {
  const times = [...new Set([0, ...made.flatMap(({birthUs, endUs}) => [birthUs, endUs ?? 0]), 5000])].sort((a, b) => a - b);
  const cell = (text_: string) => text_.padEnd(10);
  const lines = made.map(({birthUs, endUs, start = 'main.serve'}, i) =>
    `${`G${i + 1} ${start}`.padEnd(20)}${times.map((us) => cell(us === birthUs ? 'ready' : us === endUs ? 'end' : '')).join('')}`);
  const changes = made.flatMap(({birthUs, sizes}, i) => sizes.slice(1).map((to, step) => `${birthUs + 1 + step}us+${sizes[step]}ns G${i + 1} ${sizes[step]}K→${to}K`));
  return goTraceFromText(`${' '.repeat(20)}${times.map((us) => cell(`${us}us`)).join('')}\n${lines.join('\n')}`, {changes: changes.join('\n')});
}

/** `count` goroutines that live one after the other. */
const inTurn = (count: number, sizes: readonly number[]): Made[] => Array.from({length: count}, (_, i) => ({birthUs: 10 + i * 20, endUs: 25 + i * 20, sizes}));

test('goroutines that climb the same ladder one after the other are churn, with its count, ladder and cost', () => {
  const [pattern, ...others] = found(recording(inTurn(12, [2, 4, 8, 16])));
  expect(others).toEqual([]);
  expect(pattern).toMatchObject({
    kind: 'churn', startFunction: 'main.serve', goroutines: 12, growths: 36, times: 11, sizes: [2048, 4096, 8192, 16384], copyNs: 12 * 14, copiedBytes: 12 * 14 * 1024, cause: null,
    instance: {source: 1, goroutine: 0, goroutineId: 1, fromNs: 11_000, toNs: 13_008},
  });
});

test('one goroutine less, one step, all at once, or two functions: no churn', () => {
  const least = CRITERIA.churnGoroutines;
  expect(kinds(recording(inTurn(least, [2, 4, 8])))).toEqual(['churn']);
  expect(kinds(recording(inTurn(least - 1, [2, 4, 8])))).toEqual([]);
  expect(kinds(recording(inTurn(least, [2, 4])))).toEqual([]);
  expect(kinds(recording(inTurn(least, [2, 4, 8]).map((made) => ({...made, endUs: null}))))).toEqual([]);
  expect(kinds(recording(inTurn(least, [2, 4, 8]).map((made, i) => ({...made, start: i % 2 ? 'main.a' : 'main.b'}))))).toEqual([]);
});

test('of goroutines that climb differently far the ladder is the one that most steps were climbed on', () => {
  const made = [...inTurn(5, [2, 4, 8]), ...inTurn(10, [2, 4, 8, 16, 32]).map(({birthUs, endUs, sizes}) => ({birthUs: birthUs + 300, endUs: endUs! + 300, sizes}))];
  expect(found(recording(made))).toMatchObject([{goroutines: 10, sizes: [2048, 4096, 8192, 16384, 32768]}]);
  expect(found(recording([...made, ...inTurn(12, [2, 4, 8]).map(({birthUs, endUs, sizes}) => ({birthUs: birthUs + 600, endUs: endUs! + 600, sizes}))]))).toMatchObject([{goroutines: 27, sizes: [2048, 4096, 8192]}]);
});

test('a range sees only who was born in it', () => {
  const trace = recording(inTurn(14, [2, 4, 8]));
  expect(found(trace, {range: {fromNs: 40_000, toNs: 5e6}})).toMatchObject([{goroutines: 12}]);
  expect(kinds(trace, {range: {fromNs: 100_000, toNs: 5e6}})).toEqual([]);
});

/** The rule said in another way: every prefix of every ladder, counted one by one. */
function churnByHand(made: readonly Made[]): {goroutines: number; sizes: string} | null {
  const prefixes = new Set(made.flatMap(({sizes}) => sizes.map((_, i) => sizes.slice(0, i + 1).join(' '))));
  const rungs = [...prefixes].map((prefix) => {
    const members = made.filter(({sizes}) => `${sizes.join(' ')} `.startsWith(`${prefix} `));
    const firstEnd = Math.min(...members.map(({endUs}) => endUs ?? Infinity));
    return {goroutines: members.length, sizes: prefix, steps: prefix.split(' ').length - 1, again: members.filter(({birthUs}) => birthUs >= firstEnd).length};
  });
  const proven = rungs.filter(({goroutines, steps, again}) => steps >= 2 && goroutines >= 10 && again * 2 >= goroutines);
  return proven.sort((a, b) => b.goroutines * b.steps - a.goroutines * a.steps).at(0) ?? null;
}

test('churn is named just where counting by hand proves it', () => {
  const made = fc.array(fc.record({
    birthUs: fc.integer({min: 1, max: 60}).map((n) => n * 20), lasts: fc.option(fc.integer({min: 1, max: 6})), top: fc.integer({min: 1, max: 4}),
  }).map(({birthUs, lasts, top}): Made => ({birthUs, endUs: lasts === null ? null : birthUs + lasts * 20 - 5, sizes: [2, 4, 8, 16, 32].slice(0, top + 1)})), {minLength: 8, maxLength: 26});
  fc.assert(fc.property(made, (all) => {
    const byHand = churnByHand(all);
    const named = found(recording(all)).filter(({kind}) => kind === 'churn');
    expect(named.length).toBe(byHand ? 1 : 0);
    if (!byHand) return;
    // Two ladders may have the same number of steps.
    const steps = byHand.sizes.split(' ').length - 1;
    expect(named[0].goroutines * (named[0].sizes.length - 1)).toBe(byHand.goroutines * steps);
    expect(named[0].growths).toBe(named[0].goroutines * (named[0].sizes.length - 1));
  }), {numRuns: 60});
});

const alone = (changes: string) => goTraceFromText('            0us     900us\n  G1 main.f  run M7  wait', {changes});

test('a stack that is shrunk and grows back oscillates; each shrink counts once, with what undid it', () => {
  expect(found(alone('1us+5us G1 32K→64K\n10us+1us G1 64K→32K\n20us+1us G1 32K→16K\n30us+3us G1 16K→32K\n40us+7us G1 32K→64K'))).toMatchObject([
    {kind: 'oscillation', startFunction: 'main.f', goroutines: 1, growths: 2, times: 2, sizes: [16384, 65536], copyNs: 12_000, copiedBytes: 48 * 1024, instance: {goroutineId: 1, fromNs: 10_000, toNs: 47_000}},
  ]);
});

test('a shrink that nothing undoes, one from a size that no growth reached, and growth alone are no oscillation', () => {
  expect(kinds(alone('1us+5us G1 32K→64K\n10us+1us G1 64K→32K\n20us+1us G1 32K→16K\n30us+3us G1 16K→32K'))).toEqual(['oscillation']);
  expect(kinds(alone('1us+5us G1 32K→64K\n10us+1us G1 64K→32K'))).toEqual([]);
  expect(kinds(alone('10us+1us G1 64K→32K\n30us+3us G1 32K→64K'))).toEqual([]);
  expect(kinds(alone('1us+5us G1 32K→64K\n30us+3us G1 64K→128K'))).toEqual([]);
});

test('shrinks that are undone are just those that have a growth to their size before and after', () => {
  fc.assert(fc.property(arbitraryGoTrace, (trace) => {
    const {kind, goroutine, oldBytes, newBytes, length} = trace.stackChanges;
    const rows = Array.from({length}, (_, i) => i);
    const grows = (to: number, i: number) => kind[i] === StackChangeKind.Growth && newBytes[i] >= to;
    const undone = rows.filter((i) => kind[i] === StackChangeKind.Shrink && rows.some((j) => j < i && goroutine[j] === goroutine[i] && grows(oldBytes[i], j)) && rows.some((j) => j > i && goroutine[j] === goroutine[i] && grows(oldBytes[i], j)));
    const named = found(trace).filter((pattern) => pattern.kind === 'oscillation');
    expect(named.reduce((sum, {times}) => sum + times, 0)).toBe(undone.length);
    expect(new Set(named.map(({startFunction}) => startFunction))).toEqual(new Set(undone.map((i) => text(trace, trace.goroutines.startFunction[goroutine[i]]))));
  }));
});

test('a jump to more than twice the size proves a frame that is larger than half the new size less the old one and the guard', () => {
  expect(found(alone('1us+5us G1 2K→64K'))).toMatchObject([{kind: 'big-frame', times: 1, goroutines: 1, growths: 1, sizes: [2048, 65536], frameBytes: 32768 - 2048 - 2048, copyNs: 5000}]);
  expect(found(alone('1us+5us G1 2K→8K'))).toMatchObject([{kind: 'big-frame', frameBytes: Number.NaN}]);
  expect(kinds(alone('1us+5us G1 2K→4K\n20us+5us G1 ?→64K'))).toEqual([]);
});

test('the costliest pattern comes first, and a filter leaves only what passes', () => {
  const trace = recording([...inTurn(10, [2, 4, 8]), {birthUs: 1000, endUs: null, sizes: [512, 4096], start: 'main.big'}]);
  expect(found(trace).map(({kind, copyNs}) => [kind, copyNs])).toEqual([['big-frame', 512], ['churn', 60]]);
  expect(kinds(trace, {filter: {...noFilter, startFunction: 'main.serve'}})).toEqual(['churn']);
});

test('without stack sizes nothing can be proven, which is said', () => {
  const session = sessionOf([goTraceFromText('            0us     900us\n  G1 main.f  run M7  wait')]);
  expect(patterns.answer(session, {group: 1, range: null, filter: noFilter, counted: null})).toEqual({countedBy: null, patterns: [], more: 0});
});

/** Stacks of several goroutines over time: together they are what each holds alone, however they are put in order. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {upperBound} from '../../base/columns/search.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import type {StackSeries} from './shape.ts';

const GOROUTINES = 40;
const change = fc.record({timeUs: fc.integer({min: 1, max: 30}), goroutine: fc.integer({min: 1, max: GOROUTINES}), order: fc.integer({min: 1, max: 6})});

/** Forty goroutines: of so many one alone is put in order by itself, most of them by all that is in order already. */
const manyStacks = fc.array(change, {maxLength: 60}).map((changes) => {
  const lines = Array.from({length: GOROUTINES}, (_, i) => `  G${i + 1} main.f  run M${i + 1}`);
  const inOrder = changes.toSorted((a, b) => a.timeUs - b.timeUs);
  return goTraceFromText(`\n             0us\n${lines.join('\n')}\n`, {changes: inOrder.map(({timeUs, goroutine, order}) => `${timeUs}us+0us G${goroutine} ${2 ** order}K→${2 ** (order + 1)}K`).join('\n')});
});

/** What holds from a time on. */
function at({timeNs, sumBytes, most, alive}: StackSeries, ns: number): {readonly sum: number; readonly most: number; readonly alive: number} {
  const step = upperBound(timeNs, ns) - 1;
  return step < 0 ? {sum: 0, most: 0, alive: 0} : {sum: sumBytes[step], most: most[step], alive: alive[step]};
}

test('many stacks hold at each moment the sum, the largest and the number of what each holds alone', () => {
  fc.assert(fc.property(manyStacks, fc.uniqueArray(fc.nat({max: GOROUTINES - 1}), {minLength: 1}), (trace, goroutines) => {
    const session = sessionOf([trace]);
    const source = session.source(1)!;
    const together = session.stackSeries(source, Int32Array.from(goroutines), null);
    const alone = goroutines.map((goroutine) => session.stackSeries(source, Int32Array.of(goroutine), null));
    for (let ns = 0; ns <= 31_000; ns += 500) {
      const each = alone.map((series) => at(series, ns));
      expect(at(together, ns)).toEqual({sum: each.reduce((sum, own) => sum + own.sum, 0), most: Math.max(...each.map((own) => own.most)), alive: each.reduce((sum, own) => sum + own.alive, 0)});
    }
  }), {numRuns: 40});
});

test('in whatever order goroutines are named, and whomever they are taken from, their series is the same', () => {
  fc.assert(fc.property(manyStacks, fc.uniqueArray(fc.nat({max: GOROUTINES - 1}), {minLength: 1}), fc.uniqueArray(fc.nat({max: GOROUTINES - 1})), (trace, goroutines, others) => {
    const session = sessionOf([trace]);
    const source = session.source(1)!;
    const series = session.stackSeries(source, Int32Array.from(goroutines), null);
    expect(session.stackSeries(source, Int32Array.from(goroutines.toReversed()), null)).toEqual(series);
    const among = Int32Array.from(new Set([...goroutines, ...others])).sort();
    for (let asked = 0; asked < 2; asked++) expect(session.stackSeries(source, Int32Array.from(goroutines), among)).toEqual(series);
  }), {numRuns: 40});
});

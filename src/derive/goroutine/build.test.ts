/** The story of one goroutine: its steps on the axis, each with what is known of its stack. */
import {expect, test} from 'vitest';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {goroutine} from './build.ts';
import type {GoroutineQuestion} from './shape.ts';

const trace = goTraceFromText(`
                10us    20us                         30us    60us
  G1 main.main  run M7
  G5 main.work          ready {main.main;go} by G1   run M8  end
  G6                    wait
`, {
  changes: '20us G5 →2K\n32us+2us G5 2K→4K M8\n40us+2us G5 4K→8K M8\n45us+1us G1 2K→4K M7\n50us+1us G5 8K→4K\n60us G5 4K→',
});
const perf = traceFromText(`
  33us
  runtime.morestack
  runtime.newstack
  runtime.copystack
`, {tid: 8});

const QUESTION: GoroutineQuestion = {source: 1, goroutine: 1, range: null, first: 0, count: 100};
const ask = (question: Partial<GoroutineQuestion> = {}) => goroutine.answer(sessionOf([trace, perf]), {...QUESTION, ...question});

test('steps stand in time order with their kind, sizes and copy time, and nobody else’s among them', () => {
  const {steps, stepCount} = ask()!;
  expect(steps.map(({kind, timeNs, oldBytes, newBytes, durationNs}) => [kind, timeNs, oldBytes, newBytes, durationNs])).toEqual([
    ['initial', 10_000, Number.NaN, 2048, Number.NaN],
    ['growth', 22_000, 2048, 4096, 2000],
    ['growth', 30_000, 4096, 8192, 2000],
    ['shrink', 40_000, 8192, 4096, 1000],
    ['freed', 50_000, 4096, Number.NaN, Number.NaN],
  ]);
  expect(stepCount).toBe(5);
});

test('times are on the axis, whose zero is the first moment of any source', () => {
  expect(ask()).toMatchObject({id: 5, startFunction: 'main.work', startNs: 10_000, endNs: 50_000});
  const early = traceFromText('4us');
  expect(goroutine.answer(sessionOf([trace, early]), QUESTION)).toMatchObject({startNs: 16_000, endNs: 56_000});
});

test('the creator is named with the stack it had then; of an older goroutine nothing is known', () => {
  expect(ask()).toMatchObject({creator: 1, creatorChain: {calls: [{name: 'go', times: 1}, {name: 'main.main', times: 1}], moreFrames: 0}});
  expect(ask({goroutine: 0})).toMatchObject({creator: Number.NaN, creatorChain: null, startNs: Number.NaN, endNs: Number.NaN});
});

test('a step says where its stack is from', () => {
  const {steps} = ask()!;
  expect(steps.map(({stackFrom}) => stackFrom)).toEqual([null, 'sample', null, null, null]);
  expect(steps[1]).toMatchObject({stackDistanceNs: 0, chain: {calls: [{name: 'runtime.copystack', times: 1}, {name: 'runtime.newstack', times: 1}, {name: 'runtime.morestack', times: 1}], moreFrames: 0}});
});

test('a range and a page choose steps; the count is of the range', () => {
  expect(ask({range: {fromNs: 22_000, toNs: 40_000}})!.steps.map(({kind}) => kind)).toEqual(['growth', 'growth', 'shrink']);
  const page = ask({first: 1, count: 2})!;
  expect([page.first, page.stepCount, page.steps.map(({timeNs}) => timeNs)]).toEqual([1, 5, [22_000, 30_000]]);
  expect(ask({first: 9})!.steps).toEqual([]);
});

test('a goroutine without changes has no steps, and one without sizes says so', () => {
  expect(ask({goroutine: 2})).toMatchObject({stepCount: 0, steps: [], hasStackSizes: true, startFunction: null});
  const plain = goTraceFromText('     0us\nG1   run M7');
  expect(goroutine.answer(sessionOf([plain]), {...QUESTION, goroutine: 0})).toMatchObject({stepCount: 0, steps: [], hasStackSizes: false});
});

test('equal neighbours of a chain are folded into one with a count, and what is beyond the list is counted in frames', () => {
  const folded = traceFromText(['33us', ...Array.from({length: 30}, (_, i) => `main.f${i}`), 'main.deep', 'main.deep', 'main.deep', 'runtime.newstack', 'runtime.copystack'].join('\n'), {tid: 8});
  const {chain} = goroutine.answer(sessionOf([trace, folded]), QUESTION)!.steps[1];
  expect(chain!.calls.slice(0, 4)).toEqual([{name: 'runtime.copystack', times: 1}, {name: 'runtime.newstack', times: 1}, {name: 'main.deep', times: 3}, {name: 'main.f29', times: 1}]);
  expect(chain!.calls).toHaveLength(24);
  expect(chain!.calls.reduce((sum, {times}) => sum + times, 0) + chain!.moreFrames).toBe(35);
});

test('a source or a goroutine that is not there has no story', () => {
  expect(ask({source: 9})).toBeNull();
  expect(ask({goroutine: 3})).toBeNull();
});

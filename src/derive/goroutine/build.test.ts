/** The story of one goroutine: where it comes from, its time, who woke it, its samples, and its steps with what is known of each stack. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {StackChangeKind, State} from '../../model/tables.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {opened} from '../../testing/bytes.ts';
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

const QUESTION: GoroutineQuestion = {source: 1, goroutine: 1, range: null, event: null, weight: 'samples', counted: null, first: 0, count: 100};
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
  expect(ask()).toMatchObject({creators: [{goroutine: 0, id: 1, startFunction: 'main.main'}], creatorChain: {calls: [{name: 'go', times: 1}, {name: 'main.main', times: 1}], moreFrames: 0}});
  expect(ask({goroutine: 0})).toMatchObject({creators: [], creatorChain: null, startNs: Number.NaN, endNs: Number.NaN});
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
  expect(ask({goroutine: 2})).toMatchObject({stepCount: 0, steps: [], countedBy: 'trace', startFunction: null});
  const plain = goTraceFromText('     0us\nG1   run M7');
  expect(goroutine.answer(sessionOf([plain]), {...QUESTION, goroutine: 0})).toMatchObject({stepCount: 0, steps: [], countedBy: null});
});

test('equal neighbours of a chain are folded into one with a count, and what is beyond the list is counted in frames', () => {
  const folded = traceFromText(['33us', ...Array.from({length: 30}, (_, i) => `main.f${i}`), 'main.deep', 'main.deep', 'main.deep', 'runtime.newstack', 'runtime.copystack'].join('\n'), {tid: 8});
  const {chain} = goroutine.answer(sessionOf([trace, folded]), QUESTION)!.steps[1];
  expect(chain!.calls.slice(0, 4).map(({name, times}) => ({name, times}))).toEqual([{name: 'runtime.copystack', times: 1}, {name: 'runtime.newstack', times: 1}, {name: 'main.deep', times: 3}, {name: 'main.f29', times: 1}]);
  expect(chain!.calls).toHaveLength(24);
  expect(chain!.calls.reduce((sum, {times}) => sum + times, 0) + chain!.moreFrames).toBe(35);
});

test('a source or a goroutine that is not there has no story', () => {
  expect(ask({source: 9})).toBeNull();
  expect(ask({goroutine: 3})).toBeNull();
});

const family = goTraceFromText(`
               0us     10us                      20us                      30us                      40us
  G1 main.a    run M7                                                                                wait
  G2 main.b            ready {main.a;go} by G1   run M8
  G3 main.c                                      ready {main.b;go} by G2   run M9
  G4 main.b                                                                ready {main.c;go} by G3   run M8
`);

test('creators are named up to the one whose creator is not known', () => {
  const story = goroutine.answer(sessionOf([family]), {...QUESTION, goroutine: 3})!;
  expect(story.creators.map(({id, startFunction}) => [id, startFunction])).toEqual([[3, 'main.c'], [2, 'main.b'], [1, 'main.a']]);
});

test('the next and the previous of its start function are its neighbours in the recording', () => {
  const story = (row: number) => goroutine.answer(sessionOf([family]), {...QUESTION, goroutine: row})!;
  expect(story(1)).toMatchObject({place: 0, alike: 2, previous: null, next: {id: 4}});
  expect(story(3)).toMatchObject({place: 1, alike: 2, previous: {id: 2}, next: null});
});

const waits = goTraceFromText(`
               0us      10us    20us           40us    50us    70us    75us    100us
  G1 main.a    run M7
  G2 main.b    run M8   wait    ready by G1    run M8  wait    ready   run M8  end
  G3 main.c    wait
`);

test('time in each state, the waits by who ended them, and the time it could run and did not', () => {
  const story = goroutine.answer(sessionOf([waits]), QUESTION)!;
  expect(story.livedNs).toBe(100_000);
  expect(story.states).toEqual([{state: State.Running, ns: 45_000, times: 3}, {state: State.Waiting, ns: 30_000, times: 2}, {state: State.Runnable, ns: 25_000, times: 2}]);
  expect(story.wakers).toEqual([{by: null, wakes: 1, waitedNs: 20_000}, {by: {goroutine: 0, id: 1, startFunction: 'main.a'}, wakes: 1, waitedNs: 10_000}]);
  expect(story.latency).toEqual({times: 2, sumNs: 25_000, mostNs: 20_000, mostAtNs: 20_000});
});

test('a range cuts states at its ends, and a wait that goes on beyond it was ended by nobody', () => {
  const story = goroutine.answer(sessionOf([waits]), {...QUESTION, range: {fromNs: 15_000, toNs: 60_000}})!;
  expect(story.states).toEqual([{state: State.Runnable, ns: 20_000, times: 1}, {state: State.Waiting, ns: 15_000, times: 2}, {state: State.Running, ns: 10_000, times: 1}]);
  expect(story.wakers).toEqual([{by: {goroutine: 0, id: 1, startFunction: 'main.a'}, wakes: 1, waitedNs: 5000}]);
});

test('the times in states add up to the life that the states tell of, cut to the range', () => {
  const cut = fc.integer({min: 0, max: 1500});
  fc.assert(fc.property(arbitraryGoTrace, fc.nat(3), cut, cut, (made, row, a, b) => {
    const range = {fromNs: Math.min(a, b), toNs: Math.max(a, b)};
    const {livedNs, states, latency, wakers} = goroutine.answer(sessionOf([made]), {...QUESTION, goroutine: row, range})!;
    const {goroutines, states: {startNs}, endNs} = made;
    const from = goroutines.stateCount[row] === 0 ? Infinity : Math.max(range.fromNs, startNs[goroutines.firstState[row]]);
    const to = Math.min(range.toNs, Number.isNaN(goroutines.endNs[row]) ? endNs : goroutines.endNs[row]);
    expect(livedNs).toBe(Math.max(0, to - from));
    expect(states.reduce((sum, {ns}) => sum + ns, 0)).toBe(livedNs);
    const of = (state: number) => states.find((time) => time.state === state)?.ns ?? 0;
    expect(latency.sumNs).toBe(of(State.Runnable));
    expect(wakers.reduce((sum, {waitedNs}) => sum + waitedNs, 0)).toBeLessThanOrEqual(of(State.Waiting));
  }));
});

test('the samples of all goroutines and of none are the samples of the event', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (made, samples) => {
    fc.pre(samples.events.length > 0);
    const session = sessionOf([made, samples]);
    const stories = Array.from({length: made.goroutines.length}, (_, row) => goroutine.answer(session, {...QUESTION, goroutine: row, event: {source: 2, event: 0}, weight: 'period'})!.samples);
    fc.pre(stories[0] !== null);
    const nobodys = [...samples.samples.event.keys()].filter((i) => samples.samples.event[i] === 0 && session.attribution(session.source(2)!).goroutine[i] < 0).reduce((sum, i) => sum + samples.samples.period[i], 0);
    expect(stories.reduce((sum, of) => sum + of!.weight, 0)).toBe(stories[0]!.allWeight - nobodys);
    for (const of of stories) expect(of!.growthWeight).toBeLessThanOrEqual(of!.weight);
  }));
});

test('functions stand by the weight of the samples that end in them', () => {
  const samples = traceFromText(`
    31us       33us       35us       70us
    main.work  main.work  main.work  main.work
    main.f     main.g     main.g     main.g
  `, {tid: 8, weight: [5, 2, 2, 9]});
  expect(goroutine.answer(sessionOf([trace, samples]), {...QUESTION, event: {source: 2, event: 0}, weight: 'period'})!.samples)
    .toEqual({samples: 3, weight: 9, growthWeight: 0, allWeight: 18, functions: [{name: 'main.f', self: 5}, {name: 'main.g', self: 4}]});
});

test('the curve begins with the size before the first step and ends with the last, whatever is left out between', () => {
  expect(ask()!.sizes).toEqual({timeNs: Float64Array.of(10_000, 22_000, 30_000, 40_000, 50_000), bytes: Float64Array.of(2048, 4096, 8192, 4096, 0)});
  expect(ask({range: {fromNs: 30_000, toNs: 40_000}})!.sizes).toEqual({timeNs: Float64Array.of(-Infinity, 30_000, 40_000), bytes: Float64Array.of(4096, 8192, 4096)});
  fc.assert(fc.property(fc.integer({min: 1, max: 2000}), fc.integer({min: 0, max: 1e6}), (length, seed) => {
    const lines = Array.from({length}, (_, i) => `${i + 1}us+1ns G1 ${i % 2 || (i + seed) % 7 === 0 ? '8K→4K' : '4K→16K'}`);
    const {sizes, growths, shrinks} = goroutine.answer(sessionOf([goTraceFromText('            0us      9ms\n  G1 main.f  run M7   wait', {changes: lines.join('\n')})]), {...QUESTION, goroutine: 0})!;
    expect(growths + shrinks).toBe(length);
    expect(sizes.timeNs.length).toBeLessThanOrEqual(601);
    expect(Math.max(...sizes.bytes)).toBe(lines.some((line) => line.includes('16K')) ? 16384 : 8192);
    expect(sizes.timeNs.at(-1)).toBe(length * 1000);
    for (let i = 1; i < sizes.timeNs.length; i++) expect(sizes.timeNs[i]).toBeGreaterThan(sizes.timeNs[i - 1]);
  }), {numRuns: 20});
});

test('a sample that does not show who grew has the nearest event beside it, as a neighbour', () => {
  const told = goTraceFromText(`
                0us                    50us
  G1 main.main  run M7 {main.a;main.b}  wait
`, {changes: '10us+5us G1 2K→4K M7'});
  const samples = traceFromText('12us\nruntime.morestack\nruntime.newstack', {tid: 7});
  const [step] = goroutine.answer(sessionOf([told, samples]), {...QUESTION, goroutine: 0})!.steps;
  expect(step).toMatchObject({stackFrom: 'sample', stackDistanceNs: 0, neighbour: {distanceNs: -10_000, chain: {calls: [{name: 'main.b', times: 1}, {name: 'main.a', times: 1}]}}});
  const showing = traceFromText('12us\nmain.a\nmain.f\nruntime.newstack', {tid: 7});
  expect(goroutine.answer(sessionOf([told, showing]), {...QUESTION, goroutine: 0})!.steps[0].neighbour).toBeNull();
});

test('where the trace has no sizes, probes tell the steps, with how much of the old stack was in use', async () => {
  const plain = goTraceFromText('                0us                      50us\n  G17 main.main  run M7 {main.a;main.b}   wait');
  const perf_ = (await opened(new TextEncoder().encode('# clockid: monotonic (1)\n# ========\n#\napp 7 [000] 0.000020000: probe_app:copystack: (44cd80) newsize=4096 lo=0x1000 hi=0x1800 gsp=0x1080 goid=17\n\n'))).trace!;
  const story = goroutine.answer(sessionOf([plain, perf_]), {...QUESTION, goroutine: 0})!;
  expect([story.countedBy, story.growths, story.shrinks]).toEqual(['probes', 1, 0]);
  expect(story.steps).toMatchObject([{kind: 'growth', timeNs: 20_000, oldBytes: 2048, newBytes: 4096, usedBytes: 1920, stackFrom: 'event', stackDistanceNs: -20_000, chain: {calls: [{name: 'main.b', times: 1}, {name: 'main.a', times: 1}]}}]);
});

test('a step that is freed is no growth and no shrink', () => {
  expect(ask()).toMatchObject({growths: 2, shrinks: 1});
  expect(trace.stackChanges.kind.filter((kind) => kind === StackChangeKind.Freed)).toHaveLength(1);
});

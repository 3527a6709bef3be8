/** What a tree can weigh beside samples: growths by the stack known for them, and time by state; and what it can be rooted by. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {StackChangeKind, State} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf, treeText, unindented} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {noFilter} from '../filter/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {summary} from '../summary/build.ts';
import {asRecorded, treeRoots, treeWeights, type CallTreeQuery} from './shape.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: -1, weight: 'growths', range: null, filter: noFilter};
const made = (traces: readonly Trace[], query: Partial<CallTreeQuery>) => sessionOf(traces).callTree({...QUERY, ...query})!;
const treeOf = (traces: readonly Trace[], query: Partial<CallTreeQuery>) => treeText(made(traces, query).tree);

const goTrace = goTraceFromText(`
              0us     10us                    20us                    40us            50us
  G1 main.a   run M7  wait {main.a;main.lock}                         ready by G2     run M7
  G2 main.b   ready   run M7                  sys M7 {main.b;m.read}                  end
`, {changes: '2us+1us G1 2K→4K M7\n12us+2us G2 2K→8K M7\n15us+1us G2 8K→4K M7\n45us+4us G- 2K→4K M9'});

test('time in a state counts at the stack that the goroutine stood at, also after another woke it and where it went on from', () => {
  expect(treeOf([goTrace], {weight: 'waitingNs'})).toBe(unindented(`
    all 30000
      main.a 30000
        main.lock 30000 self 30000
  `));
  expect(treeOf([goTrace], {weight: 'runnableNs'})).toBe(unindented(`
    all 20000
      [stack not recorded] 10000 self 10000
      main.a 10000
        main.lock 10000 self 10000
  `));
  expect(treeOf([goTrace], {weight: 'syscallNs'})).toContain('m.read 30000 self 30000');
});

test('time in a state is cut to the range', () => {
  expect(made([goTrace], {weight: 'waitingNs', range: {fromNs: 35_000, toNs: 90_000}}).tree.total[0]).toBe(5000);
  expect(made([goTrace], {weight: 'waitingNs', range: {fromNs: 41_000, toNs: 90_000}}).sums.samples).toBe(0);
});

test('a growth counts at the chain of a sample that belongs to it; else at a neighbour’s, told apart; else where none is recorded', () => {
  const perf = traceFromText(`
    2500ns
    main.a
    runtime.morestack
    runtime.newstack
    runtime.copystack
  `, {tid: 7});
  const {tree, sums} = made([goTrace, perf], {weight: 'growths'});
  expect(treeText(tree)).toBe(unindented(`
    all 3
      [stack not recorded] 1 self 1
      main.a 1
        [caller not recorded] 1
          runtime.morestack 1 growth
            runtime.newstack 1 growth
              runtime.copystack 1 self 1 growth
      main.b 1
        m.read 1 self 1
  `));
  expect([...tree.knownBy.keys()].filter((row) => tree.knownBy[row] === 1).map((row) => tree.names[tree.name[row]])).toEqual(['main.b', 'm.read']);
  expect([sums.samples, sums.weight]).toEqual([3, 3]);
  expect(made([goTrace, perf], {weight: 'copiedBytes'}).sums.weight).toBe(3 * 2048);
  expect(made([goTrace, perf], {weight: 'copyNs'}).sums.weight).toBe(7000);
});

test('asked by the samples beside it, the trace on their axis is meant', () => {
  const perf = traceFromText('5us\nmain.f', {tid: 7});
  for (const weight of ['growths', 'waitingNs'] as const) expect(treeOf([goTrace, perf], {source: 2, event: 0, weight})).toBe(treeOf([goTrace, perf], {weight}));
});

test('where nothing tells of what is weighed there is no tree', () => {
  const perf = traceFromText('5us\nmain.f', {tid: 7});
  for (const weight of ['growths', 'copiedBytes', 'copyNs', 'waitingNs', 'runnableNs', 'runningNs', 'syscallNs'] as const) expect(sessionOf([perf]).callTree({...QUERY, event: 0, weight})).toBeNull();
  expect(sessionOf([goTraceFromText('   0us\nG1 run M7')]).callTree({...QUERY, weight: 'growths'})).toBeNull();
  expect(sessionOf([perf]).callTree({...QUERY, event: 0, weight: 'samples'})!.tree.total[0]).toBe(1);
});

test('the first level is what a sample is of; what is of none is told as that', () => {
  const perf = traceFromText(`
    5us     15us    16us    99us
    main.f  main.g  main.h  main.i
  `, {tid: [7, 7, 8, 7]});
  const rooted = (rootedBy: CallTreeQuery['rootedBy']) => {
    const {tree} = made([goTrace, perf], {source: 2, event: 0, weight: 'samples', rootedBy});
    return [...tree.parent.keys()].filter((row) => tree.parent[row] === 0).map((row) => `${tree.name[row] < 0 ? null : tree.names[tree.name[row]]} ${tree.total[row]} ${tree.kind[row] === FrameKind.Group}`);
  };
  expect(rooted('thread')).toEqual(['app 7 3 true', 'app 8 1 true']);
  expect(rooted('process')).toEqual(['1 4 true']);
  expect(rooted('goroutine')).toEqual(['null 2 true', 'G1 main.a 1 true', 'G2 main.b 1 true']);
  expect(rooted('startFunction')).toEqual(['null 2 true', 'main.a 1 true', 'main.b 1 true']);
  expect(rooted('creator')).toEqual(['null 4 true']);
});

const asked = fc.record({
  weight: fc.constantFrom(...treeWeights.filter((weight) => weight !== 'offCpuNs')), rootedBy: fc.constantFrom(...treeRoots),
  chains: fc.constantFrom('all' as const, 'growth' as const, 'growth-work' as const, 'growth-callers' as const),
});
const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0);

test('a level of roots changes no weight: without it the tree is the same, and own weights add to the whole', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, asked, (trace, samples, {rootedBy, ...query}) => {
    const traces = [trace, samples];
    const source = query.weight === 'period' || query.weight === 'samples' ? {source: 2, event: 0} : {};
    const plain = made(traces, {...query, ...source});
    const rooted = made(traces, {...query, ...source, rootedBy});
    expect(sum(plain.tree.self)).toBe(plain.tree.total[0]);
    expect(sum(rooted.tree.self)).toBe(plain.tree.total[0]);
    if (query.chains === 'all') expect(plain.tree.total[0]).toBe(plain.sums.weight);
    const byFunction = ({tree}: typeof plain) => {
      const own = new Map<number, number>();
      for (let i = 1; i < tree.length; i++) if (tree.kind[i] !== FrameKind.Group && tree.self[i] > 0) own.set(tree.name[i] < 0 ? -tree.kind[i] : tree.name[i], (own.get(tree.name[i] < 0 ? -tree.kind[i] : tree.name[i]) ?? 0) + tree.self[i]);
      return own;
    };
    expect(byFunction(rooted)).toEqual(byFunction(plain));
  }));
});

test('growths, their bytes and copies are those of the trace, and states add to the life of its goroutines', () => {
  fc.assert(fc.property(arbitraryGoTrace, (trace) => {
    const {stackChanges: changes, goroutines, states} = trace;
    const growths = [...changes.kind.keys()].filter((i) => changes.kind[i] === StackChangeKind.Growth);
    const total = (weight: CallTreeQuery['weight']) => made([trace], {weight}).sums.weight;
    expect([total('growths'), total('copyNs'), total('copiedBytes')]).toEqual([growths.length, sum(growths.map((i) => changes.durationNs[i])), sum(growths.map((i) => changes.oldBytes[i]))]);
    let lifeNs = 0;
    let otherNs = 0;
    for (let g = 0; g < goroutines.length; g++) {
      const end = Number.isNaN(goroutines.endNs[g]) ? trace.endNs : goroutines.endNs[g];
      for (let i = goroutines.firstState[g]; i < goroutines.firstState[g] + goroutines.stateCount[g]; i++) {
        const until = i + 1 < goroutines.firstState[g] + goroutines.stateCount[g] ? states.startNs[i + 1] : end;
        lifeNs += until - states.startNs[i];
        if (states.state[i] === State.Undetermined) otherNs += until - states.startNs[i];
      }
    }
    expect(total('runningNs') + total('runnableNs') + total('waitingNs') + total('syscallNs')).toBe(lifeNs - otherNs);
  }));
});

test('a tree of growths or states is there just where the summary says that it can be', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, fc.boolean(), fc.boolean(), (trace, samples, isOnAxis, hasSizes) => {
    const perf = isOnAxis ? samples : {...samples, clock: {known: 'default' as const, name: 'perf'}};
    const session = sessionOf([{...trace, hasStackSizes: hasSizes}, perf]);
    for (const {id, axisWeights} of summary.answer(session, {}).sources) {
      for (const weight of treeWeights.filter((each) => each !== 'period' && each !== 'samples')) {
        expect(session.callTree({...QUERY, source: id, weight}) !== null).toBe(axisWeights.includes(weight));
      }
    }
  }));
});

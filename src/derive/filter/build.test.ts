/** Filters: what passes, and that a filter and the rest make the whole. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {text, type Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {sampledBy} from '../../testing/sampled-by.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {isNarrowed, noFilter, type Filter} from './shape.ts';

const goTrace = goTraceFromText(`
              0us      20us     40us     60us
  G1 main.a   run M7   wait     run M8   wait
  G2 main.b   wait     run M7   wait
`, {changes: '5us+1us G1 2K→4K M7\n25us+1us G2 2K→4K M7\n45us+1us G1 4K→8K M8'});

const rows = (mask: Uint8Array | null) => mask && [...mask].flatMap((value, row) => (value ? [row] : []));

/** What passes, of the trace (source 1) and of samples beside it (source 2). */
function passed(traces: readonly Trace[], change: Partial<Filter>) {
  const session = sessionOf(traces);
  const filter = {...noFilter, ...change};
  const of = (id: number) => session.filtered(session.source(id)!, filter);
  return {goroutines: rows(of(1).goroutines), changes: rows(of(1).stackChanges), samples: traces.length > 1 ? rows(of(2).samples) : null};
}

test('without a choice everything passes, said by null', () => {
  expect(passed([goTrace, traceFromText('1us')], {})).toEqual({goroutines: null, changes: null, samples: null});
  expect(isNarrowed(noFilter)).toBe(false);
});

test('a start function lets through its goroutines, their changes, and the samples that are attributed to them', () => {
  const perf = traceFromText('5us 25us 45us 46us', {tid: [7, 7, 8, 99]});
  expect(passed([goTrace, perf], {startFunction: 'main.a'})).toEqual({goroutines: [0], changes: [0, 2], samples: [0, 2]});
  expect(passed([goTrace, perf], {goroutine: {source: 1, goroutine: 1}})).toEqual({goroutines: [1], changes: [1], samples: [1]});
  expect(passed([goTrace, perf], {startFunction: 'main.none'})).toEqual({goroutines: [], changes: [], samples: []});
});

test('a causing function lets through the growths that its calls caused, samples of them, and the goroutines that grew so', () => {
  const perf = traceFromText(`
    5us               25us              26us    45us
    main.f            main.h            main.f  main.f
    runtime.newstack  runtime.newstack          runtime.newstack
  `, {tid: [7, 7, 7, 8]});
  expect(passed([goTrace, perf], {cause: 'main.f'})).toEqual({goroutines: [0], changes: [0, 2], samples: [0, 3]});
  expect(passed([goTrace, perf], {cause: 'main.h'})).toEqual({goroutines: [1], changes: [1], samples: [1]});
  expect(passed([goTrace, perf], {cause: 'main.h', startFunction: 'main.a'})).toEqual({goroutines: [], changes: [], samples: []});
  expect(passed([goTrace, perf], {cause: 'main.nobody'})).toEqual({goroutines: [], changes: [], samples: []});
});

test('a thread lets through goroutines that ran on it, changes that were done on it, and its samples', () => {
  const perf = traceFromText('5us 45us', {tid: [7, 8]});
  expect(passed([goTrace, perf], {thread: 8})).toEqual({goroutines: [0], changes: [2], samples: [1]});
});

test('the trace is of the process whose samples lie on its threads, and another process leaves nothing of it', () => {
  const perf = sampledBy([[5, 100, 7], [6, 100, 7], [7, 200, 99]]);
  const session = sessionOf([goTrace, perf]);
  expect(session.processOf(session.source(1)!)).toBe(100);
  expect(passed([goTrace, perf], {process: 100})).toEqual({goroutines: [0, 1], changes: [0, 1, 2], samples: [0, 1]});
  expect(passed([goTrace, perf], {process: 200})).toEqual({goroutines: [], changes: [], samples: [2]});
});

test('a trace whose process nothing tells of passes whatever process is chosen', () => {
  expect(passed([goTrace], {process: 200}).changes).toEqual([0, 1, 2]);
});

test('a comm lets through the samples that bear it, and what the threads did that ever bore it', () => {
  const perf = sampledBy([[5, 100, 7, 'worker'], [6, 100, 7, 'other'], [45, 100, 8, 'other']]);
  expect(passed([goTrace, perf], {comm: 'worker'})).toEqual({goroutines: [0, 1], changes: [0, 1], samples: [0]});
});

test('where pids were not recorded, the name of the trace’s threads lets through all of the trace, and another name nothing of it', () => {
  const perf = sampledBy([[5, -1, 7, 'app'], [6, -1, 7, 'app'], [7, -1, 99, 'other']]);
  expect(passed([goTrace, perf], {comm: 'app'})).toEqual({goroutines: null, changes: null, samples: [0, 1]});
  expect(passed([goTrace, perf], {comm: 'other'})).toEqual({goroutines: [], changes: [], samples: [2]});
});

test('samples pass just one of all start functions, or are attributed to no goroutine', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, (trace, samples) => {
    const session = sessionOf([trace, samples]);
    const perf = session.source(2)!;
    const {goroutine, to} = session.attribution(perf);
    const names = new Set(Array.from(trace.goroutines.startFunction, (row) => text(trace, row)).filter((name) => name !== null));
    const masks = [...names].map((startFunction) => session.filtered(perf, {...noFilter, startFunction}).samples);
    for (let i = 0; i < samples.samples.length; i++) {
      const own = to === 1 && goroutine[i] >= 0 ? text(trace, trace.goroutines.startFunction[goroutine[i]]) : null;
      expect(masks.filter((mask) => mask?.[i] === 1)).toHaveLength(own === null ? 0 : 1);
    }
  }));
});

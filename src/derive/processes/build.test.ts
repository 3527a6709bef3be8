/** Whose the samples are: every sample once, rows that add up, and the process of the trace. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {sampledBy} from '../../testing/sampled-by.ts';
import {summary} from '../summary/build.ts';
import {processes} from './build.ts';
import {everybody, keyOf, type ProcessesAnswer, type ProcessesQuestion} from './shape.ts';

const ALL: ProcessesQuestion = {source: 1, event: 0, weight: 'period', range: null, chosen: everybody, open: [], search: '', first: 0, count: 1000};
const ask = (traces: readonly Trace[], change: Partial<ProcessesQuestion> = {}) => processes.answer(sessionOf(traces), {...ALL, ...change})!;
/** `app 100 ×5`, indented by level; `*` of the trace. */
const list = ({rows}: ProcessesAnswer) => rows.map(({level, name, whose, weight, isOfTrace}) => `${'  '.repeat(level)}${name} ${whose.thread ?? whose.process ?? ''}×${weight}${isOfTrace ? ' *' : ''}`);

const perf = sampledBy([[1, 100, 100, 'app', 2], [2, 100, 101, 'worker', 3], [3, 100, 101, 'other', 1], [4, 200, 200, 'shell', 5], [5, 200, 200, 'shell', 5]]);
const goTrace = goTraceFromText(`
       0us          100us
  G1   run M101     wait
`);

test('processes stand heaviest first, each under the name of its main thread', () => {
  const answer = ask([perf]);
  expect(list(answer)).toEqual(['shell 200×10', 'app 100×6']);
  expect(answer).toMatchObject({samples: 5, weight: 16, processes: 2, threads: 3, hasPids: true, listed: 2});
});

test('an open process lists its threads, and a thread that bore several names lists them', () => {
  const app = {...everybody, process: 100};
  expect(list(ask([perf], {open: [keyOf(app), keyOf({...app, thread: 101})]}))).toEqual(['shell 200×10', 'app 100×6', '  worker 101×4', '    worker 101×3', '    other 101×1', '  app 100×2']);
});

test('what is searched for is shown where it lies, by name or number, whatever the case', () => {
  expect(list(ask([perf], {search: 'WORK'}))).toEqual(['app 100×6', '  worker 101×4', '    worker 101×3']);
  expect(list(ask([perf], {search: '200'}))).toEqual(['shell 200×10', '  shell 200×10']);
  expect(list(ask([perf], {search: 'nobody'}))).toEqual([]);
});

test('a window on the rows is cut out of all of them', () => {
  expect(ask([perf], {first: 1, count: 1})).toMatchObject({listed: 2, rows: [{name: 'app'}]});
});

test('where pids were not recorded, threads go by their name', () => {
  const answer = ask([sampledBy([[1, -1, 1, 'a'], [2, -1, 2, 'a'], [3, -1, 3, 'b']])], {open: [keyOf({...everybody, comm: 'a'})]});
  expect(list(answer)).toEqual(['a ×2', '  a 1×1', '  a 2×1', 'b ×1']);
  expect(answer).toMatchObject({hasPids: false, processes: 2, threads: 3});
});

test('a range counts what lies in it, and the share of those chosen is of that', () => {
  // The axis begins with the first sample, at 1 µs.
  const answer = ask([perf], {range: {fromNs: 1000, toNs: 3000}, chosen: {...everybody, process: 100}});
  expect(list(answer)).toEqual(['shell 200×5', 'app 100×4']);
  expect(answer).toMatchObject({samples: 3, weight: 9, chosen: {samples: 2, weight: 4, name: 'app'}});
  expect(ask([perf], {chosen: {...everybody, process: 200}}).chosen).toEqual({samples: 2, weight: 10, name: 'shell'});
});

test('the trace is of the process whose samples lie on its threads, where there are several', () => {
  const tracesOf = (trace: Trace) => summary.answer(sessionOf([trace, goTrace]), {}).sources[0].traceProcess;
  expect(tracesOf(perf)).toEqual({...everybody, process: 100});
  expect(list(ask([perf, goTrace]))).toEqual(['shell 200×10', 'app 100×6 *']);
  expect(tracesOf(sampledBy([[1, -1, 101, 'app'], [2, -1, 7, 'shell']]))).toEqual({...everybody, comm: 'app'});
  // One process only, none of the trace's, no trace: nothing is to be chosen.
  expect(tracesOf(sampledBy([[1, 100, 101]]))).toBeNull();
  expect(tracesOf(sampledBy([[1, 100, 7], [2, 200, 8]]))).toBeNull();
  expect(summary.answer(sessionOf([perf]), {}).sources[0].traceProcess).toBeNull();
});

test('rows of a level add up to the row they are part of, and those of the first to all samples that have a thread', () => {
  fc.assert(fc.property(arbitrarySamples, fc.constantFrom('samples', 'period'), (trace, weight) => {
    const top = ask([trace], {weight: weight as 'samples' | 'period'});
    const open = top.rows.map(({whose}) => keyOf(whose));
    const threads = ask([trace], {weight: weight as 'samples' | 'period', open}).rows;
    const sum = (rows: ProcessesAnswer['rows']) => rows.reduce((all, row) => all + row.samples, 0);
    const threadless = trace.samples.thread.reduce((all, thread, i) => all + (thread < 0 && trace.samples.event[i] === 0 ? 1 : 0), 0);
    expect(sum(top.rows)).toBe(top.samples - threadless);
    expect(sum(threads.filter(({level}) => level === 1))).toBe(sum(top.rows));
    for (const {whose, samples} of threads) expect(ask([trace], {chosen: whose, weight: weight as 'samples' | 'period'}).chosen.samples).toBe(samples);
  }), {numRuns: 60});
});

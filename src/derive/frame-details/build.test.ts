/** What is known of one function: its lines and objects, and what they weigh. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import type {Trace} from '../../model/trace.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {MONOTONIC} from '../../testing/trace-from-text.ts';
import {asRecorded, type CallTreeQuery} from '../call-tree/shape.ts';
import {noFilter} from '../filter/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {frameDetails} from './build.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: 0, weight: 'samples', range: null, filter: noFilter};

/** Samples, a millisecond apart, of frames `name dso file line`, root first. */
function traceOf(...stacks: readonly (readonly (readonly [name: string | null, dso: string, file: string | null, line: number])[])[]): Trace {
  const build = new TraceBuilder('drawn');
  build.clock = MONOTONIC;
  stacks.forEach((stack, i) => {
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = i * 1e6;
    rows.period[row] = Number.NaN;
    rows.thread[row] = build.thread(1, 1);
    rows.comm[row] = rows.cpu[row] = -1;
    rows.event[row] = build.event(build.string('cpu-clock'));
    rows.stack[row] = stack.reduce((at, [name, dso, file, line]) => build.stack(at, build.frame(name === null ? -1 : build.string(name), build.string(dso), file === null ? -1 : build.string(file), line)), -1);
    build.saw(i * 1e6);
  });
  return build.finish();
}

const details = (trace: Trace, name: string, query: Partial<CallTreeQuery> = {}) => frameDetails.answer(sessionOf([trace]), {query: {...QUERY, ...query}, of: {name, kind: FrameKind.Go}});

test('each line weighs the stacks that pass it, once each, and those that end there', () => {
  const line = (at: number) => ['a/b.f', '/srv/app', 'f.go', at] as const;
  const answer = details(traceOf([line(1)], [line(1), line(1)], [line(1), line(2)], [['a/b.main', '/srv/app', 'm.go', 9]]), 'a/b.f')!;
  expect(answer.places.map(({file, line: at, self, total}) => [file, at, self, total])).toEqual([['f.go', 1, 2, 3], ['f.go', 2, 1, 1]]);
  expect(answer).toMatchObject({name: 'a/b.f', shortName: 'b.f', package: 'a/b', dsos: ['/srv/app'], self: 3, total: 3, count: 3, firstNs: 0, lastNs: 2e6, morePlaces: 0});
});

test('stacks that are not in view weigh nothing', () => {
  const line = (at: number) => ['a.f', '/srv/app', 'f.go', at] as const;
  const trace = traceOf([line(1)], [['a.g', '/srv/app', null, -1], line(2)]);
  expect(details(trace, 'a.f', {transforms: [{kind: 'hide', function: {name: 'a.g', kind: FrameKind.Go}}]})!.places.map(({line: at}) => at)).toEqual([1]);
  expect(details(trace, 'a.f', {range: {fromNs: 1e6, toNs: 2e6}})!.places.map(({line: at}) => at)).toEqual([2]);
  expect(details(trace, 'a.none')).toBeNull();
});

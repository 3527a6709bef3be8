/** Stacks as files: what the command line folds from the same samples, and what a reader of profiles finds in them. */
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {Profile} from 'pprof-format';
import {expect, test} from 'vitest';
import {fileSource} from '../../cli/files.ts';
import {fold} from '../../cli/fold.ts';
import type {Output} from '../../cli/output.ts';
import {openFile} from '../../formats/open.ts';
import {text, type Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {asRecorded, treeRoots, treeWeights, type CallTreeQuery, type Transform} from '../call-tree/shape.ts';
import type {Session} from '../derivation.ts';
import {noFilter} from '../filter/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {stackFile} from './build.ts';

const QUERY: CallTreeQuery = {...asRecorded, source: 1, event: 0, weight: 'samples', range: null, filter: noFilter};
const fileOf = (session: Session, format: 'folded' | 'pprof', query: Partial<CallTreeQuery> = {}) => stackFile.answer(session, {query: {...QUERY, ...query}, format})!;
const foldedText = (session: Session, query: Partial<CallTreeQuery> = {}) => new TextDecoder().decode(fileOf(session, 'folded', query).bytes);

const ROOT = join(import.meta.dirname, '../../..');
const fixtures = join(ROOT, 'src/formats/perf-script/fixtures');
const recorded = [
  ...readdirSync(fixtures).filter((name) => name.endsWith('.txt')).map((name) => join(fixtures, name)),
  ...['churn', 'http', 'recursion'].map((name) => join(ROOT, 'examples', name, 'captures/perf.txt.gz')),
];

/** What `morestack fold` prints. */
async function printed(...args: string[]): Promise<string> {
  let lines = '';
  const output: Pick<Output, 'line'> = {
    line: (line) => {
      lines += `${line}\n`;
      return undefined;
    },
  };
  await fold.run(args, output as Output);
  return lines;
}

async function traceOf(path: string): Promise<Trace | null> {
  const opened = await openFile(fileSource(path), {breathe: () => Promise.resolve()});
  return opened.is === 'capture' ? opened.trace : null;
}

test.each(recorded)('%s is folded as the command line folds it, by samples and by period', async (path) => {
  const trace = await traceOf(path);
  const session = sessionOf([trace!]);
  for (let event = 0; event < trace!.events.length; event++) {
    for (const weight of ['samples', 'period'] as const) {
      expect(foldedText(session, {event, weight})).toBe(await printed(path, '--event', text(trace!, trace!.events.name[event])!, '--weight', weight));
    }
  }
});

test('of one thread, in a part of the axis, it is folded as the command line folds it', async () => {
  const path = join(ROOT, 'examples/http/captures/perf.txt.gz');
  const trace = await traceOf(path);
  const session = sessionOf([trace!]);
  const {originNs, endNs} = session.axis.groups[0];
  const range = {fromNs: Math.floor(endNs / 3), toNs: Math.floor(endNs / 2)};
  const tid = trace!.threads.tid[trace!.samples.thread[0]];
  const args = [path, '--thread', String(tid), '--from', String(originNs + BigInt(range.fromNs)), '--to', String(originNs + BigInt(range.toNs))];
  const expected = await printed(...args);
  expect(foldedText(session, {range, filter: {...noFilter, thread: tid}})).toBe(expected);
  expect(expected).not.toBe('');
});

test('only what is in view is in the file, changed as it is there', () => {
  const session = sessionOf([traceFromText(`
    0ms     1ms     2ms
    main.a  main.a  main.b
    main.f  main.f
    main.g  main.f
  `)]);
  const hide: Transform = {kind: 'hide', function: {name: 'main.g', kind: FrameKind.Go}};
  expect(foldedText(session, {transforms: [hide]})).toBe('app;main.a;main.f;main.f 1\napp;main.b 1\n');
  expect(foldedText(session, {transforms: [hide, {kind: 'collapse-recursion'}]})).toBe('app;main.a;main.f 1\napp;main.b 1\n');
  expect(foldedText(session, {range: {fromNs: 2e6, toNs: 3e6}})).toBe('app;main.b 1\n');
  expect(foldedText(session, {rootedBy: 'thread', transforms: [hide]})).toBe('app 1;main.a;main.f;main.f 1\napp 1;main.b 1\n');
});

test('a profile names frames that were not recorded, its objects and its values', () => {
  const session = sessionOf([traceFromText(`
    0ms                 1ms
    runtime.morestack   main.f
    runtime.newstack
  `, {weight: [30, 12]})]);
  const {bytes} = fileOf(session, 'pprof', {weight: 'period'});
  const profile = Profile.decode(bytes);
  const name = (id: number | bigint) => profile.stringTable.strings[Number(profile.function[Number(id) - 1].name)];
  expect(profile.sampleType.map(({type, unit}) => [type, unit].map((at) => profile.stringTable.strings[Number(at)]))).toEqual([['samples', 'count'], ['cpu', 'nanoseconds']]);
  expect(profile.sample.map(({locationId, value}) => [locationId.map(name), value.map(Number)])).toEqual([
    [['runtime.newstack', 'runtime.morestack', '[caller not recorded]'], [1, 30]],
    [['main.f'], [1, 12]],
  ]);
});

const asked = fc.record({weight: fc.constantFrom(...treeWeights.filter((weight) => weight !== 'offCpuNs')), rootedBy: fc.constantFrom(...treeRoots), chains: fc.constantFrom('all' as const, 'growth' as const, 'growth-work' as const)});

test('both files hold the weight of the tree, no stack twice, and every location and function that they name', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, asked, (goTrace, samples, query) => {
    const session = sessionOf([goTrace, samples]);
    const of = {...query, ...(query.weight === 'period' || query.weight === 'samples' ? {source: 2} : {event: -1})};
    const {tree} = session.callTree({...QUERY, ...of})!;
    const lines = foldedText(session, of).split('\n').slice(0, -1);
    expect(lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)).toBe(tree.total[0]);
    expect(new Set(lines.map((line) => line.slice(0, line.lastIndexOf(' ')))).size).toBe(lines.length);
    const profile = Profile.decode(fileOf(session, 'pprof', of).bytes);
    const sum = (at: number) => profile.sample.reduce((all, {value}) => all + Number(value[at]), 0);
    expect([sum(0), sum(profile.sampleType.length - 1)]).toEqual([tree.count[0], tree.total[0]]);
    const ids = new Set(profile.location.map(({id}) => Number(id)));
    for (const {locationId} of profile.sample) for (const id of locationId) expect(ids.has(Number(id))).toBe(true);
    for (const {line} of profile.location) expect(profile.function[Number(line[0].functionId) - 1]).toBeDefined();
  }));
});

/** Callers that a probe told, as frames of the chains: where they stand, what they weigh, and that nothing recorded changes by them. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {StackEnd} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {sessionOf, treeText, unindented} from '../../testing/drawn-session.ts';
import {asRecorded, KnownBy, type CallTreeQuery} from '../call-tree/shape.ts';
import type {Session} from '../derivation.ts';
import {noFilter} from '../filter/shape.ts';
import {flame} from '../flame/build.ts';
import type {FlameForm} from '../flame/shape.ts';
import {functions} from '../functions/build.ts';
import {FrameKind} from '../labels/shape.ts';
import {session} from '../session.ts';
import {stackFile} from '../stack-file/build.ts';

const read = async (...lines: readonly string[]): Promise<Trace> => (await opened(new TextEncoder().encode(lines.join('')))).trace!;
const more = (time: string, caller: string, caller2 = '') => `app 7 [000] ${time}: p:morestack: (461ba0) g=0xc000000100 caller=0x${caller}${caller2 && ` caller2=0x${caller2}`}\n\n`;
const chain = (time: string, ...names: readonly string[]) => `app 7 [000] ${time}: 1000000 cpu-clock: \n${names.map((name, i) => `\t          44c${i}6a ${name}+0x1a (/app)\n`).join('')}\n`;
const GROWING = ['runtime.copystack', 'runtime.newstack', 'runtime.morestack'];

function clockQuery({sources: [{trace}]}: Session): CallTreeQuery {
  const event = [...trace.events.name].findIndex((name) => text(trace, name) === 'cpu-clock');
  return {...asRecorded, source: 1, event, weight: 'samples', range: null, filter: noFilter};
}

function drawn(of: Session, query: Partial<CallTreeQuery> = {}): string {
  const {tree} = of.callTree({...clockQuery(of), ...query})!;
  const names = tree.names.concat(tree.names.map((name) => `${name}*`));
  return treeText({...tree, names, name: tree.name.map((name, row) => (tree.knownBy[row] === KnownBy.Restored ? name + tree.names.length : name))});
}

test('they stand between what is lost and the growth, each pair below its own, and the growth keeps its weight', async () => {
  const of = sessionOf([await read(more('1.0', '444132', '443cb1'), chain('1.1', ...GROWING), chain('1.2', ...GROWING), more('1.3', '4b6a8e', '436a92'), chain('1.4', ...GROWING), chain('1.5', 'main.f', 'main.main'))]);
  expect(drawn(of)).toBe(unindented(`
    all 4
      [caller not recorded] 3
        0x443cb1* 2
          0x444132* 2
            runtime.morestack 2 growth
              runtime.newstack 2 growth
                runtime.copystack 2 self 2 growth
        0x436a92* 1
          0x4b6a8e* 1
            runtime.morestack 1 growth
              runtime.newstack 1 growth
                runtime.copystack 1 self 1 growth
      main.main 1
        main.f 1 self 1
  `));
  expect(drawn(of, {chains: 'growth-callers'})).toBe(unindented(`
    all 3
      [caller not recorded] 3
        0x443cb1* 2
          0x444132* 2 self 2
        0x436a92* 1
          0x4b6a8e* 1 self 1
  `));
  expect(drawn(of, {chains: 'growth-work'})).toBe(unindented(`
    all 3
      runtime.morestack 3 growth
        runtime.newstack 3 growth
          runtime.copystack 3 self 3 growth
  `));
});

test('in a chain that goes on above morestack both take the place of the two that are lost; one alone is not put in', async () => {
  const of = sessionOf([await read(more('1.0', '444132', '443cb1'), chain('1.1', ...GROWING, 'main.x', 'runtime.goexit'), more('1.2', '444132'), chain('1.3', ...GROWING, 'main.x', 'runtime.goexit'))]);
  expect(drawn(of)).toBe(unindented(`
    all 2
      runtime.goexit 2
        main.x 2
          [2 frames not recorded] 1
            runtime.morestack 1 growth
              runtime.newstack 1 growth
                runtime.copystack 1 self 1 growth
          0x443cb1* 1
            0x444132* 1
              runtime.morestack 1 growth
                runtime.newstack 1 growth
                  runtime.copystack 1 self 1 growth
  `));
});

test('where the stack was copied the caller is on another one, which is said above what a probe told of it', async () => {
  const trace = await read(more('1.0', '444132', '443cb1'), chain('1.1', ...GROWING), chain('1.2', 'runtime.mcall'));
  const copied = sessionOf([{...trace, sampleStackEnd: Uint8Array.of(StackEnd.Unknown, StackEnd.Switch, StackEnd.Switch)}]);
  expect(drawn(copied).split('\n').slice(0, 4)).toEqual(['all 2', '  [other stack not copied] 1', '    0x443cb1* 1', '      0x444132* 1']);
  const without = sessionOf([{...await read(chain('1.1', ...GROWING), chain('1.2', 'main.f', 'main.main')), sampleStackEnd: Uint8Array.of(StackEnd.Switch, StackEnd.Lost)}]);
  expect(drawn(without).split('\n').slice(1, 3)).toEqual(['  [other stack not copied] 1', '    runtime.morestack 1 growth']);
});

test('a growth that a probe without a chain caught is drawn by the callers alone, and its sample stays one without a stack', async () => {
  const copy = (time: string) => `app 7 [000] ${time}: p:copystack: (44b9e0) gp=0xc000000100 newsize=4096 lo=0xc000100000 hi=0xc000100800 goid=7\n\n`;
  const of = sessionOf([await read(copy('0.9'), more('1.0', '444132', '443cb1'), copy('1.1'), more('1.2', '444132', '443cb1'), copy('1.3'))]);
  expect(drawn(of, {weight: 'growths', event: -1})).toBe(unindented(`
    all 3
      [caller not recorded] 2
        0x443cb1* 2
          0x444132* 2 self 2
      [stack not recorded] 1 self 1
  `));
  expect([...of.openSource(1).trace.samples.stack]).toEqual([-1, -1, -1, -1, -1]);
});

test('in every form of the picture they are marked as restored, and nothing else is', async () => {
  const of = sessionOf([await read(more('1.0', '444132', '443cb1'), chain('1.1', ...GROWING), chain('1.2', 'main.f', 'main.main'))]);
  const restoredIn = (form: FlameForm) => {
    const {length, knownBy, name, names} = flame.answer(of, {query: clockQuery(of), form, path: [], widthPx: 1000, search: '', ignoreCase: false})!;
    return Array.from({length}, (_, row) => row).filter((row) => knownBy[row] !== KnownBy.Record).map((row) => `${knownBy[row]} ${names[name[row]]}`);
  };
  const both = ['2 0x443cb1', '2 0x444132'];
  const [caller, callee] = [{name: '0x443cb1', kind: FrameKind.Unknown}, {name: 'runtime.newstack', kind: FrameKind.Runtime}];
  expect(restoredIn({kind: 'top-down'})).toEqual(both);
  expect(restoredIn({kind: 'time', per: 'thread', row: null, window: null})).toEqual(both);
  expect(restoredIn({kind: 'bottom-up'})).toEqual(both.toReversed());
  expect(restoredIn({kind: 'callers', of: callee})).toEqual(both.toReversed());
  expect(restoredIn({kind: 'callees', of: caller})).toEqual(both);
});

test('files say which frames were restored, and a function what of its total is of such', async () => {
  const of = sessionOf([await read(more('1.0', '444132', '443cb1'), chain('1.1', ...GROWING), chain('1.2', 'main.f', 'main.main'))]);
  const query = clockQuery(of);
  const folded = stackFile.answer(of, {query, format: 'folded'})!;
  expect(new TextDecoder().decode(folded.bytes)).toBe('app;0x443cb1_[restored];0x444132_[restored];runtime.morestack;runtime.newstack;runtime.copystack 1\napp;main.main;main.f 1\n');
  const {rows} = functions.answer(of, {query, sort: {by: 'name', descending: false}, search: '', ignoreCase: false, first: 0, count: 99, bins: 0, of: null})!;
  expect(rows.filter(({name}) => name !== null).map(({name, total, restored}) => [name, total, restored])).toEqual([
    ['0x443cb1', 1, 1], ['0x444132', 1, 1], ['main.f', 1, 0], ['main.main', 1, 0], ['runtime.copystack', 1, 0], ['runtime.morestack', 1, 0], ['runtime.newstack', 1, 0],
  ]);
});

const names = fc.constantFrom('main.a', 'main.b', 'runtime.goexit');
const record = fc.oneof(
  fc.record({is: fc.constant('entry' as const), caller: fc.constantFrom('444132', '4b6a8e'), caller2: fc.constantFrom('443cb1', '')}),
  fc.record({is: fc.constant('sample' as const), grows: fc.boolean(), above: fc.array(names, {maxLength: 3})}),
);

test('whatever is restored, recorded functions weigh what they weigh without the probe’s word, and the trace is sound', async () => {
  await fc.assert(fc.asyncProperty(fc.array(record, {minLength: 1, maxLength: 20}), async (records) => {
    const lines = records.map((each, i) => {
      const time = `1.${String(i).padStart(6, '0')}`;
      return each.is === 'entry' ? more(time, each.caller, each.caller2) : chain(time, ...(each.grows ? GROWING : ['main.leaf']), ...each.above);
    });
    const trace = await read(chain('0.5', 'main.leaf', 'main.main'), ...lines);
    const of = sessionOf([trace]);
    expect(integrity(of.sources[0].trace)).toEqual([]);
    const without = session([{id: 1, name: 'file 1', trace: {...trace, sampleArguments: {...trace.sampleArguments, length: 0, row: trace.sampleArguments.row.subarray(0, 0), key: trace.sampleArguments.key.subarray(0, 0), kind: trace.sampleArguments.kind.subarray(0, 0), bits: trace.sampleArguments.bits.subarray(0, 0), text: trace.sampleArguments.text.subarray(0, 0)}}}], new Map());
    expect(recordedFigures(of)).toEqual(recordedFigures(without));
    expect(of.callTree(clockQuery(of))!.sums).toEqual(without.callTree(clockQuery(without))!.sums);
  }), {numRuns: 60});
});

function recordedFigures(of: Session): Map<string, readonly number[]> {
  const {rows} = functions.answer(of, {query: clockQuery(of), sort: {by: 'name', descending: false}, search: '', ignoreCase: false, first: 0, count: 99, bins: 0, of: null})!;
  return new Map(rows.filter(({name, total, restored}) => name !== null && total > restored).map(({name, self, total, restored}) => [name!, [self, total - restored]]));
}
